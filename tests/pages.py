# SPDX-License-Identifier: Apache-2.0
"""Pages in many styles, all of our own writing: tests/pages/NAME.html with, in NAME.blocks, what must be
found on it: address, outlet, title, date, byline, language, stated sources, and every block with its kind."""
import pathlib
import subprocess

FOLDER = pathlib.Path(__file__).resolve().parent / "pages"


def blocks_of(build, env, page):
    done = subprocess.run([str(build / "tests" / "extract"), "--blocks", str(page)], capture_output=True, env=env, timeout=60)
    lines = done.stdout.decode("utf-8", "replace").split("\n")
    return "\n".join(line.rstrip() for line in lines if not line.startswith(("== ", "id  "))) + done.stderr.decode()


def run(build, tally, env, accept):
    env = dict(env, DRAGOMAN_DATA=str(FOLDER.parent.parent))
    for page in sorted(FOLDER.glob("*.html")):
        expected = page.with_suffix(".blocks")
        got = blocks_of(build, env, page)
        if accept:
            expected.write_text(got, encoding="utf-8")
        else:
            tally.tell(expected.exists() and got == expected.read_text(encoding="utf-8"), f"page {page.name}", got)

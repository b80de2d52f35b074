# SPDX-License-Identifier: Apache-2.0
"""docs/r.md, run: its commands, then its R from top to bottom, as a reader would type it."""
import pathlib
import re
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
# What must be among the answers, in this order.
ANSWERS = ("tellings events reports", "category", "2024-03", "goldstein", "program", "plover", "KEN")


def run(build, tally, env):
    r = shutil.which("Rscript")
    if r is None or subprocess.run([r, "-e", "library(DBI); library(RSQLite)"], capture_output=True).returncode:
        tally.skip("docs/r.md", "no R with DBI and RSQLite: apt-get install r-base-core r-cran-dbi r-cran-rsqlite")
        return
    page = (ROOT / "docs/r.md").read_text(encoding="utf-8")
    blocks = {kind: "\n".join(re.findall(rf"^```{kind}\n(.*?)^```", page, re.M | re.S)) for kind in ("sh", "r")}
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "samples").symlink_to(ROOT / "samples")
        shell = blocks["sh"].replace("dragoman ", f"'{build}/dragoman' ")
        done = subprocess.run(["sh", "-ec", shell], cwd=folder, env=env, capture_output=True, text=True)
        tally.tell(done.returncode == 0, "docs/r.md: its commands", done.stderr[-1500:])
        done = subprocess.run([r, "--vanilla", "-e", blocks["r"]], cwd=folder, env=env, capture_output=True, text=True)
        tally.tell(done.returncode == 0, "docs/r.md: its R runs", done.stderr[-1500:])
        words = " ".join(done.stdout.split())
        at, missing = 0, []
        for answer in ANSWERS:
            found = words.find(answer, at)
            missing += [answer] if found < 0 else []
            at = max(at, found)
        tally.tell(not missing, "docs/r.md: its answers", f"missing, in this order: {missing}\n{done.stdout[-2500:]}")
        tally.tell((pathlib.Path(folder) / "events.pdf").stat().st_size > 1000 if done.returncode == 0 else False, "docs/r.md: its plot")

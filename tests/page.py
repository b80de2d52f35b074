# SPDX-License-Identifier: Apache-2.0
"""The page of dragoman serve in a real browser: tests/page/run.mjs drives Chromium over a desk made of samples/ and of
hostile reports, and prints a line for each check; numbers on the screen are compared with what sqlite3 counts.

Needs node, web/node_modules (npm ci in web/) and Chromium; what is missing is named and its checks are skipped.

    python3 tests/page.py BUILD FOLDER      makes the pictures of docs/pictures anew; wants pngquant
"""
import filecmp
import gzip
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
BUDGET = 150_000  # bytes of script and style, gzipped
SECONDS = 540     # for the whole tour, on a slow machine

HUGE = "Kenya" + "x" * 4000
HOSTILE = [
    {"id": "hostile-tags", "outlet": "Nasty <b>News</b>", "owner": "\"><img src=x onerror=hacked()>", "date": "2024-09-01", "url": "javascript:hacked()",
     "title": "<script>hacked()</script> Kenya accuses Ethiopia </title><svg onload=hacked()>",
     "text": "Kenya accused Ethiopia on Monday of breaking the <script>hacked()</script> border agreement. "
             "\"We <img src=x onerror=hacked()> reject this,\" Ethiopia said. The {{constructor.constructor('hacked()')()}} army of Kenya attacked Ethiopia in Moyale."},
    {"id": "hostile-bidi", "outlet": "Bidi\u202eswen", "date": "2024-09-02", "title": "Kenya \u202eaipoihtE sesucca\u202c again \u2066\u2067",
     "text": "Kenya \u202eaccused\u202c Ethiopia on Monday of \u2067breaking\u2069 the border agreement.\u0000\u0007 Ethiopia rejected the accusation of Kenya. \u200f\u061c"},
    {"id": "hostile-huge", "outlet": "Long" + "o" * 900, "date": "2024-09-03", "title": HUGE,
     "text": f"Kenya accused Ethiopia of {HUGE} on Monday. Ethiopia attacked Kenya with {'https://example.org/' + 'a/' * 1500} on Tuesday."},
    {"id": "hostile/../%2e?#&id", "outlet": "Odd Ids", "date": "2024-09-04", "title": "An id that is no path",
     "text": "Sudan and Egypt signed a water agreement in Cairo on Tuesday."},
]


DISPUTED = [
    {"id": "strike", "outlet": "Horn Daily", "owner": "Horn Media", "date": "2024-11-05", "title": "Strike on Nyala",
     "text": "An air strike by the Sudanese army killed 34 civilians in Nyala on Monday, doctors said."},
    {"id": "denial", "outlet": "Nile Gazette", "owner": "Nile Press", "date": "2024-11-07", "title": "Army speaks",
     "text": "The Sudanese army denied that it had killed civilians in Nyala on Monday."},
]


def chromium():
    return next((path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None)


def missing():
    if not shutil.which("node"):
        return "node is not installed"
    if not (WEB / "node_modules").is_dir():
        return "no web/node_modules: run npm ci in web/"
    return None


def check_bundle(folder, tally):
    """The committed bundle is what its sources make, and is small."""
    size = sum(len(gzip.compress((WEB / "dist" / name).read_bytes(), 9, mtime=0)) for name in ("app.js", "app.css", "index.html", "icon.svg"))
    tally.tell(size < BUDGET, f"page: the bundle is under {BUDGET} bytes gzipped, besides the map", f"{size} bytes")
    why = missing()
    if why:
        tally.skip("page: the bundle is what its sources make", why)
        return
    checked = subprocess.run(["npx", "--no-install", "tsc", "--noEmit"], cwd=WEB, capture_output=True, text=True)
    tally.tell(checked.returncode == 0, "page: the sources pass the type checker", checked.stdout[-2000:])
    built = subprocess.run(["node", "build.mjs", str(folder / "dist")], cwd=WEB, capture_output=True, text=True)
    made = sorted(p.name for p in (folder / "dist").iterdir()) if built.returncode == 0 else []
    held = sorted(p.name for p in (WEB / "dist").iterdir())
    differ = [n for n in held if n in made and not filecmp.cmp(WEB / "dist" / n, folder / "dist" / n, shallow=False)]
    tally.tell(made == held and not differ, "page: the bundle is what its sources make", f"{made} {held} differ: {differ}; run make web\n{built.stderr[-800:]}")


def make_desk(program, folder, env, made):
    reports = folder / "made.jsonl"
    reports.write_text("".join(json.dumps(r) + "\n" for r in made), encoding="utf-8")
    desk = folder / "desk.db"
    subprocess.run([program, "code", str(ROOT / "samples"), str(reports), "-o", str(desk)], check=True, env=env, capture_output=True)
    return desk


def start(program, desk, env):
    """The server and the address that it prints, with the token behind #."""
    server = subprocess.Popen([program, "serve", str(desk), "--no-open", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env)
    told = b""
    while not (found := re.search(rb"(http://127\.0\.0\.1:\d+/)(?:#token=(\S+))?", told)):
        line = server.stdout.readline()
        if not line:
            raise RuntimeError(f"dragoman serve ended: {told.decode('utf-8', 'replace')}")
        told += line
    return server, found[1].decode(), (found[2] or b"").decode()


def drive(program, desk, folder, env, chapters=()):
    """Chromium over a server of its own, which Ctrl-C ends: what node has printed, the server's exit and last words."""
    server, address, token = start(program, desk, env)
    try:
        more = dict(env, PAGE_ADDRESS=address, PAGE_TOKEN=token, PAGE_DESK=str(desk), PAGE_FOLDER=str(folder), PAGE_PROGRAM=program, PAGE_BROWSER=chromium())
        done = subprocess.run(["node", str(ROOT / "tests/page/run.mjs"), *chapters], capture_output=True, text=True, env=more, timeout=SECONDS)
    finally:
        server.send_signal(signal.SIGINT)
        told = server.communicate(timeout=60)[0].decode("utf-8", "replace")
    return done, server.returncode, told


def run_browser(program, desk, folder, env, tally):
    try:
        done, code, told = drive(program, desk, folder, env)
    except subprocess.TimeoutExpired as error:
        tally.tell(False, "page: the tour of the browser ends", f"not within {SECONDS} s\n{(error.stdout or b'').decode()[-1500:]}")
        return
    for line in done.stdout.splitlines():
        found = re.match(r"^(ok|not ok) (.*?)(?:\t(.*))?$", line)
        if found:
            tally.tell(found[1] == "ok", "page: " + found[2], (found[3] or "").replace("\\n", "\n"))
    tally.tell(code == 0, "page: the server ends well", f"exit {code}\n{told[-3000:]}")
    tally.tell(done.returncode == 0, "page: the tour of the browser ends", done.stderr[-2000:] + done.stdout[-500:])


def run(build, tally, env):
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        check_bundle(folder, tally)
        why = missing() or (None if chromium() else "Chromium is not installed") or (None if shutil.which("sqlite3") else "sqlite3 is not installed")
        if why is None and not (WEB / "node_modules" / "playwright-core").is_dir():
            why = "no playwright-core in web/node_modules: run npm ci in web/"
        if why:
            tally.skip("page: in a browser", why)
            return
        program = str(build / "dragoman")
        env = dict(env, HOME=os.environ.get("HOME", "/tmp"), PATH=os.environ["PATH"])
        run_browser(program, make_desk(program, folder, env, HOSTILE + DISPUTED), folder, env, tally)


def pictures(build, target):
    """Each screen over samples/ and two reports that contradict each other, in 64 colours."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        program = str(build.resolve() / "dragoman")
        desk = make_desk(program, folder, dict(os.environ), DISPUTED)
        done, _, _ = drive(program, desk, folder, dict(os.environ), ["pictures"])
        if done.returncode:
            sys.exit(done.stderr)
        target.mkdir(parents=True, exist_ok=True)
        for picture in sorted((folder / "pictures").glob("*.png")):
            subprocess.run(["pngquant", "--force", "--strip", "--speed", "1", "--output", str(target / picture.name), "64", str(picture)], check=True)


if __name__ == "__main__":
    pictures(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))

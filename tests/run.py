#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every test over one or more builds and ends with "N passed, N failed".

    tests/run.py BUILD [BUILD ...] [--accept] [--only WORD]

What counts as one test:
    unit      each cmocka test of the programs that meson knows
    tables    tools/check_tables.py, tools/check_style.py, dragoman dict check, and docs/codebook.md is up to date
    frames    each example sentence of a frame (dragoman dict test)
    cases     each sentence of tests/cases/*.case
    pages     each page of tests/pages: its text, title, date, byline and what is set apart
    cli       each folder of tests/cli: a script with the stdout, stderr and exit code it must have
    help      tests/help.py: help of every command and option, examples that run, manual pages, completions
    asking    tests/asking.py: scores, questions and exports, read back by another program
    whole     each check of tests/whole.py: bytes out for 1, 2 and 7 threads, resuming, broken inputs
    hostile   each input of tests/hostile.py: bombs, lies, what never ends
    desk      each check of tests/desk.py: both kinds of database, older and newer desks
    python    the package for Python: python/tests and the examples of its documentation
    r         docs/r.md, run from top to bottom
    gold      tests/gold.py: the annotation of tests/gold, and scores above their floor
    spark     each check of tests/spark.py: the package on a cluster of our own, on loopback, a worker killed in mid-job
    watch     each check of tests/watch.py: feeds and pages from a server of our own, on loopback
    serve     each check of tests/serve.py: the page's API against query and SQL, its safety, the audit
    page      each check of tests/page: the page of dragoman serve in Chromium, and its bundle

--accept rewrites the expectations of cases and cli; read the diff.
"""
import os
import pathlib
import re
import subprocess
import sys
import time
import traceback

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def tell(self, good, name, detail=""):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {name}" + ("\n    " + detail.rstrip().replace("\n", "\n    ") if detail else ""), flush=True)

    def skip(self, name, why):
        self.skipped += 1
        print(f"skipped {name}: {why}")


def environment():
    env = dict(os.environ, CMOCKA_MESSAGE_OUTPUT="TAP", LC_ALL="C.UTF-8", TERM="dumb")
    env.pop("DRAGOMAN_DATA", None)
    env["DRAGOMAN_CONF"] = ""  # no defaults of whoever runs the tests
    env.setdefault("ASAN_OPTIONS", "detect_leaks=1:abort_on_error=0:exitcode=99:allocator_may_return_null=1")
    env.setdefault("UBSAN_OPTIONS", "halt_on_error=1:print_stacktrace=1:exitcode=99")
    env.setdefault("TSAN_OPTIONS", "halt_on_error=1:exitcode=99")
    return env


def run_units(build, tally):
    import json
    listed = subprocess.run(["meson", "introspect", "--tests", str(build)], capture_output=True, text=True)
    for test in json.loads(listed.stdout or "[]"):
        env = {**environment(), "DRAGOMAN_DATA": str(ROOT), **test.get("env", {})}
        name = "unit " + test["name"]
        try:
            done = subprocess.run(test["cmd"], capture_output=True, env=env, cwd=test.get("workdir") or ROOT, timeout=600)
        except subprocess.TimeoutExpired:
            tally.tell(False, name, "took more than 600 s")
            continue
        text = (done.stdout + done.stderr).decode("utf-8", "replace")
        lines = re.findall(r"^(ok|not ok) \d+(?: - (.*))?$", text, re.M)
        for word, case in lines:
            tally.tell(word == "ok", f"{name}: {case}", "" if word == "ok" else text[-1500:])
        if not lines or (done.returncode != 0 and all(word == "ok" for word, _ in lines)):
            tally.tell(done.returncode == 0, name, f"exit {done.returncode}\n{text[-1500:]}")


def run_tables(build, tally):
    for tool in ("check_tables.py", "check_style.py"):
        path = ROOT / "tools" / tool
        done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, cwd=ROOT)
        tally.tell(done.returncode == 0, "tools/" + tool, done.stdout[-2000:] + done.stderr[-1000:])
    done = subprocess.run([str(build / "dragoman"), "dict", "check"], capture_output=True, text=True, env=environment())
    tally.tell(done.returncode == 0, "dict check", done.stdout[-2000:] + done.stderr[-2000:])
    done = subprocess.run([str(build / "dragoman"), "dict", "codebook"], capture_output=True, text=True, env=environment())
    written = (ROOT / "docs/codebook.md").read_text(encoding="utf-8")
    tally.tell(done.stdout == written, "docs/codebook.md", "not what the frames say now: run make codebook" + done.stderr[-500:])


def run_frames(build, tally):
    done = subprocess.run([str(build / "dragoman"), "dict", "test"], capture_output=True, text=True, env=environment())
    summary = re.search(r"^(\d+) examples passed, (\d+) failed$", done.stdout, re.M)
    if summary is None:
        tally.tell(False, "dict test", f"exit {done.returncode}\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
        return
    tally.passed += int(summary[1])
    tally.failed += int(summary[2])
    if int(summary[2]):
        print(f"FAILED {summary[2]} of the frames' examples:\n{done.stdout}", flush=True)


def main(arguments):
    import asking
    import cases
    import cli
    import desk
    import gold
    import help
    import hostile
    import page
    import pages
    import python
    import r_page
    import serve
    import spark
    import watch
    import whole
    accept = "--accept" in arguments
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    words = [a for i, a in enumerate(arguments) if not a.startswith("--") and (i == 0 or arguments[i - 1] != "--only")]
    total = Tally()
    parts = {"unit": run_units, "tables": run_tables, "frames": run_frames,
             "cases": lambda b, t: cases.run(b, t, environment(), accept),
             "pages": lambda b, t: pages.run(b, t, environment(), accept),
             "cli": lambda b, t: cli.run(b, t, environment(), accept),
             "asking": lambda b, t: asking.run(b, t, environment()),
             "help": lambda b, t: help.run(b, t, environment()),
             "whole": lambda b, t: whole.run(b, t, environment()),
             "desk": lambda b, t: desk.run(b, t, environment()),
             "hostile": lambda b, t: hostile.run(b, t, environment()),
             "gold": lambda b, t: gold.run(b, t, environment()),
             "watch": lambda b, t: watch.run(b, t, environment()),
             "serve": lambda b, t: serve.run(b, t, environment()),
             "page": lambda b, t: page.run(b, t, environment()),
             "python": lambda b, t: python.run(b, t, environment()),
             "r": lambda b, t: r_page.run(b, t, environment()),
             "spark": lambda b, t: spark.run(b, t, environment())}
    for build in [pathlib.Path(w).resolve() for w in words]:
        for name, part in parts.items():
            if only and only != name or accept and name not in ("cases", "pages", "cli"):
                continue
            before, start = (total.passed, total.failed), time.monotonic()
            try:
                part(build, total)
            except Exception:  # the others still have their say
                total.tell(False, f"{name} runs to its end", traceback.format_exc())
            print(f"{build.name:12} {name:8} {total.passed - before[0]:6} passed {total.failed - before[1]:4} failed"
                  f"  {time.monotonic() - start:6.1f} s", flush=True)
    if total.skipped:
        print(f"{total.skipped} skipped, see above")
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))

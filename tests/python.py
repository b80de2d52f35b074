# SPDX-License-Identifier: Apache-2.0
"""The Python package's own tests: python/tests and the examples of its documentation, in the environment that
`make python-tests` lays out under the build folder.  Where there is none they are skipped."""
import os
import pathlib
import subprocess
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIMIT = 900


def run(build, tally, env):
    python = build / "python/venv/bin/python"
    if not python.exists():
        tally.skip("python", f"no environment in {build.name}/python: make python-tests lays it out")
        return
    report = build / "python/tests.xml"
    report.unlink(missing_ok=True)
    done = subprocess.run([str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", "--doctest-modules",
                           "--pyargs", "dragoman", "python/tests"],
                          cwd=ROOT, capture_output=True, text=True, timeout=LIMIT,
                          env=dict(env, DRAGOMAN_PROGRAM=str(build / "dragoman"), MPLBACKEND="agg", PYTHONDONTWRITEBYTECODE="1",
                                   PYTHONPATH=os.fspath(ROOT / "tests")))
    if not report.exists():
        tally.tell(False, "python", f"exit {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-2000:]}")
        return
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"python {case.get('classname')}: {case.get('name')}"
        bad = next((part for part in case if part.tag in ("failure", "error")), None)
        skipped = case.find("skipped")
        if skipped is not None:
            tally.skip(name, skipped.get("message", ""))
        else:
            tally.tell(bad is None, name, "" if bad is None else (bad.text or "")[-2500:])

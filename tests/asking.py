# SPDX-License-Identifier: Apache-2.0
"""Checks of what users ask a desk: scores against an independent scorer."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


class Asker:
    def __init__(self, build, env):
        self.program, self.env = str(build / "dragoman"), env

    def __call__(self, *arguments, code=0, **more):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True, env=self.env, timeout=300, **more)
        if done.returncode != code:
            raise RuntimeError(f"exit {done.returncode}: {' '.join(map(str, arguments))}\n{done.stderr.decode()[-800:]}")
        return done.stdout.decode("utf-8")


def check_eval(ask, folder, tally):
    gold, scorer = SHARED / "data/reports", SHARED / "score/reports.py"
    if not scorer.exists() or not (gold / "gold").is_dir():
        tally.skip("eval agrees with an independent scorer", "no evaluation data beside the project")
        return
    system = folder / "system.jsonl"
    system.write_text(ask("code", gold / "reports.dev.jsonl", "--to", "jsonl"), encoding="utf-8")
    ours = ask("eval", gold / "gold", system)
    theirs = subprocess.run([sys.executable, str(scorer), str(gold / "gold"), str(system)], capture_output=True, text=True, check=True).stdout
    for level in ("what", "who-whom", "sector"):
        a = [float(x) for x in re.search(rf"^{level} +\d+ +\d+ +\d+ +(\S+) +(\S+) +(\S+)$", ours, re.M).groups()]
        b = [float(x) for x in re.search(rf"^{level} +(\S+) +(\S+) +(\S+) ", theirs, re.M).groups()]
        tally.tell(max(abs(x - y) for x, y in zip(a, b)) <= 0.5, f"eval agrees with an independent scorer: {level}", f"{a} {b}")
    own = ask("eval", gold / "gold", "--texts", gold / "reports.dev.jsonl")
    tally.tell(own == ours, "eval: texts coded on the way give the same figures", own)


def run(build, tally, env):
    import tempfile
    ask = Asker(build, env)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for check in (check_eval,):
            try:
                check(ask, folder, tally)
            except (RuntimeError, subprocess.SubprocessError) as error:
                tally.tell(False, check.__name__, str(error))

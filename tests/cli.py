# SPDX-License-Identifier: Apache-2.0
"""Command line tests: tests/cli/NAME holds

    run       a shell script; $dragoman is the program, it runs in an empty folder, $samples and $here are set
    stdout    what it must print; a line "..." stands for any lines, "*" inside a line for any characters
    stderr    the same (absent: nothing)
    exit      the exit code (absent: 0)
"""
import pathlib
import re
import subprocess
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent / "cli"


def line_fits(pattern, line):
    return re.fullmatch(".*".join(re.escape(p) for p in pattern.split("*")), line) is not None


def text_fits(pattern, text):
    """Greedy match with "..." as the wildcard for whole lines."""
    wanted, lines = pattern.split("\n"), text.split("\n")
    at, mark = 0, None  # mark: (index behind "...", line to try next)
    index = 0
    while at < len(lines):
        if index < len(wanted) and wanted[index] == "...":
            mark, index = (index + 1, at), index + 1
        elif index < len(wanted) and line_fits(wanted[index], lines[at]):
            index, at = index + 1, at + 1
        elif mark is not None:
            mark = (mark[0], mark[1] + 1)
            index, at = mark
        else:
            return False
    while index < len(wanted) and wanted[index] == "...":
        index += 1
    return index == len(wanted)


def read(path, default=""):
    return path.read_text(encoding="utf-8") if path.exists() else default


def check(folder, build, env, accept):
    with tempfile.TemporaryDirectory() as empty:
        env = dict(env, dragoman=str(build / "dragoman"), samples=str(FOLDER.parent.parent / "samples"), here=str(folder),
                   NO_COLOR="1")
        done = subprocess.run(["sh", str(folder / "run")], capture_output=True, env=env, cwd=empty, timeout=300, stdin=subprocess.DEVNULL)
    out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    wrong = []
    for name, got in (("stdout", out), ("stderr", err)):
        if not text_fits(read(folder / name), got):
            wrong.append(f"{name}:\n{got[:3000]}")
            if accept:
                (folder / name).write_text(got, encoding="utf-8")
    code = int(read(folder / "exit", "0"))
    if code != done.returncode:
        wrong.append(f"exit {done.returncode}, not {code}")
        if accept:
            (folder / "exit").write_text(f"{done.returncode}\n")
    return wrong


def run(build, tally, env, accept):
    for folder in sorted(p.parent for p in FOLDER.glob("*/run")):
        try:
            wrong = check(folder, build, env, accept)
        except subprocess.TimeoutExpired:
            wrong = ["took more than 300 s"]
        if not accept:
            tally.tell(not wrong, "cli " + folder.name, "\n".join(wrong))

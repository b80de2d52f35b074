#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills runs at random moments and resumes them, on both kinds of database: the same records must come out.

    tests/soak.py BUILD [KILLS] [SEED]      60 kills each; `make check` does a few (tests/desk.py)

Every run is killed (SIGKILL) at a moment drawn at random between its start and the time a whole run takes, then
started again, until one comes through.  Then the desk must hold, row by row, what an undisturbed run wrote."""
import json
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import postgres  # noqa: E402
from rows import differing, postgres_rows, sqlite_rows  # noqa: E402

ACTORS = ("Turkey", "Syria", "Kenya", "Ethiopia", "France", "Mali", "Iran", "Oman")
DEEDS = ("condemned the attack on", "signed a trade accord with", "imposed sanctions on", "shelled a village in", "sent food aid to")


def reports(count, seed):
    """JSON lines of invented reports; one in five says what an earlier one said."""
    draw, texts, out = random.Random(seed), [], []
    for i in range(count):
        if texts and draw.random() < 0.2:
            text = draw.choice(texts)
        else:
            text = " ".join(f"{draw.choice(ACTORS)} {draw.choice(DEEDS)} {draw.choice(ACTORS)} on {draw.choice(('Monday', 'Tuesday', 'Friday'))},"
                            f" the ministry said in its statement number {draw.randrange(10 ** 6)}." for _ in range(draw.randrange(2, 9)))
            texts.append(text)
        out.append(json.dumps({"id": f"r{i:05}", "date": f"2024-05-{1 + i % 28:02}", "lang": "en", "outlet": f"Paper {i % 7}", "text": text}))
    return "\n".join(out) + "\n"


def code_once(program, env, source, desk):
    return subprocess.run([program, "code", str(source), "-o", str(desk)], env=env, capture_output=True, timeout=600)


def kill_at(program, env, source, desk, seconds):
    """None where the run was killed, else the seconds in which it was through before."""
    start = time.monotonic()
    child = subprocess.Popen([program, "code", str(source), "-o", str(desk)], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        if child.wait() == -9:
            return None
    return time.monotonic() - start


def sound(path):
    with sqlite3.connect(path) as base:
        return base.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and not base.execute("PRAGMA foreign_key_check").fetchall()


def soak(program, env, kills, count, seed, tally, server=None):
    """Kills `kills` runs on each kind of database; a desk that is through makes way for a new one."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        source = here / "reports.jsonl"
        source.write_text(reports(count, seed), encoding="utf-8")
        start = time.monotonic()
        code_once(program, env, source, here / "whole.db")
        length = time.monotonic() - start
        wanted = sqlite_rows(here / "whole.db")
        for kind in ("SQLite", "PostgreSQL") if server is not None else ("SQLite",):
            killed, desks, wrong = 0, 0, []
            while killed < kills and not wrong:
                desks += 1
                name = f"soak{desks}"
                desk = server.address(name) if kind == "PostgreSQL" else here / f"{name}.db"
                while killed < kills:
                    through = kill_at(program, env, source, desk, draw.uniform(0.01, 1.1) * length)
                    if through is not None:
                        length = min(length, through + 0.05)  # the first run may have met a busy machine
                        break
                    killed += 1
                    if kind == "SQLite" and desk.exists() and not sound(desk):
                        wrong.append(f"desk {desks}: damaged after kill {killed}")
                done = code_once(program, env, source, desk)
                got = postgres_rows(server, name, wanted) if kind == "PostgreSQL" else sqlite_rows(desk)
                if done.returncode != 0 or got != wanted:
                    wrong.append(f"desk {desks}: exit {done.returncode} {done.stderr[-300:]!r} {differing(got, wanted)}")
            tally.tell(not wrong, f"{killed} runs killed and resumed on {kind}, {desks} desks", "\n".join(wrong))


def main(arguments):
    import run
    build = pathlib.Path(arguments[0]).resolve()
    kills, seed = (int(a) for a in (arguments[1:] + ["60", "7"][len(arguments) - 1:])[:2])
    tally, why = run.Tally(), postgres.missing()
    if why is not None:
        tally.skip("PostgreSQL", why)
        soak(str(build / "dragoman"), run.environment(), kills, 1200, seed, tally)
    else:
        with postgres.Server() as server:
            soak(str(build / "dragoman"), run.environment(), kills, 1200, seed, tally, server)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))

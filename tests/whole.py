# SPDX-License-Identifier: Apache-2.0
"""Checks of the whole program: same bytes for any number of threads, and broken inputs."""
import gzip
import json
import os
import pathlib
import re
import resource
import shlex
import signal
import sqlite3
import subprocess
import tempfile
import time

from rows import tables_of

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOOD = "DAMASCUS, July 9 (Agency) -- Turkey condemned the attack on Syria on Thursday.\n"


class Runner:
    def __init__(self, build, env):
        self.program, self.env = str(build / "dragoman"), env

    def __call__(self, *arguments, given=b"", limit=300, **more):
        done = subprocess.run([self.program, *map(str, arguments)], input=given, capture_output=True, env=self.env, timeout=limit, **more)
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def records(out):
    return [json.loads(line) for line in out.decode("utf-8").split("\n") if line]


def problems(out):
    return [r["code"] for r in records(out) if r["type"] == "problem"]


def check_jobs(run, tally):
    many = many_reports(300)
    for kind in ("jsonl", "csv", "table"):
        for name, arguments, given in (("samples", [ROOT / "samples"], b""), ("300 reports", ["-", "--from", "jsonl"], many)):
            outs = {run("code", *arguments, "--to", kind, "--jobs", jobs, given=given)[:2] for jobs in (1, 2, 7)}
            tally.tell(len(outs) == 1 and next(iter(outs))[0] == 0, f"same bytes for 1, 2 and 7 jobs: {name} as {kind}",
                       str([(code, len(out)) for code, out in outs]))


def deep_tags(count):
    return b"<html><head><title>Deep</title></head><body>" + b"<div>" * count + b"<p>" + GOOD.encode() * 3 + b"</p></body></html>"


def half_page():
    page = (b"<html><head><title>Half</title></head><body><article><h1>Half</h1><p>" + GOOD.encode() * 4 + b"</p><p>" + GOOD.encode() * 4)
    return page + b"</p><div class=\""


# name, bytes, exit code, what must be said (a problem code or a report), or None where any answer will do
BAD = (
    ("empty.txt", b"", 0, "problem"),
    ("blank.txt", b" \n\t\n", 0, "problem"),
    ("binary.txt", bytes(range(256)) * 64, 0, "problem"),
    ("utf8.txt", b"Turkey condemned the attack on Syria\xff\xfe\xc3 on Thursday. " * 4, 0, "problem"),
    ("nul.txt", b"Turkey condemned\0the attack on Syria on Thursday. " * 4, 0, None),
    ("tags.html", deep_tags(100000), 0, None),
    ("half.html", half_page(), 0, "report"),
    ("line.jsonl", json.dumps({"id": "a", "lang": "en", "text": GOOD}).encode() + b"\n{\"id\": \"b\", \"text\": \n" +
     json.dumps({"id": "c", "lang": "en", "text": GOOD}).encode() + b"\n", 0, "problem"),
    ("cut.txt.gz", gzip.compress(GOOD.encode() * 2000, mtime=0)[:60], 3, "problem"),
)


def check_bad(run, tally):
    for name, content, code, answer in BAD:
        with tempfile.TemporaryDirectory() as folder:
            here = pathlib.Path(folder)
            (here / name).write_bytes(content)
            (here / "zz-good.txt").write_text(GOOD * 3, encoding="utf-8")
            got, out, err = run("code", here, "--to", "jsonl")
            rest = any(r["type"] == "report" and r["words"] > 20 for r in records(out)[-8:])
            said = answer is None or (answer == "problem" and problems(out)) or (answer == "report" and sum(r["type"] == "report" for r in records(out)) == 2)
            tally.tell(got == code and rest and bool(said), f"bad input {name}", f"exit {got}, problems {problems(out)}, rest coded: {rest}\n{err[-800:]}")


def check_long_line(run, tally):
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        with open(here / "long.txt", "wb") as out:
            for _ in range(50):
                out.write(b"the minister said that " * 45590)
        (here / "zz-good.txt").write_text(GOOD * 3, encoding="utf-8")
        code, out, err = run("code", here, "--to", "jsonl", limit=590)
        tally.tell(code == 0 and problems(out) == ["too-large"] and len([r for r in records(out) if r["type"] == "event"]) > 0,
                   "bad input: 50 MB on one line", f"exit {code} {problems(out)}\n{err[-800:]}")


def nobody():
    os.setgid(65534)
    os.setuid(65534)


def check_permission(run, tally):
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        here.chmod(0o755)
        (here / "closed").mkdir()
        (here / "closed").chmod(0)
        (here / "zz-good.txt").write_text(GOOD * 3, encoding="utf-8")
        try:
            code, out, err = run("code", here, "--to", "jsonl", "--jobs", 1, preexec_fn=nobody if os.getuid() == 0 else None)
        except (PermissionError, subprocess.SubprocessError) as error:
            tally.skip("folder without read permission", f"cannot run the program as another user here ({error})")
            return
        tally.tell(code == 3 and "closed" in out.decode() + err and any(r["type"] == "report" for r in records(out)),
                   "bad input: folder without read permission", f"exit {code}\n{err[-800:]}")


def check_missing(run, tally):
    code, out, err = run("code", "/nowhere/at-all.txt", ROOT / "samples", "--to", "jsonl")
    tally.tell(code == 3 and "at-all.txt" in err and len(records(out)) > 20, "bad input: missing file", f"exit {code}\n{err[-800:]}")


def check_full_output(run, tally):
    for kind in ("jsonl", "csv", "table"):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([run.program, "code", str(ROOT / "samples"), "--to", kind], stdout=full, stderr=subprocess.PIPE, env=run.env)
        tally.tell(done.returncode == 1 and b"No space left" in done.stderr, f"full disk, {kind}", f"exit {done.returncode} {done.stderr[-300:]}")


def dump(path):
    """Every row with its number: the order of writing counts too."""
    with sqlite3.connect(path) as base:
        return repr([(table, base.execute(f"SELECT * FROM {table}").fetchall()) for table in tables_of(path)])


def many_reports(count):
    return b"".join(json.dumps({"id": f"n{i}", "date": "2024-05-02", "lang": "en", "text": GOOD * (1 + i * 7 % 5)}).encode() + b"\n" for i in range(count))


def check_database(run, tally):
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        dumps = []
        for jobs in (1, 2, 7):
            code, _, err = run("code", ROOT / "samples", "-o", here / f"{jobs}.db", "--jobs", jobs)
            dumps.append((code, dump(here / f"{jobs}.db")))
        tally.tell(dumps[0][0] == 0 and len(set(dumps)) == 1, "same database for 1, 2 and 7 jobs", err[-500:])
        before = (here / "1.db").read_bytes()
        run("code", ROOT / "samples", "-o", here / "1.db")
        tally.tell((here / "1.db").read_bytes() == before, "coding the same input again changes no byte of the database")
        shorter = (ROOT / "samples" / "01-moyale-agreement.txt").read_text(encoding="utf-8")
        (here / "edited.jsonl").write_text(json.dumps({"id": "edited", "lang": "en", "text": shorter}) + "\n", encoding="utf-8")
        run("code", here / "edited.jsonl", "-o", here / "edited.db")
        (here / "edited.jsonl").write_text(json.dumps({"id": "edited", "lang": "en", "text": GOOD}) + "\n", encoding="utf-8")
        run("code", here / "edited.jsonl", "-o", here / "edited.db")
        run("code", here / "edited.jsonl", "-o", here / "once.db")
        with sqlite3.connect(here / "edited.db") as a, sqlite3.connect(here / "once.db") as b:
            ask = "SELECT id, report FROM events ORDER BY id"
            tally.tell(a.execute(ask).fetchall() == b.execute(ask).fetchall(), "an edited report replaces its old records")


def check_killed(run, tally):
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        (here / "many.jsonl").write_bytes(many_reports(1200))
        run("code", here / "many.jsonl", "-o", here / "whole.db")
        whole = dump(here / "whole.db")
        killed = 0
        for part in (0.3, 0.6):
            path = here / f"killed{part}.db"
            child = subprocess.Popen([run.program, "code", str(here / "many.jsonl"), "-o", str(path)], env=run.env,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while child.poll() is None and not (path.exists() and path.stat().st_size > part * (here / "whole.db").stat().st_size):
                time.sleep(0.001)
            child.kill()
            killed += child.wait() == -9
            with sqlite3.connect(path) as base:
                good = base.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and not base.execute("PRAGMA foreign_key_check").fetchall()
            code, _, err = run("code", here / "many.jsonl", "-o", path)
            tally.tell(good and code == 0 and dump(path) == whole, f"a run killed at {part:.0%} leaves a sound database, the next makes it whole", err[-500:])
        tally.tell(killed > 0, "the runs were really killed")


def check_interrupt(run, tally):
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        (here / "many.jsonl").write_bytes(many_reports(3000))
        child = subprocess.Popen([run.program, "code", str(here / "many.jsonl"), "-o", str(here / "a.db")], env=run.env,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while child.poll() is None and not ((here / "a.db").exists() and (here / "a.db").stat().st_size > 1000000):
            time.sleep(0.001)
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=120)
        with sqlite3.connect(here / "a.db") as base:
            kept = base.execute("SELECT count(*) FROM reports").fetchone()[0]
        tally.tell(child.returncode == 130 and 0 < kept < 3000 and b"interrupted" in err, "Ctrl-C keeps what is finished and exits 130",
                   f"exit {child.returncode}, {kept} reports kept {err[-300:]}")


def check_errors_file(run, tally):
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        (here / "in").mkdir()
        (here / "in" / "empty.txt").write_bytes(b"")
        (here / "in" / "bad.jsonl").write_text("{\"text\": 1\n")
        code, _, err = run("code", here / "in", "--to", "csv", "--errors", here / "errors.jsonl")
        codes = [json.loads(line)["code"] for line in (here / "errors.jsonl").read_text().split("\n") if line]
        tally.tell(code == 0 and len(codes) == 2 and "2 problems" in err, "--errors lists the problems", f"exit {code} {codes} {err[-300:]}")


def check_memory(run, tally):
    """Less and less memory: a message and an exit code, never a crash."""
    def limit(megabytes):
        return lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    codes = {}
    for megabytes in range(70, 150, 10):  # with less the system cannot even load the program's libraries
        code, _, err = run("code", ROOT / "samples", "--to", "jsonl", "--jobs", 1, preexec_fn=limit(megabytes))
        codes[megabytes] = code if code != 1 or "memory" in err else "silent"
    tally.tell(set(codes.values()) <= {0, 1, 3}, "too little memory is told, not crashed on", str(codes))


def check_samples(run, tally):
    for path in sorted((ROOT / "samples").iterdir()):
        if path.suffix == ".md":
            continue
        for command in (("explain", "--tree"), ("parse",)):
            code, out, err = run(*command, path)
            tally.tell(code == 0 and len(out) > 1000 and not err, f"{command[0]} {path.name}", f"exit {code} {err[-500:]}")


def check_readme(run, tally):
    """Every command of the README's tables and of its sqlite3 examples must run, and its picture be what the program prints."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [c.replace("\\|", "|") for line in text.split("\n") if line.startswith("| ") for c in re.findall(r"`([^`]*build/dragoman [^`]*)`", line)]
    commands = [c for c in commands if not re.search("dict test|dragoman watch|dragoman serve|postgresql://", c)]  # each has tests of its own
    commands += re.findall(r"^(sqlite3 .*)$", text, re.M)
    with tempfile.TemporaryDirectory() as folder:
        for used in ("samples", "docs"):
            (pathlib.Path(folder) / used).symlink_to(ROOT / used)
        for command in commands:
            done = subprocess.run(["sh", "-c", command.replace("build/dragoman", run.program)], capture_output=True, env=run.env, cwd=folder, timeout=300)
            tally.tell(done.returncode == 0 and (done.stdout or " -o " in command), "README: " + command, done.stderr.decode()[-500:])
    shown, picture = re.search(r"^```\n\$ build/dragoman (.*?)\n(.*?)^```", text, re.M | re.S).groups()
    code, out, err = run(*shlex.split(shown))
    tally.tell(code == 0 and out.decode() == picture, "README: its picture", out.decode() + err)


def check_pages(run, tally):
    """The sh blocks of docs/formats.md must run as they stand, and print."""
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["sh", "-ec", block.replace("dragoman code", run.program + " code")], capture_output=True, env=run.env, cwd=folder, timeout=60)
            tally.tell(done.returncode == 0 and done.stdout.count(b"\n") >= 3 and not done.stderr, "docs/formats.md: " + block.split("\n")[0],
                       done.stdout.decode()[-300:] + done.stderr.decode()[-500:])


def check_store_errors(run, tally):
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        (here / "notes.db").write_text("Not a database at all.\n" * 100)
        code, _, err = run("code", ROOT / "samples", "-o", here / "notes.db")
        tally.tell(code == 1 and "not a SQLite database" in err, "a database that is not one", f"exit {code} {err[-300:]}")
        tally.tell((here / "notes.db").read_text().startswith("Not a database"), "a file that is no database is left as it is")
        with sqlite3.connect(here / "other.db") as base:
            base.execute("CREATE TABLE mine(a)")
        code, _, err = run("code", ROOT / "samples", "-o", here / "other.db")
        tally.tell(code == 1 and "another program" in err, "a database of another program", f"exit {code} {err[-300:]}")
        code, _, err = run("code", ROOT / "samples", "-o", here / "no" / "such" / "folder.db")
        tally.tell(code == 1 and "folder" in err, "a database in no folder", f"exit {code} {err[-300:]}")
        run("code", ROOT / "samples" / "13-harbour-cup.txt", "-o", here / "locked.db")
        base = sqlite3.connect(here / "locked.db", isolation_level=None)
        base.execute("BEGIN EXCLUSIVE")
        code, _, err = run("code", ROOT / "samples", "-o", here / "locked.db")
        base.close()
        tally.tell(code == 1 and "another program is writing" in err, "a locked database", f"exit {code} {err[-300:]}")

        def small_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (200000, 200000))
        (here / "many.jsonl").write_bytes(many_reports(2000))
        code, _, err = run("code", here / "many.jsonl", "-o", here / "full.db", preexec_fn=small_files)
        with sqlite3.connect(here / "full.db") as base:
            good = base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        tally.tell(code == 1 and "disk" in err and good, "a full disk under the database", f"exit {code} {err[-300:]}")


DICTIONARIES = ROOT.parent / "shared" / "data" / "dictionaries" / "petrarch"


def check_lists(run, tally):
    """Users' own lists: broken ones, and those of PETRARCH where they are at hand."""
    hostile = (b"", b"\n\n", bytes(range(256)) * 200, b"[" * 100000, b"A_" * 50000 + b"[GON]", b"+" * 1000, b"GONDOR [GON" + b"/GON" * 5000 + b"]",
               b"<!-- never closed\nGONDOR [GON]", b"name\tcode\n" + b"x\t" * 5000, b"name\tcode", b"X [GON]\n" * 20000,
               b"!A! = !A!, !A!, !A!\nX!A! [~GOV]\n", b"!A! = B, C, D\n" + b"!A!" * 40 + b" [~GOV]\n", b"GONDOR [GON]\n+" + b"B " * 30)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "list"
        for number, content in enumerate(hostile):
            path.write_bytes(content)
            for option in ("--actors", "--agents"):
                code, out, err = run("code", "-", "--from", "text", "--to", "jsonl", option, path, given=GOOD.encode())
                events = sum(r["type"] == "event" for r in records(out))
                tally.tell(code == 0 and events >= 1, f"broken list {number} as {option}", f"exit {code}, {events} events\n{err[-500:]}")
    if not DICTIONARIES.is_dir():
        tally.skip("the dictionaries of PETRARCH", "no ../shared here")
        return
    lists = [a for name in ("Countries", "International", "MilNonState") for a in ("--actors", DICTIONARIES / f"Phoenix.{name}.actors.txt")]
    lists += ["--agents", DICTIONARIES / "Phoenix.agents.txt"]
    text = b"Afghanistan accused Pakistan of shelling a village on Sunday. Turkish soldiers arrested ten protesters."
    for more in ([], ["--only-actors", "--only-agents"]):
        code, out, _ = run("code", "-", "--from", "text", "--to", "jsonl", *lists, *more, given=text)
        codes = {a["code"][:3] for r in records(out) if r["type"] == "event" for a in r["source"] + r["target"]}
        tally.tell(code == 0 and {"AFG", "PAK"} <= codes and problems(out).count("list") == 4, "the dictionaries of PETRARCH " + " ".join(more), f"{code} {codes}")


def check_linear(run, tally):
    """Four times the names take four times the work, not sixteen: processor time, with much room."""
    def name(i):
        parts = ("ba", "ko", "ri", "mu", "ta", "ne", "shi", "lo", "ga", "du", "pe", "zo", "vi", "wa", "hu", "ma")
        return (parts[i % 16] + parts[i // 16 % 16] + parts[i // 256 % 16] + "n").capitalize()
    rows = (ROOT / "world" / "places.tsv").read_text(encoding="utf-8").split("\n")
    towns = [row.split("\t")[0] for row in rows[::13] if row[:1].isalpha() and row.split("\t")[0].isalpha()]
    kinds = {"places": lambda i: f"It rained in {towns[i % len(towns)]} on Monday.", "one person": lambda i: "President Vladimir Putin criticised the plan on Monday.",
             "persons": lambda i: f"Minister {name(i)} {name(i // 7 + i * 3)} criticised the plan on Monday."}
    for kind, sentence in kinds.items():
        spent = []
        for count in (2000, 8000):
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            code, out, _ = run("code", "-", "--from", "text", "--to", "jsonl", "--jobs", 1, given=" ".join(map(sentence, range(count))).encode())
            spent.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
            words = sum(r["words"] for r in records(out) if r["type"] == "report")
        tally.tell(code == 0 and words > 30000 and spent[1] < 10 * spent[0] + 1, f"time is linear in {kind} named", f"exit {code}, {words} words, {spent} s")


def run(build, tally, env):
    runner = Runner(build, env)
    check_jobs(runner, tally)
    check_bad(runner, tally)
    check_permission(runner, tally)
    check_missing(runner, tally)
    check_full_output(runner, tally)
    check_database(runner, tally)
    check_killed(runner, tally)
    check_interrupt(runner, tally)
    check_errors_file(runner, tally)
    check_samples(runner, tally)
    if "san" not in build.name:  # sanitizers want terabytes of addresses
        check_memory(runner, tally)
    check_readme(runner, tally)
    check_pages(runner, tally)
    check_lists(runner, tally)
    check_linear(runner, tally)
    check_store_errors(runner, tally)
    check_long_line(runner, tally)

# SPDX-License-Identifier: Apache-2.0
"""A desk whose ground gives way in the middle of a run: disk full, permission lost, another writer, a server that stops.

Each time the message says what happened and what to do, the desk holds whole reports alone, and the same command goes on
when it is mended and ends with what an undisturbed run wrote.  Small disks are small file systems in memory, which only
root may mount: elsewhere those checks are skipped by name."""
import contextlib
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import time

import soak
from rows import differing, postgres_rows, sqlite_rows

REPORTS = 600
TURN = 0.01  # seconds between two looks


@contextlib.contextmanager
def small_disk(folder, megabytes):
    """A file system of that size under `folder`; None where it may not be made."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True) if os.getuid() == 0 else None
    made = done is not None and done.returncode == 0
    try:
        yield folder if made else None
    finally:
        if made:
            subprocess.run(["umount", "-l", str(folder)], check=False)


def widen(folder, megabytes):
    subprocess.run(["mount", "-o", f"remount,size={megabytes}m", str(folder)], check=True)


def as_nobody():
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


class Desk:
    """What all checks share: the reports, what an undisturbed run makes of them."""
    def __init__(self, run, tally, here):
        self.run, self.tally, self.here = run, tally, here
        self.source = here / "failing.jsonl"
        self.source.write_text(soak.reports(REPORTS, 11), encoding="utf-8")
        self.source.chmod(0o644)
        run("code", self.source, "-o", here / "undisturbed.db")
        self.wanted = sqlite_rows(here / "undisturbed.db")

    def fails(self, what, desk, *words, **more):
        code, _, err = self.run("code", self.source, "-o", desk, **more)
        self.tally.tell(code == 1 and all(word in err for word in words), what, f"exit {code} {err[-600:]}")

    def goes_on(self, what, desk, rows, **more):
        code, _, err = self.run("code", self.source, "-o", desk, **more)
        got = rows()
        self.tally.tell(code == 0 and got == self.wanted, f"{what}: the same command goes on", f"exit {code} {err[-600:]} {differing(got, self.wanted)}")

    def sound(self, what, path, least):
        """Whole reports alone, of which some were kept."""
        with sqlite3.connect(path) as base:
            fine = base.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and not base.execute("PRAGMA foreign_key_check").fetchall()
            kept = base.execute("SELECT count(*) FROM reports").fetchone()[0]
        whole = not any(set(sqlite_rows(path)[table]) - set(self.wanted[table]) for table in ("evidence", "claim_parts", "report_texts"))
        self.tally.tell(fine and whole and least <= kept < REPORTS, f"{what}: nothing is half-written", f"sound: {fine}, whole: {whole}, {kept} reports")

    def start(self, desk, is_under_way, **more):
        """A run, and the moment when something of it is on the desk."""
        child = subprocess.Popen([self.run.program, "code", str(self.source), "-o", str(desk), "--jobs", "1"], env=self.run.env,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **more)
        for _ in range(6000):
            if child.poll() is not None or is_under_way():
                break
            time.sleep(TURN)
        return child

    def ends(self, what, child, *words):
        err = child.communicate(timeout=300)[1]
        self.tally.tell(child.returncode == 1 and all(word in err for word in words), what, f"exit {child.returncode} {err[-600:]}")


def has_reports(path):
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=0) as base:
            return base.execute("SELECT count(*) FROM reports").fetchone()[0] > 0
    except sqlite3.Error:
        return False


def check_full_disk(desk):
    with small_disk(desk.here / "small", 3) as folder:
        if folder is None:
            desk.tally.skip("a full disk under a SQLite file", "only root may mount a small one")
            return
        path = folder / "full.db"
        desk.fails("SQLite, disk full in the middle of a run", path, "disk full", "make room and run again")
        desk.sound("SQLite, disk full", path, 256)
        widen(folder, 64)
        desk.goes_on("SQLite, disk full", path, lambda: sqlite_rows(path))


def check_full_scratch(desk):
    """Room for the desk, none for the temporary file of joining."""
    with small_disk(desk.here / "scratch", 1) as folder:
        if folder is None:
            desk.tally.skip("a full disk under the temporary files", "only root may mount a small one")
            return
        (folder / "filler").write_bytes(b"x" * 900000)
        path = desk.here / "scratch.db"
        env = dict(desk.run.env, TMPDIR=str(folder))
        done = subprocess.run([desk.run.program, "code", str(desk.source), "-o", str(path)], env=env, capture_output=True, text=True, timeout=300)
        desk.tally.tell(done.returncode == 1 and "TMPDIR" in done.stderr and "run again" in done.stderr, "no room for the temporary file of joining",
                        f"exit {done.returncode} {done.stderr[-600:]}")
        desk.sound("no room for the temporary file", path, 256)
        desk.goes_on("no room for the temporary file", path, lambda: sqlite_rows(path))


def check_locked(desk):
    path = desk.here / "locked.db"
    child = desk.start(path, lambda: has_reports(path))
    other = sqlite3.connect(path, isolation_level=None, timeout=60)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM reports").fetchone()  # a reader that does not end: nothing can be committed
    desk.ends("SQLite, locked by another in the middle of a run", child, "another program is writing", "reading", "run again")
    other.close()
    desk.sound("SQLite, locked", path, 1)
    desk.goes_on("SQLite, locked", path, lambda: sqlite_rows(path))


def check_read_only(desk):
    """Root may write everything, so a user without rights runs it."""
    who = {"preexec_fn": as_nobody} if os.getuid() == 0 else {}
    folder = desk.here / "closed"
    folder.mkdir()
    desk.here.chmod(0o755)
    path = folder / "desk.db"
    try:
        desk.run("--version", **who)
    except (PermissionError, subprocess.SubprocessError) as error:
        desk.tally.skip("SQLite, permission lost", f"cannot run the program as another user here ({error})")
        return
    desk.run("code", desk.source.parent / "one.jsonl", "-o", path)
    for mode, folder_mode, command, words in ((0o444, 0o755, "code", ("no permission to write", "allow")), (0o666, 0o555, "code", ("no permission to write", "allow")),
                                              (0o000, 0o755, "info", ("no permission to read", "allow"))):
        path.chmod(mode)
        folder.chmod(folder_mode)
        before = path.stat().st_mtime_ns
        arguments = ["code", desk.source, "-o", path] if command == "code" else [command, path]
        code, _, err = desk.run(*arguments, **who)
        desk.tally.tell(code == 1 and all(word in err for word in words) and path.stat().st_mtime_ns == before,
                        f"SQLite, {command} with a file of mode {mode:o} in a folder of mode {folder_mode:o}", f"exit {code} {err[-600:]}")
    folder.chmod(0o777)
    path.chmod(0o666)
    code, _, err = desk.run("info", folder / "none.db")
    desk.tally.tell(code == 1 and "no such database" in err and "permission" not in err, "SQLite, no such database", f"exit {code} {err[-600:]}")
    desk.goes_on("SQLite, permission lost", path, lambda: sqlite_rows(path), **who)


def check_server_full(desk, server):
    """A tablespace on a disk of 12 MB, of which an empty database takes about 7.5."""
    with small_disk(server.folder / "small", 12) as folder:
        if folder is None:
            desk.tally.skip("a full disk under a PostgreSQL server", "only root may mount a small one")
            return
        place = folder / "space"
        place.mkdir()
        os.chown(place, server.user.pw_uid, server.user.pw_gid)
        server.sql("postgres", f"CREATE TABLESPACE small LOCATION '{place}'")
        server.sql("postgres", 'CREATE DATABASE "full" TABLESPACE small')
        server.made.add("full")
        try:
            desk.fails("PostgreSQL, disk full in the middle of a run", server.url("full"), "disk is full", "make room there and run again")
            widen(folder, 128)
            part = postgres_rows(server, "full", desk.wanted) if server.sql("full", "SELECT count(*) FROM pg_class WHERE relname = 'reports'") == "1" else {}
            whole = all(set(part.get(table, ())) <= set(desk.wanted[table]) for table in ("evidence", "claim_parts", "report_texts"))
            desk.tally.tell(whole and len(part.get("reports", ())) < REPORTS, "PostgreSQL, disk full: nothing is half-written")
            desk.goes_on("PostgreSQL, disk full", server.url("full"), lambda: postgres_rows(server, "full", desk.wanted))
        finally:
            server.sql("postgres", 'DROP DATABASE "full"')
            server.sql("postgres", "DROP TABLESPACE small")


def check_revoked(desk, server):
    rights = "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public"
    server.sql("postgres", "CREATE ROLE writer LOGIN")
    address = server.address("revoked")
    desk.run("code", desk.source.parent / "one.jsonl", "-o", address)
    server.sql("revoked", f"GRANT {rights} TO writer")

    def under_way():
        return int(server.sql("revoked", "SELECT count(*) FROM reports")) > 1
    child = desk.start(server.url("revoked", "writer"), under_way)
    server.sql("revoked", f"REVOKE {rights} FROM writer")
    desk.ends("PostgreSQL, permission lost in the middle of a run", child, "no permission", "grant")
    got = postgres_rows(server, "revoked", desk.wanted)
    whole = all(set(got[table]) <= set(desk.wanted[table]) for table in ("evidence", "claim_parts", "report_texts"))
    desk.tally.tell(whole and 1 < len(got["reports"]) < REPORTS, "PostgreSQL, permission lost: nothing is half-written", str(len(got["reports"])))
    server.sql("revoked", f"GRANT {rights} TO writer")
    desk.goes_on("PostgreSQL, permission lost", server.url("revoked", "writer"), lambda: postgres_rows(server, "revoked", desk.wanted))


def check_stopped(desk, server):
    address = server.address("stopped")

    def under_way():
        made = server.sql("stopped", "SELECT count(*) FROM pg_class WHERE relname = 'reports'") == "1"
        return made and server.sql("stopped", "SELECT count(*) FROM reports") != "0"
    child = desk.start(address, under_way)
    server.stop("immediate")
    desk.ends("PostgreSQL, stopped in the middle of a run", child, "run again", "is safe")
    desk.fails("PostgreSQL, not running", address, "does the server run")
    server.start()
    desk.goes_on("PostgreSQL, stopped", address, lambda: postgres_rows(server, "stopped", desk.wanted))


def run(runner, tally, here, server):
    here = pathlib.Path(tempfile.mkdtemp(dir=here, prefix="failing-"))
    here.parent.chmod(0o755)
    here.chmod(0o755)
    desk = Desk(runner, tally, here)
    first = desk.source.read_text(encoding="utf-8").split("\n", 1)[0]
    (here / "one.jsonl").write_text(first + "\n", encoding="utf-8")
    check_full_disk(desk)
    check_full_scratch(desk)
    check_locked(desk)
    check_read_only(desk)
    if server is not None:
        check_server_full(desk, server)
        check_revoked(desk, server)
        check_stopped(desk, server)

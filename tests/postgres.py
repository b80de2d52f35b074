# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of the tests' own: in a temporary folder, on a Unix socket alone, run by a user without rights.

    with postgres.Server() as server:
        run("code", "samples", "-o", server.address("one"))

`missing()` says why there can be none here."""
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile


def programs():
    """The newest of Debian's folders that holds a server."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


def missing():
    if programs() is None:
        return "no PostgreSQL server is installed (make setup)"
    if os.getuid() == 0 and unprivileged() is None:
        return "the server does not run as root, and there is no other user"
    return None


def unprivileged():
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            pass
    return None


class Server:
    def __init__(self):
        self.bin = programs()
        self.user = unprivileged() if os.getuid() == 0 else None
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="drg-pg-"))
        self.made = set()

    def _as_user(self, *arguments, check=True):
        def drop():
            if self.user is not None:
                os.setgroups([])
                os.setgid(self.user.pw_gid)
                os.setuid(self.user.pw_uid)
        done = subprocess.run([str(a) for a in arguments], preexec_fn=drop, cwd=self.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC"))
        if check and done.returncode != 0:
            raise RuntimeError(f"{arguments[0]}: {done.stdout.decode(errors='replace')[-1500:]}")
        return done

    def __enter__(self):
        if self.user is not None:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.folder.chmod(0o755)
        try:
            self._as_user(self.bin / "initdb", "-D", "data", "-U", "desk", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
            with open(self.folder / "data" / "postgresql.conf", "a", encoding="utf-8") as conf:
                conf.write(f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nshared_buffers = 64MB\nfsync = off\n"
                           "max_connections = 20\nautovacuum = off\nlogging_collector = off\nunix_socket_permissions = 0777\n")
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        self._as_user(self.bin / "pg_ctl", "-D", "data", "-l", "log", "-w", "-t", "60", "start")

    def stop(self, mode="fast"):
        self._as_user(self.bin / "pg_ctl", "-D", "data", "-m", mode, "-w", "-t", "60", "stop", check=False)

    def url(self, database, user="desk", more=""):
        return f"postgresql://{user}@/{database}?host={self.folder}{more}"

    def sql(self, database, text, user="desk"):
        done = subprocess.run([str(self.bin / "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", self.url(database, user), "-c", text],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def address(self, database):
        """The address of a database of this name, made at first."""
        if database not in self.made:
            self.sql("postgres", f'CREATE DATABASE "{database}"')
            self.made.add(database)
        return self.url(database)

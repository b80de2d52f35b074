# SPDX-License-Identifier: Apache-2.0
"""The wheel that `make python` makes, and the types that the package declares."""
import importlib.util
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

import dragoman
from conftest import ROOT

MOST = 40_000_000
# What a wheel may count on (manylinux): the C library and its parts, the compiler's, and zlib.
SYSTEM = re.compile(r"(ld-linux|libz|libc|libm|libdl|libpthread|librt|libresolv|libutil|libgcc_s|libstdc\+\+|libcrypt)[.-]")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Laid out as an installer would."""
    built = sorted((pathlib.Path(sys.prefix).parent / "built").glob("dragoman-*.whl"))
    if not built or importlib.util.find_spec("auditwheel") is None:
        pytest.skip("no wheel was built here: make python-tests")
    out = tmp_path_factory.mktemp("wheel")
    path = pathlib.Path(sys.executable).parent
    done = subprocess.run([str(path / "auditwheel"), "repair", "-w", str(out), str(built[0])], capture_output=True, text=True,
                          env={"PATH": f"{path}:/usr/bin:/bin"})
    assert done.returncode == 0, done.stderr[-2000:]
    made, = out.glob("*.whl")
    with zipfile.ZipFile(made) as archive:
        archive.extractall(out / "site")
    return made, out / "site"


def test_size(wheel):
    assert 5_000_000 < wheel[0].stat().st_size < MOST


def test_it_carries_what_it_needs(wheel):
    names = {p.relative_to(wheel[1]).as_posix() for p in wheel[1].rglob("*") if p.is_file()}
    assert {"dragoman/py.typed", "dragoman/data/model/english.model", "dragoman/data/world/countries.tsv", "dragoman/data/lang/tables.tsv"} <= names
    assert any(name.startswith("dragoman.libs/libsqlite3") for name in names) and "manylinux" in wheel[0].name


def test_it_runs_on_nothing_else(wheel):
    """All libraries that it brings into the interpreter come out of the wheel, or are the C library's own."""
    code = """
import sys, ctypes, cffi, datetime, shlex, warnings
def libraries():
    return {line.split()[-1] for line in open("/proc/self/maps") if ".so" in line and "/gconv/" not in line}
before = libraries()
import dragoman
result = dragoman.Coder(jobs=1).code(dragoman.Reports(sys.argv[1]))
assert len(result.events) > 0 and dragoman.__file__.startswith(sys.argv[2]), dragoman.__file__
desk = dragoman.Desk(sys.argv[3], dragoman.Coder(jobs=1)); desk.add(result); desk.finish()
print("\\n".join(libraries() - before))
"""
    made, site = wheel
    cffi = pathlib.Path(importlib.util.find_spec("cffi").origin).parent.parent
    bare = made.parent / "bare"
    bare.mkdir()
    for part in ("cffi", "_cffi_backend*", "pycparser", "cffi.libs"):
        for found in cffi.glob(part):
            (shutil.copytree if found.is_dir() else shutil.copy)(found, bare / found.name)
    done = subprocess.run([sys.executable, "-S", "-c", code, str(ROOT / "samples"), str(site), str(made.parent / "desk.db")], capture_output=True, text=True,
                          env={"PYTHONPATH": f"{site}:{bare}", "LC_ALL": "C.UTF-8"}, cwd="/")
    assert done.returncode == 0, done.stderr
    mapped = [pathlib.Path(line) for line in done.stdout.split()]
    ours = [p for p in mapped if site in p.parents]
    outside = [p.name for p in mapped if site not in p.parents and bare not in p.parents and not SYSTEM.match(p.name)
               and pathlib.Path(sys.base_prefix) not in p.parents]
    assert len(ours) > 5 and outside == []


def test_types():
    pytest.importorskip("mypy")
    folder = pathlib.Path(dragoman.__file__).parent
    done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--no-warn-unused-ignores", "--ignore-missing-imports", "--cache-dir=/dev/null", "-p", "dragoman"],
                          capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stdout[-3000:] + str(folder)


def test_everything_public_is_described():
    for name in dragoman.__all__:
        thing = getattr(dragoman, name)
        assert thing.__doc__, name
        for member, value in vars(thing).items() if isinstance(thing, type) else ():
            if not member.startswith("_") and (callable(value) or isinstance(value, property)):
                assert getattr(value, "__doc__", None), f"{name}.{member}"

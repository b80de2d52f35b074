# SPDX-License-Identifier: Apache-2.0
"""What the tests share: one coder, the program beside the package, and the sample reports."""
import importlib.util
import os
import pathlib
import subprocess

import pytest

import dragoman

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
PROGRAM = pathlib.Path(os.environ.get("DRAGOMAN_PROGRAM", ROOT / "build/dragoman"))

# Examples of modules whose library is not installed cannot run.
collect_ignore_glob = [f"*/{name}.py" for name, needs in (("dragoman/pipe", "spacy"), ("dragoman/plot", "matplotlib"), ("dragoman/spark/*", "pyspark"),
                                                          ("tests/spark_job", "pyspark")) if importlib.util.find_spec(needs) is None]


@pytest.fixture(scope="session")
def coder():
    return dragoman.Coder(jobs=2)


@pytest.fixture(scope="session")
def samples(coder):
    return coder.code(dragoman.Reports(SAMPLES))


@pytest.fixture(scope="session")
def program():
    """Runs the program on the tables of this tree; gives its standard output."""
    if not PROGRAM.exists():
        pytest.skip(f"{PROGRAM} is not built")

    def run(*arguments, accept=(0,), given=None):
        done = subprocess.run([str(PROGRAM), *map(str, arguments)], capture_output=True, input=given,
                              env={**os.environ, "DRAGOMAN_CONF": "", "LC_ALL": "C.UTF-8"})
        assert done.returncode in accept, done.stderr.decode()
        return done.stdout
    return run

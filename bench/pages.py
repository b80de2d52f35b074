#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pages a second from HTML to main text, one core, beside trafilatura in the same run.

    bench/pages.py [BUILD]

The pages are ../shared/data/extraction/html when it is there, else those of samples/.  trafilatura is
run by $TRAFILATURA_PYTHON (a Python that has it, say of a virtual environment), else by python3; where
neither has it, that half is skipped.  Files are in memory before the clock starts.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OTHER = """
import gzip, pathlib, sys, time, trafilatura
def read(path):
    data = pathlib.Path(path).read_bytes()
    return gzip.decompress(data) if path.endswith(".gz") else data
pages = [read(p) for p in sys.argv[1:]]
for page in pages[:3]:
    trafilatura.extract(page)
for name, options in (("as it comes", {}), ("fast", {"fast": True})):
    start = time.perf_counter()
    texts = [trafilatura.extract(page, **options) or "" for page in pages]
    took = time.perf_counter() - start
    print(f"trafilatura {trafilatura.__version__}, {name}: {len(pages)} pages, {sum(map(len, texts))} characters of text: {len(pages) / took:.1f} pages/s")
"""


def main():
    build = (ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build")).resolve()
    folder = ROOT.parent / "shared/data/extraction/html"
    pages = sorted(str(p) for p in (folder.iterdir() if folder.is_dir() else (ROOT / "samples").glob("*.html")))
    core = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    env = dict(os.environ, DRAGOMAN_DATA=str(ROOT))
    ours = subprocess.run([*core, str(build / "bench" / "pages"), "10", *pages], env=env, capture_output=True, text=True, check=True).stdout
    print("dragoman:", ours.strip())
    python = os.environ.get("TRAFILATURA_PYTHON", sys.executable)
    done = subprocess.run([*core, python, "-c", OTHER, *pages], capture_output=True, text=True)
    if "No module named 'trafilatura'" in done.stderr:
        print("skipped trafilatura: not installed for", python, "(TRAFILATURA_PYTHON names another)")
        return
    if done.returncode != 0:
        print("skipped trafilatura: it fails for", python, "with", done.stderr.strip().rsplit("\n", 1)[-1])
        return
    print(done.stdout.strip())
    rate = lambda text: float(re.search(r"([\d.]+) pages/s", text)[1])
    for line in done.stdout.strip().split("\n"):
        print(f"{rate(ours) / rate(line):.1f} times as fast as {line.split(':')[0]}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What Python costs beside the program, and beside spaCy, on the same reports.

    bench/python.py BUILD [--reports 5000] [--rounds 3] [--spacy MODEL]

The reports are cut from ../shared/data/text: lines up to 2,000 characters a report.  The interpreter that runs this
must have the package, pyarrow and, for --spacy, spaCy with that model; one core each.  Each way runs in a process of
its own, in turn, so that whatever else the machine does falls on all of them; the least of the rounds counts.

    program   dragoman code REPORTS --to jsonl --jobs 1, to /dev/null
    files     Coder(jobs=1).code(Reports(REPORTS)), then all tables to pyarrow
    list      the same from a list of dicts
    spacy     spacy.load(MODEL).pipe over the texts
"""
import argparse
import json
import lzma
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEXTS = ("reuters-c50", "wmt-news-en", "bbc")
REPORT_CHARACTERS = 2000

FILES = """
import sys, dragoman, pyarrow
result = dragoman.Coder(jobs=1).code(dragoman.Reports(sys.argv[1]))
rows = [pyarrow.table(t).num_rows for t in (result.events, result.claims, result.agreements, result.problems, result.actors, result.reports)]
print(rows)
"""
LIST = """
import json, sys, dragoman, pyarrow
reports = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
result = dragoman.Coder(jobs=1).code(reports)
rows = [pyarrow.table(t).num_rows for t in (result.events, result.claims, result.agreements, result.problems, result.actors, result.reports)]
print(rows)
"""
SPACY = """
import json, sys, spacy
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
pipeline = spacy.load(sys.argv[2])
print(sum(len(doc.ents) for doc in pipeline.pipe(texts)), "names")
"""


def cut_reports(count):
    reports, waiting = [], []
    for name in TEXTS:
        with lzma.open(ROOT.parent / f"shared/data/text/{name}.txt.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                waiting.append(line.strip())
                if sum(map(len, waiting)) >= REPORT_CHARACTERS:
                    reports.append("\n\n".join(w for w in waiting if w))
                    waiting = []
                if len(reports) == count:
                    return reports
    return reports


def run(arguments):
    """Seconds by the clock and of processor, and the peak in MB."""
    env = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    start = time.perf_counter()
    child = subprocess.Popen(["taskset", "-c", "0", *arguments], stdout=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{arguments[0]} ended with {child.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("build")
    given.add_argument("--reports", type=int, default=5000)
    given.add_argument("--rounds", type=int, default=3)
    given.add_argument("--spacy", metavar="MODEL")
    given = given.parse_args()
    texts = cut_reports(given.reports)
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} reports, {words} words")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "reports.jsonl"
        path.write_text("".join(json.dumps({"id": str(i), "lang": "en", "text": text}) + "\n" for i, text in enumerate(texts)), encoding="utf-8")
        ways = {"program": [str(pathlib.Path(given.build).resolve() / "dragoman"), "code", str(path), "--to", "jsonl", "--jobs", "1"],
                "files": [sys.executable, "-c", FILES, str(path)], "list": [sys.executable, "-c", LIST, str(path)]}
        if given.spacy:
            ways["spacy"] = [sys.executable, "-c", SPACY, str(path), given.spacy]
        best = {}
        for _ in range(given.rounds):
            for name, arguments in ways.items():
                figures = run(arguments)
                best[name] = tuple(map(min, figures, best.get(name, figures)))
        wall, cpu, _ = best["program"]
        for name, (w, c, memory) in best.items():
            print(f"{name:8} {w:7.2f} s by the clock ({100 * w / wall - 100:+5.1f} %), {c:7.2f} s of processor ({100 * c / cpu - 100:+5.1f} %), "
                  f"{words / c:8.0f} words a second of processor, peak {memory:4.0f} MB")


if __name__ == "__main__":
    main()

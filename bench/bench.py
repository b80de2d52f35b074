#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Words a second, raw text to JSON lines, on one core; where the time goes; peak memory; threads.

    bench/bench.py [BUILD]

The text is ../shared/data/reports (54 real reports) when it is there, else samples/, repeated up to
about 400,000 words.  A word is a run of characters between blanks.  Best of three runs.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORDS = 400_000


def read_reports():
    shared = ROOT.parent / "shared/data/reports/reports.dev.jsonl"
    if shared.exists():
        lines = shared.read_text(encoding="utf-8").split("\n")
        return "54 real reports", [json.loads(line) for line in lines if line]
    reports = []
    for path in sorted((ROOT / "samples").glob("*.txt")):
        reports.append({"text": path.read_text(encoding="utf-8"), "lang": "en"})
    return "samples", reports


def run(arguments, output):
    start = time.perf_counter()
    with open(output, "wb") as out:
        child = subprocess.Popen(arguments, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{arguments[0]} ended with {child.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    build = (ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build")).resolve()
    program = str(build / "dragoman")
    name, reports = read_reports()
    words_once = sum(len(r["text"].split()) for r in reports)
    repeats = max(1, round(WORDS / words_once))
    words = words_once * repeats
    with tempfile.TemporaryDirectory() as folder:
        given = pathlib.Path(folder) / "in.jsonl"
        with open(given, "w", encoding="utf-8") as out:
            for i in range(repeats):
                for k, r in enumerate(reports):
                    out.write(json.dumps({"id": f"{i}-{k}", "date": r.get("date", ""), "lang": "en", "text": r["text"]}) + "\n")
        empty = pathlib.Path(folder) / "empty.jsonl"
        empty.write_text('{"text": "Nothing.", "lang": "en"}\n')
        load = min(run([program, "code", str(empty), "--to", "jsonl", "--jobs", "1"], "/dev/null")[0] for _ in range(3))
        print(f"{name}, {repeats} times: {words} words; start of the program {load:.2f} s, counted in")
        for jobs in (1, 2):
            wall, cpu, memory = min(run([program, "code", str(given), "--to", "jsonl", "--jobs", str(jobs)], "/dev/null") for _ in range(3))
            print(f"--jobs {jobs}: {words / wall:10.0f} words/s by the clock, {words / cpu:10.0f} words a second of processor, peak {memory:.0f} MB")
        subprocess.run([str(build / "bench" / "stages"), str(given)], env=dict(os.environ, DRAGOMAN_DATA=str(ROOT)), check=True)


if __name__ == "__main__":
    main()

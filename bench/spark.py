#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What Spark costs beside the program on the same reports and two cores, and what its Python workers hold.

    bench/spark.py BUILD [--reports 20000] [--rounds 2]

The reports are those of bench/python.py, cut at 1,200 characters, in eight JSON-lines files.  The interpreter that runs this must have the package,
pyspark and pyarrow (`make python-tests` lays out such a one).  The least of the rounds counts.

    program   dragoman code FILES --to jsonl --jobs 2, into a file
    spark     local[2]: code_files, the lines written as text; without and with the start of the session.  Java compiles quickly
              rather than well (-XX:TieredStopAtLevel=1), as docs/spark.md advises for short jobs
    workers   memory of the Python workers, their own and shared pages alike (PSS, what a machine really gives), at each quarter"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

import python as texts_of

FILES = 8
SPARK = """
import sys, time
began = time.perf_counter()
from pyspark.sql import SparkSession
import dragoman.spark as ds
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "2g").config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
ready = time.perf_counter()
ds.jsonl(ds.code_files(spark, sys.argv[1])).write.text(sys.argv[2])
done = time.perf_counter()
spark.stop()
print(done - ready, done - began)
"""


def workers_memory():
    """Megabytes of each Python worker process of Spark now, largest first."""
    sizes = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if b"pyspark.daemon" in (process / "cmdline").read_bytes():
                sizes.append(int(re.search(r"^Pss:\s+(\d+)", (process / "smaps_rollup").read_text(), re.M)[1]) / 1024)
        except (OSError, TypeError):
            continue  # it ended meanwhile
    return sorted(sizes, reverse=True)


def watch(samples, stop):
    while not stop.wait(3):
        sizes = workers_memory()
        if sizes:
            samples.append(sizes[0])


def run_spark(folder, out):
    samples, stop = [], threading.Event()
    watcher = threading.Thread(target=watch, args=(samples, stop))
    watcher.start()
    env = dict(os.environ, PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    done = subprocess.run([sys.executable, "-c", SPARK, str(folder), str(out)], capture_output=True, text=True, env=env)
    stop.set()
    watcher.join()
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return tuple(map(float, done.stdout.split())), samples


def lines_of(paths):
    return sorted(line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if '"type":"run"' not in line)


def main():
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("build")
    given.add_argument("--reports", type=int, default=20000)
    given.add_argument("--rounds", type=int, default=2)
    given = given.parse_args()
    texts_of.REPORT_CHARACTERS = 1200
    texts = texts_of.cut_reports(given.reports)
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} reports, {words} words")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "in").mkdir()
        for part in range(FILES):
            lines = (json.dumps({"id": str(i), "lang": "en", "text": texts[i]}) + "\n" for i in range(part, len(texts), FILES))
            (folder / f"in/{part}.jsonl").write_text("".join(lines), encoding="utf-8")
        program, spark, samples = [], [], []
        for turn in range(given.rounds):
            start = time.perf_counter()
            with open(folder / "program.jsonl", "wb") as out:
                subprocess.run([str(pathlib.Path(given.build).resolve() / "dragoman"), "code", str(folder / "in"), "--to", "jsonl", "--jobs", "2"], stdout=out, check=True)
            program.append(time.perf_counter() - start)
            seconds, samples = run_spark(folder / "in", folder / f"out{turn}")
            spark.append(seconds)
        rate = words / min(program)
        print(f"program  {min(program):7.1f} s  {rate:8.0f} words a second")
        for label, at in (("spark", 0), ("with its start", 1)):
            seconds = min(figures[at] for figures in spark)
            print(f"{label:14} {seconds:7.1f} s  {words / seconds:8.0f} words a second, {100 * words / seconds / rate:.0f} % of the program's")
        print("largest worker at each quarter:", ", ".join(f"{samples[min(len(samples) - 1, len(samples) * q // 4)]:.0f} MB" for q in range(1, 5)), f"; most {max(samples):.0f} MB")
        same = lines_of([folder / "program.jsonl"]) == lines_of((folder / "out0").glob("part-*"))
        print("the same lines" if same else "the lines differ")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""The job that tests/spark.py submits: what Spark makes of reports, compared with what the program made of them.

    spark_job.py FOLDER KILL     reports and expectations lie in FOLDER; KILL: process group of a worker, killed in mid-job

Prints a line "ok NAME" or "not ok NAME: why" for each check."""
import json
import os
import pathlib
import signal
import sqlite3
import sys
import threading
import time
import traceback
import warnings

from pyspark.sql import SparkSession

import dragoman
import dragoman.spark as ds

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLES = {
    "reports": "id, copy_of, story",
    "events": "id, report, story",
    "joined": "event, number, story, plover, cameo, status, standing, date, place, country, dead, injured, arrested, background, events, reports,"
              " outlets, owners, first_report, first_outlet, first_date",
    "disputes": "dispute, number, event, story, field, value, said_by, report, outlet, speaker",
    "repeats": "outlet, cited, kind, reports",
    "accords": "accord, number, name, kind, stage, first_date, last_date, reports, owners",
    "accord_stages": "accord, number, stage, date, place, agreement, report",
}
SCHEMA = "url string, body string, outlet string, published string"


class Checks:
    def __init__(self, spark, folder, kill):
        self.spark, self.folder, self.kill = spark, folder, kill
        self.rows = [json.loads(line) for line in (folder / "reports.jsonl").read_bytes().splitlines()]
        self.wanted = (folder / "wanted.jsonl").read_bytes()

    def frame(self, parts):
        """The reports in so many parts, in order."""
        rows = [tuple(row.get(name) for name in ("url", "body", "outlet", "published")) for row in self.rows]
        return self.spark.createDataFrame(self.spark.sparkContext.parallelize(rows, parts), SCHEMA)

    def code(self, parts):
        return ds.code(self.frame(parts), text="body", date="published", id="url")

    @staticmethod
    def lines(records):
        return "".join(row.value + "\n" for row in ds.jsonl(records).collect()).encode()

    # ------------------------------------------------------------ one check each

    def check_bytes_in_python(self):
        fields = {"text": "body", "date": "published", "id": "url"}
        assert dragoman.Coder(jobs=2).code(self.rows, fields=fields).jsonl() == self.wanted

    def check_bytes_in_1_part(self):
        assert self.lines(self.code(1)) == self.wanted

    def check_bytes_in_2_parts(self):
        assert self.lines(self.code(2)) == self.wanted

    def check_bytes_by_way_of_columns(self):
        records = self.code(2)
        assert self.lines(records.select("*")) == self.wanted
        assert self.lines(records.where("id is null")) == b""

    def check_bytes_in_4_parts_a_worker_killed(self):
        """Behind a shuffle, so that what the dead worker had done must be done again."""
        tracker, died = self.spark.sparkContext.statusTracker(), []

        def watch():
            while not died:
                stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
                if any(stage is not None and stage.numCompletedTasks >= 1 and stage.numTasks > 4 for stage in stages):
                    os.killpg(self.kill, signal.SIGKILL)
                    died.append(time.monotonic())
                time.sleep(0.01)
        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        shuffled = self.code(8).where("id is not null").repartition(4, "id")
        got = sorted(self.lines(shuffled).splitlines())
        ended = time.monotonic()
        assert died and died[0] < ended, "the job was over before the worker was killed"
        assert got == sorted(self.wanted.splitlines()), "other lines"

    def check_files(self):
        got = self.lines(ds.code_files(self.spark, f"file://{self.folder}/inputs"))
        assert got == (self.folder / "wanted-inputs.jsonl").read_bytes()

    def check_files_handed_over(self):
        """As a whole, in any order."""
        got = self.lines(ds.code_files(self.spark, f"file://{self.folder}/inputs", whole=True))
        assert sorted(got.splitlines()) == sorted((self.folder / "wanted-inputs.jsonl").read_bytes().splitlines())

    def check_hidden_files(self):
        """Passed over in folders, as everywhere in Spark, but not silently; read where they are named."""
        folder = self.folder / "hidden"
        (folder / "_temporary").mkdir(parents=True)
        for name in ("_apart.txt", ".swap.txt", "_temporary/part.txt", "plain.txt"):
            (folder / name).write_text("Chad accused Niger of shelling a village.")
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            listed = [path.rsplit("/", 1)[1] for path, _ in ds.list_files(self.spark, f"file://{folder}")]
        assert listed == ["plain.txt"] and "3 files" in str(told[-1].message)
        assert ds.events(ds.code_files(self.spark, f"file://{folder}/_apart.txt")).count() == 1
        try:
            ds.code_files(self.spark, f"file://{folder}/_apart.txt", whole=True)
        except dragoman.InputError:
            return
        raise AssertionError("a file would be left out silently")

    def check_read_then_code(self):
        read = ds.read(self.spark, f"file://{self.folder}/inputs").persist()
        assert read.where("problem is not null").count() >= 1
        assert self.lines(ds.code(read)) == (self.folder / "wanted-inputs.jsonl").read_bytes()
        read.unpersist()

    def check_bad_reports_are_rows(self):
        frame = self.spark.createDataFrame([("a", ""), ("b", None), ("c", "Chad accused Niger of shelling a village.")], "id string, text string")
        records = ds.code(frame)
        assert [(row.report, row.code) for row in ds.problems(records).collect()] == [("a", "empty"), ("b", "empty")]
        assert {row.report for row in ds.events(records).select("report").collect()} == {"c"}

    def check_tables(self):
        records = self.code(2).persist()
        result = dragoman.Result.from_arrow(records.toArrow())
        assert result.jsonl() == self.wanted
        assert ds.events(records).count() == len(result.events)
        assert ds.claims(records).count() == len(result.claims)
        assert ds.agreements(records).count() == len(result.agreements)
        assert ds.reports(records).count() == len(result.reports)
        assert ds.actors(records).count() == sum(len(e.source) + len(e.target) + len(e.claimed_by) for e in result.events)
        records.unpersist()

    def check_own_lists(self):
        lists = self.folder / "own.tsv"
        lists.write_text("name\tcode\nHarbour League\tHLG\n")
        coder = dragoman.Coder(actors=[lists, ROOT / "docs/lists/old.actors"], agents=ROOT / "docs/lists/old.agents", jobs=1)
        texts = ["The Harbour League attacked Chad on Monday.", "Gondorian heralds condemned Isengard on Sunday."]
        wanted = coder.code(texts)
        assert {actor.code[:3] for event in wanted.events for actor in event.source} >= {"HLG"}
        assert self.lines(ds.code(self.spark.createDataFrame([(text,) for text in texts], "text string").coalesce(1), coder=coder)) == wanted.jsonl()

    def check_mistakes(self):
        frame = self.spark.createDataFrame([("x",)], "body string")
        for wrong in (lambda: ds.code(frame), lambda: ds.code(frame, text="words"), lambda: ds.code(frame, words="body"),
                      lambda: ds.read(self.spark, f"file://{self.folder}/inputs", kind="tape"),
                      lambda: ds.code_files(self.spark, "file:///no/such/folder"), lambda: ds.code_files(self.spark)):
            try:
                wrong()
            except dragoman.DragomanError as error:
                assert str(error)
            else:
                raise AssertionError("a mistake went through")

    def check_join(self):
        """Behind the worker's death: on the one that is left."""
        records = self.code(2).persist()
        twice = records.unionAll(records.where("id like '%1'"))  # a report that comes twice counts once
        desk = ds.join(twice)
        for table, columns in TABLES.items():
            wanted = sorted(map(repr, sqlite3.connect(self.folder / "desk.db").execute(f"SELECT {columns} FROM {table}")))
            rows = getattr(desk, table).select(*[name.strip() for name in columns.split(",")]).collect()
            got = sorted(repr(tuple(int(value) if isinstance(value, bool) else value for value in row)) for row in rows)
            assert wanted, f"the desk's table {table} is empty: nothing is tested"
            assert got == wanted, f"{table}: {len(set(wanted) - set(got))} rows are missing, {len(set(got) - set(wanted))} too many: " + \
                str(sorted(set(wanted) ^ set(got))[:4])
        desk.unpersist()
        records.unpersist()


def main(folder, kill):
    spark = SparkSession.builder.getOrCreate()
    spark.sparkContext.setLogLevel("FATAL")
    checks = Checks(spark, pathlib.Path(folder), int(kill))
    for name in [name for name in dir(checks) if name.startswith("check_") and name != "check_join"] + ["check_join"]:
        began = time.monotonic()
        try:
            getattr(checks, name)()
            print(f"ok {name[6:]} {time.monotonic() - began:.1f}", flush=True)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            print(f"not ok {name[6:]}: {type(error).__name__} in line {where.lineno}: {str(error)[:1500]}".replace("\n", " | "), flush=True)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])

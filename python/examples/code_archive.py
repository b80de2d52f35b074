#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Codes an archive on Spark and joins it: who did what to whom in years of crawled news.

    spark-submit python/examples/code_archive.py --out OUT PATH [PATH ...]
    spark-submit --master spark://master:7077 --conf spark.pyspark.python=/opt/venv/bin/python \\
        python/examples/code_archive.py --out hdfs:///coded/2024 'hdfs:///crawl/2024/*.warc.gz'

PATH: web archives, JSON lines, pages, mail ... (docs/formats.md), folders and patterns, on any file system Spark knows; or
with --table Parquet tables, whose columns --fields names (text=body,date=published,id=url).

Writes OUT/records (Parquet: a row a report, with all that comes of it), and of these OUT/joined, OUT/disputes, OUT/accords
(what goes across reports), and prints the busiest pairs of a month.  Run again, it takes up the records that are there."""
import argparse

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import dragoman.spark as ds


def read_fields(spec):
    return dict(part.split("=", 1) for part in spec.split(",") if part)


def code(spark, options):
    if options.table:
        frame = spark.read.parquet(*options.paths)
        return ds.code(frame, **read_fields(options.fields))
    return ds.code_files(spark, *options.paths, fields=read_fields(options.fields))


def has_records(spark, path):
    try:
        return bool(spark.read.parquet(path).columns)
    except Exception:  # there are none yet, or their writing did not end
        return False


def show_dyads(records, count):
    """The pairs of countries that most events of a month have."""
    rows = ds.events(records).where("not background and status <> 'planned'")
    pairs = rows.select(F.substring("date", 1, 7).alias("month"), "plover", F.explode("source.code").alias("source"), "target.code")
    pairs = pairs.withColumn("target", F.explode("code")).where("source not like '-%' and target not like '-%'")
    pairs.groupBy("month", F.substring("source", 1, 3).alias("source"), F.substring("target", 1, 3).alias("target"), "plover").count() \
        .orderBy(F.col("count").desc(), "month", "source", "target", "plover").show(count, truncate=False)


def main():
    arguments = argparse.ArgumentParser(description="code an archive of news on Spark")
    arguments.add_argument("paths", nargs="+", metavar="PATH")
    arguments.add_argument("--out", required=True, help="folder for the tables")
    arguments.add_argument("--table", action="store_true", help="the paths are Parquet tables")
    arguments.add_argument("--fields", default="", help="where a table or JSON keeps what: text=body,date=published")
    arguments.add_argument("--show", type=int, default=20, help="so many rows of the busiest pairs")
    options = arguments.parse_args()
    spark = SparkSession.builder.appName("dragoman").getOrCreate()
    records = f"{options.out}/records"
    if not has_records(spark, records):
        code(spark, options).write.mode("overwrite").parquet(records)
    coded = spark.read.parquet(records)
    ds.problems(coded).groupBy("stage", "code").count().orderBy("stage", "code").show(truncate=False)
    desk = ds.join(coded)
    for name in ("reports", "events", "joined", "disputes", "repeats", "accords", "accord_stages"):
        getattr(desk, name).write.mode("overwrite").parquet(f"{options.out}/{name}")
    desk.unpersist()
    show_dyads(coded, options.show)
    spark.stop()


if __name__ == "__main__":
    main()

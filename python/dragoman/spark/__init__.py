# SPDX-License-Identifier: Apache-2.0
"""Dragoman on Apache Spark: the same records out of the same reports, however many machines there are.

    import dragoman.spark as ds

    records = ds.code(spark.read.parquet("reports"), text="body", date="published", id="url")
    records = ds.code_files(spark, "hdfs:///crawl/2024")      # web archives, JSON lines, pages ...
    ds.events(records).groupBy("plover").count()
    ds.jsonl(records).write.text("records")

    desk = ds.join(records)                                   # copies, stories, one event from many reports
    desk.joined, desk.disputes, desk.accords

Needs pyspark 4 and pyarrow; the package must be installed where the executors run (docs/spark.md)."""
from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .coding import actors, agreements, claims, code, events, jsonl, problems, reports
    from .files import PassedOverWarning, code_files, list_files, read
    from .joining import Joined, join

__all__ = ["Joined", "PassedOverWarning", "actors", "agreements", "claims", "code", "code_files", "events", "join", "jsonl", "list_files", "problems", "read", "reports"]

# Workers import dragoman.spark.worker alone: what only the driver needs is loaded when it is asked for.
_HOMES = {"PassedOverWarning": "files", "code_files": "files", "list_files": "files", "read": "files", "Joined": "joining", "join": "joining"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOMES.get(name, 'coding')}", __name__), name)

# SPDX-License-Identifier: Apache-2.0
"""Reports of a data frame to records, and records to the tables that people ask for."""
from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import BinaryType, StructType

from ..coder import Coder
from ..errors import UseError
from ..reports import FIELDS, _check_fields
from ..result import Result
from . import worker
from .steps import nullable

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

def records_schema() -> StructType:
    """The columns of records: a row a report, with its events, claims, agreements and problems nested inside."""
    return nullable(from_arrow_schema(pa.schema(Result().records)))


def coder_options(coder: Coder | None) -> dict[str, Any]:
    """What workers open their coder with: the lists that it names go along, under the names that it has for them."""
    options = {} if coder is None else dict(coder.__getstate__())
    options.pop("jobs", None)
    for name in worker.LISTS:
        options[name] = [(path, pathlib.Path(path).read_bytes()) for path in options.get(name, ())]
    return options


def _report_columns(frame: DataFrame, fields: Mapping[str, str]) -> DataFrame:
    """The columns that hold what a report has, under our names."""
    named = _check_fields(fields)
    for field, column in named.items():
        if column not in frame.columns:
            raise UseError(f'there is no column "{column}": there are {", ".join(frame.columns)}', field)
    taken = {field: frame[named.get(field, field)] for field in FIELDS if named.get(field, field) in frame.columns}
    if "text" not in taken and "html" not in taken:
        raise UseError('there is no column "text" or "html": say which it is, as text="body"')
    raw = {field for field in ("text", "html") if field in taken and isinstance(frame.select(taken[field]).schema[0].dataType, BinaryType)}
    columns = [(column if field in raw else column.cast("string")).alias(field) for field, column in taken.items()]
    if "problem" in frame.columns and isinstance(frame.schema["problem"].dataType, StructType):
        columns.append(frame["problem"])
    return frame.select(*columns)


def code(frame: DataFrame, *, coder: Coder | None = None, **fields: str) -> DataFrame:
    """Codes the reports of a data frame.

    Args:
        frame: a row a report.
        coder: one with options of your own: `dragoman.Coder(actors="mine.tsv")`.  Workers open theirs with the same; the lists
            are sent to them.  Its `jobs` do not count: a worker has as many threads as ``spark.task.cpus``.
        fields: which column holds what: ``text="body", date="published", id="url"``; columns that are called as the fields
            (text, html, id, url, outlet, title, date, byline, lang, fetched) need not be said.

    Returns:
        A row a report, in the order of the reports, with its events, claims, agreements and problems nested inside
        (`events`, `claims` ... take them out).  A bad report is a row whose `problems` say what is wrong with it.

    Raises:
        UseError: there is no such field or column.
    """
    return coded([_report_columns(frame, fields)], partial(worker.code_rows, coder_options(coder)))


LINES = "value string"


def union(frames: list[DataFrame]) -> DataFrame:
    first = frames[0]
    for frame in frames[1:]:
        first = first.unionAll(frame)
    return first


def coded(frames: list[DataFrame], run: Callable[..., Any]) -> DataFrame:
    """The records of `run(lines, batches)` over all frames.  They know the way from the reports to their lines that spares
    the way through the records' columns, for `jsonl`."""
    records = union([frame.mapInArrow(partial(run, False), records_schema()) for frame in frames])
    vars(records)["_dragoman_lines"] = lambda: union([frame.mapInArrow(partial(run, True), LINES) for frame in frames])
    return records


def jsonl(records: DataFrame) -> DataFrame:
    """The lines that ``dragoman code --to jsonl`` writes for the same reports, one a row, in the column `value`:
    ``jsonl(records).write.text("out")``."""
    straight = vars(records).get("_dragoman_lines") if not records.is_cached else None
    return straight() if straight is not None else records.mapInArrow(worker.print_rows, LINES)


# ---------------------------------------------------------------- tables

def _explode(records: DataFrame, what: str) -> DataFrame:
    rows = records.select(F.col("id").alias("report"), F.col("date").alias("report_date"), "outlet", "url", F.explode(what).alias("row"))
    return rows.select("report", "report_date", "outlet", "url", "row.*")


def events(records: DataFrame) -> DataFrame:
    """A row an event, with the columns of `Result.events`."""
    return _explode(records, "events")


def claims(records: DataFrame) -> DataFrame:
    """A row a claim, with the columns of `Result.claims`."""
    return _explode(records, "claims")


def agreements(records: DataFrame) -> DataFrame:
    """A row an agreement, with the columns of `Result.agreements`."""
    return _explode(records, "agreements")


def actors(records: DataFrame) -> DataFrame:
    """A row a party of an event, with the columns of `Result.actors`."""
    rows = records.select(F.col("id").alias("report"), F.posexplode("events").alias("place", "event"))
    sides = {"source": "source", "target": "target", "claimed_by": "claimer"}
    parts = [rows.select("report", F.col("event.id").alias("event"), F.lit(side).alias("side"), F.posexplode(f"event.{column}").alias("number", "actor"))
             for column, side in sides.items()]
    return parts[0].unionAll(parts[1]).unionAll(parts[2]).select("report", "event", "side", "number", "actor.*")


def problems(records: DataFrame) -> DataFrame:
    """A row a problem; `report` is null where an input could not be read."""
    return records.select(F.col("id").alias("report"), F.explode("problems").alias("row")).select("report", "row.*")


def reports(records: DataFrame) -> DataFrame:
    """A row a report that was read, without what comes of it."""
    return records.where("id is not null").drop("sketch", "events", "claims", "agreements", "problems")

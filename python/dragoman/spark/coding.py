# SPDX-License-Identifier: Apache-2.0
"""Reports of a data frame to records, and records to the tables that people ask for."""
from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import BinaryType, StructType

from ..errors import UseError
from ..reports import FIELDS, _check_fields
from ..result import Result
from . import worker
from .steps import nullable

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Lists = "str | os.PathLike[str] | Sequence[str | os.PathLike[str]]"


def records_schema() -> StructType:
    """The columns of records: a row a report, with its events, claims, agreements and problems nested inside."""
    return nullable(from_arrow_schema(pa.schema(Result().records)))


def coder_options(spark: SparkSession, actors: Any = (), agents: Any = (), only_actors: bool = False, only_agents: bool = False,
                  data: str | None = None, report_bytes: int = 64 << 20) -> dict[str, Any]:
    """What workers open their coder with.  Lists that lie here are sent along."""
    def ship(given: Any) -> list[tuple[str, bool]]:
        paths = [os.fspath(p) for p in ([given] if isinstance(given, (str, os.PathLike)) else given)]
        for path in paths:
            if not os.path.isfile(path):
                raise UseError("there is no such file", path)
            spark.addArtifacts(path, file=True) if not hasattr(spark, "_jsc") else spark.sparkContext.addFile(path)
        return [(os.path.basename(path), True) for path in paths]
    return {"actors": ship(actors), "agents": ship(agents), "only_actors": only_actors, "only_agents": only_agents, "data": data,
            "report_bytes": report_bytes}


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


def code(frame: DataFrame, *, actors: Any = (), agents: Any = (), only_actors: bool = False, only_agents: bool = False,
         data: str | None = None, report_bytes: int = 64 << 20, **fields: str) -> DataFrame:
    """Codes the reports of a data frame.

    Args:
        frame: a row a report.
        fields: which column holds what: ``text="body", date="published", id="url"``; columns that are called as the fields
            (text, html, id, url, outlet, title, date, byline, lang, fetched) need not be said.
        actors, agents, only_actors, only_agents, report_bytes: as of `dragoman.Coder`.  Lists are sent to the workers.
        data: folder with lang/, world/ and model/ where the workers run; None: those of the package.

    Returns:
        A row a report, in the order of the reports, with its events, claims, agreements and problems nested inside
        (`events`, `claims` ... take them out).  A bad report is a row whose `problems` say what is wrong with it.
    """
    options = coder_options(frame.sparkSession, actors, agents, only_actors, only_agents, data, report_bytes)
    return _report_columns(frame, fields).mapInArrow(partial(worker.code_rows, options), records_schema())


def jsonl(records: DataFrame) -> DataFrame:
    """The lines that ``dragoman code --to jsonl`` writes for the same reports, one a row, in the column `value`:
    ``jsonl(records).write.text("out")``."""
    return records.mapInArrow(worker.print_rows, "value string")


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

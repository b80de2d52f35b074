# SPDX-License-Identifier: Apache-2.0
"""The steps of joining (`drg_join_stream`) as operations on data frames.

    runs = apply(reports, "RUNS")                                    row by row
    stories = apply(likenesses, "LINKAGE", block="block")            rows of a block brought together first

Workers run the C code; what is shuffled is said by the block."""
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import ArrayType, DataType, StructField, StructType

from .. import arrow
from .._native import ffi, lib
from ..errors import check, new_error
from . import worker

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class _Columns:
    """What a step takes or gives, for pyarrow."""

    def __init__(self, step: str, given: bool):
        self._step = getattr(lib, f"DRG_JOIN_{step}")
        self._given = given

    def __arrow_c_schema__(self) -> object:
        error = new_error()
        return arrow.fill_schema(lambda out: check(lib.drg_join_schema(self._step, self._given, out, error), error))


def _allow_nulls(kind: DataType) -> DataType:
    if isinstance(kind, StructType):
        return nullable(kind)
    return ArrayType(_allow_nulls(kind.elementType)) if isinstance(kind, ArrayType) else kind


def nullable(row: StructType) -> StructType:
    """The columns with nulls allowed everywhere, as Spark has them: inside of a struct that is null everything is."""
    return StructType([StructField(field.name, _allow_nulls(field.dataType)) for field in row.fields])


def takes(step: str) -> list[str]:
    """The names of the columns that a step takes."""
    return list(pa.schema(_Columns(step, True)).names)


def gives(step: str) -> StructType:
    """The columns that a step gives."""
    return nullable(from_arrow_schema(pa.schema(_Columns(step, False))))


def apply(frame: DataFrame, step: str, block: str | None = None, order: str | None = None) -> DataFrame:
    """The step over a data frame; rows with one `block` come together, in `order`."""
    given = frame.select(*takes(step))
    if block is not None:
        given = given.repartition(block).sortWithinPartitions(block, *([order] if order else []))
    return given.mapInArrow(partial(worker.join_rows, step), gives(step))

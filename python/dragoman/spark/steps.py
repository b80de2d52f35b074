# SPDX-License-Identifier: Apache-2.0
"""The steps of joining (`drg_join_stream`) as operations on data frames.

    runs = apply(reports, "RUNS")                                    row by row
    stories = apply(likenesses, "LINKAGE", block="block")            rows of a block brought together first

Workers run the C code; what is shuffled is said by the block."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from .. import arrow
from .._native import ffi, lib
from ..errors import check, new_error

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class _Schema:
    """Columns of a step, for pyarrow."""

    def __init__(self, step: str, given: bool):
        self._step = getattr(lib, f"DRG_JOIN_{step}")
        self._given = given

    def __arrow_c_schema__(self) -> object:
        error = new_error()
        return arrow.fill_schema(lambda out: check(lib.drg_join_schema(self._step, self._given, out, error), error))


class _Rows:
    """The rows of a step over rows, for pyarrow."""

    def __init__(self, step: str, rows: pa.RecordBatchReader):
        self._step = getattr(lib, f"DRG_JOIN_{step}")
        self._rows = rows

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        stream, held = arrow.take_stream(self._rows)
        error = new_error()
        return arrow.fill_stream(lambda out: check(lib.drg_join_stream(self._step, stream, out, error), error))


def run(step: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The step over the rows of one partition."""
    rows = iter(batches)
    first = next(rows, None)
    if first is None:
        return
    given = pa.RecordBatchReader.from_batches(first.schema, chain([first], rows))
    for batch in pa.RecordBatchReader.from_stream(_Rows(step, given)):
        if batch.num_rows:
            yield batch


def takes(step: str) -> list[str]:
    """The names of the columns that a step takes."""
    return list(pa.schema(_Schema(step, True)).names)


def gives(step: str) -> StructType:
    """The columns that a step gives."""
    return from_arrow_schema(pa.schema(_Schema(step, False)))


def apply(frame: DataFrame, step: str, block: str | None = None, order: str | None = None) -> DataFrame:
    """The step over a data frame; rows with one `block` come together, in `order`."""
    given: Any = frame.select(*takes(step))
    if block is not None:
        given = given.repartition(block).sortWithinPartitions(block, *([order] if order else []))
    return given.mapInArrow(partial(run, step), gives(step))

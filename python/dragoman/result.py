# SPDX-License-Identifier: Apache-2.0
"""What comes of reports: records, as objects, as columns, as JSON lines."""
from __future__ import annotations

import os
from functools import cached_property
from typing import IO, Any

from . import arrow
from ._native import ffi, lib
from .errors import check, new_error
from .records import Agreement, Claim, CodedReport, Event, Problem, Rows


class Table:
    """A table without objects of its own, for any library that speaks Arrow."""

    def __init__(self, batch: Any, table: int):
        self._batch = batch
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return arrow.stream_capsule(self._batch, self._table)

    def __arrow_c_schema__(self) -> object:
        return arrow.schema_capsule(self._table)


class Result:
    """The records of some reports, in the order of the reports.

    As objects, `result.events[0].source[0].code`; as columns, `pyarrow.table(result.events)`, `polars.DataFrame(result.claims)`,
    `pandas.DataFrame.from_arrow(result.events)`; as JSON lines, `result.jsonl()`.  A result given to such a library as a
    whole is its events.

    >>> import dragoman
    >>> result = dragoman.code("Iran and Oman signed a gas deal in Muscat.", date="2024-05-02")
    >>> result
    <Result of 1 reports: 1 events, 0 claims, 1 agreements, 0 problems>
    >>> import pyarrow
    >>> pyarrow.table(result).column("plover").to_pylist()
    ['AGREE']
    """

    def __init__(self) -> None:
        out, error = ffi.new("drg_batch **"), new_error()
        check(lib.drg_batch_new(out, error), error)
        self._batch = ffi.gc(out[0], lib.drg_batch_free)

    @cached_property
    def reports(self) -> Rows[CodedReport]:
        """The reports, as they were read."""
        return Rows(self._batch, CodedReport, lib.DRG_TABLE_REPORTS, ("", ""))

    @cached_property
    def events(self) -> Rows[Event]:
        """Who did what to whom."""
        return Rows(self._batch, Event, lib.DRG_TABLE_EVENTS, ("events", "event_count"))

    @cached_property
    def claims(self) -> Rows[Claim]:
        """Who says what."""
        return Rows(self._batch, Claim, lib.DRG_TABLE_CLAIMS, ("claims", "claim_count"))

    @cached_property
    def agreements(self) -> Rows[Agreement]:
        """What the reports say of agreements."""
        return Rows(self._batch, Agreement, lib.DRG_TABLE_AGREEMENTS, ("agreements", "agreement_count"))

    @cached_property
    def problems(self) -> Rows[Problem]:
        """What could not be read or coded."""
        return Rows(self._batch, Problem, lib.DRG_TABLE_PROBLEMS, ("problems", "problem_count"))

    @property
    def actors(self) -> Table:
        """The parties of all events, one a row: report, event, side, number, and the columns of an actor."""
        return Table(self._batch, lib.DRG_TABLE_ACTORS)

    @property
    def records(self) -> Table:
        """One row a report with all that comes of it nested inside; `Result.from_arrow` makes a result of it again."""
        return Table(self._batch, lib.DRG_TABLE_RECORDS)

    @classmethod
    def from_arrow(cls, *tables: Any) -> Result:
        """The result whose `records` these tables are, one after another.

        >>> import dragoman
        >>> result = dragoman.code("Chad denied shelling a Sudanese village.")
        >>> dragoman.Result.from_arrow(result.records).jsonl() == result.jsonl()
        True
        """
        made = cls()
        for table in tables:
            stream, capsule = arrow.take_stream(table)
            error = new_error()
            check(lib.drg_batch_add_stream(made._batch, stream, error), error)
            del capsule
        return made

    def jsonl(self) -> bytes:
        """The bytes that `dragoman code --to jsonl` writes for the same reports."""
        out = ffi.new("gathered *")
        try:
            check(lib.gather_batch_jsonl(self._batch, out))
            return bytes(ffi.buffer(out.bytes, out.size)) if out.size else b""
        finally:
            lib.gathered_free(out)

    def write_jsonl(self, file: str | os.PathLike[str] | IO[bytes]) -> None:
        """Writes `jsonl()` to a path, or to a file that is open for bytes."""
        if isinstance(file, (str, os.PathLike)):
            with open(file, "wb") as opened:
                opened.write(self.jsonl())
        else:
            file.write(self.jsonl())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return arrow.stream_capsule(self._batch, lib.DRG_TABLE_EVENTS)

    def __arrow_c_schema__(self) -> object:
        return arrow.schema_capsule(lib.DRG_TABLE_EVENTS)

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a result does not travel: send the Arrow table of result.records and make it again by Result.from_arrow")

    def __repr__(self) -> str:
        return (f"<Result of {len(self.reports)} reports: {len(self.events)} events, {len(self.claims)} claims, "
                f"{len(self.agreements)} agreements, {len(self.problems)} problems>")

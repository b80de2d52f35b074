# SPDX-License-Identifier: Apache-2.0
"""Desks: SQLite files and PostgreSQL databases of records, as tables, with the filter words of the command line."""
from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Union

from . import arrow
from ._native import ffi, lib
from .coder import Coder
from .errors import UseError, check, new_error
from .records import Event, Field, Rows, read_text
from .result import Result

Filter = Union[str, Iterable[str]]


def _told(member: str, doc: str) -> Field[Any]:
    return Field(lambda c, o: getattr(o.telling, member), doc)


class DeskEvent(Event):
    """An event of a desk, by the first of its tellings that was asked for."""

    __slots__ = ()
    story: Field[str] = Field(lambda c, o: read_text(o.telling.story), "id of the event across reports")
    reports: Field[int] = _told("reports", "how many tell it")
    outlets: Field[int] = _told("outlets", "how many tell it")
    witnesses: Field[int] = _told("witnesses", "reports that tell it, copies and common owners once")
    report: Field[str] = Field(lambda c, o: read_text(o.records.id), "id of the report")
    report_date: Field[str] = Field(lambda c, o: read_text(o.records.date), "its day")
    outlet: Field[str] = Field(lambda c, o: read_text(o.records.outlet), "who published it")
    url: Field[str] = Field(lambda c, o: read_text(o.records.url), "its address")
    title: Field[str] = Field(lambda c, o: read_text(o.records.title), "its headline")


class Answer:
    """Rows of text and whole numbers; iterates over dicts, and is a table for any library that speaks Arrow."""

    def __init__(self, ask: Any):
        self._ask = ask
        self._rows: list[dict[str, Any]] | None = None

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return arrow.fill_stream(self._ask)

    def _read(self) -> list[dict[str, Any]]:
        if self._rows is None:
            self._rows = list(arrow.read_rows(self))
        return self._rows

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __getitem__(self, index: int) -> dict[str, Any]:
        return self._read()[index]

    def __repr__(self) -> str:
        return f"<{len(self)} rows: {', '.join(map(repr, self._read()[:2]))}{', ...' if len(self) > 2 else ''}>"


class Desk:
    """A desk, opened to read; or, given a coder, to write as well.

    Args:
        address: a SQLite file, or "postgresql://user@host/name".
        coder: opens it for `add`, made if it is new.

    >>> import dragoman, tempfile, os
    >>> path = os.path.join(tempfile.mkdtemp(), "desk.db")
    >>> coder = dragoman.Coder()
    >>> with dragoman.Desk(path, coder) as desk:
    ...     desk.add(coder.code(dragoman.Reports("samples")))
    >>> desk = dragoman.Desk(path)
    >>> event = desk.events("dyad=KEN-ETH class=agree")[0]
    >>> event.trigger, event.outlet
    ('signed', 'Rift Valley Wire')
    >>> desk.count("dyad=KEN-ETH")[0]["outlets"]
    1
    """

    def __init__(self, address: str | os.PathLike[str], coder: Coder | None = None):
        self.address = os.fspath(address)
        out, error = ffi.new("drg_desk **"), new_error()
        self._coder = coder
        check(lib.drg_desk_open(os.fsencode(self.address), coder._engine if coder is not None else ffi.NULL, out, error), error)
        self._desk: Any = ffi.gc(out[0], lib.drg_desk_close)

    # -------------------------------------------------------------- writing

    def add(self, *results: Result) -> None:
        """Adds results; a report that is there already with the same records changes nothing.  `finish` makes them safe."""
        error = new_error()
        for result in results:
            check(lib.drg_desk_add(self._open(), result._batch, error), error)

    def finish(self) -> None:
        """Makes what was added safe and works out what goes across reports."""
        error = new_error()
        check(lib.drg_desk_finish(self._open(), error), error)

    def close(self) -> None:
        """Closes it; what was added and not finished is dropped."""
        if self._desk is not None:
            ffi.release(self._desk)
            self._desk = None

    def _open(self) -> Any:
        if self._desk is None:
            raise UseError("this desk is closed", self.address)
        return self._desk

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None and self._coder is not None:
            self.finish()
        self.close()

    # -------------------------------------------------------------- reading

    def _question(self, filter: Filter, seconds: int, **more: Any) -> Any:
        words = shlex.split(filter) if isinstance(filter, str) else list(filter)
        kept: list[Any] = [ffi.new("char[]", word.encode()) for word in words]
        array = ffi.new("char *[]", kept or [ffi.NULL])
        given: dict[str, Any] = {"words": ffi.cast("char **", array), "word_count": len(words), "seconds": seconds}
        for name, value in more.items():
            if isinstance(value, str):
                kept.append(ffi.new("char[]", value.encode()))
                given[name] = kept[-1]
            elif value is not None:
                given[name] = value
        question = ffi.new("drg_question *", given)
        self._kept = (kept, array)  # until the next question
        return question

    def events(self, filter: Filter = "", *, tellings: bool = False, seconds: int = 60) -> Rows[DeskEvent]:
        """Events, one however many reports tell it.

        Args:
            filter: words as on the command line, ``"source=USA since=2020-01 reports>=3"`` (docs/asking.md); or a list of them.
            tellings: every telling, not one an event.
            seconds: how long it may take; 0: any time.

        Raises:
            UseError: a word, category or status that there is not, with the nearest.
        """
        result, error = Result(), new_error()
        question = self._question(filter, seconds, tellings=tellings)
        check(lib.drg_desk_events(self._open(), question, result._batch, error), error)
        return Rows(result._batch, DeskEvent, lib.DRG_TABLE_TELLINGS, ("events", "event_count"))

    def ask(self, of: str, filter: Filter = "", *, seconds: int = 60) -> Answer:
        """What goes across reports: rows of "joined", "stories", "copies", "disputes", "agreements" or "repeats"."""
        return self._answer(filter, seconds, of=of)

    def count(self, filter: Filter = "", *, by: str | None = None, seconds: int = 60) -> Answer:
        """Events, reports and outlets: one row, or a row for every "month", "category", "dyad" ..."""
        return self._answer(filter, seconds, by=by)

    def _answer(self, filter: Filter, seconds: int, **more: str | None) -> Answer:
        def ask(stream: Any) -> None:
            error = new_error()
            check(lib.drg_desk_ask(self._open(), self._question(filter, seconds, **more), stream, error), error)
        answer = Answer(ask)
        answer._read()  # a wrong word is told now
        return answer

    def result(self) -> Result:
        """All records of the desk, as they came from the coder, by date and id."""
        result, error = Result(), new_error()
        check(lib.drg_desk_read(self._open(), 0, result._batch, error), error)
        return result

    def stream(self, reports: int = 1000) -> Iterator[Result]:
        """The same in little memory, so many reports at a time."""
        while True:
            result, error = Result(), new_error()
            check(lib.drg_desk_read(self._open(), reports, result._batch, error), error)
            count = lib.drg_batch_count(result._batch)
            if count:
                yield result
            if count < reports:
                return

    def __repr__(self) -> str:
        return f"Desk({self.address!r})"

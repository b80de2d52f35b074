# SPDX-License-Identifier: Apache-2.0
"""Reports: what goes in, one by one or out of files, web archives and tables."""
from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Union

from . import arrow
from ._native import ffi, lib
from .errors import InputError, UseError, check, new_error
from .records import read_text


@dataclass
class Report:
    """One report.  `text` or `html` is required; the rest may stay empty.

    Args:
        text: plain text.
        html: a page, from which the text is taken.
        id: key; empty: a hash of address and content.
        url: address.
        outlet: who published it.
        title: headline.
        date: of publication, an ISO day or a `datetime.date`.
        byline: who wrote it.
        lang: language; empty: found out.
        fetched: day it was taken from the web, its date where nothing tells a better one.
    """

    text: str | bytes = ""
    html: str | bytes = ""
    id: str = ""
    url: str = ""
    outlet: str = ""
    title: str = ""
    date: str | datetime.date = ""
    byline: str = ""
    lang: str = ""
    fetched: str | datetime.date = ""


FIELDS = tuple(field.name for field in fields(Report))
ReportLike = Union[str, bytes, Report, Mapping[str, Any]]


def _bytes(value: Any, name: str) -> bytes:
    if value is None:
        return b""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat().encode()
    if isinstance(value, datetime.date):
        return value.isoformat().encode()
    if name not in ("text", "html") and isinstance(value, int) and not isinstance(value, bool):
        return str(value).encode()
    raise UseError(f"is a {type(value).__name__}: give a string", name)


def _values(report: ReportLike, renamed: Mapping[str, str]) -> dict[str, Any]:
    if isinstance(report, (str, bytes)):
        return {"text": report}
    if isinstance(report, Report):
        return {name: getattr(report, name) for name in FIELDS}
    if isinstance(report, Mapping):
        found = {name: report.get(renamed.get(name, name)) for name in FIELDS}
        if found["text"] is None and found["html"] is None:
            raise UseError('a report needs a "text" or an "html"; this one has ' + (", ".join(map(repr, list(report)[:8])) or "nothing"))
        return found
    raise UseError(f"a {type(report).__name__} is no report: give a string, a Report or a mapping with its fields")


def _check_fields(renamed: Mapping[str, str] | None) -> dict[str, str]:
    for name in renamed or ():
        if name not in FIELDS:
            raise UseError(f"\"{name}\" is no field of a report: they are {', '.join(FIELDS)}", "fields")
    return dict(renamed or {})


def _text_or_bytes(text: Any) -> Any:
    """A page may be in an old charset, which only the library finds out: it stays bytes."""
    raw = ffi.unpack(text.ptr, text.len) if text.len else b""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


class ReportArray:
    """Reports laid out for C.  Owns the bytes that the structs point to."""

    def __init__(self, reports: Iterable[ReportLike], defaults: Mapping[str, Any], renamed: Mapping[str, str]):
        kept: list[Any] = []
        rows = []
        for report in reports:
            values = _values(report, renamed)
            rows.append({name: self._text(values.get(name) or defaults.get(name), name, kept) for name in FIELDS})
        self.kept = kept
        self.array = ffi.new("drg_report[]", rows)
        self.count = len(rows)

    @staticmethod
    def _text(value: Any, name: str, kept: list[Any]) -> tuple[Any, int]:
        data = _bytes(value, name)
        if not data:
            return (ffi.NULL, 0)
        kept.append(ffi.from_buffer(data))
        return (kept[-1], len(data))


class Reader:
    """A C reader; closed with the object."""

    def __init__(self, made: Any, keep: Any = None):
        self.c = ffi.gc(made, lib.drg_reader_close)
        self.keep = keep  # what must outlive it

    @property
    def ended(self) -> bool:
        return bool(lib.drg_reader_ended(self.c))


def read_list(reports: Iterable[ReportLike], defaults: Mapping[str, Any] | None = None, renamed: Mapping[str, str] | None = None) -> Reader:
    """A reader over reports in memory."""
    array = ReportArray(reports, defaults or {}, renamed or {})
    out, error = ffi.new("drg_reader **"), new_error()
    check(lib.drg_reader_open_list(array.array, array.count, out, error), error)
    return Reader(out[0], array)


def _spec(renamed: Mapping[str, str]) -> Any:
    for name, column in renamed.items():
        if "," in column:
            raise UseError(f'"{column}" cannot be named here: it holds a comma', name)
    spec = ",".join(f"{name}={column}" for name, column in renamed.items())
    return ffi.new("char[]", spec.encode()) if spec else ffi.NULL


def read_table(table: Any, renamed: Mapping[str, str] | None = None) -> Reader:
    """A reader over the columns of a table of any library that speaks Arrow."""
    stream, capsule = arrow.take_stream(table)
    out, error = ffi.new("drg_reader **"), new_error()
    check(lib.drg_reader_open_stream(stream, _spec(_check_fields(renamed)), out, error), error)
    return Reader(out[0], (table, capsule))


class Reports(Iterator[Report]):
    """Reports out of files, one after another.

    `for report in ...` gives each report before it is coded.  Given to `Coder.code` or `Coder.stream` as a whole, the
    reports go from the file to the coders without becoming Python objects; problems come out among the result's.

    What is read, and how a file's kind is told, is said in docs/formats.md: text, mail, HTML, JSON, JSON lines, CSV,
    WARC, NewsML, NITF, RSS and Atom, mbox, each plain or packed with gzip or zstd.

    Args:
        paths: files, folders, patterns, or "-" for standard input.
        kind: one of those kinds; None: told by each file's first bytes.
        fields: where records keep what: ``{"title": "headline", "text": "content.body"}``.

    >>> import dragoman
    >>> reports = dragoman.Reports("samples/01-moyale-agreement.txt")
    >>> report = next(reports)
    >>> report.date
    '2024-03-12'
    """

    def __init__(self, *paths: str | os.PathLike[str], kind: str | None = None, fields: Mapping[str, str] | None = None):
        if not paths:
            raise UseError("name files or folders, or - for standard input")
        kept = [ffi.new("char[]", os.fsencode(path)) for path in paths]
        array = ffi.new("char *[]", kept)
        word = ffi.new("char[]", kind.encode()) if kind is not None else ffi.NULL
        spec = _spec(_check_fields(fields))  # a struct keeps nothing alive
        given = ffi.new("drg_input *", {"paths": ffi.cast("char **", array), "path_count": len(kept), "kind": word, "fields": spec})
        out, error = ffi.new("drg_reader **"), new_error()
        check(lib.drg_reader_open(given, out, error), error)
        self.reader = Reader(out[0])
        #: Problems met while reports were taken one by one: (input, code, message).
        self.problems: list[tuple[str, str, str]] = []

    def __iter__(self) -> Reports:
        return self

    def __next__(self) -> Report:
        report, problem = ffi.new("drg_report *"), ffi.new("drg_problem *")
        while True:
            found = lib.drg_reader_next(self.reader.c, report, problem)
            if found == lib.DRG_FOUND_END:
                raise StopIteration
            if found == lib.DRG_FOUND_REPORT:
                return Report(**{name: _text_or_bytes(getattr(report, name)) for name in FIELDS})
            self.problems.append((read_text(problem.doc), read_text(problem.code), read_text(problem.message)))

    @property
    def failures(self) -> int:
        """Inputs so far that could not be opened or read."""
        return int(lib.drg_reader_failures(self.reader.c))

    @property
    def passed(self) -> int:
        """Records so far that hold no report and are none's fault: images and redirects of a web archive."""
        return int(lib.drg_reader_passed(self.reader.c))

    def check(self) -> None:
        """Raises `InputError` if an input could not be read."""
        if self.failures:
            raise InputError(f"{self.failures} inputs could not be read")

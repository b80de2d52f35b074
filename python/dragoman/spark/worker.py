# SPDX-License-Identifier: Apache-2.0
"""What runs in the workers of Spark: coders that are opened once a process, and rows through them.

A worker holds one portion of reports at a time; the model and the tables are mapped from the package's files, so that
the workers of a machine share them."""
from __future__ import annotations

import os
import pathlib
import pickle
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyspark import TaskContext

from .. import arrow
from .._native import ffi, lib
from ..coder import Coder
from ..errors import check, new_error
from ..reports import FIELDS, Reader, Reports, _spec
from ..records import read_text
from ..result import Result

LISTS = ("actors", "agents", "frames", "verbs")

_coders: dict[int, Coder] = {}

REPORTS = pa.schema([(name, pa.string()) for name in FIELDS if name not in ("text", "html")] + [("text", pa.binary()), ("html", pa.binary())] + [
    ("problem", pa.struct([("doc", pa.string()), ("stage", pa.string()), ("code", pa.string()), ("message", pa.string()), ("offset", pa.int64())]))])
_PORTION = 64  # reports read before they are handed on


def _lay_out(options: Mapping[str, Any], folder: pathlib.Path) -> dict[str, Any]:
    """The options with their lists as files of `folder`, called as they were where they came from: records name them."""
    given = dict(options)
    for name in LISTS:
        paths = []
        for path, content in given.get(name, ()):
            inside = pathlib.PurePath(path)
            inside = pathlib.PurePath(inside.name) if inside.is_absolute() or ".." in inside.parts else inside
            while (folder / inside).exists():
                inside = pathlib.PurePath("_") / inside
            (folder / inside).parent.mkdir(parents=True, exist_ok=True)
            (folder / inside).write_bytes(content)
            paths.append(str(inside))
        given[name] = paths
    return given


def open_coder(options: Mapping[str, Any]) -> Coder:
    """The coder of this process for these options, whose lists are (path, content)."""
    key = hash(pickle.dumps(options))
    if key not in _coders:
        context, here = TaskContext.get(), os.getcwd()
        with tempfile.TemporaryDirectory(prefix="dragoman-") as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the driver has told them
            given = _lay_out(options, pathlib.Path(folder))
            os.chdir(folder)
            try:
                _coders[key] = Coder(jobs=context.cpus() if context else 1, **given)
            finally:
                os.chdir(here)
    return _coders[key]


def _emit(result: Result, lines: bool) -> Iterator[pa.RecordBatch]:
    """The records of a result, or their JSON lines."""
    if not lines:
        yield from pa.RecordBatchReader.from_stream(result.records)
    elif printed := result.jsonl():
        yield pa.record_batch([pa.array(printed[:-1].split(b"\n"), pa.binary()).cast(pa.string())], names=["value"])


def _problem_result(problem: Mapping[str, Any]) -> Result:
    result, error = Result(), new_error()
    kept = [ffi.from_buffer((problem[name] or "").encode("utf-8", "replace")) for name in ("doc", "stage", "code", "message")]
    texts = [(data if len(data) else ffi.NULL, len(data)) for data in kept]
    told = ffi.new("drg_problem *", (*texts, problem["offset"] or 0))
    check(lib.drg_batch_add_problem(result._batch, told, error), error)
    return result


def _portions(batch: pa.RecordBatch) -> Iterator[tuple[bool, pa.RecordBatch]]:
    """Slices of rows that are reports, and of rows that are problems."""
    if "problem" not in batch.schema.names or batch.column("problem").null_count == batch.num_rows:
        yield False, batch
        return
    bad = pc.is_valid(batch.column("problem")).to_pylist()
    start = 0
    for at in range(1, len(bad) + 1):
        if at == len(bad) or bad[at] != bad[start]:
            yield bad[start], batch.slice(start, at - start)
            start = at


def _code_reports(coder: Coder, batches: Iterable[pa.RecordBatch], schema: pa.Schema, lines: bool) -> Iterator[pa.RecordBatch]:
    for result in coder.stream(pa.RecordBatchReader.from_batches(schema, batches), progress=False):
        yield from _emit(result, lines)


def code_rows(options: Mapping[str, Any], lines: bool, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Reports in, records (or their lines) out, in order."""
    rows = iter(batches)
    first = next(rows, None)
    if first is None:
        return
    coder, rows = open_coder(options), chain([first], rows)
    if "problem" not in first.schema.names:
        yield from _code_reports(coder, rows, first.schema, lines)
        return
    names = [name for name in first.schema.names if name != "problem"]
    for bad, part in (portion for batch in rows for portion in _portions(batch)):
        if bad:
            for problem in part.column("problem").to_pylist():
                yield from _emit(_problem_result(problem), lines)
        else:
            part = part.select(names)
            yield from _code_reports(coder, [part], part.schema, lines)


def print_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Records in, their JSON lines out."""
    for batch in batches:
        yield from _emit(Result.from_arrow(pa.RecordBatchReader.from_batches(batch.schema, [batch])), True)


# ---------------------------------------------------------------- joining

class _Rows:
    """The rows of a step over rows, for pyarrow."""

    def __init__(self, step: str, rows: pa.RecordBatchReader):
        self._step = getattr(lib, f"DRG_JOIN_{step}")
        self._rows = rows

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        stream, held = arrow.take_stream(self._rows)
        error = new_error()
        return arrow.fill_stream(lambda out: check(lib.drg_join_stream(self._step, stream, out, error), error))


def join_rows(step: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """A step of joining over the rows of one partition."""
    rows = iter(batches)
    first = next(rows, None)
    if first is None:
        return
    given = pa.RecordBatchReader.from_batches(first.schema, chain([first], rows))
    for batch in pa.RecordBatchReader.from_stream(_Rows(step, given)):
        if batch.num_rows:
            yield batch


# ---------------------------------------------------------------- files

def _open_path(path: str, kind: str | None, fields: Mapping[str, str]) -> Reader:
    return Reports(path, kind=kind, fields=fields).reader


def _open_bytes(name: str, content: pa.Buffer, kind: str | None, fields: Mapping[str, str]) -> Reader:
    held, called = ffi.from_buffer(content), ffi.new("char[]", name.encode("utf-8", "surrogateescape"))
    word = ffi.new("char[]", kind.encode()) if kind is not None else ffi.NULL
    spec = _spec(fields)  # a struct keeps nothing alive
    given = ffi.new("drg_input *", {"bytes": (held, len(held)), "name": called, "kind": word, "fields": spec})
    out, error = ffi.new("drg_reader **"), new_error()
    check(lib.drg_reader_open(given, out, error), error)
    return Reader(out[0], (held, called))


def local_path(address: str) -> str | None:
    """The path of a `file:` address."""
    return "/" + address[len("file:"):].lstrip("/") if address.startswith("file:") else None


def _readers(batches: Iterable[pa.RecordBatch], kind: str | None, fields: Mapping[str, str]) -> Iterator[Reader]:
    """Of rows with `paths` that this machine sees, or with a `path` and its `content`."""
    for batch in batches:
        if "paths" in batch.schema.names:
            for row in batch.column("paths"):
                for path in row.as_py():
                    yield _open_path(path, kind, fields)
            continue
        for at in range(batch.num_rows):
            address = batch.column("path")[at].as_py()
            yield _open_bytes(local_path(address) or address, batch.column("content")[at].as_buffer(), kind, fields)


def code_inputs(options: Mapping[str, Any], kind: str | None, fields: Mapping[str, str], lines: bool,
                batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Files in, records (or their lines) out."""
    coder = open_coder(options)
    for reader in _readers(batches, kind, fields):
        for result in coder.stream(_AsReports(reader), progress=False):
            yield from _emit(result, lines)


class _AsReports(Reports):
    """A reader that is open already, as `Coder.stream` takes it."""

    def __init__(self, reader: Reader):
        self.reader = reader
        self.problems = []


def _next_row(reader: Reader, report: Any, problem: Any) -> dict[str, Any] | None:
    found = lib.drg_reader_next(reader.c, report, problem)
    if found == lib.DRG_FOUND_END:
        return None
    if found == lib.DRG_FOUND_PROBLEM:
        row = {name: read_text(getattr(problem, name)) for name in ("doc", "stage", "code", "message")}
        return {"problem": {**row, "offset": problem.offset}}
    row = {name: read_text(getattr(report, name)) for name in FIELDS if name not in ("text", "html")}
    return {**row, **{name: bytes(ffi.buffer(getattr(report, name).ptr, getattr(report, name).len)) for name in ("text", "html") if getattr(report, name).len}}


def read_inputs(kind: str | None, fields: Mapping[str, str], batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Files in, reports out, not yet coded."""
    report, problem = ffi.new("drg_report *"), ffi.new("drg_problem *")
    rows: list[dict[str, Any]] = []
    for reader in _readers(batches, kind, fields):
        while (row := _next_row(reader, report, problem)) is not None:
            rows.append(row)
            if len(rows) == _PORTION:
                yield pa.RecordBatch.from_pylist(rows, REPORTS)
                rows = []
    if rows:
        yield pa.RecordBatch.from_pylist(rows, REPORTS)

# SPDX-License-Identifier: Apache-2.0
"""Tables that any library which speaks Arrow takes over without a copy, through the Arrow PyCapsule interface.

    pyarrow.table(result.events)   polars.DataFrame(result.claims)   duckdb.sql("from events")
"""
from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Callable

from ._native import ffi, lib
from .errors import UseError, check, new_error

_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype = ctypes.py_object
_new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_get_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_get_pointer.restype = ctypes.c_void_p
_get_pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]

_libc = ctypes.CDLL(None)
_libc.calloc.restype = ctypes.c_void_p
_libc.calloc.argtypes = [ctypes.c_size_t, ctypes.c_size_t]

# A capsule keeps the pointer to its name, not a copy.
_STREAM, _SCHEMA = b"arrow_array_stream", b"arrow_schema"


def _address(function: str) -> int:
    return int(ffi.cast("uintptr_t", ffi.addressof(lib, function)))


_FREE_STREAM, _FREE_SCHEMA = _address("free_stream_capsule"), _address("free_schema_capsule")


def _new_struct(kind: str) -> Any:
    address = _libc.calloc(1, ffi.sizeof(f"struct {kind}"))
    if not address:
        raise MemoryError
    return ffi.cast(f"struct {kind} *", address)


def fill_stream(fill: Callable[[Any], None]) -> object:
    """A capsule that holds the ``ArrowArrayStream`` that `fill` makes in the room it is given."""
    stream = _new_struct("ArrowArrayStream")
    capsule = _new_capsule(int(ffi.cast("uintptr_t", stream)), _STREAM, _FREE_STREAM)
    fill(stream)
    return capsule


def stream_capsule(batch: Any, table: int) -> object:
    """The batch's table as a capsule that holds an ``ArrowArrayStream``."""
    def fill(stream: Any) -> None:
        error = new_error()
        check(lib.drg_batch_stream(batch, table, stream, error), error)
    return fill_stream(fill)


def fill_schema(fill: Callable[[Any], None]) -> object:
    """A capsule that holds the ``ArrowSchema`` that `fill` makes in the room it is given."""
    schema = _new_struct("ArrowSchema")
    capsule = _new_capsule(int(ffi.cast("uintptr_t", schema)), _SCHEMA, _FREE_SCHEMA)
    fill(schema)
    return capsule


def schema_capsule(table: int) -> object:
    """The table's schema as a capsule that holds an ``ArrowSchema``."""
    def fill(schema: Any) -> None:
        error = new_error()
        check(lib.drg_table_schema(table, schema, error), error)
    return fill_schema(fill)


def take_stream(data: Any) -> tuple[Any, object]:
    """The ``ArrowArrayStream`` that an object offers, and the capsule that owns it until it is taken over."""
    if not hasattr(data, "__arrow_c_stream__"):
        raise UseError(f"a {type(data).__name__} is no table that offers __arrow_c_stream__")
    capsule = data.__arrow_c_stream__()
    return ffi.cast("struct ArrowArrayStream *", _get_pointer(capsule, _STREAM)), capsule


# ------------------------------------------------------------------ tables of text and whole numbers, without a library


def _cell(column: Any, kind: str, row: int) -> Any:
    if column.buffers[0] and column.null_count and not ffi.cast("uint8_t *", column.buffers[0])[row // 8] >> row % 8 & 1:
        return None
    if kind == "l":
        return int(ffi.cast("int64_t *", column.buffers[1])[row])
    offsets = ffi.cast("int32_t *", column.buffers[1])
    first, end = offsets[row], offsets[row + 1]
    return ffi.unpack(ffi.cast("char *", column.buffers[2]) + first, end - first).decode("utf-8", "replace") if end > first else ""


def read_rows(table: Any) -> Iterator[dict[str, Any]]:
    """The rows of one of our own tables whose columns are texts and whole numbers."""
    stream, capsule = take_stream(table)
    schema, array = ffi.new("struct ArrowSchema *"), ffi.new("struct ArrowArray *")
    if stream.get_schema(stream, schema):
        raise UseError("has no schema", "table")
    columns = [(ffi.string(schema.children[i].name).decode(), ffi.string(schema.children[i].format).decode()) for i in range(schema.n_children)]
    schema.release(schema)
    while stream.get_next(stream, array) == 0 and array.release:
        for row in range(array.length):
            yield {name: _cell(array.children[i], kind, row) for i, (name, kind) in enumerate(columns)}
        array.release(array)
    del capsule

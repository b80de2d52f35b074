# SPDX-License-Identifier: Apache-2.0
"""Tables that any library which speaks Arrow takes over without a copy, through the Arrow PyCapsule interface.

    pyarrow.table(result.events)   polars.DataFrame(result.claims)   duckdb.sql("from events")
"""
from __future__ import annotations

import ctypes
from typing import Any

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


def stream_capsule(batch: Any, table: int) -> object:
    """The batch's table as a capsule that holds an ``ArrowArrayStream``."""
    stream = _new_struct("ArrowArrayStream")
    capsule = _new_capsule(int(ffi.cast("uintptr_t", stream)), _STREAM, _FREE_STREAM)
    error = new_error()
    check(lib.drg_batch_stream(batch, table, stream, error), error)
    return capsule


def schema_capsule(table: int) -> object:
    """The table's schema as a capsule that holds an ``ArrowSchema``."""
    schema = _new_struct("ArrowSchema")
    capsule = _new_capsule(int(ffi.cast("uintptr_t", schema)), _SCHEMA, _FREE_SCHEMA)
    error = new_error()
    check(lib.drg_table_schema(table, schema, error), error)
    return capsule


def take_stream(data: Any) -> tuple[Any, object]:
    """The ``ArrowArrayStream`` that an object offers, and the capsule that owns it until it is taken over."""
    if not hasattr(data, "__arrow_c_stream__"):
        raise UseError(f"a {type(data).__name__} is no table that offers __arrow_c_stream__")
    capsule = data.__arrow_c_stream__()
    return ffi.cast("struct ArrowArrayStream *", _get_pointer(capsule, _STREAM)), capsule

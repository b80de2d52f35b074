# SPDX-License-Identifier: Apache-2.0
"""The library's failures as exceptions.

A report that cannot be read or coded raises nothing: it is a problem among the result's records."""
from __future__ import annotations

from typing import Any

from ._native import ffi, lib


class DragomanError(Exception):
    """What went wrong, where, and what to do.

    Attributes:
        source: the file, option or column that it is about; may be empty.
        offset: byte or line in it, 0 when unknown.
    """

    def __init__(self, message: str, source: str = "", offset: int = 0):
        super().__init__(f"{source}: {message}" if source else message)
        self.source = source
        self.offset = offset


class UseError(DragomanError, ValueError):
    """The call or an option makes no sense."""


class InputError(DragomanError, OSError):
    """An input could not be read."""


class DataError(DragomanError):
    """A knowledge file or the model is missing or broken."""


class StoreError(DragomanError, OSError):
    """The database could not be read or written."""


class OutputError(DragomanError, OSError):
    """The output could not be written."""


class OutOfMemory(DragomanError, MemoryError):
    """Out of memory, or past the cap."""


_KINDS: dict[int, type[DragomanError]] = {
    lib.DRG_ERROR_MEMORY: OutOfMemory,
    lib.DRG_ERROR_USE: UseError,
    lib.DRG_ERROR_INPUT: InputError,
    lib.DRG_ERROR_DATA: DataError,
    lib.DRG_ERROR_STORE: StoreError,
    lib.DRG_ERROR_OUTPUT: OutputError,
}


def new_error() -> Any:
    """Room for the C library's ``drg_error``."""
    return ffi.new("drg_error *")


def check(status: int, error: Any = None) -> None:
    """Raises the exception that belongs to a failed call."""
    if status == lib.DRG_OK:
        return
    said = ffi.string(error.message).decode("utf-8", "replace") if error is not None else ""
    source = ffi.string(error.source).decode("utf-8", "replace") if error is not None else ""
    offset = int(error.offset) if error is not None else 0
    kind = _KINDS.get(status, DragomanError)
    raise kind(said or ffi.string(lib.drg_status_text(status)).decode(), source, offset)

# SPDX-License-Identifier: Apache-2.0
"""Dragoman: who did what to whom, when, where, and according to whom.

>>> import dragoman
>>> result = dragoman.code("Iran and Oman signed a gas deal in Muscat on Monday.", date="2024-05-02")
>>> event = result.events[0]
>>> event.date, event.plover, [actor.name for actor in event.source], event.place.name
('2024-04-29', 'AGREE', ['Iran', 'Oman'], 'Muscat')

    Coder      the engine: `code`, `stream`
    Reports    reports out of files, folders, web archives, tables
    Result     what comes of them: objects, columns (Arrow), JSON lines
"""
from ._native import ffi as _ffi
from ._native import lib as _lib
from .coder import Coder, ListWarning, code
from .desk import Answer, Desk, DeskEvent
from .errors import DataError, DragomanError, InputError, OutOfMemory, OutputError, StoreError, UseError
from .parse import Parse, Sentence, Token
from .records import (Actor, Agreement, Assessment, Claim, CodedReport, Contradiction, Event, Evidence, Place, Problem, Record, Rows,
                      Undertaking)
from .reports import Report, Reports
from .result import Result, Table

__version__: str = _ffi.string(_lib.drg_version()).decode()

__all__ = ["Actor", "Agreement", "Answer", "Assessment", "Claim", "CodedReport", "Coder", "Contradiction", "DataError", "Desk", "DeskEvent", "DragomanError", "Event", "Evidence",
           "InputError", "ListWarning", "OutOfMemory", "OutputError", "Parse", "Place", "Problem", "Record", "Report", "Reports", "Result", "Rows",
           "Sentence", "StoreError", "Table", "Token", "Undertaking", "UseError", "code"]

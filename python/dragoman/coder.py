# SPDX-License-Identifier: Apache-2.0
"""The engine and its coders."""
from __future__ import annotations

import datetime
import itertools
import os
import pathlib
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ._native import ffi, lib
from .errors import UseError, check, new_error
from .parse import Parse
from .progress import Progress
from .records import read_text
from .reports import Reader, Report, ReportArray, ReportLike, Reports, _check_fields, read_list, read_table
from .result import Result

_REPORTS_A_JOB, _BYTES_A_JOB = 64, 256 << 10  # between two looks at whether the user has pressed Ctrl-C
_DATA = pathlib.Path(__file__).resolve().parent / "data"


def _paths(given: str | os.PathLike[str] | Sequence[str | os.PathLike[str]]) -> list[str]:
    return [os.fspath(p) for p in ([given] if isinstance(given, (str, os.PathLike)) else given)]


class ListWarning(UserWarning):
    """A line of the user's own lists that is left out or used only in part."""


class Coder:
    """Codes reports: the model and the word lists, opened once, and threads to work with them.

    A coder may be shared by any number of threads; calls release the GIL.  The result is the same for any number of jobs.

    Args:
        jobs: threads a call works with; None: as many as there are processors.
        actors: your own lists of actors, paths of tables or of TABARI or PETRARCH dictionaries (docs/actors.md).
        agents: the same for nouns such as "minister" and "rebel".
        frames: your own files of frames, which say what a verb or noun means (docs/frames.md), beside ours.
        verbs: dictionaries of verbs of TABARI, PETRARCH or PETRARCH2 (docs/verbs.md).
        only_actors: use your actors alone, not ours.
        only_agents: use your agents alone, not ours.
        only_verbs: code by your verbs alone, not by our frames.
        least_confidence: events less sure than this (0 to 1) are left out; 0 keeps all.
        data: folder with lang/, world/ and model/; None: $DRAGOMAN_DATA, else those of the package.
        report_bytes: memory cap for one report; past it, the report becomes a problem.

    Raises:
        UseError: an option makes no sense.
        DataError: a list, a table or the model cannot be read.

    >>> import dragoman
    >>> coder = dragoman.Coder(jobs=1)
    >>> result = coder.code("Kenya and Ethiopia signed a border agreement in Moyale on Monday.", date="2024-03-14")
    >>> [(event.date, event.plover, [actor.code for actor in event.source]) for event in result.events]
    [('2024-03-11', 'AGREE', ['KEN GOV', 'ETH GOV'])]
    """

    def __init__(self, jobs: int | None = None, actors: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
                 agents: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
                 frames: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
                 verbs: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (), *, only_actors: bool = False,
                 only_agents: bool = False, only_verbs: bool = False, least_confidence: float = 0.5, data: str | os.PathLike[str] | None = None, report_bytes: int = 64 << 20):
        if jobs is not None and not 1 <= jobs <= 256:
            raise UseError("takes a number from 1 to 256", "jobs")
        if not 0 <= least_confidence <= 1:
            raise UseError("takes a number from 0 to 1", "least_confidence")
        self.jobs = jobs if jobs is not None else min(len(os.sched_getaffinity(0)), 256)
        self._options: dict[str, Any] = {"jobs": jobs, "actors": _paths(actors), "agents": _paths(agents), "frames": _paths(frames),
                         "verbs": _paths(verbs), "only_actors": only_actors, "only_agents": only_agents, "only_verbs": only_verbs,
                         "least_confidence": least_confidence,
                         "data": None if data is None else os.fspath(data), "report_bytes": report_bytes}
        self._lock = threading.Lock()
        self._idle: list[Any] = []  # crews at rest
        self._open()

    def _open(self) -> None:
        said = self._options
        folder = said["data"] or os.environ.get("DRAGOMAN_DATA") or _DATA
        given: dict[str, Any] = {"data": ffi.new("char[]", os.fsencode(folder)), "report_bytes": said["report_bytes"],
                                 "only_actors": said["only_actors"], "only_agents": said["only_agents"],
                                 "only_verbs": said["only_verbs"], "least_confidence": said["least_confidence"] or -1.0}
        kept = []
        for name in ("actors", "agents", "frames", "verbs"):
            paths = [ffi.new("char[]", os.fsencode(path)) for path in said[name]]
            array = ffi.new("char *[]", paths or [ffi.NULL])
            given[name], given[name[:-1] + "_count"] = ffi.cast("char **", array), len(paths)
            kept += [paths, array]
        options = ffi.new("drg_options *", given)
        out, error = ffi.new("drg_engine **"), new_error()
        check(lib.drg_engine_open(options, out, error), error)
        self._engine = ffi.gc(out[0], lib.drg_engine_close)
        for i in range(lib.drg_engine_warning_count(self._engine)):
            told = lib.drg_engine_warning(self._engine, i)
            text = f"{ffi.unpack(told.file.ptr, told.file.len).decode()}:{told.line}: {ffi.unpack(told.message.ptr, told.message.len).decode()}"
            warnings.warn(text, ListWarning, stacklevel=4)

    def __getstate__(self) -> dict[str, Any]:
        return self._options

    def __setstate__(self, options: dict[str, Any]) -> None:
        self.__init__(**options)  # type: ignore[misc]

    @property
    def model_hash(self) -> str:
        """16 hex digits over every byte of the model."""
        return self._digits(lib.drg_engine_model_hash(self._engine))

    @property
    def words_hash(self) -> str:
        """16 hex digits over every byte of the word lists, yours included."""
        return self._digits(lib.drg_engine_words_hash(self._engine))

    @staticmethod
    def _digits(text: Any) -> str:
        return str(ffi.unpack(text.ptr, text.len).decode())

    def cite(self) -> str:
        """What made these records, to be printed beside them: program, model, word lists.

        >>> import dragoman
        >>> dragoman.Coder(jobs=1).cite().startswith("Dragoman ")
        True
        """
        program = ffi.string(lib.drg_program()).decode()
        return f"Dragoman {program}, model {self.model_hash}, words {self.words_hash}"

    # -------------------------------------------------------------- crews

    def _take_crew(self) -> Any:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        out, error = ffi.new("drg_crew **"), new_error()
        check(lib.drg_crew_new(self._engine, self.jobs, out, error), error)
        return ffi.gc(out[0], lib.drg_crew_free)

    def _fill(self, result: Result, crew: Any, reader: Reader) -> None:
        error = new_error()
        check(lib.drg_batch_code(result._batch, crew, reader.c, _REPORTS_A_JOB * self.jobs, _BYTES_A_JOB * self.jobs, error), error)

    # -------------------------------------------------------------- coding

    def _readers(self, reports: Any, defaults: Mapping[str, Any], fields: Mapping[str, str] | None) -> Iterator[Reader]:
        """What is given, as readers; a generator is taken a portion at a time."""
        renamed = _check_fields(fields)
        if isinstance(reports, Reports):
            if renamed or defaults:
                raise UseError("say these where the files are opened: Reports(..., fields=...)", "fields")
            yield reports.reader
        elif isinstance(reports, (str, bytes, Report, Mapping)):
            yield read_list([reports], defaults, renamed)
        elif hasattr(reports, "__arrow_c_stream__"):
            if defaults:
                raise UseError("is for single texts: a table says it in a column of its own", "date")
            yield read_table(reports, renamed)
        elif isinstance(reports, Iterable):
            rest = iter(reports)
            while portion := list(itertools.islice(rest, _REPORTS_A_JOB * self.jobs)):
                yield read_list(portion, defaults, renamed)
        else:
            raise UseError(f"a {type(reports).__name__} holds no reports: give a text, a list of texts, Report objects or mappings, "
                           "a table, or Reports(...) of files")

    def code(self, reports: ReportLike | Iterable[ReportLike] | Reports, date: str | datetime.date | None = None, *,
             fields: Mapping[str, str] | None = None, progress: bool | None = None) -> Result:
        """Codes a text, or many reports, and keeps all that comes of them.

        Args:
            reports: a text; a `Report`; a mapping with its fields; any iterable of these; a table with a column for each
                field (pyarrow, polars, pandas, duckdb); or `Reports` of files.
            date: of publication, for reports that have none.
            fields: where mappings and tables keep what: ``{"text": "body", "date": "published"}``.
            progress: show how far it is; None: on a terminal, when it takes long.

        Returns:
            The records, in the order of the reports.  A bad report is a problem among them.

        Raises:
            UseError: this is no report.
            KeyboardInterrupt: Ctrl-C, behind the reports that were begun.

        >>> import dragoman
        >>> coder = dragoman.Coder()
        >>> rows = [{"body": "Iran and Oman signed a gas deal yesterday.", "published": "2024-06-14"}]
        >>> coder.code(rows, fields={"text": "body", "date": "published"}).events[0].date
        '2024-06-13'
        """
        result = Result()
        total = len(reports) if isinstance(reports, Sequence) and not isinstance(reports, (str, bytes)) else None
        crew = self._take_crew()
        with Progress(progress, total) as shown:
            for reader in self._readers(reports, {} if date is None else {"date": date}, fields):
                while not reader.ended:
                    before = lib.drg_batch_count(result._batch)
                    self._fill(result, crew, reader)
                    after = lib.drg_batch_count(result._batch)
                    shown.add(after - before, sum(lib.drg_batch_records(result._batch, i).event_count for i in range(before, after)))
        with self._lock:
            self._idle.append(crew)
        return result

    def stream(self, reports: Iterable[ReportLike] | Reports, *, fields: Mapping[str, str] | None = None,
               progress: bool | None = None) -> Iterator[Result]:
        """Codes any number of reports in little memory: a result for every portion of some hundred.

        >>> import dragoman
        >>> coder = dragoman.Coder()
        >>> sum(len(result.reports) for result in coder.stream(dragoman.Reports("samples")))
        22
        """
        crew = self._take_crew()
        with Progress(progress) as shown:
            for reader in self._readers(reports, {}, fields):
                while not reader.ended:
                    result = Result()
                    self._fill(result, crew, reader)
                    count = lib.drg_batch_count(result._batch)
                    if count:
                        shown.add(count, len(result.events))
                        yield result
        with self._lock:
            self._idle.append(crew)


    # -------------------------------------------------------------- looking inside

    def _look(self, text: ReportLike, date: str | datetime.date | None, call: Any) -> tuple[str, tuple[str, ...]]:
        given = ReportArray([text], {"lang": "en", **({} if date is None else {"date": date})}, {})
        made, error, out = ffi.new("drg_coder **"), new_error(), ffi.new("gathered *")
        check(lib.drg_coder_new(self._engine, made, error), error)
        coder = ffi.gc(made[0], lib.drg_coder_free)
        try:
            check(call(coder, given.array, out, error), error)
            problems = lib.drg_coder_records(coder)
            told = tuple(read_text(problems.problems[i].message) for i in range(problems.problem_count))
            return (ffi.unpack(out.bytes, out.size).decode() if out.size else ""), told
        finally:
            lib.gathered_free(out)

    def parse(self, text: ReportLike) -> Parse:
        """Sentences, words, tags, trees and names of one text, which is taken for English unless it says otherwise.

        >>> import dragoman
        >>> dragoman.Coder(jobs=1).parse("Chad denied shelling a village.")
        <Parse of 1 sentences, 6 words>
        """
        return Parse(*self._look(text, None, lib.gather_parse))

    def explain(self, text: ReportLike, date: str | datetime.date | None = None, *, trees: bool = False) -> str:
        """Every stage for one text and the reason for each code, as `dragoman explain` prints it.

        Args:
            text: a text or a report.
            date: of publication, where it has none.
            trees: the dependency trees too.

        >>> import dragoman
        >>> print(dragoman.Coder(jobs=1).explain("Chad denied shelling a village.").splitlines()[0])
        S1 "Chad denied shelling a village."
        """
        return self._look(text, date, lambda coder, report, out, error: lib.gather_explanation(coder, report, trees, out, error))[0]


_shared: list[Coder] = []
_shared_lock = threading.Lock()


def code(reports: ReportLike | Iterable[ReportLike] | Reports, date: str | datetime.date | None = None, **options: Any) -> Result:
    """`Coder.code` of a coder that is made at the first call and kept.

    >>> import dragoman
    >>> dragoman.code("Iran and Oman signed a gas deal.").events[0].plover
    'AGREE'
    """
    with _shared_lock:
        if not _shared:
            _shared.append(Coder())
    return _shared[0].code(reports, date, **options)

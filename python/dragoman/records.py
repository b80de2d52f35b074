# SPDX-License-Identifier: Apache-2.0
"""Events, claims, agreements and problems as light objects: views of the library's own structs, read when asked for.

Offsets count code points of the report's stored text (`Report.text` of a result), as Python's strings do:

>>> import dragoman
>>> result = dragoman.code("Iran and Oman signed a gas deal in Muscat.", date="2024-05-02")
>>> event = result.events[0]
>>> event.plover, event.source[0].code, event.place.name
('AGREE', 'IRN GOV', 'Muscat')
>>> first = event.source[0]
>>> result.reports[0].text[first.start:first.end]
'Iran'
"""
from __future__ import annotations

import reprlib
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Callable, Generic, TypeVar, overload

from . import arrow
from ._native import ffi, lib

T = TypeVar("T")
R = TypeVar("R", bound="Record")
_NONE = 0xFFFFFFFF


def read_text(text: Any) -> str:
    """A ``drg_text`` as a string."""
    return ffi.unpack(text.ptr, text.len).decode("utf-8", "replace") if text.len else ""


class Field(Generic[T]):
    """One member of a record, read out of the C struct when asked for."""

    def __init__(self, read: Callable[[Any, Any], T], doc: str):
        self.read = read
        self.__doc__ = doc
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, record: None, owner: type) -> Field[T]: ...
    @overload
    def __get__(self, record: Record, owner: type) -> T: ...
    def __get__(self, record: Record | None, owner: type) -> Field[T] | T:
        return self if record is None else self.read(record._c, record._owner)


class Record:
    """A view of one C struct.  It keeps the result alive that the struct belongs to."""

    __slots__ = ("_c", "_owner")

    def __init__(self, c: Any, owner: Any):
        self._c = c
        self._owner = owner

    @property
    def report_number(self) -> int:
        """Which of the reports that went in it comes from, from 0."""
        return int(self._owner.entry)

    @property
    def in_report(self) -> CodedReport:
        """The report that it comes from."""
        return CodedReport(self._owner.records, self._owner)

    @classmethod
    def fields(cls) -> list[str]:
        """The names of its fields, in the order of the columns."""
        return [name for base in reversed(cls.__mro__) for name, value in vars(base).items() if isinstance(value, Field)]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values, with the names and types of the columns."""
        return {name: _plain(getattr(self, name)) for name in self.fields()}

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash(repr(self.to_dict()))

    def __repr__(self) -> str:
        said = ((name, getattr(self, name)) for name in _SHOWN if name in self.fields())
        shown = ", ".join(f"{name}={reprlib.repr(value)}" for name, value in said if value not in ("", None))
        return f"{type(self).__name__}({shown})"


# What stands in a record's repr, where it has such a field.
_SHOWN = ("id", "code", "plover", "cameo", "act", "kind", "stage", "status", "name", "title", "trigger", "message")


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


# ------------------------------------------------------------------ how a member is read


def _text(doc: str, member: str = "", maybe: bool = False) -> Any:
    return _Named(lambda name: lambda c, o: None if maybe and not getattr(c, name).ptr else read_text(getattr(c, name)), doc, member)


def _number(doc: str, member: str = "", none: int | None = None) -> Any:
    def reader(name: str) -> Callable[[Any, Any], int | None]:
        return lambda c, o: None if (value := int(getattr(c, name))) == none else value
    return _Named(reader, doc, member)


def _real(doc: str, decimals: int) -> Any:
    return _Named(lambda name: lambda c, o: round(float(getattr(c, name)), decimals), doc, "")


def _truth(doc: str) -> Any:
    return _Named(lambda name: lambda c, o: bool(getattr(c, name)), doc, "")


def _texts(doc: str, count: str) -> Any:
    return _Named(lambda name: lambda c, o: tuple(read_text(getattr(c, name)[i]) for i in range(getattr(c, count))), doc, "")


def _one(kind: type[R], doc: str, member: str = "") -> Any:
    return _Named(lambda name: lambda c, o: kind(getattr(c, name), o), doc, member)


def _many(kind: type[R], doc: str, count: str) -> Any:
    return _Named(lambda name: lambda c, o: tuple(kind(getattr(c, name)[i], o) for i in range(getattr(c, count))), doc, "")


class _Named(Field[Any]):
    """A field whose member in C has its own name, unless told otherwise."""

    def __init__(self, make: Callable[[str], Callable[[Any, Any], Any]], doc: str, member: str):
        super().__init__(lambda c, o: None, doc)
        self.make = make
        self.member = member

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        self.read = self.make(self.member or name)


def _start(c: Any, owner: Any) -> int:
    return int(c.at.start)


def _end(c: Any, owner: Any) -> int:
    return int(c.at.end)


# ------------------------------------------------------------------ the records


class Actor(Record):
    """A party: to an event, an agreement, or who speaks."""

    __slots__ = ()
    code: Field[str] = _text('primary and sector, "IRN MIL"; "---" when unknown')
    name: Field[str] = _text("fullest name in the report")
    title: Field[str] = _text("office or description")
    entity: Field[int | None] = _number("the same number is the same entity of the report", none=_NONE)
    start: Field[int] = Field(_start, "first code point of the words")
    end: Field[int] = Field(_end, "behind the last code point of the words")
    text: Field[str] = _text("the words")


class Evidence(Record):
    """Words of the report that tell something."""

    __slots__ = ()
    start: Field[int] = Field(_start, "first code point")
    end: Field[int] = Field(_end, "behind the last code point")
    text: Field[str] = _text("the words")


class Place(Record):
    """Where it happened."""

    __slots__ = ()
    name: Field[str] = _text("as resolved")
    country: Field[str] = _text("ISO 3166 alpha-3")
    lat: Field[float] = _real("degrees north", 5)
    lon: Field[float] = _real("degrees east", 5)
    geonameid: Field[int] = _number("id in GeoNames; 0: none")
    kind: Field[str] = _text("city, region, country, water ...")
    start: Field[int] = Field(_start, "first code point of the words")
    end: Field[int] = Field(_end, "behind the last code point of the words")


_STATUSES = ("actual", "claimed", "denied", "planned")


class Event(Record):
    """Who did what to whom, when, where, and according to whom."""

    __slots__ = ()
    id: Field[str] = _text("a hash of report and content")
    plover: Field[str] = _text("PLOVER category")
    mode: Field[str] = _text("PLOVER mode; may be empty")
    contexts: Field[tuple[str, ...]] = _Named(lambda name: lambda c, o: tuple(part.strip() for part in read_text(getattr(c, name)).split(";")) if getattr(c, name).len else (),
                                              "PLOVER contexts", "")
    cameo: Field[str] = _text("CAMEO code")
    goldstein: Field[float] = _real("-10 (conflict) to 10 (cooperation)", 1)
    quad: Field[int] = _number("1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict")
    source: Field[tuple[Actor, ...]] = _many(Actor, "who did it", "source_count")
    target: Field[tuple[Actor, ...]] = _many(Actor, "to whom", "target_count")
    reciprocal: Field[bool] = _truth("all parties are in `source`, `target` is empty")
    status: Field[str] = Field(lambda c, o: _STATUSES[c.status], "actual, claimed, denied or planned")
    claimed_by: Field[tuple[Actor, ...]] = _many(Actor, "who vouches for it", "claimed_count")
    date: Field[str] = _text('ISO day, possibly cut ("2020-07")')
    date_end: Field[str] = _text("of a deed that lasts")
    date_basis: Field[str] = _text("said, inherited or report")
    place: Field[Place | None] = _Named(lambda name: lambda c, o: Place(getattr(c, name), o) if getattr(c, name) else None, "where; None when unknown", "")
    dead: Field[int | None] = _number("persons; None when not said", none=-1)
    injured: Field[int | None] = _number("persons; None when not said", none=-1)
    arrested: Field[int | None] = _number("persons; None when not said", none=-1)
    background: Field[bool] = _truth("told as the past behind the news")
    evidence: Field[tuple[Evidence, ...]] = _many(Evidence, "the words that tell it", "evidence_count")
    sentence: Field[int] = _number("number of the first evidence's sentence in the report, from 1; 0 when not known")
    frame: Field[str] = _text("why: the frame that fired")
    trigger: Field[str] = _text("why: the word that fired it")
    entry: Field[str] = _text('why: its "file:line"')
    confidence: Field[float] = _real("0 to 1", 2)


class Claim(Record):
    """Who says what about whom."""

    __slots__ = ()
    id: Field[str] = _text("a hash of report and content")
    speaker: Field[Actor] = _one(Actor, "who speaks")
    cue: Field[Evidence] = _one(Evidence, "the word of saying")
    content: Field[tuple[Evidence, ...]] = _many(Evidence, "what is said", "content_count")
    direct: Field[bool] = _truth("quoted")
    channel: Field[str] = _text("where it was said")
    act: Field[str] = _text("assert deny accuse demand threaten promise praise question")
    about: Field[tuple[Actor, ...]] = _many(Actor, "whom it is about", "about_count")
    events: Field[tuple[str, ...]] = Field(lambda c, o: tuple(read_text(o.records.events[c.events[i]].id) for i in range(c.event_count)),
                                           "ids of the events inside what is said")


class Undertaking(Record):
    """What one party to an agreement promises another."""

    __slots__ = ()
    by: Field[Actor] = _one(Actor, "who promises")
    to: Field[Actor] = _one(Actor, "to whom")
    span: Field[Evidence] = _one(Evidence, "the words", "at")


class Assessment(Record):
    """Whether a party keeps an agreement, and who says so."""

    __slots__ = ()
    of: Field[Actor] = _one(Actor, "whose conduct")
    verdict: Field[str] = _text("kept, broken or unclear")
    by: Field[Actor] = _one(Actor, 'who says so; code "---" when the report itself does')
    span: Field[Evidence] = _one(Evidence, "the words", "at")


class Agreement(Record):
    """What one report says of an agreement."""

    __slots__ = ()
    id: Field[str] = _text("a hash of report and content")
    name: Field[str] = _text("as the report calls it")
    kind: Field[str] = _text("treaty, ceasefire ...")
    parties: Field[tuple[Actor, ...]] = _many(Actor, "who is bound", "party_count")
    signatories: Field[tuple[Actor, ...]] = _many(Actor, "who signed", "signatory_count")
    stage: Field[str] = _text("proposed, negotiated, signed ...")
    date: Field[str] = _text("ISO day, possibly cut")
    place: Field[str] = _text("where")
    provisions: Field[tuple[Evidence, ...]] = _many(Evidence, "what it lays down", "provision_count")
    undertakings: Field[tuple[Undertaking, ...]] = _many(Undertaking, "who promises whom what", "undertaking_count")
    assessments: Field[tuple[Assessment, ...]] = _many(Assessment, "who is said to keep or break it", "assessment_count")


class Problem(Record):
    """What could not be read or coded."""

    __slots__ = ()
    doc: Field[str] = _text("report, or input where there was no report")
    stage: Field[str] = _text("read, text, parse ...")
    code: Field[str] = _text("empty, language, unreadable ...: docs/formats.md")
    message: Field[str] = _text("what is wrong and what to do")
    offset: Field[int] = _number("byte or line of the input, 0 when unknown")


class Contradiction(Record):
    """Two offices that a report gives one person; the first is coded."""

    __slots__ = ()
    name: Field[str] = _text("of the person")
    entity: Field[int | None] = _number("as in Actor", none=_NONE)
    office: Field[Evidence] = _one(Evidence, "the office that is coded")
    other: Field[Evidence] = _one(Evidence, "the other")


class CodedReport(Record):
    """A report as it was read."""

    __slots__ = ()
    id: Field[str | None] = _text("as given, or a hash of address and text", maybe=True)
    url: Field[str] = _text("address")
    outlet: Field[str] = _text("who published it")
    owner: Field[str] = _text("who owns the outlet")
    title: Field[str] = _text("headline")
    date: Field[str] = _text("ISO day of publication")
    byline: Field[str] = _text("who wrote it")
    lang: Field[str] = _text("language")
    words: Field[int] = _number("tokens")
    stated_sources: Field[tuple[str, ...]] = _texts("outlets named as source", "stated_source_count")
    credits: Field[tuple[str, ...]] = _texts("photo credits and the like", "credit_count")
    caption: Field[str] = _text("words under a picture; not coded")
    furniture: Field[tuple[str, ...]] = _texts("parts of the page that are no news", "furniture_count")
    contradictions: Field[tuple[Contradiction, ...]] = _many(Contradiction, "two offices of one person", "contradiction_count")
    text: Field[str] = _text("what offsets count in")
    side: Field[str] = _text("code of the country whose government the outlet speaks for; mostly empty")


# ------------------------------------------------------------------ sequences of them


class Origin:
    """What keeps a record's memory: the batch, and the report's records."""

    __slots__ = ("batch", "entry", "records", "telling")

    def __init__(self, batch: Any, entry: int):
        self.batch = batch
        self.entry = entry
        self.records = lib.drg_batch_records(batch, entry)
        self.telling = lib.drg_batch_telling(batch, entry)


class Rows(Generic[R]):
    """Records of one kind, over all reports of a result; also a table for any library that speaks Arrow.

    >>> import dragoman
    >>> result = dragoman.code(["Iran and Oman signed a gas deal.", "Rebels shelled a town in Chad."])
    >>> len(result.events), [event.plover for event in result.events]
    (2, ['AGREE', 'ASSAULT'])
    >>> result.events.column("status")
    ['actual', 'actual']
    """

    __slots__ = ("_batch", "_kind", "_table", "_starts", "_member", "_count")

    def __init__(self, batch: Any, kind: type[R], table: int, members: tuple[str, str]):
        self._batch = batch
        self._kind = kind
        self._table = table
        self._member, self._count = members
        self._starts = [0]
        for i in range(lib.drg_batch_count(batch)):
            records = lib.drg_batch_records(batch, i)
            self._starts.append(self._starts[-1] + self._size(records))

    def _size(self, records: Any) -> int:
        return getattr(records, self._count) if self._count else int(bool(records.id.ptr))

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> list[R]: ...
    def __getitem__(self, index: int | slice) -> R | list[R]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(f"there are {len(self)} rows, not {index}")
        entry = bisect_right(self._starts, at) - 1
        origin = Origin(self._batch, entry)
        found = getattr(origin.records, self._member)[at - self._starts[entry]] if self._member else origin.records
        return self._kind(found, origin)

    def __iter__(self) -> Iterator[R]:
        for entry in range(len(self._starts) - 1):
            count = self._starts[entry + 1] - self._starts[entry]
            if not count:
                continue
            origin = Origin(self._batch, entry)
            for i in range(count):
                yield self._kind(getattr(origin.records, self._member)[i] if self._member else origin.records, origin)

    def __contains__(self, record: object) -> bool:
        return any(record == mine for mine in self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and self._kind is other._kind and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def column(self, name: str) -> list[Any]:
        """The values of one field, a row each."""
        return [getattr(record, name) for record in self]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return arrow.stream_capsule(self._batch, self._table)

    def __arrow_c_schema__(self) -> object:
        return arrow.schema_capsule(self._table)

    def __repr__(self) -> str:
        shown = ", ".join(repr(record) for record in self[:3])
        return f"<{len(self)} x {self._kind.__name__}: {shown}{', ...' if len(self) > 3 else ''}>"

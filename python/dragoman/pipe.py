# SPDX-License-Identifier: Apache-2.0
"""A component for spaCy pipelines: ``nlp.add_pipe("dragoman")``.

It reads the document's text with our own engine, whatever else is in the pipeline, and puts what comes of it on the
document, with our offsets as spaCy's spans:

    doc._.events       list of Told: an event, its parties and words as spans
    doc._.claims       list of Said: a claim, its speaker, cue and content as spans
    doc._.actors       list of spans with the actor's code as label; also doc.spans["dragoman"], which displaCy draws
    doc._.dragoman     the Result, with columns and all else

A date goes in by ``doc.user_data["date"]`` or the component's setting `date`.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> component = nlp.add_pipe("dragoman", config={"date": "2024-05-02"})
>>> doc = nlp("Iran and Oman signed a gas deal in Muscat on Monday.")
>>> told = doc._.events[0]
>>> told.event.date, told.source, told.place
('2024-04-29', [Iran, Oman], Muscat)
"""
from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from .coder import Coder
from .records import Claim, Event
from .reports import Report
from .result import Result

_GROUP = "dragoman"


@dataclass
class Told:
    """An event and where the document tells it.  A span is None where the report names nobody in words of its own."""

    event: Event
    source: list[Span]
    target: list[Span]
    claimed_by: list[Span]
    evidence: list[Span]
    place: Span | None


@dataclass
class Said:
    """A claim and where the document makes it."""

    claim: Claim
    speaker: Span | None
    cue: Span | None
    content: list[Span]
    about: list[Span]


def _extend(name: str) -> None:
    if not Doc.has_extension(name):
        Doc.set_extension(name, default=None)


for _name in ("events", "claims", "actors", "dragoman"):
    _extend(_name)


def _span(doc: Doc, where: Any, label: str = "") -> Span | None:
    return doc.char_span(where.start, where.end, label=label, alignment_mode="expand") if where.end > where.start else None


def _spans(doc: Doc, many: Iterable[Any]) -> list[Span]:
    return [span for one in many if (span := _span(doc, one, getattr(one, "code", ""))) is not None]


class Component:
    """Codes documents; `pipe` codes many at once, on the coder's threads."""

    def __init__(self, coder: Coder, date: str = ""):
        self.coder = coder
        self.date = date

    def _report(self, doc: Doc) -> Report:
        date: str | datetime.date = doc.user_data.get("date", self.date)
        return Report(doc.text, date=date, lang="en" if doc.lang_ in ("", "en") else doc.lang_)

    def _put(self, doc: Doc, result: Result, events: list[Event], claims: list[Claim]) -> Doc:
        told = [Told(e, _spans(doc, e.source), _spans(doc, e.target), _spans(doc, e.claimed_by), _spans(doc, e.evidence),
                     None if e.place is None else _span(doc, e.place)) for e in events]
        said = [Said(c, _span(doc, c.speaker, c.speaker.code), _span(doc, c.cue), _spans(doc, c.content), _spans(doc, c.about)) for c in claims]
        parties = {(s.start, s.end, s.label): s for t in told for s in (*t.source, *t.target, *t.claimed_by)}
        parties.update({(s.start, s.end, s.label): s for c in said for s in (c.speaker, *c.about) if s is not None})
        actors = [parties[key] for key in sorted(parties)]
        doc._.events, doc._.claims, doc._.actors, doc._.dragoman = told, said, actors, result
        doc.spans[_GROUP] = actors
        return doc

    def __call__(self, doc: Doc) -> Doc:
        result = self.coder.code(self._report(doc))
        return self._put(doc, result, list(result.events), list(result.claims))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 128) -> Iterator[Doc]:
        rest = iter(docs)
        while portion := list(itertools.islice(rest, batch_size)):
            result = self.coder.code([self._report(doc) for doc in portion], progress=False)
            events: list[list[Event]] = [[] for _ in portion]
            claims: list[list[Claim]] = [[] for _ in portion]
            for event in result.events:
                events[event.report_number].append(event)
            for claim in result.claims:
                claims[claim.report_number].append(claim)
            for at, doc in enumerate(portion):
                yield self._put(doc, result, events[at], claims[at])


@Language.factory("dragoman", default_config={"jobs": None, "actors": [], "agents": [], "frames": [], "date": "", "data": None},
                  assigns=["doc._.events", "doc._.claims", "doc._.actors"])
def make_component(nlp: Language, name: str, jobs: int | None, actors: list[str], agents: list[str], frames: list[str], date: str, data: str | None) -> Component:
    """The factory that spaCy finds under the name "dragoman".

    Args:
        nlp: the pipeline.
        name: of the component in it.
        jobs: threads of `nlp.pipe`; None: as many as there are processors.
        actors: your own lists of actors.
        agents: your own lists of agents.
        frames: your own files of frames.
        date: of documents that have none in ``doc.user_data["date"]``.
        data: folder with lang/, world/ and model/.
    """
    return Component(Coder(jobs, actors, agents, frames, data=data), date)

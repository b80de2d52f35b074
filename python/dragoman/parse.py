# SPDX-License-Identifier: Apache-2.0
"""Sentences, words, tags, trees and names of one text."""
from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Token(NamedTuple):
    """One word, as Universal Dependencies has it."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int  #: number of the word in the sentence that it hangs under, from 0; -1 at the root
    deprel: str
    name: str  #: kind of the name that it is in, "B-LOC", "I-PER"; empty: none
    start: int  #: first code point in the text
    end: int  #: behind the last


class Sentence(NamedTuple):
    """A sentence and its words."""

    text: str
    tokens: tuple[Token, ...]


class Parse:
    """The trees of a text; `conllu` holds them as CoNLL-U, byte for byte as `dragoman parse` writes them.

    >>> import dragoman
    >>> parse = dragoman.Coder(jobs=1).parse("Chad denied shelling a village.")
    >>> [(token.form, token.deprel) for token in parse.sentences[0].tokens][:3]
    [('Chad', 'nsubj'), ('denied', 'root'), ('shelling', 'xcomp')]
    """

    def __init__(self, conllu: str, problems: tuple[str, ...]):
        self.conllu = conllu
        #: Why there are no trees, or not all.
        self.problems = problems
        self.sentences = tuple(_read(conllu))

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self.sentences)

    def __len__(self) -> int:
        return len(self.sentences)

    def __repr__(self) -> str:
        return f"<Parse of {len(self.sentences)} sentences, {sum(len(s.tokens) for s in self.sentences)} words>"


def _token(line: str) -> Token:
    _, form, lemma, upos, xpos, feats, head, deprel, _, misc = line.split("\t")
    more = dict(item.split("=", 1) for item in misc.split("|") if "=" in item)
    return Token(form, lemma, upos, xpos, feats, int(head) - 1, deprel, more.get("Name", ""), int(more["start_char"]), int(more["end_char"]))


def _read(conllu: str) -> Iterator[Sentence]:
    for block in conllu.split("\n\n"):
        lines = block.split("\n")
        text = next((line[9:] for line in lines if line.startswith("# text = ")), "")
        words = tuple(_token(line) for line in lines if line[:1].isdigit() and "-" not in line.split("\t", 1)[0])
        if words:
            yield Sentence(text, words)

# SPDX-License-Identifier: Apache-2.0
"""The program and the package give the same bytes for the same reports, whatever way the reports come."""
import json
import os

import pytest

import dragoman
from conftest import ROOT, SAMPLES

CORPUS = ROOT / "tests/fuzz/corpus"


@pytest.fixture(scope="module")
def expected(program):
    return program("code", SAMPLES, "--to", "jsonl", "--jobs", 2)


@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_files(expected, jobs):
    assert dragoman.Coder(jobs=jobs).code(dragoman.Reports(SAMPLES)).jsonl() == expected


def test_reports_one_by_one(coder, expected):
    assert coder.code(list(dragoman.Reports(SAMPLES))).jsonl() == expected


def test_a_generator(coder, expected):
    assert coder.code(report for report in dragoman.Reports(SAMPLES)).jsonl() == expected


def test_mappings(coder, expected):
    assert coder.code([vars(report) for report in dragoman.Reports(SAMPLES)]).jsonl() == expected


def test_portions_of_a_stream(coder, expected):
    reports = list(dragoman.Reports(SAMPLES)) * 12
    assert b"".join(result.jsonl() for result in coder.stream(reports)) == expected * 12


def test_a_table(coder, expected):
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.Table.from_pylist([vars(report) for report in dragoman.Reports(SAMPLES)])
    assert coder.code(table).jsonl() == expected
    renamed = table.rename_columns(["body" if name == "text" else name for name in table.column_names])
    assert coder.code(renamed, fields={"text": "body"}).jsonl() == expected


@pytest.mark.parametrize("kind", sorted(p.name for p in CORPUS.iterdir() if p.name in (
    "auto", "csv", "feed", "html", "json", "jsonl", "mail", "mbox", "newsml", "text", "warc")))
def test_broken_inputs(program, coder, kind):
    """Problems come out as well, and in their place among the reports."""
    paths = sorted((CORPUS / kind).iterdir())
    assert coder.code(dragoman.Reports(*paths, kind=kind)).jsonl() == program("code", *paths, "--from", kind, "--to", "jsonl", accept=(0, 3))


def test_an_input_that_is_not_there(program, coder):
    paths = [SAMPLES / "06-lima-protest.txt", "/nowhere/at/all", SAMPLES / "12-tunis-trial.txt"]
    result = coder.code(dragoman.Reports(*paths))
    assert result.jsonl() == program("code", *paths, "--to", "jsonl", accept=(3,))
    assert [p.code for p in result.problems] == ["unreadable"]


def test_own_lists(program, tmp_path):
    actors = tmp_path / "own.actors"
    actors.write_text("ALIM_KURBANOV_ [GOVFIN]\n", encoding="utf-8")
    reports = tmp_path / "in.jsonl"
    reports.write_text(json.dumps({"text": "Alim Kurbanov met protesters in Lima."}) + "\n", encoding="utf-8")
    coder = dragoman.Coder(actors=actors)
    assert coder.words_hash != dragoman.Coder().words_hash
    lines = [line for line in program("code", reports, "--actors", actors, "--to", "jsonl").splitlines() if b'"type":"problem"' not in line]
    assert coder.code(dragoman.Reports(reports)).jsonl().splitlines() == lines


def test_own_frames(program, tmp_path):
    frames = tmp_path / "own.frames"
    frames.write_text("category CONSULT\n\nframe break-bread\nverb break\nsource subject\ntarget with\nwhen object bread\ncode 043\n", encoding="utf-8")
    text = "Kenya broke bread with Ethiopia in Moyale."
    reports = tmp_path / "in.jsonl"
    reports.write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
    result = dragoman.Coder(frames=frames).code(dragoman.Reports(reports))
    assert result.jsonl() == program("code", reports, "--frames", frames, "--to", "jsonl")
    assert [(e.plover, e.frame, e.entry.rsplit("/", 1)[-1]) for e in result.events] == [("CONSULT", "break-bread", "own.frames:3")]
    assert len(dragoman.code(text).events) == 0


def test_trees_and_explanations(program, coder):
    text = "Kenya and Ethiopia signed an agreement in Moyale on Monday. It was Ruto's idea, officials said."
    assert coder.explain(text, "2024-03-14").encode() == program("explain", text, "--date", "2024-03-14")
    assert coder.parse(dragoman.Report(text, id="stdin")).conllu.encode() == program("parse", given=text.encode())


def test_a_desk(program, coder, tmp_path, samples):
    """A desk that Python wrote answers like one that the program wrote."""
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    program("code", SAMPLES, "-o", one)
    with dragoman.Desk(two, coder) as desk:
        desk.add(samples)
    for question in (["query", "--to", "csv"], ["query", "--of", "joined", "--to", "csv"], ["query", "--of", "agreements", "--to", "csv"],
                     ["query", "--by", "dyad", "--to", "csv"]):
        answers = [program(question[0], desk, *question[1:]) for desk in (one, two)]
        assert answers[0] == answers[1] and answers[0].count(b"\n") > 1
    assert dragoman.Desk(one).result().jsonl() == dragoman.Desk(two).result().jsonl()


def test_bytes_of_an_environment_elsewhere(expected, tmp_path, monkeypatch):
    """Nothing depends on the folder that the interpreter runs in."""
    monkeypatch.chdir(tmp_path)
    assert dragoman.Coder(jobs=1).code(dragoman.Reports(os.fspath(SAMPLES))).jsonl() == expected

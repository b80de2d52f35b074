# SPDX-License-Identifier: Apache-2.0
"""Records as objects and as columns say the same."""
import pytest

import dragoman
from conftest import SAMPLES

TABLES = ["events", "claims", "agreements", "problems", "reports"]


def whole(rows):
    """Rows as the columns have them: what stands before a record in its table, and the record."""
    for record in rows:
        report = record.in_report
        head = {} if isinstance(record, dragoman.CodedReport) else {"report": report.id}
        if not isinstance(record, (dragoman.CodedReport, dragoman.Problem)):
            head.update(report_date=report.date, outlet=report.outlet, url=report.url)
        yield {**head, **record.to_dict()}


@pytest.fixture(scope="module")
def mixed(coder):
    """All kinds of rows: reports, problems with and without a report."""
    return coder.code([*dragoman.Reports(SAMPLES), "", "Das ist ein Bericht über die Wahl in Deutschland, den niemand lesen will und der nicht kurz ist."])


@pytest.mark.parametrize("name", TABLES)
def test_columns_equal_objects(mixed, name):
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.table(getattr(mixed, name))
    table.validate(full=True)
    assert table.num_rows == len(getattr(mixed, name)) > 0
    assert table.to_pylist() == list(whole(getattr(mixed, name)))
    assert pyarrow.schema(getattr(mixed, name)) == table.schema


def test_a_result_is_its_events(mixed):
    pyarrow = pytest.importorskip("pyarrow")
    assert pyarrow.table(mixed).equals(pyarrow.table(mixed.events))


def test_actors_are_the_parties_of_the_events(mixed):
    pyarrow = pytest.importorskip("pyarrow")
    wanted = [{"report": e.in_report.id, "event": e.id, "side": side, "number": i, **actor.to_dict()}
              for e in mixed.events for side, actors in (("source", e.source), ("target", e.target), ("claimer", e.claimed_by))
              for i, actor in enumerate(actors)]
    assert pyarrow.table(mixed.actors).to_pylist() == wanted


@pytest.mark.parametrize("name", TABLES)
def test_polars(mixed, name):
    polars = pytest.importorskip("polars")
    assert polars.DataFrame(getattr(mixed, name)).to_dicts() == list(whole(getattr(mixed, name)))


def test_pandas(mixed):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame = pandas.DataFrame.from_arrow(mixed.events)
    assert list(frame["plover"]) == mixed.events.column("plover")
    assert frame["dead"].isna().tolist() == [event.dead is None for event in mixed.events]


def test_duckdb(mixed):
    duckdb = pytest.importorskip("duckdb")
    events = mixed.events  # noqa: F841  (named in the question)
    rows = duckdb.sql("select plover, count(*), sum(len(source)) from events group by 1 order by 1").fetchall()
    assert sum(row[1] for row in rows) == len(mixed.events)
    assert sum(row[2] for row in rows) == sum(len(event.source) for event in mixed.events)


def test_a_schema_without_rows(coder):
    pyarrow = pytest.importorskip("pyarrow")
    empty, some = coder.code([]), coder.code("Iran and Oman signed a gas deal.")
    for name in [*TABLES, "actors", "records"]:
        table = pyarrow.table(getattr(empty, name))
        assert table.num_rows == 0 and table.schema == pyarrow.table(getattr(some, name)).schema


def test_columns_outlive_the_result(coder):
    pyarrow = pytest.importorskip("pyarrow")
    capsule = coder.code("Iran and Oman signed a gas deal.").events.__arrow_c_stream__()
    assert capsule is not None
    reader = pyarrow.RecordBatchReader.from_stream(coder.code("Iran and Oman signed a gas deal.").events)
    assert reader.read_all().column("plover").to_pylist() == ["AGREE"]


def test_words_stand_where_records_say(samples):
    seen = 0
    for event in samples.events:
        text = event.in_report.text
        for part in (*event.source, *event.target, *event.claimed_by, *event.evidence):
            assert text[part.start:part.end] == part.text
            seen += part.end > part.start
    for claim in samples.claims:
        text = claim.in_report.text
        for part in (claim.cue, claim.speaker, *claim.content, *claim.about):
            assert text[part.start:part.end] == part.text
            seen += part.end > part.start
    assert seen > 100


def test_rows_are_sequences(samples):
    events = samples.events
    assert len(events) == len(list(events)) > 2
    assert events[0] == next(iter(events)) and events[-1] == list(events)[-1]
    assert events[1:3] == list(events)[1:3]
    assert events[0] in events and "nothing" not in events
    assert events == samples.events and len({hash(event) for event in events}) > 1
    with pytest.raises(IndexError):
        events[len(events)]
    assert repr(events).startswith(f"<{len(events)} x Event: Event(")
    assert dragoman.Event.fields()[:2] == ["id", "plover"]


def test_records_outlive_the_result(coder):
    event = coder.code("Iran and Oman signed a gas deal.").events[0]
    import gc
    gc.collect()
    assert event.source[1].name == "Oman"


def test_claims_name_their_events(samples):
    ids = {event.id for event in samples.events}
    named = [name for claim in samples.claims for name in claim.events]
    assert named and set(named) <= ids


def test_a_parse(coder):
    text = "Iran's army didn't shell Oman. Chad said so."
    parse = coder.parse(text)
    assert len(parse) == 2 and [s.text for s in parse] == ["Iran's army didn't shell Oman.", "Chad said so."]
    for sentence in parse:
        assert sum(token.head == -1 for token in sentence.tokens) == 1
        assert all(text[token.start:token.end] == token.form for token in sentence.tokens)
    assert parse.sentences[0].tokens[0].name == "B-LOC"


def test_a_parse_says_why_there_is_none(coder):
    assert coder.parse(dragoman.Report("Das ist ein Bericht.", lang="de")).problems

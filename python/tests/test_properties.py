# SPDX-License-Identifier: Apache-2.0
"""Whatever comes in: no crash, the same again, and Arrow there and back without a loss."""
import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dragoman

WORDS = ("Iran", "Oman", "Chad", "the minister", "rebels", "said", "signed", "denied", "shelled", "killed", "12", "a gas deal", "the town", "of", "in",
         "Muscat", "on Monday", "and", "that", "yesterday", '"', '"We will', "fight on", ",", ".", "\n\n", "its", "he", "protesters", "were arrested",
         "troops", "withdrew", "from", "according to", "Reuters", "(AP)", "—", "U.N.", "will", "not", "if", "é", "𝒳", "\u200d", "1,234", "%")
# What reads a little like news, so that records come out; and anything at all.
news = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
anything = st.text(max_size=400) | st.text(alphabet=st.characters(codec=None), max_size=60) | news
dates = st.none() | st.dates() | st.text(max_size=12) | st.sampled_from(["2024-05-02", "2024-05", "9999-12-31", "0001-01-01", "2024-02-30", "1e9"])
fields = st.text(max_size=30)
reports = st.one_of(anything, st.binary(max_size=200), st.builds(
    lambda **values: {name: value for name, value in values.items() if value is not None},
    text=anything | st.binary(max_size=100), date=dates, id=st.none() | fields, url=fields, outlet=fields, title=fields, byline=fields,
    lang=st.sampled_from(["", "en", "de", "xx", "en-GB", "e"]), fetched=dates), st.builds(lambda html: {"html": html}, anything | st.binary(max_size=200)))
relaxed = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck), derandomize=True)


@relaxed
@given(st.lists(reports, max_size=6))
def test_the_same_again(coder, given_reports):
    first = coder.code(given_reports)
    assert len(first.reports) == len(given_reports)
    assert first.jsonl() == coder.code(given_reports).jsonl() == dragoman_alone().code(given_reports).jsonl()


_alone = []


def dragoman_alone():
    """A coder of one job, made once."""
    if not _alone:
        _alone.append(dragoman.Coder(jobs=1))
    return _alone[0]


@relaxed
@given(st.lists(reports, max_size=6))
def test_arrow_there_and_back(coder, given_reports):
    pyarrow = pytest.importorskip("pyarrow")
    result = coder.code(given_reports)
    jsonl = result.jsonl()
    table = pyarrow.table(result.records)
    table.validate(full=True)
    assert dragoman.Result.from_arrow(result.records).jsonl() == jsonl
    assert dragoman.Result.from_arrow(table).jsonl() == jsonl
    assert pyarrow.table(dragoman.Result.from_arrow(table).records).equals(table)
    halves = [table.slice(0, table.num_rows // 2), table.slice(table.num_rows // 2)]
    assert dragoman.Result.from_arrow(*halves).jsonl() == jsonl


@settings(relaxed, max_examples=25)
@given(st.lists(reports, max_size=4))
def test_polars_there_and_back(coder, given_reports):
    polars = pytest.importorskip("polars")
    result = coder.code(given_reports)
    assert dragoman.Result.from_arrow(polars.DataFrame(result.records)).jsonl() == result.jsonl()


@relaxed
@given(news, dates)
def test_offsets_and_objects(coder, text, date):
    result = coder.code(text, date=date)
    stored = result.reports[0].text
    for event in result.events:
        for part in (*event.source, *event.target, *event.evidence):
            assert stored[part.start:part.end] == part.text
        assert event.to_dict() == dict(event.to_dict())
        assert event.status in ("actual", "claimed", "denied", "planned") and 0 <= event.confidence <= 1 and 1 <= event.quad <= 4
    for claim in result.claims:
        assert stored[claim.cue.start:claim.cue.end] == claim.cue.text
    assert result.problems or stored == text


@settings(relaxed, max_examples=40)
@given(anything, dates)
def test_parse_and_explain(coder, text, date):
    assert coder.explain(text, date) == coder.explain(text, date)
    parse = coder.parse(text)
    assert parse.conllu == coder.parse(text).conllu and all(sentence.tokens for sentence in parse)


@settings(relaxed, max_examples=40)
@given(st.binary(max_size=300) | anything.map(lambda text: text.encode("utf-8", "surrogatepass")), st.sampled_from(
    [None, "text", "html", "jsonl", "json", "csv", "warc", "mail", "mbox", "newsml", "feed"]))
def test_any_file(coder, tmp_path_factory, content, kind):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    result = coder.code(dragoman.Reports(path, kind=kind))
    assert result.jsonl() == coder.code(dragoman.Reports(path, kind=kind)).jsonl()


@settings(relaxed, max_examples=30)
@given(st.lists(st.tuples(news, st.none() | st.dates(min_value=datetime.date(1, 1, 1)) | st.datetimes()), max_size=5), st.booleans())
def test_tables_of_reports(coder, rows, large):
    pyarrow = pytest.importorskip("pyarrow")
    text = pyarrow.large_string() if large else pyarrow.string()
    days = [date.date() if isinstance(date, datetime.datetime) else date for _, date in rows]
    table = pyarrow.table({"text": pyarrow.array([body for body, _ in rows], text), "date": pyarrow.array(days, pyarrow.date32()),
                           "other": list(range(len(rows)))})
    wanted = coder.code([{"text": body, "date": day} for (body, _), day in zip(rows, days)]).jsonl()
    assert coder.code(table).jsonl() == wanted

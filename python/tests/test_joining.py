# SPDX-License-Identifier: Apache-2.0
"""The steps of joining, with what lies between them done by plain Python: the tables must be those of a desk."""
import collections
import itertools
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import zlib

import pytest

pa = pytest.importorskip("pyarrow")

from dragoman import arrow, Coder, Reports, Result  # noqa: E402
from dragoman._native import lib  # noqa: E402
from dragoman.errors import check, new_error  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Columns:
    def __init__(self, step, given):
        self.step, self.given = step, given

    def __arrow_c_schema__(self):
        error = new_error()
        return arrow.fill_schema(lambda out: check(lib.drg_join_schema(self.step, self.given, out, error), error))


class Rows:
    def __init__(self, step, table):
        self.step, self.table = step, table

    def __arrow_c_stream__(self, requested_schema=None):
        stream, held = arrow.take_stream(self.table)
        error = new_error()
        return arrow.fill_stream(lambda out: check(lib.drg_join_stream(self.step, stream, out, error), error))


def step(name, rows, block=None, order=None):
    """The step over rows (dicts, or a table); with a block they are sorted first."""
    which = getattr(lib, f"DRG_JOIN_{name}")
    if block is not None:
        rows = sorted(rows, key=lambda row: (row[block], row[order]))
    table = rows if hasattr(rows, "__arrow_c_stream__") else pa.Table.from_pylist(list(rows), pa.schema(Columns(which, True)))
    return pa.RecordBatchReader.from_stream(Rows(which, table)).read_all().to_pylist()


def components(edges):
    return {row["number"]: row["first"] for row in step("COMPONENTS", edges)}


def find_families(reports):
    runs = collections.defaultdict(list)
    for row in step("RUNS", reports):
        runs[row["run"]].append(row["number"])
    pairs = {pair for numbers in runs.values() for a, b in itertools.pairwise(sorted(numbers)) for pair in ((a, b), (min(numbers), b)) if pair[0] < b}
    return components(step("COPIES", [{"a": a, "b": b, "sketch_a": reports[a]["sketch"], "sketch_b": reports[b]["sketch"]} for a, b in sorted(pairs)]))


def find_stories(reports, cell_size):
    """Of those that lead their families, which are told apart by day, then number."""
    leads = sorted(({**row, "number": (row["day"] + (1 << 31)) << 31 | row["number"]} for row in reports if row["family"] == row["number"]),
                   key=lambda row: row["number"])
    day = {row["number"]: row["day"] for row in leads}
    words = step("WORDS", leads)
    spread, of = collections.Counter(row["word"] for row in words), collections.defaultdict(list)
    for row in words:
        of[row["number"]].append({"word": row["word"], "reports": spread[row["word"]]})
    weights = step("WEIGHTS", [{**row, "all": len(leads), "spread": of[row["number"]]} for row in leads])
    cells = [weights[i:i + cell_size] for i in range(0, len(weights), cell_size)]
    blocks = [{**row, "block": a * len(cells) + b, "cell": cell, "day": day[row["number"]]}
              for a in range(len(cells)) for b in range(a, len(cells)) for cell in {a, b} for row in cells[cell]]
    edges = sorted(step("LIKENESS", blocks, "block", "number"), key=lambda row: (row["b"], -row["likeness"], row["a"]))
    kept = [row for _, rows in itertools.groupby(edges, lambda row: row["b"]) for row in itertools.islice(rows, lib.DRG_JOIN_KEPT)]
    near = components([row for row in kept if row["likeness"] >= lib.DRG_JOIN_CLOSE])
    inside = [{**row, "block": near[row["a"]]} for row in kept if row["a"] in near and near[row["a"]] == near.get(row["b"])]
    return {row["number"] & 0x7fffffff: row["first"] & 0x7fffffff for row in step("LINKAGE", inside, "block", "a")}


def read_facts(result, cell_size):
    """Reports with family, story and witness, numbered; their events and agreements as rows."""
    reports = sorted(step("FACTS", result.records), key=lambda row: (row["date"].encode(), row["id"].encode()))
    for number, row in enumerate(reports):
        row["number"] = number
    families = find_families(reports)
    for row in reports:
        row["family"] = families.get(row["number"], row["number"])
    stories = find_stories(reports, cell_size)
    for row in reports:
        first = reports[row["family"]]
        row.update(story=stories.get(row["family"], row["family"]), witness=first["owner"] or first["outlet"] or first["id"], speaks_for=first["side"])
    about = {"block": 0, "joined": 0, "accord": -1}
    rows = {kind: [{**about, **row, "report": row["number"], "report_id": row["id"], one: row["number"] << 20 | place, "fact": fact}
                   for row in reports for place, fact in enumerate(row[kind])] for kind, one in (("events", "event"), ("agreements", "agreement"))}
    return reports, rows["events"], rows["agreements"]


def join_events(reports, events):
    near = components(step("EVENT_KEYS", events))
    first = {row["number"]: row["first"] for row in step("EVENTS", [{**row, "block": near.get(row["event"], row["event"])} for row in events], "block", "event")}
    story = {row["event"]: row["story"] for row in events}
    ids = {row["event"]: row["fact"]["id"] for row in events}
    for row in events:
        row.update(joined=first[row["event"]], block=story[first[row["event"]]])
    name = {row["event"]: reports[row["report"]] for row in events}
    joined = sorted(step("JOINED", events, "block", "event"), key=lambda row: row["event"])
    disputes = step("DISPUTES", events, "block", "event") + step("OFFICES", [{**row, "block": row["story"]} for row in events], "block", "event")
    place = {key: number for number, key in enumerate(sorted({(row["pass"], row["block"], row["turn"]) for row in disputes}))}
    return {
        "events": [(row["fact"]["id"], row["id"], ids[row["joined"]]) for row in events],
        "joined": [(ids[row["event"]], number, *[row[name] for name in JOINED]) for number, row in enumerate(joined)],
        "disputes": [(place[row["pass"], row["block"], row["turn"]], row["number"], ids[row["joined"]], row["field"], row["value"], ids[row["event"]],
                      name[row["event"]]["id"], row["speaker"]) for row in disputes]}


def join_agreements(agreements):
    whole = [row for row in agreements if len(row["fact"]["parties"]) >= 2]
    accord = {row["number"]: row["first"] for row in step("ALIKE", [{**row, "block": row["fact"]["key"]} for row in whole], "block", "agreement")}
    filed = [{**row, "block": zlib.crc32(party.encode()), "accord": accord.get(row["agreement"], -1)} for row in agreements for party in row["fact"]["parties"]]
    accord.update({row["number"]: row["first"] for row in step("PARTS", filed, "block", "agreement")})
    rest = [{**row, "block": row["fact"]["key"]} for row in agreements if row["agreement"] not in accord]
    accord.update({row["number"]: row["first"] for row in step("ALIKE", rest, "block", "agreement")})
    rows = sorted(step("ACCORDS", [{**row, "block": accord[row["agreement"]]} for row in agreements], "block", "agreement"), key=lambda row: row["accord"])
    return {"accords": [(row["id"], number, *[row[name] for name in ACCORD]) for number, row in enumerate(rows)],
            "accord_stages": [(row["id"], number, *stage.values()) for row in rows for number, stage in enumerate(row["stages"])]}


JOINED = ("plover", "cameo", "status", "standing", "date", "place", "country", "dead", "injured", "arrested", "background", "events", "reports", "outlets",
          "owners")
ACCORD = ("name", "kind", "stage", "first_date", "last_date", "reports", "owners")
TABLES = {"reports": "id, copy_of, story", "events": "id, report, story", "joined": f"event, number, {', '.join(JOINED)}",
          "disputes": "dispute, number, event, field, value, said_by, report, speaker", "accords": f"accord, number, {', '.join(ACCORD)}",
          "accord_stages": "accord, number, stage, date, place, agreement, report"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory, program):
    """Reports with copies, disputes and accords among them, and what the program's desk has of them."""
    folder = tmp_path_factory.mktemp("joining")
    given = os.environ.get("DRAGOMAN_JOINING")  # other reports, by hand
    path = pathlib.Path(given) if given else folder / "reports.jsonl"
    if not given:
        made = subprocess.run([sys.executable, ROOT / "tools/make_variants.py", "--families", "60"], capture_output=True, check=True).stdout
        path.write_bytes(made + (pathlib.Path(__file__).parent / "stories.jsonl").read_bytes())
    program("code", path, "-o", folder / "desk.db")
    return path, sqlite3.connect(folder / "desk.db")


@pytest.mark.parametrize("cell_size", [7, 100000])
def test_the_steps_give_the_tables_of_a_desk(desk, coder, cell_size):
    path, base = desk
    reports, events, agreements = read_facts(coder.code(Reports(path)), cell_size)
    ids = [row["id"] for row in reports]
    tables = {"reports": [(row["id"], ids[row["family"]] if row["family"] != row["number"] else None, ids[row["story"]]) for row in reports],
              **join_events(reports, events), **join_agreements(agreements)}
    for table, columns in TABLES.items():
        wanted = sorted(map(repr, base.execute(f"SELECT {columns} FROM {table}")))
        got = sorted(repr(tuple(int(value) if isinstance(value, bool) else value for value in row)) for row in tables[table])
        assert wanted and got == wanted, (table, sorted(set(got) ^ set(wanted))[:4])


def test_two_offices_of_one_person_are_a_dispute():
    event = {"plover": "CONSULT", "cameo": "040", "trigger": "meet", "place": "", "country": "", "status": "actual", "town": False, "reciprocal": False,
             "background": False, "dated": True, "day": 20000}

    def row(number, title):
        actors = [{"code": "SDN", "name": "Amina Okello", "title": title, "side": 0}]
        return {"block": 5, "event": number, "report": number, "story": 5, "joined": number, "outlet": "", "witness": "w", "speaks_for": "",
                "fact": {**event, "id": f"e{number}", "actors": actors}}
    rows = step("OFFICES", [row(1, "Defence Minister"), row(2, "Chief of Staff"), row(3, "Defence Minister")], "block", "event")
    assert [(row["pass"], row["number"], row["event"], row["field"], row["value"]) for row in rows] == \
        [(2, 0, 1, "office", "Defence Minister"), (2, 1, 2, "office", "Chief of Staff"), (2, 2, 3, "office", "Defence Minister")]
    assert step("OFFICES", [row(1, "Defence Minister"), row(2, "Minister of Defence")], "block", "event") == []


def test_what_is_no_input_of_a_step_is_told():
    with pytest.raises(ValueError, match="there is no such column"):
        pa.RecordBatchReader.from_stream(Rows(lib.DRG_JOIN_RUNS, pa.table({"number": [1]})))
    with pytest.raises(ValueError, match="there is no step"):
        pa.schema(Columns(99, True))


def test_broken_sketches_join_nothing():
    assert step("RUNS", [{"number": 1, "sketch": b"\xff" * 40}, {"number": 2, "sketch": b""}]) == []
    assert step("WORDS", [{"number": 1, "sketch": b"\xff" * 40}]) == []
    assert step("COPIES", [{"a": 1, "b": 2, "sketch_a": b"\xff" * 40, "sketch_b": b"\xff" * 40}]) == []

# SPDX-License-Identifier: Apache-2.0
"""Errors, threads, signals, progress: how the package behaves when it is used."""
import concurrent.futures
import multiprocessing
import os
import pathlib
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time
import warnings

import pytest

import dragoman
from conftest import ROOT, SAMPLES


def run(code, *arguments, **options):
    return subprocess.run([sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)], capture_output=True, text=True, cwd=ROOT, **options)


# ------------------------------------------------------------------ errors


@pytest.mark.parametrize("kind, source, call", [
    (dragoman.UseError, "jobs", lambda: dragoman.Coder(jobs=0)),
    (dragoman.DataError, "nowhere", lambda: dragoman.Coder(data="/nowhere")),
    (dragoman.DragomanError, "nowhere.actors", lambda: dragoman.Coder(actors="/nowhere.actors")),
    (dragoman.UseError, "only your own lists", lambda: dragoman.Coder(only_actors=True)),
    (dragoman.UseError, "no kind of input", lambda: dragoman.Reports("samples", kind="pdf")),
    (dragoman.UseError, "no field", lambda: dragoman.Reports("samples", fields={"headline": "title"})),
    (dragoman.UseError, "name files", lambda: dragoman.Reports()),
    (dragoman.UseError, "holds no reports", lambda: dragoman.code(12)),
    (dragoman.UseError, "is no report", lambda: dragoman.code([12])),
    (dragoman.UseError, '"text" or an "html"', lambda: dragoman.code([{"body": "Chad"}])),
    (dragoman.UseError, "title", lambda: dragoman.code([{"text": "Chad", "title": ["x"]}])),
    (dragoman.StoreError, "nowhere", lambda: dragoman.Desk("/nowhere/desk.db")),
    (dragoman.UseError, "no table", lambda: dragoman.Result.from_arrow(3)),
])
def test_errors_say_what_and_where(kind, source, call):
    with pytest.raises(kind, match=source) as caught:
        call()
    assert isinstance(caught.value, dragoman.DragomanError) and len(str(caught.value)) > len(source)


def test_errors_of_tables(coder):
    pyarrow = pytest.importorskip("pyarrow")
    with pytest.raises(dragoman.UseError, match='no column "text" or "html"'):
        coder.code(pyarrow.table({"body": ["Chad"]}))
    with pytest.raises(dragoman.UseError, match='no column "words"'):
        coder.code(pyarrow.table({"body": ["Chad"]}), fields={"text": "words"})
    with pytest.raises(dragoman.UseError, match='"body" holds no texts'):
        coder.code(pyarrow.table({"body": [1]}), fields={"text": "body"})
    with pytest.raises(dragoman.UseError, match="no such column"):
        dragoman.Result.from_arrow(pyarrow.table({"id": ["x"]}))
    with pytest.raises(dragoman.UseError, match="words"):
        records = pyarrow.table(coder.code("Chad.").records)
        at = records.column_names.index("words")
        dragoman.Result.from_arrow(records.set_column(at, "words", pyarrow.array(["many"])))


def test_a_failing_generator_is_passed_on(coder):
    def reports():
        yield "Iran and Oman signed a gas deal."
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError):
        coder.code(reports())
    assert coder.code("Iran and Oman signed a gas deal.").events[0].plover == "AGREE"


def test_an_exception_is_also_one_of_python():
    assert issubclass(dragoman.UseError, ValueError) and issubclass(dragoman.InputError, OSError) and issubclass(dragoman.OutOfMemory, MemoryError)
    error = dragoman.InputError("cannot be read", "file.txt", 3)
    assert str(error) == "file.txt: cannot be read" and error.source == "file.txt" and error.offset == 3


def test_a_list_with_bad_lines_warns(tmp_path):
    path = tmp_path / "own.actors"
    path.write_text("CHAD_LEADER_ [TCDGOV]\nthis line is no entry\n", encoding="utf-8")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        dragoman.Coder(actors=path)
    assert any(issubclass(w.category, dragoman.ListWarning) and "own.actors:2" in str(w.message) for w in told), [str(w.message) for w in told]


def test_verbs_of_ones_own_code_beside_and_instead_of_the_frames():
    text, verbs = "Mali has given up all diplomatic ties with Chad. Iran and Oman signed a gas deal.", ROOT / "docs/lists/old.verbs"
    plain, beside, alone = (dragoman.Coder(**options).code(text).events for options in ({}, {"verbs": verbs}, {"verbs": verbs, "only_verbs": True}))
    own = [e for e in beside if "old.verbs" in e.entry]
    assert [e.cameo for e in own] == ["161"] and own[0].entry.endswith("old.verbs:11")
    assert any(e.cameo == "057" for e in plain) and any(e.cameo == "057" for e in beside)
    assert [(e.cameo, "old.verbs" in e.entry) for e in alone] == [("161", True)]


def test_a_report_past_the_cap_is_a_problem():
    result = dragoman.Coder(report_bytes=2 << 20).code(["Iran and Oman said that the deal was signed in the town. " * 40_000, "Iran and Oman signed a gas deal."])
    assert [p.code for p in result.problems] == ["too-large"] and [e.report_number for e in result.events] == [1]


# ------------------------------------------------------------------ threads and processes


def test_threads_share_a_coder(coder, samples):
    reports = list(dragoman.Reports(SAMPLES))
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: coder.code(reports).jsonl(), range(8)))
    assert set(results) == {samples.jsonl()}


def test_the_interpreter_runs_on_while_reports_are_coded():
    coder = dragoman.Coder(jobs=1)
    reports = list(dragoman.Reports(SAMPLES)) * 8
    steps, done = 0, threading.Event()

    def work():
        coder.code(reports)
        done.set()
    thread = threading.Thread(target=work)
    thread.start()
    while not done.is_set():
        steps += 1
        time.sleep(0.001)
    thread.join()
    assert steps > 20


def _code(coder):
    return coder.code("Iran and Oman signed a gas deal.").jsonl()


@pytest.mark.parametrize("how", ["fork", "spawn"])
def test_a_coder_travels(how):
    coder = dragoman.Coder(jobs=1)
    with multiprocessing.get_context(how).Pool(2) as pool:
        assert set(pool.map(_code, [coder, coder])) == {_code(coder)}
    assert pickle.loads(pickle.dumps(coder)).words_hash == coder.words_hash


def test_a_result_does_not_travel(samples):
    with pytest.raises(TypeError, match="from_arrow"):
        pickle.dumps(samples)


@pytest.mark.parametrize("call", ["coder.code(reports)", "list(coder.stream(reports))", "coder.code(dragoman.Reports(sys.argv[1]))"])
def test_ctrl_c(call, tmp_path):
    big = tmp_path / "big.jsonl"
    line = '{"text": "' + "Iran and Oman signed a gas deal in Muscat on Monday, officials said. " * 40 + '"}\n'
    big.write_text(line * 20_000, encoding="utf-8")
    code = f"""
        import itertools, sys, dragoman
        coder = dragoman.Coder(jobs=2)
        reports = itertools.repeat("Iran and Oman signed a gas deal in Muscat on Monday. " * 40)
        print("ready", flush=True)
        try:
            {call}
        except KeyboardInterrupt:
            print("stopped", coder.code("Iran and Oman signed a gas deal.").events[0].plover)
    """
    child = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code), str(big)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert child.stdout.readline() == "ready\n"
    time.sleep(1)
    begun = time.monotonic()
    child.send_signal(signal.SIGINT)
    rest, _ = child.communicate(timeout=60)
    assert rest == "stopped AGREE\n" and child.returncode == 0
    assert time.monotonic() - begun < 30


def test_a_stream_takes_little_memory():
    code = """
        import itertools, resource, dragoman
        coder = dragoman.Coder(jobs=1)
        text = "Iran and Oman signed a gas deal in Muscat on Monday, officials said. " * 20
        seen = 0
        for result in coder.stream(itertools.repeat(text, 150)):
            seen += len(result.reports)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for result in coder.stream(itertools.repeat(text, 600)):
            seen += len(result.reports)
        print(seen, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    """
    done = run(code)
    seen, grown = map(int, done.stdout.split())
    assert seen == 750 and grown < 20_000, done.stdout + done.stderr


# ------------------------------------------------------------------ progress


def test_progress_with_and_without_tqdm():
    code = """
        import sys, dragoman
        if sys.argv[1] == "without":
            sys.modules["tqdm"] = sys.modules["tqdm.auto"] = None
        dragoman.Coder(jobs=1).code(["Iran and Oman signed a gas deal."] * 100, progress=True)
    """
    done = run(code, "without")
    assert done.returncode == 0 and "100 of 100 reports" in done.stderr and done.stdout == ""
    pytest.importorskip("tqdm")
    done = run(code, "with")
    assert done.returncode == 0 and "100/100" in done.stderr and done.stdout == ""


def test_no_progress_where_nobody_looks():
    assert run("import dragoman; dragoman.Coder(jobs=1).code(['Iran and Oman signed a gas deal.'] * 100)").stderr == ""


# ------------------------------------------------------------------ reports


def test_reports_one_by_one():
    reports = dragoman.Reports(SAMPLES / "18-agency-day.jsonl", "/nowhere")
    some = list(reports)
    assert len(some) > 1 and all(report.text and report.date for report in some)
    assert reports.failures == 1 and reports.problems[0][:2] == ("/nowhere", "unreadable")
    with pytest.raises(dragoman.InputError):
        reports.check()


def test_fields_of_files(tmp_path):
    path = tmp_path / "wire.jsonl"
    path.write_text('{"headline": "Talks", "content": {"body": ["Iran and Oman signed a gas deal."]}}\n', encoding="utf-8")
    report = next(dragoman.Reports(path, fields={"title": "headline", "text": "content.body"}))
    assert report.title == "Talks" and report.text.startswith("Iran and Oman")


def test_what_a_date_may_be(coder):
    import datetime
    given = ["2024-05-02", datetime.date(2024, 5, 2), datetime.datetime(2024, 5, 2, 23, 59)]
    assert {coder.code("Iran and Oman signed a gas deal yesterday.", date=date).events[0].date for date in given} == {"2024-05-01"}
    assert [r.date for r in coder.code([dragoman.Report("Chad left.", date="2024-05-09"), "Chad left."], date="2024-05-02").reports] == ["2024-05-09", "2024-05-02"]


def test_write_jsonl(samples, tmp_path):
    samples.write_jsonl(tmp_path / "out.jsonl")
    with open(tmp_path / "again.jsonl", "wb") as out:
        samples.write_jsonl(out)
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "again.jsonl").read_bytes() == samples.jsonl()


# ------------------------------------------------------------------ desks


def test_desk_questions_are_those_of_the_program(coder, samples, program, tmp_path):
    import csv
    import io
    path = tmp_path / "desk.db"
    with dragoman.Desk(path, coder) as desk:
        desk.add(samples)
    desk = dragoman.Desk(path)

    def rows(*words):
        return list(csv.DictReader(io.StringIO(program("query", path, *words, "--to", "csv").decode())))
    for words in (["actor=KEN"], ["class=agree,consult", "sort=-date"], ["status=claimed", "limit=3"], ["text=ferry"], []):
        assert [event.id for event in desk.events(words)] == [row["telling"] for row in rows(*words)]
    mine = desk.events("actor=KEN", tellings=True)
    assert [e.id for e in mine] == [row["telling"] for row in rows("actor=KEN", "--tellings")]
    first, row = desk.events("dyad=KEN-ETH")[0], rows("dyad=KEN-ETH")[0]
    assert (first.report, first.outlet, first.url, first.title, first.report_date, str(first.reports), str(first.witnesses), first.story) == (
        row["report"], row["outlet"], row["url"], row["title"], row["report_date"], row["reports"], row["witnesses"], row["event"])
    for kind in ("joined", "stories", "copies", "disputes", "agreements", "repeats"):
        answer = desk.ask(kind)
        assert [{k: "" if v is None else str(v) for k, v in r.items()} for r in answer] == rows("--of", kind)
    assert [str(r["events"]) for r in desk.count("actor=KEN", by="month")] == [r["events"] for r in rows("actor=KEN", "--by", "month")]
    assert desk.count()[0]["events"] == len(desk.events())
    pyarrow = pytest.importorskip("pyarrow")
    assert pyarrow.table(desk.count(by="month")).to_pylist() == list(desk.count(by="month"))
    assert pyarrow.table(desk.events()).column("witnesses").to_pylist() == desk.events().column("witnesses")
    assert b"".join(r.jsonl() for r in desk.stream(5)) == desk.result().jsonl()


def test_desk_errors(coder, samples, tmp_path):
    path = tmp_path / "desk.db"
    with dragoman.Desk(path, coder) as desk:
        desk.add(samples)
    desk = dragoman.Desk(path)
    for call, message in ((lambda: desk.events("sorce=USA"), "source"), (lambda: desk.events("class=agre"), "(?i)agree"),
                          (lambda: desk.ask("tales"), "stories"), (lambda: desk.count(by="moon"), "month")):
        with pytest.raises(dragoman.UseError, match=message):
            call()
    with pytest.raises(dragoman.UseError, match="to read only"):
        desk.add(samples)
    desk.close()
    with pytest.raises(dragoman.UseError, match="closed"):
        desk.events()
    (tmp_path / "other.db").write_text("no database at all, but long enough to be told from one" * 100)
    with pytest.raises(dragoman.StoreError):
        dragoman.Desk(tmp_path / "other.db")


def test_a_desk_on_postgresql(coder, samples):
    postgres = pytest.importorskip("postgres")
    if postgres.missing():
        pytest.skip(postgres.missing())
    with postgres.Server() as server:
        address = server.address("python")
        with dragoman.Desk(address, coder) as desk:
            desk.add(samples)
        desk = dragoman.Desk(address)
        lite = pathlib.Path(os.devnull)
        assert len(desk.events("actor=KEN")) > 0 and lite.exists()
        assert desk.result().jsonl().count(b'"type":"event"') == samples.jsonl().count(b'"type":"event"')
        assert desk.ask("joined")[0]["event"]
        desk.close()

# SPDX-License-Identifier: Apache-2.0
"""Checks of the desk in both kinds of database: the same records, older and newer schemas, what is not ours."""
import gzip
import json
import pathlib
import re
import sqlite3
import subprocess
import tempfile

import failing
import postgres
import soak
from rows import differing, postgres_rows, sqlite_rows, tables_of
from whole import ROOT, Runner

SAMPLES = ROOT / "samples"


def shape(path):
    """Columns and indexes of each table, whatever their order."""
    with sqlite3.connect(path) as base:
        out = {name: sorted(r[1:] for r in base.execute(f"PRAGMA table_xinfo('{name}')")) for name in tables_of(path)}
        out = {name: [(c[0], c[1], c[2], c[4]) for c in columns] for name, columns in out.items()}
        out["(indexes)"] = sorted(base.execute("SELECT name, tbl_name FROM sqlite_schema WHERE type IN ('index', 'view')"))
        return out


def check_versions(run, tally, here):
    old, new = here / "old.db", here / "new.db"
    old.write_bytes(gzip.decompress((ROOT / "tests/desks/version-1.db.gz").read_bytes()))
    inputs = [SAMPLES / "01-moyale-agreement.txt", SAMPLES / "13-harbour-cup.txt"]
    before = old.read_bytes()
    code, _, err = run("info", old)
    tally.tell(code == 1 and "older dragoman" in err and "brings it up to date" in err, "an older desk is not read, and it is said what to do", err)
    tally.tell(old.read_bytes() == before, "reading leaves an older desk as it is")
    code, _, err = run("code", inputs[1], "-o", old)
    with sqlite3.connect(old) as base:
        kept = base.execute("SELECT count(*) FROM reports").fetchone()[0]
        sound = base.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and not base.execute("PRAGMA foreign_key_check").fetchall()
    tally.tell(code == 0 and kept == 2 and sound, "an older desk is brought up to date when written", f"exit {code}, {kept} reports, sound: {sound} {err}")
    run("code", *inputs, "-o", old)
    run("code", *inputs, "-o", new)
    tally.tell(shape(old) == shape(new), "an older desk gets the tables of a new one", differing(shape(old), shape(new)))
    a, b = sqlite_rows(old), sqlite_rows(new)
    a.pop("runs"), b.pop("runs")
    tally.tell(a == b, "an older desk coded again holds what a new one does", differing(a, b))
    second = here / "second.db"
    second.write_bytes(gzip.decompress((ROOT / "tests/desks/version-2.db.gz").read_bytes()))
    code, _, err = run("info", second)
    tally.tell(code == 1 and "schema 2" in err and "brings it up to date" in err, "a desk of the second version is not read, and it is said what to do", err)
    with sqlite3.connect(second) as base:
        events = base.execute("SELECT * FROM events ORDER BY number").fetchall()
    code, _, err = run("code", *inputs, "-o", second)
    with sqlite3.connect(second) as base:
        sound = base.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and base.execute("SELECT count(*) FROM verdicts").fetchone() == (0,)
        kept = len(base.execute("SELECT * FROM events").fetchall())
    tally.tell(code == 0 and sound and shape(second) == shape(new) and kept > 0 and len(events) > 0, "a desk of the second version gets the tables of a new one", f"exit {code} {err} {differing(shape(second), shape(new))}")
    third = here / "third.db"
    third.write_bytes(gzip.decompress((ROOT / "tests/desks/version-3.db.gz").read_bytes()))
    code, _, err = run("code", *inputs, "-o", third)
    with sqlite3.connect(third) as base:
        numbered = base.execute("SELECT count(*), min(sentence) FROM events").fetchone()
    tally.tell(code == 0 and shape(third) == shape(new) and numbered[0] > 0 and numbered[1] > 0,
               "a desk of the third version gets sentence numbers when its reports are coded again", f"exit {code} {err} {numbered} {differing(shape(third), shape(new))}")
    with sqlite3.connect(new) as base:
        base.execute("PRAGMA user_version=999")
    for command in (["info", new], ["code", inputs[0], "-o", new]):
        code, _, err = run(*command)
        tally.tell(code == 1 and "newer dragoman" in err, f"a newer desk is refused by {command[0]}", f"exit {code} {err}")


def check_postgres(run, tally, server, here):
    run("code", SAMPLES, "-o", here / "one.db")
    wanted = sqlite_rows(here / "one.db")
    for jobs in (1, 2, 7):
        desk = server.address(f"jobs{jobs}")
        code, _, err = run("code", SAMPLES, "-o", desk, "--jobs", jobs)
        got = postgres_rows(server, f"jobs{jobs}", wanted)
        tally.tell(code == 0 and got == wanted, f"PostgreSQL holds what SQLite does, {jobs} jobs", f"exit {code} {err} {differing(got, wanted)}")
    before = server.sql("jobs1", "SELECT max(number) FROM events")
    code, _, err = run("code", SAMPLES, "-o", desk)
    tally.tell(code == 0 and server.sql("jobs1", "SELECT max(number) FROM events") == before, "coding the same again changes nothing in PostgreSQL", err)
    tables = [run("code", SAMPLES, "-o", where, "--to", "table")[1] for where in (here / "one.db", desk)]
    tally.tell(len(tables[0]) > 1000 and tables[0] == tables[1], "the table of events is the same from both")
    infos = [run("info", where)[1].split(b"reports ", 1)[-1] for where in (here / "one.db", desk)]
    tally.tell(len(infos[0]) > 100 and infos[0] == infos[1], "info tells the same of both", str(infos))


def check_merge(run, tally, server, here):
    """Three parts that share a report, merged in any order and kind of database, are what coding all into one gives."""
    files = sorted(p for p in SAMPLES.iterdir() if p.suffix != ".md")
    parts = {"a": files[:9], "b": files[8:16], "c": files[16:]}
    run("code", *files, "-o", here / "whole.db")
    wanted = sqlite_rows(here / "whole.db")
    for name, inputs in parts.items():
        run("code", *inputs, "-o", here / f"{name}.db")
    where = {name: here / f"{name}.db" for name in parts}
    if server is not None:
        where["b"] = server.address("part")
        run("code", *parts["b"], "-o", where["b"])
    for order in ("abc", "cab"):
        target = here / f"{order}.db"
        code, _, err = run("merge", *(where[name] for name in order), "-o", target)
        tally.tell(code == 0 and sqlite_rows(target) == wanted, f"merging parts in the order {order} gives what coding all into one gives",
                   f"exit {code} {err} {differing(sqlite_rows(target), wanted)}")
    again = (here / "abc.db").read_bytes()
    run("merge", where["b"], "-o", here / "abc.db")
    tally.tell((here / "abc.db").read_bytes() == again, "merging what is there already changes no byte")
    if server is not None:
        code, _, err = run("merge", here / "abc.db", "-o", server.address("merged"))
        got = postgres_rows(server, "merged", wanted)
        tally.tell(code == 0 and got == wanted, "merging into PostgreSQL", f"exit {code} {err} {differing(got, wanted)}")
    code, _, err = run("merge", here / "a.db", "-o", here / "a.db")
    tally.tell(code == 2 and "leave it out" in err, "a desk is not merged into itself", f"exit {code} {err}")
    code, _, err = run("merge", here / "none.db", "-o", here / "x.db")
    tally.tell(code == 1 and "none.db" in err, "merging a desk that is not there", f"exit {code} {err}")


JOINED = ("joined", "disputes", "repeats", "accords", "accord_stages")


def joined_rows(path):
    with sqlite3.connect(path) as base:
        rows = {name: sorted(base.execute(f"SELECT * FROM {name}")) for name in JOINED}
        rows["copies"] = sorted(base.execute("SELECT id, copy_of, story FROM reports"))
        return rows


def check_order(run, tally, here):
    """What is joined does not depend on the order in which the reports come, nor on runs and threads."""
    files = sorted(p for p in SAMPLES.iterdir() if p.suffix != ".md")
    run("code", *files, "-o", here / "forth.db")
    wanted = joined_rows(here / "forth.db")
    for jobs in (1, 7):
        run("code", *reversed(files), "-o", here / f"back{jobs}.db", "--jobs", jobs)
        tally.tell(joined_rows(here / f"back{jobs}.db") == wanted, f"the same is joined in the opposite order, {jobs} jobs")
    for name in files[::-2] + files[1::2] + files:
        run("code", name, "-o", here / "drops.db")
    tally.tell(joined_rows(here / "drops.db") == wanted, "the same is joined when reports come one by one")
    stories = len({row[2] for row in wanted["copies"]})
    tally.tell(any(row[1] for row in wanted["copies"]) and 1 < stories < len(wanted["copies"]) and len(wanted["accords"]) > 1,
               "the samples hold copies, stories and agreements", str(wanted["copies"]))


PACTS = """Moscow accused Ukraine of violating the ceasefire on Tuesday. Chad denied breaking the truce with Sudan. Iran must respect the nuclear deal.
Kenya has failed to implement the grazing accord, Ethiopia's foreign minister said. Serbia said Kosovo had not complied with the Brussels agreement.
The Iranian president said that Turkey is delaying the implementation of its commitments under the Baku agreement. Oman said Qatar was honouring
the gas deal. It is unclear whether Niger is complying with the uranium pact. Doubts remain about Libya's compliance with the arms treaty.
If Togo honours the port deal, ships will come."""
ASSESSED = {("ceasefire", "UKR", "broken", "RUS"), ("truce", "TCD", "kept", "TCD"), ("grazing accord", "KEN", "broken", "ETH"),
            ("Brussels agreement", "XKX", "broken", "SRB"), ("Baku agreement", "TUR", "broken", "IRN"), ("gas deal", "QAT", "kept", "OMN"),
            ("uranium pact", "NER", "unclear", "---"), ("arms treaty", "LBY", "unclear", "---")}

# Each a report of its own; None: the agreement has come to no stage.
STAGES = (
    ("Egypt proposed a truce between Chad and Sudan.", "proposed"),
    ("Talks on a free trade deal between India and Oman resumed in Muscat.", "negotiated"),
    ("India and Oman held talks on a trade deal on Wednesday.", "negotiated"),
    ("Norway and Iceland are negotiating a fisheries treaty.", "negotiated"),
    ("Peru and Bolivia reached a water deal.", "agreed"),
    ("A water deal was reached by Peru and Bolivia.", "agreed"),
    ("Peru and Chile initialled a fishing treaty in Lima.", "initialled"),
    ("Peru and Chile signed a fishing treaty in Lima.", "signed"),
    ("The parliament of Ghana voted to ratify the border treaty with Togo.", "ratified"),
    ("The border treaty with Togo was ratified by Ghana's parliament.", "ratified"),
    ("The truce between Armenia and Azerbaijan entered into force on Monday.", "in force"),
    ("France and Niger agreed to extend the uranium agreement.", "extended"),
    ("The uranium agreement between France and Niger was renewed for a year.", "extended"),
    ("The extension of the gas deal between Qatar and Egypt was announced in Doha on Tuesday.", "extended"),
    ("Mali suspended the defence pact with France.", "suspended"),
    ("Mali suspended its participation in the defence pact with France.", "suspended"),
    ("The truce between Armenia and Azerbaijan expired on Monday.", "expired"),
    ("Russia pulled out of the grain pact.", "ended"),
    ("Russia has withdrawn from the grain pact.", "ended"),
    ("France broke off the arms deal with Brazil.", "ended"),
    ("The arms deal was terminated by Brazil.", "ended"),
    ("Serbia said Kosovo had violated the customs agreement.", "violated"),
    ("Serbia will leave the customs agreement.", None),
    ("Denmark and Sweden may extend the bridge agreement.", None),
    ("Denmark denied that it had left the bridge agreement.", None),
    ("Ghana refused to suspend the border treaty with Togo.", None),
    ("Peru called for the extension of the gas deal with Chile.", None),
    ("The ratification of the border treaty between Ghana and Togo was delayed.", None),
    ("The striker extended his deal with the club.", None),
)
OWED = (
    ("Iran committed under the nuclear deal to cap its enrichment.", ("IRN", "---", "to cap its enrichment")),
    ("Under the grazing accord, Kenya pledged to Ethiopia to open two wells.", ("KEN", "ETH", "to open two wells")),
    ("Kenya and Ethiopia signed a grazing accord. Kenya had pledged under the accord to open two wells.", ("KEN", "ETH", "to open two wells")),
    ("Kenya refused to pledge under the grazing accord to open two wells.", None),
)


def code_texts(run, where, texts):
    lines = [json.dumps({"id": f"r{i:02}", "date": "2024-05-02", "lang": "en", "text": text}) for i, text in enumerate(texts)]
    run("code", "-", "--from", "jsonl", "-o", where, given=("\n".join(lines) + "\n").encode())


def check_pacts(run, tally, here):
    code_texts(run, here / "pacts.db", [PACTS.replace("\n", " ")])
    with sqlite3.connect(here / "pacts.db") as base:
        got = set(base.execute("SELECT g.name, substr(o.code, 1, 3), p.kind, substr(j.code, 1, 3) FROM agreements g"
                               " JOIN agreement_parts p ON p.agreement = g.id AND p.kind IN ('kept', 'broken', 'unclear')"
                               " JOIN agreement_parties o ON o.agreement = g.id AND o.role = 'of' JOIN agreement_parties j ON j.agreement = g.id AND j.role = 'judge'"))
        owed = [r[0] for r in base.execute("SELECT code FROM agreement_parties WHERE role = 'by'")]
    tally.tell(got == ASSESSED, "who is said to keep or break which agreement", str(got ^ ASSESSED))
    tally.tell(len(owed) == 1 and owed[0].startswith("TUR"), "what was owed under an agreement, and by whom", str(owed))


def check_runs(run, tally, here):
    """Each report names the run that made it: program, model, word lists, options."""
    run("code", SAMPLES / "13-harbour-cup.txt", "-o", here / "runs.db")
    run("code", SAMPLES / "12-tunis-trial.txt", "-o", here / "runs.db", "--from", "text")
    info = run("info")[1].decode()
    with sqlite3.connect(here / "runs.db") as base:
        got = base.execute("SELECT u.program, u.model, u.words, u.options FROM reports r JOIN runs u ON u.id = r.run ORDER BY r.number").fetchall()
    told = all(re.search(rf"^{name} +{re.escape(value)}\b", info, re.M) for name, value in zip(("dragoman", "model", "word lists"), got[0]))
    tally.tell([g[3] for g in got] == ["", "from=text"] and got[0][:3] == got[1][:3] and told and re.fullmatch(r"\d+\.\d+\.\d+\+[0-9a-f]{16}", got[0][0]),
               "each report names its run", f"{got}\n{info}")


def check_schema_doc(run, tally, server, here):
    """docs/schema.md: its queries run on both, and it names every table and column."""
    text = (ROOT / "docs/schema.md").read_text(encoding="utf-8")
    told = set(re.findall(r"[a-z_]+", text + (ROOT / "docs/joining.md").read_text(encoding="utf-8")))
    queries = [q for block in re.findall(r"```sql\n(.*?)```", text, re.S) for q in re.sub(r"--.*", "", block).split(";") if q.strip()]
    run("code", SAMPLES, "-o", here / "doc.db")
    wrong = []
    with sqlite3.connect(here / "doc.db") as base:
        for query in queries:
            try:
                base.execute(query).fetchall()
                if server is not None:
                    server.sql("jobs2", query)
            except (sqlite3.Error, RuntimeError) as error:
                wrong.append(f"{query.strip()}: {error}")
    tally.tell(len(queries) > 10 and not wrong, "the queries of docs/schema.md run", "\n".join(wrong))
    untold = [f"{table}.{column[0]}" for table, columns in shape(here / "doc.db").items() if table != "(indexes)"
              for column in columns if not {table, column[0]} <= told]
    tally.tell(not untold, "docs/schema.md names every table and column", str(untold))


def check_bad_days(run, tally, server, here):
    """What can go wrong with a server: a clear message, and the same command goes on when it is mended."""
    source = here / "many.jsonl"
    source.write_text(soak.reports(600, 3), encoding="utf-8")

    def told(name, desk, *words):
        code, _, err = run("code", source, "-o", desk)
        tally.tell(code == 1 and all(word in err for word in words) and "secret" not in err, f"PostgreSQL, {name}", f"exit {code} {err}")
    told("nobody listens", "postgresql://desk:secret@127.0.0.1:1/desk", "refused", "does the server run")
    told("no such database", server.url("nowhere"), "does not exist", "database right")
    server.sql("postgres", "CREATE ROLE guarded LOGIN PASSWORD 'right'")
    hba = server.folder / "data" / "pg_hba.conf"
    plain = hba.read_text()
    hba.write_text("local all guarded scram-sha-256\n" + plain)
    server.sql("postgres", "SELECT pg_reload_conf()")
    told("wrong password", server.url("postgres", "guarded:secret"), "password", "PGPASSWORD")
    hba.write_text(plain)
    server.sql("postgres", "SELECT pg_reload_conf()")
    server.address("foreign")
    server.sql("foreign", "CREATE TABLE reports(a INTEGER)")
    told("tables of another program", server.url("foreign"), "another program", "schema of its own")
    tally.tell(server.sql("foreign", "SELECT count(*) FROM reports") == "0", "tables of another program are left as they are")
    server.sql("foreign", "CREATE SCHEMA apart")
    code, _, err = run("code", SAMPLES / "13-harbour-cup.txt", "-o", server.url("foreign", more="&options=-csearch_path%3Dapart"))
    tally.tell(code == 0 and server.sql("foreign", "SELECT count(*) FROM apart.reports") == "1", "a schema of its own beside them", err)
    server.sql("postgres", "CREATE ROLE reader LOGIN")
    server.sql("jobs1", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    told("no permission to write", server.url("jobs1", "reader"), "no permission", "grant")
    code, out, err = run("info", server.url("jobs1", "reader"))
    tally.tell(code == 0 and b"reports     22" in out, "a user who may only read reads", err)
    server.sql("jobs1", "UPDATE dragoman_desk SET version = 999")
    told("a newer desk", server.url("jobs1"), "newer dragoman")


def check_stages(run, tally, here):
    code_texts(run, here / "stages.db", [text for text, _ in STAGES])
    code_texts(run, here / "owed.db", [text for text, _ in OWED])
    with sqlite3.connect(here / "stages.db") as base:
        got = {}
        for report, stage in base.execute("SELECT report, stage FROM agreements"):
            got.setdefault(report, set()).add(stage)
    for i, (text, stage) in enumerate(STAGES):
        found = got.get(f"r{i:02}", set())
        tally.tell(found == ({stage} if stage else set()), f"stage {stage}: {text}", str(found))
    with sqlite3.connect(here / "owed.db") as base:
        rows = base.execute("SELECT g.report, substr(b.code, 1, 3), substr(t.code, 1, 3), p.text FROM agreements g"
                            " JOIN agreement_parts p ON p.agreement = g.id AND p.kind = 'undertaking'"
                            " JOIN agreement_parties b ON b.agreement = g.id AND b.role = 'by' JOIN agreement_parties t ON t.agreement = g.id AND t.role = 'to'")
        got = {row[0]: row[1:] for row in rows}
    for i, (text, owed) in enumerate(OWED):
        tally.tell(got.get(f"r{i:02}") == owed, f"owed: {text}", str(got.get(f"r{i:02}")))


HISTORY = [("negotiated", "2024-01", "h1"), ("signed", "2024-03-04", "h1"), ("ratified", "2024-06-11", "h2"), ("in force", "2024-06-12", "h2"),
           ("in force", "2024-06-12", "h2"), ("ended", "2025-02-19", "h3"), ("violated", "2025-02-20", "h3")]
# Between a government and the rebels of its own country.
PEACE = [("negotiated", "2024-01", "a1"), ("signed", "2024-03-04", "a1"), ("ratified", "2024-06-11", "a2"), ("ended", "2025-02-19", "a3"),
         ("violated", "2025-02-20", "a3")]
# field, then value and report of each voucher
DISPUTES = {("dead", ("12", "t1"), ("19", "t2")), ("injured", ("30", "t1"), ("41", "t2")),
            ("date", ("2024-05-14", "d1"), ("2024-05-15", "d2")), ("doer", ("Turkey", "p1"), ("Iran", "p2")), ("denial", ("claimed", "c1"), ("denied", "c2"))}
STANDINGS = {("i1", "SANCTION", "independent"), ("s1", "ASSAULT", "one side"), ("c1", "ASSAULT", "contested"), ("c2", "ASSAULT", "denied"),
             ("p1", "ASSAULT", "contested"), ("p2", "ASSAULT", "contested")}


def check_across(run, tally, here):
    run("code", ROOT / "tests/desks/accord.jsonl", "-o", here / "accord.db")
    run("code", ROOT / "tests/desks/disputes.jsonl", "-o", here / "disputes.db")
    with sqlite3.connect(here / "accord.db") as base:
        accords = list(base.execute("SELECT accord, name, stage, reports, owners FROM accords ORDER BY number"))
        rows = list(base.execute("SELECT stage, date, report FROM accord_stages WHERE accord = ? ORDER BY number", accords[0][:1]))
        unclear = list(base.execute("SELECT s.report FROM accord_stages s JOIN agreement_parts p ON p.agreement = s.agreement"
                                    " WHERE p.kind = 'unclear' AND s.accord = ?", accords[0][:1]))
    tally.tell(rows == HISTORY, "an agreement through three reports", str(rows))
    tally.tell([a[1:] for a in accords] == [("grazing accord", "violated", 3, 3), ("railway deal", "signed", 1, 1)], "another deal stays apart", str(accords))
    tally.tell(unclear == [("h2",)], "an assessment joins the accord that it speaks of", str(unclear))
    run("code", ROOT / "tests/desks/rebels.jsonl", "-o", here / "rebels.db")
    with sqlite3.connect(here / "rebels.db") as base:
        rows = list(base.execute("SELECT stage, date, report FROM accord_stages ORDER BY accord, number"))
    tally.tell(rows == PEACE, "an agreement of a government with its own rebels", str(rows))
    run("code", ROOT / "tests/desks/offices.jsonl", "-o", here / "offices.db")
    with sqlite3.connect(here / "offices.db") as base:
        rows = set(base.execute("SELECT field, value, report FROM disputes"))
    tally.tell(rows == {("office", "Defence Minister", "o1"), ("office", "Foreign Minister", "o2")}, "two offices of one person in two reports", str(rows))
    with sqlite3.connect(here / "disputes.db") as base:
        got = {}
        for number, field, value, report in base.execute("SELECT dispute, field, value, report FROM disputes ORDER BY dispute, number"):
            got.setdefault(number, [field]).append((value, report))
        standings = set(base.execute("SELECT first_report, plover, standing FROM joined"))
    got = {tuple(row) for row in got.values()}
    tally.tell(got == DISPUTES, "where two reports of one story differ", str(got ^ DISPUTES))
    tally.tell(STANDINGS <= standings, "how events stand", str(STANDINGS - standings))


def check_units(build, tally, server, env):
    """The unit tests of the store once more, on the server."""
    env = dict(env, DRAGOMAN_TEST_DESK=server.address("units"), DRAGOMAN_DATA=str(ROOT))
    done = subprocess.run([str(build / "tests/test_store")], capture_output=True, env=env, timeout=300)
    text = (done.stdout + done.stderr).decode("utf-8", "replace")
    tally.tell(done.returncode == 0 and "ok 1" in text, "the unit tests of the store on PostgreSQL", text[-1500:])


def run(build, tally, env):
    runner = Runner(build, env)
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        check_versions(runner, tally, here)
        check_runs(runner, tally, here)
        check_order(runner, tally, here)
        check_pacts(runner, tally, here)
        check_stages(runner, tally, here)
        check_across(runner, tally, here)
        why = postgres.missing()
        if why is not None:
            tally.skip("desks on a PostgreSQL server", why)
            check_merge(runner, tally, None, here)
            failing.run(runner, tally, here, None)
            soak.soak(runner.program, env, 2, 300, 5, tally)
            return
        with postgres.Server() as server:
            check_postgres(runner, tally, server, here)
            check_merge(runner, tally, server, here)
            check_schema_doc(runner, tally, server, here)
            check_bad_days(runner, tally, server, here)
            failing.run(runner, tally, here, server)
            soak.soak(runner.program, env, 2, 300, 5, tally, server)
            check_units(build, tally, server, env)

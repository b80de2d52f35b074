# SPDX-License-Identifier: Apache-2.0
"""Checks of what users ask a desk: scores against an independent scorer, filters against sqlite3 of Python, exports
read back by csv, json and xml of Python, the same answers from PostgreSQL."""
import csv
import io
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import xml.etree.ElementTree

import postgres

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


class Asker:
    def __init__(self, build, env):
        self.program, self.env = str(build / "dragoman"), env

    def __call__(self, *arguments, code=0, **more):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True, env=self.env, timeout=300, **more)
        if done.returncode != code:
            raise RuntimeError(f"exit {done.returncode}: {' '.join(map(str, arguments))}\n{done.stderr.decode()[-800:]}")
        return done.stdout.decode("utf-8")


def check_eval(ask, folder, tally):
    gold, scorer = SHARED / "data/reports", SHARED / "score/reports.py"
    if not scorer.exists() or not (gold / "gold").is_dir():
        tally.skip("eval agrees with an independent scorer", "no evaluation data beside the project")
        return
    system = folder / "system.jsonl"
    system.write_text(ask("code", gold / "reports.dev.jsonl", "--to", "jsonl"), encoding="utf-8")
    ours = ask("eval", gold / "gold", system)
    theirs = subprocess.run([sys.executable, str(scorer), str(gold / "gold"), str(system)], capture_output=True, text=True, check=True).stdout
    for level in ("what", "who-whom", "sector"):
        a = [float(x) for x in re.search(rf"^{level} +\d+ +\d+ +\d+ +(\S+) +(\S+) +(\S+)$", ours, re.M).groups()]
        b = [float(x) for x in re.search(rf"^{level} +(\S+) +(\S+) +(\S+) ", theirs, re.M).groups()]
        tally.tell(max(abs(x - y) for x, y in zip(a, b)) <= 0.5, f"eval agrees with an independent scorer: {level}", f"{a} {b}")
    ask("code", gold / "reports.dev.jsonl", "-o", folder / "scored.db")
    tally.tell(ask("eval", gold / "gold", folder / "scored.db") == ours, "eval: the desk gives the same figures")
    own = ask("eval", gold / "gold", "--texts", gold / "reports.dev.jsonl")
    tally.tell(own == ours, "eval: texts coded on the way give the same figures", own)


# ------------------------------------------------------------------ filters

CASES = (  # filter words, condition over the tellings e (with its report r) that must be the same
    (["class=agree"], "e.plover = 'AGREE'"),
    (["category=agree,consult", "status!=planned"], "e.plover IN ('AGREE', 'CONSULT') AND e.status <> 'planned'"),
    (["source=KEN"], "EXISTS(SELECT 1 FROM actors a WHERE a.event = e.id AND a.side = 'source' AND a.code GLOB 'KEN*')"),
    (["source!=KEN"], "NOT EXISTS(SELECT 1 FROM actors a WHERE a.event = e.id AND a.side = 'source' AND a.code GLOB 'KEN*')"),
    (["target=ETH"], "EXISTS(SELECT 1 FROM actors a WHERE a.event = e.id AND a.code GLOB 'ETH*' AND (a.side = 'target' OR a.side = 'source' AND e.reciprocal))"),
    (["actor=MIL"], "EXISTS(SELECT 1 FROM actors a WHERE a.event = e.id AND a.side <> 'claimer' AND a.code GLOB '* MIL')"),
    (["actor=minist"], "EXISTS(SELECT 1 FROM actors a WHERE a.event = e.id AND a.side <> 'claimer' AND lower(a.name || ' ' || a.title) LIKE '%minist%')"),
    (["source=KEN GOV"], "EXISTS(SELECT 1 FROM actors a WHERE a.event = e.id AND a.side = 'source' AND a.code = 'KEN GOV')"),
    (["cameo=04"], "e.cameo GLOB '04*'"),
    (["since=2024-03", "until=2024-09-30"], "e.day BETWEEN julianday('2024-03-01') - 2440587.5 AND julianday('2024-09-30') - 2440587.5"),
    (["date=2024"], "e.day BETWEEN julianday('2024-01-01') - 2440587.5 AND julianday('2024-12-31') - 2440587.5"),
    (["place=nairobi"], "e.place = 'Nairobi'"),
    (["country!=KEN"], "coalesce(e.country, '') <> 'KEN'"),
    (["outlet=horn daily"], "r.outlet = 'Horn Daily'"),
    (["conf>=0.8"], "e.confidence >= 0.8"),
    (["dead>0"], "e.dead > 0"),
    (["background=no", "mutual=yes"], "e.background = 0 AND e.reciprocal = 1"),
    (["context=military"], "(';' || e.contexts || ';') LIKE '%;military;%'"),
    (["text=border crossing"], "holds(r.title || ' | ' || r.text, 'border') AND holds(r.title || ' | ' || r.text, 'crossing')"),
    (["text=\"border crossing\""], "holds(r.title || ' | ' || r.text, 'border crossing')"),
    (["reports>=2"], "(SELECT count(DISTINCT o.report) FROM events o WHERE o.story = e.story) >= 2"),
    (["place=O'Brien"], "e.place = 'O''Brien'"),
)


def check_filters(ask, desk, tally):
    with sqlite3.connect(desk) as base:
        base.create_function("holds", 2, lambda text, words: f" {words} " in " " + " ".join(re.findall(r"[^\W_]+", text.lower())) + " ")
        for words, condition in CASES:
            wanted = base.execute("SELECT count(DISTINCT e.story), count(DISTINCT e.report), count(DISTINCT nullif(r.outlet, '')) FROM events e"
                                  f" JOIN reports r ON r.id = e.report WHERE {condition}").fetchone()
            got = json.loads(ask("query", desk, *words, "--count", "--to", "jsonl"))
            rows = ask("query", desk, *words, "--to", "jsonl").count("\n")
            shown = ask("query", desk, *words, "--count", "--sql")
            again = base.execute(shown).fetchone()
            good = tuple(got.values()) == wanted == again and rows == wanted[0]
            tally.tell(good, "filter " + " ".join(words), f"{got}, {rows} rows, its SQL {again}, not {wanted}\n{shown}")


def check_dyads(ask, desk, tally):
    rows = [json.loads(line) for line in ask("query", desk, "--to", "jsonl").split("\n") if line]
    for a, b in (("KEN", "ETH"), ("ETH", "KEN"), ("SDN", "SDN")):
        def sides(e):
            source, target = [x["code"][:3] for x in e["source"]], [x["code"][:3] for x in e["target"]]
            if e["reciprocal"]:
                return {(x, y) for i, x in enumerate(source) for j, y in enumerate(source) if i != j}
            return {(x, y) for x in source for y in target} | {(y, x) for x in source for y in target}
        wanted = sorted(e["event"] for e in rows if (a, b) in sides(e))
        got = sorted(json.loads(line)["event"] for line in ask("query", desk, f"dyad={a}-{b}", "--to", "jsonl").split("\n") if line)
        tally.tell(got == wanted and (wanted or a == "SDN"), f"filter dyad={a}-{b}", f"{got} not {wanted}")


def check_groups(ask, desk, tally):
    rows = [json.loads(line) for line in ask("query", desk, "--to", "jsonl", "--tellings").split("\n") if line]
    for name, value in (("category", lambda e: e["plover"]), ("month", lambda e: (e["date"] or e["report_date"])[:7]), ("outlet", lambda e: e["outlet"])):
        wanted = {}
        for e in rows:
            wanted.setdefault(value(e), [set(), set(), set()])
            for part, key in zip(wanted[value(e)], (e["event"], e["doc"], e["outlet"])):
                part.update({key} - {""})
        got = [json.loads(line) for line in ask("query", desk, "--by", name, "--to", "jsonl").split("\n") if line]
        counted = {g[name]: [g["events"], g["reports"], g["outlets"]] for g in got}
        tally.tell(counted == {k: [len(x) for x in v] for k, v in wanted.items()}, f"query --by {name}", str(got))


# ------------------------------------------------------------------ what goes across reports

ACCORD = ("Iran and Syria signed a military accord in Damascus on Tuesday. Under the accord Iran is to strengthen the air defences of Syria. "
          "The two ministers spoke to reporters after the ceremony in the old fortress of the city.")
TOLD = (  # id, outlet, owner, date, title, text
    ("w1", "Press TV", "state of Iran", "2024-07-09", "Iran, Syria sign accord", ACCORD),
    ("w2", "Parstoday", "", "2024-07-09", "Accord signed", ACCORD.replace(" of the city", "")),
    ("w3", "Harbour Wire", "", "2024-07-10", "A pact in Damascus", "Iran and Syria have signed a military accord in Damascus on Tuesday, officials in both"
     " capitals said. Diplomats in Ankara said that they had expected such a step, according to Press TV."),
    ("w4", "Harbour Wire", "", "2024-09-02", "Tehran charged with breach", "Syria on Monday accused Iran of violating the military accord that the two"
     " countries signed in July. A Syrian general said that Iran had failed to fulfil its commitments under the military accord."),
    ("s1", "Horn Daily", "", "2024-11-05", "Strike on Nyala", "An air strike by the Sudanese army killed 34 civilians in Nyala on Monday, doctors said."),
    ("s2", "Khartoum Echo", "", "2024-11-06", "", "The Sudanese army killed 51 civilians in Nyala on Monday when its warplanes bombed the market."),
    ("s3", "Nile Gazette", "", "2024-11-07", "Army speaks", "The Sudanese army denied that it had killed civilians in Nyala on Monday."),
)

# Filter words of --of KIND, and the keys that must be listed, in SQL of our own.
LISTED = (
    ("joined", "event", [], "SELECT DISTINCT story FROM events"),
    ("joined", "event", ["class=agree", "outlet=parstoday"],
     "SELECT DISTINCT e.story FROM events e JOIN reports r ON r.id = e.report WHERE e.plover = 'AGREE' AND r.outlet = 'Parstoday'"),
    ("joined", "event", ["standing=contested,independent"], "SELECT event FROM joined WHERE standing IN ('contested', 'independent')"),
    ("joined", "event", ["reports>=2", "since=2024-07", "until=2024-07"],
     "SELECT story FROM events WHERE shown LIKE '2024-07-%' GROUP BY story HAVING count(DISTINCT report) >= 2"),
    ("stories", "report", [], "SELECT id FROM reports"),
    ("stories", "report", ["outlet=parstoday"], "SELECT id FROM reports WHERE story = (SELECT story FROM reports WHERE outlet = 'Parstoday')"),
    ("stories", "report", ["reports>=3"], "SELECT id FROM reports WHERE story IN (SELECT story FROM reports GROUP BY story HAVING count(*) >= 3)"),
    ("stories", "report", ["class=assault", "date=2024-11-06"], "SELECT id FROM reports WHERE story = (SELECT story FROM reports WHERE id = 's2')"),
    ("stories", "report", ["text=penalties"], "SELECT id FROM reports WHERE story IN (SELECT story FROM reports WHERE text LIKE '%penalties%')"),
    ("copies", "report", [], "SELECT id FROM reports WHERE copy_of IS NOT NULL"),
    ("copies", "report", ["outlet=press tv"], "SELECT 'w2'"),
    ("copies", "report", ["reports>=2", "outlets=2"], "SELECT id FROM reports WHERE copy_of IS NOT NULL"),
    ("copies", "report", ["reports>=3"], "SELECT 'none' WHERE 0"),
    ("copies", "report", ["actor=SDN"], "SELECT 'none' WHERE 0"),
    ("disputes", "said_by", [], "SELECT said_by FROM disputes"),
    ("disputes", "said_by", ["outlet=nile gazette"], "SELECT said_by FROM disputes WHERE dispute IN (SELECT dispute FROM disputes WHERE report = 's3')"),
    ("agreements", "agreement", [], "SELECT id FROM agreements"),
    ("agreements", "agreement", ["dyad=SYR-IRN"], "SELECT agreement FROM accord_stages WHERE accord IN (SELECT p.agreement FROM agreement_parties p"
     " JOIN agreement_parties q ON q.agreement = p.agreement WHERE p.code GLOB 'SYR*' AND q.code GLOB 'IRN*')"),
    ("agreements", "agreement", ["since=2024-09-02", "until=2024-09", "actor=IRN"], "SELECT agreement FROM accord_stages WHERE accord IN (SELECT s.accord FROM accord_stages s JOIN agreements a ON a.id = s.agreement"
     " WHERE a.report = 'w4')"),
    ("agreements", "agreement", ["place=damascus"], "SELECT agreement FROM accord_stages WHERE accord IN (SELECT s.accord FROM accord_stages s JOIN agreements a ON a.id = s.agreement"
     " WHERE a.report IN ('w1', 'w2', 'w3'))"),
    ("repeats", "outlet", [], "SELECT outlet FROM repeats"),
    ("repeats", "outlet", ["outlet=press tv"], "SELECT outlet FROM repeats WHERE outlet = 'Press TV' OR cited = 'Press TV'"),
)


def lines_of(text):
    return [json.loads(line) for line in text.split("\n") if line]


def check_listed(ask, desk, base, tally):
    for kind, key, words, sql in LISTED:
        got = lines_of(ask("query", desk, "--of", kind, *words, "--to", "jsonl"))
        wanted = sorted(row[0] for row in base.execute(sql))
        rows = ask("query", desk, "--of", kind, *words, "--to", "csv").count("\r\n") - 1
        again = base.execute(ask("query", desk, "--of", kind, *words, "--to", "csv", "--sql")).fetchall()
        counts = list(lines_of(ask("query", desk, "--of", kind, *words, "--count", "--to", "jsonl"))[0].values())
        good = sorted(row[key] for row in got) == wanted and rows == len(again) == len(got) and len(got) in counts
        tally.tell(good and (wanted or "'none'" in sql), f"query --of {kind} {' '.join(words)}", f"{got}\nnot {wanted}; {rows} rows, {counts}")


def check_joined_rows(ask, desk, base, folder, tally):
    told = {}
    for story, report, outlet in base.execute("SELECT e.story, r.id, r.outlet FROM events e JOIN reports r ON r.id = e.report"):
        told.setdefault(story, []).append((report, outlet))
    rows = lines_of(ask("query", desk, "--of", "joined", "--to", "jsonl"))
    good = all((r["events"], r["reports"], r["outlets"]) == (len(t), len({x[0] for x in t}), len({x[1] for x in t} - {""}))
               for r in rows for t in [told[r["event"]]])
    tally.tell(good, "query --of joined counts events, reports and outlets", str(rows[:2]))
    signed = next(r for r in rows if r["plover"] == "AGREE" and r["first_report"] == "w1")
    good = (signed["who"], signed["whom"], signed["source"], signed["events"], signed["owners"], signed["standing"], signed["dead"]) == (
        "Iran, Syria", "(each other)", "IRN GOV; SYR GOV", 3, 2, "independent", None)
    tally.tell(good, "query --of joined: an accord out of three reports of two owners", str(signed))
    ask("export", desk, "-o", folder / "joined.csv", "--to", "joined", "class=agree")
    same = (folder / "joined.csv").read_bytes().decode() == ask("query", desk, "--of", "joined", "class=agree", "--to", "csv")
    run_ = json.loads((folder / "joined.csv.run.json").read_text())
    tally.tell(same and run_["format"] == "joined" and run_["filter"] == "class=agree", "export joined is the csv of query --of joined", str(run_))


def check_side_by_side(ask, desk, tally):
    rows = [r for r in lines_of(ask("query", desk, "--of", "disputes", "--to", "jsonl")) if r["report"][0] == "s"]
    sides = {}
    for r in rows:
        sides.setdefault(r["dispute"], set()).add((r["field"], r["value"], r["outlet"], r["speaker"]))
    wanted = {("denial", "actual", "Horn Daily", ""), ("denial", "denied", "Nile Gazette", "Sudanese army")}
    tally.tell(any(wanted <= s for s in sides.values()), "query --of disputes: both sides and who vouches", str(sides))
    stages = lines_of(ask("query", desk, "--of", "agreements", "outlet=harbour wire", "--to", "jsonl"))
    said = [(s["stage"], s["assessed"]) for s in stages if s["report"] == "w4"]
    owed = [s["undertaken"] for s in stages if s["undertaken"]]
    broken = any(stage == "violated" and "broken by Iran, says Syria" in assessed for stage, assessed in said)
    tally.tell(broken and {o.split(" ")[1] for o in owed} == {"A", "Under"} and all(o.startswith("Iran: ") for o in owed),
               "query --of agreements: stages, assessments, undertakings", str(stages))
    order = [(s["number"], s["date"]) for s in stages]
    tally.tell(order == sorted(order), "query --of agreements: stages in the order of their dates", str(order))
    info = ask("info", desk)
    tally.tell(re.search(r"^stories +\d+, \d+ of them of several reports\njoined +\d+ events, \d+ of them told by several reports\n"
                         r"accords +\d+ agreements, 1 of them told by several reports\ndisputes +\d+ with \d+ vouchers$", info, re.M) is not None,
               "info counts what goes across reports", info)


def check_refusals(ask, desk, tally):
    for words, part in ((["--of", "agreements", "class=agree"], "does not restrict agreements; these words do: actor, dyad"),
                        (["--of", "repeats", "actor=IRN"], "does not restrict repeats; these words do: outlet"),
                        (["--of", "joined", "sort=date"], "--of joined has an order of its own"),
                        (["--of", "stories", "--by", "day"], "--by is for events"), (["--of", "copies", "--tellings"], "--tellings is for events"),
                        (["--of", "disputes", "select 1"], "not with SQL of your own"), (["--of", "accords"], "--of takes events, joined")):
        done = subprocess.run([ask.program, "query", str(desk), *words], capture_output=True, env=ask.env, timeout=60)
        tally.tell(done.returncode == 2 and part in done.stderr.decode(), "query refuses " + " ".join(words), done.stderr.decode())


def own_reports(folder):
    path = folder / "told.jsonl"
    names = ("id", "outlet", "owner", "date", "title", "text")
    path.write_text("".join(json.dumps(dict(zip(names, report))) + "\n" for report in TOLD), encoding="utf-8")
    return path


def check_across(ask, folder, tally):
    desk = folder / "across.db"
    ask("code", ROOT / "samples", own_reports(folder), "-o", desk)
    with sqlite3.connect(desk) as base:
        check_listed(ask, desk, base, tally)
        check_joined_rows(ask, desk, base, folder, tally)
    check_side_by_side(ask, desk, tally)
    check_refusals(ask, desk, tally)


# ------------------------------------------------------------------ exports

def exported(ask, desk, folder, kind, *words):
    path = folder / f"out.{kind}"
    ask("export", desk, "-o", path, "--to", kind, *words)
    return path.read_text(encoding="utf-8")


def check_run_files(ask, desk, folder, tally):
    for kind in ("csv", "jsonl", "gdelt1", "gdelt2", "gdelt2-mentions", "icews", "phoenix", "plover", "polecat"):
        exported(ask, desk, folder, kind, "class=agree")
        run_ = json.loads((folder / f"out.{kind}.run.json").read_text())
        good = "class=agree" in run_["filter"] and len(run_["runs"]) == 1 and len(run_["runs"][0]["words"]) == 16 and run_["format"] == kind
        tally.tell(good and not list(folder.glob("*.part")), f"export {kind} names its run", str(run_))


def pairs(e):
    n = len(e["source"])
    return n * (n - 1) // 2 if e["reciprocal"] and n > 1 else max(1, n) * max(1, len(e["target"]))


def check_tables(ask, desk, folder, events, tally):
    deeds = [e for e in events if e["status"] in ("actual", "claimed")]
    rows = list(csv.DictReader(io.StringIO(exported(ask, desk, folder, "csv"), newline="")))
    same = [(r["event"], r["plover"], r["evidence"], r["url"]) for r in rows] == [
        (e["event"], e["plover"], e["evidence"][0]["text"], e["url"]) for e in events]
    tally.tell(same, "export csv read back", str(rows[:1]))
    for kind, columns, head in (("gdelt1", 58, None), ("gdelt2", 61, None), ("icews", 20, "Event ID"), ("phoenix", 26, None), ("polecat", 40, "Event ID")):
        lines = [line.split("\t") for line in exported(ask, desk, folder, kind).split("\n")[:-1]]
        lines = lines[1:] if head and lines[0][0] == head else [] if head else lines
        wide = {len(line) for line in lines}
        keys = {(line[0], line[1]) for line in lines}
        tally.tell(wide == {columns} and len(lines) == sum(pairs(e) for e in deeds) == len(keys), f"export {kind}: columns and rows",
                   f"{wide} columns, {len(lines)} rows, {len(keys)} ids")
    first = next(e for e in events if e["event"] == rows[0]["event"])
    gdelt = [line.split("\t") for line in exported(ask, desk, folder, "gdelt2").split("\n")[:-1]]
    row = next(r for r in gdelt if r[60] == first["url"])
    tally.tell(row[28] == first["cameo"][:2] and row[29] == str(first["quad"]) and float(row[30]) == first["goldstein"] and row[26:28] == [
        first["cameo"], first["cameo"][:3]], "export gdelt2: codes in their columns", str(row))
    mentions = [line.split("\t") for line in exported(ask, desk, folder, "gdelt2-mentions").split("\n")[:-1]]
    counted = {g[0]: int(g[31]) for g in gdelt}
    met = {number: sum(m[0] == number for m in mentions) for number in counted}
    tally.tell({len(m) for m in mentions} == {16} and met == counted, "export gdelt2-mentions: as many as NumMentions says", str(len(mentions)))
    once = exported(ask, desk, folder, "phoenix", "--one-a-day").split("\n")[:-1]
    keys = [tuple(line.split("\t")[i] for i in (1, 5, 9, 13)) for line in once]
    tally.tell(len(keys) == len(set(keys)) > 0, "export phoenix --one-a-day", str(len(keys)))


def check_sentences(ask, folder, tally):
    """Every format that has a place for it names the sentence that tells the deed."""
    text = folder / "numbered.txt"
    text.write_text("The rains came late this year. Kenya and Ethiopia signed a grazing agreement on Monday.\n\n"
                    "Nobody spoke of it. The harvest is over. Sudan accused Chad of arming rebels.\n", encoding="utf-8")
    desk = folder / "numbered.db"
    ask("code", text, "-o", desk)
    wanted = {"AGREE": 2, "ACCUSE": 5}
    csv_rows = {r["plover"]: int(r["sentence"]) for r in csv.DictReader(io.StringIO(exported(ask, desk, folder, "csv"), newline=""))}
    plover = {p["event"][0]: p["text_info"]["sequence"] for p in map(json.loads, exported(ask, desk, folder, "plover").splitlines())}
    jsonl = {r["plover"]: r["sentence"] for r in map(json.loads, exported(ask, desk, folder, "jsonl").splitlines())}
    tally.tell(csv_rows == plover == jsonl == wanted, "csv, plover and jsonl name the sentence", f"{csv_rows} {plover} {jsonl}")
    icews = {int(line.split("\t")[12]) for line in exported(ask, desk, folder, "icews").splitlines()[1:]}
    mentions = {int(line.split("\t")[6]) for line in exported(ask, desk, folder, "gdelt2-mentions").splitlines()}
    phoenix = {int(line.split("\t")[23].rsplit("_", 1)[1]) for line in exported(ask, desk, folder, "phoenix").splitlines()}
    tally.tell(icews == mentions == phoenix == {2, 5}, "icews, gdelt2-mentions and phoenix name the sentence", f"{icews} {mentions} {phoenix}")


def check_documents(ask, desk, folder, events, tally):
    plover = [json.loads(line) for line in exported(ask, desk, folder, "plover").split("\n") if line]
    good = all(p["event"] == [e["plover"]] and p["id"] == e["event"] and len(p["actor"]) == len(e["source"]) and
               (not e["reciprocal"] or p["recipient"] == []) and p["event_text"][0] == e["evidence"][0]["text"] for p, e in zip(plover, events))
    tally.tell(good and len(plover) == len(events), "export plover read back", str(plover[:1]))
    points = json.loads(exported(ask, desk, folder, "geojson"))
    placed = [e for e in events if e["place"]]
    good = [f["geometry"]["coordinates"] for f in points["features"]] == [[e["place"]["lon"], e["place"]["lat"]] for e in placed]
    tally.tell(good and points["dragoman"]["runs"], "export geojson read back", str(points["features"][:1]))
    graph = xml.etree.ElementTree.fromstring(exported(ask, desk, folder, "gexf"))
    space = {"g": "http://gexf.net/1.3"}
    nodes, edges = graph.findall(".//g:node", space), graph.findall(".//g:edge", space)
    known = {n.get("id") for n in nodes}
    weight = sum(int(e.get("weight")) for e in edges)
    good = all(e.get("source") in known and e.get("target") in known for e in edges) and weight == sum(pairs(e) for e in events)
    tally.tell(good and len(nodes) == len({n.get("label") for n in nodes}), "export gexf read back", f"{len(nodes)} nodes, {len(edges)} edges, weight {weight}")


QUESTIONS = ([("query", *words, "--count") for words, _ in CASES] + [("query", "--by", group) for group in ("month", "dyad", "speaker", "country")] +
             [("query", "sort=-reports", "limit=7"), ("query", "dyad=KEN-ETH", "--to", "csv"), ("query", "select id from reports order by id"), ("problems",)] +
             [("export", "--to", kind) for kind in ("csv", "gdelt2-mentions", "phoenix", "gexf")])


ACROSS = ([("query", "--of", kind, *words, "--to", "csv") for kind, _, words, _ in LISTED] +
          [("query", "--of", kind) for kind in ("joined", "stories", "copies", "disputes", "agreements", "repeats")] +
          [("query", "--of", "stories", "outlet=press tv", "--count", "--to", "jsonl"), ("export", "--to", "joined", "class=agree")])


def check_postgres(ask, desk, folder, tally):
    missing = postgres.missing()
    if missing:
        tally.skip("the same answers from PostgreSQL", missing)
        return
    with postgres.Server() as server:
        for name, inputs, here, questions in (("asked", [], desk, QUESTIONS), ("across", [folder / "told.jsonl"], folder / "across.db", ACROSS)):
            ask("code", ROOT / "samples", *inputs, "-o", server.address(name))
            for command, *words in questions:
                ours, theirs = ask(command, here, *words), ask(command, server.address(name), *words)
                tally.tell(ours == theirs, f"the same from PostgreSQL: {command} {' '.join(words)}", f"{ours[:600]}\n{theirs[:600]}")
        for sql in ("delete from events returning id", "with x as (delete from events returning id) select * from x", "select pg_sleep(30)"):
            done = subprocess.run([ask.program, "query", server.address("asked"), sql, "--seconds", "1"], capture_output=True, env=ask.env, timeout=60)
            tally.tell(done.returncode in (1, 2), f"PostgreSQL refuses: {sql}", done.stdout.decode())


def check_safety(ask, desk, tally):
    before = pathlib.Path(desk).read_bytes()
    for sql in ("with x as (select 1) delete from events", "select 1; delete from events", "values (writefile('x', 'y'))", "select load_extension('x')"):
        subprocess.run([ask.program, "query", str(desk), sql], capture_output=True, env=ask.env, timeout=60)
    tally.tell(pathlib.Path(desk).read_bytes() == before, "SQL changes nothing")
    ask("query", desk, "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n", "--seconds", "1", code=1)
    tally.tell(True, "SQL without an end is ended")


def check_desk(ask, folder, tally):
    desk = folder / "desk.db"
    ask("code", ROOT / "samples", "-o", desk)
    check_filters(ask, desk, tally)
    check_dyads(ask, desk, tally)
    check_groups(ask, desk, tally)
    events = [json.loads(line) for line in exported(ask, desk, folder, "jsonl").split("\n") if line]
    check_run_files(ask, desk, folder, tally)
    check_tables(ask, desk, folder, events, tally)
    check_documents(ask, desk, folder, events, tally)
    check_safety(ask, desk, tally)
    check_postgres(ask, desk, folder, tally)


def run(build, tally, env):
    import tempfile
    ask = Asker(build, env)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for check in (check_eval, check_across, check_sentences, check_desk):
            try:
                check(ask, folder, tally)
            except (RuntimeError, subprocess.SubprocessError) as error:
                tally.tell(False, check.__name__, str(error))

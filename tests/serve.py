#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks of `dragoman serve`: its numbers against `query` and SQL, its pages, safety."""
import json
import pathlib
import random
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.parse

import postgres
from asking import CASES, TOLD, Asker
from serve_desk import check_audit, check_change, check_kills, check_postgres
from served import TOKEN, Server, quoted

ROOT = pathlib.Path(__file__).resolve().parent.parent


# ------------------------------------------------------------------ numbers

POOL = ["class=agree", "class=assault,coerce", "category!=consult", "cameo=19", "quad=4", "quad<=2", "quad!=3", "mode=arrest", "mode!=arrest", "context=military",
        "context!=legal", "status=actual", "status!=actual,planned", "standing=single", "standing!=independent", "since=2024-06", "until=2024-12",
        "date=2024", "date!=2024-10", "place=Nairobi", "place!=nairobi", "country=KEN", "country!=KEN,ETH", "outlet=horn daily", "outlet!=Rift Valley Wire", "lang=en",
        "trigger=signed", "trigger!=signed,said", "reports>=2", "reports<2", "outlets>1", "witnesses=1", "conf>=0.8", "conf<0.8", "goldstein<=-5", "goldstein>0", "dead>=1",
        "dead!=2", "injured>0", "arrested>0", "background=no", "background=yes", "mutual=yes", "mutual=no", "source=KEN", "source!=KEN", "target=ETH", "actor=MIL",
        "actor=minist", "actor!=GOV", "actor=KEN GOV", "speaker=KEN", "speaker!=KEN", "speaker=minist", "dyad=KEN-ETH", "dyad=ARM-AZE,KEN-ETH", "dyad!=PER-PER",
        "dyad=KEN-KEN", "text=border", "text!=border", "text=\"border crossing\"", "source=---", "actor=o'", "place=%", "actor=_"]


def check_counts(ask, server, desk, tally):
    dice = random.Random(11)
    filters = [words for words, _ in CASES] + [[w] for w in POOL] + [dice.sample(POOL, dice.randint(2, 4)) for _ in range(80)]
    wrong = []
    for words in filters:
        wanted = json.loads(ask("query", desk, *words, "--count", "--to", "jsonl"))
        got = server.get("counts?" + quoted(words))
        shown = server.get("counts?show=sql&" + quoted(words))
        with sqlite3.connect(desk) as base:
            again = base.execute(shown["sql"]).fetchone()
        if {k: got[k] for k in wanted} != wanted or again != tuple(wanted.values()) or not got["exact"]:
            wrong.append(f"{words}: {got} not {wanted}, its SQL {again}")
    tally.tell(not wrong, f"serve: counts of {len(filters)} filters are those of query and of their SQL", "\n".join(wrong[:5]))
    whole, wrong = server.get("counts")["tellings"], []
    for word in POOL:
        if any(sign in word for sign in "<>") or word.startswith(("dead", "quad", "injured", "arrested", "witnesses")):
            continue
        other = word.replace("!=", "=") if "!=" in word else word.replace("=", "!=", 1)
        if sum(server.get("counts?" + quoted([w]))["tellings"] for w in (word, other)) != whole:
            wrong.append(word)
    tally.tell(not wrong, "serve: a filter and its negation are everything", str(wrong))


def check_groups(ask, server, desk, tally):
    names = "day month year category cameo status source target dyad place country outlet owner speaker lang".split()
    for words in ([], ["status=actual", "reports<3"]):
        wrong = []
        for name in names:
            wanted = [json.loads(line) for line in ask("query", desk, *words, "--by", name, "--to", "jsonl").split("\n") if line]
            got = server.get(f"groups?by={name}&rows=5000&{quoted(words)}")
            rows = [{name: r["name"], **{k: r[k] for k in ("events", "reports", "outlets")}} for r in got["rows"]]
            if rows != wanted or got["groups"] != len(wanted):
                wrong.append(f"{name}: {rows[:3]} not {wanted[:3]}")
        tally.tell(not wrong, f"serve: groups are those of query --by {' '.join(words)}", "\n".join(wrong))


def check_series(server, desk, tally):
    with sqlite3.connect(desk) as base:
        months = dict(base.execute("SELECT substr(shown, 1, 7), count(DISTINCT story) FROM events WHERE day IS NOT NULL GROUP BY 1"))
        quads = dict(base.execute("SELECT quad, count(DISTINCT story) FROM events WHERE day IS NOT NULL AND shown LIKE '2024-10%' GROUP BY 1"))
        documents = dict(base.execute("SELECT substr(date, 1, 7), count(*) FROM reports GROUP BY 1"))
        undated = base.execute("SELECT count(*) FROM events WHERE day IS NULL").fetchone()[0]
        placed = {(r[0], r[1]): r[2:] for r in base.execute("SELECT place, country, count(DISTINCT e.story), count(DISTINCT e.report) FROM events e WHERE lat IS NOT NULL GROUP BY place, country, geonameid")}
        cells = dict(((r[0], r[1]), r[2]) for r in base.execute("SELECT source, target, count(DISTINCT e.story) FROM dyads y JOIN events e ON e.id = y.event GROUP BY 1, 2"))
    line = server.get("timeline?bucket=month")
    got = {r["from"][:7]: r["events"] for r in line["rows"] if r["events"]}
    october = next(r for r in line["rows"] if r["from"] == "2024-10-01")
    tally.tell(got == months and line["undated"]["tellings"] == undated, "serve: the timeline's months are those of SQL", f"{got} not {months}")
    tally.tell(october["parts"] == [quads.get(q, 0) for q in (1, 2, 3, 4)] and october["documents"] == documents["2024-10"], "serve: parts and volume of a month", str(october))
    places = {(r["name"], r["country"]): (r["events"], r["reports"]) for r in server.get("map?by=place&rows=5000")["rows"]}
    tally.tell(places == placed, "serve: places on the map are those of SQL", str(set(places.items()) ^ set(placed.items()))[:500])
    matrix = {(c["source"], c["target"]): c["events"] for c in server.get("dyads?rows=60")["cells"] if c["source"] != c["target"]}
    tally.tell(matrix and all(cells.get(k) == v for k, v in matrix.items()), "serve: cells of the matrix are those of SQL",
               str([(k, v, cells.get(k)) for k, v in matrix.items() if cells.get(k) != v][:5]))
    pair = server.get("dyads/ARM-AZE?bucket=month")
    sums = [sum(r[way]["events"] for r in pair["rows"]) for way in ("forth", "back", "both")]
    tally.tell(sums[0] >= pair["forth"]["events"] > 0 and pair["forth"]["events"] + pair["both"]["events"] == cells[("ARM", "AZE")], "serve: a pair's two directions", f"{sums} {cells[('ARM', 'AZE')]}")
    now, before = server.get("counts?since=2024-07&until=2024-12&compare=before"), server.get("counts?since=2023-12-30&until=2024-06-30")
    tally.tell(now["earlier"]["events"] == before["events"] and now["earlier"]["since"] == "2023-12-30", "serve: the period before is as long", str(now["earlier"]))
    actor = server.get("actors/KEN")
    tally.tell(actor["as_source"] == server.get("counts?source=KEN")["events"] and actor["as_target"] == server.get("counts?target=KEN")["events"], "serve: an actor's roles", str(actor)[:200])


# ------------------------------------------------------------------ lists

def check_lists(ask, server, desk, tally):
    for sort in ("date", "-date", "number", "reports", "-outlets", "conf", "-class", "goldstein"):
        wanted = [json.loads(line)["id"] for line in ask("query", desk, f"sort={sort}", "--to", "jsonl").split("\n") if line]
        got = [r["telling"] for r in server.pages(f"events?sort={sort}", 17)]
        tally.tell(got == wanted, f"serve: pages of events by {sort} are the rows of query in their order", f"{got[:5]} not {wanted[:5]}")
    with sqlite3.connect(desk) as base:
        sums = {name: base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("reports", "claims", "accords", "repeats")}
        sums["disputes"] = base.execute("SELECT count(DISTINCT dispute) FROM disputes").fetchone()[0]
        sums["sources"] = base.execute("SELECT count(DISTINCT outlet) FROM reports r JOIN events e ON e.report = r.id WHERE outlet <> ''").fetchone()[0]
    keys = {"reports": ("reports", "id"), "claims": ("claims", "id"), "accords": ("agreements", "accord"), "disputes": ("disputes", "dispute"), "sources": ("sources", "name")}
    for name, (path, key) in keys.items():
        got = [r[key] for r in server.pages(path, 3)]
        tally.tell(len(got) == len(set(got)) == sums[name], f"serve: pages of {path} have each once", f"{len(got)} of {sums[name]}")
    got = [r["code"] for r in server.pages("actors", 5)]
    tally.tell(len(got) == len(set(got)) > 20, "serve: pages of actors have each once", str(got))
    for accord in server.pages("agreements", 50):
        full = server.get("agreements/" + accord["accord"])
        if full["stages"][-1]["stage"] != full["stage"] and len(full["stages"]) < 1:
            tally.tell(False, "serve: an agreement's history", str(full))
    speakers = server.get("claims/speakers?rows=200")["rows"]
    tally.tell(sum(s["claims"] for s in speakers) == sums["claims"] and all(sum(s["acts"].values()) == s["claims"] for s in speakers), "serve: speakers' claims add up", str(sums))
    wanted = ask("query", desk, "--of", "claims", "speaker=KEN", "--to", "jsonl").count("\n")
    tally.tell(len(server.pages("claims?speaker=KEN", 2)) == wanted > 0, "serve: claims of a speaker are those of query --of claims", str(wanted))


def check_exports(ask, server, desk, tally):
    wrong = []
    for to in ("csv", "jsonl", "geojson", "gexf", "gdelt1", "gdelt2", "gdelt2-mentions", "icews", "phoenix", "plover", "polecat", "joined"):
        _, body, headers = server.ask(f"/api/v1/export?to={to}&class=agree,consult")
        if body.decode() != ask("export", desk, "--to", to, "class=agree,consult") or "attachment" not in headers["Content-Disposition"]:
            wrong.append(to)
    for path, words in (("of=disputes&to=csv", ["--of", "disputes", "--to", "csv"]), ("of=claims&to=jsonl", ["--of", "claims", "--to", "jsonl"]), ("by=month&to=csv", ["--by", "month", "--to", "csv"]),
                        ("by=category&to=jsonl", ["--by", "category", "--to", "jsonl"])):
        if server.ask("/api/v1/export?" + path)[1].decode() != ask("query", desk, *words):
            wrong.append(path)
    tally.tell(not wrong, "serve: exports are the bytes of the command line", str(wrong))


# ------------------------------------------------------------------ reading and reasons

def shown(text):
    unsafe = [*range(0, 9), *range(11, 32), *range(0x7f, 0xa0), 0x61c, 0x200e, 0x200f, *range(0x2028, 0x202f), *range(0x2066, 0x206a), 0xfeff]
    return text.translate({c: "\ufffd" for c in unsafe})


def check_reader(server, desk, tally):
    wrong = []
    with sqlite3.connect(desk) as base:
        texts = dict(base.execute("SELECT id, text FROM reports"))
    for id_, text in texts.items():
        report = server.get("reports/" + urllib.parse.quote(id_, safe=""))
        if "".join(r["text"] for r in report["runs"]) != shown(text):
            wrong.append(f"{id_}: the runs are not the text")
        at = 0
        for run in report["runs"]:
            covering = {i for i, m in enumerate(report["marks"]) if m["start"] <= at and at + len(run["text"]) <= m["stop"]}
            if covering != set(run["marks"]):
                wrong.append(f"{id_}: run at {at} has {run['marks']}, not {covering}")
            at += len(run["text"])
        for event in report["events"]:
            for words in event["evidence"]:
                if text[words["start"]:words["stop"]] != words["text"]:
                    wrong.append(f"{id_}: evidence {words}")
        for i, m in enumerate(report["marks"]):
            wrong += [f"{id_}: marks {i} {k} share a lane" for k, o in enumerate(report["marks"][:i]) if m["lane"] == o["lane"] and m["start"] < o["stop"] and o["start"] < m["stop"]]
        if not report["dates"]:
            wrong.append(f"{id_}: no dates")
    tally.tell(not wrong, f"serve: {len(texts)} reports in runs that are their text, marks where they belong", "\n".join(wrong[:5]))


def check_why(server, tally):
    wrong, seen = [], 0
    for row in server.pages("events", 50)[:60]:
        why = server.get(f"events/{row['telling']}/why")
        here = [s for s in why["sentences"] if s["here"]]
        deeds = [d for s in why["sentences"] for d in s["deeds"] if d["number"] in why["deeds"]]
        seen += len(deeds)
        if not why["same"] or why["differs"] or not here or (row["plover"], row["frame"]) not in [(d["plover"], d["frame"]) for d in deeds]:
            wrong.append(f"{row['telling']}: same {why['same']}, {len(here)} sentences, {len(deeds)} deeds, {why['differs']}")
    tally.tell(not wrong and seen > 60, "serve: the reasons of an event are those of its coding", "\n".join(wrong[:5]))
    told = server.post("explain", {"text": "Turkey shelled Kurdish positions in Syria on Sunday.", "date": "2024-03-05"})
    deed = told["sentences"][0]["deeds"][0]
    tally.tell(deed["plover"] == "ASSAULT" and deed["entry"]["file"].startswith("lang/en/frames/") and told["events"][0]["date"] == "2024-03-03", "serve: a pasted text is coded", str(deed))
    tally.tell("tensed" in deed["for"] and "owner" in deed["against"] and not set(deed["for"]) & set(deed["against"]), "serve: what makes a deed as sure as it is", str(deed))
    lines = server.get(f"lexicon?file={deed['entry']['file']}&line={deed['entry']['line']}")
    own = (ROOT / deed["entry"]["file"]).read_text(encoding="utf-8").split("\n")
    tally.tell(lines["lines"] == own[lines["first"] - 1:lines["first"] - 1 + len(lines["lines"])], "serve: lines of the lexicon", str(lines)[:200])


def check_event(server, desk, tally):
    with sqlite3.connect(desk) as base:
        story, many = base.execute("SELECT story, count(*) FROM events GROUP BY story ORDER BY 2 DESC, 1 LIMIT 1").fetchone()
        standing = base.execute("SELECT standing, events, reports, outlets, owners FROM joined WHERE event = ?", (story,)).fetchone()
    event = server.get("events/" + story)
    joined = event["joined"]
    tally.tell(len(event["tellings"]) == many > 1 and (joined["standing"], joined["events"], joined["reports"], joined["outlets"], joined["owners"]) == standing,
               "serve: an event with all its tellings", f"{len(event['tellings'])} of {many}, {joined}")
    values = {t["telling"]: t["date"] for t in event["tellings"] if t["date"]}
    differ = next((d for d in event["differ"] if d["field"] == "date"), None)
    tally.tell((len(set(values.values())) > 1) == (differ is not None), "serve: where tellings differ", str(event["differ"])[:300])


HOSTILE = ("<script>alert(1)</script> Iran and Oman signed a gas deal in Muscat on Sunday. \u202egnp.exe\u202c \u2066x\u2069 " + "w" * 5000 +
           " \"'></title><img src=x onerror=alert(1)> \u0085 &amp; \ufeff]]> a\u2028b")


def check_hostile(build, env, ask, folder, tally):
    desk = folder / "hostile.db"
    (folder / "hostile.jsonl").write_text(json.dumps({"id": "<b>'\"&", "outlet": "<i>\u202e", "title": "</script><svg onload=x>", "date": "2024-06-14", "text": HOSTILE}) + "\n", encoding="utf-8")
    ask("code", folder / "hostile.jsonl", "-o", desk)
    with Server(build, env, desk) as server:
        check_reader(server, desk, tally)
        row = server.get("reports")["rows"][0]
        _, body, headers = server.ask("/api/v1/reports/" + urllib.parse.quote(row["id"], safe=""))
        runs = "".join(r["text"] for r in json.loads(body)["runs"])
        tally.tell(not set(runs) & set("\u202e\u202c\u2066\u2069\u2028\ufeff\u0085") and headers["Content-Type"].startswith("application/json"),
                   "serve: a hostile text is text, without signs that turn others round", runs[:80])


# ------------------------------------------------------------------ safety

def raw(port, request, wait=5.0):
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as line:
        line.sendall(request)
        answer = b""
        try:
            while b"\r\n\r\n" not in answer:
                part = line.recv(65536)
                if not part:
                    break
                answer += part
        except (TimeoutError, ConnectionError):
            pass
        return answer.split(b"\r\n", 1)[0].decode()


def check_safety(server, tally):
    wanted = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY"}
    wrong = []
    for path in ("/", "/explore", "/api/v1/desk", "/api/v1/nix", "/assets/nix.js", "/api/v1/export?to=csv"):
        _, _, headers = server.ask(path)
        wrong += [f"{path}: {k}" for k, v in wanted.items() if not (headers[k] or "").startswith(v)] + [f"{path}: {k}" for k in headers if k.startswith("Access-Control") or k == "Set-Cookie"]
        wrong += [path + ": inline"] if "unsafe" in headers["Content-Security-Policy"] else []
    tally.tell(not wrong, "serve: every answer has the headers that keep it in", str(wrong))
    ask = lambda headers, path="/api/v1/desk", method="GET": server.ask(path, method, None if method == "GET" else "{}", headers)[0]
    own = f"127.0.0.1:{server.port}"
    got = [ask({"Host": h}) for h in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "192.168.0.1", "", "[::1]x", "localhost:1:2", "127.0.0.1:80@evil.example")]
    tally.tell(set(got) == {403}, "serve: another name for this machine is refused", str(got))
    got = [ask({"Host": h}) for h in (own, f"localhost:{server.port}", f"[::1]:{server.port}", "LOCALHOST")]
    tally.tell(set(got) == {200}, "serve: its own names are not", str(got))
    got = [ask({"Origin": "https://evil.example"}), ask({"Origin": "null"}), ask({"Sec-Fetch-Site": "cross-site"}), ask({"Origin": "http://evil.example", "Dragoman-Token": TOKEN}, "/api/v1/audit/verdicts", "POST")]
    tally.tell(set(got) == {403} and ask({"Origin": "http://" + own}) == 200, "serve: other sites are refused", str(got))
    got = [server.ask("/api/v1/audit/verdicts", "POST", "{}", h)[0] for h in ({}, {"Dragoman-Token": "x"}, {"Dragoman-Token": TOKEN + "0"}, {"Dragoman-Token": TOKEN[:-1]})]
    tally.tell(set(got) == {403} and server.ask("/api/v1/audit/verdicts/1", "DELETE")[0] == 403, "serve: nothing is written without the token", str(got))
    statements = ["delete from events", "insert into runs values (1)", "pragma user_version=9", "attach 'x' as y", "with x as (select 1) delete from events", "select 1; delete from events", "",
                  "select load_extension('x')", "vacuum", "create table x(y)", "select nothing", "-- select", "explain select 1"]
    got = [server.ask("/api/v1/sql", "POST", json.dumps({"sql": s}))[0] for s in statements]
    tally.tell(set(got) == {422}, "serve: SQL that is no question is refused", str(list(zip(got, statements))))
    endless = "with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r"
    start = time.monotonic()
    status, body, _ = server.ask("/api/v1/sql", "POST", json.dumps({"sql": endless, "seconds": 1}))
    tally.tell(status == 422 and b"more than 1 seconds" in body and time.monotonic() - start < 10, "serve: a question that never ends is ended", str(body[:200]))
    rows = server.post("sql", {"sql": "select id, null from events", "rows": 3})
    tally.tell(len(rows["rows"]) == 3 and rows["more"] and rows["rows"][0][1] is None, "serve: SQL of one's own has as many rows as asked for", str(rows)[:200])


def check_limits(server, tally):
    head = f"GET /api/v1/desk HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n".encode()
    got = raw(server.port, head + b"X: " + b"a" * 60000 + b"\r\n\r\n")
    tally.tell(" 200 " not in got, "serve: a head without end is refused", got)
    status = server.ask("/api/v1/explain", "POST", "x" * 300000)[0]
    tally.tell(status == 413, "serve: a body that is too large is refused", str(status))
    status = server.ask("/api/v1/explain", "POST", json.dumps({"text": "x " * 110000}))[0]
    tally.tell(status == 413, "serve: a text that is too large is refused", str(status))
    bad = ["counts?" + "&".join(f"status=actual&x{i}=1" for i in range(80)), "counts?actor=" + "a" * 5000, "counts?actor=%ff", "counts?actor=%00x", "counts?%00=1", "counts?actor=a%0ab", "counts?actor",
           "counts?class=nix", "counts?nix=1", "counts?since=2024-13", "counts?conf%3E=x", "events?rows=0", "events?rows=9999", "events?after=x", "events?rows=1e9", "groups?by=nix", "timeline?bucket=nix",
           "timeline?compare=x&since=2024", "counts?compare=before", "dyads/KENETH", "dyads/x-y", "actors/kenya", "export?to=nix", "export?of=nix", "audit/queue?order=nix", "audit/queue?seed=-1", "counts?show=x",
           "agreements?class=agree", "counts?patience=0", "reports?after=1", "claims?after=a~b", "disputes?after=x", "sources/repeats?after=1", "counts?limit=x", "counts?dyad=USA", "counts?text=%22"]
    got = {path[:60]: server.ask("/api/v1/" + path)[0] for path in bad}
    wrong = {k: v for k, v in got.items() if v != 400}
    tally.tell(not wrong, "serve: each wrong parameter is told", str(wrong))
    quotes = ["counts?actor='%20or%201=1--", "counts?place=x';drop%20table%20events;--", "counts?outlet=%25", "events/%27%20or%20%271%27=%271", "reports/%27;--"]
    got = {path: server.ask("/api/v1/" + path)[0] for path in quotes}
    tally.tell(set(got.values()) <= {200, 404} and server.get("counts")["events"] > 0, "serve: what looks like SQL is text", str(got))
    for body in ("", "[]", "nix", "{", "{}x", "[" * 100, json.dumps({"text": 3}), json.dumps({"text": ""})):
        status = server.ask("/api/v1/explain", "POST", body)[0]
        if status != 400:
            tally.tell(False, "serve: a body that is none is told", f"{body!r}: {status}")
    tally.tell(server.ask("/api/v1/counts", "PUT", "x")[0] == 405 and server.ask("/", "POST", "x")[0] == 405, "serve: other methods are refused")


def drip(port, out):
    """A request that never becomes whole: how long it is borne."""
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        try:
            while time.monotonic() - start < 50:
                line.sendall(b"X")
                time.sleep(0.5)
        except OSError:
            pass
    out.append(time.monotonic() - start)


def check_use(build, env, desk, tally):
    def run(*arguments):
        done = subprocess.run([str(build / "dragoman"), "serve", *map(str, arguments), "--no-open"], capture_output=True, text=True, env=env, timeout=60)
        return done.returncode, done.stderr
    cases = [("without a desk", [], 2, "name one desk"), ("with a wrong port", [desk, "--port", "x"], 2, "--port takes"), ("with no desk there", [desk.with_name("nix.db"), "--port", "0"], 1, "no such database"),
             ("beyond this machine without a token", [desk, "--listen", "0.0.0.0", "--port", "0"], 2, "give --token"), ("with a short token", [desk, "--token", "x"], 2, "16 to 128")]
    for name, arguments, code, words in cases:
        got = run(*arguments)
        tally.tell(got[0] == code and words in got[1], f"serve: refuses to start {name}", str(got))
    tally.tell(not desk.with_name("nix.db").exists(), "serve: makes no desk")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        got = run(desk, "--port", taken.getsockname()[1])
        tally.tell(got[0] == 2 and "is taken" in got[1], "serve: says that a port is taken", str(got))
    server = Server(build, env, desk, "--listen", "0.0.0.0")
    line = lambda **headers: server.ask("/api/v1/counts", headers={k.replace("_", "-"): v for k, v in headers.items()})[0]
    got = [line(), line(Dragoman_Token="x" * 16), line(Dragoman_Token=TOKEN), line(Dragoman_Token=TOKEN, Host="evil.example"), line(Dragoman_Token=TOKEN, Host="10.1.2.3:80")]
    link = [server.ask("/api/v1/export?to=csv" + more)[0] for more in ("", "&token=" + TOKEN)]
    server.stop()
    tally.tell(got == [403, 403, 200, 403, 200] and link == [403, 200], "serve: beyond this machine everything wants the token", f"{got} {link}")


def run(build, tally, env):
    env = dict(env, DRAGOMAN_DATA=str(ROOT))
    ask = Asker(build, env)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        desk = folder / "desk.db"
        (folder / "told.jsonl").write_text("".join(json.dumps(dict(zip(("id", "outlet", "owner", "date", "title", "text"), t))) + "\n" for t in TOLD), encoding="utf-8")
        ask("code", ROOT / "samples", folder / "told.jsonl", "-o", desk)
        if "without libmicrohttpd" in probe(build, env, desk):
            tally.skip("the page's server", "built without libmicrohttpd")
            return
        dripped = []
        with Server(build, env, desk) as server:
            slow = threading.Thread(target=drip, args=(server.port, dripped))
            slow.start()
            check_counts(ask, server, desk, tally)
            check_groups(ask, server, desk, tally)
            check_series(server, desk, tally)
            check_lists(ask, server, desk, tally)
            check_exports(ask, server, desk, tally)
            check_reader(server, desk, tally)
            check_why(server, tally)
            check_event(server, desk, tally)
            check_safety(server, tally)
            check_limits(server, tally)
            slow.join()
        tally.tell(dripped and dripped[0] < 45, "serve: a request that trickles in is ended", str(dripped))
        check_hostile(build, env, ask, folder, tally)
        check_use(build, env, desk, tally)
        check_change(build, env, ask, folder, tally)
        check_kills(build, env, desk, tally, "on SQLite")
        sample = folder / "sample.db"
        ask("code", ROOT / "samples", "-o", sample)
        why = postgres.missing()
        if why is not None:
            tally.skip("the page's server on PostgreSQL", why)
        else:
            with postgres.Server() as server_pg:
                check_postgres(build, env, ask, sample, server_pg, tally)
        check_audit(build, env, ask, sample, folder, tally)


def probe(build, env, desk):
    """What a start on a port that is taken says: at once, whatever the program was built with."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = subprocess.run([str(build / "dragoman"), "serve", str(desk), "--no-open", "--port", str(taken.getsockname()[1])], capture_output=True, text=True, env=env, timeout=60)
        return done.stderr

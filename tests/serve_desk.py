#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks of `dragoman serve` on desks that are worked with: the audit up to `eval`, a desk that changes, kills under load, the same
answers from PostgreSQL."""
import http.client
import json
import math
import pathlib
import random
import signal
import sqlite3
import threading
import time

from served import TOKEN, Server

ROOT = pathlib.Path(__file__).resolve().parent.parent


# ------------------------------------------------------------------ audit

def wilson(right, count):
    z, p = 1.959963984540054, right / count
    middle, spread = p + z * z / (2 * count), z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count))
    return [round((middle + s * spread) / (1 + z * z / count), 4) for s in (-1, 1)]


def check_audit(build, env, ask, desk, folder, tally):
    with Server(build, env, desk) as server:
        whole = server.pages("audit/queue?seed=5", 30)
        ids = [r["event"]["telling"] for r in whole]
        tally.tell(len(ids) == len(set(ids)) == server.get("counts")["tellings"] and ids == [r["event"]["telling"] for r in server.pages("audit/queue?seed=5", 7)]
                   and ids != [r["event"]["telling"] for r in server.pages("audit/queue?seed=6", 30)], "serve: the same seed gives the same queue", f"{len(ids)} {len(set(ids))}")
        wrong = [r["event"]["telling"] for r in whole if r["event"]["words"] not in "".join(x["text"] for x in r["sentence"]["runs"]) or len("".join(x["text"] for x in r["sentence"]["runs"])) > 1500]
        tally.tell(not wrong, "serve: each in the queue has its sentence", str(wrong[:3]))
        low = [r["event"]["confidence"] for r in server.get("audit/queue?order=doubtful&rows=60")["rows"]]
        turns = [r["event"]["plover"] for r in server.get("audit/queue?order=stratified&rows=10")["rows"]]
        tally.tell(low == sorted(low) and len(set(turns)) == 10, "serve: the doubtful first, or categories in turn", f"{low[:9]} {turns}")
        # all events of a few reports: every third one is judged to be none
        reports = [r["id"] for r in server.get("reports?rows=6")["rows"]]
        judged = {}
        for id_ in reports:
            for n, event in enumerate(server.get("reports/" + id_)["events"]):
                verdict = {"telling": event["telling"], "verdict": "wrong", "field": "event"} if n % 3 == 2 else {"telling": event["telling"], "verdict": "right"}
                answer = server.post("audit/verdicts", {**verdict, "order": "random", "seed": 5}, 201)
                judged[event["telling"]] = verdict["verdict"]
        right, count = sum(v == "right" for v in judged.values()), len(judged)
        running = answer["precision"]
        tally.tell([running["judged"], running["right"], running["wrong"]] == [count, right, count - right] and [running["low"], running["high"]] == wilson(right, count) and running["fair"],
                   "serve: running precision with Wilson's interval", str(running)[:300])
        first = next(iter(judged))
        other = server.post("audit/verdicts", {"telling": first, "verdict": "wrong", "field": "target", "correct": "IRN GOV", "order": "doubtful"}, 201)
        undone = server.post(f"audit/verdicts/{other['verdict']['id']}", {}, 200, method="DELETE")
        tally.tell(other["precision"]["judged"] == count and not other["precision"]["fair"] and undone["precision"] == running, "serve: a later verdict takes the place of one before, and is undone", str(undone)[:300])
        open_now = server.get("audit/queue?seed=5&rows=1")["open"]
        tally.tell(open_now == len(ids) - count and len(server.pages("audit/verdicts", 9)) == count, "serve: what was judged leaves the queue", f"{open_now}")
        status, gold, _ = server.ask("/api/v1/audit/gold")
    (folder / "gold.jsonl").write_bytes(gold)
    scores = ask("eval", folder / "gold.jsonl", desk)
    row = next(line.split() for line in scores.split("\n") if line.startswith("what"))
    tally.tell([int(x) for x in row[1:4]] == [right, count - right, 0], "serve: the verdicts as gold give eval the same precision", scores)
    with sqlite3.connect(desk) as base:
        kept = base.execute("SELECT count(*) FROM verdicts WHERE undone = 0").fetchone()[0]
    ask("code", ROOT / "samples", "-o", desk)
    ask("merge", desk, "-o", folder / "merged.db")
    with sqlite3.connect(folder / "merged.db") as base:
        merged = base.execute("SELECT count(*) FROM verdicts WHERE undone = 0").fetchone()[0]
    tally.tell(kept == count == merged, "serve: verdicts go with a desk that is merged", f"{kept} {merged} of {count}")


def hammer(port, paths, ids, acknowledged, stop):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    dice = random.Random(threading.get_ident())
    try:
        while not stop.is_set():
            if ids:
                telling = dice.choice(ids)
                line.request("POST", "/api/v1/audit/verdicts", json.dumps({"telling": telling, "verdict": dice.choice(["right", "unsure"])}), {"Dragoman-Token": TOKEN})
            else:
                line.request("GET", "/api/v1/" + dice.choice(paths))
            answer = line.getresponse()
            body = answer.read()
            if ids and answer.status == 201:
                acknowledged.append(json.loads(body)["verdict"])
    except (OSError, http.client.HTTPException, ValueError):
        pass


def check_kills(build, env, desk, tally, name, rounds=3):
    lost, saved = [], 0
    for _ in range(rounds):
        server = Server(build, env, desk)
        ids = [r["telling"] for r in server.get("events?rows=100")["rows"]]
        acknowledged, stop = [], threading.Event()
        paths = ["counts?reports%3E=1", "timeline", "events?rows=20", "dyads", "claims", "sources", f"events/{ids[0]}"]
        threads = [threading.Thread(target=hammer, args=(server.port, paths, ids if n < 4 else [], acknowledged, stop)) for n in range(10)]
        for t in threads:
            t.start()
        time.sleep(1.0)
        server.stop(signal.SIGKILL)
        stop.set()
        for t in threads:
            t.join()
        with Server(build, env, desk) as again:
            kept = {v["telling"]: v for v in again.pages("audit/verdicts", 100)}
            latest = {}
            for v in acknowledged:
                latest[v["telling"]] = max(latest.get(v["telling"], 0), v["id"])
            lost += [t for t, id_ in latest.items() if t not in kept or kept[t]["id"] < id_]
        saved += len(acknowledged)
    tally.tell(saved > 20 and not lost, f"serve: {rounds} kills under load lose no verdict {name}", f"{saved} saved, lost {lost[:3]}")


def check_change(build, env, ask, folder, tally):
    desk = folder / "growing.db"
    ask("code", ROOT / "samples/01-moyale-agreement.txt", "-o", desk)
    with Server(build, env, desk) as server:
        before = server.get("counts")["reports"]
        ask("code", ROOT / "samples/19-steel-tariffs.txt", "-o", desk)
        late = time.monotonic() + 20
        while server.get("counts")["reports"] == before and time.monotonic() < late:
            time.sleep(0.2)
        tally.tell(server.get("counts")["reports"] == before + 1, "serve: a desk that grows is read again", str(before))
        start = time.monotonic()
        code = server.process.send_signal(signal.SIGTERM) or server.process.wait(30)
        tally.tell(code == 0 and time.monotonic() - start < 5, "serve: ends on a signal", f"exit {code}")


# ------------------------------------------------------------------ PostgreSQL

SAME = ["counts", "counts?actor=KEN&status=actual", "timeline", "groups?by=dyad&rows=500", "groups?by=speaker", "map?by=country", "map?by=place", "events?rows=200", "events?sort=-conf&rows=100", "dyads", "dyads/KEN-ETH",
        "edges", "actors", "actors/KEN", "agreements", "claims?rows=200", "claims?speaker=KEN", "claims/speakers", "disputes", "sources", "sources?by=owner", "sources/repeats", "audit/queue?rows=5", "audit/precision",
        "runs", "problems", "suggest?word=actor&prefix=ke", "reports?rows=50", "counts?text=border", "events?standing=independent&rows=50", "export?to=csv", "export?of=claims&to=csv", "export?by=month&to=jsonl"]


def check_postgres(build, env, ask, desk, server_pg, tally):
    address = server_pg.address("page")
    ask("code", ROOT / "samples", "-o", address)
    with Server(build, env, desk) as one, Server(build, env, address) as other:
        ids = [r["telling"] for r in one.get("events?rows=12")["rows"]]
        paths = SAME + [f"events/{i}" for i in ids] + [f"events/{i}/why" for i in ids[:4]] + ["reports/" + r["id"] for r in one.get("reports")["rows"]]
        paths += ["agreements/" + r["accord"] for r in one.get("agreements")["rows"]]
        wrong = []
        for path in paths:
            a, b = one.ask("/api/v1/" + path), other.ask("/api/v1/" + path)
            if a[:2] != b[:2] or a[0] != 200:
                wrong.append(f"{path}: {a[0]} {a[1][:150]} / {b[0]} {b[1][:150]}")
        tally.tell(not wrong, f"serve: {len(paths)} answers from PostgreSQL are those from SQLite", "\n".join(wrong[:6]))
        refused = []
        for path in ("counts", "groups?by=dyad", "events", "agreements", "disputes", "claims", "reports", "claims/speakers", "events?text=border&status=actual"):
            try:
                server_pg.sql("page", other.get(path + ("&" if "?" in path else "?") + "show=sql")["sql"].rstrip(";"))
            except RuntimeError as error:
                refused.append(f"{path}: {error}")
        tally.tell(not refused, "serve: the SQL that is shown runs on PostgreSQL", str(refused))
        got = [other.ask("/api/v1/sql", "POST", json.dumps({"sql": s}))[0] for s in ("delete from events", "with x as (delete from events returning 1) select * from x", "select pg_sleep(5)")]
        tally.tell(got[0] == 422 and got[1] == 422, "serve: SQL on PostgreSQL only reads", str(got))
    check_kills(build, env, address, tally, "on PostgreSQL", 2)

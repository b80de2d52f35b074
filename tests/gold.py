#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The whole reports of tests/gold with their gold: checked, scored, and held above a floor.

    tests/gold.py check                        every annotation against its text; what is wrong, one a line
    tests/gold.py check FOLDER                 the same for another reader's folder
    tests/gold.py input > reports.jsonl        the reports, for any coder
    tests/gold.py score BUILD                  the figures

What is where, and how to annotate: tests/gold/README.md.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests/gold"
STATUSES = {"actual", "claimed", "denied", "planned"}
SECTORS = set("GOV MIL COP JUD LEG OPP PTY REB UAF SPY MED BUS NGO EDU REL LAB CVL CRM IGO".split())
PRIMARIES = {"---", "UIS"}
DATE = r"\d{4}(-\d\d(-\d\d)?)?"
EVENT_FIELDS = {"plover": str, "cameo": str, "source": list, "target": list, "reciprocal": bool, "status": str, "claimed_by": list,
                "date": str, "place": str, "background": bool, "evidence": list, "certain": bool}

# A little under today's figures (tests/gold.py score BUILD), so that a slide is seen.
FLOOR = {"what F1": 53, "who-whom F1": 40, "claims with their speaker": 70}
FALSE_EVENTS = 14  # most that the reports without a political event may have in all


def column(name, wanted):
    lines = [line for line in (ROOT / name).read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    at = lines[0].split("\t").index(wanted)
    return {row.split("\t")[at] for row in lines[1:] if len(row.split("\t")) > at}


def ontology():
    primaries = PRIMARIES | set().union(*(column(f"world/{name}.tsv", "code") for name in ("countries", "organisations", "groups")))
    return {p.split()[0] for p in primaries if p}, column("world/cameo.tsv", "code"), column("world/plover_scores.tsv", "category")


def read_report(path):
    head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.split("\n"))
    return {"id": path.stem, "title": fields["Title"], "date": fields["Date"], "outlet": fields["Outlet"], "lang": "en", "text": text.strip() + "\n"}


def reports():
    return [read_report(path) for path in sorted((FOLDER / "reports").glob("*.txt"))]


def read_gold(folder):
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


class Checker:
    def __init__(self):
        self.primaries, self.codes, self.categories = ontology()
        self.wrong = []

    def tell(self, where, what):
        self.wrong.append(f"{where}: {what}")

    def actor(self, where, code):
        parts = code.split(" ")
        if parts[0] not in self.primaries or len(parts) > 2 or (len(parts) == 2 and parts[1] not in SECTORS):
            self.tell(where, f'"{code}" is no actor: write a primary and perhaps a sector, as SYR MIL')

    def words(self, where, words, text):
        if not words or words not in text:
            self.tell(where, f'these words are not in the text: "{words}"')

    def event(self, where, e, text):
        for name, kind in EVENT_FIELDS.items():
            if not isinstance(e.get(name), kind):
                self.tell(where, f"{name} is missing or no {kind.__name__}")
                return
        for name in set(e) - set(EVENT_FIELDS) - {"note"}:
            self.tell(where, f"no field is called {name}")
        if e["plover"] not in self.categories or e["cameo"] not in self.codes:
            self.tell(where, f'{e["plover"]} {e["cameo"]}: no such category or code')
        for code in e["source"] + e["target"] + e["claimed_by"]:
            self.actor(where, code)
        if e["status"] not in STATUSES or (e["status"] in ("claimed", "denied")) != bool(e["claimed_by"]):
            self.tell(where, "a status is actual, claimed, denied or planned; who claims or denies stands in claimed_by, and there alone")
        if not re.fullmatch(f"({DATE}(/{DATE})?)?", e["date"]):
            self.tell(where, f'"{e["date"]}" is no date: 2020, 2020-07, 2020-07-09, or two of them with / between')
        if e["place"] and not re.fullmatch(r"[^,]+(, [A-Z]{3})?", e["place"]):
            self.tell(where, f'"{e["place"]}" is no place: write Name, ISO3')
        if e["reciprocal"] and (e["target"] or len(e["source"]) < 2):
            self.tell(where, "a reciprocal event has all its parties in source")
        if not e["evidence"]:
            self.tell(where, "no evidence")
        for words in e["evidence"]:
            self.words(where, words, text)
            if not 2 <= len(words.split()) <= 30:
                self.tell(where, f'evidence of 2 to 30 words, please: "{words}"')

    def claim(self, where, c, text):
        self.actor(where, c["actor"])
        for name in ("cue", "content", "channel"):
            if c.get(name):
                self.words(where, c[name], text)

    def agreement(self, where, a, text):
        for code in a["parties"]:
            self.actor(where, code)
        for words in a["provisions"] + [u["content"] for u in a["undertakings"]]:
            self.words(where, words, text)
        for u in a["undertakings"]:
            self.actor(where, u["by"])
            self.actor(where, u["to"])

    def run(self, folder):
        texts = {r["id"]: r["title"] + "\n" + r["text"] for r in reports()}
        gold = read_gold(folder)
        for name in sorted(set(texts) ^ set(gold)):
            self.tell(name, "has a text and no gold" if name in texts else "has gold and no text")
        for name in sorted(set(texts) & set(gold)):
            g = gold[name]
            if g.get("id") != name or not g.get("annotator") or not g.get("manner"):
                self.tell(name, "id, annotator and manner are due, and the id is the file's name")
            for kind, check in (("events", self.event), ("claims", self.claim), ("agreements", self.agreement)):
                for i, item in enumerate(g[kind]):
                    check(f"{name} {kind}[{i}]", item, texts[name])
        return self.wrong


# ---------------------------------------------------------------- scores

def program(build, *arguments, given=None):
    done = subprocess.run([str(build / "dragoman"), *map(str, arguments)], input=given, capture_output=True)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"dragoman {arguments[0]} ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    return done.stdout.decode()


def overlap(a, b):
    """Share of the words of the shorter that are in both."""
    x, y = set(re.findall(r"\w+", a.lower())), set(re.findall(r"\w+", b.lower()))
    return len(x & y) / max(1, min(len(x), len(y)))


def same_speaker(gold, record):
    primary = gold["actor"].split()[0]
    name = gold["speaker"].split()[-1].lower()
    named = name in (record["speaker"]["name"] + " " + record["speaker"]["text"]).lower()
    return named or (primary != "---" and record["speaker"]["code"].split()[0] == primary)


def score_claims(gold, records):
    """How many of the gold's claims are there, and how many of them with their speaker, in per cent."""
    total = found = right = 0
    for name, g in gold.items():
        own = [r for r in records if r["type"] == "claim" and r["doc"] == name]
        for c in g["claims"]:
            hits = [r for r in own if overlap(c["content"], " ".join(p["text"] for p in r["content"])) >= 0.6]
            total += 1
            found += bool(hits)
            right += any(same_speaker(c, r) for r in hits)
    return 100 * found / max(1, total), 100 * right / max(1, total)


def score_agreements(gold, records):
    total = found = 0
    for name, g in gold.items():
        own = [{p["code"].split()[0] for p in r["parties"]} for r in records if r["type"] == "agreement" and r["doc"] == name]
        for a in g["agreements"]:
            total += 1
            found += any({p.split()[0] for p in a["parties"]} <= parties for parties in own)
    return 100 * found / max(1, total)


def score(build):
    """name -> figure, and the false events of the reports that have no political event."""
    gold = read_gold(FOLDER / "gold")
    given = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in reports())
    coded = program(build, "code", "-", "--from", "jsonl", "--to", "jsonl", given=given.encode())
    records = [json.loads(line) for line in coded.split("\n") if line]
    figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / "records.jsonl"
        out.write_text(coded, encoding="utf-8")
        table = program(build, "eval", FOLDER / "gold", out)
    for line in table.split("\n"):
        m = re.match(r"^(what|who-whom|sector|who-whom, [\w ]+?)\s+(\d+)\s+\d+\s+\d+\s+(\S+)\s+(\S+)\s+(\S+)$", line)
        if m and "," not in m[1]:
            figures[m[1] + " P"], figures[m[1] + " R"], figures[m[1] + " F1"] = float(m[3]), float(m[4]), float(m[5])
            figures[m[1] + " matched"] = int(m[2])
        elif m:
            figures[m[1].split(", ")[1] + " right among matches"] = 100 * int(m[2]) / max(1, figures["who-whom matched"])
    figures["claims found"], figures["claims with their speaker"] = score_claims(gold, records)
    figures["agreements with their parties"] = score_agreements(gold, records)
    empty = {name for name, g in gold.items() if not g["events"]}
    false = [f'{r["doc"]}: {r["plover"]} {r["cameo"]} by "{r["trigger"] if "trigger" in r else r["why"]["trigger"]}"'
             for r in records if r["type"] == "event" and r["doc"] in empty]
    return figures, false


def run(build, tally, env):
    del env
    wrong = Checker().run(FOLDER / "gold")
    tally.tell(not wrong, "gold: annotation", "\n".join(wrong[:20]))
    figures, false = score(build)
    for name, least in FLOOR.items():
        tally.tell(figures[name] >= least, f"gold: {name}", f"{figures[name]:.1f}, and the floor is {least}")
    tally.tell(len(false) <= FALSE_EVENTS, "gold: reports without events", "\n".join(false))


def main(arguments):
    if arguments[:1] == ["check"]:
        wrong = Checker().run(pathlib.Path(arguments[1]) if len(arguments) > 1 else FOLDER / "gold")
        print("\n".join(wrong + [f"{len(wrong)} wrong"]))
        return 1 if wrong else 0
    if arguments == ["input"]:
        print("\n".join(json.dumps(r, ensure_ascii=False) for r in reports()))
        return 0
    if arguments[:1] == ["score"] and len(arguments) == 2:
        figures, false = score(pathlib.Path(arguments[1]).resolve())
        for name, value in figures.items():
            print(f"{name:32}{value:7.1f}")
        print("\n".join([f"{len(false)} events in reports that have none"] + false))
        return 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

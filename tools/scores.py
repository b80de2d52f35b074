#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores the program on the gold sets and prints one table.

    tools/scores.py [BUILD] [--data FOLDER] [--only WORD] [--keep FOLDER]

tests/gold is scored always.  FOLDER (../shared unless told) holds data/, score/ and seed/.  A set that is not there is named as
absent.  The program codes each set in one run; only the scorers see the gold.  --keep leaves
the system files behind, for a scorer's --detail.

plover-gsr and up-gsr write IGO for every international organisation; for them alone the codes of
world/organisations.tsv are written as IGO before scoring.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def option(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


BUILD = next((a for i, a in enumerate(sys.argv[1:], 1) if not a.startswith("--") and not sys.argv[i - 1].startswith("--")), "build")
PROGRAM = str((ROOT / BUILD / "dragoman").resolve())
SHARED = pathlib.Path(option("--data", str(ROOT.parent / "shared"))).resolve()
ROWS = []


def row(name, metric, value, bar=None, note=""):
    ROWS.append((name, metric, value, bar, note))


def program(arguments, given=None):
    done = subprocess.run([PROGRAM] + arguments, input=given, capture_output=True)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"dragoman {arguments[0]} ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    return done.stdout.decode()


def scorer(name, *arguments):
    done = subprocess.run([sys.executable, str(SHARED / "score" / name), *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{name}: {done.stderr[-500:]}")
    return done.stdout


def code_reports(reports, *options):
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in reports)
    return program(["code", "-", "--from", "jsonl", "--to", "jsonl", *options], lines.encode())


def read_jsonl(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def report_levels(text):
    levels = {m[1]: (float(m[2]), float(m[3]), float(m[4]), m[5]) for m in
              re.finditer(r"^(what|who-whom|sector)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\d+)", text, re.M)}
    agree = re.search(r"of those: (.*)", text)
    return levels, agree[1] if agree else ""


def score_reports(folder):
    gold = SHARED / "data/reports"
    out = folder / "reports.jsonl"
    given = [{"id": r["id"], "date": r.get("date", ""), "title": r.get("title", ""), "lang": "en", "text": r["text"]}
             for r in read_jsonl(gold / "reports.dev.jsonl")]
    out.write_text(code_reports(given), encoding="utf-8")
    levels, agree = report_levels(scorer("reports.py", gold / "gold", out))
    for level, bar in (("what", None), ("who-whom", 25), ("sector", None)):
        p, r, f, _ = levels[level]
        row("reports", f"{level} F1", f, bar, f"P {p} R {r}" + (f"; {agree}" if level == "who-whom" else ""))


def score_own_gold():
    """The whole reports of tests/gold, which every clone has."""
    sys.path.insert(0, str(ROOT / "tests"))
    import gold
    figures, false = gold.score(ROOT / BUILD)
    for name in ("what F1", "who-whom F1", "sector F1", "claims found", "claims with their speaker", "agreements with their parties"):
        level = name.removesuffix(" F1")
        note = f"P {figures[level + ' P']} R {figures[level + ' R']}" if name.endswith("F1") else ""
        note += f"; status {figures['status right among matches']:.0f} %, date {figures['date right among matches']:.0f} %" if level == "who-whom" else ""
        row("own gold", name, figures[name], gold.FLOOR.get(name), note)
    row("own gold", "false, where there is none", len(false), None, "; ".join(false))


def score_seed(folder):
    gold = SHARED / "seed/seed.gold.json"
    meta = json.loads(gold.read_text(encoding="utf-8"))
    text = (gold.parent / meta["text_file"]).read_text(encoding="utf-8")
    out = folder / "seed.jsonl"
    out.write_text(code_reports([{"id": meta["id"], "date": meta["date"], "text": text}]), encoding="utf-8")
    levels, _ = report_levels(scorer("reports.py", gold, out))
    p, r, _, matched = levels["who-whom"]
    row("seed", "found who-whom", float(matched), 9, f"of {sum(e.get('certain', True) for e in meta['events'])} certain events; P {p} R {r}")


def organisation_codes():
    path = ROOT / "world/organisations.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    at, sector = rows[0].index("code"), rows[0].index("sector")
    return {r[at] for r in rows[1:] if len(r) > sector and r[sector] == "IGO"}


def sentence_event(event, organisations):
    def write(actors):
        codes = [a["code"].replace(" ", "") for a in actors]
        codes = ["" if c.startswith("---") else "IGO" if c[:3] in organisations else c for c in codes]
        return list(dict.fromkeys(codes))
    return {"source": write(event["source"]), "target": write(event["target"]), "cameo": event["cameo"], "plover": event["plover"]}


def both_ways(event, plain):
    """The sentence sets write a mutual event once each way."""
    if not event["reciprocal"]:
        return [plain]
    sides = plain["source"]
    if len(sides) < 2:
        return [plain]
    return [dict(plain, source=[a], target=[b]) for a in sides for b in sides if a != b]


def iso_day(text):
    digits = re.sub(r"\D", "", text or "")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) == 8 else ""


def score_sentences(folder, name, bar, organisations):
    gold = SHARED / f"data/events/{name}.dev.jsonl"
    sentences = read_jsonl(gold)
    given = [{"id": s["id"], "date": iso_day(s.get("date")), "lang": "en", "text": s["text"]} for s in sentences]
    events = {s["id"]: [] for s in sentences}
    for line in code_reports(given).split("\n"):
        record = json.loads(line) if line else {}
        if record.get("type") == "event":
            events[record["doc"]] += both_ways(record, sentence_event(record, organisations))
    out = folder / f"{name}.jsonl"
    out.write_text("".join(json.dumps({"id": k, "events": v}) + "\n" for k, v in events.items()), encoding="utf-8")
    text = scorer("events.py", gold, out)
    for level, label in (("plover", "category F1"), ("quad", "quad F1"), ("any3", "actor pair F1"), ("tripleP3", "who-what-whom F1"), ("any-event", "any event F1")):
        m = re.search(rf"^{level}\s+(\S+)\s+(\S+)\s+(\S+)", text, re.M)
        if m:
            row(name, label, round(100 * float(m[3]), 1), bar if level == "plover" else None,
                f"P {100 * float(m[1]):.1f} R {100 * float(m[2]):.1f}")


def score_dictionaries(folder):
    """PETRARCH's own unit records by its own validation dictionaries, in place of our lists and frames."""
    gold = SHARED / "data/events/petr-unit.dev.jsonl"
    lists = SHARED / "data/dictionaries/petrarch"
    options = [f"--only-{kind}" for kind in ("actors", "agents", "verbs")]
    for kind in ("actors", "agents", "verbs"):
        options += [f"--{kind}", str(lists / f"PETR.Validate.{kind}.txt")]
    sentences = read_jsonl(gold)
    given = [{"id": s["id"], "date": iso_day(s.get("date")), "lang": "en", "text": s["text"]} for s in sentences]
    coded, out = folder / "petr-unit.records.jsonl", folder / "petr-unit.jsonl"
    coded.write_text(code_reports(given, *options), encoding="utf-8")
    out.write_text(scorer("collect.py", "output", gold, coded), encoding="utf-8")
    text = scorer("events.py", gold, out)
    m = re.search(r"records wholly right (\d+) \((\S+)%\)", text)
    row("petr-unit", "records wholly right", float(m[2]), 60, f"{m[1]} of {len(sentences)}, by PETRARCH's own dictionaries")


def score_trees(folder, name, bar):
    gold = SHARED / f"data/treebanks/{name}.conllu"
    raw = program(["eval", "conllu", str(gold)])
    for line in raw.split("\n"):
        m = re.match(r"^(\S+)\s*\|\s*\S+\s*\|\s*\S+\s*\|\s*(\d+\.\d+)", line)
        if m and m[1] in ("Tokens", "Sentences", "UPOS", "Lemmas", "UAS", "LAS"):
            row(name, m[1] + " F1, raw text", float(m[2]), bar if m[1] == "LAS" else None)


def stage_program(target, *arguments):
    """The programs that print what one stage found; built only for this."""
    built = subprocess.run(["ninja", "-C", str(ROOT / BUILD), target], capture_output=True, text=True)
    if built.returncode != 0:
        raise RuntimeError(f"{target} cannot be built: {built.stdout[-300:]}")
    done = subprocess.run([str(ROOT / BUILD / target), *map(str, arguments)], capture_output=True, env=dict(os.environ, DRAGOMAN_DATA=str(ROOT)))
    if done.returncode != 0:
        raise RuntimeError(f"{target} ended with {done.returncode}: {done.stderr.decode()[-300:]}")
    return done.stdout


PLACE_LINES = (("found, overlap F1", r"^mention_overlap\s+\[\S+ \S+ (\S+)", 100), ("of those, within 161 km", r"^acc161\s+(\S+)", 100),
               ("all, within 161 km", r"^acc161_all\s+(\S+)", 100))
# set, gold file, program, scorer; then the lines of the scorer's answer that stand in the table: label, pattern, factor
STAGES = (
    ("extraction", "extraction/scrapinghub.dev.jsonl", "tests/extract", "extraction.py", (("main text F1", r"shingle .* F1 (\S+)", 100),)),
    ("times", "times/wikiwars.dev.jsonl", "bench/score_times", "times.py", (("found, relaxed F1", r"^relaxed\s.*F (\S+)", 1), ("found, strict F1", r"^strict\s.*F (\S+)", 1), ("type F1", r"^type\s.*F (\S+) \(", 1), ("value F1", r"^value\s.*F (\S+) \(", 1))),
    ("places-trnews", "places/trnews.dev.jsonl", "bench/score_places", "places.py", PLACE_LINES),
    ("places-lgl", "places/lgl.dev.jsonl", "bench/score_places", "places.py", PLACE_LINES),
    ("attribution", "attribution/polnear.dev.jsonl", "bench/score_attribution", "attribution.py", (("content found F1", r"^attr\s+content50\s.* F\s+(\S+)", 1), ("with its source F1", r"^attr\s+source50\s.* F\s+(\S+)", 1))),
    ("factuality", "factuality/uds_ih2.dev.jsonl", "bench/score_factuality", "factuality.py", (("correlation (x 100)", r" r (\S+)", 100), ("macro F1 of three", r"macroF (\S+)", 100))),
    ("coreference", "coreference/gum_news.dev.jsonl", "tests/chains", "coreference.py", (("CoNLL F1", r"^CoNLL\s+F (\S+)", 1),)),
)


def score_stage(folder, name, gold, target, judge, lines):
    given = sorted((gold.parent / "html").glob("*.gz")) if name == "extraction" else [gold]
    out = folder / f"{name}.jsonl"
    out.write_bytes(stage_program(target, *given))
    text = scorer(judge, gold, out)
    for label, pattern, factor in lines:
        m = re.search(pattern, text, re.M)
        if m is None:
            raise RuntimeError(f"{judge} answered in another form:\n{text[-600:]}")
        row(name, label, factor * float(m[1].rstrip(",")))


def report_sets(folder):
    yield "own-gold", ROOT / "tests/gold/gold", score_own_gold
    yield "reports", SHARED / "data/reports/reports.dev.jsonl", lambda: score_reports(folder)
    yield "seed", SHARED / "seed/seed.gold.json", lambda: score_seed(folder)
    codes = organisation_codes()
    for name, bar, mapped in (("plover-gsr", 50, codes), ("up-gsr", None, codes)):
        yield name, SHARED / f"data/events/{name}.dev.jsonl", lambda n=name, b=bar, c=mapped: score_sentences(folder, n, b, c)
    yield "petr-unit", SHARED / "data/events/petr-unit.dev.jsonl", lambda: score_dictionaries(folder)
    for name, bar in (("ewt-test", 74), ("gum-dev-news", None)):
        yield name, SHARED / f"data/treebanks/{name}.conllu", lambda n=name, b=bar: score_trees(folder, n, b)
    for name, gold, target, judge, lines in STAGES:
        path = SHARED / "data" / gold
        yield name, path, lambda n=name, g=path, t=target, j=judge, k=lines: score_stage(folder, n, g, t, j, k)


def main():
    only = option("--only", "")
    kept = option("--keep", None)
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(kept or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name, needs, run in report_sets(folder):
            if only and only not in name:
                continue
            if not needs.exists():
                print(f"absent, passed over: {name} ({needs})")
                continue
            try:
                run()
            except RuntimeError as error:
                failed = True
                print(f"{name}: {error}")
    print(f"{'set':14}{'what':24}{'figure':>8}{'bar':>6}  ")
    for name, metric, value, bar, note in ROWS:
        met = "" if bar is None else "met" if value >= bar else "below"
        print(f"{name:14}{metric:24}{value:8.1f}{'' if bar is None else bar:>6} {met:5} {note}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

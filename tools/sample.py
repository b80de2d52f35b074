#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A sample of events from unread text, for a reader to judge.

    tools/sample.py [BUILD] [--count 200] [--seed 1] [--from FOLDER] [--reports 1500] > sample.tsv

FOLDER (../shared/data/text unless told, and of it Reuters, BBC and WMT alone) holds .xz or .txt files with reports parted by <<<DOC>>>.  As many
reports from each file are drawn, coded in one run, and events drawn from all of theirs alike.  Each row has
an empty `verdict`; a reader who did not build the program writes there

    1  category, who and whom are right      0  one of them is wrong      ?  the words do not tell

and `tools/sample.py --count-verdicts sample.tsv` prints the precision with its 95 % interval (Wilson 1927).
The same seed and data give the same sample.  Nothing of the text is kept beside the sample.
"""
import json
import lzma
import math
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NEWS = ("bbc.", "reuters-c50.", "wmt-news-en.")
COLUMNS = "number verdict category code who whom status according_to place date words report".split()
AROUND = 160  # characters shown before and behind the words
LIMIT = 12000  # characters of a report; longer ones are cut


def option(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def read_reports(folder, count, draw):
    paths = [p for p in sorted(folder.glob("*")) if p.name.endswith((".txt", ".xz"))]
    paths = [p for p in paths if p.name.startswith(NEWS)] if "--from" not in sys.argv else paths
    reports = []
    for path in paths:
        opened = lzma.open(path, "rt", encoding="utf-8", errors="replace") if path.suffix == ".xz" else open(path, encoding="utf-8", errors="replace")
        with opened as text:
            all_of_it = [d.strip()[:LIMIT] for d in text.read().split("<<<DOC>>>") if len(d.split()) >= 60]
        chosen = draw.sample(range(len(all_of_it)), min(len(all_of_it), max(1, count // len(paths))))
        reports += [(f"{path.name.split('.')[0]}-{i}", all_of_it[i]) for i in sorted(chosen)]
    return reports


def names(actors):
    return " + ".join(f"{a['name']} [{a['code']}]" for a in actors) or "---"


def rows(build, reports):
    given = "".join(json.dumps({"id": name, "text": text, "lang": "en"}, ensure_ascii=False) + "\n" for name, text in reports)
    done = subprocess.run([str(build / "dragoman"), "code", "-", "--from", "jsonl", "--to", "jsonl"], input=given.encode(), capture_output=True)
    if done.returncode not in (0, 3):
        sys.exit(f"dragoman code ended with {done.returncode}: {done.stderr.decode()[-300:]}")
    texts = dict(reports)
    for line in done.stdout.decode().splitlines():
        e = json.loads(line)
        if e.get("type") != "event":
            continue
        first, text = e["evidence"][0], texts[e["doc"]]
        start, end = max(0, first["start"] - AROUND), first["end"] + AROUND
        words = text[start:first["start"]] + "[" + text[first["start"]:first["end"]] + "]" + text[first["end"]:end]
        whom = "(mutual)" if e["reciprocal"] else names(e["target"])
        place = e["place"]["name"] if e.get("place") else ""
        yield [e["plover"], e["cameo"], names(e["source"]), whom, e["status"], names(e["claimed_by"]) if e["claimed_by"] else "", place,
               e["date"], " ".join(words.split()), e["doc"]]


def count_verdicts(path):
    lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()[1:]
    verdicts = [line.split("\t")[1].strip() for line in lines]
    right, judged = verdicts.count("1"), verdicts.count("1") + verdicts.count("0")
    if judged == 0:
        sys.exit(f"{path}: no verdicts yet: write 1, 0 or ? in the second column")
    p, z = right / judged, 1.96
    middle, half = p + z * z / (2 * judged), z * math.sqrt(p * (1 - p) / judged + z * z / (4 * judged * judged))
    scale = 1 + z * z / judged
    print(f"{right} of {judged} right: {100 * p:.1f} % (95 %: {100 * (middle - half) / scale:.1f} to {100 * (middle + half) / scale:.1f}); "
          f"{len(verdicts) - judged} not judged")


def main():
    if "--count-verdicts" in sys.argv:
        return count_verdicts(option("--count-verdicts", ""))
    values = {sys.argv[i + 1] for i, a in enumerate(sys.argv[:-1]) if a.startswith("--")}
    build = next((a for a in sys.argv[1:] if not a.startswith("--") and a not in values), "build")
    folder = pathlib.Path(option("--from", str(ROOT.parent / "shared/data/text")))
    if not folder.is_dir():
        sys.exit(f"{folder}: no such folder: name one with --from")
    draw = random.Random(int(option("--seed", "1")))
    events = list(rows((ROOT / build).resolve(), read_reports(folder, int(option("--reports", "1500")), draw)))
    chosen = draw.sample(range(len(events)), min(len(events), int(option("--count", "200"))))
    print("\t".join(COLUMNS))
    for number, index in enumerate(sorted(chosen), 1):
        print("\t".join([str(number), ""] + [str(field).replace("\t", " ") for field in events[index]]))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reports with events that readers judged, as JSON lines for `dragoman-train confidence`.

    train/judged.py DATA train/judged.tsv > judged.jsonl

DATA holds treebanks/ and names/ (UD English EWT and GUM, CrossNER politics).  A row of judged.tsv is one event
of the program: the document, the code point where its words begin, category, primaries of both sides, and whether a
reader found category, who and whom right.  The texts are not kept; they are put together again from the data, and the
reports of tests/gold, which the rows called gold/... are of, from there.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TREEBANKS = "ewt-train", "gum-train-free"
NAMES = {"crossner-politics-train": 1, "crossner-politics-dev": 1}  # sentences of a document
CLOSERS, OPENERS, ENDINGS = r" ([,.;:!?%)\]])", r"([(\[]) ", r" ('s|n't|'re|'ve|'ll|'d|'m)\b"


def treebank_texts(path):
    parts, name = [], None
    for line in path.open(encoding="utf-8"):
        if line.startswith("# newdoc id"):
            if name:
                yield name, "".join(parts)
            parts, name = [], line.split("=")[1].strip()
        elif line.startswith("# newpar") and parts:
            parts.append("\n\n")
        elif line.startswith("# text ="):
            parts.append(line[9:].strip() + " ")
    yield name, "".join(parts)


def sentences(path):
    words = []
    for line in path.open(encoding="utf-8"):
        word = re.split(r"[\t ]", line.rstrip("\n"))[0]
        if word:
            words.append(word)
        elif words:
            yield words
            words = []
    if words:
        yield words


def joined(words):
    text = " ".join(words)
    for pattern, by in ((CLOSERS, r"\1"), (OPENERS, r"\1"), (ENDINGS, r"\1"), (r"`` ?|'' ?", '"'), (r'" ([^"]*?) ?"', r'"\1"'), (r"(\w) - (\w)", r"\1-\2")):
        text = re.sub(pattern, by, text)
    return text


def texts(data):
    for bank in TREEBANKS:
        for name, text in treebank_texts(data / f"treebanks/{bank}.conllu"):
            yield name, re.sub(r" *\n\n", "\n\n", text.strip())
    for file, size in NAMES.items():
        lines = [joined(words) for words in sentences(data / f"names/{file}.iob2") if words[0] != "-DOCSTART-"]
        for i in range(0, len(lines), size):
            yield f"{file}-{i}", " ".join(lines[i:i + size])


def gold_reports():
    for path in sorted((ROOT / "tests/gold/reports").glob("*.txt")):
        head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.split("\n"))
        yield f"gold/{path.stem}", text.strip() + "\n", fields["Date"]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    judged = {}
    for line in pathlib.Path(sys.argv[2]).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "document\t")):
            document, at, category, source, target, right = line.split("\t")
            event = {"at": int(at), "category": category, "source": source.split(), "target": target.split(), "right": float(right)}
            judged.setdefault(document, []).append(event)
    known = [(name, text, "") for name, text in texts(pathlib.Path(sys.argv[1]))] + list(gold_reports())
    for name, text, date in known:
        if name in judged:
            print(json.dumps({"text": text, "date": date, "events": judged.pop(name)}, ensure_ascii=False))
    if judged:
        sys.exit(f"judged.py: {len(judged)} documents are not in the data, the first is {min(judged)}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Coreference of a CoNLL-U treebank (Entity= of MISC, as GUM writes it) as JSON lines for `dragoman-train links`.

    train/entities.py gum-train-free.conllu [--not GENRE ...] > links.jsonl

One line a document: {"id", "text", "mentions": [{"s", "e", "cluster"}, ...]}; offsets count code points.
Documents whose id holds "_GENRE_" are left out.
"""
import json
import re
import sys


def documents(path):
    lines, name = [], None
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newdoc id"):
            if name:
                yield name, lines
            name, lines = line.split("= ")[1].strip(), []
        lines.append(line.rstrip("\n"))
    if name:
        yield name, lines


class Reader:
    """Puts the text together again and notes where each mention begins and ends."""

    def __init__(self):
        self.text, self.mentions, self.open = "", [], {}
        self.whole_end, self.whole_blank, self.at = 0, False, 0

    def read_word(self, columns):
        number, form, blank = columns[0], columns[1], "SpaceAfter=No" not in columns[9]
        if "-" in number:
            self.whole_end, self.whole_blank, self.at = int(number.split("-")[1]), blank, len(self.text)
            self.text += form
            return
        inside = int(number) <= self.whole_end
        start = self.at if inside else len(self.text)
        self.text += "" if inside else form
        last = inside and int(number) == self.whole_end
        end = len(self.text) if last or not inside else min(start + len(form), len(self.text))
        self.at = end
        if (last and self.whole_blank) or (not inside and blank):
            self.text += " "
        found = re.search(r"(?:^|\|)Entity=([^|]*)", columns[9])
        for part in re.finditer(r"\(([^()]*)(\)?)|([^()]*)\)", found[1] if found else ""):
            self.read_bracket(part, start, end)

    def read_bracket(self, part, start, end):
        if part[0].startswith("("):
            name = part[1].split("-")[0]
            self.open.setdefault(name, []).append(start)
            if part[2]:
                self.close(name, end)
        elif part[3]:
            self.close(part[3], end)

    def close(self, name, end):
        self.mentions.append({"s": self.open[name].pop(), "e": end, "cluster": re.sub(r"\[.*", "", name)})

    def read(self, lines):
        for line in lines:
            if line.startswith("# newpar") and not line.startswith("# newpar_block"):
                self.text = self.text.rstrip(" ") + ("\n" if self.text else "")
            elif line.startswith("# sent_id"):
                self.text += "" if not self.text or self.text[-1] in "\n " else " "
                self.whole_end = 0
            elif line and not line.startswith("#") and "." not in line.split("\t")[0]:
                self.read_word(line.split("\t"))


def main():
    left_out = sys.argv[sys.argv.index("--not") + 1:] if "--not" in sys.argv else []
    for name, lines in documents(sys.argv[1]):
        if not any(f"_{genre}_" in name for genre in left_out):
            reader = Reader()
            reader.read(lines)
            print(json.dumps({"id": name, "text": reader.text.rstrip(), "mentions": reader.mentions}, ensure_ascii=False))


main()

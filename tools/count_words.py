#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""In how many of N documents each lemma stands: lang/en/record/words.tsv.

    tools/count_words.py TREEBANK.conllu ... > lang/en/record/words.tsv

A document is a `# newdoc`, or 400 words of one.  Lemmas in fewer than four documents are left out: to the program every
word that is not listed is as rare as one that stands in two."""
import sys
from collections import Counter

LONG, LEAST = 400, 4
CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}


def documents(path):
    words, size = set(), 0
    for line in open(path, encoding="utf-8"):
        if (line.startswith("# newdoc") or size >= LONG) and words:
            yield words
            words, size = set(), 0
        cells = line.rstrip("\n").split("\t")
        if len(cells) == 10 and cells[0].isdigit():
            size += 1
            if cells[3] in CONTENT:
                words.add(cells[2].lower())
    if words:
        yield words


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    found = [words for path in sys.argv[1:] for words in documents(path)]
    count = Counter(word for words in found for word in words)
    print("# SPDX-License-Identifier: CC-BY-SA-4.0\n"
          "# In how many documents a lemma stands; made by tools/count_words.py from the training parts of UD English EWT 2.16\n"
          "# (CC BY-SA 4.0) and of UD English GUM 2.16 without its NC genres (CC BY 4.0).  The first row counts all documents.\n"
          "lemma\tdocuments")
    print(f"*\t{len(found)}")
    for word in sorted(count):
        if count[word] >= LEAST and word.isalnum():
            print(f"{word}\t{count[word]}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes lang/en/who/nouns.tsv: what common nouns stand for, from WordNet 3.0.

    tools/make_nouns.py [WORDNET] > lang/en/who/nouns.tsv

WORDNET (/usr/share/wordnet, Debian package wordnet-base) holds data.noun, index.noun, cntlist.rev.
A noun gets the class that most of its counted uses have; nouns never counted are left out, but for
persons of a known gender, and so are those whose gloss calls them rude.  Gender comes from what lies below "female person", "male person" and a few more.
"""
import collections
import re
import sys

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet"
CLASSES = {3: "abstract", 4: "event", 5: "animal", 6: "artifact", 7: "attribute", 8: "body", 9: "cognition", 10: "message", 11: "event",
           12: "attribute", 13: "substance", 14: "group", 15: "place", 16: "cognition", 17: "object", 18: "person", 19: "event", 20: "object",
           21: "possession", 22: "event", 23: "quantity", 24: "attribute", 25: "attribute", 26: "state", 27: "substance", 28: "time"}
FEMALE = {"female_person", "woman", "mother", "wife", "queen", "sister", "daughter", "aunt", "grandmother", "princess", "nun"}
MALE = {"male_person", "man", "father", "husband", "king", "brother", "son", "uncle", "grandfather", "prince", "monk"}
HEAD = """# What common nouns stand for, so that "it" is no person and "she" no man.  Made by tools/make_nouns.py; edit freely.
# class: person group place time event message artifact object substance animal body cognition attribute state possession quantity abstract
# gender: m or f of nouns for persons.
# From WordNet 3.0, Copyright 2006 by Princeton University, all rights reserved.  This software and database is provided "as is" and
# Princeton University makes no representations or warranties, express or implied; its licence permits to use, copy, modify and
# distribute it for any purpose and without fee, provided that this notice stays with it.
noun\tclass\tgender"""


def read_synsets():
    above, glosses = {}, {}
    for line in open(f"{FOLDER}/data.noun", encoding="latin-1"):
        if line.startswith("  "):
            continue
        fields = line.split("|")[0].split()
        glosses[fields[0]] = line.split("|")[1]
        above[fields[0]] = re.findall(r"@ (\d{8}) n", line)
    return above, glosses


def read_genders(above, glosses):
    first, rude = {}, set()
    for line in open(f"{FOLDER}/index.noun", encoding="latin-1"):
        if not line.startswith("  "):
            fields = line.split()
            first[fields[0]] = fields[-int(fields[2]):][0]
    roots = {first[w]: "f" for w in FEMALE if w in first} | {first[w]: "m" for w in MALE if w in first}
    genders = {}
    for noun, synset in first.items():
        step = [synset]
        if re.search(r"offensive|disparag|derogat|slur|slang|prostitut|sexual", glosses[synset]):
            rude.add(noun)
        for _ in range(8):
            found = [roots[s] for s in step if s in roots]
            if found:
                genders[noun] = found[0]
                break
            step = [a for s in step for a in above.get(s, ())]
        told = re.match(r"[^;]*?\b(?:a|an) (female|woman|male|man)\b", glosses[synset])
        if noun not in genders and told:
            genders[noun] = "f" if told[1] in ("female", "woman") else "m"
    return genders, rude


def main():
    uses, first = collections.defaultdict(collections.Counter), {}
    for line in open(f"{FOLDER}/cntlist.rev", encoding="latin-1"):
        key, sense, count = line.split()
        lemma, rest = key.split("%")
        if rest[0] == "1":
            uses[lemma][CLASSES[int(rest.split(":")[1])]] += int(count)
    above, glosses = read_synsets()
    for line in open(f"{FOLDER}/data.noun", encoding="latin-1"):
        if not line.startswith("  ") and int(line.split()[1]) == 18:
            for word in line.split()[4:4 + 2 * int(line.split()[3], 16):2]:
                first[word] = "person"
    genders, rude = read_genders(above, glosses)
    print(HEAD)
    for noun in sorted(set(uses) | set(first)):
        counted = noun in uses or genders.get(noun)
        if not counted or noun in rude or not re.fullmatch(r"[a-z]+(-[a-z]+)*", noun):
            continue
        kind = uses[noun].most_common(1)[0][0] if noun in uses else first[noun]
        print(noun, kind, genders.get(noun, "") if kind == "person" else "", sep="\t")


main()

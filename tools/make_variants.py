#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Families of syndicated copies, and texts that only look like copies.

    tools/make_variants.py [--families 2000] [--seed 1] [--documents FILE.xz ...] > reports.jsonl

Each line is a report: {"id", "outlet", "date", "title", "lang", "text", "family"}.  `family` is the truth: reports of one
family go back to one text.  Without --documents every text comes from a grammar of our own; with it (files of documents
parted by <<<DOC>>>) half of the families start from real documents.  Nothing is stored: the same seed gives the same lines.

Variants of a text: another headline, only the first half, the last paragraphs dropped, paragraphs in another order, quotations
replaced and a lead of the outlet's own, other punctuation and British or American spelling, another byline; one to three at once.
Texts that are no copies: the same happening written independently around the same quotation; the same form with other facts
(a daily toll report); another day's report that repeats the background of the day before."""
import argparse
import json
import lzma
import random
import re

COUNTRIES = ("Kenya Oman Chad Peru Georgia Armenia Sudan Mali Nepal Bolivia Jordan Serbia Laos Ghana Cyprus Malta Fiji Benin Gabon Tunisia "
             "Algeria Angola Belarus Botswana Chile Croatia Ecuador Eritrea Estonia Guinea Haiti Iceland Kuwait Latvia Lesotho Malawi").split()
TOWNS = ("Nyala Moyale Goris Puno Batumi Gao Karima Tarija Irbid Nis Pakse Tamale Paphos Sliema Lautoka Parakou Franceville Sfax Oran Lobito "
         "Brest Maun Arica Split Cuenca Keren Tartu Kindia Jacmel Selfoss Jahra Liepaja Maseru Zomba Kitale Sohar Abeche Tacna Rustavi").split()
PERSONS = ("Amina Okello|Tomas Vrba|Leila Haddad|Rui Teixeira|Nino Beridze|Samuel Kone|Ana Quispe|Jonas Petrov|Mariam Diallo|Erik Lund|"
           "Farid Nasser|Grace Banda|Pavel Horak|Lucia Rojas|Yusuf Adan|Helen Marsh|Viktor Ilic|Sofia Reis|Daniel Mensah|Rosa Flores").split("|")
OFFICES = "interior minister|army spokesman|governor|mayor|police chief|health ministry spokeswoman|union leader|foreign minister|bishop|judge".split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
THINGS = "bridge market school hospital harbour railway dam refinery border post barracks radio station mine airport".split()
OUTLETS = "Harbour Wire|Delta Post|Northern Courier|Plain Times|Channel Nine|The Ledger|Gulf Observer|Valley Herald|Metro Today|Coast Journal".split("|")
PARTS = {
    "who": ("Police in {town}|Armed men near {town}|Soldiers of {country}|Striking dockers in {town}|The government of {country}|Farmers around {town}|"
            "A court in {town}|Lawmakers from {country}|Rescue teams in {town}|Students in {town}|The bishop of {town}|Customs officers at {town}").split("|"),
    "did": ("closed the {thing} for {n} days|seized {n} tonnes of grain|released {n} detainees without charge|opened an inquiry into the {thing}|"
            "refused to reopen the {thing}|cleared {n} mines from the road to the {thing}|held {n} hours of talks over the {thing}|fined {n} shopkeepers near the {thing}|"
            "evacuated {n} families from beside the {thing}|counted {n} lorries stranded at the {thing}|promised to repair the {thing} within {n} weeks").split("|"),
    "why": ("after a quarrel over unpaid wages|because the {country} side had broken off contact|while {person} was abroad|despite a warning from {person}|"
            "hours before envoys from {country} were due|as rain cut the last road to {town}|in defiance of an order signed by {person}|"
            "following complaints from traders in {town}").split("|"),
    "more": ("{person}, the {office}, put the cost at {n} million.|Nobody in {town} could say when the {thing} would work again.|"
             "Residents told of {n} shots before dawn and a column of smoke over the {thing}.|{person} had visited {town} only {n} weeks earlier.|"
             "Neighbouring {country} sent {n} engineers and asked for no payment.|A ledger found at the {thing} listed {n} names, most of them from {town}.|"
             "The {office}, {person}, left the room without answering.|Ships from {country} waited off {town} with {n} containers aboard.|"
             "Teachers in {town} moved {n} pupils to a church hall.|Prices of bread in {town} rose by {n} per cent within the week.|"
             "Lawyers for {person} said they would appeal to a court in {town}.|The line between {town} and the {thing} has been shut since {day}.|"
             "Observers from {country} counted {n} tents along the river.|A second inquiry, led by {person}, is to report in {n} days.|"
             "Union offices in {town} were searched, and {n} boxes of papers were taken away.").split("|"),
    "say": ("We will not be moved by threats from {town}, and {n} of us have signed|I have seen the {thing} with my own eyes and it cannot stand {n} more days|"
            "{country} owes us an answer, and {n} letters have gone without one|There were {n} of them, and not one carried a paper|"
            "Ask the people of {town} who paid for the {thing}|It took {n} hours to reach {town}, and by then it was over").split("|"),
}
TOLLS = (("At least {n} people were killed and {m} wounded in {country} over the past day, the health ministry said on {day}.",
          "The ministry said the total number of dead since the fighting began had risen to {k}, most of them women and children.",
          "{person}, a spokesman, said {m2} bodies remained under the rubble around {town} and that rescuers could not reach them.",
          "Heavy fighting was reported near {town} on {day}, with {n2} strikes counted by residents.",
          "The figures could not be independently verified, and the army did not immediately respond to a request for comment."),
         ("{country} reported {n} new cases of cholera on {day}, bringing the total to {k}.",
          "Another {m} patients died, according to the daily bulletin of the ministry, most of them in {town}.",
          "{person}, the {office}, urged people to boil their water and to keep away from the river.",
          "Some {m2} people have recovered and {n2} remain in hospital, the bulletin said."),
         ("Oil prices rose {n} per cent on {day} after {country} said it would cut output by {k} barrels a day.",
          "Traders in {town} said stocks had fallen for {m} weeks in a row and that demand from {country} was firm.",
          "{person}, an analyst in {town}, expected prices to stay above {m2} dollars until the end of the quarter.",
          "Shares in the {thing} company gained {n2} per cent."))
SPELLING = (("our ", "or "), ("ise ", "ize "), ("ised", "ized"), ("centre", "center"), ("defence", "defense"), ("programme", "program"), ("travelled", "traveled"),
            ("per cent", "percent"), ("tonnes", "tons"), ("labour", "labor"), ("harbour", "harbor"))


def fill(rng, text, facts=None):
    """Slots get random facts; those in `facts` are given."""
    given = facts or {}
    def one(match):
        name = match.group(1)
        if name in given:
            return str(given[name])
        if name[0] in "nmk" and (len(name) == 1 or name[1:].isdigit()):
            return str(rng.randint(2, 95) if name[0] != "k" else rng.randint(1000, 90000))
        return rng.choice({"country": COUNTRIES, "town": TOWNS, "person": PERSONS, "office": OFFICES, "day": DAYS, "thing": THINGS}[name])
    return re.sub(r"\{(\w+)\}", one, text)


def draw_facts(rng):
    return {"town": rng.choice(TOWNS), "country": rng.choice(COUNTRIES), "person": rng.choice(PERSONS), "thing": rng.choice(THINGS)}


def lead(rng, facts):
    return fill(rng, f"{rng.choice(PARTS['who'])} {rng.choice(PARTS['did'])} on {{day}} {rng.choice(PARTS['why'])}.", facts)


def quote(rng, facts):
    return fill(rng, f"\"{rng.choice(PARTS['say'])},\" said {{person}}, the {{office}}.", facts)


def write(rng, facts=None, paragraphs=None):
    """A report of our own: a list of paragraphs."""
    facts = facts or draw_facts(rng)
    loose = {key: facts[key] for key in rng.sample(sorted(facts), 2)}
    out = [lead(rng, facts)]
    for _ in range(paragraphs or rng.randint(4, 10)):
        sentences = [fill(rng, s, loose if rng.random() < 0.5 else None) for s in rng.sample(PARTS["more"], rng.randint(1, 3))]
        out.append(" ".join(sentences + ([quote(rng, loose)] if rng.random() < 0.3 else [])))
    return out


# ---------------------------------------------------------------- variants

def cut_half(rng, parts):
    return parts[:max(2, (len(parts) + 1) // 2)]


def drop_last(rng, parts):
    return parts[:max(2, len(parts) - rng.randint(1, 3))]


def reorder(rng, parts):
    rest = parts[1:]
    rng.shuffle(rest)
    return parts[:1] + rest


def requote(rng, parts):
    said = "\"" + fill(rng, rng.choice(PARTS["say"])) + "\""
    out = [re.sub(r"[\"“][^\"“”]{8,}[\"”]", lambda _: said, p) for p in parts]
    return [lead(rng, draw_facts(rng))] + out


def respell(rng, parts):
    forth = rng.random() < 0.5
    out = []
    for p in parts:
        for british, american in SPELLING:
            p = p.replace(british, american) if forth else p.replace(american, british)
        p = p.replace('"', "''") if rng.random() < 0.5 else re.sub(r'"([^"]*)"', "“\\1”", p)
        out.append(p.replace(" - ", " — ").replace("'s ", "’s "))
    return out


def byline(rng, parts):
    return [f"By {rng.choice(PERSONS)}, {rng.choice(OUTLETS)}"] + parts + [f"Reporting by {rng.choice(PERSONS)}; editing by {rng.choice(PERSONS)}"]


CHANGES = (cut_half, drop_last, reorder, requote, respell, byline)


def vary(rng, parts):
    for change in rng.sample(CHANGES, rng.randint(1, 3)):
        parts = change(rng, parts)
    return parts


# ---------------------------------------------------------------- everything together

def documents(files):
    for name in files:
        for text in lzma.open(name, "rt", encoding="utf-8", errors="replace").read().split("<<<DOC>>>"):
            parts = [" ".join(p.split()) for p in re.split(r"\n\s*\n|\n", text) if p.strip()]
            if len(parts) == 1:
                sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", parts[0])
                parts = [" ".join(sentences[i:i + 2]) for i in range(0, len(sentences), 2)]
            if len(parts) >= 4 and 90 <= sum(len(p.split()) for p in parts) <= 1500:
                yield parts


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--families", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--documents", nargs="*", default=[])
    given = options.parse_args()
    rng = random.Random(given.seed)
    found = list(documents(given.documents))
    rng.shuffle(found)
    reports = []

    def add(parts, family):
        reports.append((rng.choice(OUTLETS), lead(rng, draw_facts(rng)).rstrip("."), "\n\n".join(parts), family))

    for i in range(given.families):
        base = found.pop() if found and i % 2 else write(rng)
        add(base, i)
        for _ in range(rng.randint(1, 4)):
            add(vary(rng, base), i)
    alone = given.families
    for i in range(given.families // 2):  # the same happening, told independently around one quotation
        facts = draw_facts(rng)
        said = quote(rng, facts)
        for _ in range(2):
            parts = write(rng, facts)
            parts.insert(rng.randint(1, len(parts)), said)
            add(parts, alone)
            alone += 1
    for i in range(given.families // 2):  # the same form, other facts
        form = list(rng.choice(TOLLS))
        add([fill(rng, " ".join(form[:2]))] + [fill(rng, s) for s in form[2:]], alone)
        alone += 1
    for i in range(given.families // 2):  # the next day's news over the same background
        background = write(rng, paragraphs=3)[1:]
        for _ in range(2):
            add(write(rng, paragraphs=5) + background[:2], alone)
            alone += 1
    rng.shuffle(reports)
    for number, (outlet, title, text, family) in enumerate(reports):
        print(json.dumps({"id": f"v{number:06}", "outlet": outlet, "date": f"2024-03-{1 + family % 28:02}", "title": title, "lang": "en",
                          "text": text, "family": family}, ensure_ascii=False))


if __name__ == "__main__":
    main()

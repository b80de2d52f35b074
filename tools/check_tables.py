#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the tables of world/ that name political actors.

    tools/check_tables.py [FOLDER]        FOLDER holds world/; default: the tree this file is in

What is wrong is printed as file:line: message, and the exit status is 1.  The rules:
bytes    valid UTF-8, NFC, LF line ends, no control characters, no space around a field or a list item
columns  the header is the one below, every row has as many fields
codes    the primary is a country of countries.tsv or a code that the guidelines name; the sector is known
dates    YYYY, YYYY-MM or YYYY-MM-DD that exist, and from is not after to
order    rows are sorted by code, then name
names    no name or alias stands twice in a file for different codes at the same time, nor twice in one
         row; a short list of common words is refused as an alias
"""
import datetime
import pathlib
import re
import sys
import unicodedata

LAYOUT = {
    "countries": "code iso2 fips name aliases adjectives demonyms capital bywords regions from to source",
    "regions_of_states": "name adjectives demonyms code kind",
    "organisations": "code sector name aliases kind from to source",
    "groups": "code name aliases kind country from to source",
    "organs": "code name aliases kind source",
    "holders": "name aliases code office from to source",
    "outlets": "name domain country owner kind",
}
LISTS = {"aliases", "adjectives", "demonyms", "capital", "bywords", "regions"}
SECTORS = set("GOV MIL COP JUD LEG OPP PTY REB UAF SPY MED BUS NGO EDU REL LAB CVL CRM IGO".split())
# Primaries that are no country: organisations, borderless groups and peoples.
PRIMARIES = set("UNO NAT EUR AFU ARL WTO IGO NGO MNC ISI ALQ TAL KUR UIS ---".split())
KINDS = {
    "regions_of_states": "country region republic province state territory emirate island city people entity "
                         "kingdom department prefecture district",
    "organisations": "intergovernmental court bank agency mission body bloc treaty charity rights humanitarian "
                     "environment policy religious union company sport research development press",
    "groups": "party alliance rebel militia terrorist movement union religious criminal student ethnic "
              "government administration",
    "organs": "government ministry parliament army navy airforce guard paramilitary police intelligence court "
              "prosecutor bank agency election oversight council",
    "outlets": "agency broadcaster newspaper magazine site",
}
KINDS = {table: set(words.split()) for table, words in KINDS.items()}
# Words a reader of news meets in their common sense; no alias may be one of them alone.
COMMON = set("""Will May Hope Faith Grace Mark Bill Rose Young Long Short White Black Brown Green Gray King Queen
Prince Major General Price Case Wall Hall Hill Field Church Park Banks Bush's Day Summer Winter Monday August April
June Power Rice Fox Wolf Best Love Joy Art Rob Sue Jack Grant Chance Justice Law Speaker House President Minister
Party Union Congress's Front Army Council Police Government State Nation People Court Ministry Union""".split())
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f\u200b\u200e\u200f\ufeff]")
DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")


class Checker:
    def __init__(self, folder):
        self.folder = folder
        self.problems = []
        self.countries = set()

    def say(self, file, line, text):
        self.problems.append(f"world/{file}.tsv:{line}: {text}")

    def rows(self, name):
        """Yields (line number, {column: field}) of a table, after checking its bytes and columns."""
        path = self.folder / "world" / f"{name}.tsv"
        if not path.exists():
            self.say(name, 0, "missing")
            return
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            self.say(name, 0, f"not UTF-8: {error}")
            return
        if not text.endswith("\n"):
            self.say(name, text.count("\n") + 1, "the last line has no line end")
        header = None
        for number, line in enumerate(text.split("\n")[:-1], 1):
            if CONTROL.search(line):
                self.say(name, number, "control or invisible character")
            if unicodedata.normalize("NFC", line) != line:
                self.say(name, number, "not in Unicode normal form C")
            if line.startswith("#"):
                if header is not None:
                    self.say(name, number, "a comment below the header")
                continue
            if not line.strip():
                self.say(name, number, "blank line")
                continue
            fields = line.split("\t")
            if header is None:
                header = fields
                if fields != LAYOUT[name].split():
                    self.say(name, number, f"the header must be: {LAYOUT[name]}")
                    return
                continue
            if len(fields) != len(header):
                self.say(name, number, f"{len(fields)} fields under {len(header)} columns")
                continue
            yield number, dict(zip(header, fields))

    def check_fields(self, name, number, row):
        for column, field in row.items():
            if field != field.strip() or "  " in field:
                self.say(name, number, f"{column}: stray space in {field!r}")
            if column in LISTS and field:
                items = field.split(";")
                if any(not item or item != item.strip() for item in items):
                    self.say(name, number, f"{column}: an empty or spaced item in {field!r}")
                if len(items) != len(set(items)):
                    self.say(name, number, f"{column}: an item stands twice in {field!r}")
        if not row["name"]:
            self.say(name, number, "no name")
        if row["name"] in row.get("aliases", "").split(";"):
            self.say(name, number, f"the name {row['name']!r} stands among its aliases too")
        for word in [row["name"]] + row.get("aliases", "").split(";"):
            if word in COMMON:
                self.say(name, number, f"{word!r} alone is a common word")
        if name in KINDS and row["kind"] not in KINDS[name]:
            self.say(name, number, f"kind {row['kind']!r} is not one of: {' '.join(sorted(KINDS[name]))}")

    def check_code(self, name, number, row):
        if name == "countries":
            if not re.fullmatch(r"[A-Z]{3}", row["code"]):
                self.say(name, number, f"code {row['code']!r} is not three letters")
            for column in ("iso2", "fips"):
                if not re.fullmatch(r"([A-Z]{2})?", row[column]):
                    self.say(name, number, f"{column} {row[column]!r} is not two letters")
            return
        code = row.get("code", row.get("country"))
        sector = row.get("sector", "")
        if name in ("groups", "organs", "holders") and " " in code:
            code, sector = code.split(" ", 1)
        if name == "outlets" and not code:
            return
        if code not in self.countries and code not in PRIMARIES:
            self.say(name, number, f"primary {code!r} is unknown")
        if sector and sector not in SECTORS:
            self.say(name, number, f"sector {sector!r} is unknown")
        if name == "groups":
            for country in filter(None, row["country"].split(";")):
                if country not in self.countries:
                    self.say(name, number, f"country {country!r} is unknown")

    def moment(self, name, number, column, text, last):
        """The first or last day of a date field as an ordinal; open ends are far away."""
        if not text:
            return 10**9 if last else -1
        found = DATE.match(text)
        if not found:
            self.say(name, number, f"{column}: {text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
            return 10**9 if last else -1
        year, month, day = (int(part) if part else 0 for part in found.groups())
        try:
            if day:
                return datetime.date(year, month, day).toordinal()
            first = datetime.date(year, month or 1, 1)
        except ValueError:
            self.say(name, number, f"{column}: there is no day {text!r}")
            return -1
        if not last:
            return first.toordinal()
        after = datetime.date(year + 1, 1, 1) if not month or month == 12 else datetime.date(year, month + 1, 1)
        return after.toordinal() - 1

    def check_order(self, name, rows):
        key = {"regions_of_states": ("code", "name"), "outlets": ("country", "name"), "holders": ("code", "name", "from"),
               "organisations": ("code", "sector", "name")}
        key = key.get(name, ("code", "name"))
        before = None
        for number, row in rows:
            now = tuple(row[column] for column in key)
            if before is not None and now < before:
                self.say(name, number, f"not in order: {now} after {before}")
            before = now

    def check_names(self, name, rows):
        """Two codes for one name at one time."""
        seen = {}
        for number, row in rows:
            code = " ".join(filter(None, (row.get("code", row.get("country")), row.get("sector"))))
            start = self.moment(name, number, "from", row.get("from", ""), False)
            end = self.moment(name, number, "to", row.get("to", ""), True)
            if start > end:
                self.say(name, number, f"from {row['from']} is after to {row['to']}")
            for word in filter(None, {row["name"], *row.get("aliases", "").split(";")}):
                for other, other_code, other_start, other_end in seen.get(word, []):
                    # A day in common is a handover; aliases that are surnames may be shared by families.
                    if code != other_code and start < other_end and other_start < end:
                        self.say(name, number, f"{word!r} is {code} here and {other_code} on line {other} at the same time")
                seen.setdefault(word, []).append((number, code, start, end))

    def run(self):
        counts = []
        self.countries = {row["code"] for _, row in self.rows("countries") if row["code"]}
        self.problems.clear()
        for name in LAYOUT:
            rows = list(self.rows(name))
            for number, row in rows:
                self.check_fields(name, number, row)
                self.check_code(name, number, row)
            self.check_order(name, rows)
            self.check_names(name, rows)
            counts.append(f"{name} {len(rows)}")
        for problem in self.problems:
            print(problem)
        print("rows: " + ", ".join(counts) + f"; {len(self.problems)} problems", file=sys.stderr)
        return 1 if self.problems else 0


if __name__ == "__main__":
    tree = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    sys.exit(Checker(tree).run())

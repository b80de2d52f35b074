#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what a compiler does not: the house rules of CONTRIBUTING.md.

layers   a folder of src/ includes base/, itself, and folders above it in ORDER, never below
licence  each source file opens with its SPDX line
network  only src/fetch/ includes curl: nothing else asks the network for anything
size     a .c file has at most 600 lines (think again at 500: a fuller room is two rooms)
page     nothing in web/src/ writes HTML, evaluates text or names another host
marks    no TODO, FIXME or XXX
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ORDER = ["base", "read", "text", "parse", "where", "who", "when", "what", "said", "record", "explain", "score", "store", "ask", "export", "batch", "join", "serve", "fetch"]
SHARED = {"report.h", "pipeline.h", "dragoman.h"}
LINES = 600


def sources():
    yield from sorted(p for folder in ("web/src", "tests/page") for p in (ROOT / folder).rglob("*") if p.suffix in (".ts", ".tsx", ".css", ".mjs"))
    for folder in ("include", "src", "cli", "train", "tests", "tools", "bench"):
        yield from sorted(p for p in (ROOT / folder).rglob("*") if p.suffix in (".c", ".h", ".py", ".sh") and "__pycache__" not in p.parts)


def check_layers(path, text):
    parts = path.relative_to(ROOT).parts
    if parts[0] != "src" or len(parts) < 3:
        return
    own = ORDER.index(parts[1])
    for number, line in enumerate(text.split("\n"), 1):
        m = re.match(r'#include "([a-z]+)/', line)
        if m and (m[1] not in ORDER or ORDER.index(m[1]) > own):
            yield number, f"{parts[1]}/ may not include {m[1]}/, which comes after it"
        if parts[1] == "base" and re.match(r'#include "(report|pipeline)\.h"', line):
            yield number, "base/ knows nothing of reports"


def check_page(path, text):
    if path.relative_to(ROOT).parts[:2] != ("web", "src"):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", line):
            yield number, "a text of the desk becomes text nodes only: no HTML is written, nothing is evaluated"
        if re.search(r"[\"'`(]https?://(?!www\.w3\.org/)", line):
            yield number, "the page asks nobody but its own server"


def check(path):
    text = path.read_text(encoding="utf-8")
    head = text.split("\n", 2)[:2]
    if not any("SPDX-License-Identifier: Apache-2.0" in line for line in head):
        yield 1, "no SPDX line at the top"
    if path.suffix == ".c" and text.count("\n") > LINES:
        yield LINES, f"{text.count(chr(10))} lines: more than {LINES}"
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"\s*#\s*include\s*[<\"]curl/", line) and path.parent != ROOT / "src" / "fetch":
            yield number, "only src/fetch/ may ask the network: call its functions"
        if path.name != "check_style.py" and re.search(r"\b(TODO|FIXME|XXX)\b", line):
            yield number, "unfinished: finish it or take it out"
    yield from check_layers(path, text)
    yield from check_page(path, text)


def main():
    complaints = [(path, number, what) for path in sources() for number, what in check(path)]
    for path, number, what in complaints:
        print(f"{path.relative_to(ROOT)}:{number}: {what}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())

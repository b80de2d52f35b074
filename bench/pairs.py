#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pair precision, recall and F1 of bench/join_reports against the truth in the reports' own lines.

    bench/pairs.py REPORTS.jsonl ANSWERS.jsonl [--gold family] [--answer copy]

Two reports make a pair when they bear the same number (or name); the pairs are counted, not listed."""
import argparse
import collections
import json


def pairs(groups):
    return sum(n * (n - 1) // 2 for n in collections.Counter(groups).values())


def read(path, field):
    with open(path, encoding="utf-8") as lines:
        return {row["id"]: row[field] for row in map(json.loads, lines)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports")
    parser.add_argument("answers")
    parser.add_argument("--gold", default="family", help="field of the reports that holds the truth")
    parser.add_argument("--answer", default="copy", choices=("copy", "story"))
    options = parser.parse_args()
    gold, answer = read(options.reports, options.gold), read(options.answers, options.answer)
    missing = gold.keys() - answer.keys()
    if missing:
        raise SystemExit(f"{options.answers}: no answer for {len(missing)} reports, {min(missing)} first: run bench/join_reports on {options.reports}")
    both = pairs((gold[i], answer[i]) for i in gold)
    precision, recall = both / max(pairs(answer[i] for i in gold), 1), both / max(pairs(gold.values()), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"{len(gold)} reports: precision {100 * precision:.1f}, recall {100 * recall:.1f}, F1 {100 * f1:.1f}")


if __name__ == "__main__":
    main()

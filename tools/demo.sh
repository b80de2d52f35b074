#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Codes samples/ into desk.db, shows the events, says what to try next.
set -eu
program=$1
"$program" code samples -o desk.db --to table
cat <<TEXT

All of it is in desk.db now (SQLite). Try next:
  $program explain "Turkey shelled a village in Syria."       any sentence: what it says, and why
  $program explain samples/02-moyale-breach.txt               a report, sentence by sentence
  $program code samples --to jsonl | head -n 3                the records, one a line
  sqlite3 -box desk.db "select date, who, category, whom, according_to from event_rows where status = 'claimed'"
  make check                                                        the tests
TEXT

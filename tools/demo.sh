#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Codes samples/ into desk.db, shows the events, says what to try next.
set -eu
program=$1
"$program" code samples -o desk.db --to table
cat <<TEXT

All of it is in desk.db now (SQLite). Try next:
  $program explain samples/01-moyale-agreement.txt                 why each code, with the words that say so
  $program explain "Turkey shelled a village in Syria."    any sentence of yours
  $program code samples --to jsonl | head -3               the records, one a line
  sqlite3 desk.db "select who, whom, category from event_rows"
  make check                                               the tests
TEXT

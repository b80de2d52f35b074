#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Codes samples/ into desk.db, shows the first events, says what to try next.
set -eu
program=$1
"$program" code samples -o desk.db
echo "The first 25 events of samples/, in order of their days:"
"$program" query desk.db limit=25
cat <<TEXT

All of it is in desk.db now (SQLite). Try next:
  $program serve desk.db                                      open it in a page: look, read, ask why, check
  $program query desk.db --of agreements                      agreements, their stages, what is owed
  $program explain "Turkey shelled a village in Syria."       any sentence: what it says, and why
  $program explain samples/02-moyale-breach.txt               a report, sentence by sentence
  $program code samples --to table                            every event, with its witnesses
  $program code samples --to jsonl | head -n 3                the records, one a line
  make check                                                        the tests
TEXT

// SPDX-License-Identifier: Apache-2.0
/* What stands beside a name and tells its kind: "said Orlo", "the town of Orlo", "Orlo shares". */
#ifndef DRG_PARSE_BESIDE_H
#define DRG_PARSE_BESIDE_H

#include "parse/marks.h"

typedef enum { BESIDE_SUBJECT, BESIDE_BEFORE, BESIDE_OF, BESIDE_AFTER, BESIDE_OWNED, BESIDE_TITLE, BESIDE_AGE, BESIDE_FIRST, BESIDE_LAST,
               BESIDE_ALONE, BESIDE_NEVER, BESIDE_COMPASS, BESIDE_FIELD, BESIDE_OWNER, BESIDE_DIVIDE, BESIDE_FAMILY, BESIDE_PARTICLE, BESIDE_PREFIX, BESIDE_SUFFIX, BESIDE_TEAM, BESIDE_COMMON, BESIDE_DAY, BESIDE_COUNT } beside_place;

typedef struct {
    i8 votes[NAME_COUNT]; /* natural logarithms */
} beside_row;

typedef struct {
    map rows; /* place << 32 | symbol -> index */
    LIST(beside_row) all;
    u32 of, at, who, own, own_curly; /* symbols: "of", "at", "who", "'s", "’s" */
} beside_words;

drg_status beside_open(beside_words *b, knowledge *k, drg_error *error);
/* Adds to `votes` what the surroundings of the name [first, end) say of its kind. */
void beside_vote(const beside_words *b, const name_tables *tables, const report *r, range name, i64 votes[NAME_COUNT]);
bool beside_lists(const beside_words *b, beside_place where, symbol word);

#endif

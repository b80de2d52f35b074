// SPDX-License-Identifier: Apache-2.0
/* Names that the world's tables know: a prior for the vote over a name's kind (agree.h). */
#ifndef DRG_PARSE_KNOWN_H
#define DRG_PARSE_KNOWN_H

#include "base/map.h"
#include "report.h"

typedef struct {
    map kinds; /* map_key_of_symbols of the lower-case words -> set of 1 << name_kind */
} known_names;

/* Reads names from world/ tables; a table that is missing is passed over. */
drg_status known_names_open(known_names *names, knowledge *k, drg_error *error);
/* The kinds that the tables give to the tokens [first, end), as a set of 1 << name_kind. */
u32 known_names_find(const known_names *names, const report *r, u32 first, u32 end);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Where names begin and end, and what is none, before a report's names vote for their kinds (agree.h). */
#ifndef DRG_PARSE_BOUNDS_H
#define DRG_PARSE_BOUNDS_H

#include "parse/beside.h"

typedef struct {
    report *r;
    const name_tables *tables;
    const beside_words *beside;
} names_work;

/* The kinds that the tables give to the tokens [first, end). */
static inline u32 names_listed(const names_work *a, u32 first, u32 end) { return known_names_find(&a->tables->known, a->r, first, end); }
static inline bool names_lists(const names_work *a, beside_place where, u32 at) { return beside_lists(a->beside, where, a->r->tokens.items[at].lower); }
static inline bool names_capital(const token *t) { return t->form != t->lower; }

/* The end of the name that begins at token `first`. */
u32 bounds_name_end(const report *r, u32 first);
/* Makes the tokens [first, end) one name of `kind`, or none for NAME_NONE. */
void bounds_name(report *r, u32 first, u32 end, u32 kind);
/* Moves the bounds of r's names; some get another kind. */
void bounds_settle(report *r, const name_tables *tables, const beside_words *beside);
/* Things that bear a number, once the kinds are settled: "Covid-19", "Apollo 11". */
void bounds_numbered(report *r, const name_tables *tables);

#endif

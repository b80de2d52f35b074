// SPDX-License-Identifier: Apache-2.0
/* What the files of src/ask share. */
#ifndef DRG_ASK_INSIDE_H
#define DRG_ASK_INSIDE_H

#include "ask/ask.h"

/* How many reports, outlets and witnesses tell the event of e: expressions. */
extern const char ask_reports_sql[], ask_outlets_sql[], ask_witnesses_sql[];

/* A LIKE pattern: `text` in lower case, its own % and _ made plain, between the two. */
span ask_pattern(arena *memory, const char *before, span text, const char *after);

/* What all words together leave. */
typedef struct {
    i32 first, last; /* days; INT32_MIN, INT32_MAX: open */
    bool narrow;     /* few events, before actors are looked at */
    bool agreements; /* e is what a report says of an agreement, its actors are the parties */
    bool claims;     /* e is a claim */
} ask_scope;

/* Whether a word of the filter language restricts these rows; NULL: events. */
bool ask_kind_takes(const ask_kind *of, span word);

/* actor_filter.c: conditions on e.  `side`: source, target, party (either) or speaker. */
void ask_put_actor(ask_build *b, const char *side, span given, const ask_scope *scope, arena *memory);
/* "USA-IRN"; false when these are no two codes. */
bool ask_put_dyad(ask_build *b, span pair, const ask_scope *scope, arena *memory);

#endif

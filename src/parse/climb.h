// SPDX-License-Identifier: Apache-2.0
/* Ways up a dependency tree, for the stages that ask to which clause a word belongs.
 *
 * In "On 9 July the ministers signed a pact that bans tests", `9 July` hangs two steps below
 * `signed`; nothing hangs below it by way of `bans`, for a clause ends the way. */
#ifndef DRG_PARSE_CLIMB_H
#define DRG_PARSE_CLIMB_H

#include "report.h"

#define CLIMB_STEPS 24 /* news sentences are rarely deeper than 12; keeps a hostile tree linear */

/* The head of a clause: a verb, or whatever stands in a clause's place. */
bool climb_is_clause(const token *t);
/* Steps from `from` up to `to` with no other clause on the way, and the relation of the last one;
 * NONE when there is no such way. */
u32 climb_count(const report *r, u32 from, u32 to, u8 *relation);

/* What hangs below token `at`, as an index; NONE: nothing. */
typedef u32 climb_finder(const report *r, u32 at);
/* Whether the search ends at a token that hangs by its relation. */
typedef bool climb_end(const token *t);
/* What `below` finds at `from`, else at the first of its governors where it finds something before
 * `ends` holds.  `*steps` counts the way, 0 at `from` itself. */
u32 climb_find(const report *r, u32 from, climb_finder *below, climb_end *ends, u32 *steps);

/* The first of `count` records of `size` bytes that begins at token `at` or later.  A record opens
 * with the u32 of its first token, and they stand in text order. */
u32 climb_first_at(const void *records, u32 count, size_t size, u32 at);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Whom a side is dealing with, told by the report's other deeds. */
#ifndef DRG_WHAT_DEALING_H
#define DRG_WHAT_DEALING_H

#include "what/frames.h"

typedef struct {
    u32 first, end;      /* r->parties of one deed that names it */
    u32 votes, distance; /* deeds that set it against us, and how far the nearest is */
} opponent;

/* Is the other side of such a deed likely to stand in an earlier one? */
bool dealing_wants_partner(const deed *d, bool source_missing);
/* The side that a deed before deed `index` sets beside ours: parties [*first, *end). */
bool dealing_find_partner(const report *r, u32 index, bool source_missing, u32 *first, u32 *end);
/* Is such a deed done between foes? */
bool dealing_wants_opponent(const deed *d);
/* The side that most hostile deeds around deed `index` set against ours, parties [our_first, our_end). */
bool dealing_find_opponent(const report *r, u32 index, u32 our_first, u32 our_end, opponent *best);

#endif

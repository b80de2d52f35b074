// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_RECORD_ACTOR_H
#define DRG_RECORD_ACTOR_H

#include "report.h"

#define ACTOR_ROOM 48

/* Collects parties without repeating a code.  A group ("the two sides") becomes its members. */
typedef struct {
    drg_actor actors[ACTOR_ROOM];
    size_t count;
} actor_list;

void actor_add(report *r, u32 mention_index, actor_list *out);
/* The list in the report's arena; NULL and *count 0 when empty or out of memory. */
const drg_actor *actor_keep(report *r, const actor_list *list, size_t *count);
drg_extent record_points(const report *r, range bytes);
span record_text(report *r, span text);

#endif

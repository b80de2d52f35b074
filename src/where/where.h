// SPDX-License-Identifier: Apache-2.0
/* Places: names found in the text (mention.c), each taken for one place of the gazetteer
 * (resolve.c), and given to the deeds of their clause (where_place_of). */
#ifndef DRG_WHERE_WHERE_H
#define DRG_WHERE_WHERE_H

#include "report.h"

typedef struct where_tables where_tables;

drg_status where_open(where_tables **out, knowledge *k, drg_error *error);
/* Fills r->places in text order and r->dateline_place. */
drg_status where_run(const where_tables *tables, report *r, drg_error *error);
void where_close(where_tables *tables);

/* The place (index in r->places) of the deed headed at `head_token`: one that hangs below it behind
 * a preposition of place, or that it is done to ("seized Aleppo"), else of a governing clause; NONE. */
u32 where_place_of(const report *r, u32 head_token);

/* The place that `at_token` is in (index in r->places), or NONE. */
u32 where_place_at(const report *r, u32 at_token);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Time expressions: found by patterns over words (grammar.h), dated by the calendar (resolve.h),
 * given to the deeds of their clause (when_timex_of). */
#ifndef DRG_WHEN_WHEN_H
#define DRG_WHEN_WHEN_H

#include "report.h"

typedef struct when_tables when_tables;

drg_status when_open(when_tables **out, knowledge *k, drg_error *error);
/* Fills r->timexes in text order.  When r->day is unknown and the text tells it, sets r->day and
 * r->date. */
drg_status when_run(const when_tables *tables, report *r, drg_error *error);
void when_close(when_tables *tables);

/* The timex (index in r->timexes) that dates the predicate headed at `head_token`: one that hangs in
 * the tree below it, else below the clause that governs it, else the nearest one of the sentence
 * that belongs to no other clause; NONE.  Never a duration. */
u32 when_timex_of(const report *r, u32 head_token);

/* The timex that a deed told in the past shares when it has none of its own: the one that dates the
 * news, the first of the opening sentences that names a day shortly before the report's (or its
 * month, where only that is known).  NONE when the deed's paragraph has turned to another time. */
u32 when_story_of(const report *r, u32 head_token);

/* ISO 8601: "2020-07-09", "2020-07", "2020", "2020-07-01/2020-07-09", "../2003-12-31"; empty for
 * GRAIN_VAGUE and durations. */
span when_format(const timex *t, arena *memory);
/* One end of a timex: "2020-07-09", or cut to its grain; empty when open or unknown. */
span when_format_start(const timex *t, arena *memory);
span when_format_last(const timex *t, arena *memory);

#endif

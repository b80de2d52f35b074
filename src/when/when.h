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
 * that belongs to no other clause; NONE.  Never a duration.  `by`: a dating of report.h. */
u32 when_timex_of(const report *r, u32 head_token, u8 *by);
/* One that hangs in the tree below token `at` in its own clause, or NONE. */
u32 when_timex_below(const report *r, u32 at);
/* Whether a length stands by the verb `at`: "for three days", which no single day of the news covers. */
bool when_lasts(const report *r, u32 at);
/* The sentence where a live report begins, "12:20 Russia offers to mediate"; NONE: it is no live report. */
u32 when_find_live(const report *r);
/* For every sentence the time that a deed told there without a date of its own shares; NULL when
 * memory is out. */
told_time *when_follow_narrative(const report *r);

/* ISO 8601: "2020-07-09", "2020-07", "2020", "2020-07-01/2020-07-09", "../2003-12-31"; empty for
 * GRAIN_VAGUE and durations. */
span when_format(const timex *t, arena *memory);
/* One end of a timex: "2020-07-09", or cut to its grain; empty when open or unknown. */
span when_format_start(const timex *t, arena *memory);
span when_format_last(const timex *t, arena *memory);

#endif

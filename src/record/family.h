// SPDX-License-Identifier: Apache-2.0
/* Which reports go back to one text.
 *
 * Two reports are copies when the smaller one's runs stand in the other for at least COPY_SHARE, those of its runs
 * that hold a figure for at least COPY_FIGURE_SHARE (tomorrow's toll in today's words is no copy), and neither is more
 * than COPY_RATIO times as long (a digest that holds ten stories is not a copy of each).  Only pairs that
 * share a run under a fixed cut-off are looked at, and of all reports with the same run each only with the one
 * before it and with the first: so the work grows with the reports, not with their pairs.  Copies of copies are
 * joined (union-find with the smaller index as root), so a family is led by its first report.
 *
 * A function of the sketches in their order alone. */
#ifndef DRG_RECORD_FAMILY_H
#define DRG_RECORD_FAMILY_H

#include "record/sketch.h"

#define COPY_SHARE 0.42
#define COPY_FIGURE_SHARE 0.3
#define COPY_FIGURES 6 /* fewer runs with a figure under the common cut-off tell nothing */
#define COPY_RUNS 12   /* fewer runs under it tell nothing: too short to compare */
#define COPY_RATIO 6

/* `first[i]`: the first report of i's family, i itself when it leads one or stands alone. */
drg_status family_find(const sketch *const *sketches, u32 count, u32 *first, arena *scratch);

/* Union-find: the root of i, halving the path. */
u32 family_root(u32 *parent, u32 i);

/* How many of a sketch's runs, from the first, open a list of reports. */
u32 family_count_posted(const sketch *s);

bool family_is_copy(const sketch *a, const sketch *b);

#endif

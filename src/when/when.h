// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_WHEN_WHEN_H
#define DRG_WHEN_WHEN_H

#include "report.h"

typedef struct when_tables when_tables;

drg_status when_open(when_tables **out, knowledge *k, drg_error *error);
drg_status when_run(const when_tables *tables, report *r, drg_error *error);
void when_close(when_tables *tables);

/* "2020-07-09", "2020-07", "2020" or "2020-07-01/2020-07-05"; empty when no value is written. */
span when_format(const timex *t, arena *memory);
/* The time expression that belongs to the predicate headed at token `at`, or NONE. */
u32 when_timex_of(const report *r, u32 at);

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_WHERE_WHERE_H
#define DRG_WHERE_WHERE_H

#include "report.h"

typedef struct where_tables where_tables;

drg_status where_open(where_tables **out, knowledge *k, drg_error *error);
drg_status where_run(const where_tables *tables, report *r, drg_error *error);
void where_close(where_tables *tables);

/* The place that belongs to the predicate headed at token `at`, or NONE. */
u32 where_place_of(const report *r, u32 at);

#endif

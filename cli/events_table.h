// SPDX-License-Identifier: Apache-2.0
/* Events as a table for a person: when, who, what, to whom, where, status, according to whom, reports. */
#ifndef DRG_CLI_EVENTS_TABLE_H
#define DRG_CLI_EVENTS_TABLE_H

#include <stdio.h>

#include "base/arena.h"

typedef struct events_table events_table;

drg_status events_table_open(events_table **out, drg_error *error);
drg_status events_table_add(events_table *t, const drg_records *records, drg_error *error);
void events_table_print(const events_table *t, FILE *out);
void events_table_close(events_table *t);

#endif

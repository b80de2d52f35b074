// SPDX-License-Identifier: Apache-2.0
/* The events of a database as a table on a terminal: when, who, did what, to whom, where, status,
 * according to whom, in how many reports. */
#ifndef DRG_CLI_EVENTS_TABLE_H
#define DRG_CLI_EVENTS_TABLE_H

#include <stdio.h>

#include "cli/grid.h"
#include "store/store.h"

#define EVENTS_TABLE_COLUMNS 8
extern const grid_column events_table_columns[EVENTS_TABLE_COLUMNS];
/* "3 (2)": reports, and witnesses where they are fewer; the size. */
size_t events_table_reports(u32 reports, u32 witnesses, char out[32]);

drg_status events_table_print(store *s, FILE *out, drg_error *error);

#endif

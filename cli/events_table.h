// SPDX-License-Identifier: Apache-2.0
/* The events of a database as a table on a terminal: when, who, did what, to whom, where, status,
 * according to whom, in how many reports. */
#ifndef DRG_CLI_EVENTS_TABLE_H
#define DRG_CLI_EVENTS_TABLE_H

#include <stdio.h>

#include "store/store.h"

drg_status events_table_print(store *s, FILE *out, drg_error *error);

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_WHAT_WHAT_H
#define DRG_WHAT_WHAT_H

#include "report.h"

typedef struct what_tables what_tables;

drg_status what_open(what_tables **out, knowledge *k, drg_error *error);
drg_status what_run(const what_tables *tables, report *r, drg_error *error);
void what_close(what_tables *tables);

#endif

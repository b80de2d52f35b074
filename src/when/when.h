// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_WHEN_WHEN_H
#define DRG_WHEN_WHEN_H

#include "report.h"

typedef struct when_tables when_tables;

drg_status when_open(when_tables **out, knowledge *k, drg_error *error);
drg_status when_run(const when_tables *tables, report *r, drg_error *error);
void when_close(when_tables *tables);

#endif

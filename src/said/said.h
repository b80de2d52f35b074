// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_SAID_SAID_H
#define DRG_SAID_SAID_H

#include "report.h"

typedef struct said_tables said_tables;

drg_status said_open(said_tables **out, knowledge *k, drg_error *error);
drg_status said_run(const said_tables *tables, report *r, drg_error *error);
void said_close(said_tables *tables);

#endif

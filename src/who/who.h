// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_WHO_WHO_H
#define DRG_WHO_WHO_H

#include "report.h"

typedef struct who_tables who_tables;
typedef struct where_tables where_tables;
drg_status who_open(who_tables **out, knowledge *k, where_tables *places, drg_error *error);
drg_status who_run(const who_tables *tables, report *r, drg_error *error);
void who_close(who_tables *tables);

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_TEXT_TEXT_H
#define DRG_TEXT_TEXT_H

#include "report.h"

typedef struct text_tables text_tables;

drg_status text_open(text_tables **out, knowledge *k, drg_error *error);
drg_status text_run(const text_tables *tables, report *r, drg_error *error);
void text_close(text_tables *tables);

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_PARSE_PARSE_H
#define DRG_PARSE_PARSE_H

#include "report.h"

typedef struct parse_model parse_model;

drg_status parse_open(parse_model **out, knowledge *k, char hash[17], drg_error *error);
drg_status parse_run(const parse_model *tables, report *r, drg_error *error);
void parse_close(parse_model *tables);

#endif

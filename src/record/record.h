// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_RECORD_RECORD_H
#define DRG_RECORD_RECORD_H

#include "report.h"

typedef struct what_tables what_tables;
/* Turns the stages' arrays into the public records (drg_records) of the report. */
drg_status record_run(const what_tables *frames, report *r, drg_error *error);

#endif

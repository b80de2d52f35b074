// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_RECORD_DATE_H
#define DRG_RECORD_DATE_H

#include "report.h"

/* Gives deeds without a date of their own the time that the report tells of where they stand. */
void date_deeds(report *r);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The day a report was written. */
#ifndef DRG_READ_DATE_H
#define DRG_READ_DATE_H

#include "base/calendar.h"
#include "read/tables.h"

/* A calendar_date here is a date as far as it was written: day 0 when only the month is known, month 0
 * when only the year. */
bool date_is_real(calendar_date date);
/* "2020-07-09", "2020-07", "2020" into 11 bytes. */
span date_print(calendar_date date, char out[11]);

/* The first date written in `text`, the year with it; reads ISO forms, "9 July 2020", "July 9th, 2020",
 * "09.07.2020", and "07/19/2020" where only one order is possible.  `*end`: byte behind it. */
bool date_find(const read_tables *tables, span text, calendar_date *date, size_t *start, size_t *end);
/* The date in an address: /2020/07/09/, /2020/jul/09/, 20200709, 2020-07-09. */
bool date_find_in_url(const read_tables *tables, span url, calendar_date *date);

#endif

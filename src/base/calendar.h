// SPDX-License-Identifier: Apache-2.0
/* Calendar arithmetic of our own: days counted from 1970-01-01 in the proleptic Gregorian
 * calendar, years as astronomers count them (year 0 = 1 BC).  No clock, no locale, no time zone. */
#ifndef DRG_BASE_CALENDAR_H
#define DRG_BASE_CALENDAR_H

#include "base/base.h"

#define DAY_UNKNOWN INT32_MIN

typedef struct {
    i32 year;
    i32 month; /* 1 .. 12 */
    i32 day;   /* 1 .. 31 */
} calendar_date;

/* Days since 1970-01-01.  The month may lie outside 1 .. 12 and is carried into the year. */
i32 calendar_day(i32 year, i32 month, i32 day);
calendar_date calendar_date_of(i32 day);
/* 1 Monday .. 7 Sunday. */
i32 calendar_weekday(i32 day);
i32 calendar_days_in_month(i32 year, i32 month);
bool calendar_is_date(i32 year, i32 month, i32 day);
/* The day `months` later or earlier; 31 May and one month is 30 June. */
i32 calendar_add_months(i32 day, i32 months);
/* Easter Sunday of a Gregorian year. */
i32 calendar_easter(i32 year);
/* Easter Sunday of the Orthodox churches, as a day of the Gregorian calendar. */
i32 calendar_orthodox_easter(i32 year);
/* A day of the Iranian (solar Hijri) calendar by the 33-year cycle, right for 1244 to 1472. */
i32 calendar_iranian_day(i32 year, i32 month, i32 day);
/* Reads "2020-07-09" (more may follow, as "T10:30Z"); DAY_UNKNOWN when it is no date. */
i32 calendar_parse_iso(span text);
/* Reads "2000-07-17", "2000-07" or "2000": its first day, or its last.  False when it is no such date. */
bool calendar_read_part(span text, bool last, i32 *day);
/* Writes "2020-07-09" into `out` (16 bytes) and returns it. */
span calendar_print(i32 day, char out[16]);

#endif

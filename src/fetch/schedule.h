// SPDX-License-Identifier: Apache-2.0
/* When to ask again.  Pure arithmetic: the present moment is an argument, all moments and spans of time are
 * milliseconds (moments since 1970-01-01 UTC), so every rule can be tested without waiting. */
#ifndef DRG_FETCH_SCHEDULE_H
#define DRG_FETCH_SCHEDULE_H

#include "base/base.h"

#define SECOND ((i64)1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

#define SCHEDULE_UNSAID ((i64)-1)
#define SCHEDULE_WISH_CAP (7 * DAY)    /* the longest wait that a server or feed can ask for */
#define SCHEDULE_BACKOFF_CAP DAY       /* the longest wait between two tries that fail */

/* What a feed and its server ask for. */
typedef struct {
    i64 max_age;     /* Cache-Control, or SCHEDULE_UNSAID */
    i64 retry_after; /* or SCHEDULE_UNSAID */
    i64 ttl;         /* of the feed itself, or 0 */
    u32 skip_hours;  /* bit h: not in hour h, UTC */
    u32 skip_days;   /* bit 0 Monday ... bit 6 Sunday */
} schedule_wishes;

/* The next time after an answer: `every` later, later still where the wishes say so, never sooner. */
i64 schedule_next(i64 now, i64 every, const schedule_wishes *wishes);
/* The next try after `failures` (1, 2, ...) in a row: first, twice, four times ... that long, with a cap;
 * not before what the server asks for. */
i64 schedule_retry(i64 now, i64 first, u32 failures, i64 retry_after);
/* The first moment from `at` on that is in no hour or day to be skipped; `at` itself when all are. */
i64 schedule_skip(i64 at, u32 hours, u32 days);

/* "120" seconds, or a date; how long from now. */
i64 schedule_read_retry_after(span header, i64 now);
/* max-age of a Cache-Control header; no-store and no-cache say 0. */
i64 schedule_read_max_age(span header);
/* "15" in units of `unit`, or with one of its own: "90s", "2h", "1d", "50ms".  False: it is none, or longer than a year. */
bool schedule_read_length(span text, i64 unit, i64 *length);

#endif

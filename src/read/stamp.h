// SPDX-License-Identifier: Apache-2.0
/* A moment as feeds and HTTP headers write it. */
#ifndef DRG_READ_STAMP_H
#define DRG_READ_STAMP_H

#include "base/calendar.h"

typedef struct {
    i32 day;     /* as written, in the writer's own zone */
    i64 seconds; /* since 1970-01-01 00:00 UTC; without a time of day: that day's midnight */
} stamp;

/* Reads ISO 8601 ("2024-05-02T23:30:00-05:00"), RFC 822 and 5322 ("Thu, 02 May 2024 23:30:00 EST"), and the two older
 * forms of HTTP ("Thursday, 02-May-24 23:30:00 GMT", "Thu May  2 23:30:00 2024").  False: none of them. */
bool stamp_read(span text, stamp *out);

#endif

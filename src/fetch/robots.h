// SPDX-License-Identifier: Apache-2.0
/* robots.txt after RFC 9309: which addresses of a host a program of our name may fetch.
 *
 * Lifetime: robots_read copies what it keeps to the arena given. */
#ifndef DRG_FETCH_ROBOTS_H
#define DRG_FETCH_ROBOTS_H

#include "base/arena.h"

#define ROBOTS_CAP ((size_t)512 << 10) /* bytes read of one file; the RFC asks for at least 500 KiB */
#define ROBOTS_DELAY_CAP 86400000      /* ms: the longest Crawl-delay that is believed */

typedef struct {
    span pattern; /* begins with '/' or '*'; unreserved escapes decoded, the others in upper case */
    bool allows;
} robots_rule;

typedef struct {
    LIST(robots_rule) rules; /* of the groups that name us, else of those for all */
    i64 delay;               /* ms between two fetches, Crawl-delay; 0: none is asked for */
} robots;

/* `agent`: our product token ("dragoman"), compared without regard to case.  False when memory is out. */
bool robots_read(span file, span agent, arena *memory, robots *out);
/* May `path` ("/news/a?b=c") be fetched?  The longest fitting rule decides, Allow where two are as long. */
bool robots_allows(const robots *r, span path);

#endif

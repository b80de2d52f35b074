// SPDX-License-Identifier: Apache-2.0
/* A feed (RSS 0.9x, 1.0, 2.0, Atom 0.3 and 1.0) to reports, one an item.
 *
 *   clean   feed_clean.c   bytes -> XML without a document type, lone ampersands or endless tags
 *   read    feed.c         XML -> channel, items
 *
 * Lifetime: the arena given.  Limits: FEED_CAP bytes, FEED_ITEMS items, FEED_TEXT_CAP bytes in one text,
 * 256 elements deep.  No entity but the characters of XML and HTML is expanded and nothing is fetched. */
#ifndef DRG_READ_FEED_H
#define DRG_READ_FEED_H

#include "base/arena.h"

#define FEED_CAP ((size_t)64 << 20)
#define FEED_TEXT_CAP ((size_t)8 << 20)
#define FEED_ITEMS 100000u

/* title, url, date ("2024-05-02", or as written if that is no date), outlet, lang; text or html, both empty
 * when the item has no body.  The id is empty. */
typedef struct {
    drg_report report;
    span guid; /* as the feed says; may be empty */
} feed_item;

typedef struct {
    span title, link, lang;
    u32 ttl;        /* minutes for which the feed asks not to be read again; 0: it does not say */
    u32 skip_hours; /* bit h: not to be asked for in hour h, UTC */
    u8 skip_days;   /* bit 0 Monday ... bit 6 Sunday */
    bool is_feed;   /* false: the bytes are something else */
    LIST(feed_item) items;
    char damage[160]; /* what could not be read, and where; empty: nothing */
} feed;

/* Does a file that begins so hold a feed? */
bool feed_is(span window);
/* `charset`: what the server said, in lower case, or "".  False when memory is out. */
bool feed_read(span bytes, const char *charset, arena *memory, feed *out);

/* feed_head.c: the encoding that the XML declaration names; `said` where there is none. */
void feed_find_encoding(span bytes, const char *said, char name[40]);
/* feed_clean.c: UTF-8 in, UTF-8 out; ptr NULL when memory is out. */
span feed_clean(span xml, arena *memory);

#endif

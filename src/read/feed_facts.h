// SPDX-License-Identifier: Apache-2.0
/* What a feed says of one item, or of itself, and what becomes of it. */
#ifndef DRG_READ_FEED_FACTS_H
#define DRG_READ_FEED_FACTS_H

#include "read/feed.h"
#include "read/feed_text.h"
#include "read/feed_words.h"

typedef struct {
    span value[FEED_COUNT];
    u8 rank[FEED_COUNT];
    bool is_markup[FEED_COUNT];
    span base; /* xml:base, or empty */
} feed_facts;

/* The channel's facts into `out`; an hour or a day, which come many times, one by one. */
void feed_take_channel(feed *out, const feed_facts *channel);
void feed_take_hour(feed *out, span hour);
void feed_take_day(feed *out, span day);
/* An item's facts into a new item of `out`, which has its channel's already.  False when memory is out. */
bool feed_take_item(feed *out, const feed_facts *item, const feed_facts *channel, arena *memory, feed_text *scratch);

#endif

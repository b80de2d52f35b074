// SPDX-License-Identifier: Apache-2.0
/* One text of a feed while it is gathered, piece by piece. */
#ifndef DRG_READ_FEED_TEXT_H
#define DRG_READ_FEED_TEXT_H

#include "base/arena.h"

/* Heap, grows to FEED_TEXT_CAP; kept from text to text and freed at the end. */
typedef struct {
    char *bytes;
    size_t size, room;
    bool is_cut;    /* something did not fit */
    bool no_memory;
} feed_text;

void feed_text_add(feed_text *t, span piece);
/* The same with & < > " written as references. */
void feed_text_add_escaped(feed_text *t, span piece);
void feed_text_free(feed_text *t);
static inline span feed_text_get(const feed_text *t) { return t->size > 0 ? (span){t->bytes, t->size} : (span){"", 0}; }

/* Has it tags or character references of HTML? */
bool feed_text_is_markup(span text);
/* "Talks <b>resume</b> &#8211; again" to "Talks resume – again". */
void feed_text_add_plain(feed_text *t, span markup);

#endif

// SPDX-License-Identifier: Apache-2.0
/* What the elements of the six feed formats mean. */
#ifndef DRG_READ_FEED_WORDS_H
#define DRG_READ_FEED_WORDS_H

#include "base/base.h"

typedef enum { FEED_WORDS_RSS, FEED_WORDS_ATOM, FEED_WORDS_DC, FEED_WORDS_CONTENT, FEED_WORDS_PERIOD, FEED_WORDS_ORIGIN, FEED_WORDS_OTHER } feed_vocabulary;

typedef enum {
    FEED_NONE, FEED_TITLE, FEED_LINK, FEED_GUID, FEED_DATE, FEED_BODY, FEED_AUTHOR, FEED_LANG, FEED_TTL,
    FEED_PERIOD, FEED_FREQUENCY, FEED_HOUR, FEED_DAY, FEED_SOURCE, FEED_COUNT
} feed_field;

/* What a text is: words, HTML written as text, either of them, HTML as elements. */
typedef enum { FEED_PLAIN, FEED_MARKUP, FEED_EITHER, FEED_TREE } feed_form;

typedef struct {
    const char *name;
    u8 words;      /* vocabulary */
    u8 field;
    u8 rank;       /* higher wins */
    u8 form;
    const char *inside; /* the element it must stand in, below the item or channel; NULL: right there */
} feed_meaning;

/* The vocabulary of a namespace, by its address or, undeclared, by its usual prefix; both may be NULL. */
feed_vocabulary feed_vocabulary_find(const char *address, const char *prefix);
/* `inside`: the element around it, or "" right below the item or channel.  NULL: nothing we ask for. */
const feed_meaning *feed_meaning_find(feed_vocabulary words, const char *name, const char *inside);

#endif

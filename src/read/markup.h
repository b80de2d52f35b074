// SPDX-License-Identifier: Apache-2.0
/* Cuts a page into tags and text, in time linear in its length, whatever is in it. */
#ifndef DRG_READ_MARKUP_H
#define DRG_READ_MARKUP_H

#include "base/base.h"

/* The attributes that reading a page asks for; all others are passed over. */
#define ATTRIBUTE_LIST(X)                                                                                       \
    X(CLASS, "class") X(ID, "id") X(ROLE, "role") X(ITEMPROP, "itemprop") X(TESTID, "data-testid")              \
    X(COMPONENT, "data-component") X(LABEL, "aria-label") X(STYLE, "style") X(HIDDEN, "hidden")                 \
    X(DATETIME, "datetime") X(PUBDATE, "pubdate") X(CONTENT, "content") X(PROPERTY, "property") X(NAME, "name") \
    X(TYPE, "type") X(LANG, "lang") X(REL, "rel") X(HREF, "href")
typedef enum {
#define ATTRIBUTE_ENUM(name, text) ATTRIBUTE_##name,
    ATTRIBUTE_LIST(ATTRIBUTE_ENUM)
#undef ATTRIBUTE_ENUM
    ATTRIBUTE_COUNT
} markup_attribute;

#define MARKUP_NAME_ROOM 40

typedef struct {
    span name;                     /* lower case, cut at MARKUP_NAME_ROOM */
    span value[ATTRIBUTE_COUNT];   /* references resolved; ptr NULL: not there */
    bool closes_itself;            /* <br/> */
} markup_tag;

/* All spans live only during the call they are given to. */
typedef struct {
    void *user;
    void (*start)(void *user, const markup_tag *tag);
    void (*end)(void *user, span name);
    void (*text)(void *user, span text);
    bool (*is_raw)(void *user, span name); /* script, style: text up to its end tag, no references */
} markup_handler;

void markup_parse(span page, const markup_handler *handler);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The fields of a report, by name, and where an input that calls them otherwise keeps them. */
#ifndef DRG_READ_FIELD_H
#define DRG_READ_FIELD_H

#include "base/arena.h"

#define FIELD_LIST(X) \
    X(ID, id) X(URL, url) X(OUTLET, outlet) X(TITLE, title) X(DATE, date) X(BYLINE, byline) X(LANG, lang) \
    X(FETCHED, fetched) X(TEXT, text) X(HTML, html)
typedef enum {
#define FIELD_ENUM(name, member) FIELD_##name,
    FIELD_LIST(FIELD_ENUM)
#undef FIELD_ENUM
    FIELD_COUNT
} field;

/* The column or the dotted path that holds each field; its own name unless told otherwise. */
typedef struct {
    span from[FIELD_COUNT];
    bool told[FIELD_COUNT];
} field_map;

void field_map_open(field_map *map);
/* Takes "title=headline" or several with commas between; spans of `spec` are kept.  False: a name
 * that is no field, or nothing on one side; `*wrong` is that part. */
bool field_map_add(field_map *map, span spec, span *wrong);
span field_name(field f);
span *field_of(drg_report *report, field f);

#endif

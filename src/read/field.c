// SPDX-License-Identifier: Apache-2.0
/* In: "title=headline,text=content.body"   Out: title is read from headline, text from body inside content. */
#include "read/field.h"

span field_name(field f) {
    static const char *const names[] = {
#define FIELD_TEXT(name, member) #member,
        FIELD_LIST(FIELD_TEXT)
#undef FIELD_TEXT
    };
    return span_of(names[f]);
}

span *field_of(drg_report *report, field f) {
    switch (f) {
#define FIELD_CASE(name, member) \
    case FIELD_##name:           \
        return &report->member;
        FIELD_LIST(FIELD_CASE)
#undef FIELD_CASE
        default:
            return NULL;
    }
}

void field_map_open(field_map *map) {
    *map = (field_map){0};
    for (u32 f = 0; f < FIELD_COUNT; f++) {
        map->from[f] = field_name((field)f);
    }
}

bool field_map_add(field_map *map, span spec, span *wrong) {
    while (spec.len > 0) {
        span from = span_trim(span_next_field(&spec, ','));
        *wrong = from;
        span to = span_trim(span_next_field(&from, '='));
        from = span_trim(from);
        u32 f = 0;
        while (f < FIELD_COUNT && !span_eq(to, field_name((field)f))) {
            f++;
        }
        if (f == FIELD_COUNT || from.len == 0) {
            return false;
        }
        map->from[f] = from;
        map->told[f] = true;
    }
    return true;
}

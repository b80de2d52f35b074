// SPDX-License-Identifier: Apache-2.0
/* What an event is looked up by: its category with the countries and bodies of both sides, "AGREE IRN+SYR", and its day. */
#include "base/calendar.h"
#include "store/inside.h"

#define CODES_ROOM 32

static size_t add_primaries(const drg_actor *actors, size_t count, char codes[CODES_ROOM][4], size_t used) {
    for (size_t i = 0; i < count && used < CODES_ROOM; i++) {
        char code[4] = {0};
        memcpy(code, actors[i].code.ptr, actors[i].code.len < 3 ? actors[i].code.len : 3);
        size_t at = 0;
        while (at < used && strcmp(codes[at], code) < 0) {
            at++;
        }
        if (code[0] == '-' || (at < used && strcmp(codes[at], code) == 0)) {
            continue;
        }
        memmove(codes[at + 1], codes[at], (used - at) * 4);
        memcpy(codes[at], code, 4);
        used++;
    }
    return used;
}

/* "AGREE IRN+SYR", "ASSAULT ISR > SYR": category and sorted primaries; false without any actor. */
static bool print_sides(const drg_event *e, char out[256]) {
    char source[CODES_ROOM + 1][4], target[CODES_ROOM + 1][4];
    size_t sources = add_primaries(e->source, e->source_count, source, 0), targets = 0;
    if (e->reciprocal) {
        sources = add_primaries(e->target, e->target_count, source, sources);
    } else {
        targets = add_primaries(e->target, e->target_count, target, 0);
    }
    size_t used = (size_t)snprintf(out, 256, "%.*s ", (int)e->plover.len, e->plover.ptr);
    for (size_t i = 0; i < sources && used < 128; i++) {
        used += (size_t)snprintf(out + used, 256 - used, "%s%s", i ? "+" : "", source[i]);
    }
    used += (size_t)snprintf(out + used, 256 - used, "%s", e->reciprocal ? "" : " > ");
    for (size_t i = 0; i < targets && used < 250; i++) {
        used += (size_t)snprintf(out + used, 256 - used, "%s%s", i ? "+" : "", target[i]);
    }
    return sources + targets > 0;
}

bool story_key(const drg_records *records, const drg_event *event, char sides[256], i64 *day) {
    span date = event->date.len > 0 ? event->date : records->date;
    i32 found = date.len == 10 ? calendar_parse_iso(date) : DAY_UNKNOWN;
    *day = found;
    return print_sides(event, sides) && found != DAY_UNKNOWN;
}

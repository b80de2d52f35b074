// SPDX-License-Identifier: Apache-2.0
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/calendar.h"
#include "export/inside.h"

bool export_next_pair(const drg_event *e, export_pair *pair) {
    size_t sources = e->source_count > 0 ? e->source_count : 1, targets = e->target_count > 0 ? e->target_count : 1, n = pair->number;
    if (e->reciprocal && e->source_count > 1) { /* the n-th of the pairs (0,1) (0,2) ... (1,2) ... */
        for (size_t i = 0; i + 1 < e->source_count; i++) {
            size_t row = e->source_count - 1 - i;
            if (n < row) {
                *pair = (export_pair){&e->source[i], &e->source[i + 1 + n], pair->number + 1};
                return true;
            }
            n -= row;
        }
        return false;
    }
    if (n >= sources * targets) {
        return false;
    }
    *pair = (export_pair){e->source_count > 0 ? &e->source[n / targets] : NULL, e->target_count > 0 ? &e->target[n % targets] : NULL,
                          pair->number + 1};
    return true;
}

span actor_primary(const drg_actor *a) {
    if (a == NULL || span_starts(a->code, SPAN("---"))) {
        return SPAN("");
    }
    span rest = a->code;
    return span_next_field(&rest, ' ');
}

span actor_sector(const drg_actor *a) {
    span rest = a != NULL ? a->code : SPAN("");
    span_next_field(&rest, ' ');
    return rest;
}

const struct country_fact *country_of(const exporter *x, span code) {
    symbol at = symbols_find(&x->facts->known.words, code);
    u32 row = at != NONE ? map_find(&x->facts->countries, at) : NONE;
    return row != NONE ? &x->facts->country_rows[row] : NULL;
}

static const struct body_fact *body_of(const exporter *x, span code) {
    symbol at = symbols_find(&x->facts->known.words, code);
    u32 row = at != NONE ? map_find(&x->facts->bodies, at) : NONE;
    return row != NONE ? &x->facts->body_rows[row] : NULL;
}

bool actor_is_country(const exporter *x, const drg_actor *a) { return country_of(x, actor_primary(a)) != NULL; }

span actor_cameo(const exporter *x, const drg_actor *a, char buffer[16]) {
    span primary = actor_primary(a), sector = actor_sector(a);
    const struct body_fact *body = body_of(x, primary);
    span code = body != NULL ? body->code : primary;
    if (code.len >= sector.len && span_starts(code, sector)) {
        sector = SPAN(""); /* IGO of IGOUNO */
    }
    int size = snprintf(buffer, 16, "%.*s%.*s", (int)code.len, code.ptr, (int)sector.len, sector.ptr);
    return (span){buffer, size < 16 ? (size_t)size : 15};
}

span actor_group(const exporter *x, const drg_actor *a) {
    const struct body_fact *body = body_of(x, actor_primary(a));
    return body != NULL ? body->group : SPAN("");
}

u64 export_number(span story, u32 pair) { return XXH3_64bits_withSeed(story.ptr, story.len, pair) >> 11; }

span export_day(const ask_row *row) {
    span date = row->event.date.len > 0 ? row->event.date : row->report.date;
    return calendar_parse_iso(date) != DAY_UNKNOWN ? span_cut(date, 0, 10) : SPAN("");
}

span category_root(const drg_event *e) { return span_cut(e->cameo, 0, e->cameo.len < 2 ? e->cameo.len : 2); }

int plover_tenths(const exporter *x, const drg_event *e) {
    symbol category = symbols_find(&x->facts->known.words, e->plover), mode = symbols_find(&x->facts->known.words, e->mode);
    u32 found = e->mode.len > 0 && category != NONE && mode != NONE ? map_find(&x->facts->scores, (u64)category << 32 | mode) : NONE;
    if (found == NONE && category != NONE) {
        found = map_find(&x->facts->scores, (u64)category << 32);
    }
    return found != NONE ? (int)(found % 10000) - 1000 : INT32_MIN;
}

char plover_quad(const exporter *x, const drg_event *e) {
    symbol category = symbols_find(&x->facts->known.words, e->plover);
    u32 found = category != NONE ? map_find(&x->facts->scores, (u64)category << 32) : NONE;
    return found != NONE ? (char)('0' + found / 10000) : '0';
}

span cameo_name(const exporter *x, span code) {
    symbol at = symbols_find(&x->facts->known.words, code);
    u32 row = at != NONE ? map_find(&x->facts->cameo, at) : NONE;
    return row != NONE ? x->facts->cameo_names[row] : SPAN("");
}

span sector_word(const exporter *x, span sector) {
    symbol at = symbols_find(&x->facts->known.words, sector);
    u32 row = at != NONE ? map_find(&x->facts->sectors, at) : NONE;
    return row != NONE ? x->facts->sector_names[row] : sector;
}

int quad_class(const exporter *x, const drg_event *e, bool phoenix) {
    span root = category_root(e);
    bool digits = root.len == 2 && ascii_is_digit(root.ptr[0]) && ascii_is_digit(root.ptr[1]);
    return digits ? x->facts->quads[(root.ptr[0] - '0') * 10 + (root.ptr[1] - '0')][phoenix] : 0;
}

span country_name(const exporter *x, span code) {
    const struct country_fact *country = country_of(x, code);
    return country != NULL ? country->name : SPAN("");
}

const char *export_status(const drg_event *e) {
    static const char *const names[] = {"actual", "claimed", "denied", "planned"};
    return names[e->status];
}

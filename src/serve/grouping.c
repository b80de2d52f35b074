// SPDX-License-Identifier: Apache-2.0
/* The groups of `query --by`, over an image: what SQL takes from a text ("2020-07" of "2020-07-09") is taken from each
 * entry of a dictionary once. */
#include "serve/tally.h"

const char grouping_names[] = "day|month|year|category|cameo|status|source|target|dyad|place|country|outlet|owner|speaker|lang|quad|standing|mode";

/* ------------------------------------------------------------------ keys */

static u32 key_of_column(const grouping *g, u32 telling, u32 *out) {
    u32 at = g->column[g->of_report ? g->m->report[telling] : telling];
    out[0] = g->remap != NULL ? g->remap[at] : at;
    return 1;
}

static u32 keys_of_actors(const grouping *g, u32 telling, u32 *out) {
    u32 count = 0;
    for (u32 a = g->m->first_actor[telling]; a < g->m->first_actor[telling + 1] && count < IMAGE_PAIRS; a++) {
        if (g->sides >> g->m->actors[a].side & 1) {
            u32 code = g->m->actors[a].code;
            out[count++] = g->remap != NULL ? g->remap[code] : code;
        }
    }
    return count;
}

static u32 keys_of_pairs(const grouping *g, u32 telling, u32 *out) {
    u32 first = g->m->first_pair[telling], count = g->m->first_pair[telling + 1] - first;
    memcpy(out, g->m->pair_of.items + first, count * sizeof *out);
    return count;
}

static u32 key_of_quad(const grouping *g, u32 telling, u32 *out) {
    out[0] = g->m->quad[telling];
    return 1;
}

static u32 key_of_standing(const grouping *g, u32 telling, u32 *out) {
    u8 standing = g->m->standing[g->m->story[telling]];
    out[0] = standing < g->groups ? standing : 0;
    return standing < g->groups;
}

static u32 key_of_spot(const grouping *g, u32 telling, u32 *out) {
    out[0] = g->m->spot[telling];
    return out[0] != NONE;
}

static u32 key_of_day(const grouping *g, u32 telling, u32 *out) {
    i64 at = g->m->day[telling] == UNSAID ? -1 : (i64)g->m->day[telling] - g->first_day;
    out[0] = at >= 0 && at < g->days ? g->bucket_of[at] : NONE;
    return out[0] != NONE;
}

static u32 key_of_all(const grouping *g, u32 telling, u32 *out) {
    (void)g;
    (void)telling;
    out[0] = 0;
    return 1;
}

/* As the texts "KEN > ETH" and "KEN + ETH" are ordered. */
static int compare_pairs(const grouping *g, u32 a, u32 b) {
    const image_pair *x = &g->m->pair_list.items[a], *y = &g->m->pair_list.items[b];
    const symbols *codes = &g->m->primaries;
    int source = span_compare(symbols_text(codes, x->source), symbols_text(codes, y->source));
    if (source != 0 || x->mutual != y->mutual) {
        return source != 0 ? source : x->mutual ? -1 : 1;
    }
    return span_compare(symbols_text(codes, x->target), symbols_text(codes, y->target));
}

static int compare_numbers(const grouping *g, u32 a, u32 b) {
    (void)g;
    return (a > b) - (a < b);
}

/* ------------------------------------------------------------------ opening */

static bool open_column(grouping *out, text_column column) {
    out->keys = key_of_column;
    out->column = out->m->text[column];
    out->of_report = column >= TEXT_EVENTS;
    out->groups = out->m->dictionary[column].count;
    out->names = out->m->dictionary[column].texts;
    return true;
}

/* Entries that begin alike are one group. */
static bool open_beginnings(grouping *out, const symbols *entries, size_t len, arena *memory) {
    symbols *names = arena_new(memory, symbols, 1);
    u32 *remap = arena_new(memory, u32, (size_t)entries->count + 1);
    if (names == NULL || remap == NULL) {
        return true;
    }
    symbols_open(names, NULL, memory);
    for (u32 i = 0; i < entries->count; i++) {
        span text = symbols_text(entries, i);
        remap[i] = symbols_add(names, span_cut(text, 0, text.len < len ? text.len : len));
        if (remap[i] == NONE) {
            return true;
        }
    }
    out->remap = remap;
    out->groups = names->count;
    out->names = names->texts;
    return true;
}

static const struct {
    const char *name;
    text_column column;
    size_t len; /* of the beginning that counts; 0: all */
    bool by_name;
} columns[] = {
    {"day", TEXT_SHOWN, 0, true},        {"month", TEXT_SHOWN, 7, true},     {"year", TEXT_SHOWN, 4, true},    {"category", TEXT_PLOVER, 0, false},
    {"cameo", TEXT_CAMEO, 0, true},      {"status", TEXT_STATUS, 0, false},  {"place", TEXT_PLACE, 0, false},  {"country", TEXT_COUNTRY, 0, false},
    {"outlet", TEXT_OUTLET, 0, false},   {"owner", TEXT_OWNER, 0, false},    {"lang", TEXT_LANG, 0, false},    {"mode", TEXT_MODE, 0, false},
};

void grouping_open_actors(grouping *out, const image *m, u32 sides) {
    *out = (grouping){.m = m, .keys = keys_of_actors, .groups = m->primary_count, .remap = m->primary_of, .sides = sides, .names = m->primaries.texts};
}

void grouping_open_pairs(grouping *out, const image *m) {
    *out = (grouping){.m = m, .name = "dyad", .keys = keys_of_pairs, .compare = compare_pairs, .groups = m->pair_list.count};
}

void grouping_open_spots(grouping *out, const image *m) { *out = (grouping){.m = m, .keys = key_of_spot, .groups = m->spots.count}; }
void grouping_open_all(grouping *out, const image *m) { *out = (grouping){.m = m, .keys = key_of_all, .groups = 1}; }

void grouping_open_days(grouping *out, const image *m, i32 first_day, const u32 *bucket_of, u32 days, u32 buckets) {
    *out = (grouping){.m = m, .keys = key_of_day, .compare = compare_numbers, .groups = buckets, .by_name = true, .first_day = first_day, .bucket_of = bucket_of, .days = days};
}

bool grouping_open(grouping *out, const image *m, const char *name, arena *memory) {
    static const span quads[] = {{"0", 1}, {"1", 1}, {"2", 1}, {"3", 1}, {"4", 1}};
    *out = (grouping){.m = m, .name = name};
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        if (strcmp(name, columns[i].name) == 0) {
            open_column(out, columns[i].column);
            out->by_name = columns[i].by_name;
            return columns[i].len == 0 || open_beginnings(out, &m->dictionary[columns[i].column], columns[i].len, memory);
        }
    }
    if (strcmp(name, "source") == 0 || strcmp(name, "target") == 0) {
        grouping_open_actors(out, m, name[0] == 's' ? 1u << SIDE_SOURCE : 1u << SIDE_TARGET);
    } else if (strcmp(name, "speaker") == 0) {
        *out = (grouping){.m = m, .keys = keys_of_actors, .groups = m->codes.count, .sides = 1u << SIDE_CLAIMER, .names = m->codes.texts};
    } else if (strcmp(name, "dyad") == 0) {
        grouping_open_pairs(out, m);
    } else if (strcmp(name, "quad") == 0) {
        *out = (grouping){.m = m, .keys = key_of_quad, .groups = 5, .names = quads, .by_name = true};
    } else if (strcmp(name, "standing") == 0) {
        *out = (grouping){.m = m, .keys = key_of_standing, .groups = 6};
    } else {
        return false;
    }
    out->name = name;
    return true;
}

span grouping_name(const grouping *g, u32 group, char buffer[64]) {
    if (g->names != NULL) {
        return g->names[group];
    }
    if (g->keys == key_of_standing) {
        return span_of(image_standings[group]);
    }
    if (g->keys == keys_of_pairs) {
        const image_pair *p = &g->m->pair_list.items[group];
        span source = symbols_text(&g->m->primaries, p->source), target = symbols_text(&g->m->primaries, p->target);
        int size = snprintf(buffer, 64, "%.*s %c %.*s", (int)source.len, source.ptr, p->mutual ? '+' : '>', (int)target.len, target.ptr);
        return (span){buffer, (size_t)size};
    }
    if (g->keys == key_of_spot) {
        return symbols_text(&g->m->dictionary[TEXT_PLACE], g->m->spots.items[group].name);
    }
    int size = snprintf(buffer, 64, "%010u", group); /* so that names are in the order of days */
    return (span){buffer, (size_t)size};
}

// SPDX-License-Identifier: Apache-2.0
/* One agreement out of many reports, and its stages in order: of their days, on one day of their rank (pacts.h).
 *
 *     2024-03  "Kenya and Ethiopia signed a grazing accord"     signed
 *     2024-09  "the grazing deal ... was extended"              extended: one agreement
 *     2024-09  "Kenya and Ethiopia signed a railway deal"       another
 *     2025-02  "Ethiopia pulled out of the grazing pact"        ended: the first again, of which Ethiopia is a party
 *
 * Whole records (two parties and more) are of one agreement when they have the same parties and their names do not say
 * otherwise: with a subject word in common they may lie ACCORD_YEARS apart, in one story any time; where one names no
 * subject, a year.  A record that names one party is of a whole one with that party and a subject word in common, or, where
 * a name is silent, in the same story.  Of several a subject word in common counts first, then the story, then nearness in
 * time.  What finds none is one with others of its one party, as whole ones are. */
#include "record/desk.h"
#include "record/pacts.h"

#include <stdlib.h>

#define ACCORD_YEARS 10
#define YEAR 366
#define LOOK 64 /* agreements of the same parties looked at, before and behind */

typedef struct {
    u64 key; /* parties of a whole record; one party of it; the agreement that it is of */
    i32 day;
    u32 rank, index;
} filed;

static int compare_filed(const void *a, const void *b) {
    const filed *x = a, *y = b;
    return x->key != y->key     ? (x->key > y->key) - (x->key < y->key)
           : x->day != y->day   ? (x->day > y->day) - (x->day < y->day)
           : x->rank != y->rank ? (x->rank > y->rank) - (x->rank < y->rank)
                                : (x->index > y->index) - (x->index < y->index);
}

/* The same for the same set of parties: each is an odd number, so that they may be multiplied. */
static u64 hash_parties(const desk *d, const desk_agreement *a) {
    u64 product = 1;
    for (u32 i = a->first_party; i < a->end_party; i++) {
        product *= ((u64)d->parties.items[i] * 0x9e3779b97f4a7c15ULL) | 1;
    }
    return product;
}

static bool is_whole(const desk_agreement *a) { return a->end_party - a->first_party >= 2; }

static span name_of(const desk *d, const desk_agreement *a) { return a->name == NONE ? SPAN("") : symbols_text(&d->words, a->name); }

static i64 days_apart(const desk_agreement *a, const desk_agreement *b) {
    i64 apart = (i64)a->day - b->day;
    return a->day == DAY_UNKNOWN || b->day == DAY_UNKNOWN ? 0 : apart < 0 ? -apart : apart;
}

static bool is_silent(const desk *d, const desk_agreement *a) { return pact_compare_names(name_of(d, a), name_of(d, a)) == NAMES_SILENT; }

/* How well two records with a party, or all (`alike`), in common fit: 0 not. */
static u32 fit(const desk *d, const desk_agreement *a, const desk_agreement *b, bool alike) {
    pact_names names = pact_compare_names(name_of(d, a), name_of(d, b));
    bool story = d->reports.items[a->report].story == d->reports.items[b->report].story;
    i64 apart = days_apart(a, b);
    if (names == NAMES_AGREE) {
        return story ? 4 : apart <= ACCORD_YEARS * YEAR ? 3 : 0;
    }
    return names == NAMES_DIFFER ? 0 : story ? 2 : alike && apart <= YEAR ? 1 : 0;
}

typedef struct {
    u32 index, fit;
    i64 apart;
} choice;

static void weigh(const desk *d, const desk_agreement *a, u32 index, bool alike, choice *best) {
    const desk_agreement *other = &d->agreements.items[index];
    choice new = {index, other->accord == NONE ? 0 : fit(d, a, other, alike), days_apart(a, other)};
    bool better = new.fit > best->fit || (new.fit == best->fit && new.fit > 0 && new.apart < best->apart);
    *best = better ? new : *best;
}

/* Of those filed under the same key around place `at`, the accord of the best; NONE when none fits. */
static u32 choose(const desk *d, const desk_agreement *a, const filed *list, u32 count, u32 at, u64 key, bool alike) {
    choice best = {.index = NONE};
    for (u32 k = at; k > 0 && at - k < LOOK && list[k - 1].key == key; k--) {
        weigh(d, a, list[k - 1].index, alike, &best);
    }
    for (u32 k = at; k < count && k - at < LOOK && list[k].key == key; k++) {
        weigh(d, a, list[k].index, alike, &best);
    }
    return best.index == NONE ? NONE : d->agreements.items[best.index].accord;
}

static filed *new_list(desk *d) { return arena_new(&d->memory, filed, (size_t)d->agreements.count + d->parties.count + 1); }

/* Files those that are whole, or those that are not, by their parties.  First each that names a subject joins the best that
 * does, then the silent ones join those, or each other: no silent one links two subjects. */
drg_status desk_join_alike(desk *d, bool whole) {
    filed *list = new_list(d);
    u32 count = 0;
    if (list == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < d->agreements.count; i++) {
        const desk_agreement *a = &d->agreements.items[i];
        if (is_whole(a) == whole && a->accord == NONE) {
            list[count++] = (filed){hash_parties(d, a), a->day, a->rank, i};
        }
        arena_rest(&d->memory);
    }
    if (!arena_sort(&d->memory, list, count, sizeof *list, compare_filed)) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 silent = 0; silent < 2; silent++) {
        for (u32 i = 0; i < count; i++) {
            desk_agreement *a = &d->agreements.items[list[i].index];
            if (is_silent(d, a) == (silent != 0)) {
                u32 found = choose(d, a, list, count, i, list[i].key, true);
                a->accord = found != NONE ? found : list[i].index;
            }
            arena_rest(&d->memory);
        }
    }
    return DRG_OK;
}

static void join_part(desk *d, desk_agreement *part, const filed *list, u32 count) {
    filed wanted = {d->parties.items[part->first_party], part->day, part->rank, 0};
    u32 low = 0, high = count;
    while (low < high) {
        u32 middle = low + (high - low) / 2;
        bool before = compare_filed(&list[middle], &wanted) < 0;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    part->accord = choose(d, part, list, count, low, wanted.key, false);
}

/* Files the whole ones under each of their parties. */
drg_status desk_join_parts(desk *d) {
    filed *list = new_list(d);
    u32 count = 0;
    if (list == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < d->agreements.count; i++) {
        const desk_agreement *a = &d->agreements.items[i];
        for (u32 k = a->first_party; k < a->end_party && is_whole(a); k++) {
            list[count++] = (filed){d->parties.items[k], a->day, a->rank, i};
        }
        arena_rest(&d->memory);
    }
    if (!arena_sort(&d->memory, list, count, sizeof *list, compare_filed)) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < d->agreements.count; i++) {
        desk_agreement *a = &d->agreements.items[i];
        if (a->end_party - a->first_party == 1) {
            join_part(d, a, list, count);
        }
        arena_rest(&d->memory);
    }
    return DRG_OK;
}

/* `accord` becomes the first of its records, `next` the following one. */
drg_status desk_chain_stages(desk *d) {
    filed *list = new_list(d);
    u32 count = d->agreements.count;
    if (list == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < count; i++) {
        const desk_agreement *a = &d->agreements.items[i];
        list[i] = (filed){a->accord, a->day, a->rank, i};
        arena_rest(&d->memory);
    }
    if (!arena_sort(&d->memory, list, count, sizeof *list, compare_filed)) {
        return DRG_ERROR_MEMORY;
    }
    u32 first = NONE;
    for (u32 i = 0; i < count; i++) {
        desk_agreement *a = &d->agreements.items[list[i].index];
        first = i == 0 || list[i - 1].key != list[i].key ? list[i].index : first;
        a->accord = first;
        a->next = i + 1 < count && list[i + 1].key == list[i].key ? list[i + 1].index : NONE;
        arena_rest(&d->memory);
    }
    return DRG_OK;
}

drg_status desk_join_agreements(desk *d) {
    for (u32 i = 0; i < d->agreements.count; i++) {
        d->agreements.items[i].accord = NONE;
    }
    DRG_TRY(desk_join_alike(d, true));
    DRG_TRY(desk_join_parts(d));
    DRG_TRY(desk_join_alike(d, false));
    return desk_chain_stages(d);
}

/* "the grazing accord", not "the accord". */
static bool names_subject(const desk *d, symbol name) {
    return name != NONE && memchr(symbols_text(&d->words, name).ptr, ' ', symbols_text(&d->words, name).len) != NULL;
}

desk_accord desk_sum_accord(const desk *d, u32 first, symbol *room) {
    desk_accord sum = {.first = first, .name = NONE, .kind = NONE};
    const desk_agreement *list = d->agreements.items;
    u32 count = 0;
    for (u32 i = first; i != NONE; i = list[i].next) {
        bool fuller = sum.name == NONE || (!names_subject(d, sum.name) && names_subject(d, list[i].name));
        sum.name = fuller ? list[i].name : sum.name;
        sum.kind = sum.kind == NONE ? list[i].kind : sum.kind;
        sum.last = i;
        room[count++] = list[i].report;
    }
    sum.reports = symbols_count_different(room, count);
    count = 0;
    for (u32 i = first; i != NONE; i = list[i].next) {
        room[count++] = d->reports.items[list[i].report].witness;
    }
    sum.witnesses = symbols_count_different(room, count);
    return sum;
}

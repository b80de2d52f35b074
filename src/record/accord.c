// SPDX-License-Identifier: Apache-2.0
/* One agreement out of many reports, and its stages in order.  Two records are of one agreement when they have the same
 * parties and their names do not say otherwise: a name's last word is what it is ("accord", "deal"), the words before it
 * are its subject.  With a subject word in common they may lie ACCORD_YEARS apart; where one names no subject, a year.
 *
 *     2024-03  "Kenya and Ethiopia signed a grazing accord"     signed
 *     2024-09  "the grazing deal ... was extended"              extended: one agreement
 *     2024-09  "Kenya and Ethiopia signed a railway deal"       another */
#include "record/desk.h"

#include <stdlib.h>

#define ACCORD_YEARS 10
#define YEAR 366
#define STEM 5       /* letters that two subject words must share */
#define LOOK_BACK 64 /* agreements of the same parties looked back at */

typedef struct {
    u64 parties;
    i32 day;
    u32 index;
} filed;

static int compare_filed(const void *a, const void *b) {
    const filed *x = a, *y = b;
    return x->parties != y->parties ? (x->parties > y->parties) - (x->parties < y->parties)
           : x->day != y->day       ? (x->day > y->day) - (x->day < y->day)
                                    : (x->index > y->index) - (x->index < y->index);
}

/* The same for the same set of parties: each is an odd number, so that they may be multiplied. */
static u64 hash_parties(const desk *d, const desk_agreement *a) {
    u64 product = 1;
    for (u32 i = a->first_party; i < a->end_party; i++) {
        bool seen = false;
        for (u32 k = a->first_party; k < i; k++) {
            seen |= d->parties.items[k] == d->parties.items[i];
        }
        product *= seen ? 1 : ((u64)d->parties.items[i] * 0x9e3779b97f4a7c15ULL) | 1;
    }
    return product;
}

static bool shares_stem(span a, span b) {
    size_t least = a.len < b.len ? a.len : b.len, same = 0;
    while (same < least && ascii_to_lower(a.ptr[same]) == ascii_to_lower(b.ptr[same])) {
        same++;
    }
    return same >= STEM || (same == a.len && same == b.len);
}

/* The subject: all words but the last. */
static span subject_of(const desk *d, symbol name) {
    span text = name == NONE ? SPAN("") : symbols_text(&d->words, name);
    while (text.len > 0 && text.ptr[text.len - 1] != ' ') {
        text.len--;
    }
    return span_trim(text);
}

static bool same_subject(span a, span b) {
    while (a.len > 0) {
        span word = span_next_field(&a, ' '), rest = b;
        while (rest.len > 0) {
            if (shares_stem(word, span_next_field(&rest, ' '))) {
                return true;
            }
        }
    }
    return false;
}

static bool is_same(const desk *d, const desk_agreement *a, const desk_agreement *b) {
    span x = subject_of(d, a->name), y = subject_of(d, b->name);
    bool silent = x.len == 0 || y.len == 0;
    i64 apart = a->day == DAY_UNKNOWN || b->day == DAY_UNKNOWN ? 0 : a->day > b->day ? (i64)a->day - b->day : (i64)b->day - a->day;
    return silent ? apart <= YEAR : same_subject(x, y) && apart <= ACCORD_YEARS * YEAR;
}

/* `accord` becomes the index of the first (by day) of the same agreement, `next` the following stage. */
drg_status desk_join_agreements(desk *d) {
    u32 count = d->agreements.count;
    filed *list = arena_new(&d->memory, filed, (size_t)count + 1);
    u32 *last = arena_new(&d->memory, u32, (size_t)count + 1);
    if (list == NULL || last == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < count; i++) {
        const desk_agreement *a = &d->agreements.items[i];
        list[i] = (filed){hash_parties(d, a), a->day, i};
    }
    qsort(list, count, sizeof *list, compare_filed);
    for (u32 i = 0; i < count; i++) {
        u32 at = list[i].index;
        desk_agreement *a = &d->agreements.items[at];
        a->accord = at;
        a->next = NONE;
        for (u32 k = i; k > 0 && i - k < LOOK_BACK && list[k - 1].parties == list[i].parties && a->accord == at; k--) {
            const desk_agreement *earlier = &d->agreements.items[list[k - 1].index];
            if (is_same(d, earlier, a)) {
                a->accord = earlier->accord;
                d->agreements.items[last[a->accord]].next = at;
            }
        }
        last[a->accord] = at;
    }
    return DRG_OK;
}

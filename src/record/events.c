// SPDX-License-Identifier: Apache-2.0
/* The same event in several reports.  Two events can be one when they have the same category and
 *
 *   days      at most one apart; without a day both, in one story, with the same code or told by the same word
 *   status    told as a deed (actual, claimed) both, planned both, or denied both
 *   town      no other
 *   reports   two of them: what one report keeps apart stays apart
 *   sides     the same countries and bodies on both sides (in a mutual event: together); within one story a side may
 *             name fewer, or nobody, if the codes agree then to the third digit or the same word tells it
 *
 *     A, 8 July   "Iran and Syria signed an accord"                AGREE  IRN SYR     8 July
 *     B, 9 July   "The pact that Tehran and Damascus signed ..."   AGREE  IRN SYR     8 July
 *
 * Events are taken the most exact ones first (both sides, town, code), then in the desk's order; each joins the event
 * found so far that it agrees with best, or opens a new one.  Found events are looked up by category, day and party,
 * so that a deed of a thousand reports costs each of them one comparison. */
#include "record/desk.h"

typedef struct {
    u32 event;  /* the one that opened it: the most exact */
    u32 older;  /* next found event under the same key, or NONE */
} found_entry;

typedef struct {
    desk *d;
    map found;  /* (category, day, party) -> newest entry */
    map told;   /* (event that opened it, report) -> 1 */
    LIST(found_entry) entries;
    bool failed;
} finder;

static u64 mix(u64 a, u64 b) {
    u64 x = (a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2))) * 0xff51afd7ed558ccdULL;
    x ^= x >> 32;
    return x == UINT64_MAX ? 0 : x;
}

static u64 key_of(const desk_event *e, i32 day, symbol party) { return mix(mix(e->plover, (u32)day), party); }

typedef struct {
    symbol codes[2][DESK_PARTIES]; /* [DESK_SOURCE, DESK_TARGET]; a mutual event's all in the first */
    u32 count[2];
} sides;

static void read_sides(const desk *d, const desk_event *e, sides *out) {
    out->count[0] = out->count[1] = 0;
    for (u32 i = e->first_actor; i < e->end_actor; i++) {
        const desk_actor *a = &d->actors.items[i];
        u32 side = e->reciprocal ? 0 : a->side, k = 0;
        if (a->side == DESK_CLAIMER || a->code == NONE) {
            continue;
        }
        while (k < out->count[side] && out->codes[side][k] != a->code) {
            k++;
        }
        if (k == out->count[side] && k < DESK_PARTIES) {
            out->codes[side][out->count[side]++] = a->code;
        }
    }
}

static u32 count_shared(const sides *a, const sides *b, u32 side) {
    u32 shared = 0;
    for (u32 i = 0; i < a->count[side]; i++) {
        for (u32 k = 0; k < b->count[side]; k++) {
            shared += a->codes[side][i] == b->codes[side][k];
        }
    }
    return shared;
}

static bool codes_agree(const desk *d, const desk_event *a, const desk_event *b) {
    span x = symbols_text(&d->words, a->cameo), y = symbols_text(&d->words, b->cameo);
    bool general = x.len < 3 || y.len < 3 || x.ptr[2] == '0' || y.ptr[2] == '0';
    return a->trigger == b->trigger || general || span_eq(span_cut(x, 0, 3), span_cut(y, 0, 3));
}

/* 0 they cannot be one; 1 within a story; 2 anywhere. */
static int sides_agree(const desk *d, const desk_event *a, const desk_event *b) {
    sides x, y;
    u32 shared = 0;
    bool same = true, within = true;
    read_sides(d, a, &x);
    read_sides(d, b, &y);
    for (u32 side = 0; side < 2; side++) {
        u32 common = count_shared(&x, &y, side), less = x.count[side] < y.count[side] ? x.count[side] : y.count[side];
        same = same && x.count[side] == y.count[side] && common == less;
        within = within && common == less;
        shared += common;
    }
    return shared == 0 ? 0 : same ? 2 : within && codes_agree(d, a, b) ? 1 : 0;
}

static bool is_deed(const desk_event *e) { return e->status == DRG_STATUS_ACTUAL || e->status == DRG_STATUS_CLAIMED; }

/* How well they agree; 0: two events. */
static u32 agreement_of(finder *f, const desk_event *a, const desk_event *b) {
    const desk *d = f->d;
    bool other_town = a->town && b->town && a->place != b->place;
    bool status = a->status == b->status || (is_deed(a) && is_deed(b));
    if (a->plover != b->plover || a->reciprocal != b->reciprocal || other_town || !status) {
        return 0;
    }
    bool story = d->reports.items[a->report].story == d->reports.items[b->report].story;
    int agree = sides_agree(d, a, b);
    bool undated = a->day == DAY_UNKNOWN; /* then both: they stand under one key */
    if (undated && (!story || (a->cameo != b->cameo && a->trigger != b->trigger))) {
        return 0;
    }
    if (agree == 0 || (agree == 1 && !story) || map_find(&f->told, mix((u64)(a - d->events.items), b->report)) != NONE) {
        return 0;
    }
    bool toll = a->dead >= 0 && a->dead == b->dead;
    u32 score = agree == 2 ? 2 : 1;
    score += a->cameo == b->cameo ? 8 : 0;
    score += a->place == b->place ? 4 : 0;
    score += story ? 4 : 0;
    score += a->day == b->day ? 2 : 0;
    return score + (toll ? 2 : 0);
}

static u32 find_event(finder *f, const desk_event *e, const sides *s) {
    u32 best = NONE, best_score = 0;
    for (u32 side = 0; side < 2; side++) {
        for (u32 k = 0; k < s->count[side]; k++) {
            for (i32 apart = e->day == DAY_UNKNOWN ? 0 : -1; apart <= (e->day == DAY_UNKNOWN ? 0 : 1); apart++) {
                u64 key = key_of(e, e->day + apart, s->codes[side][k]);
                for (u32 at = map_find(&f->found, key); at != NONE; at = f->entries.items[at].older) {
                    u32 other = f->entries.items[at].event, score = agreement_of(f, &f->d->events.items[other], e);
                    bool better = score > best_score || (score == best_score && score > 0 && other < best);
                    best = better ? other : best;
                    best_score = better ? score : best_score;
                }
            }
        }
    }
    return best;
}

static void open_event(finder *f, u32 event, const sides *s) {
    const desk_event *e = &f->d->events.items[event];
    for (u32 side = 0; side < 2; side++) {
        for (u32 k = 0; k < s->count[side]; k++) {
            u64 key = key_of(e, e->day, s->codes[side][k]);
            found_entry *entry = list_push(&f->d->memory, &f->entries);
            if (entry == NULL) {
                f->failed = true;
                return;
            }
            *entry = (found_entry){event, map_find(&f->found, key)};
            f->failed |= !map_set(&f->found, key, f->entries.count - 1);
        }
    }
}

static u64 exactness(const desk *d, const desk_event *e) {
    sides s;
    read_sides(d, e, &s);
    span cameo = symbols_text(&d->words, e->cameo);
    u64 exact = cameo.len > 2 && cameo.ptr[2] != '0' ? 1 : 0;
    exact += e->town ? 2 : 0;
    exact += s.count[0] > 0 ? 4 : 0;
    return exact + (s.count[1] > 0 || e->reciprocal ? 4 : 0);
}

static int compare_u64(const void *a, const void *b) {
    u64 x = *(const u64 *)a, y = *(const u64 *)b;
    return (x > y) - (x < y);
}

/* From "the event that opened it" to "the first in the desk's order", and the chain through all of them. */
static void chain_events(desk *d, u32 *last) {
    for (u32 i = 0; i < d->events.count; i++) {
        desk_event *e = &d->events.items[i];
        u32 opener = e->joined;
        e->next = NONE;
        if (last[opener] == NONE) {
            e->joined = i;
        } else {
            e->joined = d->events.items[last[opener]].joined;
            d->events.items[last[opener]].next = i;
        }
        last[opener] = i;
        arena_rest(&d->memory);
    }
}

drg_status desk_join_events(desk *d) {
    finder f = {.d = d};
    u32 count = d->events.count;
    u64 *order = arena_new(&d->memory, u64, (size_t)count + 1);
    u32 *last = arena_new(&d->memory, u32, (size_t)count + 1);
    if (order == NULL || last == NULL) {
        return DRG_ERROR_MEMORY;
    }
    map_open(&f.found, &d->memory);
    map_open(&f.told, &d->memory);
    for (u32 i = 0; i < count; i++) {
        order[i] = (15 - exactness(d, &d->events.items[i])) << 32 | i;
        last[i] = NONE;
        arena_rest(&d->memory);
    }
    f.failed = !arena_sort(&d->memory, order, count, sizeof *order, compare_u64);
    for (u32 i = 0; i < count && !f.failed; i++) {
        u32 at = (u32)order[i];
        desk_event *e = &d->events.items[at];
        sides s;
        read_sides(d, e, &s);
        u32 found = find_event(&f, e, &s);
        e->joined = found != NONE ? found : at;
        f.failed |= !map_set(&f.told, mix(e->joined, e->report), 1);
        if (found == NONE) {
            open_event(&f, at, &s);
        }
        arena_rest(&d->memory);
    }
    chain_events(d, last);
    return f.failed ? DRG_ERROR_MEMORY : DRG_OK;
}

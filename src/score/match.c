// SPDX-License-Identifier: Apache-2.0
/* The events of one report, gold against system, one to one.
 *
 * Every pair that fits gets a weight; pairs are taken from the heaviest down, then each gold event
 * that is left looks for an augmenting path (Kuhn, 1955), so that no pair is lost to an early choice.
 * Ties go by overlap of the words, then by order: the same lists give the same pairs. */
#include "base/utf8.h"
#include "score/score.h"

#define SHARED_WORDS 0.6 /* of the shorter evidence, to be the same passage */
#define SIDE_CODES 32

typedef struct {
    double weight;
    bool overlap;
    u32 gold, system;
} pair_weight;

/* ------------------------------------------------------------------ sides */

typedef struct {
    span codes[2 * SIDE_CODES]; /* primaries, each once */
    u32 count;
} primaries;

static span primary_of(span code) { return span_next_field(&code, ' '); }

static bool holds(const primaries *set, span code) {
    for (u32 i = 0; i < set->count; i++) {
        if (span_eq(set->codes[i], code)) {
            return true;
        }
    }
    return false;
}

static void add_primaries(primaries *set, const span *codes, u32 count) {
    for (u32 i = 0; i < count && set->count < COUNT_OF(set->codes); i++) {
        span code = primary_of(codes[i]);
        if (code.len > 0 && !span_starts(code, SPAN("---")) && !holds(set, code)) {
            set->codes[set->count++] = code;
        }
    }
}

static u32 shared_count(const primaries *a, const primaries *b) {
    u32 shared = 0;
    for (u32 i = 0; i < a->count; i++) {
        shared += holds(b, a->codes[i]);
    }
    return shared;
}

/* |A and B| / |A or B|. */
static double jaccard(u32 shared, const primaries *a, const primaries *b) {
    u32 all = a->count + b->count - shared;
    return all > 0 ? (double)shared / (double)all : 0;
}

static primaries side_of(const span *codes, u32 count) {
    primaries side = {.count = 0};
    add_primaries(&side, codes, count);
    return side;
}

static primaries both_sides(const score_event *e) {
    primaries both = {.count = 0};
    add_primaries(&both, e->source, e->source_count);
    add_primaries(&both, e->target, e->target_count);
    return both;
}

static double side_weight(const primaries *a, const primaries *b) {
    return a->count + b->count == 0 ? 1.0 : jaccard(shared_count(a, b), a, b);
}

static double weigh_who_whom(const score_event *a, const score_event *b) {
    if (a->reciprocal || b->reciprocal) {
        primaries x = both_sides(a), y = both_sides(b);
        u32 shared = shared_count(&x, &y), need = x.count >= 2 && y.count >= 2 ? 2 : 1;
        return shared >= need ? 0.5 + 0.5 * jaccard(shared, &x, &y) : 0;
    }
    primaries from_a = side_of(a->source, a->source_count), from_b = side_of(b->source, b->source_count);
    primaries to_a = side_of(a->target, a->target_count), to_b = side_of(b->target, b->target_count);
    double p = side_weight(&from_a, &from_b), q = side_weight(&to_a, &to_b);
    return p > 0 && q > 0 ? 0.25 * (p + q) + 0.5 : 0;
}

/* ------------------------------------------------------------------ words */

/* Lower case, words parted by one blank. */
static span normal_words(span text, arena *scratch) {
    char *buffer = arena_alloc(scratch, text.len * 2 + 8, 1), *out = arena_alloc(scratch, text.len * 2 + 8, 1);
    if (buffer == NULL || out == NULL) {
        return SPAN("");
    }
    span lower = utf8_lower(text, buffer, text.len * 2 + 8);
    size_t used = 0;
    u32 size;
    for (size_t at = 0; at < lower.len; at += size) {
        u32 c = utf8_decode(lower, at, &size);
        bool blank = c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200a) || (c < 0x80 && ascii_is_space((int)c));
        if (!blank) {
            memcpy(out + used, lower.ptr + at, size);
            used += size;
        } else if (used > 0 && out[used - 1] != ' ') {
            out[used++] = ' ';
        }
    }
    return span_trim((span){out, used});
}

static bool inside(span needle, span hay) {
    for (size_t at = 0; needle.len > 0 && at + needle.len <= hay.len; at++) {
        if (memcmp(hay.ptr + at, needle.ptr, needle.len) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_word(span words, span word) {
    while (words.len > 0) {
        if (span_eq(span_next_field(&words, ' '), word)) {
            return true;
        }
    }
    return false;
}

/* Different words of `words`; `*shared`: how many of them are in `other` too. */
static u32 count_words(span words, span other, u32 *shared) {
    u32 count = 0;
    *shared = 0;
    for (span rest = words; rest.len > 0;) {
        span word = span_next_field(&rest, ' ');
        if (!has_word((span){words.ptr, (size_t)(word.ptr - words.ptr)}, word)) {
            count++;
            *shared += has_word(other, word);
        }
    }
    return count;
}

static bool same_passage(span a, span b) {
    u32 shared, again;
    if (a.len == 0 || b.len == 0) {
        return false;
    }
    if (inside(a, b) || inside(b, a)) {
        return true;
    }
    u32 x = count_words(a, b, &shared), y = count_words(b, a, &again);
    return (double)shared / (double)(x < y ? x : y) >= SHARED_WORDS;
}

static bool overlaps(const score_event *a, const score_event *b) {
    for (u32 i = 0; i < a->evidence_count; i++) {
        for (u32 k = 0; k < b->evidence_count; k++) {
            if (same_passage(a->evidence[i], b->evidence[k])) {
                return true;
            }
        }
    }
    return false;
}

/* ------------------------------------------------------------------ levels */

static double weigh_what(const score_event *a, const score_event *b, bool overlap) {
    double w = weigh_who_whom(a, b);
    primaries x = both_sides(a), y = both_sides(b);
    return overlap ? 0.5 + 0.5 * w : shared_count(&x, &y) > 0 ? 0.2 + 0.3 * w : 0;
}

/* The first sector beside this primary; empty when none is given. */
static span sector_beside(const span *codes, u32 count, span primary) {
    for (u32 i = 0; i < count; i++) {
        span rest = codes[i], first = span_next_field(&rest, ' ');
        if (span_eq(first, primary) && rest.len > 0) {
            return span_next_field(&rest, ' ');
        }
    }
    return SPAN("");
}

static bool sectors_agree(const span *a, u32 a_count, const span *b, u32 b_count) {
    primaries x = side_of(a, a_count), y = side_of(b, b_count);
    for (u32 i = 0; i < x.count; i++) {
        if (holds(&y, x.codes[i]) && !span_eq(sector_beside(a, a_count, x.codes[i]), sector_beside(b, b_count, x.codes[i]))) {
            return false;
        }
    }
    return true;
}

static double weigh(const score_event *a, const score_event *b, score_level level, bool overlap) {
    switch (level) {
        case SCORE_WHAT:
            return weigh_what(a, b, overlap);
        case SCORE_WHO_WHOM:
            return weigh_who_whom(a, b);
        default:
            return sectors_agree(a->source, a->source_count, b->source, b->source_count) &&
                           sectors_agree(a->target, a->target_count, b->target, b->target_count)
                       ? weigh_who_whom(a, b)
                       : 0;
    }
}

/* ------------------------------------------------------------------ assignment */

typedef struct {
    LIST(pair_weight) pairs; /* heaviest first */
    u32 *gold_of, *system_of; /* by system event, by gold event: the partner or NONE */
    u32 *next;               /* by gold event on the path: the pair to look at next */
    u32 *path;
    bool *seen;              /* by system event, in one search */
    u32 gold_count, system_count;
} assignment;

static int by_weight(const void *left, const void *right) {
    const pair_weight *a = left, *b = right;
    if (a->weight != b->weight) {
        return a->weight > b->weight ? -1 : 1;
    }
    if (a->overlap != b->overlap) {
        return a->overlap ? -1 : 1;
    }
    return a->gold != b->gold ? (a->gold < b->gold ? -1 : 1) : a->system < b->system ? -1 : a->system > b->system;
}

/* Events with their evidence in normal form. */
static score_event *normal_events(const score_report *r, arena *scratch) {
    score_event *events = arena_new(scratch, score_event, r->events.count + 1);
    for (u32 i = 0; i < r->events.count && events != NULL; i++) {
        span *words = arena_new(scratch, span, r->events.items[i].evidence_count + 1);
        events[i] = r->events.items[i];
        for (u32 k = 0; k < events[i].evidence_count && words != NULL; k++) {
            words[k] = normal_words(events[i].evidence[k], scratch);
        }
        events[i].evidence = words;
        events[i].evidence_count = words != NULL ? events[i].evidence_count : 0;
    }
    return events;
}

static bool weigh_pairs(assignment *a, const score_report *gold, const score_report *system, score_level level, arena *scratch) {
    score_event *g = normal_events(gold, scratch), *s = normal_events(system, scratch);
    if (g == NULL || s == NULL) {
        return false;
    }
    for (u32 i = 0; i < a->gold_count; i++) {
        for (u32 k = 0; k < a->system_count; k++) {
            bool overlap = span_eq(g[i].plover, s[k].plover) && overlaps(&g[i], &s[k]);
            double weight = span_eq(g[i].plover, s[k].plover) ? weigh(&g[i], &s[k], level, overlap) : 0;
            pair_weight *made = weight > 0 ? list_push(scratch, &a->pairs) : NULL;
            if (weight > 0 && made == NULL) {
                return false;
            }
            if (made != NULL) {
                *made = (pair_weight){weight, overlap, i, k};
            }
        }
    }
    if (a->pairs.count > 0) {
        qsort(a->pairs.items, a->pairs.count, sizeof *a->pairs.items, by_weight);
    }
    return true;
}

/* Looks from gold event `start` for a free system event, moving others to theirs on the way. */
static bool augment(assignment *a, u32 start) {
    u32 depth = 1;
    memset(a->seen, 0, a->system_count * sizeof *a->seen);
    a->path[0] = start;
    a->next[0] = 0;
    while (depth > 0) {
        u32 gold = a->path[depth - 1], at = a->next[depth - 1];
        while (at < a->pairs.count && (a->pairs.items[at].gold != gold || a->seen[a->pairs.items[at].system])) {
            at++;
        }
        if (at == a->pairs.count) {
            depth--;
            continue;
        }
        u32 system = a->pairs.items[at].system;
        a->seen[system] = true;
        a->next[depth - 1] = at;
        if (a->gold_of[system] != NONE) {
            a->path[depth] = a->gold_of[system];
            a->next[depth++] = 0;
            continue;
        }
        for (; depth > 0; depth--) {
            system = a->pairs.items[a->next[depth - 1]].system;
            a->system_of[a->path[depth - 1]] = system;
            a->gold_of[system] = a->path[depth - 1];
        }
        return true;
    }
    return false;
}

bool score_match(const score_report *gold, const score_report *system, score_level level, arena *scratch, u32 *pair) {
    u32 golds = gold->events.count, systems = system->events.count;
    assignment a = {.gold_of = arena_new(scratch, u32, systems + 1), .system_of = pair, .next = arena_new(scratch, u32, golds + 2),
                    .path = arena_new(scratch, u32, golds + 2), .seen = arena_new(scratch, bool, systems + 1),
                    .gold_count = golds, .system_count = systems};
    memset(pair, 0xff, golds * sizeof *pair);
    if (a.gold_of == NULL || a.next == NULL || a.path == NULL || a.seen == NULL || !weigh_pairs(&a, gold, system, level, scratch)) {
        return false;
    }
    memset(a.gold_of, 0xff, systems * sizeof *a.gold_of);
    for (u32 i = 0; i < a.pairs.count; i++) {
        pair_weight p = a.pairs.items[i];
        if (pair[p.gold] == NONE && a.gold_of[p.system] == NONE) {
            pair[p.gold] = p.system;
            a.gold_of[p.system] = p.gold;
        }
    }
    for (int pass = 0; pass < 2; pass++) { /* certain events first */
        for (u32 i = 0; i < golds; i++) {
            if (gold->events.items[i].certain == (pass == 0) && pair[i] == NONE) {
                augment(&a, i);
            }
        }
    }
    return true;
}

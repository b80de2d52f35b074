// SPDX-License-Identifier: Apache-2.0
/* What a report, or a passage of it, is about when it is not about politics.
 *
 *     guard sport 30 near 50 = match, coach, ...     a report, or a passage of some hundred words, that holds no deed
 *     guard trade 25 private = shares, profit, ...   a report in which "a spokesman" speaks for a company
 *
 * In: the tokens.   Out: which guards the report trips, and how many of a guard's words stand before each token, so that a
 * passage is asked with one subtraction.  "Rovers beat United 2-1 ... the club is in talks with Italy over the striker": two
 * stories on one page, and only the one about the cup final is passed over. */
#include "what/matching.h"

#define GUARD_HITS 4 /* fewer words tell no topic */
#define SIDE_HITS 2  /* before and behind a sentence that has none: else it may be the next story */
#define PASSAGE 50   /* tokens on either side */

struct topic {
    bool whole;       /* the whole report trips it */
    u32 *hits_before; /* [tokens + 1]; NULL for guards without `near` */
};

static bool is_dense(u32 hits, u32 per_mille, u32 tokens) { return hits >= GUARD_HITS && (u64)hits * 1000 >= (u64)per_mille * tokens; }

bool topic_open(const matching *w) {
    const u32 tokens = w->r->tokens.count;
    struct topic *topics = w->r->topics = arena_new(w->r->memory, struct topic, w->frames->guards.count + 1);
    for (u32 g = 0; topics != NULL && g < w->frames->guards.count; g++) {
        const topic_guard *guard = &w->frames->guards.items[g];
        u32 *before = guard->near == 0 ? NULL : arena_new(w->r->memory, u32, tokens + 1), hits = 0;
        if (guard->near != 0 && before == NULL) {
            return false;
        }
        for (u32 i = 0; i < tokens; i++) {
            hits += condition_list_holds_word(w, guard->list, i);
            if (before != NULL) {
                before[i + 1] = hits;
            }
        }
        topics[g] = (struct topic){is_dense(hits, guard->per_mille, tokens), before};
    }
    return topics != NULL;
}

const topic_guard *topic_of_report(const matching *w) {
    for (u32 g = 0; g < w->frames->guards.count; g++) {
        if (w->r->topics[g].whole && !w->frames->guards.items[g].private) {
            return &w->frames->guards.items[g];
        }
    }
    return NULL;
}

const topic_guard *topic_around(const matching *w, u32 index) {
    const u32 tokens = w->r->tokens.count;
    const sentence *s = &w->r->sentences.items[matching_token(w, index)->sentence];
    const u32 first = index > PASSAGE ? index - PASSAGE : 0, end = index + PASSAGE < tokens ? index + PASSAGE : tokens;
    for (u32 g = 0; g < w->frames->guards.count; g++) {
        const u32 *before = w->r->topics[g].hits_before, near = w->frames->guards.items[g].near;
        bool dense = before != NULL && is_dense(before[end] - before[first], near, end - first);
        if (dense && (before[s->end_token] > before[s->first_token] || (before[index] - before[first] >= SIDE_HITS && before[end] - before[index] >= SIDE_HITS))) {
            return &w->frames->guards.items[g];
        }
    }
    return NULL;
}

bool topic_is_private(const frame_tables *frames, const report *r) {
    for (u32 g = 0; r->topics != NULL && g < frames->guards.count; g++) {
        if (r->topics[g].whole && frames->guards.items[g].private) {
            return true;
        }
    }
    return false;
}

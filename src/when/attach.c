// SPDX-License-Identifier: Apache-2.0
/* In: a predicate's head token.  Out: the timex that dates it.
 *
 * "On 9 July the ministers signed an agreement that bans tests and had been drafted in May":
 * `9 July` hangs under `signed`, `May` under `drafted`.  A timex is owned by the first verb,
 * adjective predicate or deed noun on its way up the tree.  A predicate without its own takes
 * that of the clause that governs it ("promised on Friday to withdraw" dates the promise, and in
 * want of better the withdrawal), and at last the nearest before it that stands at the clause's
 * edge.  Work is bounded by the sentence. */
#include "when/when.h"

#define LEAD_BYTES 420 /* of the running text, in which the date of the news is told */
#define LEAD_DAYS 10  /* before the report's day */
#define CLIMB 24 /* steps up a tree; news sentences are rarely deeper than 12 */

static u32 sentence_first(const report *r, u32 head_token) { return r->sentences.items[r->tokens.items[head_token].sentence].first_token; }
static u32 sentence_end(const report *r, u32 head_token) { return r->sentences.items[r->tokens.items[head_token].sentence].end_token; }

/* The token of a timex whose head is outside of it. */
static u32 timex_head(const report *r, const timex *t) {
    for (u32 i = t->first; i < t->end; i++) {
        u32 head = r->tokens.items[i].head;
        if (head == NONE || head < t->first || head >= t->end) {
            return i;
        }
    }
    return t->first;
}

static bool is_clausal(const token *t) {
    return t->upos == UPOS_VERB || t->upos == UPOS_AUX || t->deprel == DEPREL_root || t->deprel == DEPREL_ccomp ||
           t->deprel == DEPREL_xcomp || t->deprel == DEPREL_advcl || t->deprel == DEPREL_acl || t->deprel == DEPREL_acl_relcl;
}

/* Steps from `from` up to `to`; NONE when `to` is not above it, or another clause lies between. */
static u32 steps_up(const report *r, u32 from, u32 to) {
    u32 at = from;
    for (u32 steps = 0; steps < CLIMB; steps++) {
        if (at == to) {
            return steps;
        }
        if (steps > 0 && is_clausal(&r->tokens.items[at])) {
            return NONE;
        }
        at = r->tokens.items[at].head;
        if (at == NONE) {
            return NONE;
        }
    }
    return NONE;
}

static u32 first_timex(const report *r, u32 head_token) {
    u32 low = 0, high = r->timexes.count;
    while (low < high) {
        u32 middle = low + (high - low) / 2;
        if (r->timexes.items[middle].first < head_token) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static u32 distance(u32 a, u32 b) { return a > b ? a - b : b - a; }

/* The best timex that hangs below `token` in its own clause: dated before vague, then nearest. */
static u32 timex_below(const report *r, u32 head_token) {
    u32 end = sentence_end(r, head_token), best = NONE, best_rank = UINT32_MAX;
    for (u32 i = first_timex(r, sentence_first(r, head_token)); i < r->timexes.count && r->timexes.items[i].first < end; i++) {
        const timex *t = &r->timexes.items[i];
        u32 head = timex_head(r, t);
        bool itself = head == head_token || (head_token >= t->first && head_token < t->end);
        u32 steps = t->duration || itself ? NONE : steps_up(r, head, head_token);
        if (steps == NONE || (t->grain == GRAIN_VAGUE && steps > 2)) {
            continue;
        }
        u32 near = distance(head, head_token);
        u32 rank = (t->grain == GRAIN_VAGUE ? 1u << 24 : 0) + (steps << 16) + (near < 0xFFFF ? near : 0xFFFF);
        if (rank < best_rank) {
            best = i;
            best_rank = rank;
        }
    }
    return best;
}

/* The nearest dated timex of the sentence that stands before `token` with no other verb between. */
static u32 timex_nearby(const report *r, u32 head_token) {
    u32 best = NONE, first = sentence_first(r, head_token), end = sentence_end(r, head_token), nearest = UINT32_MAX;
    for (u32 i = first_timex(r, first); i < r->timexes.count && r->timexes.items[i].first < end; i++) {
        const timex *t = &r->timexes.items[i];
        u32 from = t->first < head_token ? t->end : head_token + 1, to = t->first < head_token ? head_token : t->first;
        bool apart = t->duration || t->grain == GRAIN_VAGUE || to - from > 40;
        for (u32 k = from; k < to && !apart; k++) {
            apart = r->tokens.items[k].upos == UPOS_VERB;
        }
        u32 gap = to - from;
        if (!apart && gap < nearest) {
            best = i;
            nearest = gap;
        }
    }
    return best;
}

u32 when_timex_of(const report *r, u32 head_token) {
    if (head_token >= r->tokens.count || r->timexes.count == 0) {
        return NONE;
    }
    u32 at = head_token, found = timex_below(r, head_token);
    for (u32 steps = 0; steps < CLIMB && found == NONE; steps++) {
        u32 relation = r->tokens.items[at].deprel;
        bool noun = r->tokens.items[at].upos == UPOS_NOUN || r->tokens.items[at].upos == UPOS_PROPN;
        bool other_time = relation == DEPREL_acl_relcl || relation == DEPREL_advcl_relcl;
        if (noun && relation == DEPREL_nmod) {
            return NONE; /* "complained on Monday in a dispute over tariffs" does not date the tariffs */
        }
        at = r->tokens.items[at].head;
        if (at == NONE || other_time) {
            break;
        }
        found = timex_below(r, at);
    }
    return found != NONE ? found : timex_nearby(r, head_token);
}

static bool dates_something(const timex *t) {
    return !t->duration && t->grain != GRAIN_VAGUE && t->start != INT32_MIN && t->last != INT32_MAX;
}

/* Told of the days just before the report, or of its month where no more is known. */
static bool is_fresh(const report *r, const timex *t) {
    bool fresh = r->day != INT32_MIN && t->grain == GRAIN_DAY && t->start <= r->day && t->start > r->day - LEAD_DAYS;
    return fresh || (r->day == INT32_MIN && r->date.len == 7 && t->grain == GRAIN_MONTH);
}

u32 when_story_of(const report *r, u32 head_token) {
    u32 sentence_at = r->tokens.items[head_token].sentence, block_at = r->sentences.items[sentence_at].block;
    for (u32 i = first_timex(r, sentence_first(r, head_token)); i-- > 0;) {
        const timex *t = &r->timexes.items[i];
        if (r->sentences.items[r->tokens.items[t->first].sentence].block != block_at) {
            break;
        }
        if (dates_something(t)) { /* the paragraph may have turned to another time */
            return is_fresh(r, t) ? i : NONE;
        }
    }
    u32 first = r->sentences.items[0].text.start;
    for (u32 i = 0; i < r->timexes.count; i++) {
        const timex *t = &r->timexes.items[i];
        if (r->tokens.items[t->first].text.start > first + LEAD_BYTES) {
            break;
        }
        if (!t->duration && is_fresh(r, t)) {
            return i;
        }
    }
    return NONE;
}

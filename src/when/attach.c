// SPDX-License-Identifier: Apache-2.0
/* In: a predicate's head token.  Out: the timex that dates it, and by what.
 *
 * "On 9 July the ministers signed an agreement that bans tests and had been drafted in May":
 * `9 July` hangs under `signed`, `May` under `drafted`.  A timex belongs to the first verb,
 * adjective predicate or deed noun on its way up the tree.  A predicate without its own takes
 * that of the clause that governs it ("promised on Friday to withdraw" dates the promise, and in
 * want of better the withdrawal), and at last the nearest that stands beside it with no verb
 * between.  Work is bounded by the sentence. */
#include "when/when.h"

#include "parse/climb.h"
#include "parse/labels.h"

#define BESIDE 40 /* tokens between a predicate and a timex that stands beside it */

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

static u32 first_of_sentence(const report *r, const sentence *s) {
    return climb_first_at(r->timexes.items, r->timexes.count, sizeof(timex), s->first_token);
}

static const sentence *sentence_of(const report *r, u32 at) { return &r->sentences.items[report_token(r, at)->sentence]; }

/* Whether the timex dates another noun than `at`: "condemned Monday's attack". */
static bool is_of_another(const report *r, const timex *t, u32 at) {
    u8 relation = report_token(r, at)->deprel;
    bool describes = (relation == DEPREL_acl || relation == DEPREL_acl_relcl) && report_token(r, at)->head == t->noun;
    return t->noun != NONE && t->noun != at && !describes; /* "the 1989 protests, which were crushed" */
}

/* The best timex that hangs below `at` in its own clause: dated before vague, then nearest. */
u32 when_timex_below(const report *r, u32 at) {
    const sentence *s = sentence_of(r, at);
    u32 best = NONE, best_rank = UINT32_MAX;
    for (u32 i = first_of_sentence(r, s); i < r->timexes.count && r->timexes.items[i].first < s->end_token; i++) {
        const timex *t = &r->timexes.items[i];
        u8 relation;
        u32 head = timex_head(r, t);
        bool itself = head == at || (at >= t->first && at < t->end);
        u32 steps = t->duration || t->apart || itself ? NONE : climb_count(r, head, at, &relation);
        if (steps == NONE || (t->grain == GRAIN_VAGUE && steps > 1) || is_of_another(r, t, at)) {
            continue;
        }
        u32 near = head > at ? head - at : at - head;
        u32 rank = (t->grain == GRAIN_VAGUE ? 1u << 24 : 0) + (steps << 16) + (near < 0xFFFF ? near : 0xFFFF);
        if (rank < best_rank) {
            best = i;
            best_rank = rank;
        }
    }
    return best;
}

/* Whether a clause says where: "a raid on the camp where ten were killed". */
static bool says_where(const report *r, u32 clause) {
    bool where = false;
    for (u32 i = sentence_of(r, clause)->first_token; i < clause && !where; i++) {
        where = report_token(r, i)->head == clause && report_token(r, i)->xpos == XPOS_WRB;
    }
    return where;
}

/* Whether noun `at` is what a clause describes, or happened at the place that it describes. */
static bool is_described(const report *r, u32 clause, u32 at) {
    u32 noun = report_token(r, clause)->head;
    bool beyond = noun != at && says_where(r, clause);
    for (u32 steps = 0; beyond && noun != at && steps < CLIMB_STEPS && report_token(r, noun)->deprel == DEPREL_nmod; steps++) {
        noun = report_token(r, noun)->head;
    }
    return noun == at;
}

/* A timex of a clause that describes noun `at`: "the talks held on Sunday", "an attack that killed ten
 * on Friday", "a raid on the camp where ten were hurt and two arrested on Friday". */
static u32 timex_in_clause(const report *r, u32 at) {
    const sentence *s = sentence_of(r, at);
    for (u32 i = first_of_sentence(r, s); i < r->timexes.count && r->timexes.items[i].first < s->end_token; i++) {
        u32 up = timex_head(r, &r->timexes.items[i]), steps = 0;
        while (up != NONE && steps < CLIMB_STEPS && (steps == 0 || !climb_is_clause(report_token(r, up)) || report_token(r, up)->deprel == DEPREL_conj)) {
            up = report_token(r, up)->head;
            steps++;
        }
        u32 relation = up != NONE ? report_token(r, up)->deprel : DEPREL_root;
        bool adnominal = relation == DEPREL_acl || relation == DEPREL_acl_relcl;
        if (adnominal && is_described(r, up, at) && !r->timexes.items[i].duration && !r->timexes.items[i].apart && r->timexes.items[i].grain != GRAIN_VAGUE) {
            return i;
        }
    }
    return NONE;
}

static u32 timex_at(const report *r, u32 at) {
    u32 found = when_timex_below(r, at);
    u8 tag = report_token(r, at)->upos;
    return found == NONE && (tag == UPOS_NOUN || tag == UPOS_PROPN) ? timex_in_clause(r, at) : found;
}

bool when_lasts(const report *r, u32 at) {
    const sentence *s = sentence_of(r, at);
    bool lasts = false;
    for (u32 i = first_of_sentence(r, s); i < r->timexes.count && r->timexes.items[i].first < s->end_token && !lasts; i++) {
        const timex *t = &r->timexes.items[i];
        u8 relation;
        u32 head = timex_head(r, t);
        bool hours = t->unit == 'h' || t->unit == '-';
        lasts = t->duration && !hours && climb_count(r, head, at, &relation) == 1 && relation != DEPREL_obj && relation != DEPREL_nsubj;
    }
    return lasts;
}

/* The relative clause around a token, the token itself included, or NONE. */
static u32 relative_around(const report *r, u32 at) {
    for (u32 steps = 0; steps < CLIMB_STEPS && at != NONE; steps++) {
        u8 relation = report_token(r, at)->deprel;
        if (relation == DEPREL_acl_relcl || relation == DEPREL_advcl_relcl) {
            return at;
        }
        at = report_token(r, at)->head;
    }
    return NONE;
}

/* Whether `at` lies at or below token `over`; NONE is over all. */
static bool lies_below(const report *r, u32 at, u32 over) {
    for (u32 steps = 0; steps < CLIMB_STEPS && at != NONE && at != over; steps++) {
        at = report_token(r, at)->head;
    }
    return at == over;
}

/* "visited Brest to open a school in May": who came for what was done then was there then. */
static bool is_done_purpose(const report *r, u32 verb, u32 at, const timex *t) {
    const token *v = report_token(r, verb);
    bool done = t->last != INT32_MAX && (r->day == INT32_MIN || t->last <= r->day);
    bool own = report_token(r, timex_head(r, t))->head == verb; /* not "to explain a raid in May" */
    return done && own && v->head == at && (v->deprel == DEPREL_advcl || v->deprel == DEPREL_xcomp) && v->xpos == XPOS_VB;
}

/* The nearest dated timex of the sentence with no verb between it and `at`, and in no relative clause that
 * leaves `at` out: "guarded the square where, in 1989, protests were crushed". */
static u32 timex_beside(const report *r, u32 at) {
    const sentence *s = sentence_of(r, at);
    u32 best = NONE, nearest = UINT32_MAX;
    for (u32 i = first_of_sentence(r, s); i < r->timexes.count && r->timexes.items[i].first < s->end_token; i++) {
        const timex *t = &r->timexes.items[i];
        u32 from = t->first < at ? t->end : at + 1, to = t->first < at ? at : t->first;
        bool apart = t->duration || t->apart || t->grain == GRAIN_VAGUE || to - from > BESIDE || is_of_another(r, t, at);
        u32 relative = relative_around(r, timex_head(r, t));
        apart = apart || !lies_below(r, at, relative);
        for (u32 k = from; k < to && !apart; k++) {
            apart = r->tokens.items[k].upos == UPOS_VERB && !is_done_purpose(r, k, at, t);
        }
        u32 gap = to - from;
        if (!apart && gap < nearest) {
            best = i;
            nearest = gap;
        }
    }
    return best;
}

/* "complained on Monday in a dispute over tariffs" does not date the tariffs. */
static bool is_noun_of_noun(const token *t) { return (t->upos == UPOS_NOUN || t->upos == UPOS_PROPN) && t->deprel == DEPREL_nmod; }

/* What a relative clause tells may lie at another time than the clause around it. */
static bool is_other_time(const token *t) {
    return is_noun_of_noun(t) || t->deprel == DEPREL_acl_relcl || t->deprel == DEPREL_advcl_relcl;
}

/* Whether the way up from `at` to its clause ends at a noun of a noun. */
static bool hangs_in_noun(const report *r, u32 at) {
    for (u32 steps = 0; steps < CLIMB_STEPS && at != NONE; steps++) {
        const token *t = report_token(r, at);
        if (is_other_time(t)) {
            return is_noun_of_noun(t);
        }
        at = t->head;
    }
    return false;
}

u32 when_timex_of(const report *r, u32 head_token, u8 *by) {
    *by = DATING_NONE;
    if (head_token >= r->tokens.count || r->timexes.count == 0) {
        return NONE;
    }
    u32 steps, found = climb_find(r, head_token, timex_at, is_other_time, &steps);
    if (found != NONE && r->timexes.items[found].grain == GRAIN_VAGUE && (steps > 0 || r->timexes.items[found].start != INT32_MIN)) {
        return NONE; /* "recently" dates no clause below its own, and "now" is no other time than the news */
    }
    if (found != NONE) {
        *by = steps == 0 ? DATING_CLAUSE : DATING_GOVERNOR;
        return found;
    }
    found = hangs_in_noun(r, head_token) ? NONE : timex_beside(r, head_token);
    *by = found != NONE ? DATING_BESIDE : DATING_NONE;
    return found;
}

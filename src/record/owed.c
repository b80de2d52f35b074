// SPDX-License-Identifier: Apache-2.0
/* What a party has bound itself to under an agreement, where nobody says whether it is kept.
 *
 *     "Under the grazing accord, Kenya pledged to Ethiopia to open two wells."
 *     pledge is of kind owes, its argument behind "under" an agreement    by KEN, to ETH    "to open two wells"
 *     "Iran will cap its enrichment under the deal."    no such verb, but what will be done under it is owed too
 *
 * Limit: one undertaking a verb; "to" stays open unless it is said or the agreement has just two parties. */
#include "record/work.h"

#define MOST 200   /* undertakings of one report */
#define CLIMB 64   /* steps from a word up to the head of its clause */

typedef struct {
    const record_pacts *pacts;
    report *r;
    u32 pact, by, to, clause; /* token; mentions, or NONE; token that heads what is owed */
} owed;

static bool hangs_below(const report *r, u32 at, u32 head) {
    for (u32 steps = 0; steps < CLIMB && at != NONE; steps++) {
        if (at == head) {
            return true;
        }
        at = report_token(r, at)->head;
    }
    return false;
}

static drg_evidence clause_text(const report *r, u32 head) {
    const sentence *s = &r->sentences.items[report_token(r, head)->sentence];
    u32 first = head, last = head;
    for (u32 i = s->first_token; i < s->end_token; i++) {
        if (report_token(r, i)->upos != UPOS_PUNCT && hangs_below(r, i, head)) {
            first = i < first ? i : first;
            last = i > last ? i : last;
        }
    }
    range words = {report_token(r, first)->text.start, report_token(r, last)->text.end};
    return (drg_evidence){record_points(r, words), report_cut(r, words)};
}

static bool has_kind(const owed *o, symbol lemma, pact_word kind) { return (pact_words_of(o->pacts, o->r, lemma) >> kind & 1) != 0; }

static void read_argument(owed *o, const predicate *p, const argument *a) {
    u32 who = o->r->mention_at[a->head];
    bool bound = (p->flags & PREDICATE_PASSIVE) != 0; /* "is obliged under the accord to" */
    bool oblique = a->role == ROLE_OBLIQUE;
    if (oblique && has_kind(o, a->preposition, WORD_under) && pact_is(o->pacts, o->r, a->head, WORD_pact)) {
        o->pact = a->head;
    } else if (a->role == ROLE_CLAUSE) {
        o->clause = a->head;
    } else if (a->role == ROLE_RECIPIENT || (oblique && has_kind(o, a->preposition, WORD_toward))) {
        o->to = who == NONE ? o->to : who;
    } else if (a->role == (bound ? ROLE_OBJECT : ROLE_SUBJECT)) {
        o->by = who == NONE ? o->by : who;
    } else if (a->role == ROLE_OBJECT && o->clause == NONE) {
        o->clause = a->head;
    }
}

static bool read_predicate(owed *o, const predicate *p) {
    const u32 unreal = PREDICATE_NEGATED | PREDICATE_CONDITIONAL | PREDICATE_QUESTION | PREDICATE_IRREALIS | PREDICATE_INFINITIVE;
    bool owes = has_kind(o, p->lemma, WORD_owes) && (p->flags & PREDICATE_NOMINAL) == 0, will = (p->flags & PREDICATE_FUTURE) != 0;
    for (u32 i = p->first_argument; i < p->end_argument && (owes || will); i++) {
        read_argument(o, p, &o->r->arguments.items[i]);
    }
    o->clause = owes && o->clause != NONE ? o->clause : p->head;
    bool real = owes ? record_has_come_about(o->pacts, o->r, p->head) : (p->flags & unreal) == 0;
    return o->pact != NONE && o->by != NONE && real;
}

static bool write_owed(const owed *o, drg_agreement *a) {
    report *r = o->r;
    drg_undertaking *undertaking = arena_new(r->memory, drg_undertaking, 1);
    drg_actor *party = arena_new(r->memory, drg_actor, 1);
    if (undertaking == NULL || party == NULL) {
        return false;
    }
    *party = record_actor(r, o->by);
    *undertaking = (drg_undertaking){*party, record_actor(r, o->to), clause_text(r, o->clause)};
    pact_name name = record_name_pact(o->pacts, r, o->pact);
    *a = (drg_agreement){.name = name.words, .kind = name.kind, .stage = span_of(pact_stage_names[PACT_IN_FORCE])};
    a->date = a->place = SPAN("");
    a->parties = party;
    a->party_count = 1;
    a->undertakings = undertaking;
    a->undertaking_count = 1;
    u64 hash = record_hash(record_hash(record_hash(0, r->id), a->name), SPAN("owed"));
    a->id = record_make_id(r, record_hash_actors(record_hash(hash, undertaking->at.text), party, 1));
    return true;
}

/* An assessment that quotes the same words has it already. */
static bool is_known(const drg_agreement *list, size_t count, const drg_agreement *a) {
    for (size_t i = 0; i < count; i++) {
        const drg_undertaking *old = list[i].undertakings, *new = a->undertakings;
        if (list[i].undertaking_count == 0 || !span_eq(old->by.code, new->by.code)) {
            continue;
        }
        if (old->at.at.start <= new->at.at.start && new->at.at.end <= old->at.at.end) {
            return true;
        }
    }
    return false;
}

drg_status record_owed(record_work *w) {
    report *r = w->r;
    size_t count = r->records.agreement_count, room = count + MOST;
    drg_agreement *all = record_make_room(r, MOST);
    if (all == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < r->predicates.count && count < room; i++) {
        owed o = {.pacts = w->tables->pacts, .r = r, .pact = NONE, .by = NONE, .to = NONE, .clause = NONE};
        if (!read_predicate(&o, &r->predicates.items[i])) {
            continue;
        }
        if (!write_owed(&o, &all[count])) {
            return DRG_ERROR_MEMORY;
        }
        bool coded = !span_starts(all[count].parties[0].code, SPAN("---"));
        count += coded && !is_known(all, count, &all[count]);
    }
    r->records.agreements = all;
    r->records.agreement_count = count;
    return DRG_OK;
}

// SPDX-License-Identifier: Apache-2.0
/* In: a predicate's head token.  Out: the place where its deed happened.
 *
 * "Troops from Idlib shelled Aleppo in Syria": `in Syria` hangs under the verb, `Aleppo` is what
 * was done to, `from Idlib` belongs to the troops.  Places are ranked: behind a preposition of
 * place below the deed; a town or region that is the deed's object; a goal ("flew to Doha");
 * then the same for the clause that governs it.  A country as object is a party, not a place. */
#include "where/where.h"

#include "parse/climb.h"
#include "parse/labels.h"

/* Smaller is better; NONE: no place of the deed. */
static u32 rank_of(const report *r, const place *p, u32 steps, u8 relation) {
    bool country = p->kind == PLACE_COUNTRY;
    bool object = relation == DEPREL_obj || relation == DEPREL_nsubj_pass;
    bool joined = p->end < r->tokens.count && r->tokens.items[p->end].xpos == XPOS_HYPH; /* "Iran-backed rebels" */
    if (p->adjective || p->role == PLACE_AGAINST || joined) {
        return NONE;
    }
    if (relation == DEPREL_nsubj || relation == DEPREL_obl_agent) {
        return p->role == PLACE_AT ? 700 + steps : NONE;
    }
    if (p->role == PLACE_AT) {
        return steps * 10 + country;
    }
    if (object || p->role == PLACE_OF) {
        return country ? NONE : 200 + steps * 10;
    }
    if (p->role == PLACE_TO) { /* "flew to Doha", not "its ambassador to Doha" */
        return steps == 1 ? 300u + country : NONE;
    }
    if (r->tokens.items[p->head].deprel == DEPREL_nmod_poss) {
        return NONE; /* "Moscow's concern" */
    }
    return p->role == PLACE_BARE && !country ? 400 + steps * 10 : p->role == PLACE_FROM && !country ? 600 + steps : NONE;
}

/* "In Nigeria's Borno state", "in Rwanda's capital, Kigali": the state only says whose the finer place is. */
static u32 finer_of(const report *r, u32 owner) {
    const place *state = &r->places.items[owner];
    const token *t = &r->tokens.items[state->head];
    u32 end = r->sentences.items[t->sentence].end_token;
    for (u32 i = owner + 1; t->deprel == DEPREL_nmod_poss && i < r->places.count && r->places.items[i].first < end; i++) {
        const place *p = &r->places.items[i];
        u8 relation;
        if (p->kind != PLACE_COUNTRY && memcmp(p->country, state->country, sizeof p->country) == 0 &&
            climb_count(r, p->head, t->head, &relation) != NONE) {
            return i;
        }
    }
    return owner;
}

static u32 place_below(const report *r, u32 at) {
    const sentence *s = &r->sentences.items[report_token(r, at)->sentence];
    u32 first = climb_first_at(r->places.items, r->places.count, sizeof(place), s->first_token), best = NONE, best_rank = NONE;
    for (u32 i = first; i < r->places.count && r->places.items[i].first < s->end_token; i++) {
        const place *p = &r->places.items[i];
        u8 relation;
        u32 steps = climb_count(r, p->head, at, &relation);
        u32 rank = steps == NONE || steps == 0 ? NONE : rank_of(r, p, steps, relation);
        bool finer = rank != NONE && best != NONE && rank / 10 == best_rank / 10 && p->kind < r->places.items[best].kind;
        if (rank < best_rank || finer) {
            best = i;
            best_rank = rank;
        }
    }
    return best != NONE ? finer_of(r, best) : NONE;
}

static bool ends_climb(const token *t) { return t->deprel == DEPREL_acl_relcl; }

/* The paragraph that the dateline opens tells the news from there. */
static bool stands_in_lead(const report *r, u32 at) {
    u32 line = r->tokens.items[r->places.items[r->dateline_place].first].sentence, own = r->tokens.items[at].sentence;
    return own >= line && own <= line + 1 && r->sentences.items[own].block == r->sentences.items[line].block;
}

u32 where_place_of(const report *r, u32 head_token) {
    if (head_token >= r->tokens.count || r->places.count == 0) {
        return NONE;
    }
    u32 steps, found = climb_find(r, head_token, place_below, ends_climb, &steps);
    if (found == NONE && r->dateline_place != NONE && stands_in_lead(r, head_token)) {
        found = r->dateline_place;
    }
    return found;
}

// SPDX-License-Identifier: Apache-2.0
/* Places that attacks are named by, and ground that they hit.
 *
 *     "the Mumbai attacks"                     done to Mumbai, not by it
 *     "shelled a village near Idlib"           done to those who live there: a party of the state that Idlib is in
 *     "hit by a missile fired by rebels"       done by the rebels */
#include "what/matching.h"

#include "parse/labels.h"
#include "where/where.h"
#include "who/who.h"

/* "US terror attacks", "a Kabul car bombing" */
static bool is_terror(const matching *w, u32 noun) {
    bool found = false;
    TREE_EACH_CHILD(w->t, noun, child) {
        found |= child < noun && clause_word_is(w->clauses, matching_token(w, child)->lemma, CLASS_TERROR);
    }
    return found;
}

/* "terrorist attacks": what kind they are, and no doer. */
static void drop_kind(const matching *w, const predicate *p, party_list *source) {
    u32 kept = 0;
    for (u32 i = 0; i < source->count; i++) {
        const token *head = matching_token(w, w->r->mentions.items[source->mentions[i]].head);
        bool kind = head->head == p->head && (head->deprel == DEPREL_compound || head->deprel == DEPREL_amod) && clause_word_is(w->clauses, head->lemma, CLASS_TERROR);
        if (!kind) {
            source->mentions[kept++] = source->mentions[i];
        }
    }
    source->count = kept;
}

/* The town in front of an attack is where it was ("the Mumbai attacks"), and the country in front of one of terror: whoever
 * stands on the source's side moves to the empty target's. */
void struck_move_place(const matching *w, const predicate *p, party_list *source, party_list *target) {
    drop_kind(w, p, source);
    const mention *m = source->count == 1 ? &w->r->mentions.items[source->mentions[0]] : NULL;
    if (m == NULL || m->end > p->head || matching_token(w, m->head)->head != p->head || matching_token(w, m->head)->upos != UPOS_PROPN ||
        tree_child(w->t, m->head, DEPREL_case) != NONE) {
        return;
    }
    u32 here = where_place_at(w->r, m->head);
    bool country = here != NONE && w->r->places.items[here].kind == PLACE_COUNTRY, terror = is_terror(w, p->head);
    if (here == NONE || (country && !terror) || (target->count > 0 && !terror)) {
        return;
    }
    if (target->count == 0) {
        *target = *source;
    }
    source->count = 0;
}

/* The thing hit is a place in which people live or meet, and the words around say of which state. */
void struck_collect_ground(const matching *w, const predicate *p, const party_list *source, party_list *target) {
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        bool hit = a->role == ROLE_OBJECT || (a->role == ROLE_OBLIQUE && p->flags & PREDICATE_NOMINAL);
        if (!hit || !clause_word_is(w->clauses, matching_token(w, a->head)->lemma, CLASS_GROUND)) {
            continue;
        }
        u32 own = where_place_of(w->r, a->head), there = own != NONE ? own : where_place_of(w->r, p->head);
        u32 named = there == NONE ? NONE : w->r->mention_at[w->r->places.items[there].head];
        bool same = named == NONE || (source->count > 0 && source->mentions[0] == named);
        if (!same && memcmp(who_code_of(w->r, named).primary, w->r->places.items[there].country, 3) == 0) {
            target->mentions[target->count++] = named;
            target->last_head = a->head;
            target->derived = true;
            return;
        }
    }
}

/* "was blown up by a missile believed to be fired by rebels": who fired it. */
void struck_collect_doer(const matching *w, const predicate *p, party_list *source) {
    u32 own = w->r->predicate_at[p->head];
    for (u32 i = 0; i < w->r->predicates.count && own != NONE && source->count == 0; i++) {
        const predicate *q = &w->r->predicates.items[i];
        u32 above = q->governor;
        for (u32 steps = 0; above != NONE && above != own && steps < 2; steps++) {
            above = w->r->predicates.items[above].governor;
        }
        if (above != own || i == own || !(q->flags & PREDICATE_PASSIVE) || !clause_word_is(w->clauses, q->lemma, CLASS_FIRING)) {
            continue;
        }
        for (u32 k = q->first_argument; k < q->end_argument; k++) {
            const argument *a = &w->r->arguments.items[k];
            if (a->role == ROLE_SUBJECT && !a->inherited) {
                party_collect(w->clauses, w->t, w->r, a->head, true, source);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
/* A phrase that belongs to the verb may hang on the verb's object: whether a tree says so is chance.
 *
 *     condemned a protester to death          death <-nmod- protester
 *     attributed the hack to the army         army <-nmod- hack
 *     spoke highly of Bangladesh              Bangladesh <-obl- highly
 *
 *     a procedure over US tariffs on its import   import <-obl- the verb above: a phrase right behind a noun is the noun's
 *
 * An of-phrase is the object's own ("killed the leader of the union"), unless the object is named by its name
 * ("stripped Ethiopia of its privileges"). */
#include "what/matching.h"

#define ABOVE_STEPS 6 /* words up the tree */
#define PHRASES 3     /* behind a noun: "talks in Paris on Sunday with Togo" */

static bool is_reached(const matching *w, const argument *a, symbol preposition) {
    bool own = a->role == ROLE_OBJECT && !a->inherited;
    return own && (preposition != w->clauses->of || matching_token(w, a->head)->upos == UPOS_PROPN);
}

/* The phrase with `preposition` right below `head`, or NONE. */
static u32 find_below(const matching *w, u32 head, symbol preposition) {
    TREE_EACH_CHILD(w->t, head, child) {
        const token *word = matching_token(w, child);
        u32 marker = child > head && (word->deprel == DEPREL_nmod || word->deprel == DEPREL_obl) ? tree_child(w->t, child, DEPREL_case) : NONE;
        if (marker != NONE && matching_token(w, marker)->lower == preposition) {
            return child;
        }
    }
    return NONE;
}

static bool is_above(const matching *w, u32 word, u32 other) {
    for (u32 steps = 0; word != NONE && steps < ABOVE_STEPS; steps++) {
        word = matching_token(w, word)->head;
        if (word == other) {
            return word != NONE;
        }
    }
    return false;
}

/* Behind a noun: the phrases that stand there, whatever word above it they hang on. */
u32 reach_beside(const matching *w, u32 noun, symbol preposition) {
    const sentence *s = &w->r->sentences.items[matching_token(w, noun)->sentence];
    u32 next = w->t->right[noun];
    for (u32 phrases = 0; phrases < PHRASES && next < s->end_token; phrases++) {
        u32 head = matching_token(w, next)->deprel == DEPREL_case ? matching_token(w, next)->head : NONE;
        if (head == NONE || w->t->left[head] != next || !is_above(w, noun, matching_token(w, head)->head)) {
            return NONE;
        }
        u32 above = w->r->predicate_at[matching_token(w, head)->head];
        bool agent = preposition == w->clauses->by && above != NONE && (w->r->predicates.items[above].flags & PREDICATE_PASSIVE);
        if (matching_token(w, next)->lower == preposition && !agent) {
            return head;
        }
        next = w->t->right[head];
    }
    return NONE;
}

u32 reach_find(const matching *w, const predicate *p, symbol preposition) {
    u32 found = NONE;
    if (p->flags & PREDICATE_NOMINAL) {
        for (u32 i = p->first_argument; i < p->end_argument && preposition == w->clauses->by && found == NONE; i++) {
            const argument *a = &w->r->arguments.items[i]; /* "the arrest of nurses by the army" */
            found = a->role == ROLE_OBLIQUE && !a->inherited && a->head > p->head ? find_below(w, a->head, preposition) : NONE;
        }
        return found != NONE ? found : reach_beside(w, p->head, preposition);
    }
    for (u32 i = p->first_argument; i < p->end_argument && found == NONE; i++) {
        const argument *a = &w->r->arguments.items[i];
        found = is_reached(w, a, preposition) && a->head > p->head ? find_below(w, a->head, preposition) : NONE;
    }
    TREE_EACH_CHILD(w->t, p->head, child) {
        bool adverb = found == NONE && child > p->head && matching_token(w, child)->deprel == DEPREL_advmod;
        found = adverb ? find_below(w, child, preposition) : found;
    }
    return found;
}

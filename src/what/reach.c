// SPDX-License-Identifier: Apache-2.0
/* A phrase that belongs to the verb may hang on the verb's object: whether a tree says so is chance.
 *
 *     condemned a protester to death          death <-nmod- protester
 *     attributed the hack to the army         army <-nmod- hack
 *     spoke highly of Bangladesh              Bangladesh <-obl- highly
 *
 * An of-phrase is the object's own ("killed the leader of the union"), unless the object is named by its name
 * ("stripped Ethiopia of its privileges"). */
#include "what/matching.h"

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

u32 reach_find(const matching *w, const predicate *p, symbol preposition) {
    u32 found = NONE;
    if (p->flags & PREDICATE_NOMINAL) {
        return NONE;
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

// SPDX-License-Identifier: Apache-2.0
/* Which predicates are deeds of their own?
 *
 *   "Israel agreed to stop shelling Gaza"    stop, shelling: the content of agree
 *   "the need for a withdrawal"              withdrawal: only needed
 *   "The shelling killed two"                killing: the result of the shelling, one deed with it */
#include "what/matching.h"

#define ABSORB_ROUNDS 4

/* Marks what is only the content of another deed.  "Israel agreed to stop shelling Gaza": stop and
 * shelling are inside the complement of agree. */
/* "blocked the road to demand his release": what protesters call for is their protest, and so is what they do "in protest". */
static bool is_cry(const matching *w, u32 owner, const argument *a, u32 inner) {
    if ((a->role != ROLE_CLAUSE && a->role != ROLE_OBLIQUE) || w->frame_of[owner] == NONE || !w->stands[owner] || inner == NONE || w->frame_of[inner] == NONE) {
        return false;
    }
    u8 above = w->frames->frames.items[w->frame_of[owner]].category, below = w->frames->frames.items[w->frame_of[inner]].category;
    bool cry = a->role == ROLE_CLAUSE && (below == CATEGORY_REQUEST || below == CATEGORY_ACCUSE);
    return above == CATEGORY_PROTEST && (cry || below == CATEGORY_PROTEST);
}

static void absorb_content(const matching *w, u32 owner) {
    const predicate *p = &w->r->predicates.items[owner];
    bool owns = w->frame_of[owner] != NONE && w->stands[owner] && w->frames->frames.items[w->frame_of[owner]].absorbs;
    for (u32 k = p->first_argument; k < p->end_argument; k++) {
        const argument *a = &w->r->arguments.items[k];
        bool around = a->role == ROLE_OBLIQUE && !clause_word_is(w->clauses, a->preposition, CLASS_SETTING);
        bool content = a->role == ROLE_CLAUSE || (owns && !a->inherited && (a->role == ROLE_OBJECT || around));
        u32 inner = w->r->predicate_at[a->head];
        bool absorbs = content && inner != NONE && inner != owner && (owns || (w->absorbed[owner] && !a->inherited));
        if (absorbs || (inner != owner && is_cry(w, owner, a, inner))) {
            w->absorbed[inner] = true;
        }
    }
}

/* "the need for a withdrawal", "a right to strike": the word above says that it is only wanted. */
/* "spoke of the need for a withdrawal": also when the tree hangs the phrase on the verb. */
static bool is_content_noun_before(const matching *w, const predicate *p) {
    u32 marker = tree_child(w->t, p->head, DEPREL_case);
    return marker != NONE && marker > 0 && clause_word_is(w->clauses, matching_token(w, marker - 1)->lemma, CLASS_CONTENT_NOUN);
}

static bool is_content_of_noun(const matching *w, const predicate *p) {
    const token *word = matching_token(w, p->head);
    bool infinitive = p->flags & PREDICATE_INFINITIVE;
    bool adjective = infinitive && word->deprel == DEPREL_xcomp && word->head != NONE && matching_token(w, word->head)->upos == UPOS_ADJ;
    if (adjective && !clause_word_is(w->clauses, matching_token(w, word->head)->lemma, CLASS_SCHEDULED)) {
        return true; /* "is able to mobilize its fleet" */
    }
    if (is_content_noun_before(w, p)) {
        return true;
    }
    bool called = (p->flags & PREDICATE_NOMINAL) && word->deprel == DEPREL_nsubj && word->head != NONE && tree_child(w->t, word->head, DEPREL_cop) != NONE;
    if (called && clause_word_is(w->clauses, matching_token(w, word->head)->lemma, CLASS_CONTENT_NOUN)) {
        return true; /* "a nuclear attack is the main danger" */
    }
    bool below_noun = word->deprel == DEPREL_nmod || (infinitive && word->deprel == DEPREL_acl);
    u32 above = below_noun ? word->head : NONE;
    for (u32 steps = 0; above != NONE && steps < 3; steps++) {
        if (clause_word_is(w->clauses, matching_token(w, above)->lemma, CLASS_CONTENT_NOUN)) {
            return true;
        }
        above = matching_token(w, above)->deprel == DEPREL_nmod ? matching_token(w, above)->head : NONE;
    }
    return false;
}

/* "filed a complaint against": the verb has told of it already. */
static bool is_told_by_support(const matching *w, u32 index) {
    u32 support = w->r->predicates.items[index].support, verb = support == NONE ? NONE : w->r->predicate_at[support];
    bool above = verb != NONE && matching_token(w, w->r->predicates.items[index].head)->head == support;
    return above && w->frame_of[verb] != NONE && w->stands[verb] && w->frame_of[index] != NONE &&
           w->frames->frames.items[w->frame_of[verb]].category == w->frames->frames.items[w->frame_of[index]].category;
}

/* "called a strike against the sale of schools": the noun names the verb's own deed, unless it has a doer of its own. */
static bool is_told_by_verb(const matching *w, u32 index) {
    const predicate *p = &w->r->predicates.items[index];
    const token *word = matching_token(w, p->head);
    u32 verb = word->deprel == DEPREL_obj && word->head != NONE && (p->flags & PREDICATE_NOMINAL) ? w->r->predicate_at[word->head] : NONE;
    if (verb == NONE || w->frame_of[verb] == NONE || !w->stands[verb] || w->frame_of[index] == NONE ||
        w->frames->frames.items[w->frame_of[verb]].category != w->frames->frames.items[w->frame_of[index]].category) {
        return false;
    }
    party_list source = {0}, target = {0};
    side_collect(w, index, &w->frames->frames.items[w->frame_of[index]], &source, &target);
    return source.count == 0;
}

static void find_absorbed(const matching *w) {
    for (u32 round = 0; round < ABSORB_ROUNDS; round++) {
        for (u32 i = 0; i < w->r->predicates.count; i++) {
            const token *word = matching_token(w, w->r->predicates.items[i].head);
            u32 first = word->deprel == DEPREL_conj && word->head != NONE ? w->r->predicate_at[word->head] : NONE;
            w->absorbed[i] |= first != NONE && w->absorbed[first];
            u32 support = w->r->predicates.items[i].support; /* "agreed to sign a treaty": the treaty is content too */
            w->absorbed[i] |= support != NONE && w->r->predicate_at[support] != NONE && w->absorbed[w->r->predicate_at[support]];
            w->absorbed[i] |= round == 0 && (is_told_by_support(w, i) || is_told_by_verb(w, i));
            w->absorbed[i] |= round == 0 && is_content_of_noun(w, &w->r->predicates.items[i]);
            absorb_content(w, i);
        }
    }
}

static bool is_cause(const matching *w, const argument *a, u32 cause, u32 result) {
    const predicate *p = &w->r->predicates.items[cause];
    if (w->frame_of[cause] == NONE || !(p->flags & PREDICATE_NOMINAL) ||
        w->frames->frames.items[w->frame_of[cause]].category != w->frames->frames.items[w->frame_of[result]].category) {
        return false;
    }
    party_list source = {0}, target = {0};
    if (a->role == ROLE_OBLIQUE) { /* of use only when it tells the doer */
        side_collect(w, cause, &w->frames->frames.items[w->frame_of[cause]], &source, &target);
    }
    const frame *f = &w->frames->frames.items[w->frame_of[result]];
    bool suffers = (w->r->predicates.items[result].flags & PREDICATE_PASSIVE) || f->source[0].kind != SLOT_SUBJECT; /* "died in a raid" */
    return a->role == ROLE_SUBJECT || (suffers && a->preposition == w->clauses->in && source.count > 0);
}

/* "The shelling killed two", "two were killed in Israeli shelling": shelling and killing are one deed, told by its
 * name and its result. */
static void find_results(const matching *w) {
    for (u32 i = 0; i < w->r->predicates.count; i++) {
        const predicate *p = &w->r->predicates.items[i];
        if (w->frame_of[i] == NONE || (p->flags & PREDICATE_NOMINAL)) {
            continue;
        }
        for (u32 k = p->first_argument; k < p->end_argument; k++) {
            const argument *a = &w->r->arguments.items[k];
            u32 cause = a->role == ROLE_SUBJECT || a->role == ROLE_OBLIQUE ? w->r->predicate_at[a->head] : NONE;
            if (cause != NONE && cause != i && is_cause(w, a, cause, i)) {
                w->result[cause] = i;
                w->absorbed[i] = true;
            }
        }
    }
}

void content_find(const matching *w) {
    find_absorbed(w);
    find_results(w);
}

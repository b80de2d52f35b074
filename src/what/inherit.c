// SPDX-License-Identifier: Apache-2.0
/* Arguments that the words leave to be understood, handed down from the predicate above:
 *
 *     Rebels threatened to shell the town.              shell gets the subject of threatened (control)
 *     Kyiv accused rebels of shelling the town.         shelling gets the object of accused (object control)
 *     Two men were arrested and beaten.                 beaten gets the object of arrested (coordination)
 *     Troops bombed and shelled the town.               bombed gets the object of shelled
 *     France held talks with Mali.                      talks gets the subject of held (light verb)
 *     Its decision to withdraw ...                      withdraw gets the possessor of decision
 *
 * Each round hands a subject one step down: "agreed to begin to withdraw" takes two. */
#include "what/inherit.h"

#include "parse/labels.h"

#define INHERIT_ROUNDS 3

typedef struct {
    const clause_tables *tables;
    const tree *t;
    report *r;
    bool full; /* memory ran out */
} work;

static const token *at(const work *w, u32 index) { return report_token(w->r, index); }

static void add_argument(work *w, const argument *a, bool inherited) {
    argument *added = list_push(w->r->memory, &w->r->arguments);
    if (added == NULL) {
        w->full = true;
        return;
    }
    *added = *a;
    added->inherited |= inherited;
}

static u32 find_argument(const work *w, const predicate *p, argument_role role) {
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        if (w->r->arguments.items[i].role == role) {
            return i;
        }
    }
    return NONE;
}

/* Arguments of one predicate stay one run: to add some, the run is copied to the end first. */
static void extend_arguments(work *w, predicate *p, const argument *extra, u32 count) {
    u32 first = w->r->arguments.count, end = p->end_argument;
    for (u32 i = p->first_argument; i < end && !w->full; i++) {
        argument copy = w->r->arguments.items[i];
        add_argument(w, &copy, false);
    }
    for (u32 i = 0; i < count && !w->full; i++) {
        add_argument(w, &extra[i], true);
    }
    p->first_argument = first;
    p->end_argument = w->r->arguments.count;
}

static u32 copy_role(const work *w, const predicate *from, argument_role role, argument_role as, argument *out, u32 room) {
    u32 count = 0;
    for (u32 i = from->first_argument; i < from->end_argument && count < room; i++) {
        argument a = w->r->arguments.items[i];
        if (a.role == role) {
            out[count++] = (argument){(u8)as, true, a.preposition, a.head};
        }
    }
    return count;
}

/* A light verb lends the noun its subject and its obliques: "France held talks with Mali in Paris". */
static void support_noun(work *w, predicate *noun) {
    const token *word = at(w, noun->head);
    u32 verb_index = word->head == NONE ? NONE : w->r->predicate_at[word->head];
    if (noun->support != NONE || !(noun->flags & PREDICATE_NOMINAL)) {
        return;
    }
    u32 measure = word->deprel == DEPREL_nmod ? word->head : NONE; /* "held two days of talks" */
    bool measured = measure != NONE && clause_word_is(w->tables, at(w, measure)->lemma, CLASS_MEASURE) &&
                    (at(w, measure)->deprel == DEPREL_obj || at(w, measure)->deprel == DEPREL_nsubj_pass) && at(w, measure)->head != NONE;
    if (measured) {
        verb_index = w->r->predicate_at[at(w, measure)->head];
    }
    if (verb_index != NONE && (word->deprel == DEPREL_conj)) { /* "held talks and a meeting with" */
        u32 above = at(w, word->head)->head;
        verb_index = above == NONE ? NONE : w->r->predicate_at[above];
    }
    const predicate *verb = NULL;
    bool as_subject = word->deprel == DEPREL_nsubj_pass;
    bool bare = word->deprel == DEPREL_obl_unmarked; /* "staged a sit-in" */
    bool as_object = measured || bare || word->deprel == DEPREL_obj || word->deprel == DEPREL_conj || as_subject;
    if (verb_index != NONE && as_object) {
        verb = &w->r->predicates.items[verb_index];
    } else { /* "an attack carried out by rebels" */
        u32 clause = tree_child(w->t, noun->head, DEPREL_acl);
        if (clause != NONE && w->r->predicate_at[clause] != NONE) {
            verb = &w->r->predicates.items[w->r->predicate_at[clause]];
        }
    }
    if (verb == NULL || (verb->flags & PREDICATE_NOMINAL) || !clause_word_is(w->tables, verb->lemma, CLASS_LIGHT)) {
        return;
    }
    argument extra[24];
    u32 count = copy_role(w, verb, ROLE_SUBJECT, ROLE_SUBJECT, extra, 8);
    count += copy_role(w, verb, ROLE_RECIPIENT, ROLE_RECIPIENT, extra + count, 4);
    count += copy_role(w, verb, ROLE_OBLIQUE, ROLE_OBLIQUE, extra + count, 8);
    count += copy_role(w, verb, ROLE_CLAUSE, ROLE_CLAUSE, extra + count, 2);
    noun->support = verb->head;
    noun->flags |= verb->flags & ~(u32)(PREDICATE_PASSIVE | PREDICATE_NOMINAL);
    extend_arguments(w, noun, extra, count);
}

/* "Two villages came under attack by rebels", "the minister faced criticism": the verb lends the noun its
 * subject as the one who suffers the deed. */
static void suffer_noun(work *w, predicate *noun) {
    const token *word = at(w, noun->head);
    u32 above = word->head == NONE ? NONE : w->r->predicate_at[word->head];
    if (noun->support != NONE || !(noun->flags & PREDICATE_NOMINAL) || above == NONE) {
        return;
    }
    const predicate *verb = &w->r->predicates.items[above];
    u32 marker = word->deprel == DEPREL_obl ? tree_child(w->t, noun->head, DEPREL_case) : NONE;
    bool under = marker != NONE && clause_word_is(w->tables, at(w, marker)->lower, CLASS_UNDER) && clause_word_is(w->tables, verb->lemma, CLASS_GO_UNDER);
    bool suffers = word->deprel == DEPREL_obj && clause_word_is(w->tables, verb->lemma, CLASS_PASSIVE_LIGHT);
    if ((verb->flags & (PREDICATE_NOMINAL | PREDICATE_PASSIVE)) || !(under || suffers)) {
        return;
    }
    argument extra[16];
    u32 count = copy_role(w, verb, ROLE_SUBJECT, ROLE_OBJECT, extra, 8);
    count += copy_role(w, verb, ROLE_OBLIQUE, ROLE_OBLIQUE, extra + count, 6);
    count += copy_role(w, verb, ROLE_CLAUSE, ROLE_CLAUSE, extra + count, 2);
    noun->support = verb->head;
    noun->flags |= verb->flags & ~(u32)PREDICATE_NOMINAL;
    extend_arguments(w, noun, extra, count);
}

bool inherit_is_object_control(const clause_tables *tables, const tree *t, const report *r, u32 clause) {
    const token *word = report_token(r, clause);
    u32 object = word->deprel == DEPREL_acl && word->xpos == XPOS_VB ? word->head : NONE;
    u32 verb = object == NONE ? NONE : report_token(r, object)->head;
    bool direct = verb != NONE && report_token(r, object)->deprel == DEPREL_obj && report_token(r, verb)->upos == UPOS_VERB;
    bool somebody = direct && r->mention_at != NULL && r->mention_at[object] != NONE;
    u32 to = somebody ? tree_child(t, clause, DEPREL_mark) : NONE;
    return to != NONE && report_token(r, to)->lower == tables->to && clause_word_is(tables, report_token(r, verb)->lemma, CLASS_OBJECT_CONTROL);
}

/* "told Reuters, saying": the last that hangs on the verb, behind a comma, so who told says. */
static bool is_beside(const work *w, const predicate *p, u32 verb) {
    bool last = at(w, p->head)->deprel == DEPREL_advcl && at(w, p->head)->xpos == XPOS_VBG && p->head > verb && at(w, p->head - 1)->upos == UPOS_PUNCT;
    TREE_EACH_CHILD(w->t, verb, child) {
        last = last && (child <= p->head || at(w, child)->upos == UPOS_PUNCT);
    }
    return last;
}

/* Who does what a subjectless clause says? */
static void inherit_subject(work *w, predicate *p) {
    bool passive = p->flags & PREDICATE_PASSIVE; /* "Warned by Ankara, the fighters ...": whom it warned is to be found */
    argument_role missing = passive ? ROLE_OBJECT : ROLE_SUBJECT;
    if ((p->flags & PREDICATE_NOMINAL) || find_argument(w, p, missing) != NONE || p->governor == NONE) {
        return;
    }
    const predicate *above = &w->r->predicates.items[p->governor];
    deprel relation = at(w, p->head)->deprel;
    argument_role as = passive ? ROLE_OBJECT : ROLE_SUBJECT, from = ROLE_SUBJECT;
    bool above_passive = above->flags & PREDICATE_PASSIVE;
    if (relation == DEPREL_conj) {
        from = above_passive ? ROLE_OBJECT : ROLE_SUBJECT;
        if (above_passive != passive && !passive && tree_child(w->t, p->head, DEPREL_aux) == NONE && clause_is_past_participle(w->r, p->head) &&
            find_argument(w, p, ROLE_OBJECT) == NONE) {
            as = ROLE_OBJECT; /* "were arrested and beaten" */
            p->flags |= PREDICATE_PASSIVE;
        }
    } else if (relation == DEPREL_xcomp || relation == DEPREL_advcl || relation == DEPREL_ccomp) {
        bool behind = p->head > above->head; /* "Easing the curfew, India let shops open" */
        bool beside = is_beside(w, p, above->head);
        bool object_control = behind && !beside && clause_word_is(w->tables, above->lemma, CLASS_OBJECT_CONTROL);
        if (relation == DEPREL_ccomp && !(p->flags & (PREDICATE_INFINITIVE | PREDICATE_PARTICIPLE))) {
            return;
        }
        u32 object = find_argument(w, above, ROLE_OBJECT);
        bool has_object = object != NONE;
        bool somebody = has_object && w->r->mention_at != NULL && w->r->mention_at[w->r->arguments.items[object].head] != NONE;
        from = (object_control || (relation == DEPREL_xcomp && somebody)) && has_object /* not "opened fire to disperse" */
                   ? ROLE_OBJECT
               : above_passive                                                            ? ROLE_OBJECT
                                                                                          : ROLE_SUBJECT;
    } else if (inherit_is_object_control(w->tables, w->t, w->r, p->head) && find_argument(w, above, ROLE_OBJECT) != NONE) {
        from = ROLE_OBJECT; /* "ordered its forces to leave" */
    } else if (relation == DEPREL_acl) { /* "its decision to withdraw": the noun's possessor */
        u32 owner = tree_child(w->t, at(w, p->head)->head, DEPREL_nmod_poss);
        if (owner != NONE && above->head != at(w, p->head)->head && !passive) {
            argument whose = {ROLE_SUBJECT, true, NONE, owner};
            extend_arguments(w, p, &whose, 1);
            return;
        }
        if (clause_word_is(w->tables, above->lemma, CLASS_JUDGING)) {
            return; /* "welcomed a decision to withdraw": another's */
        }
        from = find_argument(w, above, ROLE_SUBJECT) != NONE ? ROLE_SUBJECT : ROLE_POSSESSOR;
    } else {
        return;
    }
    argument extra[8];
    u32 count = copy_role(w, above, from, as, extra, 8);
    if (count > 0) {
        extend_arguments(w, p, extra, count);
    }
}

/* "X bombed and shelled Y": the first verb shares the second's object. */
static void share_object(work *w, predicate *p) {
    if (p->governor == NONE || at(w, p->head)->deprel != DEPREL_conj || (p->flags & PREDICATE_NOMINAL)) {
        return;
    }
    predicate *above = &w->r->predicates.items[p->governor];
    if ((above->flags & (PREDICATE_NOMINAL | PREDICATE_PASSIVE)) || find_argument(w, above, ROLE_OBJECT) != NONE ||
        p->head - above->head > 3 || p->head < above->head || tree_child(w->t, above->head, DEPREL_ccomp) != NONE) {
        return;
    }
    argument extra[4];
    u32 count = copy_role(w, p, ROLE_OBJECT, ROLE_OBJECT, extra, 4);
    if (count > 0) {
        extend_arguments(w, above, extra, count);
    }
}

/* "should renounce force and respect Taiwan", "have not fled or been jailed": a bare form behind another shares its auxiliaries;
 * a negation only over "or" (said/embedding.c says the same of its status). */
static void share_auxiliaries(work *w, predicate *p) {
    const token *word = at(w, p->head);
    const predicate *above = p->governor == NONE ? NULL : &w->r->predicates.items[p->governor];
    bool joined = above != NULL && word->deprel == DEPREL_conj && word->head == above->head && !((p->flags | above->flags) & PREDICATE_NOMINAL);
    bool bare = joined && word->xpos == at(w, above->head)->xpos && (word->xpos == XPOS_VB || word->xpos == XPOS_VBN) && tree_child(w->t, p->head, DEPREL_aux) == NONE &&
                tree_child(w->t, p->head, DEPREL_nsubj) == NONE && tree_child(w->t, p->head, DEPREL_nsubj_pass) == NONE && tree_child(w->t, p->head, DEPREL_mark) == NONE;
    if (bare && tree_child(w->t, above->head, DEPREL_aux) != NONE) {
        u32 joint = tree_child(w->t, p->head, DEPREL_cc);
        bool or = joint != NONE && at(w, joint)->lower == w->tables->or;
        p->flags |= above->flags & (PREDICATE_MODAL | PREDICATE_FUTURE | PREDICATE_CONDITIONAL | PREDICATE_PERFECT | (or ? PREDICATE_NEGATED : 0u));
    }
}

drg_status inherit_arguments(const clause_tables *tables, const tree *t, report *r) {
    work w = {tables, t, r, false};
    for (u32 round = 0; round < INHERIT_ROUNDS && !w.full; round++) {
        for (u32 i = 0; i < r->predicates.count && !w.full; i++) {
            predicate *p = &r->predicates.items[i];
            share_auxiliaries(&w, p);
            inherit_subject(&w, p);
            support_noun(&w, p);
            suffer_noun(&w, p);
            if (round == 0) {
                share_object(&w, p);
            }
        }
    }
    return w.full ? DRG_ERROR_MEMORY : DRG_OK;
}

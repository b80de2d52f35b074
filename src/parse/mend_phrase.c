// SPDX-License-Identifier: Apache-2.0
/* In: the tree of a sentence.  Out: the same, where a phrase that the network tore apart is whole again.
 *
 *     Talks between Fiji and the rebels broke down.      rebels <-nsubj- broke <-conj- Talks: "between" takes two
 *     The arrest of a man by police set off marches.     by <-case- marches: the police's, and they the arrest's
 *     Under Thai shelling, villagers fled.               shelling <-compound- villagers, over a comma: the verb's
 *     Raiding a village, Thai bandits took cattle.       bandits <-conj- village: the subject of "took"
 *     Lawmakers stood by the leader's attack.            Lawmakers <-nsubj:pass- stood, which is no passive
 *     accused by the tribunal                            tribunal/ADJ: with an article and without a noun it is one
 *     fought over a farm                                 farm <-obj- fought: behind a preposition it is no object
 *     treated wounded civilians                          civilians <-obj- wounded: they are treated
 *     The president travels to Taiwan.                   travels/NOUN, a finite form with a subject: a verb
 *     Somalia was given boats and fuel.                  boats <-xcomp- given: one country is not many boats
 *     fled following a raid on their camp                following, a verb that nobody follows by: a preposition of "raid"
 *
 * Each undoes what English forbids, so that a right tree stays as it is. */
#include "parse/mend.h"

static bool stands_before(const token *t) {
    return t->deprel == DEPREL_amod || t->deprel == DEPREL_compound || t->deprel == DEPREL_nummod;
}

/* "Talks between Fiji and the rebels broke down": the root joined to a verb, whose subject is the second of two. */
static void mend_between(const mending *m, u32 verb) {
    u32 noun = at(m, verb)->deprel == DEPREL_conj && is_finite(at(m, verb)) ? at(m, verb)->head : NONE;
    u32 one = noun == NONE || noun > verb || at(m, noun)->head != NONE || !is_noun(at(m, noun)) ? NONE : mend_child(m, noun, DEPREL_nmod);
    u32 two = one == NONE ? NONE : mend_child(m, verb, DEPREL_nsubj), and = one == NONE ? NONE : mend_child(m, verb, DEPREL_cc);
    bool torn = two != NONE && and != NONE && one < and && and < two && two < verb && mend_child(m, one, DEPREL_conj) == NONE;
    if (!torn || !mend_is(m, mend_child(m, one, DEPREL_case), MEND_PAIR)) {
        return;
    }
    for (u32 i = verb + 1; i < m->s->end_token; i++) {
        at(m, i)->head = at(m, i)->head == noun ? verb : at(m, i)->head;
    }
    mend_hang(m, verb, NONE, DEPREL_root);
    mend_hang(m, noun, verb, DEPREL_nsubj);
    mend_hang(m, two, one, DEPREL_conj);
    at(m, and)->head = two;
}

/* "The arrest of a mayor by Thai police set off marches": a preposition before a verb that has a subject. */
static void mend_torn_doer(const mending *m, u32 marker) {
    u32 verb = at(m, marker)->deprel == DEPREL_case ? at(m, marker)->head : NONE;
    if (verb != NONE && is_noun(at(m, verb)) && at(m, verb)->head != NONE && at(m, verb)->head < verb) { /* of the object behind the verb */
        verb = at(m, verb)->head;
    }
    bool past = verb != NONE && at(m, verb)->upos == UPOS_VERB && at(m, verb)->xpos == XPOS_VBN; /* "set", "cut" */
    u32 noun = verb == NONE || verb < marker + 2 || !(past || is_finite(at(m, verb))) ? NONE : verb - 1;
    u32 subject = noun == NONE ? NONE : mend_child(m, verb, DEPREL_nsubj);
    bool inner = noun != NONE && is_noun(at(m, noun)) && at(m, noun)->head == verb && at(m, noun)->deprel == DEPREL_compound;
    if (inner && subject != NONE && subject < marker) {
        mend_hang(m, noun, subject, DEPREL_nmod);
        at(m, marker)->head = noun;
    }
}

/* "Under Thai shelling, villagers fled": no noun describes another over a comma. */
static void mend_front_phrase(const mending *m, u32 index) {
    u32 noun = at(m, index)->deprel == DEPREL_compound && is_noun(at(m, index)) ? at(m, index)->head : NONE;
    u32 verb = noun == NONE || noun < index ? NONE : at(m, noun)->head;
    bool comma = verb != NONE && at(m, index + 1)->xpos == XPOS_COMMA && at(m, verb)->upos == UPOS_VERB;
    u32 marker = !comma ? NONE : mend_child(m, index, DEPREL_case);
    if (marker != NONE && marker < index && at(m, noun)->deprel == DEPREL_nsubj) {
        mend_hang(m, index, verb, DEPREL_obl);
    }
}

/* "Raiding a village, Thai bandits took cattle": no subject is joined to a noun by a comma alone. */
static void mend_front_clause(const mending *m, u32 index) {
    u32 verb = at(m, index)->deprel == DEPREL_csubj && at(m, index)->xpos == XPOS_VBG ? at(m, index)->head : NONE;
    u32 subject = verb == NONE || verb < index + 2 || mend_child(m, verb, DEPREL_nsubj) != NONE ? NONE : verb - 1;
    if (subject == NONE || at(m, subject)->deprel != DEPREL_conj || mend_child(m, subject, DEPREL_cc) != NONE || !is_noun(at(m, subject))) {
        return;
    }
    u32 comma = mend_child(m, subject, DEPREL_punct);
    if (comma != NONE && comma < subject && at(m, comma)->xpos == XPOS_COMMA) {
        mend_hang(m, subject, verb, DEPREL_nsubj);
        mend_hang(m, index, verb, DEPREL_advcl);
    }
}

/* "Lawmakers stood by the leader's attack": a past tense without "was" or "got" is no passive. */
static void mend_active(const mending *m, u32 index) {
    u32 verb = at(m, index)->deprel == DEPREL_nsubj_pass ? at(m, index)->head : NONE;
    if (verb == NONE || index > verb || at(m, verb)->xpos != XPOS_VBD) {
        return;
    }
    for (u32 i = m->s->first_token; i < verb; i++) {
        if (at(m, i)->upos == UPOS_AUX) {
            return;
        }
    }
    at(m, index)->deprel = DEPREL_nsubj;
    u32 doer = mend_child(m, verb, DEPREL_obl_agent);
    if (doer != NONE) {
        at(m, doer)->deprel = DEPREL_obl;
    }
}

/* "by the tribunal", "A militant": an adjective with an article and the part of a noun is one. */
static void mend_bare_adjective(const mending *m, u32 index) {
    token *t = at(m, index);
    bool part = t->deprel == DEPREL_nsubj || t->deprel == DEPREL_nsubj_pass || t->deprel == DEPREL_obj || t->deprel == DEPREL_obl || t->deprel == DEPREL_obl_agent;
    bool article = part && t->upos == UPOS_ADJ && t->xpos == XPOS_JJ && index > m->s->first_token && at(m, index - 1)->head == index && at(m, index - 1)->deprel == DEPREL_det;
    if (article) {
        t->upos = UPOS_NOUN;
        t->xpos = XPOS_NN;
    }
}

/* "fought over a farm": what follows preposition and article is no object. */
static void mend_marked_object(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 marker = t->deprel == DEPREL_obj && is_noun(t) ? mend_child(m, index, DEPREL_case) : NONE;
    bool phrase_of_verb = marker != NONE && t->head != NONE && t->head + 1 == marker && marker + 1 < index && at(m, t->head)->upos == UPOS_VERB;
    if (phrase_of_verb && at(m, marker + 1)->upos == UPOS_DET && at(m, marker + 1)->head == index) {
        t->deprel = DEPREL_obl;
    }
}

/* "treated wounded civilians": a participle behind a verb has no object of its own. */
static void mend_borrowed_object(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 verb = t->deprel == DEPREL_xcomp && t->xpos == XPOS_VBN && t->upos == UPOS_VERB ? t->head : NONE;
    u32 object = verb == NONE || verb + 1 != index || at(m, verb)->upos != UPOS_VERB ? NONE : mend_child(m, index, DEPREL_obj);
    if (object == NONE || object < index || !is_noun(at(m, object)) || mend_child(m, verb, DEPREL_obj) != NONE) {
        return;
    }
    for (u32 i = index + 1; i < object; i++) {
        bool inner = stands_before(at(m, i)) && at(m, i)->head == object;
        if (!inner) {
            return;
        }
    }
    for (u32 i = object + 1; i < m->s->end_token; i++) {
        at(m, i)->head = at(m, i)->head == index ? verb : at(m, i)->head;
    }
    mend_hang(m, object, verb, DEPREL_obj);
    mend_hang(m, index, object, DEPREL_amod);
}

/* "The president travels to Taiwan": a noun that is finite and has a subject is a verb. */
static void mend_predicate(const mending *m, u32 index) {
    token *t = at(m, index);
    bool finite = t->xpos == XPOS_VBD || is_present(t);
    u32 subject = t->head == NONE && finite && t->upos == UPOS_NOUN && mend_child(m, index, DEPREL_cop) == NONE ? mend_child(m, index, DEPREL_nsubj) : NONE;
    if (subject == NONE || subject > index) {
        return;
    }
    t->upos = UPOS_VERB;
    for (u32 i = index + 1; i < m->s->end_token; i++) {
        bool phrase_of_verb = at(m, i)->head == index && at(m, i)->deprel == DEPREL_nmod;
        at(m, i)->deprel = phrase_of_verb ? DEPREL_obl : at(m, i)->deprel;
    }
}

/* "Somalia was given boats": one is not many, so these are what it got. */
static void mend_given(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 verb = t->deprel == DEPREL_xcomp && t->xpos == XPOS_NNS ? t->head : NONE;
    u32 subject = verb == NONE || verb > index || at(m, verb)->xpos != XPOS_VBN ? NONE : mend_child(m, verb, DEPREL_nsubj_pass);
    bool single = subject != NONE && (at(m, subject)->xpos == XPOS_NN || at(m, subject)->xpos == XPOS_NNP) && mend_child(m, subject, DEPREL_conj) == NONE;
    if (single && mend_child(m, index, DEPREL_case) == NONE) {
        t->deprel = DEPREL_obj;
    }
}

/* "fled following a raid on their camp": what hung on the verb that was none hangs on its noun. */
static void mend_gerund_preposition(const mending *m, u32 index) {
    token *t = at(m, index);
    bool verb = t->xpos == XPOS_VBG && t->upos == UPOS_VERB && t->deprel == DEPREL_advcl && t->head != NONE && t->head < index && mend_is(m, index, MEND_PREPOSITION);
    u32 noun = NONE, above = t->head;
    for (u32 i = index + 1; verb && i < m->s->end_token && noun == NONE; i++) {
        const token *other = at(m, i);
        bool outer = is_noun(other) && ((other->head == index && other->deprel == DEPREL_obj) || (other->head == above && other->deprel == DEPREL_obl));
        verb = other->upos != UPOS_VERB && other->upos != UPOS_PUNCT && other->upos != UPOS_PRON && other->deprel != DEPREL_case;
        noun = verb && outer ? i : NONE;
    }
    if (noun == NONE || mend_subject_of(m, index) != NONE) {
        return;
    }
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        bool late = at(m, i)->head == index && i > noun;
        at(m, i)->deprel = late && at(m, i)->deprel == DEPREL_obl ? DEPREL_nmod : at(m, i)->deprel;
        at(m, i)->head = at(m, i)->head == index ? (i > noun ? noun : above) : at(m, i)->head;
    }
    mend_hang(m, noun, above, DEPREL_obl);
    mend_hang(m, index, noun, DEPREL_case);
    t->upos = UPOS_ADP;
}

void mend_phrases(const mending *m) {
    static void (*const rules[])(const mending *, u32) = {
        mend_between,        mend_torn_doer,     mend_front_phrase,    mend_front_clause, mend_active,
        mend_bare_adjective, mend_marked_object, mend_borrowed_object, mend_predicate,    mend_given,
        mend_gerund_preposition,
    };
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        for (u32 k = 0; k < COUNT_OF(rules); k++) {
            rules[k](m, i);
        }
    }
}

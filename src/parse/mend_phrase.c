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
 *
 * Each undoes what English forbids, so that a right tree stays as it is. */
#include "parse/mend_phrase.h"

#include "parse/labels.h"

#define LONGEST 256 /* words, as in mend_order.c */

typedef struct {
    report *r;
    const sentence *s;
} phrase;

static token *at(const phrase *p, u32 index) { return &p->r->tokens.items[index]; }

static bool is_word(const phrase *p, u32 index, const char *word) {
    return index != NONE && span_eq(symbols_text(&p->r->words, at(p, index)->lower), (span){word, strlen(word)});
}

static bool is_noun(const token *t) { return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN; }

static bool is_finite(const token *t) { return t->upos == UPOS_VERB && (t->xpos == XPOS_VBD || t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP); }

static bool stands_before(const token *t) {
    return t->deprel == DEPREL_amod || t->deprel == DEPREL_compound || t->deprel == DEPREL_nummod;
}

static u32 child_of(const phrase *p, u32 head, deprel relation) {
    for (u32 i = p->s->first_token; i < p->s->end_token; i++) {
        if (at(p, i)->head == head && at(p, i)->deprel == relation) {
            return i;
        }
    }
    return NONE;
}

static void hang(const phrase *p, u32 index, u32 head, deprel relation) {
    at(p, index)->head = head;
    at(p, index)->deprel = (u8)relation;
}

/* "Talks between Fiji and the rebels broke down": the root joined to a verb, whose subject is the second of two. */
static void mend_between(const phrase *p, u32 verb) {
    u32 noun = at(p, verb)->deprel == DEPREL_conj && is_finite(at(p, verb)) ? at(p, verb)->head : NONE;
    u32 one = noun == NONE || noun > verb || at(p, noun)->head != NONE || !is_noun(at(p, noun)) ? NONE : child_of(p, noun, DEPREL_nmod);
    u32 two = one == NONE ? NONE : child_of(p, verb, DEPREL_nsubj), and = one == NONE ? NONE : child_of(p, verb, DEPREL_cc);
    bool torn = two != NONE && and != NONE && one < and && and < two && two < verb && child_of(p, one, DEPREL_conj) == NONE;
    if (!torn || !is_word(p, child_of(p, one, DEPREL_case), "between")) {
        return;
    }
    for (u32 i = verb + 1; i < p->s->end_token; i++) {
        at(p, i)->head = at(p, i)->head == noun ? verb : at(p, i)->head;
    }
    hang(p, verb, NONE, DEPREL_root);
    hang(p, noun, verb, DEPREL_nsubj);
    hang(p, two, one, DEPREL_conj);
    at(p, and)->head = two;
}

/* "The arrest of a mayor by Thai police set off marches": a preposition before a verb that has a subject. */
static void mend_torn_doer(const phrase *p, u32 marker) {
    u32 verb = at(p, marker)->deprel == DEPREL_case ? at(p, marker)->head : NONE;
    if (verb != NONE && is_noun(at(p, verb)) && at(p, verb)->head != NONE && at(p, verb)->head < verb) { /* of the object behind the verb */
        verb = at(p, verb)->head;
    }
    bool past = verb != NONE && at(p, verb)->upos == UPOS_VERB && at(p, verb)->xpos == XPOS_VBN; /* "set", "cut" */
    u32 noun = verb == NONE || verb < marker + 2 || !(past || is_finite(at(p, verb))) ? NONE : verb - 1;
    u32 subject = noun == NONE ? NONE : child_of(p, verb, DEPREL_nsubj);
    bool inner = noun != NONE && is_noun(at(p, noun)) && at(p, noun)->head == verb && at(p, noun)->deprel == DEPREL_compound;
    if (inner && subject != NONE && subject < marker) {
        hang(p, noun, subject, DEPREL_nmod);
        at(p, marker)->head = noun;
    }
}

/* "Under Thai shelling, villagers fled": no noun describes another over a comma. */
static void mend_front_phrase(const phrase *p, u32 index) {
    u32 noun = at(p, index)->deprel == DEPREL_compound && is_noun(at(p, index)) ? at(p, index)->head : NONE;
    u32 verb = noun == NONE || noun < index ? NONE : at(p, noun)->head;
    bool comma = verb != NONE && at(p, index + 1)->xpos == XPOS_COMMA && at(p, verb)->upos == UPOS_VERB;
    u32 marker = !comma ? NONE : child_of(p, index, DEPREL_case);
    if (marker != NONE && marker < index && at(p, noun)->deprel == DEPREL_nsubj) {
        hang(p, index, verb, DEPREL_obl);
    }
}

/* "Raiding a village, Thai bandits took cattle": no subject is joined to a noun by a comma alone. */
static void mend_front_clause(const phrase *p, u32 index) {
    u32 verb = at(p, index)->deprel == DEPREL_csubj && at(p, index)->xpos == XPOS_VBG ? at(p, index)->head : NONE;
    u32 subject = verb == NONE || verb < index + 2 || child_of(p, verb, DEPREL_nsubj) != NONE ? NONE : verb - 1;
    if (subject == NONE || at(p, subject)->deprel != DEPREL_conj || child_of(p, subject, DEPREL_cc) != NONE || !is_noun(at(p, subject))) {
        return;
    }
    u32 comma = child_of(p, subject, DEPREL_punct);
    if (comma != NONE && comma < subject && at(p, comma)->xpos == XPOS_COMMA) {
        hang(p, subject, verb, DEPREL_nsubj);
        hang(p, index, verb, DEPREL_advcl);
    }
}

/* "Lawmakers stood by the leader's attack": a past tense without "was" or "got" is no passive. */
static void mend_active(const phrase *p, u32 index) {
    u32 verb = at(p, index)->deprel == DEPREL_nsubj_pass ? at(p, index)->head : NONE;
    if (verb == NONE || index > verb || at(p, verb)->xpos != XPOS_VBD) {
        return;
    }
    for (u32 i = p->s->first_token; i < verb; i++) {
        if (at(p, i)->upos == UPOS_AUX) {
            return;
        }
    }
    at(p, index)->deprel = DEPREL_nsubj;
    u32 doer = child_of(p, verb, DEPREL_obl_agent);
    if (doer != NONE) {
        at(p, doer)->deprel = DEPREL_obl;
    }
}

/* "by the tribunal", "A militant": an adjective with an article and the part of a noun is one. */
static void mend_bare_adjective(const phrase *p, u32 index) {
    token *t = at(p, index);
    bool part = t->deprel == DEPREL_nsubj || t->deprel == DEPREL_nsubj_pass || t->deprel == DEPREL_obj || t->deprel == DEPREL_obl || t->deprel == DEPREL_obl_agent;
    bool article = part && t->upos == UPOS_ADJ && t->xpos == XPOS_JJ && index > p->s->first_token && at(p, index - 1)->head == index && at(p, index - 1)->deprel == DEPREL_det;
    if (article) {
        t->upos = UPOS_NOUN;
        t->xpos = XPOS_NN;
    }
}

/* "fought over a farm": what follows preposition and article is no object. */
static void mend_marked_object(const phrase *p, u32 index) {
    token *t = at(p, index);
    u32 marker = t->deprel == DEPREL_obj && is_noun(t) ? child_of(p, index, DEPREL_case) : NONE;
    bool phrase_of_verb = marker != NONE && t->head != NONE && t->head + 1 == marker && marker + 1 < index && at(p, t->head)->upos == UPOS_VERB;
    if (phrase_of_verb && at(p, marker + 1)->upos == UPOS_DET && at(p, marker + 1)->head == index) {
        t->deprel = DEPREL_obl;
    }
}

/* "treated wounded civilians": a participle behind a verb has no object of its own. */
static void mend_described_object(const phrase *p, u32 index) {
    token *t = at(p, index);
    u32 verb = t->deprel == DEPREL_xcomp && t->xpos == XPOS_VBN && t->upos == UPOS_VERB ? t->head : NONE;
    u32 object = verb == NONE || verb + 1 != index || at(p, verb)->upos != UPOS_VERB ? NONE : child_of(p, index, DEPREL_obj);
    if (object == NONE || object < index || !is_noun(at(p, object)) || child_of(p, verb, DEPREL_obj) != NONE) {
        return;
    }
    for (u32 i = index + 1; i < object; i++) {
        bool inner = stands_before(at(p, i)) && at(p, i)->head == object;
        if (!inner) {
            return;
        }
    }
    for (u32 i = object + 1; i < p->s->end_token; i++) {
        at(p, i)->head = at(p, i)->head == index ? verb : at(p, i)->head;
    }
    hang(p, object, verb, DEPREL_obj);
    hang(p, index, object, DEPREL_amod);
}

/* "The president travels to Taiwan": a noun that is finite and has a subject is a verb. */
static void mend_predicate(const phrase *p, u32 index) {
    token *t = at(p, index);
    bool finite = t->xpos == XPOS_VBD || t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP;
    u32 subject = t->head == NONE && finite && t->upos == UPOS_NOUN && child_of(p, index, DEPREL_cop) == NONE ? child_of(p, index, DEPREL_nsubj) : NONE;
    if (subject == NONE || subject > index) {
        return;
    }
    t->upos = UPOS_VERB;
    for (u32 i = index + 1; i < p->s->end_token; i++) {
        bool phrase_of_verb = at(p, i)->head == index && at(p, i)->deprel == DEPREL_nmod;
        at(p, i)->deprel = phrase_of_verb ? DEPREL_obl : at(p, i)->deprel;
    }
}

/* "Somalia was given boats": one is not many, so these are what it got. */
static void mend_given(const phrase *p, u32 index) {
    token *t = at(p, index);
    u32 verb = t->deprel == DEPREL_xcomp && t->xpos == XPOS_NNS ? t->head : NONE;
    u32 subject = verb == NONE || verb > index || at(p, verb)->xpos != XPOS_VBN ? NONE : child_of(p, verb, DEPREL_nsubj_pass);
    bool single = subject != NONE && (at(p, subject)->xpos == XPOS_NN || at(p, subject)->xpos == XPOS_NNP) && child_of(p, subject, DEPREL_conj) == NONE;
    if (single && child_of(p, index, DEPREL_case) == NONE) {
        t->deprel = DEPREL_obj;
    }
}

void mend_phrases(report *r, const sentence *s) {
    static void (*const mends[])(const phrase *, u32) = {mend_between,     mend_torn_doer,      mend_front_phrase,  mend_front_clause,
                                                         mend_active,      mend_bare_adjective, mend_marked_object, mend_described_object,
                                                         mend_predicate,   mend_given};
    phrase p = {r, s};
    if (s->end_token - s->first_token > LONGEST) {
        return;
    }
    for (u32 i = s->first_token; i < s->end_token; i++) {
        for (u32 k = 0; k < COUNT_OF(mends); k++) {
            mends[k](&p, i);
        }
    }
}

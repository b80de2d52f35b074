// SPDX-License-Identifier: Apache-2.0
/* In: the tree of a sentence.  Out: the same, without arcs that the order of English words forbids.
 *
 *     Jordan airdropped food parcels.          Jordan <-compound- parcels, over the verb: it is its subject
 *     Montenegro joined NATO seven years ago.  NATO <-compound- years, over a number: it is the object
 *     Belgium's premier apologised.            premier <-advmod- apologised: a noun before a verb without subject
 *     Israel, the Emirates and Bahrain         the Emirates <-appos- Israel: one of three
 *     Ghana has massed tanks.                  massed <-amod- tanks: behind "has" stands its verb
 *     said on Monday that Russia was guilty    guilty <-acl:relcl- Monday: a name needs no that-clause, the verb does
 *     Brazil wants a deal, a minister said.    Brazil <-nsubj- said, which has a subject: that of "wants"
 *     was beaten by police and troops fired    troops <-conj- police: the subject of the verb behind it
 *
 * Few arcs change (docs/parsing.md has the figures), but they are the ones that events hang on. */
#include "parse/mend_order.h"

#include "parse/labels.h"

#define LONGEST 256 /* words; what is longer is a list or a table, and reading it over and over takes long */

typedef struct {
    report *r;
    const sentence *s;
} order;

static token *at(const order *w, u32 index) { return &w->r->tokens.items[index]; }

static u32 child_of(const order *w, u32 head, deprel relation) {
    for (u32 i = w->s->first_token; i < w->s->end_token; i++) {
        if (at(w, i)->head == head && at(w, i)->deprel == relation) {
            return i;
        }
    }
    return NONE;
}

static bool is_noun(const token *t) { return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN; }

static bool is_past(const token *t) { return t->xpos == XPOS_VBD || t->xpos == XPOS_VBN; }

static bool is_finite(const token *t) {
    return t->upos == UPOS_VERB && (t->xpos == XPOS_VBD || t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP);
}

static bool is_small(const order *w, u32 index) { return at(w, index)->form == at(w, index)->lower; }

static u32 subject_of(const order *w, u32 verb) {
    static const deprel subjects[] = {DEPREL_nsubj, DEPREL_nsubj_pass, DEPREL_csubj, DEPREL_expl, DEPREL_nsubj_outer};
    for (u32 i = 0; i < COUNT_OF(subjects); i++) {
        u32 found = child_of(w, verb, subjects[i]);
        if (found != NONE) {
            return found;
        }
    }
    return NONE;
}

/* "premier" of "Belgium's premier apologised" as an adverb of its verb. */
static void mend_subject(const order *w, u32 index) {
    token *t = at(w, index);
    u32 verb = t->head;
    if (!is_noun(t) || verb == NONE || verb < index || (t->deprel != DEPREL_advmod && t->deprel != DEPREL_compound && t->deprel != DEPREL_obl)) {
        return;
    }
    const token *v = at(w, verb);
    bool clause = v->deprel == DEPREL_root || v->deprel == DEPREL_ccomp || v->deprel == DEPREL_parataxis;
    bool past = v->upos == UPOS_VERB && v->xpos == XPOS_VBN && v->deprel == DEPREL_root;
    if (clause && (is_finite(v) || past) && subject_of(w, verb) == NONE && child_of(w, index, DEPREL_case) == NONE) {
        t->deprel = DEPREL_nsubj;
    }
}

static bool stands_before_noun(const token *t) {
    return t->deprel == DEPREL_det || t->deprel == DEPREL_compound || t->deprel == DEPREL_amod || t->deprel == DEPREL_nmod_poss ||
           t->deprel == DEPREL_nummod;
}

/* The verb between a word and the noun behind it that it is said to describe, or NONE. */
static u32 verb_between(const order *w, u32 index) {
    const token *t = at(w, index);
    u32 noun = t->head, verb = noun == NONE || noun < index || !stands_before_noun(t) ? NONE : at(w, noun)->head;
    bool between = verb != NONE && verb > index && verb < noun;
    return between && at(w, verb)->upos == UPOS_VERB && (is_finite(at(w, verb)) || at(w, verb)->xpos == XPOS_VBN) ? verb : NONE;
}

/* "Jordan airdropped food parcels", "The Congress authorised aid": what stands before the verb is its subject, or
 * describes its subject. */
static void mend_crossing(const order *w, u32 index) {
    u32 verb = verb_between(w, index), subject = verb == NONE ? NONE : subject_of(w, verb);
    token *t = at(w, index);
    if (verb == NONE) {
        return;
    }
    if (subject != NONE && index < subject && subject < verb) {
        t->head = subject;
    } else if (subject == NONE && (is_noun(t) || (t->deprel == DEPREL_amod && !is_small(w, index)))) {
        t->head = verb;
        t->deprel = DEPREL_nsubj;
    }
}

/* "joined NATO seven years ago", "promise Moldova our support": no noun stands before the article or the number of the
 * noun that it describes. */
static void mend_early_compound(const order *w, u32 index) {
    token *t = at(w, index);
    u32 noun = t->deprel == DEPREL_compound && is_noun(t) ? t->head : NONE, verb = noun == NONE ? NONE : at(w, noun)->head;
    if (noun != NONE && verb != NONE && verb > noun) { /* "joined NATO seven years ago": by way of "ago" */
        verb = at(w, verb)->head;
    }
    if (noun == NONE || noun < index || verb == NONE || verb + 1 != index || at(w, verb)->upos != UPOS_VERB) {
        return;
    }
    for (u32 i = index + 1; i < noun; i++) {
        const token *u = at(w, i);
        if (u->head == noun && (u->deprel == DEPREL_det || u->deprel == DEPREL_nummod || u->deprel == DEPREL_nmod_poss)) {
            t->head = verb;
            t->deprel = at(w, noun)->deprel == DEPREL_obj ? DEPREL_iobj : DEPREL_obj;
            return;
        }
    }
}

/* "Israel, the Emirates and Bahrain": what "and" follows is no apposition, where a third follows. */
static void mend_enumeration(const order *w, u32 index) {
    token *t = at(w, index);
    u32 end = index + 1, first = t->head;
    if (t->deprel != DEPREL_appos || first == NONE || first > index || !is_noun(t) || end >= w->s->end_token) {
        return;
    }
    const token *and = at(w, end);
    const token *last = and->deprel != DEPREL_cc || and->head == NONE ? NULL : at(w, and->head);
    bool third = last != NULL && and->head > end && last->deprel == DEPREL_conj && last->upos == t->upos && at(w, first)->upos == t->upos;
    bool closed = third && and->head + 1 < w->s->end_token && at(w, and->head + 1)->xpos == XPOS_COMMA;
    if (third && (last->head == first || (last->head == index && at(w, first)->xpos == XPOS_NNP && !closed))) {
        t->deprel = DEPREL_conj;
    }
}

/* "evacuate the wounded": a participle with an article is a noun. */
static void mend_participle_noun(const order *w, u32 index) {
    token *t = at(w, index);
    bool nominal = t->deprel == DEPREL_obj || t->deprel == DEPREL_iobj || t->deprel == DEPREL_obl || t->deprel == DEPREL_nmod || t->deprel == DEPREL_nsubj;
    bool past = t->upos == UPOS_VERB && t->xpos == XPOS_VBN && index > w->s->first_token;
    if (past && nominal && at(w, index - 1)->upos == UPOS_DET && at(w, index - 1)->head == index) {
        t->upos = UPOS_NOUN;
        t->xpos = XPOS_NN;
        t->lemma = t->lower;
    }
}

/* "was fought back by the police and the government ordered ...": what is joined by no "and" of its own takes the noun
 * before it, which has one, for its subject. */
static void mend_second_clause(const order *w, u32 index) {
    const token *t = at(w, index);
    u32 noun = index - 1;
    bool bare = t->deprel == DEPREL_conj && is_finite(t) && index > w->s->first_token && at(w, noun)->deprel == DEPREL_conj && is_noun(at(w, noun));
    u32 first = bare ? at(w, noun)->head : NONE, and = first == NONE ? NONE : child_of(w, noun, DEPREL_cc);
    if (and == NONE || first > and || t->head == NONE || t->head > first || at(w, t->head)->upos != UPOS_VERB || subject_of(w, index) != NONE || child_of(w, index, DEPREL_cc) != NONE) {
        return;
    }
    at(w, noun)->head = at(w, and)->head = index;
    at(w, noun)->deprel = DEPREL_nsubj;
}

/* "has massed tanks on the border" */
static void mend_perfect(const order *w, u32 index) {
    token *t = at(w, index);
    u32 noun = t->deprel == DEPREL_amod && t->xpos == XPOS_VBN && index > w->s->first_token ? t->head : NONE, have = index - 1;
    if (noun == NONE || noun < index || at(w, noun)->head != have || at(w, noun)->deprel != DEPREL_obj) {
        return;
    }
    token *v = at(w, have);
    bool perfect = v->upos == UPOS_VERB && (v->xpos == XPOS_VBZ || v->xpos == XPOS_VBP || v->xpos == XPOS_VBD) && span_eq(symbols_text(&w->r->words, v->lemma), SPAN("have"));
    if (!perfect || subject_of(w, have) == NONE) {
        return;
    }
    t->head = v->head;
    t->deprel = v->deprel;
    for (u32 i = w->s->first_token; i < w->s->end_token; i++) {
        at(w, i)->head = at(w, i)->head == have ? index : at(w, i)->head;
    }
    v->head = index;
    v->deprel = DEPREL_aux;
    v->upos = UPOS_AUX;
    t->upos = UPOS_VERB;
}

/* "urged Togo to cooperate": particles have no capitals. */
static void mend_capital_particle(const order *w, u32 index) {
    token *t = at(w, index);
    u32 verb = t->head;
    bool behind = verb != NONE && verb + 1 == index && at(w, verb)->upos == UPOS_VERB && is_small(w, verb) && !is_small(w, index);
    bool particle = t->deprel == DEPREL_compound_prt || (t->deprel == DEPREL_advmod && t->upos == UPOS_ADV);
    bool inside = index + 1 < w->s->end_token && is_small(w, index + 1);
    if (behind && particle && inside && child_of(w, verb, DEPREL_obj) == NONE) {
        t->upos = UPOS_PROPN;
        t->xpos = XPOS_NNP;
        t->lemma = t->form;
        t->deprel = DEPREL_obj;
    }
}

/* "pulled its soldiers out of Congo": two prepositions, not one. */
static void mend_out_of(const order *w, u32 index) {
    token *t = at(w, index);
    bool second = t->deprel == DEPREL_fixed && t->head != NONE && t->head + 1 == index && at(w, t->head)->deprel == DEPREL_case;
    if (second && span_eq(symbols_text(&w->r->words, at(w, t->head)->lower), SPAN("out"))) {
        t->deprel = DEPREL_case;
        t->head = at(w, t->head)->head;
    }
}

/* "It is unclear whether Niger complies": what "it" stands for, no circumstance. */
static void mend_whether(const order *w, u32 index) {
    token *t = at(w, index);
    u32 above = t->deprel == DEPREL_advcl && t->head != NONE && t->head < index ? t->head : NONE;
    u32 marker = above != NONE && at(w, above)->upos == UPOS_ADJ ? child_of(w, index, DEPREL_mark) : NONE;
    u32 subject = marker != NONE && span_eq(symbols_text(&w->r->words, at(w, marker)->lower), SPAN("whether")) ? subject_of(w, above) : NONE;
    if (subject != NONE && span_eq(symbols_text(&w->r->words, at(w, subject)->lower), SPAN("it"))) {
        t->deprel = DEPREL_csubj;
    }
}

/* "said on Monday that Russia was guilty", "told Reuters that it would leave" */
static void mend_that_clause(const order *w, u32 index) {
    token *t = at(w, index);
    u32 name = t->deprel == DEPREL_acl_relcl || t->deprel == DEPREL_acl ? t->head : NONE;
    if (name == NONE || name > index || at(w, name)->upos != UPOS_PROPN || name + 1 >= index || subject_of(w, index) == NONE) {
        return;
    }
    u32 verb = at(w, name)->head;
    bool that = span_eq(symbols_text(&w->r->words, at(w, name + 1)->lower), SPAN("that")) && at(w, name + 1)->head == index;
    u8 role = at(w, name)->deprel;
    bool beside = role == DEPREL_obl || role == DEPREL_obl_unmarked || role == DEPREL_obj || role == DEPREL_iobj;
    bool own = that && subject_of(w, index) != name + 1;
    if (!own || !beside || verb == NONE || verb > name || at(w, verb)->upos != UPOS_VERB || child_of(w, verb, DEPREL_ccomp) != NONE) {
        return;
    }
    at(w, name + 1)->deprel = DEPREL_mark;
    t->head = verb;
    t->deprel = DEPREL_ccomp;
}

/* "Troops neutralized two militants, the ministry said": two subjects of "said", the first with a participle. */
static void mend_reported_clause(const order *w, u32 index) {
    token *t = at(w, index);
    u32 doer = t->deprel == DEPREL_acl && is_past(t) ? t->head : NONE;
    if (doer == NONE || doer > index || at(w, doer)->deprel != DEPREL_nsubj) {
        return;
    }
    u32 verb = at(w, doer)->head, comma = NONE, other = NONE;
    for (u32 i = index + 1; verb != NONE && i < verb; i++) {
        comma = comma == NONE && at(w, i)->xpos == XPOS_COMMA ? i : comma;
        other = comma != NONE && at(w, i)->head == verb && at(w, i)->deprel == DEPREL_nsubj ? i : other;
    }
    if (other == NONE || child_of(w, verb, DEPREL_ccomp) != NONE || child_of(w, index, DEPREL_aux_pass) != NONE) {
        return;
    }
    t->head = verb;
    t->deprel = DEPREL_ccomp;
    t->xpos = XPOS_VBD;
    at(w, doer)->head = index;
}

/* "Greek-Turkish talks": two nations, joined by a hyphen. */
static void mend_pair(const order *w, u32 index) {
    token *t = at(w, index);
    u32 other = index + 2;
    bool joined = other < w->s->end_token && at(w, index + 1)->xpos == XPOS_HYPH && t->head == other && t->name == NAME_NORP && at(w, other)->name == NAME_NORP;
    if (joined && stands_before_noun(t) && at(w, other)->head != NONE && at(w, other)->head > other) {
        t->head = at(w, other)->head;
        t->deprel = at(w, other)->deprel;
        at(w, other)->head = index;
        at(w, other)->deprel = DEPREL_conj;
    }
}

/* "Talks between the two broke down", the verb joined to the noun without an "and". */
static void mend_joined_verb(const order *w, u32 index) {
    token *t = at(w, index);
    u32 noun = t->deprel == DEPREL_conj && is_finite(t) ? t->head : NONE;
    if (noun == NONE || noun > index || at(w, noun)->head != NONE || !is_noun(at(w, noun)) || child_of(w, index, DEPREL_cc) != NONE || subject_of(w, index) != NONE) {
        return;
    }
    for (u32 i = index + 1; i < w->s->end_token; i++) {
        at(w, i)->head = at(w, i)->head == noun ? index : at(w, i)->head;
    }
    t->head = NONE;
    t->deprel = DEPREL_root;
    at(w, noun)->head = index;
    at(w, noun)->deprel = DEPREL_nsubj;
}

/* "Brazil is seeking a deal, a minister said": two subjects of "said", none of "seeking". */
static void mend_lent_subject(const order *w, u32 index) {
    const token *t = at(w, index);
    u32 verb = t->deprel == DEPREL_ccomp ? t->head : NONE, first = verb == NONE ? NONE : child_of(w, verb, DEPREL_nsubj), second = NONE;
    for (u32 i = index + 1; verb != NONE && i < verb; i++) {
        second = at(w, i)->head == verb && at(w, i)->deprel == DEPREL_nsubj ? i : second;
    }
    if (second != NONE && first < index && is_noun(at(w, first)) && subject_of(w, index) == NONE) {
        at(w, first)->head = index;
    }
}

/* "its demand that Israel ease restrictions": a verb with an object needs no "that" for one. */
static void mend_that_object(const order *w, u32 index) {
    token *t = at(w, index);
    u32 verb = t->deprel == DEPREL_obj ? t->head : NONE;
    if (verb == NONE || verb < index || !span_eq(symbols_text(&w->r->words, t->lower), SPAN("that"))) {
        return;
    }
    for (u32 i = verb + 1; i < w->s->end_token; i++) {
        if (at(w, i)->head == verb && at(w, i)->deprel == DEPREL_obj && subject_of(w, verb) != NONE) {
            t->deprel = DEPREL_mark;
            at(w, verb)->deprel = at(w, verb)->deprel == DEPREL_acl_relcl ? DEPREL_acl : at(w, verb)->deprel;
            return;
        }
    }
}

/* "complained over two raids": before a number, too, a preposition is one, where its noun has no other. */
static void mend_counted_phrase(const order *w, u32 index) {
    token *t = at(w, index);
    u32 number = t->deprel == DEPREL_advmod && t->xpos == XPOS_IN && t->head == index + 1 ? t->head : NONE;
    u32 noun = number != NONE && at(w, number)->deprel == DEPREL_nummod ? at(w, number)->head : NONE;
    bool phrase = noun != NONE && noun > index && (at(w, noun)->deprel == DEPREL_obl || at(w, noun)->deprel == DEPREL_nmod);
    if (phrase && child_of(w, noun, DEPREL_case) == NONE) {
        t->head = noun;
        t->deprel = DEPREL_case;
    }
}

void mend_order(report *r, const sentence *s) {
    order w = {r, s};
    if (s->end_token - s->first_token > LONGEST) {
        return;
    }
    for (u32 i = s->first_token; i < s->end_token; i++) {
        mend_subject(&w, i);
    }
    for (u32 i = s->end_token; i-- > s->first_token;) { /* the word next to the verb is its subject, those before describe it */
        mend_crossing(&w, i);
    }
    for (u32 i = s->first_token; i < s->end_token; i++) {
        mend_early_compound(&w, i);
        mend_enumeration(&w, i);
        mend_perfect(&w, i);
        mend_participle_noun(&w, i);
        mend_second_clause(&w, i);
        mend_capital_particle(&w, i);
        mend_out_of(&w, i);
        mend_whether(&w, i);
        mend_that_clause(&w, i);
        mend_reported_clause(&w, i);
        mend_pair(&w, i);
        mend_joined_verb(&w, i);
        mend_lent_subject(&w, i);
        mend_that_object(&w, i);
        mend_counted_phrase(&w, i);
    }
}

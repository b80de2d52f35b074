// SPDX-License-Identifier: Apache-2.0
/* In: the tree of a sentence.  Out: the same, without arcs that the order of English words forbids.
 *
 *     Jordan airdropped food parcels.          Jordan <-compound- parcels, over the verb: it is its subject
 *     Montenegro joined NATO seven years ago.  NATO <-compound- years, over a number: it is the object
 *     gave the envoy two days                  envoy <-compound- days, over a number: whom they are given to
 *     Belgium's premier apologised.            premier <-advmod- apologised: a noun before a verb without subject
 *     Israel, the Emirates and Bahrain         the Emirates <-appos- Israel: one of three
 *     Ghana has massed tanks.                  massed <-amod- tanks: behind "has" stands its verb
 *     said on Monday that Russia was guilty    guilty <-acl:relcl- Monday: a name needs no that-clause, the verb does
 *     Brazil wants a deal, a minister said.    Brazil <-nsubj- said, which has a subject: that of "wants"
 *     shot dead two men                        dead <-amod- men, over a number: how they were shot
 *     was beaten by police and troops fired    troops <-conj- police: the subject of the verb behind it
 *
 * Few arcs change (docs/parsing.md has the figures), but they are the ones that events hang on. */
#include "parse/mend.h"

static bool is_small(const mending *m, u32 index) { return at(m, index)->form == at(m, index)->lower; }

/* "premier" of "Belgium's premier apologised" as an adverb of its verb. */
static void mend_subject(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 verb = t->head;
    if (!is_noun(t) || verb == NONE || verb < index || (t->deprel != DEPREL_advmod && t->deprel != DEPREL_compound && t->deprel != DEPREL_obl)) {
        return;
    }
    const token *v = at(m, verb);
    bool clause = v->deprel == DEPREL_root || v->deprel == DEPREL_ccomp || v->deprel == DEPREL_parataxis;
    bool past = v->upos == UPOS_VERB && v->xpos == XPOS_VBN && v->deprel == DEPREL_root;
    if (clause && (is_finite(v) || past) && mend_subject_of(m, verb) == NONE && mend_child(m, index, DEPREL_case) == NONE) {
        t->deprel = DEPREL_nsubj;
    }
}

static bool stands_before_noun(const token *t) {
    return t->deprel == DEPREL_det || t->deprel == DEPREL_compound || t->deprel == DEPREL_amod || t->deprel == DEPREL_nmod_poss ||
           t->deprel == DEPREL_nummod;
}

/* The subject of a noun that is no predicate. */
static bool is_lone_subject(const mending *m, u32 index) {
    u32 noun = at(m, index)->deprel == DEPREL_nsubj ? at(m, index)->head : NONE;
    return noun != NONE && is_noun(at(m, noun)) && mend_child(m, noun, DEPREL_cop) == NONE;
}

/* The verb between a word and the noun behind it that it is said to describe, or to be the subject of, or NONE. */
static u32 verb_between(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 noun = t->head, verb = noun == NONE || noun < index || !(stands_before_noun(t) || is_lone_subject(m, index)) ? NONE : at(m, noun)->head;
    bool between = verb != NONE && verb > index && verb < noun;
    return between && at(m, verb)->upos == UPOS_VERB && (is_finite(at(m, verb)) || at(m, verb)->xpos == XPOS_VBN) ? verb : NONE;
}

/* "Jordan airdropped food parcels", "The Congress authorised aid": what stands before the verb is its subject, or
 * describes its subject. */
static void mend_crossing(const mending *m, u32 index) {
    u32 verb = verb_between(m, index), subject = verb == NONE ? NONE : mend_subject_of(m, verb);
    token *t = at(m, index);
    if (verb == NONE) {
        return;
    }
    if (subject != NONE && index < subject && subject < verb) {
        t->head = subject;
    } else if (subject == NONE && (is_noun(t) || (t->deprel == DEPREL_amod && !is_small(m, index)))) {
        t->head = verb;
        t->deprel = DEPREL_nsubj;
    }
}

/* Do all words between a verb and the noun behind it describe that noun? */
static bool describe(const mending *m, u32 verb, u32 noun) {
    bool all = verb < noun;
    for (u32 i = verb + 1; i < noun && all; i++) {
        all = at(m, i)->head == noun && stands_before_noun(at(m, i));
    }
    return all;
}

/* "joined NATO seven years ago", "gave the envoy two days": no noun stands before the article or the number of the
 * noun that it describes. */
static void mend_early_compound(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = t->deprel == DEPREL_compound && is_noun(t) ? t->head : NONE, verb = noun == NONE ? NONE : at(m, noun)->head;
    if (noun != NONE && verb != NONE && verb > noun) { /* "joined NATO seven years ago": by way of "ago" */
        verb = at(m, verb)->head;
    }
    if (noun == NONE || noun < index || verb == NONE || !describe(m, verb, index) || at(m, verb)->upos != UPOS_VERB) {
        return;
    }
    for (u32 i = index + 1; i < noun; i++) {
        const token *u = at(m, i);
        if (u->head == noun && (u->deprel == DEPREL_det || u->deprel == DEPREL_nummod || u->deprel == DEPREL_nmod_poss)) {
            t->head = verb;
            t->deprel = at(m, noun)->deprel == DEPREL_obj ? DEPREL_iobj : DEPREL_obj;
            return;
        }
    }
}

/* "Israel, the Emirates and Bahrain": what "and" follows is no apposition, where a third follows. */
static void mend_enumeration(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 end = index + 1, first = t->head;
    if (t->deprel != DEPREL_appos || first == NONE || first > index || !is_noun(t) || end >= m->s->end_token) {
        return;
    }
    const token *and = at(m, end);
    const token *last = and->deprel != DEPREL_cc || and->head == NONE ? NULL : at(m, and->head);
    bool third = last != NULL && and->head > end && last->deprel == DEPREL_conj && last->upos == t->upos && at(m, first)->upos == t->upos;
    bool closed = third && and->head + 1 < m->s->end_token && at(m, and->head + 1)->xpos == XPOS_COMMA;
    if (third && (last->head == first || (last->head == index && at(m, first)->xpos == XPOS_NNP && !closed))) {
        t->deprel = DEPREL_conj;
    }
}

/* "evacuate the wounded": a participle with an article is a noun. */
static void mend_participle_noun(const mending *m, u32 index) {
    token *t = at(m, index);
    bool nominal = t->deprel == DEPREL_obj || t->deprel == DEPREL_iobj || t->deprel == DEPREL_obl || t->deprel == DEPREL_nmod || t->deprel == DEPREL_nsubj;
    bool past = t->upos == UPOS_VERB && t->xpos == XPOS_VBN && index > m->s->first_token;
    if (past && nominal && at(m, index - 1)->upos == UPOS_DET && at(m, index - 1)->head == index) {
        t->upos = UPOS_NOUN;
        t->xpos = XPOS_NN;
        t->lemma = t->lower;
    }
}

/* "was fought back by the police and the government ordered ...": what is joined by no "and" of its own takes the noun
 * before it, which has one, for its subject. */
static void mend_second_clause(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 noun = index - 1;
    bool bare = t->deprel == DEPREL_conj && is_finite(t) && index > m->s->first_token && at(m, noun)->deprel == DEPREL_conj && is_noun(at(m, noun));
    u32 first = bare ? at(m, noun)->head : NONE, and = first == NONE ? NONE : mend_child(m, noun, DEPREL_cc);
    if (and == NONE || first > and || t->head == NONE || t->head > first || at(m, t->head)->upos != UPOS_VERB || mend_subject_of(m, index) != NONE || mend_child(m, index, DEPREL_cc) != NONE) {
        return;
    }
    at(m, noun)->head = at(m, and)->head = index;
    at(m, noun)->deprel = DEPREL_nsubj;
}

/* "has massed tanks on the border" */
static void mend_perfect(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = t->deprel == DEPREL_amod && t->xpos == XPOS_VBN && index > m->s->first_token ? t->head : NONE, have = index - 1;
    if (noun == NONE || noun < index || at(m, noun)->head != have || at(m, noun)->deprel != DEPREL_obj) {
        return;
    }
    token *v = at(m, have);
    bool perfect = is_finite(v) && mend_is(m, have, MEND_HAVE);
    if (!perfect || mend_subject_of(m, have) == NONE) {
        return;
    }
    t->head = v->head;
    t->deprel = v->deprel;
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        at(m, i)->head = at(m, i)->head == have ? index : at(m, i)->head;
    }
    v->head = index;
    v->deprel = DEPREL_aux;
    v->upos = UPOS_AUX;
    t->upos = UPOS_VERB;
}

/* "urged Togo to cooperate": particles have no capitals. */
static void mend_capital_particle(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 verb = t->head;
    bool behind = verb != NONE && verb + 1 == index && at(m, verb)->upos == UPOS_VERB && is_small(m, verb) && !is_small(m, index);
    bool particle = t->deprel == DEPREL_compound_prt || (t->deprel == DEPREL_advmod && t->upos == UPOS_ADV);
    bool inside = index + 1 < m->s->end_token && is_small(m, index + 1);
    if (behind && particle && inside && mend_child(m, verb, DEPREL_obj) == NONE) {
        t->upos = UPOS_PROPN;
        t->xpos = XPOS_NNP;
        t->lemma = t->form;
        t->deprel = DEPREL_obj;
    }
}

/* "pulled its soldiers out of Congo": two prepositions, not one. */
static void mend_out_of(const mending *m, u32 index) {
    token *t = at(m, index);
    bool second = t->deprel == DEPREL_fixed && t->head != NONE && t->head + 1 == index && at(m, t->head)->deprel == DEPREL_case;
    if (second && mend_is(m, t->head, MEND_TWOFOLD)) {
        t->deprel = DEPREL_case;
        t->head = at(m, t->head)->head;
    }
}

/* "It is unclear whether Niger complies": what "it" stands for, no circumstance. */
static void mend_whether(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 above = t->deprel == DEPREL_advcl && t->head != NONE && t->head < index ? t->head : NONE;
    u32 marker = above != NONE && at(m, above)->upos == UPOS_ADJ ? mend_child(m, index, DEPREL_mark) : NONE;
    if (mend_is(m, marker, MEND_QUESTION) && mend_is(m, mend_subject_of(m, above), MEND_EXPLETIVE)) {
        t->deprel = DEPREL_csubj;
    }
}

/* "said on Monday that Russia was guilty", "told Reuters that it would leave" */
static void mend_that_clause(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 name = t->deprel == DEPREL_acl_relcl || t->deprel == DEPREL_acl ? t->head : NONE;
    if (name == NONE || name > index || at(m, name)->upos != UPOS_PROPN || name + 1 >= index || mend_subject_of(m, index) == NONE) {
        return;
    }
    u32 verb = at(m, name)->head;
    bool that = mend_is(m, name + 1, MEND_THAT) && at(m, name + 1)->head == index;
    u8 role = at(m, name)->deprel;
    bool beside = role == DEPREL_obl || role == DEPREL_obl_unmarked || role == DEPREL_obj || role == DEPREL_iobj;
    bool own = that && mend_subject_of(m, index) != name + 1;
    if (!own || !beside || verb == NONE || verb > name || at(m, verb)->upos != UPOS_VERB || mend_child(m, verb, DEPREL_ccomp) != NONE) {
        return;
    }
    at(m, name + 1)->deprel = DEPREL_mark;
    t->head = verb;
    t->deprel = DEPREL_ccomp;
}

/* "Troops neutralized two militants, the ministry said", "Chad protested on Monday; Niger apologised": two subjects of
 * the last verb, the first with a participle, which is the verb of a clause of its own. */
static void mend_double_subject(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 doer = t->deprel == DEPREL_acl && is_past(t) ? t->head : NONE;
    u32 verb = doer == NONE || doer > index || at(m, doer)->deprel != DEPREL_nsubj ? NONE : at(m, doer)->head;
    bool comma = false, semicolon = false, other = false;
    for (u32 i = index + 1; verb != NONE && i < verb; i++) {
        comma |= at(m, i)->xpos == XPOS_COMMA;
        semicolon |= span_eq(report_form(m->r, i), SPAN(";"));
        other |= (comma || semicolon) && at(m, i)->head == verb && at(m, i)->deprel == DEPREL_nsubj;
    }
    if (other && semicolon && at(m, verb)->head == NONE) {
        mend_hang(m, index, NONE, DEPREL_root);
        mend_hang(m, verb, index, DEPREL_parataxis);
    } else if (other && comma && mend_child(m, verb, DEPREL_ccomp) == NONE && mend_child(m, index, DEPREL_aux_pass) == NONE) {
        mend_hang(m, index, verb, DEPREL_ccomp);
    } else {
        return;
    }
    mend_hang(m, doer, index, DEPREL_nsubj);
    t->xpos = XPOS_VBD;
}

/* "Greek-Turkish talks": two nations, joined by a hyphen. */
static void mend_pair(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 other = index + 2;
    bool joined = other < m->s->end_token && at(m, index + 1)->xpos == XPOS_HYPH && t->head == other && t->name == NAME_NORP && at(m, other)->name == NAME_NORP;
    if (joined && stands_before_noun(t) && at(m, other)->head != NONE && at(m, other)->head > other) {
        t->head = at(m, other)->head;
        t->deprel = at(m, other)->deprel;
        at(m, other)->head = index;
        at(m, other)->deprel = DEPREL_conj;
    }
}

/* "Talks between the two broke down", the verb joined to the noun without an "and". */
static void mend_joined_verb(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = t->deprel == DEPREL_conj && is_finite(t) ? t->head : NONE;
    if (noun == NONE || noun > index || at(m, noun)->head != NONE || !is_noun(at(m, noun)) || mend_child(m, index, DEPREL_cc) != NONE || mend_subject_of(m, index) != NONE) {
        return;
    }
    for (u32 i = index + 1; i < m->s->end_token; i++) {
        at(m, i)->head = at(m, i)->head == noun ? index : at(m, i)->head;
    }
    t->head = NONE;
    t->deprel = DEPREL_root;
    at(m, noun)->head = index;
    at(m, noun)->deprel = DEPREL_nsubj;
}

/* "Brazil is seeking a deal, a minister said": two subjects of "said", none of "seeking". */
static void mend_lent_subject(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 verb = t->deprel == DEPREL_ccomp ? t->head : NONE, first = verb == NONE ? NONE : mend_child(m, verb, DEPREL_nsubj), second = NONE;
    for (u32 i = index + 1; verb != NONE && i < verb; i++) {
        second = at(m, i)->head == verb && at(m, i)->deprel == DEPREL_nsubj ? i : second;
    }
    if (second != NONE && first < index && is_noun(at(m, first)) && mend_subject_of(m, index) == NONE) {
        at(m, first)->head = index;
    }
}

/* "its demand that Israel ease restrictions": a verb with an object needs no "that" for one. */
static void mend_that_object(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 verb = t->deprel == DEPREL_obj ? t->head : NONE;
    if (verb == NONE || verb < index || !mend_is(m, index, MEND_THAT)) {
        return;
    }
    for (u32 i = verb + 1; i < m->s->end_token; i++) {
        if (at(m, i)->head == verb && at(m, i)->deprel == DEPREL_obj && mend_subject_of(m, verb) != NONE) {
            t->deprel = DEPREL_mark;
            at(m, verb)->deprel = at(m, verb)->deprel == DEPREL_acl_relcl ? DEPREL_acl : at(m, verb)->deprel;
            return;
        }
    }
}

/* "complained over two raids": before a number, too, a preposition is one, where its noun has no other. */
static void mend_counted_phrase(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 number = t->deprel == DEPREL_advmod && t->xpos == XPOS_IN && t->head == index + 1 ? t->head : NONE;
    u32 noun = number != NONE && at(m, number)->deprel == DEPREL_nummod ? at(m, number)->head : NONE;
    bool phrase = noun != NONE && noun > index && (at(m, noun)->deprel == DEPREL_obl || at(m, noun)->deprel == DEPREL_nmod);
    if (phrase && mend_child(m, noun, DEPREL_case) == NONE) {
        t->head = noun;
        t->deprel = DEPREL_case;
    }
}

/* "shot dead two men": before an article or a number no adjective describes the noun. */
static void mend_outcome(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 noun = t->upos == UPOS_ADJ && t->deprel == DEPREL_amod && t->head != NONE && t->head > index + 1 ? t->head : NONE;
    u32 verb = noun != NONE && index > m->s->first_token && at(m, noun)->head == index - 1 ? index - 1 : NONE;
    const token *next = at(m, index + (noun != NONE));
    bool over = next->head == noun && (next->deprel == DEPREL_det || next->deprel == DEPREL_nummod);
    if (verb != NONE && over && at(m, verb)->upos == UPOS_VERB && at(m, noun)->deprel == DEPREL_obj) {
        mend_hang(m, index, verb, DEPREL_xcomp);
    }
}

void mend_order(const mending *m) {
    static void (*const rules[])(const mending *, u32) = {
        mend_early_compound, mend_enumeration,    mend_perfect,  mend_participle_noun, mend_second_clause, mend_capital_particle, mend_out_of,      mend_whether,
        mend_that_clause,    mend_double_subject, mend_pair,     mend_joined_verb,     mend_lent_subject,  mend_that_object,      mend_counted_phrase,
        mend_outcome,
    };
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        mend_subject(m, i);
    }
    for (u32 i = m->s->end_token; i-- > m->s->first_token;) { /* the word next to the verb is its subject, those before describe it */
        mend_crossing(m, i);
    }
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        for (u32 k = 0; k < COUNT_OF(rules); k++) {
            rules[k](m, i);
        }
    }
}

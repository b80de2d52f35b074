// SPDX-License-Identifier: Apache-2.0
/* In: the tree of a sentence.  Out: the same, without two words in one role, and without a role that a word cannot have.
 *
 *     charged the minister nine euros          both objects: the first is whom it is charged
 *     said the army had massacred villagers    had, massacred: both what was said: "had" is the auxiliary
 *     was hit by a drone                       a verb with an article and a preposition: a noun
 *     the plan is flawed                       flawed, an adjective in the passive: "is" is its copula
 *     let the nuns go                          a subject of an infinitive: the object of "let"
 *     was rejected by Fiji, a spokesman said   two subjects of "rejected", none of "said"
 *     Deploying ships, India said              two subjects of "said": what stands before the comma is a clause
 *     Iraqi guards tortured prisoners          guards, a verb that is described: a noun
 *     expects Togo to help, promised to help   no purpose: what is expected, what is promised
 *     ended the arms embargo                   embargo, an adverb by the tree: the object
 *     deported migrants from Togo              "from" tells their home, not from where
 *     called for aid to be sent                aid, whom "called" has: the subject of what is called for
 *     the pact that two states signed          states, by the tree of the verb before: the subject of "signed"
 *     It demanded that Togo leave              It, an expletive: whoever demands
 *     told the court his client was beaten     court, a subject of "beaten" or described by it: it is told so
 *     Turkey backs the bid.                    no verb but what may be one, behind a name: the verb
 *
 * Each role is one of Universal Dependencies' (de Marneffe et al. 2021); English gives a verb one of each. */
#include "parse/mend.h"

/* "charged the minister nine euros": of two objects side by side the first is the recipient. */
static void mend_two_objects(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 verb = t->deprel == DEPREL_obj && t->head != NONE && t->head < index ? t->head : NONE;
    for (u32 i = index + 1; i < m->s->end_token && verb != NONE; i++) {
        const token *other = at(m, i);
        if (other->upos == UPOS_PUNCT || other->upos == UPOS_VERB || other->upos == UPOS_ADP) {
            return;
        }
        if (other->head == verb && other->deprel == DEPREL_obj && is_noun(other) && is_noun(t)) {
            at(m, index)->deprel = DEPREL_iobj;
            return;
        }
    }
}

/* "had massacred", both hung on "said": the first has no object, and behind it stands a participle. */
static void mend_twin_perfect(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 verb = index + 1;
    if (verb >= m->s->end_token || (t->upos != UPOS_VERB && t->upos != UPOS_AUX) || !mend_is(m, index, MEND_HAVE) || !is_past(at(m, verb))) {
        return;
    }
    if (at(m, verb)->upos != UPOS_VERB || at(m, verb)->head != t->head || at(m, verb)->deprel != t->deprel) {
        return;
    }
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        at(m, i)->head = at(m, i)->head == index ? verb : at(m, i)->head;
    }
    mend_hang(m, index, verb, DEPREL_aux);
    at(m, index)->upos = UPOS_AUX;
    at(m, verb)->xpos = XPOS_VBN;
}

/* "by a Yemeni drone": what has an article and a preposition is a noun, also where they hang on the name before it. */
static void mend_verb_in_phrase(const mending *m, u32 index) {
    token *t = at(m, index);
    bool verb = t->upos == UPOS_VERB && (t->deprel == DEPREL_xcomp || t->deprel == DEPREL_advcl || t->deprel == DEPREL_acl);
    u32 name = verb && index > m->s->first_token && at(m, index - 1)->head == index && at(m, index - 1)->deprel == DEPREL_compound ? index - 1 : NONE;
    for (u32 i = m->s->first_token; i < m->s->end_token && name != NONE; i++) {
        bool outer = at(m, i)->head == name && (at(m, i)->deprel == DEPREL_case || at(m, i)->deprel == DEPREL_det);
        at(m, i)->head = outer ? index : at(m, i)->head;
    }
    if (verb && mend_child(m, index, DEPREL_case) != NONE && mend_child(m, index, DEPREL_det) != NONE && mend_child(m, index, DEPREL_obj) == NONE) {
        t->upos = UPOS_NOUN;
        t->xpos = XPOS_NN;
        t->lemma = t->lower;
        t->deprel = t->deprel == DEPREL_acl ? DEPREL_nmod : DEPREL_obl;
    }
}

/* "The plan is flawed": adjectives have no passive. */
static void mend_passive_adjective(const mending *m, u32 index) {
    u32 be = at(m, index)->upos == UPOS_ADJ && mend_child(m, index, DEPREL_obl_agent) == NONE ? mend_child(m, index, DEPREL_aux_pass) : NONE;
    u32 subject = be == NONE ? NONE : mend_child(m, index, DEPREL_nsubj_pass);
    if (subject != NONE) {
        at(m, be)->deprel = DEPREL_cop;
        at(m, subject)->deprel = DEPREL_nsubj;
    }
}

/* "let the American nuns go": an open complement has no subject of its own. */
static void mend_inner_subject(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 verb = t->upos == UPOS_VERB && t->deprel == DEPREL_xcomp ? t->head : NONE, subject = verb == NONE ? NONE : mend_child(m, index, DEPREL_nsubj);
    if (subject != NONE && verb < subject && subject < index && at(m, verb)->upos == UPOS_VERB && mend_child(m, verb, DEPREL_obj) == NONE) {
        mend_hang(m, subject, verb, DEPREL_obj);
    }
}

/* "The offer was rejected by Fiji, a spokesman said": the second subject, behind its verb, is that of the verb above. */
static void mend_late_subject(const mending *m, u32 index) {
    const token *t = at(m, index);
    bool subject = t->deprel == DEPREL_nsubj || t->deprel == DEPREL_nsubj_pass;
    u32 verb = subject && t->head != NONE && t->head < index ? t->head : NONE, above = verb == NONE ? NONE : at(m, verb)->head;
    u32 first = above == NONE ? NONE : mend_subject_of(m, verb);
    if (first != NONE && first < verb && above > index && is_finite(at(m, above)) && mend_subject_of(m, above) == NONE) {
        mend_hang(m, index, above, DEPREL_nsubj);
    }
}

/* "Deploying warships off Yemen, India said": the noun behind the comma is the subject. */
static void mend_opening_clause(const mending *m, u32 index) {
    token *t = at(m, index);
    bool describes = index == m->s->first_token && t->xpos == XPOS_VBG && (t->deprel == DEPREL_amod || t->deprel == DEPREL_compound);
    u32 noun = describes ? t->head : NONE, verb = noun != NONE && at(m, noun)->deprel == DEPREL_nsubj ? at(m, noun)->head : NONE;
    bool comma = false, second = false;
    for (u32 i = noun; verb != NONE && i < verb; i++) {
        comma |= at(m, i)->xpos == XPOS_COMMA;
        second |= comma && at(m, i)->head == verb && at(m, i)->deprel == DEPREL_nsubj;
    }
    if (second) {
        mend_hang(m, index, verb, DEPREL_advcl);
        mend_hang(m, noun, index, DEPREL_obj);
        t->upos = UPOS_VERB;
    }
}

/* "Iraqi guards tortured prisoners": adjectives describe no verbs; the verb stands behind. */
static void mend_described_verb(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 verb = index + 1;
    bool described = t->head == NONE && t->upos == UPOS_VERB && index > m->s->first_token && at(m, index - 1)->head == index &&
                     (at(m, index - 1)->deprel == DEPREL_amod || at(m, index - 1)->deprel == DEPREL_det || at(m, index - 1)->deprel == DEPREL_nummod);
    if (!described || verb >= m->s->end_token || at(m, verb)->head != index || at(m, verb)->upos != UPOS_VERB || !is_past(at(m, verb))) {
        return;
    }
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        bool behind = i > verb || at(m, i)->deprel == DEPREL_punct;
        at(m, i)->head = at(m, i)->head == index && behind ? verb : at(m, i)->head;
    }
    mend_hang(m, verb, NONE, DEPREL_root);
    mend_hang(m, index, verb, DEPREL_nsubj);
    at(m, verb)->xpos = XPOS_VBD;
    t->upos = UPOS_NOUN;
    t->xpos = XPOS_NNS;
}

/* "promised to free", "expects Latvia to help": what such verbs are followed by is no purpose. */
static void mend_wanted_clause(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 verb = t->upos == UPOS_VERB && t->deprel == DEPREL_advcl && t->head != NONE && t->head < index ? t->head : NONE;
    u32 to = verb == NONE ? NONE : mend_child(m, index, DEPREL_mark);
    if (to != NONE && at(m, verb)->deprel == DEPREL_obj) {
        t->head = verb = at(m, verb)->head;
    }
    if (to == NONE || !mend_is(m, to, MEND_INFINITIVE) || !mend_is(m, verb, MEND_WANTING)) {
        return;
    }
    u32 object = mend_child(m, verb, DEPREL_obj);
    if (to == verb + 1 || (object != NONE && object < to && mend_child(m, verb, DEPREL_obl) == NONE && mend_child(m, verb, DEPREL_xcomp) == NONE)) {
        t->deprel = DEPREL_xcomp;
    }
}

/* "Gunmen shot and wounded a candidate", shot a noun's tag: joined to a past tense it is one. */
static void mend_joined_past(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 other = t->head == NONE && t->upos == UPOS_VERB && t->xpos == XPOS_NN ? mend_child(m, index, DEPREL_conj) : NONE;
    if (other == NONE || at(m, other)->xpos != XPOS_VBD || index == m->s->first_token) {
        return;
    }
    t->xpos = XPOS_VBD;
    if (at(m, index - 1)->head == index && at(m, index - 1)->deprel == DEPREL_compound) {
        at(m, index - 1)->deprel = DEPREL_nsubj;
    }
}

/* "ended the arms embargo", embargo an adverb: the object, and the noun before describes it. */
static void mend_noun_only(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 before = index > m->s->first_token && t->upos == UPOS_ADV && mend_is(m, index, MEND_NOUN) ? index - 1 : NONE;
    if (before == NONE || !is_noun(at(m, before)) || at(m, before)->head != t->head || t->deprel != DEPREL_advmod) {
        return;
    }
    mend_hang(m, index, t->head, at(m, before)->deprel);
    for (u32 i = m->s->first_token; i < before; i++) {
        at(m, i)->head = at(m, i)->head == before ? index : at(m, i)->head;
    }
    mend_hang(m, before, index, DEPREL_compound);
    t->upos = UPOS_NOUN;
    t->xpos = XPOS_NN;
    t->lemma = t->lower;
}

/* "deported dozens of migrants from Togo": the people's home; "delays its duties under the pact": duties that it has by it. */
static void mend_near_phrase(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 marker = is_noun(t) && t->deprel == DEPREL_obl ? mend_child(m, index, DEPREL_case) : NONE;
    u32 noun = marker == NONE || marker == m->s->first_token ? NONE : marker - 1;
    bool origin = mend_is(m, marker, MEND_FROM) && t->upos == UPOS_PROPN && mend_is(m, noun, MEND_ORIGIN);
    bool owed = mend_is(m, marker, MEND_UNDER) && mend_is(m, noun, MEND_OWED);
    if (noun != NONE && marker < index && is_noun(at(m, noun)) && (origin || owed)) {
        mend_hang(m, index, noun, DEPREL_nmod);
    }
}

/* "accused Niger of bombing troops", of hung on "troops": it opens the clause. */
static void mend_gerund_mark(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = t->deprel == DEPREL_case ? t->head : NONE, verb = noun == NONE ? NONE : at(m, noun)->head;
    if (verb == index + 1 && noun > verb && at(m, noun)->deprel == DEPREL_obj && at(m, verb)->xpos == XPOS_VBG && at(m, verb)->upos == UPOS_VERB) {
        mend_hang(m, index, verb, DEPREL_mark);
    }
}

/* "called for prisoners to be freed": who stands between the two marks of a clause is its subject. */
static void mend_marked_subject(const mending *m, u32 index) {
    token *t = at(m, index);
    const token *before = index > m->s->first_token ? at(m, index - 1) : NULL, *next = index + 1 < m->s->end_token ? at(m, index + 1) : NULL;
    bool between = is_noun(t) && before != NULL && next != NULL && before->deprel == DEPREL_mark && mend_is(m, index + 1, MEND_INFINITIVE) && before->head == next->head;
    u32 verb = between && next->head != NONE && t->head == at(m, next->head)->head && mend_subject_of(m, next->head) == NONE ? next->head : NONE;
    if (verb != NONE) {
        mend_hang(m, index, verb, mend_child(m, verb, DEPREL_aux_pass) != NONE ? DEPREL_nsubj_pass : DEPREL_nsubj);
        at(m, verb)->deprel = at(m, verb)->deprel == DEPREL_xcomp ? DEPREL_advcl : at(m, verb)->deprel; /* an open clause has no subject */
    }
}

/* "violating the accord that the two countries signed", countries said to violate: whoever stands behind "that" signed it. */
static void mend_relative(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = t->deprel == DEPREL_acl && t->upos == UPOS_VERB && is_past(t) && t->head != NONE && t->head < index ? t->head : NONE;
    u32 that = noun == NONE ? NONE : mend_child(m, index, DEPREL_mark);
    bool lent = that != NONE && that < noun && that > m->s->first_token && mend_is(m, that, MEND_THAT) && at(m, noun)->deprel == DEPREL_nsubj;
    if (lent && at(m, noun)->head < that && is_noun(at(m, that - 1))) {
        mend_hang(m, noun, index, DEPREL_nsubj);
        mend_hang(m, index, that - 1, DEPREL_acl_relcl);
        at(m, that)->deprel = DEPREL_obj;
        at(m, that)->upos = UPOS_PRON;
        t->xpos = XPOS_VBD;
    }
}

/* "jailed a student for two years for helping rebels": what he is jailed for, and no years of helping. */
static void mend_term(const mending *m, u32 index) {
    token *t = at(m, index);
    bool gerund = t->xpos == XPOS_VBG && (t->deprel == DEPREL_acl || t->deprel == DEPREL_nmod) && t->head != NONE && mend_is(m, t->head, MEND_TERM);
    u32 above = gerund ? at(m, t->head)->head : NONE;
    for (u32 steps = 0; above != NONE && at(m, above)->upos != UPOS_VERB && steps < 4; steps++) {
        above = at(m, above)->head;
    }
    if (above != NONE && above < index && at(m, above)->upos == UPOS_VERB) {
        mend_hang(m, index, above, DEPREL_advcl);
    }
}

/* "There were ten soldiers killed": the soldiers are there, and killed. */
static void mend_existential(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 be = t->xpos == XPOS_VBN && t->upos == UPOS_VERB && t->head != NONE && t->head < index ? t->head : NONE;
    bool clause = t->deprel == DEPREL_advcl || t->deprel == DEPREL_ccomp || t->deprel == DEPREL_xcomp;
    u32 noun = be != NONE && clause && mend_child(m, be, DEPREL_expl) != NONE ? mend_child(m, index, DEPREL_nsubj) : NONE;
    if (noun != NONE && be < noun && noun < index && mend_child(m, index, DEPREL_aux) == NONE && mend_child(m, index, DEPREL_mark) == NONE) {
        mend_hang(m, noun, be, DEPREL_nsubj);
        mend_hang(m, index, noun, DEPREL_acl);
    }
}

/* "told the court his client was beaten": who stands behind the verb of telling is told, and what follows, with a subject of its own, is what. */
static void mend_told(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 verb = t->upos == UPOS_VERB && t->head != NONE && t->head < index ? t->head : NONE;
    bool describes = t->deprel == DEPREL_acl_relcl || t->deprel == DEPREL_acl;
    u32 told = describes ? verb : t->deprel == DEPREL_ccomp ? mend_subject_of(m, index) : NONE;
    verb = describes && told != NONE ? at(m, told)->head : verb;
    if (told == NONE || verb == NONE || verb >= told || told >= index || !mend_is(m, verb, MEND_TELLING) || !is_noun(at(m, told))) {
        return;
    }
    u32 subject = NONE; /* of the clause, behind who is told */
    for (u32 i = verb + 1; i < index; i++) {
        const token *other = at(m, i);
        if (other->xpos == XPOS_COMMA || (i < told && (other->upos == UPOS_ADP || other->upos == UPOS_VERB))) {
            return;
        }
        bool named = other->deprel == DEPREL_nsubj || other->deprel == DEPREL_nsubj_pass;
        bool relative = other->xpos == XPOS_WDT || other->xpos == XPOS_WP || other->xpos == XPOS_WRB || mend_is(m, i, MEND_THAT);
        subject = i > told && other->head == index && named && !relative ? i : subject;
    }
    if (subject != NONE) {
        mend_hang(m, told, verb, DEPREL_iobj);
        mend_hang(m, index, verb, DEPREL_ccomp);
    }
}

/* "It demanded that Togo leave", It an expletive: somebody demands; what "seems" or "is said" is nobody's. */
static void mend_no_expletive(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 verb = t->deprel == DEPREL_expl && t->head != NONE && t->head > index && mend_is(m, index, MEND_EXPLETIVE) ? t->head : NONE;
    bool acts = verb != NONE && is_finite(at(m, verb)) && !mend_is(m, verb, MEND_IMPERSONAL) && mend_child(m, verb, DEPREL_aux_pass) == NONE && mend_child(m, verb, DEPREL_cop) == NONE;
    t->deprel = acts && mend_child(m, verb, DEPREL_ccomp) != NONE && mend_child(m, verb, DEPREL_nsubj) == NONE ? DEPREL_nsubj : t->deprel;
}

void mend_roles(const mending *m) {
    static void (*const rules[])(const mending *, u32) = {
        mend_twin_perfect, mend_two_objects,    mend_verb_in_phrase, mend_passive_adjective, mend_inner_subject,
        mend_late_subject, mend_opening_clause, mend_described_verb, mend_wanted_clause,
        mend_noun_only,    mend_near_phrase,       mend_joined_past,       mend_gerund_mark,
        mend_marked_subject, mend_relative,       mend_term,           mend_existential,
        mend_told, mend_no_expletive,
    };
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        for (u32 k = 0; k < COUNT_OF(rules); k++) {
            rules[k](m, i);
        }
    }
}

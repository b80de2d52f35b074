// SPDX-License-Identifier: Apache-2.0
/* In: the tree of a sentence.  Out: the same, with clauses whose verbs are verbs and whose edges are where they must be.
 *
 *     The senator, accused of theft, left.      accused <-root, left <-conj- accused: no comma parts a subject from its
 *       left <-root, accused <-acl- senator     verb, so the first only describes
 *     Troops withdrew, a reporter said.         two subjects of "said", and a past tense said to describe the first
 *     after rebels kidnapped soldiers           kidnapped <-acl- rebels, after <-case- rebels: a clause
 *     after Ana Silva rejected talks            rejected <-amod- talks, behind a name: a clause
 *     Moscow denies it sent troops.             denies, a noun with a clause: the verb
 *     The envoy is due to visit Chad.           due to, a preposition of "visit": what he is due to do
 *     The arrest comes after Silva spoke.       comes, a noun with a subject: the verb of the sentence
 *     abandoned its plan to invade Chad         invade <-advcl- abandoned: what is planned
 *     Demonstrators fired pistols.              fired <-amod- pistols, and yet past tense: the verb of the sentence
 *     Rebels swore to avenge him.               swore, an adjective with a subject and no copula: a verb
 *     Freeing the workers, the rebels left      Freeing, by the tree a preposition of "workers": a clause
 *     accused by groups of torturing students   no groups of torturing: what somebody is accused of
 *     prompted a counter-attack by the army     by the army: an active verb has no agent, so the noun has it
 *     spoke by telephone with the minister      telephone, an agent: active verbs have none; with the minister: he spoke with him
 *     closed their shops in protest             in protest: says how a thing is done
 *     the Ontario premier vowed                 premier, an adjective that nouns describe: a noun
 *     Chinese patrol boats                      Chinese, said of the patrol: of the boats
 *     a charge that Doha denied                 denied <-acl- charge, with a relative: a relative clause
 *     pushed back migrants                      back, said of the migrants: of the verb */
#include "parse/mend.h"

static bool is_comma(const mending *m, u32 index) { return at(m, index)->xpos == XPOS_COMMA; }

/* "The senator, accused of espionage, left Kosovo": two verbs in the past, and a comma before the first. */
static void mend_parted_subject(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 subject = t->upos == UPOS_VERB && is_past(t) && index > m->s->first_token + 1 && is_comma(m, index - 1) ? mend_child(m, index, DEPREL_nsubj) : NONE;
    u32 verb = subject == NONE || subject > index ? NONE : mend_child(m, index, DEPREL_conj);
    if (verb == NONE || verb < index || !is_past(at(m, verb)) || mend_child(m, verb, DEPREL_cc) != NONE || mend_subject_of(m, verb) != NONE ||
        mend_child(m, index, DEPREL_obj) != NONE || !is_comma(m, verb - 1)) {
        return;
    }
    for (u32 i = subject + 1; i < index - 1; i++) { /* nothing but the subject's own words before the comma */
        if (at(m, i)->head == index) {
            return;
        }
    }
    mend_hang(m, verb, t->head, (deprel)t->deprel);
    mend_hang(m, subject, verb, DEPREL_nsubj);
    mend_hang(m, index, subject, DEPREL_acl);
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        bool outer = at(m, i)->head == index && (i < subject || i > verb);
        at(m, i)->head = outer ? verb : at(m, i)->head;
    }
    t->xpos = XPOS_VBN;
    at(m, verb)->xpos = XPOS_VBD;
}

/* "Hundreds of troops withdrew on Monday, a reporter said": of two subjects the first is that of the past tense behind it. */
static void mend_reported_clause(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = t->xpos == XPOS_VBD && t->deprel == DEPREL_acl && t->head != NONE && t->head < index && mend_subject_of(m, index) == NONE ? t->head : NONE;
    while (noun != NONE && at(m, noun)->deprel == DEPREL_nmod && at(m, noun)->head != NONE && at(m, noun)->head < noun) {
        noun = at(m, noun)->head;
    }
    u32 verb = noun == NONE || at(m, noun)->deprel != DEPREL_nsubj ? NONE : at(m, noun)->head;
    bool comma = false, second = false;
    for (u32 i = index + 1; verb != NONE && i < verb; i++) {
        comma |= is_comma(m, i);
        second |= comma && at(m, i)->head == verb && at(m, i)->deprel == DEPREL_nsubj;
    }
    if (second) {
        mend_hang(m, index, verb, DEPREL_ccomp);
        mend_hang(m, noun, index, DEPREL_nsubj);
    }
}

/* "weeks after rebels kidnapped soldiers", kidnapped said to describe them: with an object it is the verb of a clause. */
static void mend_marked_clause(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = t->xpos == XPOS_VBD && t->deprel == DEPREL_acl && t->head != NONE && t->head + 1 == index && mend_child(m, index, DEPREL_obj) != NONE ? t->head : NONE;
    u32 marker = noun == NONE ? NONE : mend_child(m, noun, DEPREL_case);
    if (marker != NONE && marker < noun && mend_is(m, marker, MEND_CONJUNCTION) && mend_subject_of(m, index) == NONE) {
        mend_hang(m, index, at(m, noun)->head, DEPREL_advcl);
        mend_hang(m, noun, index, DEPREL_nsubj);
        mend_hang(m, marker, index, DEPREL_mark);
    }
}

/* The word that a name hangs by: of "Silva" in "Ana Silva" the first. */
static u32 name_head(const mending *m, u32 index) { return at(m, index)->deprel == DEPREL_flat && at(m, index)->head != NONE ? at(m, index)->head : index; }

/* "a day after Ana Silva rejected talks", rejected said to describe them: behind a name it is the verb of a clause. */
static void mend_named_clause(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 object = t->upos == UPOS_VERB && is_past(t) && t->deprel == DEPREL_amod && t->head != NONE && t->head > index && index > m->s->first_token ? t->head : NONE;
    u32 name = object != NONE && at(m, index - 1)->upos == UPOS_PROPN && at(m, index - 1)->name == NAME_PER ? name_head(m, index - 1) : NONE;
    u32 marker = name != NONE && at(m, name)->head == object ? mend_child(m, object, DEPREL_case) : NONE, above = object != NONE ? at(m, object)->head : NONE;
    if (marker == NONE || marker > name || above == NONE || above > marker || !mend_is(m, marker, MEND_CONJUNCTION)) {
        return;
    }
    mend_hang(m, index, above, DEPREL_advcl);
    mend_hang(m, name, index, DEPREL_nsubj);
    mend_hang(m, marker, index, DEPREL_mark);
    mend_hang(m, object, index, DEPREL_obj);
    t->xpos = XPOS_VBD;
}

/* "after Ana Silva denounced corruption", after hung on "corruption" beyond the verb: it opens the clause. */
static void mend_far_marker(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = t->deprel == DEPREL_case && mend_is(m, index, MEND_CONJUNCTION) ? t->head : NONE;
    u32 verb = noun != NONE && at(m, noun)->deprel == DEPREL_obl ? at(m, noun)->head : NONE;
    u32 subject = verb != NONE && verb > index && verb < noun && at(m, verb)->deprel == DEPREL_advcl && at(m, verb)->upos == UPOS_VERB ? mend_subject_of(m, verb) : NONE;
    if (subject != NONE && subject > index && subject < verb) {
        mend_hang(m, index, verb, DEPREL_mark);
        at(m, noun)->deprel = mend_child(m, verb, DEPREL_obj) == NONE ? DEPREL_obj : DEPREL_obl;
    }
}

/* "Moscow denies it sent troops", denies a noun that the name describes: with a clause it is the verb. */
static void mend_never_noun(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 subject = t->upos == UPOS_NOUN && mend_is(m, index, MEND_VERB) && index > m->s->first_token && at(m, index - 1)->head == index ? index - 1 : NONE;
    u32 clause = subject != NONE && is_noun(at(m, subject)) ? mend_child(m, index, DEPREL_ccomp) : NONE;
    clause = clause == NONE && subject != NONE ? mend_child(m, index, DEPREL_acl) : clause;
    clause = clause == NONE && subject != NONE ? mend_child(m, index, DEPREL_acl_relcl) : clause;
    if (clause != NONE && clause > index && is_noun(at(m, subject)) && at(m, subject)->deprel == DEPREL_compound) {
        at(m, clause)->deprel = DEPREL_ccomp;
        at(m, subject)->deprel = DEPREL_nsubj;
        t->upos = UPOS_VERB;
        t->xpos = XPOS_VBZ;
    }
}

/* "is due to visit Chad", due to said to mark the visit: an adjective with its infinitive. */
static void mend_due(const mending *m, u32 index) {
    token *t = at(m, index);
    bool marks = t->upos == UPOS_ADJ && (t->deprel == DEPREL_mark || t->deprel == DEPREL_case) && t->head != NONE && t->head > index + 1;
    u32 verb = marks && at(m, index + 1)->head == index && mend_is(m, index + 1, MEND_INFINITIVE) ? t->head : NONE;
    u32 be = verb != NONE && index > m->s->first_token && at(m, index - 1)->upos == UPOS_AUX ? index - 1 : NONE;
    if (be == NONE || at(m, verb)->upos != UPOS_VERB || at(m, verb)->xpos != XPOS_VB) {
        return;
    }
    mend_hang(m, index, at(m, verb)->head, (deprel)at(m, verb)->deprel);
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        token *child = at(m, i);
        bool outer = child->head == verb && (i < index || (child->deprel == DEPREL_punct && i + 1 == m->s->end_token));
        child->head = outer ? index : child->head;
        child->deprel = outer && child->deprel == DEPREL_nsubj_outer ? DEPREL_nsubj : child->deprel;
    }
    mend_hang(m, be, index, DEPREL_cop);
    mend_hang(m, verb, index, DEPREL_xcomp);
    mend_hang(m, index + 1, verb, DEPREL_mark);
    at(m, index + 1)->upos = UPOS_PART;
}

/* "The arrest comes after Ana Silva spoke", comes the subject of "spoke": no noun, but the verb, and what it comes after is told beside it. */
static void mend_comes(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 verb = t->upos == UPOS_NOUN && t->deprel == DEPREL_nsubj && mend_is(m, index, MEND_VERB) && t->head != NONE && t->head > index ? t->head : NONE;
    u32 subject = verb != NONE && index > m->s->first_token && is_noun(at(m, index - 1)) && at(m, index - 1)->head == index && at(m, verb)->head == NONE ? index - 1 : NONE;
    u32 noun = subject != NONE ? mend_child(m, index, DEPREL_nmod) : NONE;
    u32 marker = index + 1; /* before the noun or its title */
    if (noun == NONE || noun <= marker || at(m, marker)->deprel != DEPREL_case || !mend_is(m, marker, MEND_CONJUNCTION)) {
        return;
    }
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        bool own = at(m, i)->head == index && i < subject; /* "the government's" */
        at(m, i)->head = own ? subject : at(m, i)->head;
    }
    t->upos = UPOS_VERB;
    t->xpos = XPOS_VBZ;
    mend_hang(m, index, NONE, DEPREL_root);
    mend_hang(m, subject, index, DEPREL_nsubj);
    mend_hang(m, verb, index, DEPREL_advcl);
    mend_hang(m, noun, verb, DEPREL_nsubj);
    mend_hang(m, marker, verb, DEPREL_mark);
    for (u32 i = verb + 1; i < m->s->end_token; i++) { /* the full stop */
        at(m, i)->head = at(m, i)->head == verb && at(m, i)->deprel == DEPREL_punct && i + 1 == m->s->end_token ? index : at(m, i)->head;
    }
}

/* "abandoned its plan to invade Chad", "praised the readiness of Togo to help": what is planned, and not what it was abandoned for. */
static void mend_intent(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 verb = t->upos == UPOS_VERB && (t->deprel == DEPREL_advcl || t->deprel == DEPREL_xcomp) && t->head != NONE && t->head < index ? t->head : NONE;
    u32 to = verb == NONE ? NONE : mend_child(m, index, DEPREL_mark);
    u32 noun = to != NONE && mend_is(m, to, MEND_INFINITIVE) && to > verb + 1 ? to - 1 : NONE;
    if (noun != NONE && at(m, noun)->deprel == DEPREL_nmod && at(m, noun)->head > verb && at(m, noun)->head < noun) {
        noun = at(m, noun)->head; /* whose plan it is stands between */
    }
    if (noun != NONE && mend_is(m, noun, MEND_INTENT) && at(m, noun)->head == verb && at(m, noun)->deprel == DEPREL_obj) {
        mend_hang(m, index, noun, DEPREL_acl);
    }
}

/* "fired pistols", fired said to describe them: the past tense describes nothing, so it is the verb and they its object. */
static void mend_past_describing(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = t->xpos == XPOS_VBD && t->deprel == DEPREL_amod && t->head != NONE && t->head > index && index > m->s->first_token ? t->head : NONE;
    const token *before = at(m, index - (noun != NONE));
    bool pronoun = noun != NONE && before->upos == UPOS_PRON, object = noun != NONE && at(m, noun)->deprel == DEPREL_obj;
    u32 subject = noun == NONE ? NONE : mend_child(m, index, DEPREL_nsubj);
    if (noun == NONE || !is_noun(at(m, noun)) || (subject == NONE && !pronoun)) {
        return;
    }
    mend_hang(m, index, at(m, noun)->head, object && pronoun ? DEPREL_ccomp : (deprel)at(m, noun)->deprel);
    mend_hang(m, noun, index, DEPREL_obj);
    if (pronoun) { /* "said it struck positions" */
        mend_hang(m, index - 1, index, DEPREL_nsubj);
    }
    for (u32 i = m->s->first_token; i < index; i++) {
        bool where = at(m, i)->head == index && is_noun(at(m, i)) && i != subject && mend_child(m, i, DEPREL_case) != NONE;
        at(m, i)->head = at(m, i)->head == noun ? index : where && subject != NONE && i > subject ? subject : at(m, i)->head;
        at(m, i)->deprel = where ? DEPREL_nmod : at(m, i)->deprel;
    }
    for (u32 i = noun + 1; i < m->s->end_token; i++) {
        at(m, i)->head = at(m, i)->head == noun && at(m, i)->deprel == DEPREL_punct ? index : at(m, i)->head;
    }
}

/* "swore to avenge": with a subject and what it swore, but no copula. */
static void mend_adjective_root(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 subject = t->xpos == XPOS_JJ && index > m->s->first_token && mend_child(m, index, DEPREL_cop) == NONE ? mend_child(m, index, DEPREL_nsubj) : NONE;
    bool governs = subject != NONE && (mend_child(m, index, DEPREL_xcomp) != NONE || mend_child(m, index, DEPREL_obj) != NONE || mend_child(m, index, DEPREL_ccomp) != NONE);
    if (governs && subject < index && (t->head == NONE || t->deprel == DEPREL_conj || t->deprel == DEPREL_ccomp)) {
        t->upos = UPOS_VERB;
        t->xpos = XPOS_VBD;
    }
}

/* "Freeing the workers, the rebels left": a verb before its object and a comma.  "Following the vote, ..." is followed by no
 * clause of the subject's and may stay: such prepositions are listed. */
static void mend_gerund_case(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = t->xpos == XPOS_VBG && t->deprel == DEPREL_case && !mend_is(m, index, MEND_PREPOSITION) ? t->head : NONE, verb = noun == NONE ? NONE : at(m, noun)->head;
    if (verb != NONE && index < noun && noun < verb && index == m->s->first_token && at(m, verb)->upos == UPOS_VERB) {
        mend_hang(m, index, verb, DEPREL_advcl);
        mend_hang(m, noun, index, DEPREL_obj);
        t->upos = UPOS_VERB;
        for (u32 i = noun + 1; i < verb; i++) {
            at(m, i)->head = at(m, i)->head == noun && at(m, i)->deprel == DEPREL_punct ? index : at(m, i)->head;
        }
    }
}

/* "accused by groups of torturing": what stands behind the agent is the passive's. */
static void mend_agent_clause(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 agent = t->xpos == XPOS_VBG && (t->deprel == DEPREL_acl || t->deprel == DEPREL_nmod) && t->head != NONE && t->head < index ? t->head : NONE;
    u32 of = agent == NONE || agent + 2 > index || at(m, index - 1)->upos != UPOS_ADP ? NONE : index - 1;
    if (of == NONE || at(m, agent)->deprel != DEPREL_obl_agent || at(m, agent)->head == NONE) {
        return;
    }
    mend_hang(m, index, at(m, agent)->head, DEPREL_advcl);
    u32 noun = at(m, of)->head;
    if (noun != NONE && noun > index && at(m, noun)->head == agent) { /* "of" and "students" hung on the noun */
        mend_hang(m, noun, index, DEPREL_obj);
    }
    mend_hang(m, of, index, DEPREL_mark);
}

/* "prompted a counter-attack by the army": right behind the object, and somebody who has a name or a nation. */
static void mend_agent_of_object(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 verb = is_noun(t) && t->deprel == DEPREL_obl && t->head != NONE && t->head < index ? t->head : NONE;
    u32 by = verb == NONE || at(m, verb)->upos != UPOS_VERB || (at(m, verb)->xpos == XPOS_VBN && mend_child(m, verb, DEPREL_aux) == NONE) ? NONE : mend_child(m, index, DEPREL_case);
    if (!mend_is(m, by, MEND_AGENT) || by < verb + 2 || mend_child(m, verb, DEPREL_aux_pass) != NONE) {
        return;
    }
    u32 noun = by - 1;
    bool object = at(m, noun)->deprel == DEPREL_obj && at(m, noun)->head == verb;
    bool inner = at(m, noun)->deprel == DEPREL_nmod && at(m, noun)->head != NONE && at(m, noun)->head > verb; /* "into war crimes" */
    bool acts = t->name == NAME_ORG || t->name == NAME_PER || t->name == NAME_LOC || t->name == NAME_NORP;
    for (u32 i = by + 1; i < index; i++) {
        acts |= at(m, i)->head == index && (at(m, i)->name == NAME_NORP || at(m, i)->name == NAME_LOC || at(m, i)->name == NAME_ORG);
    }
    if (acts && (object || inner) && is_noun(at(m, noun))) {
        mend_hang(m, index, noun, DEPREL_nmod);
    }
}

/* "spoke by telephone with the minister": a means, and what stands behind it is the verb's. */
static void mend_means(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 verb = t->deprel == DEPREL_obl_agent && t->head != NONE && t->head < index ? t->head : NONE;
    if (verb == NONE || !is_finite(at(m, verb)) || mend_child(m, verb, DEPREL_nsubj) == NONE || mend_child(m, verb, DEPREL_aux_pass) != NONE) {
        return;
    }
    t->deprel = DEPREL_obl;
    for (u32 i = index + 1; i < m->s->end_token; i++) {
        bool with = at(m, i)->head == index && at(m, i)->deprel == DEPREL_nmod && mend_is(m, mend_child(m, i, DEPREL_case), MEND_COMPANY);
        if (with) {
            mend_hang(m, i, verb, DEPREL_obl);
        }
    }
}

/* "for a day in protest": how a thing is done, and no protest of the day's. */
static void mend_manner(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 in = mend_is(m, index, MEND_MANNER) && t->deprel == DEPREL_nmod && t->head != NONE && t->head < index ? mend_child(m, index, DEPREL_case) : NONE;
    bool bare = in != NONE && in + 1 == index && mend_is(m, in, MEND_WITHIN);
    u32 verb = bare ? at(m, t->head)->head : NONE;
    if (verb != NONE && verb < in && at(m, verb)->upos == UPOS_VERB) {
        mend_hang(m, index, verb, DEPREL_obl);
    }
}

/* "pushed back migrants": between a verb and its object a particle is the verb's. */
static void mend_particle_of_verb(const mending *m, u32 index) {
    token *t = at(m, index);
    bool loose = (t->upos == UPOS_ADV && t->deprel == DEPREL_advmod) || t->deprel == DEPREL_case; /* "broke off the deal", off a preposition of the object */
    u32 noun = loose && index > m->s->first_token && mend_is(m, index, MEND_PARTICLE) ? t->head : NONE;
    u32 verb = index - 1;
    bool object = noun != NONE && (at(m, noun)->deprel == DEPREL_obj || (at(m, noun)->deprel == DEPREL_obl && t->xpos == XPOS_RP));
    if (object && noun > index && at(m, noun)->head == verb && at(m, verb)->upos == UPOS_VERB) {
        at(m, noun)->deprel = DEPREL_obj;
        mend_hang(m, index, verb, DEPREL_compound_prt);
        t->upos = UPOS_ADP;
        t->xpos = XPOS_RP;
    }
}

/* "the Ontario premier", "the NATO secretary-general": adjectives are not described by nouns. */
static void mend_described_adjective(const mending *m, u32 index) {
    token *t = at(m, index);
    bool role = t->deprel == DEPREL_nsubj || t->deprel == DEPREL_nsubj_pass || t->deprel == DEPREL_obj || t->deprel == DEPREL_obl_agent;
    u32 before = role && t->upos == UPOS_ADJ ? mend_child(m, index, DEPREL_compound) : NONE;
    if (before != NONE && before < index) {
        t->upos = UPOS_NOUN;
        t->xpos = XPOS_NN;
        t->lemma = t->lower;
    }
}

/* "declared the Venezuelan ambassador persona non grata": what he is declared, and he is no part of it. */
static void mend_complement(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = mend_is(m, index, MEND_COMPLEMENT) && t->deprel == DEPREL_obj && t->head != NONE ? mend_child(m, index, DEPREL_compound) : NONE;
    if (noun == NONE || noun + 1 != index) {
        return;
    }
    for (u32 i = t->head + 1; i < noun; i++) {
        at(m, i)->head = at(m, i)->head == index ? noun : at(m, i)->head;
    }
    mend_hang(m, noun, t->head, DEPREL_obj);
    t->deprel = DEPREL_xcomp;
}

/* "Chinese patrol boats": a nation owns the whole. */
static void mend_nation(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 part = t->name == NAME_NORP && (t->deprel == DEPREL_amod || t->deprel == DEPREL_compound) ? t->head : NONE;
    if (part == index + 1 && at(m, part)->deprel == DEPREL_compound && at(m, part)->upos == UPOS_NOUN && at(m, part)->head != NONE && at(m, part)->head > part) {
        mend_hang(m, index, at(m, part)->head, DEPREL_amod);
    }
}

/* "called for prisoners to be freed": an open complement has neither a subject nor a preposition. */
static void mend_closed_complement(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 mark = t->deprel == DEPREL_xcomp && mend_subject_of(m, index) != NONE ? mend_child(m, index, DEPREL_mark) : NONE;
    if (mark != NONE && mark < mend_subject_of(m, index) && at(m, mark)->xpos == XPOS_IN) {
        t->deprel = DEPREL_advcl;
    }
}

/* "a charge that Doha denied". */
static void mend_relative_clause(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 object = t->deprel == DEPREL_acl && is_finite(t) && t->head != NONE && t->head < index ? mend_child(m, index, DEPREL_obj) : NONE;
    bool relative = object != NONE && object == t->head + 1 && (at(m, object)->xpos == XPOS_WDT || at(m, object)->xpos == XPOS_WP);
    t->deprel = relative ? DEPREL_acl_relcl : t->deprel;
}

void mend_clauses(const mending *m) {
    static void (*const rules[])(const mending *, u32) = {
        mend_parted_subject, mend_reported_clause, mend_marked_clause, mend_named_clause, mend_far_marker, mend_comes, mend_due, mend_never_noun, mend_intent, mend_past_describing, mend_adjective_root, mend_gerund_case, mend_agent_clause, mend_agent_of_object, mend_means, mend_manner, mend_particle_of_verb,
        mend_described_adjective, mend_complement, mend_nation, mend_relative_clause, mend_closed_complement,
    };
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        for (u32 k = 0; k < COUNT_OF(rules); k++) {
            rules[k](m, i);
        }
    }
}

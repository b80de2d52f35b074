// SPDX-License-Identifier: Apache-2.0
/* In: the tree of a sentence.  Out: the same, with the verbs that its words can have.
 *
 *     Egypt is massing tanks.                  massing <-amod- tanks, is <-cop- tanks: "is massing" is the verb
 *     Miners downed tools and went home.       downed <-amod- tools, which has a subject: the verb between the two
 *     Turkey set conditions.                   set, a noun with an object: a verb
 *     Street protests rocked the capital.      rocked <-xcomp- protests: a second verb, so "protests" is a noun
 *     left after Niger joined the pact         Niger <-obl- left, after <-case- Niger: the subject of "joined"
 *     It called off its dialogue.              dialogue <-obl- called, without a preposition: its object
 *     Peru ceased importing meat.              importing <-amod- meat, behind "ceased": what was ceased
 *
 * Each asks for what grammar forbids in the tree as it is, so that a tree that can stand is left alone. */
#include "parse/mend.h"

static bool lacks(const mending *m, u32 head, const deprel *relations, size_t count) {
    bool found = false;
    for (size_t i = 0; i < count && !found; i++) {
        found = mend_child(m, head, relations[i]) != NONE;
    }
    return !found;
}

static bool has_no_subject(const mending *m, u32 verb) {
    static const deprel subjects[] = {DEPREL_nsubj, DEPREL_nsubj_pass, DEPREL_csubj, DEPREL_expl, DEPREL_mark, DEPREL_cc};
    return lacks(m, verb, subjects, COUNT_OF(subjects));
}

/* The word takes the place of its head; what hung on that and does not describe it hangs on the word. */
static void take_over(const mending *m, u32 index) {
    u32 noun = at(m, index)->head;
    mend_hang(m, index, at(m, noun)->head, at(m, noun)->deprel);
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        token *t = at(m, i);
        bool beside = i < index || t->deprel == DEPREL_punct || t->deprel == DEPREL_conj || t->deprel == DEPREL_advcl;
        if (t->head == noun && i != index && (beside || (i > noun && t->deprel == DEPREL_nmod))) {
            t->head = index;
            t->deprel = t->deprel == DEPREL_nmod ? DEPREL_obl : t->deprel;
        }
    }
    mend_hang(m, noun, index, DEPREL_obj);
    at(m, index)->upos = UPOS_VERB;
}

/* "Egypt is massing tanks": a name is no tanks, and "is" with a participle behind it is its auxiliary. */
static void mend_progressive(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 noun = t->xpos == XPOS_VBG && t->upos == UPOS_VERB && index > m->s->first_token ? t->head : NONE, be = index - 1;
    bool describes = noun == index + 1 && (t->deprel == DEPREL_amod || t->deprel == DEPREL_compound);
    u32 subject = describes && at(m, be)->deprel == DEPREL_cop && at(m, be)->head == noun ? mend_child(m, noun, DEPREL_nsubj) : NONE;
    if (subject != NONE && subject < be && at(m, subject)->upos == UPOS_PROPN) {
        take_over(m, index);
        at(m, be)->deprel = DEPREL_aux;
    }
}

/* "Miners downed tools": a noun with a subject and no copula has a verb between the two. */
static void mend_described_object(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = t->deprel == DEPREL_amod && t->upos == UPOS_VERB && is_past(t) ? t->head : NONE;
    u32 subject = noun == NONE || noun < index ? NONE : mend_child(m, noun, DEPREL_nsubj);
    bool beside = subject != NONE && (subject + 1 == index || (at(m, index - 1)->head == subject && at(m, index - 1)->deprel == DEPREL_flat));
    if (beside && is_noun(at(m, noun)) && mend_child(m, noun, DEPREL_cop) == NONE) {
        take_over(m, index);
        t->xpos = XPOS_VBD;
    }
}

/* "Turkey set conditions", "Algeria insists on it": a noun has neither object nor, without a copula, a subject. */
static void mend_noun_root(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 object = t->head == NONE && t->upos == UPOS_NOUN ? mend_child(m, index, DEPREL_obj) : NONE;
    u32 subject = t->head == NONE && t->upos == UPOS_NOUN ? mend_child(m, index, DEPREL_nsubj) : NONE;
    bool governs = object != NONE && object > index && is_noun(at(m, object));
    bool plural = t->xpos == XPOS_NNS && subject != NONE && subject + 1 == index && mend_child(m, index, DEPREL_cop) == NONE;
    if (!governs && !plural) {
        return;
    }
    t->upos = UPOS_VERB;
    t->xpos = plural ? XPOS_VBZ : XPOS_VBD;
    for (u32 i = index + 1; i < m->s->end_token; i++) {
        if (at(m, i)->head == index && at(m, i)->deprel == DEPREL_nmod) {
            at(m, i)->deprel = DEPREL_obl;
        }
    }
}

/* The second verb of "Street protests rocked the capital", "tests near the island were filmed": finite, with no
 * subject and no conjunction. */
static u32 second_verb(const mending *m, u32 first) {
    for (u32 i = first + 1; i < m->s->end_token; i++) {
        const token *t = at(m, i);
        bool clausal = t->head == first && (t->deprel == DEPREL_xcomp || t->deprel == DEPREL_ccomp || t->deprel == DEPREL_advcl || t->deprel == DEPREL_acl);
        bool phrase = i > first + 1 || t->deprel == DEPREL_case || clausal || t->deprel == DEPREL_aux_pass;
        if (t->xpos == XPOS_COMMA || !phrase) {
            return NONE;
        }
        if (clausal && t->upos == UPOS_VERB && is_past(t) && has_no_subject(m, i)) {
            return i;
        }
    }
    return NONE;
}

static void mend_plural_noun(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 before = t->head == NONE && t->upos == UPOS_VERB && t->xpos == XPOS_VBZ && !mend_is(m, index, MEND_HAVE) ? mend_child(m, index, DEPREL_nsubj) : NONE;
    bool describes = before != NONE && before + 1 == index && (is_noun(at(m, before)) || at(m, before)->xpos == XPOS_JJ);
    u32 verb = describes ? second_verb(m, index) : NONE;
    if (verb == NONE) {
        return;
    }
    bool passive = mend_child(m, verb, DEPREL_aux_pass) != NONE;
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        token *child = at(m, i);
        if ((child->head == index || child->head == before) && i != verb && i != before) {
            bool own = child->deprel != DEPREL_punct && i < verb;
            child->head = own ? index : verb;
            child->deprel = own && child->deprel == DEPREL_obl ? DEPREL_nmod : child->deprel;
        }
    }
    mend_hang(m, verb, NONE, DEPREL_root);
    at(m, verb)->xpos = passive ? XPOS_VBN : XPOS_VBD;
    mend_hang(m, index, verb, passive ? DEPREL_nsubj_pass : DEPREL_nsubj);
    mend_hang(m, before, index, is_noun(at(m, before)) ? DEPREL_compound : DEPREL_amod);
    t->upos = UPOS_NOUN;
    t->xpos = XPOS_NNS;
}

/* "two weeks after rebels kidnapped soldiers", rebels an adverbial of "kidnapped": its subject. */
static void mend_own_mark(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 noun = index > m->s->first_token ? index - 1 : NONE;
    bool finite = noun != NONE && t->upos == UPOS_VERB && t->xpos == XPOS_VBD && is_noun(at(m, noun)) && at(m, noun)->head == index && at(m, noun)->deprel == DEPREL_obl;
    u32 marker = finite && has_no_subject(m, index) ? mend_child(m, noun, DEPREL_case) : NONE;
    if (marker != NONE && marker < noun && mend_is(m, marker, MEND_CONJUNCTION)) {
        mend_hang(m, marker, index, DEPREL_mark);
        mend_hang(m, noun, index, DEPREL_nsubj);
    }
}

/* "left after Niger joined the pact": a finite clause takes the noun before it for its subject, and its preposition
 * for a conjunction. */
static void mend_clause_mark(const mending *m, u32 index) {
    const token *t = at(m, index);
    u32 noun = index - 1;
    bool clause = t->deprel == DEPREL_advcl || t->deprel == DEPREL_ccomp;
    bool finite = t->upos == UPOS_VERB && t->xpos == XPOS_VBD && clause && index > m->s->first_token;
    bool beside = finite && is_noun(at(m, noun)) && at(m, noun)->deprel == DEPREL_obl && at(m, noun)->head == t->head;
    u32 marker = beside ? mend_child(m, noun, DEPREL_case) : NONE, far = marker == NONE ? NONE : mend_child(m, index, DEPREL_nsubj);
    bool lent = far != NONE && far < marker && t->head < far && mend_child(m, t->head, DEPREL_obj) == NONE; /* "left Chad after Niger joined", Chad said to join */
    if (marker != NONE && (lent || has_no_subject(m, index)) && t->head < marker && mend_is(m, marker, MEND_CONJUNCTION)) {
        if (lent) {
            mend_hang(m, far, t->head, DEPREL_obj);
        }
        at(m, index)->deprel = DEPREL_advcl;
        mend_hang(m, marker, index, DEPREL_mark);
        mend_hang(m, noun, index, DEPREL_nsubj);
    }
}

/* "called off its dialogue", "dismissed the charges": what follows a verb without a preposition is its object.  Days and
 * hours are none. */
static void mend_bare_object(const mending *m, u32 index) {
    static const deprel parts[] = {DEPREL_case, DEPREL_obj, DEPREL_nsubj, DEPREL_cop, DEPREL_mark, DEPREL_aux};
    token *t = at(m, index);
    u32 verb = t->upos == UPOS_NOUN ? t->head : NONE, particle = verb == NONE ? NONE : mend_child(m, verb, DEPREL_compound_prt);
    bool behind = verb != NONE && verb < index && at(m, verb)->upos == UPOS_VERB && mend_child(m, verb, DEPREL_obj) == NONE;
    bool after_particle = t->deprel == DEPREL_obl && particle == verb + 1;
    if (!behind || !(after_particle || t->deprel == DEPREL_ccomp) || !lacks(m, index, parts, COUNT_OF(parts))) {
        return;
    }
    for (u32 i = after_particle ? particle + 1 : verb + 1; i < index; i++) { /* nothing but what describes it */
        bool own = at(m, i)->upos != UPOS_PUNCT && (at(m, i)->head == index || (at(m, i)->head != NONE && at(m, i)->head > verb && at(m, i)->head < index));
        if (!own) {
            return;
        }
    }
    bool inverted = !after_particle && has_no_subject(m, verb); /* ", said the banker" */
    t->deprel = inverted ? DEPREL_nsubj : DEPREL_obj;
}

/* "thanked Qatar for the fuel": a name right behind an active verb, without a preposition, is its object.  Days and
 * hours are no names. */
static void mend_bare_name(const mending *m, u32 index) {
    static const deprel parts[] = {DEPREL_obj, DEPREL_aux_pass, DEPREL_nsubj_pass};
    token *t = at(m, index);
    u32 verb = t->upos == UPOS_PROPN && t->name != NAME_NONE && t->deprel == DEPREL_obl ? t->head : NONE;
    bool behind = verb != NONE && verb + 1 == index && at(m, verb)->upos == UPOS_VERB && mend_child(m, index, DEPREL_case) == NONE;
    if (behind && lacks(m, verb, parts, COUNT_OF(parts))) {
        t->deprel = DEPREL_obj;
    }
}

static bool ends_as_gerund(const mending *m, u32 index) {
    span form = report_form(m->r, index), end = m->tables->gerund;
    return end.len > 0 && form.len > end.len + 1 && span_eq(span_cut(form, form.len - end.len, form.len), end);
}

static void make_gerund(token *t) {
    t->upos = UPOS_VERB;
    t->xpos = XPOS_VBG;
}

/* "ceased importing meat", "began funding and arming rebels": behind a verb of beginning and ending a form in "ing" is what
 * begins or ends. */
static void mend_aspect(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = index > m->s->first_token && (t->deprel == DEPREL_amod || t->deprel == DEPREL_compound) ? t->head : NONE, verb = index - 1;
    if (noun == NONE || noun < index || !ends_as_gerund(m, index) || at(m, noun)->head != verb || at(m, noun)->deprel != DEPREL_obj || !mend_is(m, verb, MEND_ASPECT)) {
        return;
    }
    for (u32 i = index + 1; i < noun; i++) { /* nothing stands between but another of the kind */
        bool joined = at(m, i)->deprel == DEPREL_cc || (at(m, i)->deprel == DEPREL_conj && at(m, i)->head == index && ends_as_gerund(m, i));
        if (!joined) {
            return;
        }
    }
    for (u32 i = index + 1; i < noun; i++) {
        if (at(m, i)->deprel == DEPREL_conj) {
            make_gerund(at(m, i));
        }
    }
    mend_hang(m, index, verb, DEPREL_xcomp);
    mend_hang(m, noun, index, DEPREL_obj);
    make_gerund(t);
}

/* "began funding and arming rebels", funding a noun and rebels joined to it: right behind a gerund and with no "and" they are
 * what is funded and armed. */
static void mend_aspect_joined(const mending *m, u32 index) {
    token *t = at(m, index);
    bool begun = t->deprel == DEPREL_obj && index > m->s->first_token && t->head == index - 1 && mend_is(m, index - 1, MEND_ASPECT) && ends_as_gerund(m, index);
    u32 second = begun ? mend_child(m, index, DEPREL_conj) : NONE;
    if (second == NONE || second < index || at(m, second)->xpos != XPOS_VBG || mend_child(m, second, DEPREL_obj) != NONE) {
        return;
    }
    u32 noun = second + 1;
    while (noun < m->s->end_token && at(m, noun)->head != index && at(m, noun)->upos != UPOS_PUNCT && at(m, noun)->upos != UPOS_CCONJ) {
        noun++;
    }
    if (noun < m->s->end_token && is_noun(at(m, noun)) && at(m, noun)->head == index && at(m, noun)->deprel == DEPREL_conj) {
        mend_hang(m, noun, index, DEPREL_obj);
        t->deprel = DEPREL_xcomp;
        make_gerund(t);
    }
}

/* "Iran has armed and equipped militias", armed an adjective: what has an auxiliary of the perfect is a verb. */
static void mend_perfect_adjective(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 have = t->upos == UPOS_ADJ ? mend_child(m, index, DEPREL_aux) : NONE;
    if (have != NONE && have < index && mend_is(m, have, MEND_HAVE) && mend_child(m, index, DEPREL_cop) == NONE) {
        t->upos = UPOS_VERB;
        t->xpos = XPOS_VBN;
    }
}

/* "Fleeing from the rebels, soldiers crossed the border": behind a comma, with no "and", the noun before a verb is its
 * subject. */
static void mend_subject_behind_comma(const mending *m, u32 index) {
    u32 noun = index - 1;
    bool main = at(m, index)->head == NONE || at(m, index)->deprel == DEPREL_conj;
    bool finite = index > m->s->first_token && main && is_past(at(m, index)) && has_no_subject(m, index);
    if (!finite || !is_noun(at(m, noun)) || (at(m, noun)->deprel != DEPREL_conj && at(m, noun)->deprel != DEPREL_appos) || mend_child(m, noun, DEPREL_cc) != NONE) {
        return;
    }
    u32 start = noun;
    while (start > m->s->first_token && at(m, start - 1)->head == noun && at(m, start - 1)->deprel != DEPREL_punct) {
        start--;
    }
    if (start > m->s->first_token && at(m, start - 1)->xpos == XPOS_COMMA) {
        mend_hang(m, noun, index, DEPREL_nsubj);
    }
}

/* "Freeing the workers, the rebels left": no participle but "being" is a copula. */
static void mend_opening(const mending *m, u32 index) {
    u32 noun = at(m, index)->upos == UPOS_VERB && at(m, index)->deprel == DEPREL_cop && at(m, index)->xpos == XPOS_VBG ? at(m, index)->head : NONE;
    if (noun != NONE && noun > index && at(m, noun)->head != NONE) {
        mend_hang(m, index, at(m, noun)->head, DEPREL_advcl);
        mend_hang(m, noun, index, DEPREL_obj);
        for (u32 i = noun + 1; i < m->s->end_token; i++) {
            at(m, i)->head = at(m, i)->head == noun && at(m, i)->deprel == DEPREL_punct ? index : at(m, i)->head;
        }
    }
}

/* "walked out over wages": a particle between a verb and a preposition is the verb's; "only over wages" may stay. */
static void mend_particle(const mending *m, u32 index) {
    token *t = at(m, index);
    u32 noun = t->upos == UPOS_ADV && t->deprel == DEPREL_advmod && index > m->s->first_token ? t->head : NONE, verb = index - 1;
    bool phrase = noun != NONE && noun > index + 1 && at(m, index + 1)->deprel == DEPREL_case && at(m, index + 1)->head == noun;
    if (phrase && at(m, noun)->head == verb && at(m, verb)->upos == UPOS_VERB && mend_is(m, index, MEND_PARTICLE)) {
        t->head = verb;
    }
}

/* "asked the Council to intervene": the recipient of nothing is asked to do something. */
static void mend_infinitive(const mending *m, u32 index) {
    static const deprel objects[] = {DEPREL_obj, DEPREL_ccomp, DEPREL_xcomp};
    token *t = at(m, index);
    u32 asked = t->xpos == XPOS_NN && t->deprel == DEPREL_nmod && index > m->s->first_token ? t->head : NONE, to = index - 1;
    bool recipient = asked != NONE && asked < to && at(m, asked)->deprel == DEPREL_iobj && at(m, to)->head == index;
    if (!recipient || !mend_is(m, to, MEND_INFINITIVE) || !lacks(m, at(m, asked)->head, objects, COUNT_OF(objects))) {
        return;
    }
    mend_hang(m, index, at(m, asked)->head, DEPREL_xcomp);
    at(m, asked)->deprel = DEPREL_obj;
    at(m, to)->deprel = DEPREL_mark;
    at(m, to)->upos = UPOS_PART;
    t->upos = UPOS_VERB;
    t->xpos = XPOS_VB;
}

/* "patrolled off Iran": before a place that has no other, a particle is a preposition. */
static void mend_particle_of_place(const mending *m, u32 index) {
    const token *t = at(m, index);
    bool named = t->upos == UPOS_PROPN && t->deprel == DEPREL_obl && t->name == NAME_LOC && index > m->s->first_token;
    token *before = named ? at(m, index - 1) : NULL;
    if (before != NULL && before->deprel == DEPREL_compound_prt && before->head == t->head && mend_child(m, index, DEPREL_case) == NONE) {
        mend_hang(m, index - 1, index, DEPREL_case);
    }
}

/* "has deployed", with the soldiers hung on "has": what hangs on an auxiliary is its verb's. */
static void mend_auxiliary(const mending *m, u32 index) {
    token *t = at(m, index);
    const token *above = t->head == NONE ? NULL : at(m, t->head);
    bool object = t->deprel == DEPREL_obj || t->deprel == DEPREL_obl || t->deprel == DEPREL_nsubj || t->deprel == DEPREL_punct;
    if (above != NULL && object && (above->deprel == DEPREL_aux || above->deprel == DEPREL_aux_pass) && above->head != NONE) {
        t->head = above->head;
    }
}

void mend_verbs(const mending *m) {
    static void (*const rules[])(const mending *, u32) = {
        mend_clause_mark, mend_auxiliary,            mend_progressive, mend_described_object, mend_noun_root,
        mend_bare_object, mend_subject_behind_comma, mend_opening,     mend_particle,         mend_infinitive, mend_particle_of_place,
        mend_bare_name,   mend_aspect,  mend_aspect_joined,              mend_perfect_adjective, mend_own_mark,
    };
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        for (u32 k = 0; k < COUNT_OF(rules); k++) {
            rules[k](m, i);
        }
    }
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) { /* what still has no subject */
        mend_plural_noun(m, i);
    }
}

// SPDX-License-Identifier: Apache-2.0
/* In: the tree of a sentence.  Out: the same, with the verbs that its words can have.
 *
 *     Egypt is massing tanks.                  massing <-amod- tanks, is <-cop- tanks: "is massing" is the verb
 *     Miners downed tools and went home.       downed <-amod- tools, which has a subject: the verb between the two
 *     Turkey set conditions.                   set, a noun with an object: a verb
 *     Street protests rocked the capital.      rocked <-xcomp- protests: a second verb, so "protests" is a noun
 *     left after Niger joined the pact         Niger <-obl- left, after <-case- Niger: the subject of "joined"
 *     It called off its dialogue.              dialogue <-obl- called, without a preposition: its object
 *     Chad protested; Niger paid.              two subjects of "paid", a semicolon between them: two clauses
 *
 * Each asks for what grammar forbids in the tree as it is, so that a tree that can stand is left alone. */
#include "parse/mend_verb.h"

#include "parse/labels.h"

typedef struct {
    report *r;
    const sentence *s;
} clause;

static token *at(const clause *c, u32 index) { return &c->r->tokens.items[index]; }

static bool is_noun(const token *t) { return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN; }

static bool is_past(const token *t) { return t->xpos == XPOS_VBD || t->xpos == XPOS_VBN; }

static u32 child_of(const clause *c, u32 head, deprel relation) {
    for (u32 i = c->s->first_token; i < c->s->end_token; i++) {
        if (at(c, i)->head == head && at(c, i)->deprel == relation) {
            return i;
        }
    }
    return NONE;
}

static bool lacks(const clause *c, u32 head, const deprel *relations, size_t count) {
    bool found = false;
    for (size_t i = 0; i < count && !found; i++) {
        found = child_of(c, head, relations[i]) != NONE;
    }
    return !found;
}

static bool is_one_of(const report *r, u32 index, const char *const *words, size_t count) {
    bool found = false;
    for (size_t i = 0; i < count && !found; i++) {
        found = span_eq(report_form(r, index), span_of(words[i]));
    }
    return found;
}

static bool has_no_subject(const clause *c, u32 verb) {
    static const deprel subjects[] = {DEPREL_nsubj, DEPREL_nsubj_pass, DEPREL_csubj, DEPREL_expl, DEPREL_mark, DEPREL_cc};
    return lacks(c, verb, subjects, COUNT_OF(subjects));
}

static void hang(const clause *c, u32 index, u32 head, deprel relation) {
    at(c, index)->head = head;
    at(c, index)->deprel = (u8)relation;
}

/* The word takes the place of its head; what hung on that and does not describe it hangs on the word. */
static void take_over(const clause *c, u32 index) {
    u32 noun = at(c, index)->head;
    hang(c, index, at(c, noun)->head, at(c, noun)->deprel);
    for (u32 i = c->s->first_token; i < c->s->end_token; i++) {
        token *t = at(c, i);
        bool beside = i < index || t->deprel == DEPREL_punct || t->deprel == DEPREL_conj || t->deprel == DEPREL_advcl;
        if (t->head == noun && i != index && (beside || (i > noun && t->deprel == DEPREL_nmod))) {
            t->head = index;
            t->deprel = t->deprel == DEPREL_nmod ? DEPREL_obl : t->deprel;
        }
    }
    hang(c, noun, index, DEPREL_obj);
    at(c, index)->upos = UPOS_VERB;
}

/* "Egypt is massing tanks": a name is no tanks, and "is" with a participle behind it is its auxiliary. */
static void mend_progressive(const clause *c, u32 index) {
    const token *t = at(c, index);
    u32 noun = t->xpos == XPOS_VBG && t->upos == UPOS_VERB && index > c->s->first_token ? t->head : NONE, be = index - 1;
    bool describes = noun == index + 1 && (t->deprel == DEPREL_amod || t->deprel == DEPREL_compound);
    u32 subject = describes && at(c, be)->deprel == DEPREL_cop && at(c, be)->head == noun ? child_of(c, noun, DEPREL_nsubj) : NONE;
    if (subject != NONE && subject < be && at(c, subject)->upos == UPOS_PROPN) {
        take_over(c, index);
        at(c, be)->deprel = DEPREL_aux;
    }
}

/* "Miners downed tools": a noun with a subject and no copula has a verb between the two. */
static void mend_described_object(const clause *c, u32 index) {
    token *t = at(c, index);
    u32 noun = t->deprel == DEPREL_amod && t->upos == UPOS_VERB && is_past(t) ? t->head : NONE;
    u32 subject = noun == NONE || noun < index ? NONE : child_of(c, noun, DEPREL_nsubj);
    if (subject != NONE && subject + 1 == index && is_noun(at(c, noun)) && child_of(c, noun, DEPREL_cop) == NONE) {
        take_over(c, index);
        t->xpos = XPOS_VBD;
    }
}

/* "Turkey set conditions", "Algeria insists on it": a noun has neither object nor, without a copula, a subject. */
static void mend_noun_root(const clause *c, u32 index) {
    token *t = at(c, index);
    u32 object = t->head == NONE && t->upos == UPOS_NOUN ? child_of(c, index, DEPREL_obj) : NONE;
    u32 subject = t->head == NONE && t->upos == UPOS_NOUN ? child_of(c, index, DEPREL_nsubj) : NONE;
    bool governs = object != NONE && object > index && is_noun(at(c, object));
    bool plural = t->xpos == XPOS_NNS && subject != NONE && subject + 1 == index && child_of(c, index, DEPREL_cop) == NONE;
    if (!governs && !plural) {
        return;
    }
    t->upos = UPOS_VERB;
    t->xpos = plural ? XPOS_VBZ : XPOS_VBD;
    for (u32 i = index + 1; i < c->s->end_token; i++) {
        if (at(c, i)->head == index && at(c, i)->deprel == DEPREL_nmod) {
            at(c, i)->deprel = DEPREL_obl;
        }
    }
}

/* The second verb of "Street protests rocked the capital", "tests near the island were filmed": finite, with no
 * subject and no conjunction. */
static u32 second_verb(const clause *c, u32 first) {
    for (u32 i = first + 1; i < c->s->end_token; i++) {
        const token *t = at(c, i);
        bool clausal = t->head == first && (t->deprel == DEPREL_xcomp || t->deprel == DEPREL_ccomp || t->deprel == DEPREL_advcl);
        bool phrase = i > first + 1 || t->deprel == DEPREL_case || clausal || t->deprel == DEPREL_aux_pass;
        if (t->xpos == XPOS_COMMA || !phrase) {
            return NONE;
        }
        if (clausal && t->upos == UPOS_VERB && is_past(t) && has_no_subject(c, i)) {
            return i;
        }
    }
    return NONE;
}

static void mend_plural_noun(const clause *c, u32 index) {
    token *t = at(c, index);
    bool has = span_eq(report_form(c->r, index), SPAN("has"));
    u32 before = t->head == NONE && t->upos == UPOS_VERB && t->xpos == XPOS_VBZ && !has ? child_of(c, index, DEPREL_nsubj) : NONE;
    u32 verb = before == NONE || before + 1 != index || !is_noun(at(c, before)) ? NONE : second_verb(c, index);
    if (verb == NONE) {
        return;
    }
    bool passive = child_of(c, verb, DEPREL_aux_pass) != NONE;
    for (u32 i = c->s->first_token; i < c->s->end_token; i++) {
        token *child = at(c, i);
        if ((child->head == index || child->head == before) && i != verb && i != before) {
            bool own = child->deprel != DEPREL_punct && i < verb;
            child->head = own ? index : verb;
            child->deprel = own && child->deprel == DEPREL_obl ? DEPREL_nmod : child->deprel;
        }
    }
    hang(c, verb, NONE, DEPREL_root);
    at(c, verb)->xpos = passive ? XPOS_VBN : XPOS_VBD;
    hang(c, index, verb, passive ? DEPREL_nsubj_pass : DEPREL_nsubj);
    hang(c, before, index, DEPREL_compound);
    t->upos = UPOS_NOUN;
    t->xpos = XPOS_NNS;
}

/* "left after Niger joined the pact": a finite clause takes the noun before it for its subject, and its preposition
 * for a conjunction. */
static void mend_clause_mark(const clause *c, u32 index) {
    static const char *const conjunctions[] = {"after", "before", "since", "until", "till", "as"};
    const token *t = at(c, index);
    u32 noun = index - 1;
    bool finite = t->upos == UPOS_VERB && t->xpos == XPOS_VBD && t->deprel == DEPREL_advcl && index > c->s->first_token;
    bool beside = finite && is_noun(at(c, noun)) && at(c, noun)->deprel == DEPREL_obl && at(c, noun)->head == t->head;
    u32 marker = beside && has_no_subject(c, index) ? child_of(c, noun, DEPREL_case) : NONE;
    if (marker != NONE && t->head < marker && is_one_of(c->r, marker, conjunctions, COUNT_OF(conjunctions))) {
        hang(c, marker, index, DEPREL_mark);
        hang(c, noun, index, DEPREL_nsubj);
    }
}

/* "called off its dialogue", "dismissed the charges": what follows a verb without a preposition is its object.  Days and
 * hours are none. */
static void mend_bare_object(const clause *c, u32 index) {
    static const deprel parts[] = {DEPREL_case, DEPREL_obj, DEPREL_nsubj, DEPREL_cop, DEPREL_mark, DEPREL_aux};
    token *t = at(c, index);
    u32 verb = t->upos == UPOS_NOUN ? t->head : NONE, particle = verb == NONE ? NONE : child_of(c, verb, DEPREL_compound_prt);
    bool behind = verb != NONE && verb < index && at(c, verb)->upos == UPOS_VERB && child_of(c, verb, DEPREL_obj) == NONE;
    bool after_particle = t->deprel == DEPREL_obl && particle == verb + 1;
    if (!behind || !(after_particle || t->deprel == DEPREL_ccomp) || !lacks(c, index, parts, COUNT_OF(parts))) {
        return;
    }
    for (u32 i = after_particle ? particle + 1 : verb + 1; i < index; i++) { /* nothing but what describes it */
        bool own = at(c, i)->upos != UPOS_PUNCT && (at(c, i)->head == index || (at(c, i)->head != NONE && at(c, i)->head > verb && at(c, i)->head < index));
        if (!own) {
            return;
        }
    }
    bool inverted = !after_particle && has_no_subject(c, verb); /* ", said the banker" */
    t->deprel = inverted ? DEPREL_nsubj : DEPREL_obj;
}

/* "Chad protested on Monday; Niger apologised": a participle of the first of two subjects is the verb of that clause. */
static void mend_semicolon(const clause *c, u32 index) {
    token *t = at(c, index);
    u32 doer = t->deprel == DEPREL_acl && is_past(t) ? t->head : NONE;
    u32 verb = doer == NONE || doer > index || at(c, doer)->deprel != DEPREL_nsubj ? NONE : at(c, doer)->head, stop = NONE, other = NONE;
    for (u32 i = index + 1; verb != NONE && i < verb; i++) {
        stop = stop == NONE && span_eq(report_form(c->r, i), SPAN(";")) ? i : stop;
        other = stop != NONE && at(c, i)->head == verb && at(c, i)->deprel == DEPREL_nsubj ? i : other;
    }
    if (other == NONE || at(c, verb)->head != NONE) {
        return;
    }
    hang(c, index, NONE, DEPREL_root);
    hang(c, verb, index, DEPREL_parataxis);
    hang(c, doer, index, DEPREL_nsubj);
    t->xpos = XPOS_VBD;
}

/* "Fleeing from the rebels, soldiers crossed the border": behind a comma, with no "and", the noun before a verb is its
 * subject. */
static void mend_subject_behind_comma(const clause *c, u32 index) {
    u32 noun = index - 1;
    bool finite = index > c->s->first_token && at(c, index)->head == NONE && is_past(at(c, index)) && has_no_subject(c, index);
    if (!finite || !is_noun(at(c, noun)) || at(c, noun)->deprel != DEPREL_conj || child_of(c, noun, DEPREL_cc) != NONE) {
        return;
    }
    u32 start = noun;
    while (start > c->s->first_token && at(c, start - 1)->head == noun && at(c, start - 1)->deprel != DEPREL_punct) {
        start--;
    }
    if (start > c->s->first_token && at(c, start - 1)->xpos == XPOS_COMMA) {
        hang(c, noun, index, DEPREL_nsubj);
    }
}

/* "Freeing the workers, the rebels left": no participle but "being" is a copula. */
static void mend_opening(const clause *c, u32 index) {
    u32 noun = at(c, index)->upos == UPOS_VERB && at(c, index)->deprel == DEPREL_cop && at(c, index)->xpos == XPOS_VBG ? at(c, index)->head : NONE;
    if (noun != NONE && noun > index && at(c, noun)->head != NONE) {
        hang(c, index, at(c, noun)->head, DEPREL_advcl);
        hang(c, noun, index, DEPREL_obj);
        for (u32 i = noun + 1; i < c->s->end_token; i++) {
            at(c, i)->head = at(c, i)->head == noun && at(c, i)->deprel == DEPREL_punct ? index : at(c, i)->head;
        }
    }
}

/* "walked out over wages": a particle between a verb and a preposition is the verb's; "only over wages" may stay. */
static void mend_particle(const clause *c, u32 index) {
    static const char *const particles[] = {"out", "away", "back", "off", "up", "down"};
    token *t = at(c, index);
    u32 noun = t->upos == UPOS_ADV && t->deprel == DEPREL_advmod && index > c->s->first_token ? t->head : NONE, verb = index - 1;
    bool phrase = noun != NONE && noun > index + 1 && at(c, index + 1)->deprel == DEPREL_case && at(c, index + 1)->head == noun;
    if (phrase && at(c, noun)->head == verb && at(c, verb)->upos == UPOS_VERB && is_one_of(c->r, index, particles, COUNT_OF(particles))) {
        t->head = verb;
    }
}

/* "asked the Council to intervene": the recipient of nothing is asked to do something. */
static void mend_infinitive(const clause *c, u32 index) {
    static const deprel objects[] = {DEPREL_obj, DEPREL_ccomp, DEPREL_xcomp};
    token *t = at(c, index);
    u32 asked = t->xpos == XPOS_NN && t->deprel == DEPREL_nmod && index > c->s->first_token ? t->head : NONE, to = index - 1;
    bool recipient = asked != NONE && asked < to && at(c, asked)->deprel == DEPREL_iobj && at(c, to)->head == index;
    if (!recipient || !span_eq(report_form(c->r, to), SPAN("to")) || !lacks(c, at(c, asked)->head, objects, COUNT_OF(objects))) {
        return;
    }
    hang(c, index, at(c, asked)->head, DEPREL_xcomp);
    at(c, asked)->deprel = DEPREL_obj;
    at(c, to)->deprel = DEPREL_mark;
    at(c, to)->upos = UPOS_PART;
    t->upos = UPOS_VERB;
    t->xpos = XPOS_VB;
}

/* "patrolled off Iran": before a place that has no other, a particle is a preposition. */
static void mend_particle_of_place(const clause *c, u32 index) {
    const token *t = at(c, index);
    bool named = t->upos == UPOS_PROPN && t->deprel == DEPREL_obl && t->name == NAME_LOC && index > c->s->first_token;
    token *before = named ? at(c, index - 1) : NULL;
    if (before != NULL && before->deprel == DEPREL_compound_prt && before->head == t->head && child_of(c, index, DEPREL_case) == NONE) {
        hang(c, index - 1, index, DEPREL_case);
    }
}

/* "has deployed", with the soldiers hung on "has": what hangs on an auxiliary is its verb's. */
static void mend_auxiliary(const clause *c, u32 index) {
    token *t = at(c, index);
    const token *above = t->head == NONE ? NULL : at(c, t->head);
    bool object = t->deprel == DEPREL_obj || t->deprel == DEPREL_obl || t->deprel == DEPREL_punct;
    if (above != NULL && object && (above->deprel == DEPREL_aux || above->deprel == DEPREL_aux_pass) && above->head != NONE) {
        t->head = above->head;
    }
}

void mend_verbs(report *r, const sentence *s) {
    enum { LONGEST = 256 }; /* words; what is longer is a list or a table */
    static void (*const rules[])(const clause *, u32) = {
        mend_clause_mark, mend_auxiliary, mend_progressive, mend_described_object, mend_noun_root,
        mend_bare_object, mend_semicolon, mend_subject_behind_comma, mend_opening, mend_particle,
        mend_infinitive, mend_particle_of_place,
    };
    clause c = {r, s};
    if (s->end_token - s->first_token > LONGEST) {
        return;
    }
    for (u32 i = s->first_token; i < s->end_token; i++) {
        for (u32 k = 0; k < COUNT_OF(rules); k++) {
            rules[k](&c, i);
        }
    }
    for (u32 i = s->first_token; i < s->end_token; i++) { /* what still has no subject */
        mend_plural_noun(&c, i);
    }
}

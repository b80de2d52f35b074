// SPDX-License-Identifier: Apache-2.0
/* In: trees.   Out: the same, with charges on the verb that brings them, and neighbours on their border.
 *
 *     Chad was accused by the Sudanese minister of attacking villages.
 *       attacking <-acl- minister   becomes   attacking <-advcl- accused
 *
 * A noun may well have a gerund behind "of" ("the fear of losing"), so the tree hangs it on the nearest.  Below the doer of a
 * passive verb that brings a charge or a plea (class object_control of lang/en/clause.tsv) it is the verb's own: without this
 * the minister attacks.
 *
 *     Chad was accused of the raid on Tine by Omar Haddad.
 *       Haddad <-conj- Tine   becomes   Haddad <-obl:agent- accused
 *
 *     Israel raised the alert along its border with Lebanon.
 *       Lebanon <-obl- raised   becomes   Lebanon <-nmod- border
 *
 * What follows a noun of class shared with its preposition is the noun's: nobody raises an alert with Lebanon. */
#include "what/clause.h"

#include "parse/labels.h"

enum { CLIMB = 4 }; /* "by the minister of the interior of Chad of ..." */

static u32 child_of(const report *r, u32 head, deprel a, deprel b) {
    const sentence *s = &r->sentences.items[report_token(r, head)->sentence];
    for (u32 i = s->first_token; i < s->end_token; i++) {
        if (report_token(r, i)->head == head && (report_token(r, i)->deprel == a || report_token(r, i)->deprel == b)) {
            return i;
        }
    }
    return NONE;
}

/* The passive verb whose doer's phrase the noun is in, or NONE. */
static u32 charging_verb(const clause_tables *tables, const report *r, u32 noun) {
    for (u32 steps = 0; steps < CLIMB && noun != NONE; steps++) {
        const token *t = report_token(r, noun);
        u32 marker = child_of(r, noun, DEPREL_case, DEPREL_case);
        bool doer = t->deprel == DEPREL_obl_agent || (t->deprel == DEPREL_obl && marker != NONE && report_token(r, marker)->lower == tables->by);
        if (doer) {
            bool charges = t->head != NONE && report_token(r, t->head)->upos == UPOS_VERB && clause_word_is(tables, report_token(r, t->head)->lemma, CLASS_OBJECT_CONTROL);
            return charges ? t->head : NONE;
        }
        if (t->deprel != DEPREL_nmod && t->deprel != DEPREL_appos && t->deprel != DEPREL_flat && t->deprel != DEPREL_conj) {
            return NONE;
        }
        noun = t->head;
    }
    return NONE;
}

/* "border with Libya" */
static void rehang_neighbour(const clause_tables *tables, report *r, u32 index) {
    token *t = &r->tokens.items[index];
    u32 marker = t->deprel == DEPREL_obl && t->head != NONE && t->head < index ? child_of(r, index, DEPREL_case, DEPREL_case) : NONE;
    if (marker == NONE || marker == 0 || marker > index || report_token(r, marker)->lower != tables->with) {
        return;
    }
    const token *noun = report_token(r, marker - 1);
    if (noun->upos == UPOS_NOUN && noun->head == t->head && clause_word_is(tables, noun->lemma, CLASS_SHARED)) {
        t->head = marker - 1;
        t->deprel = DEPREL_nmod;
    }
}

/* The passive verb of a charge or plea that the phrase of the noun hangs below at any depth, when nobody else is its doer. */
static u32 charge_above(const clause_tables *tables, const report *r, u32 noun) {
    u32 verb = noun;
    for (u32 steps = 0; steps < 2 * CLIMB && verb != NONE && report_token(r, verb)->upos != UPOS_VERB; steps++) {
        verb = report_token(r, verb)->head;
    }
    bool charge = verb != NONE && verb < noun && report_token(r, verb)->upos == UPOS_VERB && child_of(r, verb, DEPREL_aux_pass, DEPREL_aux_pass) != NONE &&
                  clause_word_is(tables, report_token(r, verb)->lemma, CLASS_OBJECT_CONTROL);
    u32 doer = charge ? child_of(r, verb, DEPREL_obl_agent, DEPREL_obl_agent) : NONE;
    u32 marker = doer != NONE ? child_of(r, doer, DEPREL_case, DEPREL_case) : NONE;
    return charge && (doer == NONE || marker == NONE || report_token(r, marker)->lower != tables->by) ? verb : NONE;
}

/* "accused of the raid on the village of Tine by Omar Haddad": joined to nothing, the phrase is the verb's. */
static void rehang_doer(const clause_tables *tables, report *r, u32 index) {
    token *t = &r->tokens.items[index];
    u32 marker = t->deprel == DEPREL_conj && t->head != NONE && t->head < index ? child_of(r, index, DEPREL_case, DEPREL_case) : NONE;
    bool by = marker != NONE && report_token(r, marker)->lower == tables->by && child_of(r, index, DEPREL_cc, DEPREL_cc) == NONE;
    u32 verb = by ? charge_above(tables, r, t->head) : NONE;
    u32 other = verb != NONE ? child_of(r, verb, DEPREL_obl_agent, DEPREL_obl_agent) : NONE;
    if (verb != NONE) {
        t->head = verb;
        t->deprel = DEPREL_obl_agent;
    }
    if (other != NONE) {
        r->tokens.items[other].deprel = DEPREL_obl;
    }
}

void clause_rehang(const clause_tables *tables, report *r) {
    for (u32 i = 0; i < r->tokens.count; i++) {
        token *t = &r->tokens.items[i];
        rehang_neighbour(tables, r, i);
        rehang_doer(tables, r, i);
        if (t->deprel != DEPREL_acl || t->xpos != XPOS_VBG || t->head == NONE || t->head > i) {
            continue;
        }
        u32 marker = child_of(r, i, DEPREL_mark, DEPREL_case);
        bool charge = marker != NONE && marker < i && clause_word_is(tables, report_token(r, marker)->lemma, CLASS_INNER);
        u32 verb = charge ? charging_verb(tables, r, t->head) : NONE;
        if (verb != NONE) {
            t->head = verb;
            t->deprel = DEPREL_advcl;
        }
    }
}

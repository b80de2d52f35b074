// SPDX-License-Identifier: Apache-2.0
/* In: the tree of a sentence.  Out: the same, with a finite verb where the network saw none.
 *
 *     The minister called on both parties to stay.      minister <-root   called <-acl- minister, a participle
 *       called <-root   minister <-nsubj- called
 *
 * "called", "accused", "issued" are past tense and participle in one form, and the network may take the whole
 * for a noun phrase.  A phrase that ends in a full stop and holds no finite verb besides is a sentence: on 4,000
 * sentences of news a dozen were such, all of them sentences.  "Soldiers stationed near the border", a heading, has no stop, and
 * "Soldiers killed by rebels." names the doer as only the passive does: both are left alone. */
#include "parse/mend.h"

#include "parse/labels.h"

static bool is_finite(u8 xpos) { return xpos == XPOS_VBD || xpos == XPOS_VBP || xpos == XPOS_VBZ || xpos == XPOS_MD; }

static bool ends_in_stop(const report *r, const sentence *s) {
    u32 last = s->end_token - 1;
    while (last > s->first_token && r->tokens.items[last].xpos == XPOS_CLOSE_QUOTE) {
        last--;
    }
    return span_eq(report_form(r, last), SPAN("."));
}

/* A noun as root that is no predicate ("It was a step"). */
static u32 bare_root(const report *r, const sentence *s) {
    u32 root = NONE;
    for (u32 i = s->first_token; i < s->end_token; i++) {
        root = r->tokens.items[i].head == NONE ? i : root;
    }
    u8 tag = root == NONE ? UPOS_X : r->tokens.items[root].upos;
    for (u32 i = s->first_token; i < s->end_token; i++) {
        const token *t = &r->tokens.items[i];
        bool predicative = t->head == root && (t->deprel == DEPREL_cop || t->deprel == DEPREL_nsubj || t->deprel == DEPREL_case);
        if (predicative || (is_finite(t->xpos) && t->head != root)) {
            return NONE;
        }
    }
    return tag == UPOS_NOUN || tag == UPOS_PROPN ? root : NONE;
}

/* The participle that describes the root, alone of its kind in the sentence and with no doer behind it. */
static u32 hidden_verb(const report *r, const sentence *s, u32 root) {
    u32 verb = NONE;
    for (u32 i = s->first_token; i < s->end_token; i++) {
        const token *t = &r->tokens.items[i];
        bool past = t->xpos == XPOS_VBN || t->xpos == XPOS_VBD;
        if (t->head == root && i > root && t->deprel == DEPREL_acl && past && verb == NONE) {
            verb = i;
        } else if (is_finite(t->xpos)) {
            return NONE;
        }
    }
    for (u32 i = s->first_token; i < s->end_token && verb != NONE; i++) {
        const token *t = &r->tokens.items[i];
        bool passive = t->head == verb && (t->deprel == DEPREL_obl_agent || t->deprel == DEPREL_aux_pass || t->deprel == DEPREL_aux);
        verb = passive ? NONE : verb;
    }
    return verb;
}

bool mend_finite(report *r, const sentence *s) {
    u32 root = ends_in_stop(r, s) ? bare_root(r, s) : NONE, verb = root == NONE ? NONE : hidden_verb(r, s, root);
    if (verb == NONE) {
        return false;
    }
    for (u32 i = verb + 1; i < s->end_token; i++) {
        token *t = &r->tokens.items[i];
        if (t->head == root) { /* what follows the verb is the verb's */
            t->head = verb;
            t->deprel = t->deprel == DEPREL_nmod ? DEPREL_obl : t->deprel == DEPREL_acl ? DEPREL_advcl : t->deprel;
        }
    }
    token *v = &r->tokens.items[verb], *n = &r->tokens.items[root];
    v->head = NONE;
    v->deprel = DEPREL_root;
    v->xpos = XPOS_VBD;
    n->head = verb;
    n->deprel = DEPREL_nsubj;
    return true;
}

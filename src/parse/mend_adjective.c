// SPDX-License-Identifier: Apache-2.0
/* In: the tree of a sentence.  Out: the same, where participles that only describe are adjectives again.
 *
 *     Syria withdrew its troops from neighboring Lebanon.
 *       neighboring <-advcl- withdrew, Lebanon <-obj- neighboring, from <-mark- neighboring
 *       Lebanon <-obl- withdrew, neighboring <-amod- Lebanon, from <-case- Lebanon
 *
 * The network knows "from bombing Lebanon" and takes one for the other.  Which words are meant stands in
 * lang/en/irregular.tsv under ADJ. */
#include "parse/mend_adjective.h"

#include "parse/labels.h"

/* What the noun behind it is to the participle, or NONE. */
static u32 described(const report *r, const sentence *s, u32 at) {
    for (u32 i = at + 1; i < s->end_token; i++) {
        const token *t = &r->tokens.items[i];
        bool noun = t->upos == UPOS_NOUN || t->upos == UPOS_PROPN;
        if (t->head == at) {
            return t->deprel == DEPREL_obj && noun ? i : NONE;
        }
        if (!noun && t->upos != UPOS_ADJ && t->upos != UPOS_PUNCT) {
            return NONE;
        }
    }
    return NONE;
}

static deprel relation_of(const report *r, const token *t, bool marked) {
    u8 above = t->head == NONE ? UPOS_VERB : r->tokens.items[t->head].upos;
    bool nominal = above == UPOS_NOUN || above == UPOS_PROPN;
    return !marked ? DEPREL_obj : nominal ? DEPREL_nmod : DEPREL_obl;
}

static void turn(report *r, const sentence *s, u32 at, u32 noun) {
    token *t = &r->tokens.items[at], *n = &r->tokens.items[noun];
    u32 above = t->head;
    bool marked = false;
    for (u32 i = s->first_token; i < s->end_token; i++) {
        token *child = &r->tokens.items[i];
        if (child->head != at || i == noun) {
            continue;
        }
        if (child->deprel == DEPREL_mark && i < at) {
            child->deprel = DEPREL_case;
            child->upos = UPOS_ADP;
            marked = true;
        }
        child->head = i < noun || above == NONE ? noun : above;
    }
    n->deprel = (u8)relation_of(r, t, marked);
    n->head = above;
    t->head = noun;
    t->deprel = DEPREL_amod;
    t->upos = UPOS_ADJ;
    t->xpos = XPOS_JJ;
}

void mend_adjectives(const irregular_forms *forms, report *r, const sentence *s) {
    for (u32 i = s->first_token; i + 1 < s->end_token; i++) {
        token *t = &r->tokens.items[i];
        symbol lemma = t->upos == UPOS_VERB ? irregular_find(forms, t->lower, UPOS_ADJ) : NONE;
        u32 noun = lemma == NONE || t->head == NONE ? NONE : described(r, s, i);
        if (noun != NONE) {
            turn(r, s, i, noun);
            t->lemma = lemma;
        }
    }
}

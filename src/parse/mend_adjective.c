// SPDX-License-Identifier: Apache-2.0
/* In: the tree of a sentence.  Out: the same, where participles that only describe are adjectives again.
 *
 *     Syria withdrew its troops from neighboring Lebanon.
 *       neighboring <-advcl- withdrew, Lebanon <-obj- neighboring, from <-mark- neighboring
 *       Lebanon <-obl- withdrew, neighboring <-amod- Lebanon, from <-case- Lebanon
 *
 * The network knows "from bombing Lebanon" and takes one for the other.  Which words are meant stands in
 * lang/en/irregular.tsv under ADJ. */
#include "parse/mend.h"

/* What the noun behind it is to the participle, or NONE. */
static u32 described(const mending *m, u32 participle) {
    for (u32 i = participle + 1; i < m->s->end_token; i++) {
        const token *t = at(m, i);
        if (t->head == participle) {
            return t->deprel == DEPREL_obj && is_noun(t) ? i : NONE;
        }
        if (!is_noun(t) && t->upos != UPOS_ADJ && t->upos != UPOS_PUNCT) {
            return NONE;
        }
    }
    return NONE;
}

static deprel relation_of(const mending *m, const token *t, bool marked) {
    bool nominal = t->head != NONE && is_noun(at(m, t->head));
    return !marked ? DEPREL_obj : nominal ? DEPREL_nmod : DEPREL_obl;
}

static void turn(const mending *m, u32 participle, u32 noun) {
    token *t = at(m, participle), *n = at(m, noun);
    u32 above = t->head;
    bool marked = false;
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        token *child = at(m, i);
        if (child->head != participle || i == noun) {
            continue;
        }
        if (child->deprel == DEPREL_mark && i < participle) {
            child->deprel = DEPREL_case;
            child->upos = UPOS_ADP;
            marked = true;
        }
        child->head = i < noun || above == NONE ? noun : above;
    }
    n->deprel = (u8)relation_of(m, t, marked);
    n->head = above;
    t->head = noun;
    t->deprel = DEPREL_amod;
    t->upos = UPOS_ADJ;
    t->xpos = XPOS_JJ;
}

void mend_adjectives(const mending *m) {
    for (u32 i = m->s->first_token; i + 1 < m->s->end_token; i++) {
        token *t = at(m, i);
        symbol lemma = t->upos == UPOS_VERB ? irregular_find(m->irregular, t->lower, UPOS_ADJ) : NONE;
        u32 noun = lemma == NONE || t->head == NONE ? NONE : described(m, i);
        if (noun != NONE) {
            turn(m, i, noun);
            t->lemma = lemma;
        }
    }
}

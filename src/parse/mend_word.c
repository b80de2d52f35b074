// SPDX-License-Identifier: Apache-2.0
/* In: tagged words.  Out: the same, with tags and lemmas that their spelling allows.
 *
 *     the Cypriot president/PROPN said      president/NOUN: names have capitals
 *     the Houthis/PRON promised             Houthis/PROPN: pronouns have none
 *     a militia/NN, lemma militium          militia: a singular is its own lemma
 *
 *     ECOWAS/AUX sent troops   ECOWAS/PROPN: in capitals it helps no verb
 *     Police shot/VBP ten men   shot/VBD: the present of "shoot" is spelt so
 *     Doubts/NNPS remain, a person     Doubts/NNS: nobody is called by a plural
 *
 * Words at the start of a sentence and sentences all in capitals tell nothing more and are left alone. */
#include "parse/mend.h"

#define WORD_LETTERS 4 /* shorter small words stand inside names: "de", "bin", "al" */

static bool is_small(const report *r, const token *t) {
    span form = report_cut(r, t->text);
    bool letters = form.len >= WORD_LETTERS;
    for (size_t i = 0; i < form.len && letters; i++) {
        letters = form.ptr[i] >= 'a' && form.ptr[i] <= 'z';
    }
    return letters;
}

static bool is_capitalized(const report *r, const token *t) {
    span form = report_cut(r, t->text);
    return form.len > 1 && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z' && form.ptr[1] >= 'a' && form.ptr[1] <= 'z';
}

static bool ends_in_s(const report *r, const token *t) {
    span form = report_cut(r, t->text);
    return form.len > 0 && form.ptr[form.len - 1] == 's';
}

/* A small word that is no part of a name. */
static void mend_small_name(const report *r, token *t) {
    if (t->upos != UPOS_PROPN || t->deprel == DEPREL_flat || !is_small(r, t)) {
        return;
    }
    t->upos = UPOS_NOUN;
    t->xpos = t->xpos == XPOS_NNPS ? XPOS_NNS : XPOS_NN;
    t->lemma = t->xpos == XPOS_NN ? t->lower : t->lemma;
    t->name = NAME_NONE;
}

/* "Doubts remain": a plural that opens the sentence and is taken for one person. */
static void mend_plural_person(report *r, token *t, const token *next) {
    bool alone = t->xpos == XPOS_NNPS && t->name == NAME_PER && t->name_begins && (next->name == NAME_NONE || next->name_begins) && next->upos != UPOS_PROPN;
    if (alone && is_capitalized(r, t)) {
        t->upos = UPOS_NOUN;
        t->xpos = XPOS_NNS;
        t->lemma = symbols_add_lower(&r->words, symbols_text(&r->words, t->lemma));
        t->name = NAME_NONE;
        t->name_begins = false;
    }
}

/* "the Houthis": behind a small article a capital makes a name. */
static void mend_capital_pronoun(const report *r, const token *before, bool opens, token *t) {
    bool closed = t->upos == UPOS_PRON || t->upos == UPOS_DET || (t->upos == UPOS_PROPN && t->xpos == XPOS_DT);
    if (!closed || before->upos != UPOS_DET || (before->form != before->lower && !opens) || !is_capitalized(r, t)) {
        return;
    }
    t->upos = UPOS_PROPN;
    t->xpos = ends_in_s(r, t) ? XPOS_NNPS : XPOS_NNP;
    t->lemma = t->form;
}

/* "Burkina Faso": the second word of a name is one too. */
static void mend_inner_name(const report *r, const token *before, token *t) {
    bool inner = t->name != NAME_NONE && !t->name_begins && before->upos == UPOS_PROPN && t->upos == UPOS_ADV && is_capitalized(r, t);
    if (inner) {
        t->upos = UPOS_PROPN;
        t->xpos = XPOS_NNP;
        t->lemma = t->form;
        t->deprel = t->deprel == DEPREL_advmod ? DEPREL_flat : t->deprel;
    }
}

/* "urged Togo to help": within a sentence a capital makes no adverb, and behind a verb a name is its object. */
static void mend_capital_adverb(const report *r, const token *before, token *t) {
    if ((t->upos == UPOS_ADV || t->xpos == XPOS_RB) && t->name == NAME_LOC && t->name_begins && t->deprel == DEPREL_advmod && before->upos == UPOS_VERB && is_capitalized(r, t)) {
        t->upos = UPOS_PROPN;
        t->xpos = XPOS_NNP;
        t->lemma = t->form;
        t->deprel = DEPREL_obj;
    }
}

/* "Houthi negotiators": an organisation's name of one word is a name before a noun, too. */
static void mend_group_adjective(const report *r, const token *next, token *t) {
    bool alone = t->name == NAME_ORG && t->name_begins && (next->name == NAME_NONE || next->name_begins);
    if (alone && t->upos == UPOS_ADJ && is_capitalized(r, t) && next->upos == UPOS_NOUN) {
        t->upos = UPOS_PROPN;
        t->xpos = XPOS_NNP;
        t->deprel = t->deprel == DEPREL_amod ? DEPREL_compound : t->deprel;
    }
}

/* "USAID officials", "the minister and USAID acting head": before a noun or joined to a name, a word all in capitals is no verb. */
static void mend_initials(const report *r, token *t) {
    span form = report_cut(r, t->text);
    bool joined = t->deprel == DEPREL_conj && t->head != NONE && report_token(r, t->head)->upos == UPOS_PROPN;
    bool initials = t->upos == UPOS_VERB && form.len > 2 && (t->deprel == DEPREL_amod || t->deprel == DEPREL_compound || joined);
    for (size_t i = 0; i < form.len && initials; i++) {
        initials = form.ptr[i] >= 'A' && form.ptr[i] <= 'Z';
    }
    if (initials) {
        t->upos = UPOS_PROPN;
        t->xpos = XPOS_NNP;
        t->lemma = t->form;
    }
}

/* "The WHO urged", "ECOWAS sent troops": in capitals no word asks or helps a verb. */
static void mend_function_initials(const mending *m, u32 index) {
    token *t = &m->r->tokens.items[index];
    span form = report_form(m->r, index);
    bool initials = form.len > 2 && (t->upos == UPOS_AUX || (t->upos == UPOS_PRON && t->xpos == XPOS_WP));
    for (size_t i = 0; i < form.len && initials; i++) {
        initials = form.ptr[i] >= 'A' && form.ptr[i] <= 'Z';
    }
    if (!initials) {
        return;
    }
    bool helps = t->deprel == DEPREL_aux_pass || t->deprel == DEPREL_aux || t->deprel == DEPREL_cop;
    t->upos = UPOS_PROPN;
    t->xpos = XPOS_NNP;
    t->lemma = t->form;
    if (helps && t->head != NONE && t->head > index && mend_subject_of(m, t->head) == NONE) {
        t->deprel = DEPREL_nsubj;
        at(m, t->head)->xpos = at(m, t->head)->xpos == XPOS_VBN ? XPOS_VBD : at(m, t->head)->xpos;
    }
}

/* "Police shot ten men": a form of the past alone is no present, and no noun where it is a verb. */
static void mend_past_form(const mending *m, token *t) {
    bool present = t->upos == UPOS_VERB && (t->xpos == XPOS_VBP || t->xpos == XPOS_NN);
    symbol lemma = present ? irregular_find(m->irregular, t->lower, UPOS_VERB) : NONE;
    if (lemma != NONE && lemma != t->lower) {
        t->xpos = XPOS_VBD;
        t->lemma = lemma;
    }
}

/* Is the sentence, but for its first word, all in capitals? */
static bool has_small_word(const report *r, const sentence *s) {
    bool found = false;
    for (u32 i = s->first_token; i < s->end_token && !found; i++) {
        found = is_small(r, &r->tokens.items[i]);
    }
    return found;
}

void mend_words(const mending *m) {
    report *r = m->r;
    const sentence *s = m->s;
    u32 first = s->first_token;
    first += first + 1 < s->end_token && r->tokens.items[first].upos == UPOS_PUNCT; /* a quotation mark */
    bool capitals = is_capitalized(r, &r->tokens.items[first]); /* "does anybody know where iran is" */
    bool mixed = has_small_word(r, s);
    for (u32 i = s->first_token; i < s->end_token; i++) {
        token *t = &r->tokens.items[i];
        mend_past_form(m, t);
        if (mixed) {
            mend_function_initials(m, i);
        }
        if (i > s->first_token) {
            if (mixed) {
                mend_initials(r, t);
            }
            if (capitals) {
                mend_small_name(r, t);
            }
            mend_capital_pronoun(r, t - 1, i == s->first_token + 1, t);
            mend_inner_name(r, t - 1, t);
            mend_capital_adverb(r, t - 1, t);
        }
        if (i + 1 < s->end_token) {
            if (i == first) {
                mend_plural_person(r, t, t + 1);
            }
            mend_group_adjective(r, t + 1, t);
        }
        if (t->upos == UPOS_NOUN && t->xpos == XPOS_NN && t->lemma != t->lower && is_small(r, t)) {
            t->lemma = t->lower;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
/* What grammar knows and the network may miss: trees are put right by rules, each of a class of sentences.
 *
 *   mend_word.c       tags and lemmas that spelling tells
 *   mend_verb.c       verbs that were read as nouns and adjectives, the subjects and objects they lack
 *   mend_order.c      arcs that the order of English words forbids
 *   mend_phrase.c     phrases that were torn apart
 *   mend_role.c       roles that are given twice, or to a word that cannot have them
 *   mend_clause.c     clauses whose verb was misread, or whose edge
 *   mend_finite.c     a sentence without a finite verb
 *   mend_adjective.c  participles that only describe
 *   mend.c            takes a sentence through all of them; what they share
 *
 * Words they go by stand in lang/en/mend.tsv.  A rule undoes what cannot be, so that a right tree stays as it is. */
#ifndef DRG_PARSE_MEND_H
#define DRG_PARSE_MEND_H

#include "parse/irregular.h"
#include "parse/labels.h"

typedef enum { MEND_CONJUNCTION, MEND_PARTICLE, MEND_PAIR, MEND_TWOFOLD, MEND_QUESTION, MEND_EXPLETIVE, MEND_THAT, MEND_HAVE, MEND_INFINITIVE, MEND_ASPECT, MEND_WANTING, MEND_NOUN, MEND_ORIGIN, MEND_FROM, MEND_OWED, MEND_UNDER, MEND_TERM, MEND_PREPOSITION, MEND_AGENT, MEND_MANNER, MEND_WITHIN, MEND_COMPLEMENT, MEND_INTENT, MEND_COMPANY, MEND_TELLING, MEND_VERB, MEND_IMPERSONAL, MEND_CLASS_COUNT } mend_class;

typedef struct {
    map classes; /* lower-case word -> bits of mend_class */
    span past;   /* "ed": how a regular past tense ends */
    span gerund; /* "ing" */
} mend_tables;

/* One sentence under repair. */
typedef struct {
    const mend_tables *tables;
    const irregular_forms *irregular;
    report *r;
    const sentence *s;
} mending;

/* Reads lang/en/mend.tsv. */
drg_status mend_open(mend_tables *tables, knowledge *k, drg_error *error);
/* All mends of one sentence, in their order. */
void mend_sentence(const mending *m);

/* The stages of it.  mend_finite: false when there is nothing to mend. */
void mend_words(const mending *m);
void mend_verbs(const mending *m);
void mend_order(const mending *m);
void mend_phrases(const mending *m);
void mend_roles(const mending *m);
void mend_clauses(const mending *m);
bool mend_finite(const mending *m);
void mend_adjectives(const mending *m);

/* ------------------------------------------------------------------ what they share */

static inline token *at(const mending *m, u32 index) { return &m->r->tokens.items[index]; }
static inline bool is_noun(const token *t) { return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN; }
static inline bool is_past(const token *t) { return t->xpos == XPOS_VBD || t->xpos == XPOS_VBN; }
static inline bool is_present(const token *t) { return t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP; }
static inline bool is_finite(const token *t) { return t->upos == UPOS_VERB && (t->xpos == XPOS_VBD || is_present(t)); }

/* The first child of `head` with the relation, or NONE. */
u32 mend_child(const mending *m, u32 head, deprel relation);
u32 mend_subject_of(const mending *m, u32 verb);
void mend_hang(const mending *m, u32 index, u32 head, deprel relation);
/* NONE is of no class. */
bool mend_is(const mending *m, u32 index, mend_class class);

#endif

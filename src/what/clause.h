// SPDX-License-Identifier: Apache-2.0
/* The clause layer: predicate-argument structure, once, for all frames. */
#ifndef DRG_WHAT_CLAUSE_H
#define DRG_WHAT_CLAUSE_H

#include "what/tree.h"

typedef enum {
    CLASS_NEGATION,
    CLASS_MODAL,
    CLASS_FUTURE,
    CLASS_CONDITION,
    CLASS_PURPOSE,
    CLASS_LIGHT,
    CLASS_OBJECT_CONTROL,
    CLASS_PARTITIVE,
    CLASS_PASSIVE_LIGHT,
    CLASS_GO_UNDER,
    CLASS_TIME_NOUN,
    CLASS_MESSAGE,
    CLASS_MEASURE,
    CLASS_RELATIVE,
    CLASS_PERFECT,
    CLASS_PROGRESSIVE,
    CLASS_PREPOSITION,
    CLASS_REPORTED_FUTURE,
    CLASS_CONTENT_NOUN,
    CLASS_UNDER,
    CLASS_INNER,
    CLASS_PHRASAL,
    CLASS_NAMING,
    CLASS_IDIOM,
    CLASS_SHARED,
    CLASS_TERROR,
    CLASS_CAUSE,
    CLASS_GROUND,
    CLASS_AIMED,
    CLASS_JUDGING,
    CLASS_FIRING,
    CLASS_WISH,
    CLASS_PEER,
    CLASS_SETTING,
    CLASS_SCHEDULED,
    CLASS_EACH,
    CLASS_OTHER,
    CLASS_COUNT
} clause_class;

typedef struct {
    map classes;     /* lemma -> index */
    LIST(u64) sets;  /* bits of clause_class */
    symbol by, of, to, in, up, with, between, from, or, before;
} clause_tables;

drg_status clause_open(clause_tables *tables, knowledge *k, drg_error *error);
/* "arrested" and not "arresting": of the two participles without an auxiliary. */
bool clause_is_past_participle(const report *r, u32 verb);
bool clause_word_is(const clause_tables *tables, symbol lemma, clause_class class);

/* Which lemmas are triggers: nouns and adjectives among them become predicates too. */
typedef struct {
    const map *verbs, *nouns, *adjectives; /* lemma -> anything but NONE */
} clause_triggers;

/* Mends trees that hang a charge on who brings it, a neighbour on the verb (rehang.c). */
void clause_rehang(const clause_tables *tables, report *r);
/* Fills r->predicates, r->arguments and r->predicate_at. */
drg_status clause_run(const clause_tables *tables, const clause_triggers *nominals, const tree *t, report *r);

#endif

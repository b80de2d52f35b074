// SPDX-License-Identifier: Apache-2.0
/* The arguments of a verb that do not hang where they should: a part of the clause layer. */
#ifndef DRG_WHAT_STRAY_H
#define DRG_WHAT_STRAY_H

#include "what/clause.h"

typedef struct {
    const clause_tables *tables;
    const clause_triggers *triggers;
    const tree *t;
    report *r;
    bool full; /* memory ran out */
} clause_work;

void stray_add_argument(clause_work *w, argument a);
/* The preposition of an oblique, lower case ("out of" gives "of"), or NONE. */
symbol stray_preposition_of(const clause_work *w, u32 head);
/* "carried out" is one lemma: carry_out. */
symbol stray_join_words(clause_work *w, symbol one, symbol other);

bool stray_is_late_object(const clause_work *w, u32 verb, u32 child);
bool stray_is_first_of_two(const clause_work *w, u32 verb, u32 object);
bool stray_is_true_object(const clause_work *w, u32 verb);
void stray_find_complement(clause_work *w, u32 object);
void stray_find_raised_object(clause_work *w, u32 verb, u32 clause);

/* Both look at the verb's arguments from `first` on and add what is missing. */
void stray_find_agent(clause_work *w, u32 verb, u32 first);
void stray_find_particle_object(clause_work *w, u32 verb, u32 first);

#endif

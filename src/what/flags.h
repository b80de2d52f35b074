// SPDX-License-Identifier: Apache-2.0
/* PREDICATE_ flags of a verb or of a noun that names a deed. */
#ifndef DRG_WHAT_FLAGS_H
#define DRG_WHAT_FLAGS_H

#include "what/clause.h"

/* Is the word that the tree takes for an agent one: "by" before it and a passive above? */
bool flags_is_agent(const clause_tables *tables, const tree *t, const report *r, u32 index);
u32 flags_of_verb(const clause_tables *tables, const tree *t, const report *r, u32 verb);
u32 flags_of_noun(const clause_tables *tables, const tree *t, const report *r, u32 noun);

#endif

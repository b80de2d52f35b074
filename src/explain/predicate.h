// SPDX-License-Identifier: Apache-2.0
/* What explain and dict why say of a predicate. */
#ifndef DRG_EXPLAIN_PREDICATE_H
#define DRG_EXPLAIN_PREDICATE_H

#include <stdio.h>

#include "report.h"

/* "  subject: Rebels [SYR REB]  object: town  on: Friday"; nothing where it has none. */
void predicate_print_arguments(FILE *out, const report *r, const predicate *p);
/* The words of a party; of one that a frame named for a side left out, that name ("the police"). */
span predicate_party_words(const report *r, u32 mention_index);
/* A party that no word of the report stands for. */
bool predicate_party_is_named(const report *r, u32 mention_index);

#endif

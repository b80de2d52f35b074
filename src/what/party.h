// SPDX-License-Identifier: Apache-2.0
/* From an argument's words to the actors it stands for. */
#ifndef DRG_WHAT_PARTY_H
#define DRG_WHAT_PARTY_H

#include "what/clause.h"

#define PARTY_ROOM 24 /* parties of one side; more are left out */

typedef struct {
    u32 mentions[PARTY_ROOM];
    u32 count;
    u32 last_head;  /* token of the last head used, for the evidence */
    bool derived;   /* found inside the phrase ("Syrian" in "a Syrian depot"), not as its head */
} party_list;

/* Adds the mentions that the phrase headed by `head` stands for: its conjuncts, what partitives
 * measure ("dozens of protesters"), and, when `deep`, the owner of a thing ("a Russian base",
 * "Iran's oil exports", "the house of a minister"). */
void party_collect(const clause_tables *tables, const tree *t, const report *r, u32 head, bool deep, party_list *out);

#endif

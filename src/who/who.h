// SPDX-License-Identifier: Apache-2.0
/* who: from names, nouns and pronouns to mentions, entities and actor codes.
 *
 * Reads tokens (tags, tree, name spans) and places; fills report.mentions (by first token),
 * report.entities, report.members and report.mention_at.  The rest of this header are the
 * questions later stages ask. */
#ifndef DRG_WHO_WHO_H
#define DRG_WHO_WHO_H

#include "report.h"

typedef struct who_tables who_tables;
typedef struct where_tables where_tables;
drg_status who_open(who_tables **out, knowledge *k, where_tables *places, drg_error *error);
drg_status who_run(const who_tables *tables, report *r, drg_error *error);
void who_close(who_tables *tables);

/* The mention whose head is `token`; else the one that covers it as part of its own words
 * ("Javad" of "Foreign Minister Javad Zarif"); else NONE.  Constant time. */
u32 who_mention_of(const report *r, u32 token);
/* The code to print for a mention: its own, else its entity's. */
actor_code who_code_of(const report *r, u32 mention);
/* The mention stands for one deed's party of another sector than its words' own (what/seat.c): they are listed already. */
bool who_is_twin(const report *r, u32 mention);
/* A town or place that no table of actors knows. */
static inline bool who_is_town(const mention *m) { return m->is_place && m->why.file == NONE; }
/* The country that the news item around the token is about, as a primary without sector; empty when none is named. */
actor_code who_country_at(const report *r, u32 at_token);

/* Complains of names that mean two things at one time in one file, notes those that stand twice in a user's list. */
void who_check(const who_tables *tables, knowledge *k);

#endif

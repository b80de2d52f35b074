// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_WHAT_MATCH_H
#define DRG_WHAT_MATCH_H

#include "what/clause.h"
#include "what/frames.h"
#include "what/verbs.h"

/* Predicates x the user's verbs, then x frames -> r->deeds, r->parties. */
drg_status match_run(const frame_tables *frames, const verb_tables *verbs, const clause_tables *clauses, const tree *t, report *r);

#endif

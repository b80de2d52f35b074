// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_WHAT_VERB_DEED_H
#define DRG_WHAT_VERB_DEED_H

#include "what/matching.h"
#include "what/verbs.h"

/* Codes the report by the user's verbs -> r->deeds, r->parties.  `spoken` [predicates] is set for those
 * that are then not for our frames: coded, coded as nothing, or the content of what was coded. */
drg_status verb_code_report(const matching *w, const verb_tables *verbs, bool *spoken);

#endif

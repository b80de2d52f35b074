// SPDX-License-Identifier: Apache-2.0
/* Which word of a clause is its verb, where the network takes another for it. */
#ifndef DRG_PARSE_MEND_VERB_H
#define DRG_PARSE_MEND_VERB_H

#include "report.h"

/* Finds verbs taken for nouns or adjectives, and the subjects and objects they lack, in place. */
void mend_verbs(report *r, const sentence *s);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Phrases that the network tears apart. */
#ifndef DRG_PARSE_MEND_PHRASE_H
#define DRG_PARSE_MEND_PHRASE_H

#include "report.h"

/* Joins them again, in place. */
void mend_phrases(report *r, const sentence *s);

#endif

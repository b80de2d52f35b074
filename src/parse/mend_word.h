// SPDX-License-Identifier: Apache-2.0
/* What spelling knows of a word and the network may miss. */
#ifndef DRG_PARSE_MEND_WORD_H
#define DRG_PARSE_MEND_WORD_H

#include "report.h"

/* Tags and lemmas of a sentence's words, mended in place. */
void mend_words(report *r, const sentence *s);

#endif

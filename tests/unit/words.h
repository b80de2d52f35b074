// SPDX-License-Identifier: Apache-2.0
/* A report made of plain words for tests of single stages: tokens are runs of letters and digits
 * (with . , : ' - / inside them) or single marks; a sentence ends behind `.`, `!`, `?` or a line
 * break.  There are no tags and no trees: every head is NONE. */
#ifndef DRG_TESTS_WORDS_H
#define DRG_TESTS_WORDS_H

#include "report.h"

/* Opens `r` over the knowledge's words in `memory` and fills text, sentences and tokens. */
bool words_open(report *r, const knowledge *k, arena *memory, span text);

#endif

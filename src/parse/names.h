// SPDX-License-Identifier: Apache-2.0
/* The layers behind the encoder that find names, and the best sequence of their labels. */
#ifndef DRG_PARSE_NAMES_H
#define DRG_PARSE_NAMES_H

#include "parse/encode.h"

/* Scores of the labels of all words of a batch, into e->names, after encode_run. */
void names_score(const parse_model *model, encoding *e);
/* The best labels of a piece's words: 0 is O, kind k begins with 2k-1 and goes on with 2k. */
void names_decode(const parse_model *model, const encoding *e, const piece *at, u8 *labels);

#endif

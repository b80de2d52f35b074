// SPDX-License-Identifier: Apache-2.0
/* The second reading: block 't' looks along the arcs of a first tree instead of along the words.
 *
 *     Rebels who attacked the base fled.      window of "Rebels":  fled | Rebels | attacked
 *
 * The first tree is each word's best head by the block's own arc scores; it need not be a tree. */
#ifndef DRG_PARSE_GATHER_H
#define DRG_PARSE_GATHER_H

#include "parse/encode.h"

/* Writes e->window for block `b`, [rows][3 width]: head, word, mean of children, from e->h; zeros for what is not there.
 * e->tree and e->query are used meanwhile. */
void gather_windows(const parse_model *model, encoding *e, u32 b);

#endif

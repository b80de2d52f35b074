// SPDX-License-Identifier: Apache-2.0
/* From scores of heads to a tree: the maximum spanning arborescence with one root. */
#ifndef DRG_PARSE_TREE_H
#define DRG_PARSE_TREE_H

#include "base/arena.h"

typedef struct tree_work tree_work;
/* Scratch for sentences of up to `longest` words; NULL when memory is out. */
tree_work *tree_open(u32 longest, arena *memory);
/* Where the scores of word `i` (0-based) go: [count + 1], 0 = root. */
i32 *tree_scores(tree_work *work, u32 count, u32 i);
/* Heads of all words (0 = root, else 1-based). */
void tree_decode(tree_work *work, u32 count, u32 *heads);

#endif

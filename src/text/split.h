// SPDX-License-Identifier: Apache-2.0
/* Parts the tokens of a block into sentences. */
#ifndef DRG_TEXT_SPLIT_H
#define DRG_TEXT_SPLIT_H

#include "text/lists.h"

/* Appends the sentences of the tokens from `first_token` to the last; `whole` makes them one.
 * False when memory is out. */
bool split_block(const text_tables *tables, report *r, u32 of_block, u32 first_token, bool whole);

#endif

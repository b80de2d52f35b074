// SPDX-License-Identifier: Apache-2.0
/* One report, one kind a name: what the network found in single sentences is made to agree, the
 * world's tables having votes too. */
#ifndef DRG_PARSE_AGREE_H
#define DRG_PARSE_AGREE_H

#include "parse/beside.h"

typedef struct {
    const name_tables *tables;
    const beside_words *beside;
    const i32 (*scores)[NAME_COUNT]; /* [token] how well each kind suits the word in its place; 0: no name */
    i32 unit;                        /* a score's natural logarithm of 1 */
} name_votes;

/* Changes name and name_begins of r->tokens; false when memory is out. */
bool agree_names(report *r, const name_votes *votes, arena *scratch);

#endif

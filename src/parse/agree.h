// SPDX-License-Identifier: Apache-2.0
/* One report, one kind a name: the kinds that the network gave to the same words in different
 * sentences are made to agree, the world's tables having votes too. */
#ifndef DRG_PARSE_AGREE_H
#define DRG_PARSE_AGREE_H

#include "parse/known.h"

/* Changes name and name_begins of r->tokens; false when memory is out. */
bool agree_names(report *r, const known_names *known, arena *scratch);

#endif

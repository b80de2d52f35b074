// SPDX-License-Identifier: Apache-2.0
/* Which language a text is in, told by its small words. */
#ifndef DRG_READ_LANGUAGE_H
#define DRG_READ_LANGUAGE_H

#include "read/tables.h"

/* "en", another code of languages.tsv, or "und".  `is_sure` is false for a text too short to tell. */
span language_find(const read_tables *tables, span text, bool *is_sure);

#endif

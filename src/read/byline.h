// SPDX-License-Identifier: Apache-2.0
/* Who wrote a report. */
#ifndef DRG_READ_BYLINE_H
#define DRG_READ_BYLINE_H

#include "read/tables.h"

/* "By Anna Smith and Li Wei | Moscow" to "Anna Smith and Li Wei"; empty where no writer is named: an
 * address, the outlet itself.  Part of `text`. */
span byline_clean(span text, span outlet);
/* A short line that is nothing but names: "Anna Smith, Li Wei". */
bool byline_is_names(span text);
/* Fills r->byline from what the caller gave, from `found_on_page`, else from the report's own credit
 * lines "By ...". */
void byline_find(report *r, span found_on_page);

#endif

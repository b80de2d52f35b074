// SPDX-License-Identifier: Apache-2.0
/* Plain text to paragraphs, and paragraphs to blocks. */
#ifndef DRG_READ_PLAIN_H
#define DRG_READ_PLAIN_H

#include "read/tables.h"

typedef LIST(range) range_list;

/* The paragraphs of r->text, trimmed, in order.  False when memory is out. */
bool plain_split(const read_tables *tables, report *r, range_list *paragraphs);
/* Sorts the paragraphs into r->blocks by what they say and look like, and collects the sources they
 * state.  False when memory is out. */
bool plain_judge(const read_tables *tables, report *r, const range_list *paragraphs);

/* The domains ("presstv.com") and, behind a colon, the names in a remark on where a report is from. */
bool source_collect(report *r, span remark);

#endif

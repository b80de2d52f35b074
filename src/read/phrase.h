// SPDX-License-Identifier: Apache-2.0
/* Tells a newspaper's own remarks (furniture, credits, captions) from its report, block by block. */
#ifndef DRG_READ_PHRASE_H
#define DRG_READ_PHRASE_H

#include "read/tables.h"

typedef struct {
    block_kind kind;
    bool opens_section; /* short lines behind it are furniture too */
    bool names_sources; /* look for stated sources in it */
    source_line why;    /* file NONE: by its shape */
} phrase_verdict;

/* Fills phrases, agencies, months, languages and page names of the tables. */
drg_status phrase_open(read_tables *tables, drg_error *error);
/* What kind of block this text is; BLOCK_PARAGRAPH or BLOCK_HEADING when nothing speaks against. */
phrase_verdict phrase_judge(const read_tables *tables, span text);
/* Does the folded text hold the phrase where it must? */
bool phrase_matches(span folded, span pattern, phrase_where where);
/* The map key of the word that folded text begins with; 0 when it begins with a mark. */
u64 phrase_key(span folded);
/* Capitalised words behind "By". */
bool phrase_is_byline(span text);
/* Ends with . ? ! … or such a mark and closing quotes or brackets. */
bool ends_sentence(span text);
/* Ends with a photographer and an agency: "(Muhammad Hamed/Reuters)", "REUTERS/Anna Smith". */
bool ends_in_photo_credit(const read_tables *tables, span text);

#endif

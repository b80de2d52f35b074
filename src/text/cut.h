// SPDX-License-Identifier: Apache-2.0
/* Cuts one block of text into the words of Universal Dependencies. */
#ifndef DRG_TEXT_CUT_H
#define DRG_TEXT_CUT_H

#include "text/lists.h"

typedef struct {
    const text_tables *tables;
    report *r;
    span text;        /* the report's text up to the end of the block: offsets are the report's */
    u32 first_token;  /* of the block */
    u32 quotes;       /* single quotation marks now open in the block */
    bool blank;       /* blanks stand before the next token */
    bool full;        /* memory is out */
} cutter;

/* Appends the tokens of bytes `at` of the report; false when memory is out. */
bool cut_block(const text_tables *tables, report *r, range at);

/* used between the files of this folder */
void cut_emit(cutter *c, u32 start, u32 end, bool joined);
/* One word of letters with its clitics: "don't" -> "do", "n't". */
void cut_clitics(cutter *c, u32 start, u32 end);
/* Each of these cuts what begins at `at` and returns where it ends. */
u32 cut_word(cutter *c, u32 at, u32 end);
u32 cut_number(cutter *c, u32 at, u32 end);
u32 cut_mark(cutter *c, u32 at, u32 end);
/* The end of an address, e-mail, hashtag or handle that begins at `at`, else `at`. */
u32 cut_find_address(const cutter *c, u32 at, u32 end);

static inline char cut_byte(const cutter *c, u32 at, u32 end) { return at < end ? c->text.ptr[at] : ' '; }

#endif

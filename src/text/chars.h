// SPDX-License-Identifier: Apache-2.0
/* What a character is to the tokenizer.  ASCII goes by table, the rest by Unicode category. */
#ifndef DRG_TEXT_CHARS_H
#define DRG_TEXT_CHARS_H

#include "base/utf8.h"

typedef enum {
    CHAR_BLANK,      /* space, tab, line ends, no-break space */
    CHAR_LETTER,     /* also the underscore, which holds names together */
    CHAR_DIGIT,
    CHAR_EXTEND,     /* combining marks, joiners, direction marks: belong to what stands before */
    CHAR_APOSTROPHE, /* ' and its curly and grave forms */
    CHAR_POINT,      /* . */
    CHAR_HYPHEN,     /* - and the Unicode hyphens, not the dashes */
    CHAR_MARK,       /* every other sign */
} char_kind;

/* Kind and size in bytes of the character at `at`; CHAR_BLANK of size 0 at or behind `end`. */
char_kind char_kind_at(span text, u32 at, u32 end, u32 *size);
/* True when the token needs a lower-case form of its own: capitals or bytes outside ASCII. */
bool char_needs_folding(span word);
/* Lower case without joiners, soft hyphens and direction marks ("Uni<U+200B>ted" -> "united"), and
 * with the straight apostrophe.  Text longer than `room` allows comes back as it is. */
span char_fold(span word, char *buffer, size_t room);

#endif

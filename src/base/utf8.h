// SPDX-License-Identifier: Apache-2.0
/* UTF-8: decoding, lower case, and the two-way road between byte offsets (used inside) and
 * code-point offsets (written out). */
#ifndef DRG_BASE_UTF8_H
#define DRG_BASE_UTF8_H

#include "base/arena.h"

/* The code point at `at` and its size in bytes in `*size`; a bad byte reads as U+FFFD, size 1.
 * `at` must be inside `s`. */
u32 utf8_decode(span s, size_t at, u32 *size);
/* Writes `code` (1 to 4 bytes) and returns how many. */
u32 utf8_encode(u32 code, char out[4]);
bool utf8_is_valid(span s);
/* Lower-cases into `buffer`; text that does not fit comes back as it is. */
span utf8_lower(span s, char *buffer, size_t room);
/* True for a letter in title or upper case. */
bool utf8_is_upper(u32 code);
bool utf8_is_letter(u32 code);
size_t utf8_count(span s); /* code points */

/* Code points before every 64th byte, so that a byte offset converts in constant time. */
typedef struct {
    span text;
    u32 *before; /* [text.len / 64 + 1] */
} utf8_index;
bool utf8_index_build(utf8_index *index, span text, arena *memory);
u32 utf8_index_point(const utf8_index *index, u32 byte);

#endif

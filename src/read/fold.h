// SPDX-License-Identifier: Apache-2.0
/* Text made comparable: lower case, one blank for any run of blanks, straight quotes. */
#ifndef DRG_READ_FOLD_H
#define DRG_READ_FOLD_H

#include "base/utf8.h"

/* Folds as much of `s` as fits `room` bytes into `buffer`.  Blanks on both sides fall away. */
span fold(span s, char *buffer, size_t room);
/* The end of `s`, at most `size` bytes of it, from the beginning of a character on. */
span span_tail(span s, size_t size);
/* Drops blanks on both sides, no-break and zero-width ones too. */
span span_trim_wide(span s);
/* Words: runs of anything but blanks. */
u32 count_words(span s);

#endif

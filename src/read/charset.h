// SPDX-License-Identifier: Apache-2.0
/* Bytes to UTF-8. */
#ifndef DRG_READ_CHARSET_H
#define DRG_READ_CHARSET_H

#include "base/arena.h"

/* `text` with every byte that is no UTF-8 replaced by U+FFFD.  The very same bytes come back, not a
 * copy, when nothing is wrong.  `*bad`: bytes replaced; `*first`: where the first one was.
 * ptr NULL when memory is out. */
span charset_repair(arena *memory, span text, size_t *bad, size_t *first);
/* A page's bytes as UTF-8: by its byte order mark, as UTF-8 if it is that, by its meta tag, else as
 * Windows-1252.  ptr NULL when memory is out. */
span charset_page(arena *memory, span page);
/* The same for bytes whose carrier (a web server, a mail) names their charset, which counts before
 * a meta tag; `name` may be empty or nonsense. */
span charset_named(arena *memory, span bytes, span name);
/* NULs or many control characters: not text. */
bool charset_is_binary(span text);

#endif

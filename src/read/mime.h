// SPDX-License-Identifier: Apache-2.0
/* What mail does to text so that it passes through seven bits: RFC 2045, 2047. */
#ifndef DRG_READ_MIME_H
#define DRG_READ_MIME_H

#include "base/arena.h"

typedef struct {
    span type;     /* lower case not promised: "text/plain"; empty: plain text */
    span encoding; /* "quoted-printable", "base64" or anything else for none */
    span charset, boundary;
} mime_head;

/* Reads one header line's value into `head` when its name concerns it; false: it does not. */
bool mime_take(mime_head *head, span name, span value);
/* The part of a letter to read: its first plain text, else its first page, else all of `body`.
 * `*head` becomes that of the part. */
span mime_choose(mime_head *head, span body);
/* The bytes behind the encoding, as UTF-8.  ptr NULL when memory is out. */
span mime_decode(arena *memory, const mime_head *head, span body);
/* A header's value with its encoded words ("=?UTF-8?Q?caf=C3=A9?=") and folded lines made plain. */
span mime_words(arena *memory, span value);
/* The next header line, continuations with it, off the front of `*rest`; false at a blank line (it
 * is taken off) or where no header is. */
bool mime_next_header(span *rest, span *name, span *value);

#endif

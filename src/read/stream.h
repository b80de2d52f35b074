// SPDX-License-Identifier: Apache-2.0
/* The bytes of one input, plain or gzip, through a window that grows only as far as asked.
 * Lifetime: the caller's, from stream_open to stream_close. */
#ifndef DRG_READ_STREAM_H
#define DRG_READ_STREAM_H

#include "base/base.h"

/* Longest line, and largest page or text, that is read: past it comes a problem. */
#define STREAM_CAP ((size_t)256 << 20)

typedef struct {
    void *file;        /* zlib's handle, NULL when closed */
    char *bytes;       /* [room], of which [start, end) wait to be read */
    size_t start, end, room;
    u64 offset;        /* of bytes[start] in the (uncompressed) input */
    bool at_end;
    char failure[160]; /* why reading stopped early; empty: it did not */
} stream;

/* "-" is standard input.  On failure `failure` says why. */
bool stream_open(stream *s, const char *path);
void stream_close(stream *s);
/* Makes at least `want` bytes wait, fewer only at the end or after a failure. */
bool stream_fill(stream *s, size_t want);
/* The bytes that wait. */
span stream_window(const stream *s);
void stream_skip(stream *s, size_t size);

typedef enum { STREAM_LINE, STREAM_LINE_TOO_LONG, STREAM_END } stream_answer;
/* The next line without its line end, valid until the next call.  A line past the cap is skipped whole. */
stream_answer stream_next_line(stream *s, span *line);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The bytes of one input, plain, gzip or zstd, through a window that grows only as far as asked.
 * Lifetime: the caller's, from stream_open to stream_close. */
#ifndef DRG_READ_STREAM_H
#define DRG_READ_STREAM_H

#include "read/unpack.h"

/* Longest line, and largest page or text, that is read: past it comes a problem. */
#define STREAM_CAP ((size_t)64 << 20)

typedef struct {
    int file;          /* descriptor; -1: a span of memory, or closed */
    char *raw;         /* [raw_room] as they lie in the input, of which [raw_start, raw_end) wait */
    size_t raw_start, raw_end, raw_room;
    bool raw_is_borrowed; /* the caller's memory */
    bool raw_at_end;      /* nothing behind raw_end */
    unpacker pack;
    u64 member_taken, member_made; /* bytes of the present packed member, in and out */
    size_t member_start;  /* in raw, or 0 when it began further back */
    u64 reread, taken;    /* raw bytes gone over twice, and once: recovering stays linear */
    u8 wide;              /* 0, or 'L' 'B': UTF-16, little or big end first */
    u8 odd[4];            /* bytes of a UTF-16 character that is not there whole */
    u8 odd_count;
    char *bytes;       /* [room], of which [start, end) wait to be read; always UTF-8 if it was UTF-16 */
    size_t start, end, room;
    u64 offset;        /* of bytes[start] in the unpacked input */
    bool at_end;
    const char *code;  /* problem code of the failure */
    char failure[160]; /* why reading stopped early; empty: it did not */
} stream;

/* "-" is standard input.  On failure `failure` says why. */
bool stream_open(stream *s, const char *path);
/* The same over memory that must outlive the stream. */
bool stream_open_bytes(stream *s, span bytes);
void stream_close(stream *s);
/* Makes at least `want` bytes wait, fewer only at the end or after a failure. */
bool stream_fill(stream *s, size_t want);
/* The bytes that wait. */
span stream_window(const stream *s);
void stream_skip(stream *s, size_t size);
/* Behind a failure in packed data: goes on at the next member that begins like one.  What waited is
 * dropped.  False: there is none. */
bool stream_recover(stream *s);

typedef enum { STREAM_LINE, STREAM_LINE_TOO_LONG, STREAM_END } stream_answer;
/* The next line without its line end, valid until the next call.  A line past the cap is skipped whole. */
stream_answer stream_next_line(stream *s, span *line);

#endif

// SPDX-License-Identifier: Apache-2.0
/* In: a path.  Out: its bytes, a window at a time.
 *
 * zlib reads plain files as they are and gzip files unpacked, so an archive of gzipped JSON lines
 * needs no second road.  The window grows by doubling up to STREAM_CAP; what is packed a
 * thousandfold stops there too, for the cap counts unpacked bytes. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include "read/stream.h"

#define FIRST_ROOM ((size_t)64 << 10)

bool stream_open(stream *s, const char *path) {
    *s = (stream){0};
    int file = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        snprintf(s->failure, sizeof s->failure, "%s", strerror(errno));
        return false;
    }
    s->file = gzdopen(file, "rb");
    if (s->file == NULL) {
        close(file);
        snprintf(s->failure, sizeof s->failure, "out of memory");
        return false;
    }
    return true;
}

void stream_close(stream *s) {
    if (s->file != NULL) {
        gzclose_r(s->file);
    }
    free(s->bytes);
    *s = (stream){0};
}

static bool widen(stream *s, size_t want) {
    if (s->start > 0) {
        memmove(s->bytes, s->bytes + s->start, s->end - s->start);
        s->end -= s->start;
        s->start = 0;
    }
    size_t room = s->room > 0 ? s->room : FIRST_ROOM;
    while (room < want) {
        room *= 2;
    }
    if (room == s->room) {
        return true;
    }
    char *bytes = realloc(s->bytes, room);
    if (bytes == NULL) {
        snprintf(s->failure, sizeof s->failure, "out of memory");
        return false;
    }
    s->bytes = bytes;
    s->room = room;
    return true;
}

static void read_more(stream *s) {
    size_t free_bytes = s->room - s->end;
    int got = gzread(s->file, s->bytes + s->end, (unsigned)(free_bytes > (1u << 30) ? 1u << 30 : free_bytes));
    if (got > 0) {
        s->end += (size_t)got;
        return;
    }
    s->at_end = true;
    int code = Z_OK;
    const char *text = gzerror(s->file, &code);
    if (got < 0 || code == Z_BUF_ERROR) {
        const char *colon = strncmp(text, "<fd:", 4) == 0 ? strstr(text, ": ") : NULL; /* "<fd:3>: unexpected end" */
        snprintf(s->failure, sizeof s->failure, "%s",
                 code == Z_ERRNO ? strerror(errno)
                 : colon != NULL ? colon + 2
                                 : text);
    }
}

bool stream_fill(stream *s, size_t want) {
    while (s->end - s->start < want && !s->at_end) {
        if (s->room - s->start < want && !widen(s, want)) {
            s->at_end = true;
            break;
        }
        read_more(s);
    }
    return s->end - s->start >= want;
}

span stream_window(const stream *s) {
    return s->bytes == NULL ? (span){"", 0} : (span){s->bytes + s->start, s->end - s->start};
}

void stream_skip(stream *s, size_t size) {
    s->start += size;
    s->offset += size;
}

/* Drops everything up to and including the next line end. */
static void skip_line(stream *s) {
    do {
        span window = stream_window(s);
        const char *end = window.len ? memchr(window.ptr, '\n', window.len) : NULL;
        if (end != NULL) {
            stream_skip(s, (size_t)(end - window.ptr) + 1);
            return;
        }
        stream_skip(s, window.len);
    } while (stream_fill(s, 1));
}

stream_answer stream_next_line(stream *s, span *line) {
    size_t seen = 0;
    while (stream_fill(s, seen + 1)) {
        span window = stream_window(s), fresh = span_cut(window, seen < window.len ? seen : window.len, window.len);
        const char *end = memchr(fresh.ptr, '\n', fresh.len);
        if (end != NULL) {
            *line = span_cut(window, 0, (size_t)(end - window.ptr));
            stream_skip(s, line->len + 1);
            return STREAM_LINE;
        }
        seen = window.len;
        if (seen >= STREAM_CAP) {
            skip_line(s);
            return STREAM_LINE_TOO_LONG;
        }
    }
    *line = stream_window(s);
    stream_skip(s, line->len);
    return line->len > 0 ? STREAM_LINE : STREAM_END;
}

// SPDX-License-Identifier: Apache-2.0
/* In: a path.  Out: its bytes, a window at a time.
 *
 *   file --read--> raw --unpack--> plain --UTF-16 to UTF-8--> window
 *
 * Each step is passed over where there is nothing to do.  Packed data is told by its first bytes and
 * may be many members one behind another; the window grows by doubling up to what is asked for.
 *
 * A member that unpacks as no text does is given up.  Behind a damaged member reading may go
 * on at the next one: its first bytes are looked for, at most STEP_BACK before the place where the
 * damage showed, for a broken member often runs on into its neighbour.  Stepping back is paid from
 * what was read before, so that no input is gone over more than twice. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "read/stream.h"

#include "base/utf8.h"

#define RAW_ROOM ((size_t)256 << 10)
#define FIRST_ROOM ((size_t)64 << 10)
#define WIDE_ROOM 4096 /* bytes of UTF-16 turned at a time */
#define MAGIC_SIZE 4
#define STEP_BYTES ((size_t)1 << 20) /* unpacked at a time, so that a bomb is seen early */
#define STEP_BACK ((size_t)64 << 10)

static bool fail(stream *s, const char *code, const char *why) {
    s->at_end = true;
    s->code = code;
    snprintf(s->failure, sizeof s->failure, "%s", why);
    return false;
}

/* ------------------------------------------------------------------ raw bytes */

/* Up to `room` bytes of the file; 0 at its end, or where it fails. */
static size_t read_file(stream *s, char *out, size_t room) {
    ssize_t got;
    do {
        got = read(s->file, out, room);
    } while (got < 0 && errno == EINTR);
    s->raw_at_end = got <= 0;
    if (got < 0) {
        fail(s, "unreadable", strerror(errno));
    }
    return got > 0 ? (size_t)got : 0;
}

/* Reads more behind what waits; at the end of the buffer the waiting bytes move to its front. */
static bool read_raw(stream *s) {
    if (s->raw_at_end) {
        return false;
    }
    if (s->raw_end == s->raw_room && s->raw_start > 0) {
        memmove(s->raw, s->raw + s->raw_start, s->raw_end - s->raw_start);
        s->raw_end -= s->raw_start;
        s->member_start = s->member_start > s->raw_start ? s->member_start - s->raw_start : 0;
        s->raw_start = 0;
    }
    size_t got = read_file(s, s->raw + s->raw_end, s->raw_room - s->raw_end);
    s->raw_end += got;
    return got > 0;
}

static bool fill_raw(stream *s, size_t want) {
    while (s->raw_end - s->raw_start < want && read_raw(s)) {
    }
    return s->raw_end - s->raw_start >= want;
}

static span raw_window(const stream *s) {
    return s->raw == NULL ? (span){"", 0} : (span){s->raw + s->raw_start, s->raw_end - s->raw_start};
}

/* ------------------------------------------------------------------ plain bytes */

static bool open_member(stream *s, pack_kind kind) {
    s->member_taken = s->member_made = 0;
    s->member_start = s->raw_start;
    return unpack_open(&s->pack, kind, raw_window(s)) || fail(s, "too-large", "out of memory");
}

/* Behind a member: the next one, padding, or the end. */
static bool next_member(stream *s, pack_kind before) {
    unpack_close(&s->pack);
    for (;;) {
        fill_raw(s, MAGIC_SIZE);
        span window = raw_window(s);
        pack_kind kind = unpack_tell(window);
        if (kind != PACK_NONE) {
            return open_member(s, kind);
        }
        if (window.len == 0) {
            s->at_end = true;
            return false;
        }
        if (window.ptr[0] != '\0') {
            s->pack.kind = before;
            return fail(s, "damaged", "other bytes behind the packed ones");
        }
        s->raw_start++;
    }
}

static size_t unpack_some(stream *s, char *out, size_t room) {
    room = room < STEP_BYTES ? room : STEP_BYTES;
    for (;;) {
        if (raw_window(s).len == 0) {
            read_raw(s);
        }
        span left = raw_window(s);
        size_t before = left.len, made = 0;
        pack_kind kind = s->pack.kind;
        unpack_answer answer = unpack_step(&s->pack, &left, out, room, &made);
        s->raw_start += before - left.len;
        s->taken += before - left.len;
        s->member_taken += before - left.len;
        s->member_made += made;
        if (unpack_is_bomb(s->member_taken, s->member_made)) {
            fail(s, "too-large", "it unpacks to more than 300 times its size, as no news archive does");
            return 0;
        }
        if (answer == UNPACK_DAMAGED) {
            fail(s, "damaged", "the packed data is damaged");
        } else if (answer == UNPACK_MEMBER_END) {
            if (!next_member(s, kind)) {
                return made;
            }
        } else if (made == 0 && before == 0 && s->failure[0] == '\0') {
            fail(s, "damaged", "the packed data ends too early");
        }
        if (made > 0 || s->at_end) {
            return made;
        }
    }
}

static size_t read_plain(stream *s, char *out, size_t room) {
    if (s->pack.kind != PACK_NONE) {
        return unpack_some(s, out, room);
    }
    span window = raw_window(s);
    if (window.len == 0) { /* plain bytes need no stop on the way */
        size_t got = s->raw_at_end ? 0 : read_file(s, out, room);
        s->at_end = got == 0;
        return got;
    }
    size_t size = window.len < room ? window.len : room;
    memcpy(out, window.ptr, size);
    s->raw_start += size;
    return size;
}

/* ------------------------------------------------------------------ UTF-16 */

static u32 wide_unit(const stream *s, const u8 *at) {
    return s->wide == 'L' ? (u32)(at[0] | at[1] << 8) : (u32)(at[0] << 8 | at[1]);
}

/* Reads at most WIDE_ROOM bytes of UTF-16 and writes them as UTF-8, half as many again at the most. */
static size_t read_wide(stream *s, char *out) {
    u8 pairs[WIDE_ROOM + 4];
    memcpy(pairs, s->odd, s->odd_count);
    size_t size = s->odd_count + read_plain(s, (char *)pairs + s->odd_count, WIDE_ROOM), at = 0, len = 0;
    while (at + 2 <= size) {
        u32 code = wide_unit(s, pairs + at);
        bool high = code >= 0xD800 && code < 0xDC00;
        if (high && at + 4 > size && !s->at_end) {
            break;
        }
        u32 low = high && at + 4 <= size ? wide_unit(s, pairs + at + 2) : 0;
        bool pair = low >= 0xDC00 && low < 0xE000;
        code = pair ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) : code >= 0xD800 && code < 0xE000 ? 0xFFFD : code;
        len += utf8_encode(code, out + len);
        at += pair ? 4 : 2;
    }
    s->odd_count = (u8)(size - at);
    memcpy(s->odd, pairs + at, s->odd_count);
    return len;
}

/* ------------------------------------------------------------------ the window */

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
        return fail(s, "too-large", "out of memory");
    }
    s->bytes = bytes;
    s->room = room;
    return true;
}

bool stream_fill(stream *s, size_t want) {
    size_t slack = s->wide != 0 ? WIDE_ROOM * 2 : 0; /* read_wide writes a piece whole */
    while (s->end - s->start < want && !s->at_end) {
        bool narrow = s->room - s->start < want || s->room - s->end <= slack;
        if (narrow && !widen(s, want + slack + 1)) {
            break;
        }
        if (s->room - s->end <= slack) { /* the window had slid already */
            if (!widen(s, s->room + slack + 1)) {
                break;
            }
        }
        s->end += s->wide != 0 ? read_wide(s, s->bytes + s->end) : read_plain(s, s->bytes + s->end, s->room - s->end);
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

/* ------------------------------------------------------------------ open, recover, close */

/* Looks at the first bytes: are they packed?  Is it UTF-16?  A byte order mark is dropped. */
static bool begin(stream *s) {
    fill_raw(s, MAGIC_SIZE);
    s->pack.kind = unpack_tell(raw_window(s));
    if (s->failure[0] != '\0' || (s->pack.kind != PACK_NONE && !open_member(s, s->pack.kind)) || !widen(s, 1)) {
        return false;
    }
    while (s->end < 3 && !s->at_end) {
        s->end += read_plain(s, s->bytes + s->end, 3 - s->end);
    }
    span head = stream_window(s);
    s->wide = span_starts(head, SPAN("\xFF\xFE")) ? 'L' : span_starts(head, SPAN("\xFE\xFF")) ? 'B' : 0;
    if (s->wide != 0) {
        s->odd_count = (u8)(head.len - 2);
        s->odd[0] = (u8)(head.len > 2 ? head.ptr[2] : 0);
        s->end = 0;
    } else if (span_starts(head, SPAN("\xEF\xBB\xBF"))) {
        stream_skip(s, 3);
    }
    return true;
}

bool stream_open(stream *s, const char *path) {
    *s = (stream){.file = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)};
    if (s->file < 0) {
        return fail(s, "unreadable", strerror(errno));
    }
    s->raw = malloc(RAW_ROOM);
    s->raw_room = RAW_ROOM;
    return s->raw == NULL ? fail(s, "unreadable", "out of memory") : begin(s);
}

bool stream_open_bytes(stream *s, span bytes) {
    *s = (stream){.file = -1,
                  .raw = (char *)(uintptr_t)bytes.ptr,
                  .raw_end = bytes.len,
                  .raw_room = bytes.len,
                  .raw_is_borrowed = true,
                  .raw_at_end = true};
    return begin(s);
}

/* Only a stream that was opened has room or a descriptor. */
void stream_close(stream *s) {
    if (s->file >= 0 && s->raw_room > 0) {
        close(s->file);
    }
    if (!s->raw_is_borrowed) {
        free(s->raw);
    }
    unpack_close(&s->pack);
    free(s->bytes);
    *s = (stream){.file = -1};
}

static void pass_raw(stream *s, size_t size) {
    s->raw_start += size;
    s->taken += size;
}

bool stream_recover(stream *s) {
    pack_kind kind = s->pack.kind;
    unpack_close(&s->pack);
    s->start = s->end = s->odd_count = 0;
    size_t first = s->member_start + 1, back = s->raw_start > first ? s->raw_start - first : 0;
    back = back < STEP_BACK ? back : STEP_BACK;
    if ((s->reread + back) * 2 <= s->taken) {
        s->reread += back;
        s->raw_start -= back;
    }
    s->raw_start = s->raw_start < first ? first : s->raw_start; /* a member that fails at once is not tried again */
    s->raw_start = s->raw_start < s->raw_end ? s->raw_start : s->raw_end;
    while (kind != PACK_NONE && fill_raw(s, MAGIC_SIZE)) {
        const char *waiting = s->raw + s->raw_start;
        size_t places = s->raw_end - s->raw_start - (MAGIC_SIZE - 1);
        const char *hit = memchr(waiting, kind == PACK_GZIP ? 0x1F : 0x28, places);
        pass_raw(s, hit != NULL ? (size_t)(hit - waiting) : places);
        if (hit != NULL && unpack_tell(raw_window(s)) == kind) {
            s->at_end = false;
            s->failure[0] = '\0';
            return open_member(s, kind);
        }
        pass_raw(s, hit != NULL);
    }
    return false;
}

/* ------------------------------------------------------------------ lines */

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

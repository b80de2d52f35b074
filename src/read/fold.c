// SPDX-License-Identifier: Apache-2.0
/* In: "Print  Friendly, PDF & Email\n"   Out: "print friendly, pdf & email"
 *
 * Lists of phrases are compared with pages that write the same words with other blanks, quotes and
 * capitals; folding both sides once keeps the comparison a plain memcmp. */
#include "read/fold.h"

#include "read/tables.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

u64 read_hash(span folded) { return XXH3_64bits(folded.ptr, folded.len) >> 2; }

static bool is_wide_blank(u32 code) {
    return code == 0xA0 || code == 0xFEFF || (code >= 0x2000 && code <= 0x200F) || code == 0x2028 || code == 0x2029 ||
           code == 0x202F || code == 0x3000 || code == 0xAD || code == 0x2060;
}

/* The plain character for a typographic one, or 0. */
static char plain_of(u32 code) {
    switch (code) {
        case 0x2018:
        case 0x2019:
        case 0x02BC:
            return '\'';
        case 0x201C:
        case 0x201D:
        case 0xAB:
        case 0xBB:
            return '"';
        case 0x2010:
        case 0x2011:
        case 0x2012:
        case 0x2013:
        case 0x2014:
        case 0x2015:
            return '-';
        default:
            return 0;
    }
}

span fold(span s, char *buffer, size_t room) {
    size_t out = 0;
    for (size_t at = 0; at < s.len && out + 5 < room;) {
        u32 size, code = utf8_decode(s, at, &size);
        if (code < 0x80 ? ascii_is_space((int)code) : is_wide_blank(code)) {
            if (out > 0 && buffer[out - 1] != ' ') {
                buffer[out++] = ' ';
            }
        } else if (code < 0x80) {
            buffer[out++] = ascii_to_lower((char)code);
        } else if (plain_of(code) != 0) {
            buffer[out++] = plain_of(code);
        } else {
            char lower[8];
            span one = utf8_lower(span_cut(s, at, at + size), lower, sizeof lower);
            memcpy(buffer + out, one.ptr, one.len);
            out += one.len;
        }
        at += size;
    }
    return span_trim((span){buffer, out});
}

span span_tail(span s, size_t size) {
    if (s.len <= size) {
        return s;
    }
    size_t start = s.len - size;
    while (start < s.len && ((unsigned char)s.ptr[start] & 0xC0) == 0x80) {
        start++;
    }
    return span_cut(s, start, s.len);
}

span span_trim_wide(span s) {
    for (;;) {
        s = span_trim(s);
        u32 size;
        if (s.len > 0 && is_wide_blank(utf8_decode(s, 0, &size))) {
            s = span_cut(s, size, s.len);
            continue;
        }
        span last = span_tail(s, 3);
        size_t at = 0;
        while (last.len > 0 && at + (utf8_decode(last, at, &size), size) < last.len) {
            at += size;
        }
        if (last.len > 0 && is_wide_blank(utf8_decode(last, at, &size))) {
            s.len -= size;
            continue;
        }
        return s;
    }
}

u32 count_words(span s) {
    u32 words = 0;
    bool inside = false;
    for (size_t i = 0; i < s.len; i++) {
        bool blank = ascii_is_space((unsigned char)s.ptr[i]);
        words += !blank && !inside;
        inside = !blank;
    }
    return words;
}

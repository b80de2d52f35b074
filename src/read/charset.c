// SPDX-License-Identifier: Apache-2.0
/* In: bytes of unknown making.   Out: valid UTF-8.
 *
 * A page says how it is written in up to three places that may all be wrong.  The order here: a byte
 * order mark is believed; then bytes that are valid UTF-8 with at least one character outside ASCII
 * are UTF-8 whatever the page says, for no other encoding looks like it by chance; then the page's
 * own word; then Windows-1252, which every byte can be. */
#include <iconv.h>

#include "read/charset.h"

#include "base/utf8.h"

#define META_WINDOW 4096

static const char replacement[] = "\xEF\xBF\xBD";

span charset_repair(arena *memory, span text, size_t *bad, size_t *first) {
    *bad = 0;
    *first = 0;
    for (size_t at = 0; at < text.len;) {
        u32 size;
        if (utf8_decode(text, at, &size) == 0xFFFD && size == 1) {
            *first = *bad == 0 ? at : *first;
            ++*bad;
        }
        at += size;
    }
    if (*bad == 0) {
        return text;
    }
    char *out = arena_alloc(memory, text.len + *bad * 2 + 1, 1);
    if (out == NULL) {
        return (span){NULL, 0};
    }
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        u32 size;
        bool broken = utf8_decode(text, at, &size) == 0xFFFD && size == 1;
        memcpy(out + len, broken ? replacement : text.ptr + at, broken ? 3 : size);
        len += broken ? 3 : size;
        at += size;
    }
    return (span){out, len};
}

bool charset_is_binary(span text) {
    size_t odd = 0, nul = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        nul += c == 0;
        odd += (c < 0x20 && !ascii_is_space(c)) || c == 0x7F;
    }
    return nul > 0 || odd * 50 > text.len;
}

/* Converts with iconv; bytes it cannot read become U+FFFD.  ptr NULL: no such encoding or no memory. */
static span convert(arena *memory, span bytes, const char *from, bool *unknown) {
    iconv_t road = iconv_open("UTF-8", from);
    *unknown = road == (iconv_t)-1;
    size_t room;
    if (*unknown || !size_mul(bytes.len, 3, &room) || !size_add(room, 8, &room)) {
        if (!*unknown) {
            iconv_close(road);
        }
        return (span){NULL, 0};
    }
    char *out = arena_alloc(memory, room, 1);
    char *in = (char *)(uintptr_t)bytes.ptr, *to = out;
    size_t in_left = bytes.len, out_left = room;
    while (out != NULL && in_left > 0 && out_left >= 4) {
        if (iconv(road, &in, &in_left, &to, &out_left) != (size_t)-1) {
            break;
        }
        if (in_left == 0 || out_left < 4) {
            break;
        }
        memcpy(to, replacement, 3);
        to += 3;
        out_left -= 3;
        in++;
        in_left--;
    }
    iconv_close(road);
    return out == NULL ? (span){NULL, 0} : (span){out, (size_t)(to - out)};
}

static bool is_name_byte(char c) {
    return ascii_is_alnum((unsigned char)c) || c == '-' || c == '_' || c == ':' || c == '.';
}

/* A charset's name at the head of `text`, lower case; false when there is none. */
static bool take_name(span text, char name[40]) {
    size_t len = 0;
    while (len < text.len && len < 39 && is_name_byte(text.ptr[len])) {
        name[len] = ascii_to_lower(text.ptr[len]);
        len++;
    }
    name[len] = '\0';
    return len > 0;
}

/* The charset that a meta tag names among the first bytes; false when there is none. */
static bool find_meta(span page, char name[40]) {
    static const char key[] = "charset=";
    size_t window = page.len < META_WINDOW ? page.len : META_WINDOW;
    for (size_t at = 0; at + sizeof key < window; at++) {
        size_t same = 0;
        while (same < sizeof key - 1 && ascii_to_lower(page.ptr[at + same]) == key[same]) {
            same++;
        }
        if (same < sizeof key - 1) {
            continue;
        }
        at += same;
        while (at < window && (page.ptr[at] == '"' || page.ptr[at] == '\'' || page.ptr[at] == ' ')) {
            at++;
        }
        return take_name(span_cut(page, at, window), name);
    }
    return false;
}

static bool has_beyond_ascii(span s) {
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x80) {
            return true;
        }
    }
    return false;
}

/* Of the bytes outside ASCII, do more stand in proper sequences than not? */
static bool is_mostly_utf8(span s) {
    size_t good = 0, bad = 0;
    for (size_t at = 0; at < s.len;) {
        u32 size, code = utf8_decode(s, at, &size);
        good += size > 1;
        bad += code == 0xFFFD && size == 1;
        at += size;
    }
    return good >= bad;
}

span charset_page(arena *memory, span page) { return charset_named(memory, page, (span){"", 0}); }

span charset_named(arena *memory, span page, span given) {
    bool unknown = false;
    if (span_starts(page, SPAN("\xEF\xBB\xBF"))) {
        page = span_cut(page, 3, page.len);
    } else if (span_starts(page, SPAN("\xFF\xFE"))) {
        return convert(memory, span_cut(page, 2, page.len), "UTF-16LE", &unknown);
    } else if (span_starts(page, SPAN("\xFE\xFF"))) {
        return convert(memory, span_cut(page, 2, page.len), "UTF-16BE", &unknown);
    }
    if (!has_beyond_ascii(page)) {
        return page;
    }
    size_t bad, first;
    if (utf8_is_valid(page)) {
        return page;
    }
    char name[40];
    bool named = take_name(span_trim(given), name) || find_meta(page, name);
    bool claims_utf8 = named && (strcmp(name, "utf-8") == 0 || strcmp(name, "utf8") == 0);
    if (claims_utf8 && is_mostly_utf8(page)) { /* a broken byte or two in a page that is what it says */
        return charset_repair(memory, page, &bad, &first);
    }
    if (named && !claims_utf8 && strcmp(name, "iso-8859-1") != 0 && strncmp(name, "utf-16", 6) != 0) {
        span out = convert(memory, page, name, &unknown);
        if (out.ptr != NULL || !unknown) {
            return out;
        }
    }
    return convert(memory, page, "WINDOWS-1252", &unknown);
}

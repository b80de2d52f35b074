// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include <utf8proc.h>

u32 utf8_decode(span s, size_t at, u32 *size) {
    unsigned char lead = (unsigned char)s.ptr[at];
    if (lead < 0x80) {
        *size = 1;
        return lead;
    }
    size_t left = s.len - at;
    utf8proc_int32_t code;
    utf8proc_ssize_t used =
        utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + at, left > 4 ? 4 : (utf8proc_ssize_t)left, &code);
    if (used < 1) {
        *size = 1;
        return 0xFFFD;
    }
    *size = (u32)used;
    return (u32)code;
}

u32 utf8_encode(u32 code, char out[4]) {
    utf8proc_ssize_t size = utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)out);
    return size > 0 ? (u32)size : 0;
}

bool utf8_is_valid(span s) {
    for (size_t at = 0; at < s.len;) {
        u32 size;
        if (utf8_decode(s, at, &size) == 0xFFFD && size == 1) {
            return false;
        }
        at += size;
    }
    return true;
}

span utf8_lower(span s, char *buffer, size_t room) {
    size_t out = 0;
    for (size_t at = 0; at < s.len;) {
        unsigned char c = (unsigned char)s.ptr[at];
        if (out + 4 > room) {
            return s;
        }
        if (c < 0x80) {
            buffer[out++] = ascii_to_lower((char)c);
            at++;
            continue;
        }
        u32 size, code = utf8_decode(s, at, &size);
        if (code == 0xFFFD && size == 1) {
            buffer[out++] = s.ptr[at];
        } else {
            out += utf8_encode((u32)utf8proc_tolower((utf8proc_int32_t)code), buffer + out);
        }
        at += size;
    }
    return (span){buffer, out};
}

bool utf8_is_upper(u32 code) {
    if (code < 0x80) {
        return ascii_is_upper((int)code);
    }
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool utf8_is_letter(u32 code) {
    if (code < 0x80) {
        return ascii_is_alpha((int)code);
    }
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

size_t utf8_count(span s) {
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++) {
        count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    }
    return count;
}

bool utf8_index_build(utf8_index *index, span text, arena *memory) {
    index->text = text;
    index->before = arena_new(memory, u32, text.len / 64 + 1);
    if (index->before == NULL) {
        return false;
    }
    u32 count = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (i % 64 == 0) {
            index->before[i / 64] = count;
        }
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    }
    if (text.len % 64 == 0) {
        index->before[text.len / 64] = count;
    }
    return true;
}

u32 utf8_index_point(const utf8_index *index, u32 byte) {
    if (byte > index->text.len) {
        byte = (u32)index->text.len;
    }
    u32 start = byte / 64 * 64;
    return index->before[byte / 64] + (u32)utf8_count(span_cut(index->text, start, byte));
}

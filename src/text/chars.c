// SPDX-License-Identifier: Apache-2.0
/* Character classes.  In: a byte offset into valid UTF-8.  Out: one of eight kinds.
 *
 * Eight kinds are all the tokenizer asks for: "don’t" is letters, an apostrophe, a letter; a
 * family emoji is marks held together by joiners; a zero-width space inside "Uni ted" extends the
 * letter before it, so hidden characters cannot break a name apart. */
#include <utf8proc.h>

#include "text/chars.h"

#define B CHAR_BLANK
#define L CHAR_LETTER
#define D CHAR_DIGIT
#define M CHAR_MARK
static const u8 ascii_kinds[128] = {
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* control */
    B, M, M, M, M, M, M, CHAR_APOSTROPHE, M, M, M, M, M, CHAR_HYPHEN, CHAR_POINT, M,                 /* 20 to 2F */
    D, D, D, D, D, D, D, D, D, D, M, M, M, M, M, M,                                                  /* 30 to 3F */
    M, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, M, M, M, M, L, /* 40 to 5F */
    CHAR_APOSTROPHE, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, M, M, M, M, B,
};
#undef B
#undef L
#undef D
#undef M

static char_kind kind_of_code(u32 code) {
    switch (code) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x00B4:
        return CHAR_APOSTROPHE;
    case 0x2010:
    case 0x2011:
        return CHAR_HYPHEN;
    default:
        break;
    }
    if (code >= 0x1F3FB && code <= 0x1F3FF) {
        return CHAR_EXTEND; /* skin tones */
    }
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return CHAR_LETTER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
        return CHAR_EXTEND;
    case UTF8PROC_CATEGORY_ND:
        return CHAR_DIGIT;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
        return CHAR_BLANK;
    default:
        return CHAR_MARK;
    }
}

char_kind char_kind_at(span text, u32 at, u32 end, u32 *size) {
    if (at >= end) {
        *size = 0;
        return CHAR_BLANK;
    }
    unsigned char lead = (unsigned char)text.ptr[at];
    if (lead < 0x80) {
        *size = 1;
        return (char_kind)ascii_kinds[lead];
    }
    return kind_of_code(utf8_decode(span_cut(text, 0, end), at, size));
}

bool char_needs_folding(span word) {
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.ptr[i];
        if (c >= 0x80 || c == '`' || ascii_is_upper(c)) {
            return true;
        }
    }
    return false;
}

span char_fold(span word, char *buffer, size_t room) {
    size_t out = 0;
    for (u32 at = 0, size; at < word.len; at += size) {
        if (out + 4 > room) {
            return word;
        }
        u32 code = utf8_decode(word, at, &size);
        bool grave = (code == '`' || code == 0xB4) && word.len > size; /* "mama`s" */
        if (grave) {
            buffer[out++] = '\'';
        } else if (code < 0x80) {
            buffer[out++] = ascii_to_lower((char)code);
        } else if (code == 0x2018 || code == 0x2019 || code == 0x02BC) {
            buffer[out++] = '\'';
        } else if (utf8proc_category((utf8proc_int32_t)code) != UTF8PROC_CATEGORY_CF) {
            out += utf8_encode((u32)utf8proc_tolower((utf8proc_int32_t)code), buffer + out);
        }
    }
    return out > 0 ? (span){buffer, out} : word;
}

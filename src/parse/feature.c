// SPDX-License-Identifier: Apache-2.0
/* From a word form to the keys of its features (see feature.h for the picture), and from keys to
 * rows of the embedding table by open addressing. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/utf8.h"
#include "parse/feature.h"

static u32 normal_code(u32 code) {
    switch (code) {
    case 0x2018: case 0x2019: case 0x02BC: case 0x0060: case 0x00B4: return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x00AB: case 0x00BB: return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: return '-';
    case 0x2026: return '.';
    case 0x00A0: return ' ';
    default: return code >= '0' && code <= '9' ? '0' : code;
    }
}

/* Cut at a whole character within FEATURE_ROOM - 4 bytes. */
static span cut_long(span form) {
    if (form.len > FEATURE_ROOM - 8) {
        form.len = FEATURE_ROOM - 8;
        while (form.len > 0 && ((u8)form.ptr[form.len] & 0xC0) == 0x80) {
            form.len--;
        }
    }
    return form;
}

span feature_norm(span form, char *buffer) {
    char plain[FEATURE_ROOM];
    size_t size = 0;
    form = cut_long(form);
    for (size_t at = 0; at < form.len;) {
        u32 step;
        u32 code = normal_code(utf8_decode(form, at, &step));
        if (size + 4 > sizeof plain) {
            break;
        }
        size += utf8_encode(code, plain + size);
        at += step;
    }
    span lower = utf8_lower((span){plain, size}, buffer, FEATURE_ROOM);
    if (lower.ptr != buffer) { /* did not fit: keep the text as it is */
        memcpy(buffer, plain, size);
        lower = (span){buffer, size};
    }
    return lower;
}

/* "Al-Qaeda" -> "Xx-Xxxx": one sign a character, runs cut at four (lower) or three. */
static span form_shape(span form, char *buffer) {
    size_t size = 0;
    char last = 0;
    u32 run = 0;
    form = cut_long(form);
    for (size_t at = 0; at < form.len && size + 4 < FEATURE_ROOM;) {
        u32 step;
        u32 code = utf8_decode(form, at, &step);
        char sign = code >= '0' && code <= '9' ? 'd'
                    : utf8_is_letter(code)     ? (utf8_is_upper(code) ? 'X' : 'x')
                                               : 0;
        at += step;
        if (sign == 0) {
            size += utf8_encode(normal_code(code), buffer + size);
            run = 0;
            last = 0;
            continue;
        }
        run = sign == last ? run + 1 : 1;
        last = sign;
        if (run <= 4) {
            buffer[size++] = sign;
        }
    }
    return (span){buffer, size};
}

/* The seeds lie far apart: XXH3 of up to three bytes under near seeds collides by construction. */
static u32 key_of(feature_kind kind, span text) {
    return (u32)(XXH3_64bits_withSeed(text.ptr, text.len, ((u64)kind + 1) * 0x9E3779B97F4A7C15u) >> 32);
}

static span suffix_of(span text, u32 letters) {
    size_t at = text.len;
    while (at > 0 && letters > 0) {
        at--;
        letters -= ((u8)text.ptr[at] & 0xC0) != 0x80;
    }
    return span_cut(text, at, text.len);
}

static span prefix_of(span text, u32 letters) {
    size_t at = 0;
    while (at < text.len && letters > 0) {
        u32 step;
        utf8_decode(text, at, &step);
        at += step;
        letters--;
    }
    return span_cut(text, 0, at);
}

void feature_keys(span form, u32 keys[FEATURE_COUNT]) {
    char norm_room[FEATURE_ROOM], shape_room[FEATURE_ROOM];
    span norm = feature_norm(form, norm_room);
    keys[FEATURE_NORM] = key_of(FEATURE_NORM, norm);
    keys[FEATURE_PREFIX] = key_of(FEATURE_PREFIX, prefix_of(norm, 3));
    keys[FEATURE_SUFFIX2] = key_of(FEATURE_SUFFIX2, suffix_of(norm, 2));
    keys[FEATURE_SUFFIX3] = key_of(FEATURE_SUFFIX3, suffix_of(norm, 3));
    keys[FEATURE_SUFFIX4] = key_of(FEATURE_SUFFIX4, suffix_of(norm, 4));
    keys[FEATURE_SHAPE] = key_of(FEATURE_SHAPE, form_shape(form, shape_room));
}

bool feature_table_open(feature_table *table, const u32 *keys, u32 key_count, arena *memory) {
    u32 slots = 64;
    while (slots / 2 < key_count) {
        slots *= 2;
    }
    *table = (feature_table){.keys = keys, .key_count = key_count, .slot_count = slots};
    table->slots = arena_new(memory, u32, slots);
    if (table->slots == NULL) {
        return false;
    }
    for (u32 i = 0; i < key_count; i++) {
        u32 at = keys[i] & (slots - 1);
        while (table->slots[at] != 0) {
            at = (at + 1) & (slots - 1);
        }
        table->slots[at] = i + 1;
    }
    return true;
}

u32 feature_row(const feature_table *table, feature_kind kind, u32 key) {
    u32 mask = table->slot_count - 1;
    for (u32 at = key & mask; table->slots[at] != 0; at = (at + 1) & mask) {
        if (table->keys[table->slots[at] - 1] == key) {
            return FEATURE_COUNT + table->slots[at] - 1;
        }
    }
    return kind;
}

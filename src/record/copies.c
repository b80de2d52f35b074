// SPDX-License-Identifier: Apache-2.0
/* In: a report's text.  Out: its sketch.  Words are runs of letters and digits in lower case, so that
 * a copy with other quotation marks or line breaks keeps its runs. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/utf8.h"
#include "record/copies.h"

#define RUN 5

static u64 mix(u64 x) {
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdULL;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53ULL;
    return x ^ (x >> 33);
}

static void take_run(const u64 words[RUN], u32 newest, copies_sketch *out) {
    u64 hash = 0;
    for (u32 i = 1; i <= RUN; i++) {
        hash = mix(hash ^ words[(newest + i) % RUN]);
    }
    for (u32 i = 0; i < SKETCH_HASHES; i++) {
        u32 value = (u32)(mix(hash + i * 0x9e3779b97f4a7c15ULL) >> 32);
        out->smallest[i] = value < out->smallest[i] ? value : out->smallest[i];
    }
    out->runs++;
}

static bool in_word(unsigned char c) { return ascii_is_alnum(c) || c >= 0x80; }

/* Punctuation outside ASCII (quotes, dashes: U+2000 to U+206F) parts words too. */
static bool is_general_punctuation(span text, size_t at) {
    return at + 2 < text.len && (unsigned char)text.ptr[at] == 0xe2 &&
           ((unsigned char)text.ptr[at + 1] == 0x80 || (unsigned char)text.ptr[at + 1] == 0x81);
}

void copies_draw(span text, copies_sketch *out) {
    u64 words[RUN] = {0};
    u32 count = 0;
    out->runs = 0;
    memset(out->smallest, 0xff, sizeof out->smallest);
    for (size_t at = 0; at < text.len;) {
        char lower[64];
        size_t start = at;
        while (at < text.len && in_word((unsigned char)text.ptr[at]) && !is_general_punctuation(text, at)) {
            at++;
        }
        if (at == start) {
            at += is_general_punctuation(text, at) ? 3 : 1;
            continue;
        }
        span word = utf8_lower(span_cut(text, start, at), lower, sizeof lower);
        words[count % RUN] = XXH3_64bits(word.ptr, word.len);
        if (++count >= RUN) {
            take_run(words, (count - 1) % RUN, out);
        }
    }
}

double copies_likeness(const copies_sketch *a, const copies_sketch *b) {
    u32 same = 0;
    for (u32 i = 0; i < SKETCH_HASHES; i++) {
        same += a->smallest[i] == b->smallest[i];
    }
    return a->runs == 0 || b->runs == 0 ? 0 : (double)same / SKETCH_HASHES;
}

u64 copies_band(const copies_sketch *sketch, u32 band) {
    return XXH3_64bits_withSeed(&sketch->smallest[band * SKETCH_ROWS], SKETCH_ROWS * sizeof(u32), band);
}

// SPDX-License-Identifier: Apache-2.0
/* In: the texts of a report's paragraphs, its terms.  Out: its sketch. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/utf8.h"
#include "record/sketch.h"

static u64 mix(u64 x) {
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdULL;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53ULL;
    return x ^ (x >> 33);
}

/* ------------------------------------------------------------------ runs */

static bool in_word(unsigned char c) { return ascii_is_alnum(c) || c >= 0x80; }

/* Punctuation outside ASCII (quotes, dashes: U+2000 to U+206F) parts words too. */
static bool is_general_punctuation(span text, size_t at) {
    return at + 2 < text.len && (unsigned char)text.ptr[at] == 0xe2 &&
           ((unsigned char)text.ptr[at + 1] == 0x80 || (unsigned char)text.ptr[at + 1] == 0x81);
}

static bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

/* The consonants of a word, spelling evened out; digits and other scripts stay.  The lowest bit tells of a digit. */
static u64 hash_skeleton(span word) {
    bool digit = false;
    char bones[64];
    size_t used = 0;
    for (size_t i = 0; i < word.len && used < sizeof bones; i++) {
        char c = word.ptr[i], next = i + 1 < word.len ? word.ptr[i + 1] : ' ';
        c = c == 'z' || (c == 'c' && (next == 'e' || next == 'i')) ? 's' : c;
        digit |= ascii_is_digit((unsigned char)c);
        bool doubled = used > 0 && bones[used - 1] == c && !ascii_is_digit((unsigned char)c);
        if (i == 0 || (!is_vowel(c) && !doubled)) {
            bones[used++] = c;
        }
    }
    return (XXH3_64bits(bones, used) & ~(u64)1) | digit;
}

void sketch_runs_open(sketch_runs *all, arena *memory) { *all = (sketch_runs){.memory = memory}; }

static bool take_word(sketch_runs *all, span word) {
    u64 hash = 0, digit = 0;
    all->words[all->count++ % SKETCH_RUN] = hash_skeleton(word);
    if (all->count < SKETCH_RUN) {
        return true;
    }
    if (all->used == all->room && !list_grow(all->memory, (void **)&all->hashes, all->used, &all->room, sizeof *all->hashes)) {
        return false;
    }
    for (u32 i = 0; i < SKETCH_RUN; i++) {
        hash = mix(hash ^ all->words[(all->count + i) % SKETCH_RUN]);
        digit |= all->words[i] & SKETCH_FIGURE;
    }
    all->hashes[all->used++] = ((u32)(hash >> 32) & ~SKETCH_FIGURE) | (u32)digit;
    return true;
}

bool sketch_runs_add(sketch_runs *all, span text) {
    for (size_t at = 0; at < text.len;) {
        char lower[64];
        size_t start = at;
        while (at < text.len && in_word((unsigned char)text.ptr[at]) && !is_general_punctuation(text, at)) {
            at++;
        }
        if (at == start) {
            at += is_general_punctuation(text, at) ? 3 : 1;
        } else if (!take_word(all, utf8_lower(span_cut(text, start, at), lower, sizeof lower))) {
            return false;
        }
    }
    return true;
}

static int compare_u32(const void *a, const void *b) {
    u32 x = *(const u32 *)a, y = *(const u32 *)b;
    return (x > y) - (x < y);
}

void sketch_runs_close(sketch_runs *all, sketch *out) {
    out->run_count = out->kept = 0;
    if (all->used > 1) {
        qsort(all->hashes, all->used, sizeof *all->hashes, compare_u32);
    }
    for (u32 i = 0; i < all->used; i++) {
        if (i > 0 && all->hashes[i] == all->hashes[i - 1]) {
            continue;
        }
        if (out->run_count++ < SKETCH_RUNS) {
            out->runs[out->kept++] = all->hashes[i];
        }
    }
}

/* How many of a sketch's runs lie at or under `end`, and how many of these hold a figure. */
static u32 count_under(const sketch *s, u32 end, u32 *figures) {
    u32 count = 0;
    *figures = 0;
    while (count < s->kept && s->runs[count] <= end) {
        *figures += s->runs[count++] & SKETCH_FIGURE;
    }
    return count;
}

static u32 cut_off(const sketch *s) { return s->kept < s->run_count ? s->runs[s->kept - 1] : UINT32_MAX; }

sketch_overlap sketch_compare(const sketch *a, const sketch *b) {
    u32 end = cut_off(a) < cut_off(b) ? cut_off(a) : cut_off(b), a_figures, b_figures;
    u32 a_count = count_under(a, end, &a_figures), b_count = count_under(b, end, &b_figures);
    sketch_overlap o = {.smaller = a_count < b_count ? a_count : b_count, .smaller_figures = a_figures < b_figures ? a_figures : b_figures};
    for (u32 i = 0, j = 0; i < a_count && j < b_count;) {
        u32 x = a->runs[i], y = b->runs[j];
        o.shared += x == y;
        o.shared_figures += x == y ? x & SKETCH_FIGURE : 0;
        i += x <= y;
        j += y <= x;
    }
    return o;
}

/* ------------------------------------------------------------------ terms */

u32 sketch_word(span word) { return (u32)(XXH3_64bits(word.ptr, word.len) >> 32); }

u32 sketch_log(u32 n) {
    u32 whole = 31 - (u32)__builtin_clz(n | 1), log = whole << 4;
    u64 x = ((u64)n << 31) >> whole; /* in [1, 2), 31 bits behind the point */
    for (u32 bit = 8; bit > 0; bit >>= 1) {
        x = (x * x) >> 31;
        if (x >= (u64)1 << 32) {
            x >>= 1;
            log += bit;
        }
    }
    return log;
}

static u32 worth(const sketch_term *t) { return (16 + sketch_log(t->count)) * t->rare; }

static int compare_worth(const void *a, const void *b) {
    const sketch_term *x = a, *y = b;
    u32 p = worth(x), q = worth(y);
    return p != q ? (p < q) - (p > q) : (x->word > y->word) - (x->word < y->word);
}

static int compare_word(const void *a, const void *b) {
    const sketch_term *x = a, *y = b;
    return (x->word > y->word) - (x->word < y->word);
}

void sketch_set_terms(sketch *out, sketch_term *terms, u32 count) {
    if (count > 1) {
        qsort(terms, count, sizeof *terms, compare_worth);
    }
    out->term_count = count < SKETCH_TERMS ? count : SKETCH_TERMS;
    for (u32 i = 0; i < out->term_count; i++) {
        out->terms[i] = terms[i];
    }
    if (out->term_count > 1) {
        qsort(out->terms, out->term_count, sizeof *out->terms, compare_word);
    }
}

/* ------------------------------------------------------------------ bytes */

static unsigned char *put_number(unsigned char *to, u32 value) {
    for (int i = 0; i < 4; i++) {
        *to++ = (unsigned char)(value >> (8 * i));
    }
    return to;
}

static u32 get_number(const char *from) {
    const unsigned char *b = (const unsigned char *)from;
    return (u32)b[0] | (u32)b[1] << 8 | (u32)b[2] << 16 | (u32)b[3] << 24;
}

size_t sketch_pack(const sketch *s, unsigned char out[SKETCH_BYTES]) {
    unsigned char *to = put_number(put_number(put_number(out, s->run_count), s->kept), s->term_count);
    for (u32 i = 0; i < s->kept; i++) {
        to = put_number(to, s->runs[i]);
    }
    for (u32 i = 0; i < s->term_count; i++) {
        to = put_number(to, s->terms[i].word);
        *to++ = s->terms[i].count;
        *to++ = s->terms[i].rare;
    }
    return (size_t)(to - out);
}

bool sketch_unpack(span bytes, sketch *out) {
    *out = (sketch){0};
    if (bytes.len < 12) {
        return false;
    }
    u32 kept = get_number(bytes.ptr + 4), terms = get_number(bytes.ptr + 8);
    if (kept > SKETCH_RUNS || terms > SKETCH_TERMS || bytes.len != 12 + (size_t)kept * 4 + (size_t)terms * 6) {
        return false;
    }
    out->run_count = get_number(bytes.ptr);
    out->kept = kept;
    out->term_count = terms;
    for (u32 i = 0; i < kept; i++) {
        out->runs[i] = get_number(bytes.ptr + 12 + i * 4);
    }
    const char *at = bytes.ptr + 12 + kept * 4;
    for (u32 i = 0; i < terms; i++, at += 6) {
        out->terms[i] = (sketch_term){get_number(at), (u8)at[4], (u8)at[5]};
    }
    return true;
}

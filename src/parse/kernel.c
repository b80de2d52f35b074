// SPDX-License-Identifier: Apache-2.0
/* The plain path is the definition; the AVX2 path does the same sums eight outputs at a time:
 * `madd` multiplies sixteen 16-bit pairs and adds neighbours, which is why weights lie in pairs.
 * The AVX-512 path does sixteen outputs at a time, and with VNNI multiplies and adds in one instruction.
 * Which path runs is asked of the processor once, when the model is opened. */
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "parse/kernel.h"

/* Largest r with r * r <= value (Newton from above). */
static u64 square_root(u64 value) {
    if (value == 0) {
        return 0;
    }
    u64 r = (u64)1 << ((65 - (u32)__builtin_clzll(value)) / 2);
    for (;;) {
        u64 next = (r + value / r) / 2;
        if (next >= r) {
            return r;
        }
        r = next;
    }
}

/* 2^22 sqrt(width / squares), at most 2^19: what takes 11-bit differences to FIXED_NORM + 14. */
static i32 inverse_deviation(i32 squares, u32 width) {
    u64 inverse = squares > 0 ? square_root(((u64)width << 44) / (u64)squares) : 0;
    return (i32)(inverse < (1u << 19) ? inverse : 1u << 19);
}

#define LOOP_NAME(name) name##_plain
#define LOOP_TARGET
#include "parse/kernel_loops.h"
#undef LOOP_NAME
#undef LOOP_TARGET

static void multiply_plain(const matrix *m, const i16 *a, size_t a_row, u32 rows, i32 *c) {
    for (u32 t = 0; t < rows; t++, a += a_row, c += m->out) {
        memcpy(c, m->bias, m->out * sizeof *c);
        const i16 *w = m->w;
        for (u32 k = 0; k < m->inner; k += 2, w += 2 * (size_t)m->out) {
            i32 first = a[k], second = a[k + 1];
            for (u32 n = 0; n < m->out; n++) {
                c[n] += first * w[2 * n] + second * w[2 * n + 1];
            }
        }
    }
}

static void dots_plain(const i16 *a, const i16 *b, size_t b_row, u32 inner, u32 count, i32 *c) {
    for (u32 t = 0; t < count; t++, b += b_row) {
        i32 sum = 0;
        for (u32 k = 0; k < inner; k++) {
            sum += a[k] * b[k];
        }
        c[t] = sum;
    }
}

const kernel *kernel_plain(void) {
    static const kernel plain = {"plain", multiply_plain, dots_plain, normalise_plain, round_plain, add_plain, step_plain, embed_plain};
    return &plain;
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2")))
#define LOOP_NAME(name) name##_avx2
#define LOOP_TARGET AVX2
#include "parse/kernel_loops.h"
#undef LOOP_NAME
#undef LOOP_TARGET

enum { BLOCK_ROWS = 6 };

static inline i32 pair_at(const i16 *a) {
    i32 both;
    memcpy(&both, a, sizeof both);
    return both;
}

AVX2 static inline __m256i load(const void *at) { return _mm256_loadu_si256((const __m256i *)at); }

/* `count` (at most BLOCK_ROWS, known to the compiler) rows against outputs n .. n + 15. */
AVX2 static inline __attribute__((always_inline)) void block_avx2(const matrix *m, const i16 *a, size_t a_row, u32 count, u32 n, i32 *c) {
    __m256i sum[BLOCK_ROWS][2];
#pragma GCC unroll 8
    for (u32 r = 0; r < count; r++) {
        sum[r][0] = load(m->bias + n);
        sum[r][1] = load(m->bias + n + 8);
    }
    const i16 *w = m->w + 2 * (size_t)n;
    for (u32 k = 0; k < m->inner; k += 2, w += 2 * (size_t)m->out) {
        const __m256i w0 = load(w), w1 = load(w + 16);
#pragma GCC unroll 8
        for (u32 r = 0; r < count; r++) {
            const __m256i both = _mm256_set1_epi32(pair_at(a + r * a_row + k));
            sum[r][0] = _mm256_add_epi32(sum[r][0], _mm256_madd_epi16(both, w0));
            sum[r][1] = _mm256_add_epi32(sum[r][1], _mm256_madd_epi16(both, w1));
        }
    }
#pragma GCC unroll 8
    for (u32 r = 0; r < count; r++) {
        _mm256_storeu_si256((__m256i *)(void *)(c + r * m->out + n), sum[r][0]);
        _mm256_storeu_si256((__m256i *)(void *)(c + r * m->out + n + 8), sum[r][1]);
    }
}

AVX2 static void multiply_avx2(const matrix *m, const i16 *a, size_t a_row, u32 rows, i32 *c) {
    for (u32 n = 0; n < m->out; n += 16) {
        u32 t = 0;
        for (; t + BLOCK_ROWS <= rows; t += BLOCK_ROWS) {
            block_avx2(m, a + t * a_row, a_row, BLOCK_ROWS, n, c + (size_t)t * m->out);
        }
        for (; t < rows; t++) {
            block_avx2(m, a + t * a_row, a_row, 1, n, c + (size_t)t * m->out);
        }
    }
}

AVX2 static void dots_avx2(const i16 *a, const i16 *b, size_t b_row, u32 inner, u32 count, i32 *c) {
    for (u32 t = 0; t < count; t++, b += b_row) {
        __m256i sum = _mm256_setzero_si256();
        for (u32 k = 0; k < inner; k += 16) {
            sum = _mm256_add_epi32(sum, _mm256_madd_epi16(load(a + k), load(b + k)));
        }
        __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
        half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4E));
        half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xB1));
        c[t] = _mm_cvtsi128_si32(half);
    }
}

#define AVX512 __attribute__((target("avx2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))
#define LOOP_NAME(name) name##_avx512
#define LOOP_TARGET AVX512
#include "parse/kernel_loops.h"
#undef LOOP_NAME
#undef LOOP_TARGET

/* `count` (at most BLOCK_ROWS) rows against outputs n .. n + 16 wide - 1, wide 1 or 2; both known to the compiler. */
AVX512 static inline __attribute__((always_inline)) void block_avx512(const matrix *m, const i16 *a, size_t a_row, u32 count, u32 wide, u32 n, i32 *c) {
    __m512i sum[BLOCK_ROWS][2];
#pragma GCC unroll 8
    for (u32 r = 0; r < count; r++) {
#pragma GCC unroll 2
        for (u32 j = 0; j < wide; j++) {
            sum[r][j] = _mm512_loadu_si512(m->bias + n + 16 * j);
        }
    }
    const i16 *w = m->w + 2 * (size_t)n;
    for (u32 k = 0; k < m->inner; k += 2, w += 2 * (size_t)m->out) {
        const __m512i w0 = _mm512_loadu_si512(w), w1 = wide > 1 ? _mm512_loadu_si512(w + 32) : w0;
#pragma GCC unroll 8
        for (u32 r = 0; r < count; r++) {
            const __m512i both = _mm512_set1_epi32(pair_at(a + r * a_row + k));
            sum[r][0] = _mm512_dpwssd_epi32(sum[r][0], both, w0);
            sum[r][1] = wide > 1 ? _mm512_dpwssd_epi32(sum[r][1], both, w1) : sum[r][0];
        }
    }
#pragma GCC unroll 8
    for (u32 r = 0; r < count; r++) {
#pragma GCC unroll 2
        for (u32 j = 0; j < wide; j++) {
            _mm512_storeu_si512(c + r * m->out + n + 16 * j, sum[r][j]);
        }
    }
}

AVX512 static void multiply_avx512(const matrix *m, const i16 *a, size_t a_row, u32 rows, i32 *c) {
    for (u32 n = 0; n < m->out; n += 32) {
        bool wide = n + 32 <= m->out;
        for (u32 t = 0; t < rows;) {
            const i16 *from = a + t * a_row;
            i32 *to = c + (size_t)t * m->out;
            bool block = t + BLOCK_ROWS <= rows;
            if (block && wide) {
                block_avx512(m, from, a_row, BLOCK_ROWS, 2, n, to);
            } else if (block) {
                block_avx512(m, from, a_row, BLOCK_ROWS, 1, n, to);
            } else if (wide) {
                block_avx512(m, from, a_row, 1, 2, n, to);
            } else {
                block_avx512(m, from, a_row, 1, 1, n, to);
            }
            t += block ? BLOCK_ROWS : 1;
        }
    }
}

const kernel *kernel_at(u32 index) {
    static const kernel avx2 = {"avx2", multiply_avx2, dots_avx2, normalise_avx2, round_avx2, add_avx2, step_avx2, embed_avx2};
    static const kernel avx512 = {"avx512", multiply_avx512, dots_avx2, normalise_avx512, round_avx512, add_avx512, step_avx512, embed_avx512};
    const kernel *there[] = {kernel_plain(), NULL, NULL, NULL};
    u32 count = 1;
    if (__builtin_cpu_supports("avx2")) {
        there[count++] = &avx2;
    }
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        there[count++] = &avx512;
    }
    return index < count ? there[index] : NULL;
}
#else
const kernel *kernel_at(u32 index) { return index == 0 ? kernel_plain() : NULL; }
#endif

const kernel *kernel_best(void) {
    u32 last = 0;
    while (kernel_at(last + 1) != NULL) {
        last++;
    }
    return kernel_at(last);
}

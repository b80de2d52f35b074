// SPDX-License-Identifier: Apache-2.0
/* Integer arithmetic of the network: every sum is exact in 32 bits (the model's maker proves the
 * bound row by row), so any order of summing, and with it any instruction set, gives the same
 * bits.  Numbers are fixed point; `FIXED_*` are the bits behind the point.
 *
 *   stream   x   i32  12 bits     sum of embeddings and block outputs
 *   norm     h   i16   8 bits     |h| <= sqrt(width): a normalised row cannot do more
 *   hidden   u   i16   8 bits     after relu, cut at 8191 (32.0)
 *   state    s   i32  10 bits     of a gated average, its input cut at 32.0
 *   gate     g   i16  14 bits     0 .. 1
 *   key      d,e i16   8 bits     after relu, cut at 2047 (8.0)
 *   query    q   i16   7 bits     cut at 8191 (64.0); scores q * e have 15 bits
 *
 * Rounding is to the nearest, halves up: (value + half) >> bits, an arithmetic shift. */
#ifndef DRG_PARSE_KERNEL_H
#define DRG_PARSE_KERNEL_H

#include "base/base.h"

enum { FIXED_STREAM = 12, FIXED_NORM = 8, FIXED_STATE = 10, FIXED_GATE = 14, FIXED_QUERY = 7 };
enum { HIDDEN_LIMIT = 8191, KEY_LIMIT = 2047, QUERY_LIMIT = 8191, STATE_LIMIT = 32767 };

/* Weights [inner / 2][out][2]: two neighbours in `inner` lie side by side for every output. */
typedef struct {
    u32 inner, out; /* inner even, out a multiple of 16 */
    u32 shift;      /* weights have this many bits behind the point */
    const i16 *w;
    const i32 *bias; /* [out], FIXED_NORM + shift bits */
} matrix;

/* One instruction set's way to do it. */
typedef struct {
    const char *name;
    /* c[rows][m->out] = bias + a * W, with row t of a at a + t * a_row. */
    void (*multiply)(const matrix *m, const i16 *a, size_t a_row, u32 rows, i32 *c);
    /* c[t] = sum over k < inner (a multiple of 16) of a[k] * b[t * b_row + k]. */
    void (*dots)(const i16 *a, const i16 *b, size_t b_row, u32 inner, u32 count, i32 *c);
    /* h = (x - mean) / deviation in FIXED_NORM; a row of equal numbers gives zeros. */
    void (*normalise)(const i32 *x, u32 width, i16 *h);
    /* to[i] = sums[i] rounded by `bits`, kept in low .. high. */
    void (*round)(const i32 *sums, u32 count, u32 bits, i32 low, i32 high, i16 *to);
    /* x[i] += sums[i] rounded by `bits`. */
    void (*add)(const i32 *sums, u32 count, u32 bits, i32 *x);
    /* state[i] += gate[i] (z[i] - state[i]);  x[i] += state[i]. */
    void (*step)(i32 *state, const i16 *z, const i16 *gate, u32 count, i32 *x);
    /* x[i] += row[i] * scale. */
    void (*embed)(const i8 *row, i32 scale, u32 count, i32 *x);
} kernel;

const kernel *kernel_plain(void); /* the definition, plain C */
const kernel *kernel_at(u32 index); /* the ways that this processor has, plain C first; NULL behind the last */
const kernel *kernel_best(void);    /* the last of them, the fastest */

static inline i32 shift_round(i32 value, u32 bits) { return bits == 0 ? value : (value + (1 << (bits - 1))) >> bits; }
static inline i32 clamp(i32 value, i32 low, i32 high) { return value < low ? low : value > high ? high : value; }

#endif

// SPDX-License-Identifier: Apache-2.0
/* Loops that the compiler vectorises by itself, included by kernel.c once for each instruction
 * set with LOOP_NAME and LOOP_TARGET set.  No include guard: that is the point. */

LOOP_TARGET static void LOOP_NAME(round)(const i32 *restrict sums, u32 count, u32 bits, i32 low, i32 high, i16 *restrict to) {
    i32 half = bits == 0 ? 0 : 1 << (bits - 1);
    for (u32 i = 0; i < count; i++) {
        to[i] = (i16)clamp((sums[i] + half) >> bits, low, high);
    }
}

LOOP_TARGET static void LOOP_NAME(add)(const i32 *restrict sums, u32 count, u32 bits, i32 *restrict x) {
    i32 half = bits == 0 ? 0 : 1 << (bits - 1);
    for (u32 i = 0; i < count; i++) {
        x[i] += (sums[i] + half) >> bits;
    }
}

LOOP_TARGET static void LOOP_NAME(step)(i32 *restrict state, const i16 *restrict z, const i16 *restrict gate, u32 count, i32 *restrict x) {
    for (u32 i = 0; i < count; i++) {
        state[i] += shift_round((z[i] - state[i]) * gate[i], FIXED_GATE);
        x[i] += state[i] * (1 << (FIXED_STREAM - FIXED_STATE));
    }
}

LOOP_TARGET static void LOOP_NAME(embed)(const i8 *restrict row, i32 scale, u32 count, i32 *restrict x) {
    for (u32 i = 0; i < count; i++) {
        x[i] += row[i] * scale;
    }
}

/* The row is first shifted so that its largest number keeps 11 bits: squares then sum to less
 * than 2^31, and 22 bits of  sqrt(width / sum of squares)  are all that is needed of the rest. */
LOOP_TARGET static void LOOP_NAME(normalise)(const i32 *restrict x, u32 width, i16 *restrict h) {
    i32 sum = 0, low = 0, high = 0, squares = 0;
    for (u32 i = 0; i < width; i++) {
        sum += x[i];
    }
    i32 mean = sum / (i32)width;
    for (u32 i = 0; i < width; i++) {
        i32 d = x[i] - mean;
        low = d < low ? d : low;
        high = d > high ? d : high;
    }
    u32 top = (u32)(high > -low ? high : -low);
    u32 down = top < 2048 ? 0 : 21 - (u32)__builtin_clz(top);
    for (u32 i = 0; i < width; i++) {
        i32 d = (x[i] - mean) >> down;
        h[i] = (i16)d;
        squares += d * d;
    }
    i32 factor = inverse_deviation(squares, width);
    for (u32 i = 0; i < width; i++) {
        h[i] = (i16)((h[i] * factor + (1 << 13)) >> 14);
    }
}

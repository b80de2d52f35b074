// SPDX-License-Identifier: Apache-2.0
/* The inner blocks of gemm.c, included once for each instruction set with BLOCK_NAME, BLOCK_TARGET
 * and the vectors' size in bytes, BLOCK_BYTES, set.  No include guard: that is the point. */

#define lanes BLOCK_NAME(lanes)
#define LANES (BLOCK_BYTES / sizeof(real))
#define BLOCK (2 * LANES)

typedef real lanes __attribute__((vector_size(BLOCK_BYTES), aligned(sizeof(real)), may_alias));

BLOCK_TARGET static void BLOCK_NAME(block_rows)(const gemm_task *t, size_t i, size_t j) {
    lanes sum[ROWS][2];
#pragma GCC unroll 12
    for (size_t r = 0; r < ROWS; r++) {
        const real *c = t->c + (i + r) * t->c_row + j;
        sum[r][0] = t->add ? *(const lanes *)c : (lanes){0};
        sum[r][1] = t->add ? *(const lanes *)(c + LANES) : (lanes){0};
    }
    const real *a = t->a + i * t->a_row;
    const size_t row = t->a_row;
    for (size_t k = 0; k < t->inner; k++, a += t->a_col) {
        const real *b = t->b + k * t->b_row + j;
        lanes b0 = *(const lanes *)b, b1 = *(const lanes *)(b + LANES);
#pragma GCC unroll 12
        for (size_t r = 0; r < ROWS; r++) {
            sum[r][0] += a[r * row] * b0;
            sum[r][1] += a[r * row] * b1;
        }
    }
#pragma GCC unroll 12
    for (size_t r = 0; r < ROWS; r++) {
        real *c = t->c + (i + r) * t->c_row + j;
        *(lanes *)c = sum[r][0];
        *(lanes *)(c + LANES) = sum[r][1];
    }
}

BLOCK_TARGET static void BLOCK_NAME(one_row)(const gemm_task *t, size_t i, size_t j) {
    real *c = t->c + i * t->c_row + j;
    lanes sum0 = t->add ? *(const lanes *)c : (lanes){0};
    lanes sum1 = t->add ? *(const lanes *)(c + LANES) : (lanes){0};
    const real *a = t->a + i * t->a_row;
    for (size_t k = 0; k < t->inner; k++) {
        const real *b = t->b + k * t->b_row + j;
        sum0 += a[k * t->a_col] * *(const lanes *)b;
        sum1 += a[k * t->a_col] * *(const lanes *)(b + LANES);
    }
    *(lanes *)c = sum0;
    *(lanes *)(c + LANES) = sum1;
}

/* Blocks of columns from `j` on; the first column that is left. */
BLOCK_TARGET static size_t BLOCK_NAME(columns)(const gemm_task *t, size_t j) {
    for (; j + BLOCK <= t->cols; j += BLOCK) {
        size_t i = 0;
        for (; i + ROWS <= t->rows; i += ROWS) {
            BLOCK_NAME(block_rows)(t, i, j);
        }
        for (; i < t->rows; i++) {
            BLOCK_NAME(one_row)(t, i, j);
        }
    }
    return j;
}

#undef lanes
#undef LANES
#undef BLOCK

// SPDX-License-Identifier: Apache-2.0
/* Register blocking: 6 rows of A against 16 columns of B keep twelve sums in registers; the panel
 * of B (inner x 16) stays in the first-level cache while all rows of A pass by. */
#include "gemm.h"

#define LANES (32 / sizeof(real))
#define BLOCK (2 * LANES)
#define ROWS 6

typedef real lanes __attribute__((vector_size(32), aligned(sizeof(real)), may_alias));

#define BLOCK_NAME(name) name##_plain
#define BLOCK_TARGET
#include "gemm_block.h"
#undef BLOCK_NAME
#undef BLOCK_TARGET

#if defined(__x86_64__)
#define BLOCK_NAME(name) name##_avx2
#define BLOCK_TARGET __attribute__((target("avx2,fma")))
#include "gemm_block.h"
#undef BLOCK_NAME
#undef BLOCK_TARGET
#endif

static void one_column(const gemm_task *t, size_t j) {
    for (size_t i = 0; i < t->rows; i++) {
        real *c = t->c + i * t->c_row + j, sum = t->add ? *c : 0;
        for (size_t k = 0; k < t->inner; k++) {
            sum += t->a[i * t->a_row + k * t->a_col] * t->b[k * t->b_row + j];
        }
        *c = sum;
    }
}

void gemm(const gemm_task *t) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        columns_avx2(t);
    } else {
        columns_plain(t);
    }
#else
    columns_plain(t);
#endif
    for (size_t j = t->cols / BLOCK * BLOCK; j < t->cols; j++) {
        one_column(t, j);
    }
}

// SPDX-License-Identifier: Apache-2.0
/* Register blocking: 6 rows of A against two vectors of columns of B keep twelve sums in registers;
 * the panel of B stays in the first-level cache while all rows of A pass by.  Every sum runs over
 * `inner` in order with fused products, so vectors of 32 and of 64 bytes give the same bits. */
#include "gemm.h"

#define ROWS 6

#define BLOCK_NAME(name) name##_plain
#define BLOCK_TARGET
#define BLOCK_BYTES 32
#include "gemm_block.h"
#undef BLOCK_NAME
#undef BLOCK_TARGET

#if defined(__x86_64__)
#define BLOCK_NAME(name) name##_avx2
#define BLOCK_TARGET __attribute__((target("avx2,fma")))
#include "gemm_block.h"
#undef BLOCK_NAME
#undef BLOCK_TARGET
#undef BLOCK_BYTES

#define BLOCK_NAME(name) name##_avx512
#define BLOCK_TARGET __attribute__((target("avx512f,avx2,fma")))
#define BLOCK_BYTES 64
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
    size_t j = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        j = __builtin_cpu_supports("avx512f") ? columns_avx512(t, j) : j;
        j = columns_avx2(t, j);
    }
#endif
    for (j = columns_plain(t, j); j < t->cols; j++) {
        one_column(t, j);
    }
}

// SPDX-License-Identifier: Apache-2.0
/* C[rows][cols] (+)= A * B, the one kernel that all of training's time goes into.
 *
 *   A   [rows][inner], element (i, k) at a[i * a_row + k * a_col]: either side may be transposed
 *   B   [inner][cols], row stride b_row, columns contiguous
 *   C   [rows][cols], row stride c_row
 *
 * Sums run over k in ascending order whatever the blocking, so results do not depend on it. */
#ifndef TRAIN_GEMM_H
#define TRAIN_GEMM_H

#include <stdbool.h>
#include <stddef.h>

#include "real.h"

typedef struct {
    size_t rows, cols, inner;
    const real *a;
    size_t a_row, a_col;
    const real *b;
    size_t b_row;
    real *c;
    size_t c_row;
    bool add; /* C += instead of C = */
} gemm_task;

void gemm(const gemm_task *task);

#endif

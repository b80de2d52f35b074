// SPDX-License-Identifier: Apache-2.0
/* What net.c (encoder) and heads.c share. */
#ifndef TRAIN_NET_PARTS_H
#define TRAIN_NET_PARTS_H

#include "net.h"

/* to[rows][out] = in * w + b. */
void net_linear(const real *in, size_t in_row, size_t inner, const real *w, const real *b, size_t out, size_t rows, real *to);

typedef struct {
    const real *in;
    size_t in_row, inner, out, rows;
    const real *w, *dout;
    real *dw, *db; /* added to; db may be NULL */
    real *din;     /* [rows][inner] or NULL */
    real *turned;  /* scratch of inner * out */
    bool add;      /* din += */
} net_linear_task;
void net_linear_backward(const net_linear_task *task);

void net_zero_pads(const net_batch *batch, real *values, size_t width);
void net_draw_mask(const net_options *options, real *mask, size_t count);
void net_heads_forward(const net_layout *layout, const real *values, net_batch *batch);
/* Losses of all heads; `dn` gets the gradient of their input. */
void net_heads_backward(const net_layout *layout, const real *values, real *gradient, net_batch *batch,
                        const net_options *options, real *dn);

#endif

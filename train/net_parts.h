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
/* Replaces scores by their gradient; the loss. */
double net_cross_entropy(real *scores, size_t count, u32 gold, double weight);
double net_target_losses(real *scores, size_t count, const net_target *target, double weight);

/* One reading's arcs: where its parameters and activations lie; its vectors are `pair` numbers apart. */
typedef struct {
    const net_arcs *at;
    size_t pair;
    real *tree, *q, *dtree, *dq;
} net_arc_view;
net_arc_view net_last_reading(const net_layout *layout, const net_batch *batch);
/* d, e and q of all rows from h. */
void net_arcs_forward(const net_layout *layout, const real *values, const net_batch *batch, const net_arc_view *w, const real *h);
/* The loss of one sentence's heads; adds the gradients of d, e, q and of the parameters behind them. */
double net_arc_losses(const net_layout *layout, const real *values, real *gradient, net_batch *batch, const net_arc_view *w,
                      const net_sentence *s, double scale);
/* From the gradients of d, e and q to that of h, `dh`. */
void net_arcs_backward(const net_layout *layout, const real *values, real *gradient, net_batch *batch, const net_arc_view *w,
                       const real *h, real *dh, bool add);
/* Block `b`, a 't': [rows][3 width], what its convolution reads. */
const real *net_reading_forward(const net_layout *layout, const real *values, net_batch *batch, u32 b);
/* From batch->dgathered, and the first reading's own loss; added to `dh`. */
void net_reading_backward(const net_layout *layout, const real *values, real *gradient, net_batch *batch, u32 b,
                          const net_options *options, real *dh);
/* Losses of all heads; `dn` gets the gradient of their input. */
void net_heads_backward(const net_layout *layout, const real *values, real *gradient, net_batch *batch,
                        const net_options *options, real *dn);

#endif

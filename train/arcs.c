// SPDX-License-Identifier: Apache-2.0
/* Arcs: the scores of all heads of all words of a sentence in one product, for the last reading (the
 * heads') and for the first ones, which blocks 't' look along:
 *
 *     first reading's best heads    Rebels <- fled, attacked <- Rebels, base <- attacked
 *     gathered for "Rebels"         fled | Rebels | mean of its children, here attacked
 *
 * A first reading has a loss of its own; no gradient passes through its choice of heads. */
#include "gemm.h"
#include "net_parts.h"

static const double FIRST_WEIGHT = 0.5; /* of a first reading's loss */

static size_t distance_slot(i64 from, i64 to) {
    i64 far = to - from, half = NET_DISTANCES / 2;
    return (size_t)((far < -half ? -half : far > half ? half : far) + half);
}

net_arc_view net_last_reading(const net_layout *l, const net_batch *b) {
    return (net_arc_view){&l->arcs, 2 * l->shape.arc + 2 * l->shape.rel, b->tree, b->q, b->dtree, b->dq};
}

static net_arc_view first_reading(const net_layout *l, const net_batch *b, u32 block) {
    const net_reading *r = &b->reading[block];
    return (net_arc_view){&l->block[block].arcs, 2 * l->shape.arc, r->keys, r->query, b->dkeys, b->dquery};
}

void net_arcs_forward(const net_layout *l, const real *values, const net_batch *batch, const net_arc_view *w, const real *h) {
    size_t a = l->shape.arc, d = l->shape.width, rows = batch->rows, pair = w->pair;
    net_linear(h, d, d, values + w->at->w, values + w->at->b, pair, rows, w->tree);
    for (size_t t = 0; t < rows; t++) {
        for (size_t i = 0; i < 2 * a; i++) {
            real *x = &w->tree[t * pair + i];
            *x = *x > 0 ? *x : 0;
        }
    }
    gemm(&(gemm_task){rows, a, a, w->tree, pair, 1, values + w->at->u, a, w->q, a, false});
}

/* Lays out one sentence's head vectors and queries and multiplies them; columns behind the last head are zero. */
static void view_scores(const net_layout *l, const real *values, net_batch *batch, const net_arc_view *w, const net_sentence *s) {
    size_t a = l->shape.arc, count = s->count, cols = (count + 16) / 16 * 16;
    const real *v = values + w->at->v, *distance = values + w->at->distance;
    memcpy(batch->keys, values + w->at->root, a * sizeof(real));
    memset(batch->keys + (count + 1) * a, 0, (cols - count - 1) * a * sizeof(real));
    for (size_t j = 0; j < count; j++) {
        memcpy(batch->keys + (j + 1) * a, w->tree + (s->first + j) * w->pair + a, a * sizeof(real));
        for (size_t k = 0; k < a; k++) {
            batch->queries[j * a + k] = w->q[(s->first + j) * a + k] + v[k];
        }
    }
    for (size_t k = 0; k < a; k++) {
        for (size_t j = 0; j < cols; j++) {
            batch->turned_keys[k * cols + j] = batch->keys[j * a + k];
        }
    }
    gemm(&(gemm_task){count, cols, a, batch->queries, a, 1, batch->turned_keys, cols, batch->pairs, NET_PAIRS, false});
    for (size_t i = 0; i < count; i++) {
        real *row = batch->pairs + i * NET_PAIRS;
        for (size_t j = 1; j <= count; j++) {
            row[j] += distance[distance_slot((i64)i + 1, (i64)j)];
        }
        row[i + 1] = (real)-1e9;
    }
}

void net_arc_scores(const net_layout *l, const real *values, net_batch *batch, const net_sentence *s) {
    net_arc_view w = net_last_reading(l, batch);
    view_scores(l, values, batch, &w, s);
}

/* The best head of each word by a first reading. */
static void guess(const net_layout *l, const real *values, net_batch *batch, const net_arc_view *w, const net_reading *to) {
    for (u32 k = 0; k < batch->sentence_count; k++) {
        const net_sentence *s = &batch->sentences[k];
        view_scores(l, values, batch, w, s);
        for (u32 i = 0; i < s->count; i++) {
            const real *row = batch->pairs + i * NET_PAIRS;
            u32 best = 0;
            for (u32 j = 1; j <= s->count; j++) {
                best = row[j] > row[best] ? j : best;
            }
            to->guess[s->first + i] = best == 0 ? 0 : s->first + best - 1;
        }
    }
}

double net_arc_losses(const net_layout *l, const real *values, real *gradient, net_batch *batch, const net_arc_view *w,
                      const net_sentence *s, double scale) {
    size_t a = l->shape.arc, count = s->count, cols = (count + 16) / 16 * 16;
    real *distance = gradient + w->at->distance, *dq = w->dq + s->first * a;
    double loss = 0;
    view_scores(l, values, batch, w, s);
    for (size_t i = 0; i < count; i++) {
        real *row = batch->pairs + i * NET_PAIRS;
        bool known = batch->head[s->first + i] >= 0;
        size_t end = known ? count + 1 : 0;
        if (known) {
            loss += net_target_losses(row, end, &batch->heads[s->first + i], scale);
        }
        memset(row + end, 0, (cols - end) * sizeof *row);
        for (size_t j = 1; j < end; j++) {
            distance[distance_slot((i64)i + 1, (i64)j)] += row[j];
        }
    }
    gemm(&(gemm_task){count, a, cols, batch->pairs, NET_PAIRS, 1, batch->keys, a, dq, a, false});
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < a; k++) {
            gradient[w->at->v + k] += dq[i * a + k];
        }
    }
    gemm(&(gemm_task){1, a, count, batch->pairs, 1, NET_PAIRS, batch->queries, a, gradient + w->at->root, a, true});
    gemm(&(gemm_task){count, a, count, batch->pairs + 1, 1, NET_PAIRS, batch->queries, a, w->dtree + s->first * w->pair + a, w->pair, true});
    return loss;
}

void net_arcs_backward(const net_layout *l, const real *values, real *gradient, net_batch *batch, const net_arc_view *w, const real *h,
                       real *dh, bool add) {
    size_t d = l->shape.width, a = l->shape.arc, pair = w->pair, rows = batch->rows;
    /* q = d U */
    gemm(&(gemm_task){a, a, rows, w->tree, 1, pair, w->dq, a, gradient + w->at->u, a, true});
    for (size_t i = 0; i < a; i++) {
        for (size_t j = 0; j < a; j++) {
            batch->turned[j * a + i] = values[w->at->u + i * a + j];
        }
    }
    gemm(&(gemm_task){rows, a, a, w->dq, a, 1, batch->turned, a, w->dtree, pair, true});
    for (size_t t = 0; t < rows; t++) {
        for (size_t i = 0; i < 2 * a; i++) {
            w->dtree[t * pair + i] = w->tree[t * pair + i] > 0 ? w->dtree[t * pair + i] : 0;
        }
    }
    net_linear_backward(&(net_linear_task){h, d, d, pair, rows, values + w->at->w, w->dtree, gradient + w->at->w,
                                           gradient + w->at->b, dh, batch->turned, add});
}

/* ------------------------------------------------------------------ looking along the arcs */

/* gathered(t) = h(head) h(t) mean of h(children), by the first reading's heads. */
static void gather(const net_batch *batch, const net_reading *at, const real *h, size_t d) {
    memset(at->gathered, 0, batch->rows * 3 * d * sizeof(real));
    memset(at->children, 0, batch->rows * sizeof(u32));
    for (u32 k = 0; k < batch->sentence_count; k++) {
        const net_sentence *s = &batch->sentences[k];
        for (u32 t = s->first; t < s->first + s->count; t++) {
            at->children[at->guess[t]]++;
        }
        for (u32 t = s->first; t < s->first + s->count; t++) {
            u32 head = at->guess[t];
            real *to = at->gathered + t * 3 * d, share = 1 / (real)at->children[head];
            memcpy(to + d, h + t * d, d * sizeof *h);
            if (head > 0) {
                memcpy(to, h + head * d, d * sizeof *h);
                real *sum = at->gathered + head * 3 * d + 2 * d;
                for (size_t i = 0; i < d; i++) {
                    sum[i] += share * h[t * d + i];
                }
            }
        }
    }
}

static void gather_backward(const net_batch *batch, const net_reading *at, real *dh, size_t d) {
    for (u32 k = 0; k < batch->sentence_count; k++) {
        const net_sentence *s = &batch->sentences[k];
        for (u32 t = s->first; t < s->first + s->count; t++) {
            u32 head = at->guess[t];
            const real *from = batch->dgathered + t * 3 * d, *sum = batch->dgathered + head * 3 * d + 2 * d;
            real share = 1 / (real)at->children[head];
            for (size_t i = 0; i < d; i++) {
                dh[t * d + i] += from[d + i] + (head > 0 ? share * sum[i] : 0);
            }
            for (size_t i = 0; i < d && head > 0; i++) {
                dh[head * d + i] += from[i];
            }
        }
    }
}

const real *net_reading_forward(const net_layout *l, const real *values, net_batch *batch, u32 b) {
    const real *h = batch->h + b * batch->room * l->shape.width;
    net_arc_view w = first_reading(l, batch, b);
    net_arcs_forward(l, values, batch, &w, h);
    guess(l, values, batch, &w, &batch->reading[b]);
    gather(batch, &batch->reading[b], h, l->shape.width);
    return batch->reading[b].gathered;
}

void net_reading_backward(const net_layout *l, const real *values, real *gradient, net_batch *batch, u32 b, const net_options *o, real *dh) {
    const real *h = batch->h + b * batch->room * l->shape.width;
    net_arc_view w = first_reading(l, batch, b);
    gather_backward(batch, &batch->reading[b], dh, l->shape.width);
    memset(w.dtree, 0, batch->rows * w.pair * sizeof(real));
    memset(w.dq, 0, batch->rows * (size_t)l->shape.arc * sizeof(real));
    for (u32 k = 0; k < batch->sentence_count; k++) {
        const net_sentence *s = &batch->sentences[k];
        if (batch->head[s->first] >= 0) {
            batch->loss += net_arc_losses(l, values, gradient, batch, &w, s, FIRST_WEIGHT * (double)o->scale);
        }
    }
    net_arcs_backward(l, values, gradient, batch, &w, h, dh, true);
}

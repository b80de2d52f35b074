// SPDX-License-Identifier: Apache-2.0
/* The heads: tags, heads and relations of words, names.  Every loss is a cross entropy; where a
 * source allows several name labels, the probability of the set counts: -log sum p(allowed). */
#include <math.h>

#include "gemm.h"
#include "net_parts.h"

/* Weight of each task's loss; the tree has 1. */
static const double TASK_WEIGHT[TASK_COUNT] = {0.5, 0.5, 0.5, 1.0};

void net_heads_forward(const net_layout *l, const real *values, net_batch *batch) {
    const net_shape *s = &l->shape;
    size_t d = s->width, rows = batch->rows;
    net_linear(batch->n, d, d, values + l->tag_w, values + l->tag_b, s->tags, rows, batch->tags);
    net_arc_view w = net_last_reading(l, batch);
    net_arcs_forward(l, values, batch, &w, batch->n);
}

/* Turns scores into probabilities; returns the log of their sum before. */
static double softmax(real *scores, size_t count) {
    real top = scores[0];
    for (size_t i = 1; i < count; i++) {
        top = scores[i] > top ? scores[i] : top;
    }
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        scores[i] = real_exp(scores[i] - top);
        sum += (double)scores[i];
    }
    for (size_t i = 0; i < count; i++) {
        scores[i] = (real)((double)scores[i] / sum);
    }
    return sum;
}

double net_cross_entropy(real *scores, size_t count, u32 gold, double weight) {
    softmax(scores, count);
    double p = (double)scores[gold];
    for (size_t i = 0; i < count; i++) {
        scores[i] = (real)(weight * ((double)scores[i] - (i == gold ? 1.0 : 0.0)));
    }
    return -weight * log(p > 1e-30 ? p : 1e-30);
}

double net_target_losses(real *scores, size_t count, const net_target *target, double weight) {
    softmax(scores, count);
    double loss = 0;
    for (u32 k = 0; k < target->count; k++) {
        double p = (double)scores[target->label[k]];
        loss -= weight * (double)target->share[k] * log(p > 1e-30 ? p : 1e-30);
    }
    for (size_t i = 0; i < count; i++) {
        scores[i] = (real)(weight * (double)scores[i]);
    }
    for (u32 k = 0; k < target->count; k++) {
        scores[target->label[k]] -= (real)(weight * (double)target->share[k]);
    }
    return loss;
}

static double set_cross_entropy(real *scores, size_t count, u32 allowed, double weight) {
    softmax(scores, count);
    double inside = 0;
    for (size_t i = 0; i < count; i++) {
        inside += (allowed >> i & 1) ? (double)scores[i] : 0.0;
    }
    inside = inside > 1e-30 ? inside : 1e-30;
    for (size_t i = 0; i < count; i++) {
        double p = (double)scores[i], target = (allowed >> i & 1) ? p / inside : 0.0;
        scores[i] = (real)(weight * (p - target));
    }
    return -weight * log(inside);
}

/* Replaces a row of tag logits by its gradient. */
static double tag_losses(const net_shape *s, net_batch *batch, size_t t, double scale) {
    real *row = batch->tags + t * s->tags;
    double loss = 0;
    u32 end = 0;
    for (u32 task = 0; task < TASK_COUNT; task++) {
        real *scores = row + s->task_at[task];
        u32 count = s->task_count[task];
        end = s->task_at[task] + count;
        if (task == TASK_NAMES && batch->names[t] != 0) {
            loss += set_cross_entropy(scores, count, batch->names[t], TASK_WEIGHT[task] * scale);
        } else if (task != TASK_NAMES && batch->gold[task][t] >= 0) {
            loss += net_cross_entropy(scores, count, (u32)batch->gold[task][t], TASK_WEIGHT[task] * scale);
        } else {
            memset(scores, 0, count * sizeof *scores);
        }
    }
    memset(row + end, 0, (s->tags - end) * sizeof *row);
    return loss;
}

static void relation_hidden(const net_layout *l, const real *values, const net_batch *batch, const net_sentence *s, u32 i, u32 j, real *r) {
    size_t a = l->shape.arc, n = l->shape.rel, pair = 2 * a + 2 * n;
    const real *p = batch->tree + (s->first + i) * pair + 2 * a;
    const real *q = j == 0 ? values + l->rel_root : batch->tree + (s->first + j - 1) * pair + 2 * a + n;
    for (size_t k = 0; k < n; k++) {
        real sum = p[k] + q[k];
        r[k] = sum > 0 ? sum : 0;
    }
}

static double relation_losses(const net_layout *l, const real *values, real *gradient, net_batch *batch, const net_options *o) {
    size_t a = l->shape.arc, n = l->shape.rel, pair = 2 * a + 2 * n, rels = l->shape.rels, rows = batch->rows;
    double loss = 0;
    memset(batch->relation, 0, rows * n * sizeof(real));
    net_draw_mask(o, batch->relation_mask, rows * n);
    for (u32 k = 0; k < batch->sentence_count; k++) {
        const net_sentence *s = &batch->sentences[k];
        for (u32 i = 0; i < s->count; i++) {
            size_t t = s->first + i;
            if (batch->head[t] >= 0) {
                relation_hidden(l, values, batch, s, i, (u32)batch->head[t], batch->relation + t * n);
            }
        }
    }
    for (size_t i = 0; i < rows * n; i++) {
        batch->relation[i] *= batch->relation_mask[i];
    }
    net_linear(batch->relation, n, n, values + l->rel_w, values + l->rel_b, rels, rows, batch->labels);
    for (size_t t = 0; t < rows; t++) {
        real *row = batch->labels + t * rels;
        bool known = batch->head[t] >= 0;
        size_t count = known ? l->shape.rel_count : 0;
        if (known) {
            loss += net_target_losses(row, count, &batch->rels[t], (double)o->scale);
        }
        memset(row + count, 0, (rels - count) * sizeof *row);
    }
    real *dr = batch->wide; /* rows * rel fits: rel <= 2 width */
    net_linear_backward(&(net_linear_task){batch->relation, n, n, rels, rows, values + l->rel_w, batch->labels, gradient + l->rel_w,
                                           gradient + l->rel_b, dr, batch->turned, false});
    for (u32 k = 0; k < batch->sentence_count; k++) {
        const net_sentence *s = &batch->sentences[k];
        for (u32 i = 0; i < s->count; i++) {
            size_t t = s->first + i;
            i32 j = batch->head[t];
            if (j < 0) {
                continue;
            }
            real *dp = batch->dtree + t * pair + 2 * a;
            real *dq = j == 0 ? gradient + l->rel_root : batch->dtree + (s->first + (u32)j - 1) * pair + 2 * a + n;
            for (size_t c = 0; c < n; c++) {
                real g = batch->relation[t * n + c] > 0 ? dr[t * n + c] * batch->relation_mask[t * n + c] : 0;
                dp[c] += g;
                dq[c] += g;
            }
        }
    }
    return loss;
}

void net_heads_backward(const net_layout *l, const real *values, real *gradient, net_batch *batch, const net_options *o, real *dn) {
    const net_shape *s = &l->shape;
    size_t d = s->width, a = s->arc, pair = 2 * a + 2 * s->rel, rows = batch->rows;
    net_arc_view w = net_last_reading(l, batch);
    memset(batch->dtree, 0, rows * pair * sizeof(real));
    memset(batch->dq, 0, rows * a * sizeof(real));
    batch->head[0] = -1;
    memset(batch->tags, 0, s->tags * sizeof(real));
    for (u32 k = 0; k < batch->sentence_count; k++) {
        const net_sentence *at = &batch->sentences[k];
        size_t pad = at->first + at->count;
        batch->head[pad] = -1;
        memset(batch->tags + pad * s->tags, 0, s->tags * sizeof(real));
        for (u32 i = 0; i < at->count; i++) {
            batch->loss += tag_losses(s, batch, at->first + i, (double)o->scale);
        }
        if (batch->head[at->first] >= 0) { /* trees are known as a whole */
            batch->loss += net_arc_losses(l, values, gradient, batch, &w, at, (double)o->scale);
        }
    }
    batch->loss += relation_losses(l, values, gradient, batch, o);
    net_arcs_backward(l, values, gradient, batch, &w, batch->n, dn, false);
    net_linear_backward(&(net_linear_task){batch->n, d, d, s->tags, rows, values + l->tag_w, batch->tags, gradient + l->tag_w,
                                           gradient + l->tag_b, dn, batch->turned, true});
}

u32 net_best_relation(const net_layout *l, const real *values, const net_batch *batch, const net_sentence *s, u32 i, u32 j) {
    size_t n = l->shape.rel, rels = l->shape.rels;
    real hidden[1024];
    relation_hidden(l, values, batch, s, i, j, hidden);
    real top = 0;
    u32 best = NONE;
    for (u32 label = 0; label < l->shape.rel_count; label++) {
        real sum = values[l->rel_b + label];
        for (size_t k = 0; k < n; k++) {
            sum += hidden[k] * values[l->rel_w + k * rels + label];
        }
        if ((label == 0) == (j == 0) && (best == NONE || sum > top)) {
            top = sum;
            best = label;
        }
    }
    return best;
}

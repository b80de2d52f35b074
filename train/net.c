// SPDX-License-Identifier: Apache-2.0
/* The shared part of the network: layout, initial values, the encoder forward and backward.
 * The heads are in heads.c; the formulas of both in net.h. */
#include <math.h>
#include <stdlib.h>

#include "gemm.h"
#include "net.h"
#include "net_parts.h"

u64 net_random(u64 *state) { /* splitmix64 (Steele et al. 2014) */
    u64 z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static real random_unit(u64 *state) { return (real)(net_random(state) >> 40) / (real)(1 << 24); }

static u32 round_up(u32 count) { return (count + 15) / 16 * 16; }

void net_layout_make(net_layout *l) {
    net_shape *s = &l->shape;
    s->block_count = (u32)strlen(s->blocks);
    u32 at = 0;
    for (u32 task = 0; task < TASK_COUNT; task++) {
        s->task_at[task] = at;
        at += s->task_count[task];
    }
    s->tags = round_up(at);
    s->rels = round_up(s->rel_count);
    size_t next = 0, d = s->width;
#define TAKE(field, size) (l->field = next, next += (size))
    TAKE(embed, s->rows * (size_t)s->embed);
    l->dense = next;
    for (u32 b = 0; b < s->block_count; b++) {
        bool conv = s->blocks[b] != 'q';
        TAKE(block[b].w1, conv ? 3 * d * s->hidden : d * 2 * d);
        TAKE(block[b].b1, conv ? s->hidden : 2 * d);
        TAKE(block[b].w2, conv ? s->hidden * d : 0);
        TAKE(block[b].b2, conv ? d : 0);
        if (s->blocks[b] == 't') {
            TAKE(block[b].arcs.w, d * 2 * s->arc);
            TAKE(block[b].arcs.b, 2 * s->arc);
            TAKE(block[b].arcs.u, (size_t)s->arc * s->arc);
            TAKE(block[b].arcs.v, s->arc);
            TAKE(block[b].arcs.root, s->arc);
            TAKE(block[b].arcs.distance, NET_DISTANCES);
        }
    }
    size_t pair = 2 * s->arc + 2 * s->rel;
    TAKE(tag_w, d * s->tags);
    TAKE(tag_b, s->tags);
    TAKE(arcs.w, d * pair);
    TAKE(arcs.b, pair);
    TAKE(arcs.u, (size_t)s->arc * s->arc);
    TAKE(arcs.v, s->arc);
    TAKE(arcs.root, s->arc);
    TAKE(arcs.distance, NET_DISTANCES);
    TAKE(rel_root, s->rel);
    TAKE(rel_w, (size_t)s->rel * s->rels);
    TAKE(rel_b, s->rels);
#undef TAKE
    l->count = next;
}

static void fill_random(real *values, size_t count, double deviation, u64 *random) {
    for (size_t i = 0; i < count; i++) { /* uniform of the given standard deviation */
        values[i] = (real)(deviation * 1.7320508 * (2.0 * (double)random_unit(random) - 1.0));
    }
}

void net_initialise(const net_layout *l, real *values, u64 seed) {
    const net_shape *s = &l->shape;
    u64 random = seed;
    double d = s->width;
    memset(values, 0, l->count * sizeof *values);
    fill_random(values + l->embed, s->rows * (size_t)s->embed, 0.3, &random);
    for (u32 b = 0; b < s->block_count; b++) {
        if (s->blocks[b] != 'q') {
            fill_random(values + l->block[b].w1, 3u * s->width * (size_t)s->hidden, sqrt(2.0 / (3.0 * d)), &random);
            fill_random(values + l->block[b].w2, (size_t)s->hidden * s->width, 0.7 * sqrt(1.0 / s->hidden), &random);
            if (s->blocks[b] == 't') {
                fill_random(values + l->block[b].arcs.w, (size_t)s->width * 2 * s->arc, sqrt(2.0 / d), &random);
                fill_random(values + l->block[b].arcs.u, (size_t)s->arc * s->arc, 0.7 / s->arc, &random);
                fill_random(values + l->block[b].arcs.root, s->arc, 0.5, &random);
            }
        } else {
            fill_random(values + l->block[b].w1, (size_t)s->width * 2 * s->width, sqrt(1.0 / d), &random);
            for (u32 i = 0; i < s->width; i++) { /* memories of many lengths: gates from 0.03 to 0.7 */
                values[l->block[b].b1 + s->width + i] = (real)(-3.5 + 4.3 * (double)random_unit(&random));
            }
        }
    }
    fill_random(values + l->tag_w, (size_t)s->width * s->tags, 0.5 * sqrt(1.0 / d), &random);
    fill_random(values + l->arcs.w, (size_t)s->width * (2 * s->arc + 2 * s->rel), sqrt(2.0 / d), &random);
    fill_random(values + l->arcs.u, (size_t)s->arc * s->arc, 0.7 / s->arc, &random);
    fill_random(values + l->arcs.root, s->arc, 0.5, &random);
    fill_random(values + l->rel_root, s->rel, 0.5, &random);
    fill_random(values + l->rel_w, (size_t)s->rel * s->rels, 0.5 * sqrt(1.0 / s->rel), &random);
}

/* ------------------------------------------------------------------ batches */

bool net_batch_open(net_batch *batch, const net_layout *l, u32 room) {
    const net_shape *s = &l->shape;
    memset(batch, 0, sizeof *batch);
    size_t n = room, d = s->width, wide = s->hidden > 2 * d ? s->hidden : 2 * d;
    size_t pair = 2 * s->arc + 2 * s->rel, turned = 3 * d * wide;
    turned = turned > d * s->tags ? turned : d * s->tags;
    turned = turned > d * pair ? turned : d * pair;
    size_t total = 0;
    for (int pass = 0; pass < 2; pass++) { /* first count, then hand out */
        real *at = batch->memory;
        if (pass == 1 && (at = batch->memory = calloc(total, sizeof(real))) == NULL) {
            return false;
        }
#define GIVE(field, size)                      \
    do {                                       \
        size_t size_ = (size);                 \
        if (pass == 1) {                       \
            batch->field = at;                 \
            at += size_;                       \
        } else {                               \
            total += size_;                    \
        }                                      \
    } while (0)
        GIVE(x, (s->block_count + 1) * n * d);
        GIVE(h, (s->block_count + 1) * n * d);
        GIVE(inverse, (s->block_count + 1) * n);
        for (u32 b = 0; b < s->block_count; b++) {
            bool reads = s->blocks[b] == 't';
            GIVE(inner[b], n * (s->blocks[b] != 'q' ? s->hidden : 3 * d));
            GIVE(reading[b].keys, reads ? n * 2 * s->arc : 0);
            GIVE(reading[b].query, reads ? n * s->arc : 0);
            GIVE(reading[b].gathered, reads ? n * 3 * d : 0);
        }
        for (u32 b = 0; b < s->block_count + 2; b++) {
            GIVE(mask[b], n * d);
        }
        GIVE(n, n * d);
        GIVE(tags, n * s->tags);
        GIVE(tree, n * pair);
        GIVE(q, n * s->arc);
        GIVE(relation, n * s->rel);
        GIVE(relation_mask, n * s->rel);
        GIVE(labels, n * s->rels);
        if (strchr(s->blocks, 't') != NULL) {
            GIVE(dkeys, n * 2 * s->arc);
            GIVE(dquery, n * s->arc);
            GIVE(dgathered, n * 3 * d);
        }
        GIVE(dtree, n * pair);
        GIVE(dq, n * s->arc);
        GIVE(dx, n * d);
        GIVE(dh, n * d);
        GIVE(wide, n * wide);
        GIVE(turned, turned);
        GIVE(pairs, NET_SENTENCE * NET_PAIRS);
        GIVE(keys, NET_PAIRS * s->arc);
        GIVE(turned_keys, NET_PAIRS * s->arc);
        GIVE(queries, NET_SENTENCE * s->arc);
#undef GIVE
    }
    batch->room = room;
    batch->sentences = calloc(room, sizeof *batch->sentences);
    batch->features = calloc(n * NET_FEATURES, sizeof(u32));
    batch->head = calloc(n, sizeof(i32));
    batch->heads = calloc(n, sizeof *batch->heads);
    batch->rels = calloc(n, sizeof *batch->rels);
    for (u32 task = 0; task < 3; task++) {
        batch->gold[task] = calloc(n, sizeof(i32));
    }
    batch->names = calloc(n, sizeof(u16));
    batch->links = calloc(n * 2 * NET_BLOCKS, sizeof(u32));
    for (u32 b = 0; b < s->block_count && batch->links != NULL; b++) {
        batch->reading[b].guess = batch->links + n * 2 * b;
        batch->reading[b].children = batch->links + n * (2 * b + 1);
    }
    net_batch_clear(batch);
    return batch->sentences && batch->features && batch->head && batch->heads && batch->rels && batch->gold[0] && batch->gold[1] &&
           batch->gold[2] && batch->names && batch->links;
}

void net_batch_close(net_batch *batch) {
    free(batch->memory);
    free(batch->sentences);
    free(batch->features);
    free(batch->head);
    free(batch->heads);
    free(batch->rels);
    for (u32 task = 0; task < 3; task++) {
        free(batch->gold[task]);
    }
    free(batch->names);
    free(batch->links);
}

void net_batch_clear(net_batch *batch) {
    batch->sentence_count = 0;
    batch->rows = 1;
    batch->loss = 0;
    batch->words = 0;
}

u32 net_batch_add(net_batch *batch, u32 count) {
    if (batch->rows + count + 1 > batch->room) {
        return 0;
    }
    u32 first = batch->rows;
    batch->sentences[batch->sentence_count++] = (net_sentence){first, count};
    batch->rows += count + 1;
    batch->words += count;
    return first;
}

void net_zero_pads(const net_batch *batch, real *values, size_t width) {
    memset(values, 0, width * sizeof *values);
    for (u32 i = 0; i < batch->sentence_count; i++) {
        size_t row = batch->sentences[i].first + batch->sentences[i].count;
        memset(values + row * width, 0, width * sizeof *values);
    }
}

/* ------------------------------------------------------------------ forward */

void net_linear(const real *in, size_t in_row, size_t inner, const real *w, const real *b, size_t out, size_t rows, real *to) {
    for (size_t t = 0; t < rows; t++) {
        memcpy(to + t * out, b, out * sizeof *b);
    }
    gemm(&(gemm_task){rows, out, inner, in, in_row, 1, w, out, to, out, true});
}

/* h = (x - mean) / deviation, row by row; a zero row stays zero. */
static void normalise(const real *x, real *h, real *inverse, size_t rows, size_t width) {
    for (size_t t = 0; t < rows; t++, x += width, h += width) {
        real mean = 0, square = 0;
        for (size_t i = 0; i < width; i++) {
            mean += x[i];
        }
        mean /= (real)width;
        for (size_t i = 0; i < width; i++) {
            square += (x[i] - mean) * (x[i] - mean);
        }
        inverse[t] = 1 / real_sqrt(square / (real)width + (real)1e-6);
        for (size_t i = 0; i < width; i++) {
            h[i] = (x[i] - mean) * inverse[t];
        }
    }
}

static void normalise_backward(const real *h, const real *inverse, const real *dh, real *dx, size_t rows, size_t width) {
    for (size_t t = 0; t < rows; t++, h += width, dh += width, dx += width) {
        real mean = 0, along = 0;
        for (size_t i = 0; i < width; i++) {
            mean += dh[i];
            along += dh[i] * h[i];
        }
        mean /= (real)width;
        along /= (real)width;
        for (size_t i = 0; i < width; i++) {
            dx[i] += inverse[t] * (dh[i] - mean - h[i] * along);
        }
    }
}

void net_draw_mask(const net_options *o, real *mask, size_t count) {
    if (o->random == NULL || o->dropout <= 0) {
        for (size_t i = 0; i < count; i++) {
            mask[i] = 1;
        }
        return;
    }
    real keep = 1 / (1 - o->dropout);
    u32 limit = (u32)((double)o->dropout * 65536.0);
    u64 bits[16];
    for (size_t i = 0; i < count; i += 64) { /* sixteen draws at a time, four numbers each */
        size_t end = count - i < 64 ? count - i : 64;
        for (size_t j = 0; j < 16; j++) {
            bits[j] = net_random(o->random);
        }
        for (size_t j = 0; j < end; j++) {
            mask[i + j] = ((bits[j % 16] >> (j / 16 * 16)) & 0xFFFF) < limit ? 0 : keep;
        }
    }
}

static void embed(const net_layout *l, const real *values, net_batch *batch, const real *mask) {
    size_t d = l->shape.width, own = l->shape.embed;
    for (size_t t = 0; t < batch->rows; t++) {
        real *x = batch->x + t * d;
        memset(x, 0, d * sizeof *x);
        for (u32 f = 0; f < NET_FEATURES; f++) {
            u32 row = batch->features[t * NET_FEATURES + f];
            const real *e = values + l->embed + row * own;
            for (size_t i = 0; row != UINT32_MAX && i < own; i++) {
                x[i] += e[i];
            }
        }
        for (size_t i = 0; i < d; i++) {
            x[i] *= mask[t * d + i];
        }
    }
}

static void scan(const net_batch *batch, real *inner, size_t d) {
    for (u32 i = 0; i < batch->sentence_count; i++) {
        const net_sentence *s = &batch->sentences[i];
        for (u32 k = 0; k < s->count; k++) {
            for (size_t half = 0; half < 2; half++) {
                real *at = inner + (half == 0 ? s->first + k : s->first + s->count - 1 - k) * 3 * d + half * (d / 2);
                const real *past = half == 0 ? at - 3 * d : at + 3 * d;
                for (size_t c = 0; c < d / 2; c++) {
                    real before = k == 0 ? 0 : past[2 * d + c];
                    at[2 * d + c] = before + at[d + c] * (at[c] - before);
                }
            }
        }
    }
}

static void block_forward(const net_layout *l, const real *values, net_batch *batch, u32 b, real *y) {
    size_t d = l->shape.width, hidden = l->shape.hidden, rows = batch->rows;
    const real *h = batch->h + b * batch->room * d;
    const net_block *p = &l->block[b];
    if (l->shape.blocks[b] != 'q') {
        real *u = batch->inner[b];
        if (l->shape.blocks[b] == 't') {
            const real *gathered = net_reading_forward(l, values, batch, b);
            net_linear(gathered, 3 * d, 3 * d, values + p->w1, values + p->b1, hidden, rows, u);
        } else {
            net_linear(h, d, 3 * d, values + p->w1, values + p->b1, hidden, rows - 2, u + hidden);
        }
        for (size_t i = 0; i < rows * hidden; i++) {
            u[i] = u[i] > 0 ? u[i] : 0;
        }
        net_zero_pads(batch, u, hidden);
        net_linear(u, hidden, hidden, values + p->w2, values + p->b2, d, rows, y);
    } else {
        real *inner = batch->inner[b];
        net_linear(h, d, d, values + p->w1, values + p->b1, 2 * d, rows, batch->wide);
        for (size_t t = 0; t < rows; t++) {
            for (size_t i = 0; i < d; i++) {
                inner[t * 3 * d + i] = batch->wide[t * 2 * d + i];
                inner[t * 3 * d + d + i] = 1 / (1 + real_exp(-batch->wide[t * 2 * d + d + i]));
            }
        }
        scan(batch, inner, d);
        for (size_t t = 0; t < rows; t++) {
            memcpy(y + t * d, inner + t * 3 * d + 2 * d, d * sizeof *y);
        }
    }
}

void net_forward(const net_layout *l, const real *values, net_batch *batch, const net_options *o) {
    const net_shape *s = &l->shape;
    size_t d = s->width, rows = batch->rows, layer = batch->room * d;
    memset(batch->features, 0xFF, NET_FEATURES * sizeof(u32));
    for (u32 i = 0; i < batch->sentence_count; i++) {
        size_t pad = batch->sentences[i].first + batch->sentences[i].count;
        memset(batch->features + pad * NET_FEATURES, 0xFF, NET_FEATURES * sizeof(u32));
    }
    for (u32 b = 0; b < s->block_count + 2; b++) {
        net_draw_mask(o, batch->mask[b], rows * d);
    }
    embed(l, values, batch, batch->mask[s->block_count]);
    for (u32 b = 0; b <= s->block_count; b++) {
        real *x = batch->x + b * layer, *next = x + layer, *y = batch->dh;
        normalise(x, batch->h + b * layer, batch->inverse + b * batch->room, rows, d);
        if (b == s->block_count) {
            break;
        }
        block_forward(l, values, batch, b, y);
        for (size_t i = 0; i < rows * d; i++) {
            next[i] = x[i] + batch->mask[b][i] * y[i];
        }
        net_zero_pads(batch, next, d);
    }
    const real *h = batch->h + s->block_count * layer;
    for (size_t i = 0; i < rows * d; i++) {
        batch->n[i] = h[i] * batch->mask[s->block_count + 1][i];
    }
    net_heads_forward(l, values, batch);
}

/* ------------------------------------------------------------------ backward */

static void turn(const real *w, size_t rows, size_t cols, real *to) {
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < cols; j++) {
            to[j * rows + i] = w[i * cols + j];
        }
    }
}

void net_linear_backward(const net_linear_task *t) {
    gemm(&(gemm_task){t->inner, t->out, t->rows, t->in, 1, t->in_row, t->dout, t->out, t->dw, t->out, true});
    for (size_t r = 0; r < t->rows; r++) {
        for (size_t j = 0; j < t->out && t->db != NULL; j++) {
            t->db[j] += t->dout[r * t->out + j];
        }
    }
    if (t->din != NULL) {
        turn(t->w, t->inner, t->out, t->turned);
        gemm(&(gemm_task){t->rows, t->inner, t->out, t->dout, t->out, 1, t->turned, t->inner, t->din, t->inner, t->add});
    }
}

static void conv_backward(const net_layout *l, const real *values, real *gradient, net_batch *batch, u32 b, const real *dy, real *dh, const net_options *o) {
    size_t d = l->shape.width, hidden = l->shape.hidden, rows = batch->rows;
    const net_block *p = &l->block[b];
    const real *u = batch->inner[b], *h = batch->h + b * batch->room * d;
    real *du = batch->wide;
    net_linear_backward(&(net_linear_task){u, hidden, hidden, d, rows, values + p->w2, dy, gradient + p->w2, gradient + p->b2,
                                           du, batch->turned, false});
    for (size_t i = 0; i < rows * hidden; i++) {
        du[i] = u[i] > 0 ? du[i] : 0;
    }
    if (l->shape.blocks[b] == 't') {
        net_zero_pads(batch, du, hidden);
        net_linear_backward(&(net_linear_task){batch->reading[b].gathered, 3 * d, 3 * d, hidden, rows, values + p->w1, du, gradient + p->w1,
                                               gradient + p->b1, batch->dgathered, batch->turned, false});
        memset(dh, 0, rows * d * sizeof *dh);
        net_reading_backward(l, values, gradient, batch, b, o, dh);
        return;
    }
    net_linear_backward(&(net_linear_task){h, d, 3 * d, hidden, rows - 2, values + p->w1, du + hidden, gradient + p->w1,
                                           gradient + p->b1, NULL, NULL, false});
    turn(values + p->w1, 3 * d, hidden, batch->turned);
    memset(dh, 0, rows * d * sizeof *dh);
    for (size_t tap = 0; tap < 3; tap++) { /* word t's window holds rows t-1, t, t+1 */
        gemm(&(gemm_task){rows - 2, d, hidden, du + hidden, hidden, 1, batch->turned + tap * d, 3 * d, dh + tap * d, d, true});
    }
}

static void scan_backward(const net_batch *batch, const real *inner, const real *dy, real *da, size_t d) {
    for (u32 i = 0; i < batch->sentence_count; i++) {
        const net_sentence *s = &batch->sentences[i];
        for (size_t half = 0; half < 2; half++) {
            real carry[NET_WIDTH / 2] = {0};
            for (u32 k = s->count; k-- > 0;) { /* against the direction of reading */
                size_t t = half == 0 ? s->first + k : s->first + s->count - 1 - k, from = half * (d / 2);
                const real *at = inner + t * 3 * d + from, *past = half == 0 ? at - 3 * d : at + 3 * d, *up = dy + t * d + from;
                real *out = da + t * 2 * d + from;
                for (size_t c = 0; c < d / 2; c++) {
                    real before = k == 0 ? 0 : past[2 * d + c], z = at[c], g = at[d + c], ds = up[c] + carry[c];
                    out[c] = ds * g;
                    out[d + c] = ds * (z - before) * g * (1 - g);
                    carry[c] = ds * (1 - g);
                }
            }
        }
    }
}

void net_backward(const net_layout *l, const real *values, real *gradient, net_batch *batch, const net_options *o) {
    const net_shape *s = &l->shape;
    size_t d = s->width, rows = batch->rows, layer = batch->room * d;
    real *dh = batch->dh, *dx = batch->dx;
    net_heads_backward(l, values, gradient, batch, o, dh);
    for (size_t i = 0; i < rows * d; i++) {
        dh[i] *= batch->mask[s->block_count + 1][i];
    }
    memset(dx, 0, rows * d * sizeof *dx);
    net_zero_pads(batch, dh, d);
    normalise_backward(batch->h + s->block_count * layer, batch->inverse + s->block_count * batch->room, dh, dx, rows, d);
    for (u32 b = s->block_count; b-- > 0;) {
        real *dy = batch->x + (b + 1) * layer; /* no longer needed: reused */
        for (size_t i = 0; i < rows * d; i++) {
            dy[i] = dx[i] * batch->mask[b][i];
        }
        if (s->blocks[b] != 'q') {
            conv_backward(l, values, gradient, batch, b, dy, dh, o);
        } else {
            memset(batch->wide, 0, rows * 2 * d * sizeof(real));
            scan_backward(batch, batch->inner[b], dy, batch->wide, d);
            net_linear_backward(&(net_linear_task){batch->h + b * layer, d, d, 2 * d, rows, values + l->block[b].w1, batch->wide,
                                                   gradient + l->block[b].w1, gradient + l->block[b].b1, dh, batch->turned, false});
        }
        net_zero_pads(batch, dh, d);
        normalise_backward(batch->h + b * layer, batch->inverse + b * batch->room, dh, dx, rows, d);
    }
    for (size_t t = 0; t < rows; t++) {
        for (u32 f = 0; f < NET_FEATURES; f++) {
            u32 row = batch->features[t * NET_FEATURES + f];
            for (size_t i = 0; row != UINT32_MAX && i < s->embed; i++) {
                gradient[l->embed + row * (size_t)s->embed + i] += dx[t * d + i] * batch->mask[s->block_count][t * d + i];
            }
        }
    }
}

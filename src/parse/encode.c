// SPDX-License-Identifier: Apache-2.0
/* Rows go through each layer in strips of 24, so that the sums of a strip are still in the
 * first-level cache when they are rounded to the next layer's 16 bits. */
#include "parse/encode.h"

#include "parse/gather.h"

enum { STRIP = 24, GATE_STEPS = 6 }; /* rows; bits behind the point of a gate's table */

bool encode_open(encoding *e, const parse_model *m, arena *memory) {
    const model_shape *s = &m->shape;
    u32 inner = s->hidden > 2 * s->width ? s->hidden : 2 * s->width, pair = 2 * s->arc + 2 * s->rel;
    u32 wide = pair > m->tag.out ? pair : m->tag.out;
    wide = wide > inner ? wide : inner;
    wide = wide > m->relation.out ? wide : m->relation.out;
    e->x = arena_new(memory, i32, BATCH_ROWS * (size_t)s->width);
    e->h = arena_new(memory, i16, BATCH_ROWS * (size_t)s->width);
    e->inner = arena_new(memory, i16, BATCH_ROWS * (size_t)inner);
    e->window = arena_new(memory, i16, BATCH_ROWS * 3 * (size_t)s->width);
    e->sums = arena_new(memory, i32, PIECE_LIMIT * (size_t)s->width);
    e->strip = arena_new(memory, i32, STRIP * (size_t)wide);
    e->upos = arena_new(memory, u8, BATCH_ROWS);
    e->xpos = arena_new(memory, u8, BATCH_ROWS);
    e->feats = arena_new(memory, u16, BATCH_ROWS);
    e->marks = arena_new(memory, u16, BATCH_ROWS);
    e->names = arena_new(memory, i32, BATCH_ROWS * (size_t)NAME_COLUMNS);
    e->tree = arena_new(memory, i16, BATCH_ROWS * (size_t)pair);
    e->query = arena_new(memory, i16, BATCH_ROWS * (size_t)s->arc);
    return e->x && e->h && e->inner && e->window && e->sums && e->strip && e->upos && e->xpos && e->feats && e->marks && e->names && e->tree && e->query;
}

void encode_word(const parse_model *m, const u32 rows[FEATURE_COUNT], i32 *x) {
    u32 width = m->shape.embed;
    memset(x, 0, m->shape.width * sizeof *x);
    for (u32 f = 0; f < FEATURE_COUNT; f++) {
        const i8 *row = m->embed + (size_t)rows[f] * width;
        i32 scale = 1 << (FIXED_STREAM - m->shifts[rows[f]]);
        m->arithmetic->embed(row, scale, width, x);
    }
}

static void zero_pads(const encoding *e, void *rows, size_t size) {
    memset(rows, 0, size);
    for (u32 i = 0; i < e->piece_count; i++) {
        memset((char *)rows + (e->pieces[i].first + e->pieces[i].count) * size, 0, size);
    }
}

/* Rows of the strip that starts at `t`. */
static u32 strip_rows(u32 t, u32 end) { return end - t < STRIP ? end - t : STRIP; }

/* `first` is the window of row 1, three rows long; the next lies `step` numbers behind. */
static void convolve(const parse_model *m, encoding *e, u32 b, const i16 *first, u32 step) {
    const kernel *a = m->arithmetic;
    u32 width = m->shape.width, hidden = m->shape.hidden, shift = m->block[b][0].shift;
    for (u32 t = 1; t + 1 < e->rows; t += STRIP) {
        u32 count = strip_rows(t, e->rows - 1);
        a->multiply(&m->block[b][0], first + (t - 1) * (size_t)step, step, count, e->strip);
        i16 *u = e->inner + t * (size_t)hidden;
        a->round(e->strip, count * hidden, shift, 0, HIDDEN_LIMIT, u);
        a->multiply(&m->block[b][1], u, hidden, count, e->strip);
        u32 down = FIXED_NORM + m->block[b][1].shift - FIXED_STREAM;
        a->add(e->strip, count * width, down, e->x + t * (size_t)width);
    }
}

static void average(const parse_model *m, encoding *e, u32 b) {
    const kernel *a = m->arithmetic;
    u32 width = m->shape.width, half = width / 2, shift = m->block[b][0].shift;
    for (u32 t = 1; t + 1 < e->rows; t += STRIP) {
        u32 count = strip_rows(t, e->rows - 1);
        a->multiply(&m->block[b][0], e->h + t * (size_t)width, width, count, e->strip);
        for (u32 r = 0; r < count; r++) {
            const i32 *sums = e->strip + r * 2 * (size_t)width;
            i16 *inner = e->inner + (t + r) * 2 * (size_t)width;
            a->round(sums, width, FIXED_NORM + shift - FIXED_STATE, -STATE_LIMIT, STATE_LIMIT, inner);
            a->round(sums + width, width, FIXED_NORM + shift - GATE_STEPS, -MODEL_GATES / 2, MODEL_GATES / 2 - 1, inner + width);
            for (u32 i = width; i < 2 * width; i++) {
                inner[i] = m->gate[inner[i] + MODEL_GATES / 2];
            }
        }
    }
    for (u32 k = 0; k < e->piece_count; k++) {
        const piece *p = &e->pieces[k];
        i32 ahead[128] = {0}, back[128] = {0};
        for (u32 i = 0; i < p->count; i++) {
            u32 t = p->first + i, u = p->first + p->count - 1 - i;
            const i16 *it = e->inner + t * 2 * (size_t)width, *iu = e->inner + u * 2 * (size_t)width;
            a->step(ahead, it, it + width, half, e->x + t * (size_t)width);
            a->step(back, iu + half, iu + width + half, half, e->x + u * (size_t)width + half);
        }
    }
}

static u32 best_of(const i32 *scores, u32 count) {
    u32 best = 0;
    for (u32 i = 1; i < count; i++) {
        best = scores[i] > scores[best] ? i : best;
    }
    return best;
}

static void run_tags(const parse_model *m, encoding *e) {
    const kernel *a = m->arithmetic;
    const model_shape *s = &m->shape;
    for (u32 t = 1; t + 1 < e->rows; t += STRIP) {
        u32 count = strip_rows(t, e->rows - 1);
        a->multiply(&m->tag, e->h + t * (size_t)s->width, s->width, count, e->strip);
        for (u32 r = 0; r < count; r++) {
            const i32 *sums = e->strip + r * (size_t)m->tag.out;
            e->upos[t + r] = (u8)best_of(sums + s->task_at[TAG_UPOS], s->task_count[TAG_UPOS]);
            e->xpos[t + r] = (u8)best_of(sums + s->task_at[TAG_XPOS], s->task_count[TAG_XPOS]);
            e->feats[t + r] = (u16)best_of(sums + s->task_at[TAG_FEATS], s->task_count[TAG_FEATS]);
        }
    }
}

void encode_keys(const parse_model *m, const arc_weights *arcs, u32 row, encoding *e) {
    const kernel *a = m->arithmetic;
    u32 width = m->shape.width, arc = m->shape.arc;
    for (u32 t = 1; t + 1 < e->rows; t += STRIP) {
        u32 count = strip_rows(t, e->rows - 1);
        a->multiply(&arcs->vectors, e->h + t * (size_t)width, width, count, e->strip);
        i16 *tree = e->tree + t * (size_t)row;
        for (u32 r = 0; r < count; r++) {
            const i32 *sums = e->strip + r * (size_t)row;
            a->round(sums, 2 * arc, arcs->vectors.shift, 0, KEY_LIMIT, tree + r * row);
            a->round(sums + 2 * arc, row - 2 * arc, arcs->vectors.shift, -2 * HIDDEN_LIMIT, 2 * HIDDEN_LIMIT, tree + r * row + 2 * arc);
        }
        a->multiply(&arcs->query, tree, row, count, e->strip);
        a->round(e->strip, count * arc, FIXED_NORM + arcs->query.shift - FIXED_QUERY, -QUERY_LIMIT, QUERY_LIMIT, e->query + t * (size_t)arc);
    }
}

void encode_run(const parse_model *m, encoding *e) {
    u32 width = m->shape.width;
    zero_pads(e, e->x, width * sizeof(i32));
    for (u32 b = 0; b <= m->shape.block_count; b++) {
        for (u32 t = 0; t < e->rows; t++) {
            m->arithmetic->normalise(e->x + t * (size_t)width, width, e->h + t * (size_t)width);
        }
        if (b == m->shape.block_count) {
            break;
        }
        if (m->blocks[b] == 'c') {
            convolve(m, e, b, e->h, width);
        } else if (m->blocks[b] == 't') {
            gather_windows(m, e, b);
            convolve(m, e, b, e->window + 3 * (size_t)width, 3 * width);
        } else {
            average(m, e, b);
        }
        zero_pads(e, e->x, width * sizeof(i32));
    }
    run_tags(m, e);
    encode_keys(m, &m->arcs, m->arcs.vectors.out, e);
}

void encode_arc_scores(const parse_model *m, const arc_weights *arcs, u32 row, const encoding *e, const piece *p, u32 i, i32 *scores) {
    u32 arc = m->shape.arc;
    const i16 *query = e->query + (p->first + i) * (size_t)arc;
    m->arithmetic->dots(query, arcs->root, 0, arc, 1, scores);
    m->arithmetic->dots(query, e->tree + p->first * (size_t)row + arc, row, arc, p->count, scores + 1);
    const i32 half = MODEL_DISTANCES / 2;
    for (u32 j = 1; j <= p->count; j++) {
        scores[j] += arcs->distance[clamp((i32)j - (i32)i - 1, -half, half) + half];
    }
    scores[i + 1] = INT32_MIN;
}

void encode_relations(const parse_model *m, encoding *e, const piece *p, const u32 *heads, u8 *deprels) {
    const kernel *a = m->arithmetic;
    u32 arc = m->shape.arc, rel = m->shape.rel, pair = m->arcs.vectors.out;
    i16 *hidden = e->inner; /* free by now; holds STRIP rows of rel */
    for (u32 first = 0; first < p->count; first += STRIP) {
        u32 count = strip_rows(first, p->count);
        for (u32 r = 0; r < count; r++) {
            u32 i = first + r;
            const i16 *own = e->tree + (p->first + i) * (size_t)pair + 2 * arc;
            const i16 *head = heads[i] == 0 ? m->root_relation : e->tree + (p->first + heads[i] - 1) * (size_t)pair + 2 * arc + rel;
            for (u32 k = 0; k < rel; k++) {
                hidden[r * rel + k] = (i16)clamp(own[k] + head[k], 0, HIDDEN_LIMIT);
            }
        }
        a->multiply(&m->relation, hidden, rel, count, e->strip);
        for (u32 r = 0; r < count; r++) {
            i32 *sums = e->strip + r * (size_t)m->relation.out;
            sums[m->root_output] = heads[first + r] == 0 ? INT32_MAX : INT32_MIN;
            deprels[first + r] = m->deprels[best_of(sums, m->shape.rels)];
        }
    }
}

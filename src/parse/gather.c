// SPDX-License-Identifier: Apache-2.0
/* Heads are chosen for a piece at once; then each word's normalised row is copied to its own window
 * and its children's, and added to its head's sum, which is divided at last, halves away from zero. */
#include "parse/gather.h"

static void choose_heads(const parse_model *m, const encoding *e, u32 b, const piece *p, u32 *heads) {
    i32 scores[PIECE_LIMIT + 1];
    for (u32 i = 0; i < p->count; i++) {
        encode_arc_scores(m, &m->first[b], 2 * m->shape.arc, e, p, i, scores);
        heads[i] = 0;
        for (u32 j = 1; j <= p->count; j++) {
            heads[i] = scores[j] > scores[heads[i]] ? j : heads[i];
        }
    }
}

static i16 mean_of(i32 sum, i32 count) {
    i32 half = count / 2;
    return (i16)(sum < 0 ? -((half - sum) / count) : (sum + half) / count);
}

static void fill_windows(const parse_model *m, encoding *e, const piece *p, const u32 *heads) {
    size_t width = m->shape.width;
    u32 children[PIECE_LIMIT] = {0};
    memset(e->sums, 0, p->count * width * sizeof *e->sums);
    for (u32 i = 0; i < p->count; i++) {
        const i16 *own = e->h + (p->first + i) * width;
        i16 *window = e->window + (p->first + i) * 3 * width;
        memcpy(window + width, own, width * sizeof *own);
        if (heads[i] > 0) {
            memcpy(window, e->h + (p->first + heads[i] - 1) * width, width * sizeof *own);
            i32 *sums = e->sums + (heads[i] - 1) * width;
            children[heads[i] - 1]++;
            for (size_t k = 0; k < width; k++) {
                sums[k] += own[k];
            }
        }
    }
    for (u32 i = 0; i < p->count; i++) {
        i16 *mean = e->window + ((p->first + i) * 3 + 2) * width;
        for (size_t k = 0; k < width && children[i] > 0; k++) {
            mean[k] = mean_of(e->sums[i * width + k], (i32)children[i]);
        }
    }
}

void gather_windows(const parse_model *m, encoding *e, u32 b) {
    u32 heads[PIECE_LIMIT];
    encode_keys(m, &m->first[b], 2 * m->shape.arc, e);
    memset(e->window, 0, (size_t)e->rows * 3 * m->shape.width * sizeof *e->window);
    for (u32 i = 0; i < e->piece_count; i++) {
        choose_heads(m, e, b, &e->pieces[i], heads);
        fill_windows(m, e, &e->pieces[i], heads);
    }
}

// SPDX-License-Identifier: Apache-2.0
/* What the encoder says of a word meets what the tables say of it and of two words on each side:
 *
 *     u = relu(W n(t) + sum over d = -2..2, marks m of word t + d:  G[d][m] + b)
 *     score(label) = V u + c        score(sequence) = sum of score(label) + T[label before][label]
 *
 * The best sequence is Viterbi's (1967); a name goes on only after a word of its kind.  Training
 * (train/names_fit.c) takes the loss of the whole sequence, as in Lafferty et al. (2001). */
#include "parse/names.h"

enum { STRIP = 24 };

static void add_marks(const parse_model *m, const encoding *e, u32 row, i32 *sums) {
    const name_net *net = &m->names;
    for (u32 d = 0; d < NAME_MARKS; d++) {
        u32 at = row + d; /* of the word at distance d - NAME_REACH */
        for (u32 set = at >= NAME_REACH && at - NAME_REACH < e->rows ? e->marks[at - NAME_REACH] : 0; set != 0; set &= set - 1) {
            const i32 *of = net->marks + (d * MARK_COUNT + (u32)__builtin_ctz(set)) * (size_t)NAME_HIDDEN;
            for (u32 i = 0; i < NAME_HIDDEN; i++) {
                sums[i] += of[i];
            }
        }
    }
}

void names_score(const parse_model *m, encoding *e) {
    const kernel *a = m->arithmetic;
    const name_net *net = &m->names;
    u32 width = m->shape.width;
    for (u32 t = 1; t + 1 < e->rows; t += STRIP) {
        u32 count = e->rows - 1 - t < STRIP ? e->rows - 1 - t : STRIP;
        a->multiply(&net->hidden, e->h + t * (size_t)width, width, count, e->strip);
        for (u32 r = 0; r < count; r++) {
            add_marks(m, e, t + r, e->strip + r * (size_t)NAME_HIDDEN);
        }
        a->round(e->strip, count * NAME_HIDDEN, net->hidden.shift, 0, HIDDEN_LIMIT, e->inner);
        a->multiply(&net->out, e->inner, NAME_HIDDEN, count, e->names + t * (size_t)NAME_COLUMNS);
    }
}

void names_decode(const parse_model *m, const encoding *e, const piece *at, u8 *labels) {
    u8 from[PIECE_LIMIT][MODEL_NAME_LABELS];
    i64 before[MODEL_NAME_LABELS] = {0}, now[MODEL_NAME_LABELS];
    const i32 *steps = m->names.steps;
    for (u32 i = 0; i < at->count; i++) {
        const i32 *scores = e->names + (at->first + i) * (size_t)NAME_COLUMNS;
        for (u8 label = 0; label < MODEL_NAME_LABELS; label++) {
            bool inside = label > 0 && label % 2 == 0;
            i64 best = INT64_MIN / 4;
            for (u8 past = 0; past < MODEL_NAME_LABELS; past++) {
                bool allowed = i == 0 ? past == 0 && !inside : !inside || past == label || past == label - 1;
                i64 sum = (i == 0 ? 0 : before[past]) + steps[past * MODEL_NAME_LABELS + label];
                if (allowed && sum > best) {
                    best = sum;
                    from[i][label] = past;
                }
            }
            from[i][label] = best == INT64_MIN / 4 ? 0 : from[i][label];
            now[label] = best + scores[label];
        }
        memcpy(before, now, sizeof before);
    }
    u8 label = 0;
    for (u8 other = 1; other < MODEL_NAME_LABELS; other++) {
        label = before[other] > before[label] ? other : label;
    }
    for (u32 i = at->count; i-- > 0;) {
        labels[i] = label;
        label = from[i][label];
    }
}

// SPDX-License-Identifier: Apache-2.0
/* Forward sums alpha and backward sums beta, scaled word by word (Rabiner 1989), once over all
 * sequences and once over those that the source allows:
 *
 *     loss = log Z(all) - log Z(allowed)     d loss / d score(i, l) = P(l at i | all) - P(l at i | allowed) */
#include <stdlib.h>

#include "names_net.h"
#include "net.h"

enum { LABELS = MODEL_NAME_LABELS, ALL = (1 << LABELS) - 1 };

typedef struct {
    double alpha[NAME_WORDS][LABELS], beta[NAME_WORDS][LABELS], psi[NAME_WORDS][LABELS], scale[NAME_WORDS];
    double step[LABELS][LABELS];
} lattice;

void names_layout_make(names_layout *l, u32 width) {
    *l = (names_layout){.width = width};
    l->b = (size_t)width * NAME_HIDDEN;
    l->g = l->b + NAME_HIDDEN;
    l->v = l->g + (size_t)NAME_MARKS * MARK_COUNT * NAME_HIDDEN;
    l->c = l->v + (size_t)NAME_HIDDEN * LABELS;
    l->t = l->c + LABELS;
    l->count = l->t + (size_t)LABELS * LABELS;
}

static real random_between(u64 *random, double limit) { return (real)(((double)(net_random(random) >> 11) / 4503599627370496.0 - 1) * limit); }

void names_initialise(const names_layout *l, real *values, u64 seed) {
    u64 random = seed;
    for (size_t i = 0; i < l->count; i++) {
        double limit = i < l->b ? sqrt(6.0 / (l->width + NAME_HIDDEN)) : i >= l->v && i < l->c ? sqrt(6.0 / (NAME_HIDDEN + LABELS)) : 0;
        values[i] = random_between(&random, limit);
    }
}

/* ------------------------------------------------------------------ sequences */

static bool follows(u32 past, u32 label) { return label == 0 || label % 2 == 1 || past == label || past == label - 1; }
static bool begins(u32 label) { return label == 0 || label % 2 == 1; }

/* log Z less the scale of psi, or NAN when no sequence is allowed. */
static double run_lattice(lattice *a, const u16 *allowed, u32 count) {
    double log_z = 0;
    for (u32 i = 0; i < count; i++) {
        u32 set = allowed == NULL || allowed[i] == 0 ? ALL : allowed[i];
        double sum = 0;
        for (u32 l = 0; l < LABELS; l++) {
            double in = i == 0 ? (begins(l) ? a->step[0][l] : 0) : 0;
            for (u32 k = 0; i > 0 && k < LABELS; k++) {
                in += a->alpha[i - 1][k] * a->step[k][l];
            }
            a->alpha[i][l] = set >> l & 1 ? in * a->psi[i][l] : 0;
            sum += a->alpha[i][l];
        }
        if (!(sum > 0)) {
            return (double)NAN;
        }
        for (u32 l = 0; l < LABELS; l++) {
            a->alpha[i][l] /= sum;
        }
        a->scale[i] = sum;
        log_z += log(sum);
    }
    for (u32 i = count; i-- > 0;) {
        u32 set = i + 1 == count || allowed == NULL || allowed[i + 1] == 0 ? ALL : allowed[i + 1];
        for (u32 l = 0; l < LABELS; l++) {
            double out = i + 1 == count ? 1 : 0;
            for (u32 k = 0; i + 1 < count && k < LABELS; k++) {
                out += set >> k & 1 ? a->step[l][k] * a->psi[i + 1][k] * a->beta[i + 1][k] / a->scale[i + 1] : 0;
            }
            a->beta[i][l] = out;
        }
    }
    return log_z;
}

/* Adds sign * the chances of labels and of steps between them. */
static void add_chances(const lattice *a, const u16 *allowed, u32 count, double sign, double (*scores)[LABELS], real *steps) {
    for (u32 i = 0; i < count; i++) {
        u32 set = allowed == NULL || allowed[i] == 0 ? ALL : allowed[i];
        for (u32 l = 0; l < LABELS; l++) {
            double chance = a->alpha[i][l] * a->beta[i][l];
            scores[i][l] += sign * chance;
            if (i == 0) {
                steps[l] += (real)(sign * chance);
                continue;
            }
            for (u32 k = 0; k < LABELS && (set >> l & 1); k++) {
                steps[k * LABELS + l] += (real)(sign * a->alpha[i - 1][k] * a->step[k][l] * a->psi[i][l] * a->beta[i][l] / a->scale[i]);
            }
        }
    }
}

/* ------------------------------------------------------------------ layers */

typedef struct {
    real n[NAME_WORDS][NAME_WIDTH], u[NAME_WORDS][NAME_HIDDEN];
    bool kept[NAME_WORDS][NAME_HIDDEN];
    double scores[NAME_WORDS][LABELS], ds[NAME_WORDS][LABELS];
    lattice a;
} work;

static real drop(const names_options *o, real value) {
    if (o->random == NULL) {
        return value;
    }
    return (real)(net_random(o->random) >> 40) / (real)(1 << 24) < o->dropout ? 0 : value / (1 - o->dropout);
}

static const size_t *mark_rows(const names_layout *l, const names_sentence *s, u32 i, size_t *rows) {
    size_t *next = rows;
    for (u32 d = 0; d < NAME_MARKS; d++) {
        u32 at = i + d;
        for (u32 set = at >= NAME_REACH && at - NAME_REACH < s->count ? s->marks[at - NAME_REACH] : 0; set != 0; set &= set - 1) {
            *next++ = l->g + (d * MARK_COUNT + (u32)__builtin_ctz(set)) * (size_t)NAME_HIDDEN;
        }
    }
    return next;
}

static void forward(const names_layout *l, const real *p, const names_sentence *s, const names_options *o, work *w) {
    size_t rows[NAME_MARKS * MARK_COUNT];
    for (u32 i = 0; i < s->count; i++) {
        real sum[NAME_HIDDEN];
        memcpy(sum, p + l->b, sizeof sum);
        for (u32 k = 0; k < l->width; k++) {
            real x = w->n[i][k] = drop(o, s->n[i][k]);
            for (u32 h = 0; h < NAME_HIDDEN; h++) {
                sum[h] += x * p[l->w + k * (size_t)NAME_HIDDEN + h];
            }
        }
        const size_t *end = mark_rows(l, s, i, rows);
        for (const size_t *row = rows; row < end; row++) {
            for (u32 h = 0; h < NAME_HIDDEN; h++) {
                sum[h] += p[*row + h];
            }
        }
        double top = -1e30;
        for (u32 h = 0; h < NAME_HIDDEN; h++) {
            real u = drop(o, sum[h]);
            w->u[i][h] = u > 0 ? u : 0;
            w->kept[i][h] = w->u[i][h] > 0;
        }
        for (u32 k = 0; k < LABELS; k++) {
            double score = (double)p[l->c + k];
            for (u32 h = 0; h < NAME_HIDDEN; h++) {
                score += (double)(w->u[i][h] * p[l->v + h * (size_t)LABELS + k]);
            }
            w->scores[i][k] = score;
            top = score > top ? score : top;
        }
        for (u32 k = 0; k < LABELS; k++) {
            w->a.psi[i][k] = exp(w->scores[i][k] - top);
        }
    }
    for (u32 k = 0; k < LABELS; k++) {
        for (u32 label = 0; label < LABELS; label++) {
            w->a.step[k][label] = follows(k, label) ? exp((double)p[l->t + k * LABELS + label]) : 0;
        }
    }
}

static void backward(const names_layout *l, const real *p, real *g, const names_sentence *s, const names_options *o, work *w) {
    size_t rows[NAME_MARKS * MARK_COUNT];
    const real keep = o->random == NULL ? 1 : 1 / (1 - o->dropout);
    for (u32 i = 0; i < s->count; i++) {
        real du[NAME_HIDDEN] = {0};
        for (u32 k = 0; k < LABELS; k++) {
            real ds = (real)w->ds[i][k];
            g[l->c + k] += ds;
            for (u32 h = 0; h < NAME_HIDDEN; h++) {
                g[l->v + h * (size_t)LABELS + k] += ds * w->u[i][h];
                du[h] += ds * p[l->v + h * (size_t)LABELS + k];
            }
        }
        for (u32 h = 0; h < NAME_HIDDEN; h++) {
            du[h] = w->kept[i][h] ? du[h] * keep : 0;
            g[l->b + h] += du[h];
        }
        for (u32 k = 0; k < l->width; k++) {
            for (u32 h = 0; h < NAME_HIDDEN; h++) {
                g[l->w + k * (size_t)NAME_HIDDEN + h] += w->n[i][k] * du[h];
            }
        }
        const size_t *end = mark_rows(l, s, i, rows);
        for (const size_t *row = rows; row < end; row++) {
            for (u32 h = 0; h < NAME_HIDDEN; h++) {
                g[*row + h] += du[h];
            }
        }
    }
}

double names_loss(const names_layout *l, const real *values, real *gradient, const names_sentence *s, const names_options *o) {
    static work w; /* one thread */
    forward(l, values, s, o, &w);
    memset(w.ds, 0, s->count * sizeof *w.ds);
    real steps[LABELS * LABELS] = {0};
    double allowed = run_lattice(&w.a, s->allowed, s->count);
    if (isnan(allowed)) {
        return 0;
    }
    add_chances(&w.a, s->allowed, s->count, -1, w.ds, steps);
    double all = run_lattice(&w.a, NULL, s->count);
    add_chances(&w.a, NULL, s->count, 1, w.ds, steps);
    for (u32 i = 0; i < LABELS * LABELS; i++) {
        gradient[l->t + i] += steps[i];
    }
    backward(l, values, gradient, s, o, &w);
    return all - allowed;
}

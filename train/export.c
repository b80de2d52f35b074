// SPDX-License-Identifier: Apache-2.0
/* Rounds weights to fixed point and writes them as sections.
 *
 * A weight is a number of 8 bits times the scale of its output, a number of steps of the matrix:
 *
 *     w = 0.4012, largest of its output 0.7960, 14 bits    scale 103, 64    64 * 103 / 2^14 = 0.4023
 *
 * The matrix gets one binary shift, the largest for which every weight fits 16 bits and every output
 * keeps its promise:  |bias| + input limit * sum |w| < 2^30.  So 32-bit sums cannot overflow at
 * inference, in whatever order they are made, and no check is needed there. */
#include <math.h>
#include <stdlib.h>

#include "export.h"
#include "parse/model.h"

enum { SECTIONS = 64 };

typedef struct {
    FILE *out;
    model_section sections[SECTIONS];
    u32 count;
    u64 at;
    int bad;
} writer;

static void put(writer *w, const char *name, const void *bytes, size_t size) {
    static const char zeros[64] = {0};
    if (w->count == SECTIONS) {
        w->bad = 1;
        return;
    }
    model_section *s = &w->sections[w->count++];
    memset(s, 0, sizeof *s);
    memcpy(s->name, name, strlen(name) < 8 ? strlen(name) : 8);
    s->offset = w->at;
    s->size = size;
    w->bad |= size > 0 && fwrite(bytes, 1, size, w->out) != size;
    size_t pad = (64 - size % 64) % 64;
    w->bad |= pad > 0 && fwrite(zeros, 1, pad, w->out) != pad;
    w->at += size + pad;
}

/* ------------------------------------------------------------------ matrices */

typedef struct {
    u32 inner, out;
    const real *w; /* [inner][out] */
    const real *b; /* [out] */
    double limit;  /* of |input|, in FIXED_NORM */
    u32 most;      /* bits behind the point; 0: as many as fit */
} dense;

static i32 rounded(double value) { return (i32)lrint(value); }

static i32 bounded(double value, i32 limit) {
    return value > limit ? limit : value < -limit ? -limit : rounded(value);
}

/* The fewest steps of 2^-shift by which 127 reaches the largest weight of output `n`. */
static double scale_of(const dense *d, u32 n, u32 shift) {
    double top = 0;
    for (u32 k = 0; k < d->inner; k++) {
        top = fmax(top, fabs((double)d->w[(size_t)k * d->out + n]));
    }
    return fmax(1, ceil(top * (double)(1u << shift) / 127));
}

static i32 weight_of(const dense *d, u32 k, u32 n, u32 shift, double scale) {
    return rounded((double)d->w[(size_t)k * d->out + n] * (double)(1u << shift) / scale);
}

static bool fits(const dense *d, u32 shift) {
    for (u32 n = 0; n < d->out; n++) {
        double scale = scale_of(d, n, shift), sum = fabs((double)d->b[n]) * (double)(1u << shift) * (1 << FIXED_NORM) + 1;
        for (u32 k = 0; k < d->inner; k++) {
            sum += fabs(scale * weight_of(d, k, n, shift, scale)) * d->limit;
        }
        if (!(scale <= MATRIX_SCALE_LIMIT && sum < (double)(1 << 30))) {
            return false;
        }
    }
    return true;
}

/* Returns the shift. */
static u32 put_matrix(writer *w, const char *name, const dense *d) {
    u32 shift = d->most > 0 ? d->most : 14;
    while (shift > 4 && !fits(d, shift)) {
        shift--;
    }
    if (!fits(d, shift)) {
        fprintf(stderr, "weights of %s are too large for integers\n", name);
        w->bad = 1;
    }
    size_t weights = (size_t)d->inner * d->out, size = 16 + d->out * (sizeof(i32) + sizeof(u16)) + weights;
    char *bytes = calloc(size, 1);
    if (bytes == NULL) {
        w->bad = 1;
        return shift;
    }
    u32 head[4] = {d->inner, d->out, shift, 0};
    i32 *bias = (i32 *)(void *)(bytes + 16);
    u16 *scales = (u16 *)(void *)(bias + d->out);
    i8 *packed = (i8 *)(void *)(scales + d->out);
    memcpy(bytes, head, sizeof head);
    for (u32 n = 0; n < d->out && !w->bad; n++) {
        double scale = scale_of(d, n, shift);
        bias[n] = rounded((double)d->b[n] * (1 << shift) * (1 << FIXED_NORM));
        scales[n] = (u16)scale;
        for (u32 k = 0; k < d->inner; k++) {
            packed[(size_t)(k / 2) * 2 * d->out + 2 * n + k % 2] = (i8)weight_of(d, k, n, shift, scale);
        }
    }
    put(w, name, bytes, size);
    free(bytes);
    return shift;
}

/* One reading's arcs: matrices `name` v and q, root key k, distances d. */
static void put_arcs(writer *w, const net_shape *s, const char *name, const real *v, const net_arcs *at, u32 vectors, double norm) {
    i16 key[256];
    i32 distance[MODEL_DISTANCES];
    char part[4][16];
    for (u32 i = 0; i < 4; i++) {
        snprintf(part[i], sizeof part[i], "%.8s%c", name, "vqkd"[i]);
    }
    for (u32 i = 0; i < s->arc; i++) {
        key[i] = (i16)bounded((double)v[at->root + i] * (1 << FIXED_NORM), KEY_LIMIT);
    }
    for (u32 i = 0; i < MODEL_DISTANCES; i++) {
        distance[i] = bounded((double)v[at->distance + i] * (1 << (FIXED_NORM + FIXED_QUERY)), 1 << 27);
    }
    put_matrix(w, part[0], &(dense){s->width, vectors, v + at->w, v + at->b, norm});
    put_matrix(w, part[1], &(dense){s->arc, s->arc, v + at->u, v + at->v, KEY_LIMIT});
    put(w, part[2], key, s->arc * sizeof *key);
    put(w, part[3], distance, sizeof distance);
}

static void put_network(writer *w, const net_layout *l, const real *v) {
    const net_shape *s = &l->shape;
    double norm = sqrt((double)s->width) * (1 << FIXED_NORM) * 1.02 + 2;
    char name[16];
    for (u32 b = 0; b < s->block_count; b++) {
        bool conv = s->blocks[b] != 'q';
        snprintf(name, sizeof name, "block%ua", b % 100);
        put_matrix(w, name, &(dense){conv ? 3 * s->width : s->width, conv ? s->hidden : 2 * s->width, v + l->block[b].w1, v + l->block[b].b1, norm});
        snprintf(name, sizeof name, "block%ub", b % 100);
        if (conv) {
            put_matrix(w, name, &(dense){s->hidden, s->width, v + l->block[b].w2, v + l->block[b].b2, HIDDEN_LIMIT});
        }
        if (s->blocks[b] == 't') {
            snprintf(name, sizeof name, "first%u", b % 100);
            put_arcs(w, s, name, v, &l->block[b].arcs, 2 * s->arc, norm);
        }
    }
    put_matrix(w, "tag", &(dense){s->width, s->tags, v + l->tag_w, v + l->tag_b, norm});
    put_arcs(w, s, "tree", v, &l->arcs, 2 * s->arc + 2 * s->rel, norm);
    put_matrix(w, "relation", &(dense){s->rel, s->rels, v + l->rel_w, v + l->rel_b, HIDDEN_LIMIT});
}

static void put_vectors(writer *w, const net_layout *l, const real *v) {
    i16 relation[256], gate[MODEL_GATES];
    for (u32 i = 0; i < l->shape.rel; i++) {
        relation[i] = (i16)bounded((double)v[l->rel_root + i] * (1 << FIXED_NORM), 2 * HIDDEN_LIMIT);
    }
    for (i32 i = 0; i < MODEL_GATES; i++) {
        double at = (double)(i - MODEL_GATES / 2) / 64;
        gate[i] = (i16)rounded((1 << FIXED_GATE) / (1 + exp(-at)));
    }
    put(w, "rootrel", relation, l->shape.rel * sizeof *relation);
    put(w, "gate", gate, sizeof gate);
}

/* Rows of 8 bits, each with the finest binary step that holds its largest number. */
static void put_embedding(writer *w, const net_layout *l, const real *v) {
    size_t width = l->shape.embed, rows = l->shape.rows;
    i8 *embed = calloc(rows * width, 1);
    u8 *shifts = calloc(rows, 1);
    for (size_t r = 0; r < rows && embed && shifts; r++) {
        const real *row = v + l->embed + r * width;
        double top = 0;
        for (size_t i = 0; i < width; i++) {
            top = fabs((double)row[i]) > top ? fabs((double)row[i]) : top;
        }
        u32 shift = FIXED_STREAM;
        while (shift > 0 && top * (1 << shift) > 127) {
            shift--;
        }
        shifts[r] = (u8)shift;
        for (size_t i = 0; i < width; i++) {
            embed[r * width + i] = (i8)bounded((double)row[i] * (1 << shift), 127);
        }
    }
    w->bad |= embed == NULL || shifts == NULL;
    if (!w->bad) {
        put(w, "embed", embed, rows * width);
        put(w, "shifts", shifts, rows);
    }
    free(embed);
    free(shifts);
}

/* ------------------------------------------------------------------ labels */

static void put_names(writer *w, const char *name, const char *(*name_of)(u32), u32 count) {
    char text[8192];
    size_t size = 0;
    for (u32 i = 0; i < count; i++) {
        int more = snprintf(text + size, sizeof text - size, "%s\n", name_of(i));
        size += (size_t)more;
    }
    put(w, name, text, size);
}

static void put_feats(writer *w, const treebank *bank) {
    size_t size = 0;
    for (u32 i = 0; i < bank->feats.count; i++) {
        size += bank->feats.items[i].len + 1;
    }
    char *text = malloc(size + 1), *at = text;
    for (u32 i = 0; i < bank->feats.count && text; i++) {
        memcpy(at, bank->feats.items[i].ptr, bank->feats.items[i].len);
        at += bank->feats.items[i].len;
        *at++ = '\n';
    }
    w->bad |= text == NULL;
    if (text != NULL) {
        put(w, "feats", text, size);
    }
    free(text);
}

/* ------------------------------------------------------------------ names */

/* Marks are added to the sums of the first layer: with 10 bits of weights they have room for +-16. */
static void put_name_layers(writer *w, const names_layout *l, const real *v) {
    double norm = sqrt((double)l->width) * (1 << FIXED_NORM) * 1.02 + 2;
    real out[(NAME_HIDDEN + 1) * NAME_COLUMNS] = {0};
    i32 marks[NAME_MARKS * MARK_COUNT * NAME_HIDDEN], steps[MODEL_NAME_LABELS * MODEL_NAME_LABELS];
    for (u32 h = 0; h <= NAME_HIDDEN; h++) { /* the bias behind the rows */
        memcpy(out + h * NAME_COLUMNS, v + l->v + h * (size_t)MODEL_NAME_LABELS, MODEL_NAME_LABELS * sizeof(real));
    }
    u32 shift = put_matrix(w, "nameh", &(dense){l->width, NAME_HIDDEN, v + l->w, v + l->b, norm, 10});
    for (u32 i = 0; i < COUNT_OF(marks); i++) {
        marks[i] = bounded((double)v[l->g + i] * (1 << (shift + FIXED_NORM)), NAME_MARK_LIMIT);
    }
    put(w, "namemark", marks, sizeof marks);
    shift = put_matrix(w, "nameo", &(dense){NAME_HIDDEN, NAME_COLUMNS, out, out + NAME_HIDDEN * NAME_COLUMNS, HIDDEN_LIMIT, 0});
    for (u32 i = 0; i < COUNT_OF(steps); i++) {
        steps[i] = bounded((double)v[l->t + i] * (1 << (shift + FIXED_NORM)), 1 << 27);
    }
    put(w, "namestep", steps, sizeof steps);
}

static bool is_name_layer(const char *section) { return strncmp(section, "name", 4) == 0; }

static void put_others(writer *w, span bytes) {
    u32 head[2];
    memcpy(head, bytes.ptr + 8, sizeof head);
    for (u32 i = 0; i < head[1]; i++) {
        model_section s;
        char name[9] = {0};
        memcpy(&s, bytes.ptr + 16 + i * sizeof s, sizeof s);
        memcpy(name, s.name, sizeof s.name);
        if (!is_name_layer(name)) {
            put(w, name, bytes.ptr + s.offset, (size_t)s.size);
        }
    }
}

static void put_all(writer *w, const trained *net, const lemma_rules *rules) {
    const net_shape *s = &net->layout.shape;
    u32 shape[17] = {s->width, s->hidden, s->arc, s->rel, s->rows, s->block_count, s->tags, s->rels};
    for (u32 task = 0; task < TASK_COUNT; task++) {
        shape[8 + 2 * task] = s->task_count[task];
        shape[9 + 2 * task] = s->task_at[task];
    }
    shape[16] = s->embed;
    put(w, "shape", shape, sizeof shape);
    put(w, "blocks", s->blocks, s->block_count);
    put_network(w, &net->layout, net->values);
    put_vectors(w, &net->layout, net->values);
    put_embedding(w, &net->layout, net->values);
    put(w, "keys", net->keys, net->key_count * sizeof *net->keys);
    put(w, "lemkeys", rules->keys, rules->count * sizeof *rules->keys);
    put(w, "lemvals", rules->values, rules->count * sizeof *rules->values);
    put(w, "lemmas", rules->scripts, rules->script_count * sizeof *rules->scripts);
    put_names(w, "upos", upos_name, UPOS_COUNT);
    put_names(w, "xpos", xpos_name, XPOS_COUNT);
    put_names(w, "deprels", deprel_name, s->rel_count);
    put_feats(w, net->bank);
}

static bool open_writer(writer *w, const char *file, char fresh[4096]) {
    *w = (writer){.at = (16 + SECTIONS * sizeof(model_section) + 63) / 64 * 64};
    if (snprintf(fresh, 4096, "%s.new", file) >= 4096 || (w->out = fopen(fresh, "wb")) == NULL) {
        fprintf(stderr, "cannot write %s\n", file);
        return false;
    }
    w->bad = fseek(w->out, (long)w->at, SEEK_SET) != 0;
    return true;
}

static int close_writer(writer *w, const char *file, const char *fresh) {
    u32 head[2] = {MODEL_VERSION, w->count};
    w->bad |= fseek(w->out, 0, SEEK_SET) != 0 || fwrite(MODEL_MAGIC, 8, 1, w->out) != 1 || fwrite(head, sizeof head, 1, w->out) != 1 ||
              fwrite(w->sections, sizeof(model_section), SECTIONS, w->out) != SECTIONS;
    w->bad |= fclose(w->out) != 0;
    if (w->bad || rename(fresh, file) != 0) {
        fprintf(stderr, "could not finish %s\n", file);
        remove(fresh);
        return 1;
    }
    printf("%s: %llu bytes\n", file, (unsigned long long)w->at);
    return 0;
}

int export_model(const trained *net, const lemma_rules *rules, const char *file) {
    char fresh[4096];
    writer w;
    names_layout none;
    names_layout_make(&none, net->layout.shape.width);
    real *zeros = calloc(none.count, sizeof *zeros);
    if (zeros == NULL || !open_writer(&w, file, fresh)) {
        free(zeros);
        return 1;
    }
    put_all(&w, net, rules);
    put_name_layers(&w, &none, zeros); /* that find nothing, until `--model` puts others in their place */
    free(zeros);
    return close_writer(&w, file, fresh);
}

int export_names(span bytes, const names_layout *l, const real *values, const char *file) {
    char fresh[4096];
    writer w;
    if (!open_writer(&w, file, fresh)) {
        return 1;
    }
    put_others(&w, bytes);
    put_name_layers(&w, l, values);
    return close_writer(&w, file, fresh);
}

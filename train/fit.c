// SPDX-License-Identifier: Apache-2.0
/* Adam (Kingma and Ba 2015) with warm-up and cosine decay over batches of whole sentences.
 *
 * Every batch is cut in two shards that always hold the same sentences, one a thread; their
 * gradients are added in shard order, so the weights do not depend on the number of threads. */
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "fit.h"
#include "targets.h"

enum { SHARDS = 2, SHARD_WORDS = 640, SENTENCE_LIMIT = 220, WARM_UP = 300 };
static const u32 MIN_COUNT[FEATURE_COUNT] = {3, 4, 2, 3, 5, 2}; /* occurrences that earn a string its row */

typedef struct {
    u32 row[FEATURE_COUNT];
    u32 shape[CASE_FORMS];
    float hide; /* probability that the norm is hidden */
} word_rows;

typedef struct {
    const trained *net;
    const treebank *bank;
    const fit_options *options;
    const word_rows *rows;
    net_batch batch[SHARDS];
    real *gradient[SHARDS];
    u8 *touched[SHARDS];
    real *first, *second; /* Adam's moments */
    u64 random[SHARDS];
    double loss[SHARDS];
    u64 step, steps;
    double rate, norm;
} fitting;

typedef struct {
    fitting *f;
    u32 shard;
} shard_task;

/* ------------------------------------------------------------------ vocabulary */

static int compare_u32(const void *a, const void *b) {
    u32 x = *(const u32 *)a, y = *(const u32 *)b;
    return x < y ? -1 : x > y;
}

static int make_vocabulary(trained *net, const treebank *bank) {
    size_t count = bank->words.count;
    u32 *all = malloc((count + 1) * sizeof(u32));
    u32 *kept = malloc((count + 1) * FEATURE_COUNT * sizeof(u32));
    if (all == NULL || kept == NULL) {
        free(all);
        free(kept);
        return 1;
    }
    u32 kept_count = 0;
    for (u32 kind = 0; kind < FEATURE_COUNT; kind++) {
        for (size_t i = 0; i < count; i++) {
            all[i] = bank->words.items[i].keys[kind];
        }
        qsort(all, count, sizeof(u32), compare_u32);
        for (size_t i = 0, run; i < count; i += run) {
            for (run = 1; i + run < count && all[i + run] == all[i]; run++) {
            }
            if (run >= MIN_COUNT[kind]) {
                kept[kept_count++] = all[i];
            }
        }
    }
    qsort(kept, kept_count, sizeof(u32), compare_u32);
    u32 unique = 0;
    for (u32 i = 0; i < kept_count; i++) {
        if (unique == 0 || kept[unique - 1] != kept[i]) {
            kept[unique++] = kept[i];
        }
    }
    free(all);
    net->keys = kept;
    net->key_count = unique;
    return 0;
}

static word_rows *make_rows(const trained *net, const treebank *bank, arena *memory) {
    feature_table table;
    u32 total = net->key_count + FEATURE_COUNT;
    u32 *uses = calloc(total, sizeof(u32));
    word_rows *rows = calloc(bank->words.count + 1, sizeof *rows);
    if (uses == NULL || rows == NULL || !feature_table_open(&table, net->keys, net->key_count, memory)) {
        free(uses);
        free(rows);
        return NULL;
    }
    for (u32 i = 0; i < bank->words.count; i++) {
        const word *w = &bank->words.items[i];
        for (u32 kind = 0; kind < FEATURE_COUNT; kind++) {
            rows[i].row[kind] = feature_row(&table, (feature_kind)kind, w->keys[kind]);
        }
        for (u32 form = 0; form < CASE_FORMS; form++) {
            rows[i].shape[form] = feature_row(&table, FEATURE_SHAPE, w->shapes[form]);
        }
        uses[rows[i].row[FEATURE_NORM]]++;
    }
    for (u32 i = 0; i < bank->words.count; i++) {
        float n = (float)uses[rows[i].row[FEATURE_NORM]];
        rows[i].hide = 0.02f + 0.6f / (0.6f + n);
    }
    free(uses);
    return rows;
}

/* ------------------------------------------------------------------ batches */

static double chance(u64 *random) { return (double)(net_random(random) >> 11) / 9007199254740992.0; }

static bool is_leaf(const word *words, u32 count, u32 i) {
    for (u32 k = 0; k < count; k++) {
        if (words[k].head == (i32)i + 1) {
            return false;
        }
    }
    return true;
}

/* Copies a sentence into a shard; `random` NULL: as it is.  False when it does not fit. */
static bool add_sentence(net_batch *batch, const treebank *bank, const word_rows *rows, const training_sentence *s, double noise, double trust, u64 *random) {
    const word *words = &bank->words.items[s->first];
    u32 count = s->count;
    case_form form = CASE_AS_IS;
    if (random != NULL) {
        double draw = chance(random), drop = chance(random);
        form = draw < noise * 0.5 ? CASE_UPPER : draw < noise ? CASE_TITLE : CASE_AS_IS;
        if (drop < noise && count > 3 && s->tree && words[count - 1].upos == UPOS_PUNCT && is_leaf(words, count, count - 1)) {
            count--; /* a headline has no full stop */
        }
    }
    u32 first = net_batch_add(batch, count);
    if (first == 0) {
        return false;
    }
    for (u32 i = 0; i < count; i++) {
        const word *w = &words[i];
        const word_rows *r = &rows[s->first + i];
        u32 t = first + i, *features = batch->features + t * NET_FEATURES;
        memcpy(features, r->row, sizeof r->row);
        features[FEATURE_SHAPE] = r->shape[form];
        if (random != NULL) {
            for (u32 kind = 0; kind < FEATURE_SHAPE; kind++) {
                double p = kind == FEATURE_NORM ? (double)r->hide : 0.02;
                features[kind] = chance(random) < p ? kind : features[kind];
            }
        }
        targets_set(batch, t, w, s->tree, count, trust);
        batch->gold[TASK_UPOS][t] = w->upos < 0 && w->votes != NULL ? w->votes->upos : w->upos;
        batch->gold[TASK_XPOS][t] = w->xpos < 0 && w->votes != NULL ? w->votes->xpos : w->xpos;
        batch->gold[TASK_FEATS][t] = w->feats;
        batch->names[t] = w->names;
    }
    return true;
}

/* ------------------------------------------------------------------ steps */

static void *run_shard(void *given) {
    shard_task *task = given;
    fitting *f = task->f;
    net_batch *batch = &f->batch[task->shard];
    real *gradient = f->gradient[task->shard];
    u64 words = f->batch[0].words + f->batch[1].words;
    net_options options = {.dropout = (real)f->options->dropout, .random = &f->random[task->shard], .scale = 1 / (real)words};
    batch->loss = 0;
    if (batch->sentence_count > 0) {
        net_forward(&f->net->layout, f->net->values, batch, &options);
        net_backward(&f->net->layout, f->net->values, gradient, batch, &options);
        for (u32 t = 0; t < batch->rows * NET_FEATURES; t++) {
            if (batch->features[t] != UINT32_MAX) {
                f->touched[task->shard][batch->features[t]] = 1;
            }
        }
    }
    f->loss[task->shard] = batch->loss;
    return NULL;
}

static void adam(fitting *f, size_t at, size_t count, double rate, double clip) {
    const real b1 = (real)0.9, b2 = (real)0.98, epsilon = (real)1e-8;
    const real c1 = (real)(1 / (1 - pow(0.9, (double)f->step))), c2 = (real)(1 / (1 - pow(0.98, (double)f->step)));
    real *p = f->net->values + at, *g0 = f->gradient[0] + at, *g1 = f->gradient[1] + at, *m = f->first + at, *v = f->second + at;
    const real step = (real)rate, shrink = (real)clip;
    for (size_t i = 0; i < count; i++) {
        real g = (g0[i] + g1[i]) * shrink;
        g0[i] = g1[i] = 0;
        m[i] = b1 * m[i] + (1 - b1) * g;
        v[i] = b2 * v[i] + (1 - b2) * g * g;
        p[i] -= step * (m[i] * c1) / (real_sqrt(v[i] * c2) + epsilon);
    }
}

static void update(fitting *f) {
    const net_layout *l = &f->net->layout;
    double t = (double)f->step / (double)f->steps;
    double rate = f->options->rate * (f->step < WARM_UP ? (double)f->step / WARM_UP : 1) * (0.5 + 0.5 * cos(3.14159265358979 * t));
    double square = 0;
    for (size_t i = l->dense; i < l->count; i++) {
        double g = (double)(f->gradient[0][i] + f->gradient[1][i]);
        square += g * g;
    }
    f->norm = sqrt(square);
    double clip = f->norm > 2 ? 2 / f->norm : 1;
    adam(f, l->dense, l->count - l->dense, rate, clip);
    for (u32 row = 0; row < l->shape.rows; row++) {
        if (f->touched[0][row] | f->touched[1][row]) {
            adam(f, l->embed + (size_t)row * l->shape.embed, l->shape.embed, rate, clip);
            f->touched[0][row] = f->touched[1][row] = 0;
        }
    }
}

static void run_step(fitting *f) {
    shard_task tasks[SHARDS] = {{f, 0}, {f, 1}};
    pthread_t other;
    bool threaded = f->options->threads > 1 && pthread_create(&other, NULL, run_shard, &tasks[1]) == 0;
    run_shard(&tasks[0]);
    if (threaded) {
        pthread_join(other, NULL);
    } else {
        run_shard(&tasks[1]);
    }
    f->step++;
    update(f);
    net_batch_clear(&f->batch[0]);
    net_batch_clear(&f->batch[1]);
}

/* ------------------------------------------------------------------ development figures */

static void watch(const trained *net, const treebank *dev, const word_rows *rows, net_batch *batch, u32 from, u32 to) {
    u64 words = 0, tags = 0, heads = 0, relations = 0;
    for (u32 k = from; k < to; k++) {
        const training_sentence *s = &dev->sentences.items[k];
        net_batch_clear(batch);
        if (s->count > SENTENCE_LIMIT || !add_sentence(batch, dev, rows, s, 0, 0, NULL)) {
            continue;
        }
        net_forward(&net->layout, net->values, batch, &(net_options){.scale = 1});
        const net_sentence *at = &batch->sentences[0];
        net_arc_scores(&net->layout, net->values, batch, at);
        for (u32 i = 0; i < s->count; i++) {
            const real *row = batch->tags + (at->first + i) * net->layout.shape.tags;
            i32 best = 0;
            for (i32 c = 1; c < UPOS_COUNT; c++) {
                best = row[c] > row[best] ? c : best;
            }
            const real *scores = batch->pairs + i * NET_PAIRS;
            u32 head = 0;
            for (u32 j = 1; j <= s->count; j++) {
                head = scores[j] > scores[head] ? j : head;
            }
            const word *w = &dev->words.items[s->first + i];
            words++;
            tags += best == w->upos;
            heads += (i32)head == w->head;
            relations += (i32)head == w->head && (i16)net_best_relation(&net->layout, net->values, batch, at, i, head) == w->deprel;
        }
    }
    double n = words ? (double)words / 100 : 1;
    printf(" UPOS %.2f UAS %.2f LAS %.2f", (double)tags / n, (double)heads / n, (double)relations / n);
    net_batch_clear(batch);
}

/* The first development file, then the others. */
static void watch_all(fitting *f, const treebank *dev, const word_rows *rows) {
    u32 cut = f->options->watched, end = dev->sentences.count;
    printf("   dev, best head each:");
    watch(f->net, dev, rows, &f->batch[0], 0, cut);
    if (end > cut) {
        printf(", others:");
        watch(f->net, dev, rows, &f->batch[0], cut, end);
    }
}

/* ------------------------------------------------------------------ the loop */

static u32 draw_epoch(const treebank *bank, const fit_source *sources, u32 source_count, u64 *random, u32 *order) {
    u32 count = 0, source = 0;
    for (u32 i = 0; i < bank->sentences.count; i++) {
        while (source + 1 < source_count && i >= sources[source].end) {
            source++;
        }
        if (bank->sentences.items[i].count <= SENTENCE_LIMIT && chance(random) < sources[source].share) {
            order[count++] = i;
        }
    }
    for (u32 i = count; i > 1; i--) {
        u32 j = (u32)(net_random(random) % i), kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
    return count;
}

static double expected_words(const treebank *bank, const fit_source *sources, u32 source_count) {
    double words = 0;
    for (u32 i = 0, source = 0; i < bank->sentences.count; i++) {
        while (source + 1 < source_count && i >= sources[source].end) {
            source++;
        }
        words += bank->sentences.items[i].count * sources[source].share;
    }
    return words;
}

static int run_epochs(fitting *f, const fit_source *sources, u32 source_count, const treebank *dev, const word_rows *dev_rows) {
    const fit_options *o = f->options;
    u64 random = o->seed;
    u32 *order = calloc(f->bank->sentences.count, sizeof(u32));
    if (order == NULL) {
        return 1;
    }
    f->steps = (u64)(expected_words(f->bank, sources, source_count) * o->epochs / (SHARDS * (SHARD_WORDS - 12))) + 1;
    int bad = 0;
    u32 last = o->stop > 0 && o->stop < o->epochs ? o->stop : o->epochs;
    for (u32 epoch = 1; epoch <= last && !bad; epoch++) {
        u32 count = draw_epoch(f->bank, sources, source_count, &random, order);
        double loss = 0;
        u64 steps = 0;
        for (u32 i = 0; i <= count; i++) {
            u32 shard = f->batch[0].words <= f->batch[1].words ? 0 : 1;
            const training_sentence *s = i < count ? &f->bank->sentences.items[order[i]] : NULL;
            if (s == NULL || f->batch[shard].words + s->count > SHARD_WORDS) {
                run_step(f);
                loss += f->loss[0] + f->loss[1];
                steps++;
            }
            if (s != NULL) {
                add_sentence(&f->batch[f->batch[0].words <= f->batch[1].words ? 0 : 1], f->bank, f->rows, s, o->case_noise, o->trust, &random);
            }
        }
        bad = !isfinite(loss);
        printf("epoch %u/%u step %llu/%llu loss %.4f", epoch, o->epochs, (unsigned long long)f->step, (unsigned long long)f->steps, loss / (double)steps);
        if (dev->sentences.count > 0 && (epoch % 4 == 0 || epoch == last)) {
            watch_all(f, dev, dev_rows);
        }
        if (!bad && o->keep != NULL && (epoch % 4 == 0 || epoch == last)) {
            bad = trained_save(f->net, o->keep);
        }
        printf("\n");
        fflush(stdout);
    }
    free(order);
    return bad;
}

static int open_fitting(fitting *f, arena *memory) {
    const net_layout *l = &f->net->layout;
    f->rows = make_rows(f->net, f->bank, memory);
    f->first = calloc(l->count, sizeof(real));
    f->second = calloc(l->count, sizeof(real));
    int bad = f->rows == NULL || f->first == NULL || f->second == NULL;
    for (u32 i = 0; i < SHARDS; i++) {
        f->gradient[i] = calloc(l->count, sizeof(real));
        f->touched[i] = calloc(l->shape.rows, 1);
        f->random[i] = f->options->seed * 1000u + i;
        bad |= f->gradient[i] == NULL || f->touched[i] == NULL;
        bad |= !net_batch_open(&f->batch[i], l, SHARD_WORDS * 2 + 2 * SENTENCE_LIMIT);
    }
    return bad;
}

static void close_fitting(fitting *f) {
    free((void *)(uintptr_t)f->rows);
    free(f->first);
    free(f->second);
    for (u32 i = 0; i < SHARDS; i++) {
        free(f->gradient[i]);
        free(f->touched[i]);
        net_batch_close(&f->batch[i]);
    }
}

/* ------------------------------------------------------------------ keeping */

int trained_save(const trained *net, const char *file) {
    FILE *out = fopen(file, "wb");
    if (out == NULL) {
        return 1;
    }
    u32 count = net->key_count;
    int bad = fwrite(&net->layout.shape, sizeof net->layout.shape, 1, out) != 1;
    bad |= fwrite(&count, sizeof count, 1, out) != 1;
    bad |= fwrite(net->keys, sizeof(u32), count, out) != count;
    bad |= fwrite(net->values, sizeof(real), net->layout.count, out) != net->layout.count;
    return fclose(out) != 0 || bad;
}

int trained_load(trained *net, const treebank *bank, const char *file) {
    memset(net, 0, sizeof *net);
    net->bank = bank;
    FILE *in = fopen(file, "rb");
    if (in == NULL) {
        fprintf(stderr, "cannot read %s\n", file);
        return 1;
    }
    int bad = fread(&net->layout.shape, sizeof net->layout.shape, 1, in) != 1;
    bad |= fread(&net->key_count, sizeof(u32), 1, in) != 1;
    if (!bad) {
        net_layout_make(&net->layout);
        net->keys = calloc(net->key_count, sizeof(u32));
        net->values = calloc(net->layout.count, sizeof(real));
        bad = net->keys == NULL || net->values == NULL || fread(net->keys, sizeof(u32), net->key_count, in) != net->key_count ||
              fread(net->values, sizeof(real), net->layout.count, in) != net->layout.count;
    }
    fclose(in);
    return bad || bank->feats.count != net->layout.shape.task_count[TASK_FEATS];
}

/* Takes weights kept earlier by a run over the same sources. */
static int resume_values(trained *net, const char *file) {
    trained kept;
    int bad = trained_load(&kept, net->bank, file);
    bad = bad || kept.layout.count != net->layout.count || kept.key_count != net->key_count ||
          memcmp(kept.keys, net->keys, net->key_count * sizeof *net->keys) != 0;
    if (!bad) {
        memcpy(net->values, kept.values, net->layout.count * sizeof(real));
    } else {
        fprintf(stderr, "%s does not fit these sources\n", file);
    }
    free(kept.keys);
    free(kept.values);
    return bad;
}

int fit(trained *net, const treebank *bank, const fit_source *sources, u32 source_count, const treebank *dev, const fit_options *o) {
    arena memory;
    arena_open(&memory, (size_t)1 << 30);
    memset(net, 0, sizeof *net);
    net->bank = bank;
    if (o->width > NET_WIDTH || o->embed > o->width) {
        fprintf(stderr, "want --embed N <= --width N <= %d\n", NET_WIDTH);
        return 1;
    }
    int bad = make_vocabulary(net, bank);
    net_shape *s = &net->layout.shape;
    *s = (net_shape){.rows = net->key_count + FEATURE_COUNT, .embed = o->embed > 0 ? o->embed : o->width, .width = o->width, .hidden = o->hidden, .arc = o->arc, .rel = o->rel,
                     .rel_count = DEPREL_COUNT, .task_count = {UPOS_COUNT, XPOS_COUNT, bank->feats.count, NAME_LABELS}};
    snprintf(s->blocks, sizeof s->blocks, "%s", o->blocks);
    net_layout_make(&net->layout);
    net->values = calloc(net->layout.count, sizeof(real));
    if (bad || net->values == NULL) {
        return 1;
    }
    net_initialise(&net->layout, net->values, o->seed);
    printf("%u rows, %zu parameters, %zu dense\n", s->rows, net->layout.count, net->layout.count - net->layout.dense);
    bad = o->resume != NULL && resume_values(net, o->resume);
    fitting f = {.net = net, .bank = bank, .options = o};
    word_rows *dev_rows = make_rows(net, dev, &memory);
    bad = bad || open_fitting(&f, &memory) || dev_rows == NULL || run_epochs(&f, sources, source_count, dev, dev_rows);
    close_fitting(&f);
    free(dev_rows);
    arena_close(&memory);
    return bad;
}


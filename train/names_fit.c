// SPDX-License-Identifier: Apache-2.0
/* The sentences of the sources run through the integer encoder, as they will in use, with part of
 * their names replaced by others of their kind and part of the evidence hidden:
 *
 *     Bush   met  Putin  in  Moscow          Fillon  met  Salcedo  in  Tungi
 *     PER    O    PER    O   LOC       ->    PER     O    PER      O   LOC
 *
 * Adam (Kingma and Ba 2015), cosine decay.  The same sources, model and seed give the same weights. */
#include <stdlib.h>

#include "base/utf8.h"
#include "export.h"
#include "names_fit.h"
#include "names_net.h"
#include "names_pool.h"
#include "parse/names.h"

enum { SENTENCE_LIMIT = 120, STEP_WORDS = 600 };
static const double REPLACED = 0.7; /* of the names of a sentence that is changed */

typedef struct {
    u32 count;
    u32 rows[SENTENCE_LIMIT][FEATURE_COUNT];
    marked_word words[SENTENCE_LIMIT];
    u16 marks[SENTENCE_LIMIT], allowed[SENTENCE_LIMIT];
    u8 hidden[SENTENCE_LIMIT]; /* the tables' evidence is hidden here */
} example;

typedef struct {
    const treebank *bank;
    const names_fit_options *o;
    treebank file; /* the model's bytes */
    knowledge known;
    parse_model model;
    encoding e;
    name_pool pool;
    arena memory;
    names_layout layout;
    real *values, *gradient, *first, *second;
    u16 allowed[BATCH_ROWS];
    real n[SENTENCE_LIMIT][NAME_WIDTH];
    u32 room; /* of an epoch's order */
    u64 random, step, words;
    double loss, done, expected; /* done, expected: words of all epochs */
} fitting;

static double chance(u64 *random) { return (double)(net_random(random) >> 11) / 9007199254740992.0; }

/* ------------------------------------------------------------------ examples */

static void put_word(fitting *f, example *x, span form, u16 allowed, case_form as) {
    char room[FEATURE_ROOM * 4], lower[FEATURE_ROOM * 4];
    u32 keys[FEATURE_COUNT], size;
    if (x->count == SENTENCE_LIMIT) {
        return;
    }
    if (as != CASE_AS_IS && form.len < sizeof room) {
        for (size_t i = 0; i < form.len; i++) {
            room[i] = as == CASE_UPPER || i == 0 ? ascii_to_upper(form.ptr[i]) : form.ptr[i];
        }
        form.ptr = room;
    }
    feature_keys(form, keys);
    u32 at = x->count++;
    for (u32 kind = 0; kind < FEATURE_COUNT; kind++) {
        double p = kind == FEATURE_SHAPE ? 0 : kind == FEATURE_NORM ? 0.05 : 0.02;
        x->rows[at][kind] = chance(&f->random) < p ? kind : feature_row(&f->model.features, (feature_kind)kind, keys[kind]);
    }
    span low = utf8_lower(form, lower, sizeof lower);
    bool upper = form.len > 0 && utf8_is_upper(utf8_decode(form, 0, &size));
    x->words[at] = (marked_word){symbols_find_lower(&f->known.words, form), marks_hash(low), upper};
    x->allowed[at] = allowed;
    x->hidden[at] = 0;
}

static void make_example(fitting *f, const training_sentence *s, example *x) {
    const word *words = &f->bank->words.items[s->first];
    double draw = chance(&f->random), noise = f->o->case_noise;
    case_form as = draw < noise * 0.5 ? CASE_UPPER : draw < noise ? CASE_TITLE : CASE_AS_IS;
    double part = chance(&f->random) < f->o->replace ? REPLACED : 0;
    static pool_word made[SENTENCE_LIMIT];
    u32 count = name_pool_replace(&f->pool, words, s->count, part, &f->random, made, SENTENCE_LIMIT);
    bool hides = false;
    x->count = 0;
    for (u32 i = 0; i < count; i++) {
        if (made[i].of != 0 && (i == 0 || made[i].of != made[i - 1].of)) {
            hides = chance(&f->random) < (made[i].drawn ? 0.5 : 0.15);
        }
        put_word(f, x, made[i].form, made[i].names, as);
        x->hidden[i] = made[i].of != 0 && hides;
    }
    marks_find(&f->model.tables, x->words, x->count, x->marks);
    for (u32 i = 0; i < x->count; i++) {
        x->marks[i] = x->hidden[i] ? x->marks[i] & (u16)(1u << MARK_TITLE) : x->marks[i];
    }
}

/* ------------------------------------------------------------------ steps */

static bool add_example(fitting *f, const example *x) {
    encoding *e = &f->e;
    if (e->rows + x->count + 1 > BATCH_ROWS) {
        return false;
    }
    u32 first = e->rows, width = f->model.shape.width;
    e->pieces[e->piece_count++] = (piece){first, x->count, 0};
    for (u32 i = 0; i < x->count; i++) {
        encode_word(&f->model, x->rows[i], e->x + (first + i) * (size_t)width);
        e->marks[first + i] = x->marks[i];
        f->allowed[first + i] = x->allowed[i];
    }
    e->rows += x->count + 1;
    return true;
}

static void adam(fitting *f) {
    double t = f->done / f->expected;
    t = t < 1 ? t : 1;
    f->step++;
    const real rate = (real)(f->o->rate * (f->step < 200 ? (double)f->step / 200 : 1) * (0.5 + 0.5 * cos(3.14159265358979 * t)));
    const real c1 = (real)(1 / (1 - pow(0.9, (double)f->step))), c2 = (real)(1 / (1 - pow(0.98, (double)f->step))), scale = (real)(1.0 / (double)f->words);
    for (size_t i = 0; i < f->layout.count; i++) {
        real g = f->gradient[i] * scale;
        f->first[i] = (real)0.9 * f->first[i] + (real)0.1 * g;
        f->second[i] = (real)0.98 * f->second[i] + (real)0.02 * g * g;
        f->values[i] -= rate * (f->first[i] * c1) / (real_sqrt(f->second[i] * c2) + (real)1e-8);
        f->gradient[i] = 0;
    }
    f->done += (double)f->words;
    f->words = 0;
}

/* Runs the encoder over what has been gathered and adds up the gradient. */
static void run_batch(fitting *f) {
    encoding *e = &f->e;
    u32 width = f->model.shape.width;
    if (e->piece_count > 0) {
        encode_run(&f->model, e);
    }
    names_options o = {.dropout = (real)f->o->dropout, .random = &f->random};
    for (u32 k = 0; k < e->piece_count; k++) {
        const piece *p = &e->pieces[k];
        for (u32 i = 0; i < p->count; i++) {
            for (u32 c = 0; c < width; c++) {
                f->n[i][c] = (real)e->h[(p->first + i) * (size_t)width + c] / (1 << FIXED_NORM);
            }
        }
        names_sentence s = {p->count, f->n, e->marks + p->first, f->allowed + p->first};
        f->loss += names_loss(&f->layout, f->values, f->gradient, &s, &o);
        f->words += p->count;
    }
    e->rows = 1;
    e->piece_count = 0;
    if (f->words >= STEP_WORDS) {
        adam(f);
    }
}

static void run_epoch(fitting *f, const fit_source *sources, u32 source_count, u32 *order) {
    u32 count = 0, source = 0;
    static example x;
    for (u32 i = 0; i < f->bank->sentences.count; i++) {
        source += source + 1 < source_count && i >= sources[source].end;
        double times = sources[source].share; /* a sentence with slots is another each time */
        for (; f->bank->sentences.items[i].count <= SENTENCE_LIMIT && times > 0 && count < f->room; times--) {
            order[count] = i;
            count += chance(&f->random) < times;
        }
    }
    for (u32 i = count; i > 1; i--) {
        u32 j = (u32)(net_random(&f->random) % i), kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
    f->loss = 0;
    for (u32 i = 0; i < count; i++) {
        make_example(f, &f->bank->sentences.items[order[i]], &x);
        if (!add_example(f, &x)) {
            run_batch(f);
            add_example(f, &x);
        }
    }
    run_batch(f);
}

static double expected_words(const treebank *bank, const fit_source *sources, u32 source_count) {
    double words = 0;
    for (u32 i = 0, source = 0; i < bank->sentences.count; i++) {
        source += source + 1 < source_count && i >= sources[source].end;
        words += bank->sentences.items[i].count * sources[source].share;
    }
    return words;
}

/* ------------------------------------------------------------------ life */

static int open_fitting(fitting *f) {
    drg_error error = {0};
    span bytes;
    arena_open(&f->memory, (size_t)1 << 30);
    treebank_open(&f->file);
    if (treebank_read(&f->file, f->o->model, &bytes)) {
        return 1;
    }
    bool good = knowledge_open(&f->known, f->o->folder, &error) == DRG_OK &&
                model_read(&f->model, bytes, &f->known.memory, f->o->model, &error) == DRG_OK &&
                marks_open(&f->model.tables, &f->known, &error) == DRG_OK;
    if (!good) {
        fprintf(stderr, "%s: %s\n", error.source, error.message);
        return 1;
    }
    names_layout_make(&f->layout, f->model.shape.width);
    f->values = arena_new(&f->memory, real, f->layout.count);
    f->gradient = arena_new(&f->memory, real, f->layout.count);
    f->first = arena_new(&f->memory, real, f->layout.count);
    f->second = arena_new(&f->memory, real, f->layout.count);
    good = f->values && f->gradient && f->first && f->second && encode_open(&f->e, &f->model, &f->memory);
    f->e.rows = 1;
    return !good || name_pool_open(&f->pool, &f->known, "train/organisations.txt");
}

int names_fit(const treebank *bank, const fit_source *sources, u32 source_count, const names_fit_options *o) {
    fitting *f = calloc(1, sizeof *f);
    u32 room = 0;
    for (u32 i = 0, first = 0; i < source_count; first = sources[i++].end) {
        room += (sources[i].end - first) * (u32)ceil(sources[i].share);
    }
    u32 *order = calloc(room + 1, sizeof(u32));
    int bad = f == NULL || order == NULL;
    if (!bad) {
        *f = (fitting){.bank = bank, .o = o, .random = o->seed, .room = room};
        bad = open_fitting(f);
    }
    if (!bad) {
        names_initialise(&f->layout, f->values, o->seed);
        double words = expected_words(bank, sources, source_count);
        f->expected = words * o->epochs;
        for (u32 epoch = 1; epoch <= o->epochs; epoch++) {
            run_epoch(f, sources, source_count, order);
            printf("names, epoch %u/%u step %llu loss %.5f a word\n", epoch, o->epochs, (unsigned long long)f->step, f->loss / words);
            fflush(stdout);
        }
        bad = export_names(f->model.bytes, &f->layout, f->values, o->out);
    }
    if (f != NULL) {
        knowledge_close(&f->known);
        arena_close(&f->memory);
        treebank_close(&f->file);
    }
    free(order);
    free(f);
    return bad;
}

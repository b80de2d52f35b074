// SPDX-License-Identifier: Apache-2.0
/* Gathers pieces (sentences, windows of long ones) into batches, runs the network over each batch
 * and writes what it says into the tokens.  See parse.h for a worked sentence. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/map.h"
#include "parse/agree.h"
#include "parse/encode.h"
#include "parse/mend.h"
#include "parse/names.h"
#include "parse/parse.h"
#include "parse/tree.h"

#define MODEL_FILE "model/english.model"

typedef struct {
    const parse_model *model;
    report *r;
    encoding *e;
    tree_work *tree;
    map rows;         /* form -> first of its FEATURE_COUNT rows in feature_rows */
    LIST(u32) feature_rows;
    i32 (*scores)[NAME_COUNT]; /* [token] of each kind, for the vote over the report */
    u32 outer_root;   /* token: root of the first window of the present sentence, or NONE */
    arena *memory;
} parsing;

drg_status parse_open(parse_model **out, knowledge *k, char hash[17], drg_error *error) {
    span bytes;
    hash[0] = '\0';
    *out = arena_new(&k->memory, parse_model, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, MODEL_FILE, 0, "out of memory");
    }
    DRG_TRY(knowledge_read(k, MODEL_FILE, &bytes, error));
    snprintf(hash, 17, "%016llx", (unsigned long long)XXH3_64bits(bytes.ptr, bytes.len));
    DRG_TRY(model_read(*out, bytes, &k->memory, MODEL_FILE, error));
    DRG_TRY(irregular_open(&(*out)->irregular, k, error));
    DRG_TRY(mend_open(&(*out)->mends, k, error));
    DRG_TRY(beside_open(&(*out)->beside, k, error));
    return marks_open(&(*out)->tables, k, error);
}

void parse_close(parse_model *model) { (void)model; /* all of it lies in the run arena */ }

span parse_feats_name(const parse_model *model, u32 feats) {
    return feats < model->shape.task_count[TAG_FEATS] ? model->feats[feats] : SPAN("_");
}

/* ------------------------------------------------------------------ input */

/* The feature rows of a token's form, worked out once a report. */
static bool word_rows(parsing *p, const token *t, u32 rows[FEATURE_COUNT]) {
    u32 at = map_find(&p->rows, t->form);
    if (at == NONE) {
        u32 keys[FEATURE_COUNT];
        feature_keys(report_cut(p->r, t->text), keys);
        at = p->feature_rows.count;
        for (u32 kind = 0; kind < FEATURE_COUNT; kind++) {
            u32 *row = list_push(p->memory, &p->feature_rows);
            if (row == NULL) {
                return false;
            }
            *row = feature_row(&p->model->features, (feature_kind)kind, keys[kind]);
        }
        if (!map_set(&p->rows, t->form, at)) {
            return false;
        }
    }
    memcpy(rows, p->feature_rows.items + at, FEATURE_COUNT * sizeof *rows);
    return true;
}

/* What the tables say of the words of a piece. */
static void mark_piece(const parsing *p, u32 first_token, u32 count, u16 *marks) {
    marked_word words[PIECE_LIMIT];
    for (u32 i = 0; i < count; i++) {
        const token *t = &p->r->tokens.items[first_token + i];
        span lower = symbols_text(&p->r->words, t->lower);
        u32 size;
        bool upper = t->form != t->lower && utf8_is_upper(utf8_decode(report_cut(p->r, t->text), 0, &size));
        words[i] = (marked_word){t->lower, marks_hash(lower), upper};
    }
    marks_find(&p->model->tables, words, count, marks);
}

static bool add_piece(parsing *p, u32 first_token, u32 count) {
    encoding *e = p->e;
    u32 first = e->rows, width = p->model->shape.width;
    e->pieces[e->piece_count++] = (piece){first, count, first_token};
    for (u32 i = 0; i < count; i++) {
        u32 rows[FEATURE_COUNT];
        if (!word_rows(p, &p->r->tokens.items[first_token + i], rows)) {
            return false;
        }
        encode_word(p->model, rows, e->x + (first + i) * (size_t)width);
    }
    mark_piece(p, first_token, count, e->marks + first);
    e->marks[first + count] = 0;
    e->rows += count + 1;
    return true;
}

/* ------------------------------------------------------------------ output */

static bool is_tag_of_name(u8 tag) { return tag == UPOS_PROPN; }

/* The lemma: by script for the lower-case word and its tag; names keep the form's case. */
static symbol lemma_of(parsing *p, const token *t) {
    char buffer[LEMMA_ROOM];
    span lower = symbols_text(&p->r->words, t->lower), form = report_cut(p->r, t->text);
    bool infinitive = t > p->r->tokens.items && t->xpos == XPOS_VB && t[-1].xpos == XPOS_TO; /* "to wound" is no form of "wind" */
    symbol listed = infinitive ? NONE : irregular_find(&p->model->irregular, t->lower, t->upos);
    if (listed != NONE) {
        return listed;
    }
    u32 found = lemma_find(&p->model->lemmas, lower, t->xpos);
    if (found == NONE) {
        return is_tag_of_name(t->upos) ? t->form : t->lower;
    }
    lemma_script script = p->model->lemmas.scripts[found];
    script.keep_case = script.keep_case || is_tag_of_name(t->upos);
    span lemma = lemma_apply(&script, form, lower, buffer);
    symbol made = symbols_add(&p->r->words, lemma);
    return t->upos == UPOS_VERB && made != NONE && made != t->lower ? irregular_mend(p->r, made) : made;
}

static void write_names(parsing *p, const piece *at) {
    u8 labels[PIECE_LIMIT];
    names_decode(p->model, p->e, at, labels);
    for (u32 i = 0; i < at->count; i++) {
        token *t = &p->r->tokens.items[at->token + i];
        t->name = (u8)((labels[i] + 1) / 2);
        t->name_begins = labels[i] % 2 == 1;
        const i32 *of = p->e->names + (at->first + i) * (size_t)NAME_COLUMNS;
        for (u32 kind = 0; kind < NAME_COUNT; kind++) {
            p->scores[at->token + i][kind] = of[kind == 0 ? 0 : 2 * kind - (labels[i] == 0 || labels[i] % 2 == 1)];
        }
    }
}

static bool write_piece(parsing *p, const piece *at) {
    u32 heads[PIECE_LIMIT];
    u8 deprels[PIECE_LIMIT];
    for (u32 i = 0; i < at->count; i++) {
        encode_arc_scores(p->model, &p->model->arcs, p->model->arcs.vectors.out, p->e, at, i, tree_scores(p->tree, at->count, i));
    }
    tree_decode(p->tree, at->count, heads);
    encode_relations(p->model, p->e, at, heads, deprels);
    bool later = at->token != p->r->sentences.items[p->r->tokens.items[at->token].sentence].first_token;
    for (u32 i = 0; i < at->count; i++) {
        token *t = &p->r->tokens.items[at->token + i];
        t->upos = p->e->upos[at->first + i];
        t->xpos = p->e->xpos[at->first + i];
        t->feats = p->e->feats[at->first + i];
        t->deprel = deprels[i];
        t->head = heads[i] == 0 ? NONE : at->token + heads[i] - 1;
        if (heads[i] == 0 && later) {
            t->head = p->outer_root;
            t->deprel = DEPREL_parataxis;
        } else if (heads[i] == 0) {
            p->outer_root = at->token + i;
        }
        t->lemma = lemma_of(p, t);
        if (t->lemma == NONE) {
            return false;
        }
    }
    write_names(p, at);
    return true;
}

static bool flush(parsing *p) {
    bool good = true;
    if (p->e->piece_count > 0) {
        encode_run(p->model, p->e);
        names_score(p->model, p->e);
    }
    for (u32 i = 0; i < p->e->piece_count && good; i++) {
        good = write_piece(p, &p->e->pieces[i]);
    }
    p->e->rows = 1;
    p->e->piece_count = 0;
    return good;
}

/* ------------------------------------------------------------------ the stage */

static bool run_sentences(parsing *p) {
    for (u32 s = 0; s < p->r->sentences.count; s++) {
        const sentence *at = &p->r->sentences.items[s];
        for (u32 first = at->first_token; first < at->end_token;) {
            u32 left = at->end_token - first, count = left < PIECE_LIMIT ? left : PIECE_LIMIT;
            if (p->e->rows + count + 1 > BATCH_ROWS && !flush(p)) {
                return false;
            }
            if (!add_piece(p, first, count)) {
                return false;
            }
            first += count;
        }
    }
    return flush(p);
}

/* Words that became verbs only now ("Finland scrambled fighters", an adjective before) have a verb's lemma. */
static void lemmatize_found(parsing *p, const sentence *s) {
    for (u32 i = s->first_token; i < s->end_token; i++) {
        token *t = &p->r->tokens.items[i];
        bool inflected = t->xpos == XPOS_VBD || t->xpos == XPOS_VBN || t->xpos == XPOS_VBZ;
        if (t->upos == UPOS_VERB && inflected && t->lemma == t->lower) {
            t->lemma = lemma_of(p, t);
        }
    }
}

drg_status parse_run(const parse_model *model, report *r, drg_error *error) {
    u32 longest = 1;
    for (u32 s = 0; s < r->sentences.count; s++) {
        u32 count = r->sentences.items[s].end_token - r->sentences.items[s].first_token;
        longest = count > longest ? count : longest;
    }
    longest = longest < PIECE_LIMIT ? longest : PIECE_LIMIT;
    arena scratch; /* beside the report's arena: lemmas are interned there meanwhile */
    arena_open(&scratch, r->memory->cap);
    parsing p = {.model = model, .r = r, .outer_root = NONE, .memory = &scratch};
    p.e = arena_new(&scratch, encoding, 1);
    p.tree = tree_open(longest, &scratch);
    p.scores = arena_alloc(&scratch, r->tokens.count + 1u, sizeof *p.scores);
    map_open(&p.rows, &scratch);
    bool good = p.e != NULL && p.scores != NULL && p.tree != NULL && encode_open(p.e, model, &scratch);
    if (good) {
        p.e->rows = 1;
        name_votes votes = {&model->tables, &model->beside, (const i32(*)[NAME_COUNT])p.scores, 1 << (model->names.out.shift + FIXED_NORM)};
        good = run_sentences(&p) && agree_names(r, &votes, &scratch);
        for (u32 s = 0; s < r->sentences.count && good; s++) {
            mend_sentence(&(mending){&model->mends, &model->irregular, r, &r->sentences.items[s]});
            lemmatize_found(&p, &r->sentences.items[s]);
        }
    }
    arena_close(&scratch);
    return good ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, "parse", 0, "out of memory");
}

// SPDX-License-Identifier: Apache-2.0
/* Gold words are laid out as a report's text, stage by stage fields are filled as the text stage
 * would, and parse_run does the rest. */
#include <time.h>

#include "evaluate.h"
#include "parse/parse.h"
#include "treebank.h"

typedef struct {
    knowledge known;
    parse_model *model;
    arena memory;
    report r;
    treebank gold;
    double seconds;
} evaluation;

static int fail(const drg_error *error) {
    fprintf(stderr, "%s: %s\n", error->source, error->message);
    return 1;
}

/* Sentences [first, end) of the gold as one report. */
static bool lay_out(evaluation *e, u32 first, u32 end) {
    report *r = &e->r;
    size_t size = 0;
    for (u32 i = 0; i < e->gold.words.count; i++) {
        size += e->gold.words.items[i].form.len + 1;
    }
    memset(r, 0, sizeof *r);
    arena_reset(&e->memory);
    char *text = arena_new(&e->memory, char, size + 1);
    r->memory = &e->memory;
    r->text.ptr = text;
    symbols_open(&r->words, &e->known.words, &e->memory);
    for (u32 k = first; text != NULL && k < end; k++) {
        const training_sentence *s = &e->gold.sentences.items[k];
        sentence *to = list_push(&e->memory, &r->sentences);
        if (to == NULL) {
            return false;
        }
        *to = (sentence){.first_token = r->tokens.count, .end_token = r->tokens.count + s->count};
        for (u32 i = 0; i < s->count; i++) {
            const word *w = &e->gold.words.items[s->first + i];
            token *t = list_push(&e->memory, &r->tokens);
            if (t == NULL) {
                return false;
            }
            u32 at = (u32)r->text.len;
            memcpy(text + at, w->form.ptr, w->form.len);
            r->text.len += w->form.len;
            t->text = (range){at, (u32)r->text.len};
            t->sentence = k - first;
            t->form = symbols_add(&r->words, w->form);
            t->lower = symbols_add_lower(&r->words, w->form);
            t->space_after = w->space_after;
            if (w->space_after) {
                text[r->text.len++] = ' ';
            }
        }
    }
    return text != NULL;
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int evaluation_open(evaluation *e, const char *folder) {
    drg_error error = {0};
    char hash[17];
    memset(e, 0, sizeof *e);
    arena_open(&e->memory, (size_t)1 << 30);
    treebank_open(&e->gold);
    if (knowledge_open(&e->known, folder, &error) != DRG_OK || parse_open(&e->model, &e->known, hash, &error) != DRG_OK) {
        return fail(&error);
    }
    return 0;
}

static int evaluation_run(evaluation *e, u32 first, u32 end) {
    drg_error error = {0};
    if (!lay_out(e, first, end)) {
        return 1;
    }
    double start = seconds_now();
    if (parse_run(e->model, &e->r, &error) != DRG_OK) {
        return fail(&error);
    }
    e->seconds += seconds_now() - start;
    return 0;
}

static void evaluation_close(evaluation *e) {
    if (e->model != NULL) {
        parse_close(e->model);
    }
    knowledge_close(&e->known);
    arena_close(&e->memory);
    treebank_close(&e->gold);
}

static void print_trees(const evaluation *e, const char *file) {
    u32 tags = 0, xtags = 0, feats = 0, lemmas = 0, heads = 0, relations = 0, n = e->gold.words.count;
    for (u32 k = 0; k < e->gold.sentences.count; k++) {
        const training_sentence *s = &e->gold.sentences.items[k];
        for (u32 i = s->first; i < s->first + s->count; i++) {
            const word *w = &e->gold.words.items[i];
            const token *t = &e->r.tokens.items[i];
            i32 head = t->head == NONE ? 0 : (i32)(t->head - s->first) + 1;
            tags += t->upos == w->upos;
            xtags += t->xpos == w->xpos;
            feats += span_eq(parse_feats_name(e->model, t->feats), e->gold.feats.items[w->feats]);
            lemmas += span_eq(symbols_text(&e->r.words, t->lemma), w->lemma) || span_eq(w->lemma, SPAN("_"));
            heads += head == w->head;
            relations += head == w->head && t->deprel == w->deprel;
        }
    }
    double part = n ? 100.0 / n : 0;
    printf("%s: words %u UPOS %.2f XPOS %.2f feats %.2f lemmas %.2f UAS %.2f LAS %.2f  %.0f words/s\n", file, n, tags * part, xtags * part,
           feats * part, lemmas * part, heads * part, relations * part, n / e->seconds);
}

int evaluate_trees(const char *folder, const char *file) {
    evaluation e;
    int bad = evaluation_open(&e, folder) || treebank_add_conllu(&e.gold, file) || evaluation_run(&e, 0, e.gold.sentences.count);
    if (!bad) {
        print_trees(&e, file);
    }
    evaluation_close(&e);
    return bad;
}

int evaluate_relations(const char *folder, const char *file) {
    evaluation e;
    u32 all[DEPREL_COUNT] = {0}, heads[DEPREL_COUNT] = {0}, both[DEPREL_COUNT] = {0};
    int bad = evaluation_open(&e, folder) || treebank_add_conllu(&e.gold, file) || evaluation_run(&e, 0, e.gold.sentences.count);
    for (u32 k = 0; !bad && k < e.gold.sentences.count; k++) {
        const training_sentence *s = &e.gold.sentences.items[k];
        for (u32 i = s->first; i < s->first + s->count; i++) {
            const word *w = &e.gold.words.items[i];
            const token *t = &e.r.tokens.items[i];
            bool right = (t->head == NONE ? 0 : (i32)(t->head - s->first) + 1) == w->head;
            all[w->deprel]++;
            heads[w->deprel] += right;
            both[w->deprel] += right && t->deprel == w->deprel;
        }
    }
    for (u32 d = 0; !bad && d < DEPREL_COUNT; d++) {
        if (all[d] > 0) {
            printf("%-16s %6u  head %5.1f  both %5.1f\n", deprel_name(d), all[d], 100.0 * heads[d] / all[d], 100.0 * both[d] / all[d]);
        }
    }
    evaluation_close(&e);
    return bad;
}

/* ------------------------------------------------------------------ names */

static bool is_measured(u32 kind) { return kind == NAME_PER || kind == NAME_ORG || kind == NAME_LOC; }

/* Kind and first-word flag of a gold word: the lowest label that its source allows. */
static u32 gold_label(const word *w) {
    return w->names == 0 || (w->names & NAME_BIT(0)) ? 0 : (u32)__builtin_ctz(w->names);
}

static u32 span_end(const u8 *kinds, const bool *begins, u32 at, u32 end) {
    u32 next = at + 1;
    while (next < end && kinds[next] == kinds[at] && !begins[next]) {
        next++;
    }
    return next;
}

typedef struct {
    u32 found[NAME_COUNT], gold[NAME_COUNT], right[NAME_COUNT];
} name_counts;

/* Adds up one report; its first word is the gold's word `offset`. */
static void compare_names(const evaluation *e, u32 offset, u8 *kinds[2], bool *begins[2], name_counts *n) {
    for (u32 i = 0; i < e->r.tokens.count; i++) {
        u32 label = gold_label(&e->gold.words.items[offset + i]);
        kinds[0][i] = (u8)((label + 1) / 2);
        begins[0][i] = label % 2 == 1;
        kinds[1][i] = e->r.tokens.items[i].name;
        begins[1][i] = e->r.tokens.items[i].name_begins;
    }
    for (u32 k = 0; k < e->r.sentences.count; k++) {
        u32 end = e->r.sentences.items[k].end_token;
        for (u32 i = e->r.sentences.items[k].first_token; i < end; i++) {
            n->gold[kinds[0][i]] += begins[0][i];
            n->found[kinds[1][i]] += begins[1][i];
            n->right[kinds[0][i]] += begins[0][i] && begins[1][i] && kinds[0][i] == kinds[1][i] &&
                                     span_end(kinds[0], begins[0], i, end) == span_end(kinds[1], begins[1], i, end);
        }
    }
}

static void print_names(const name_counts *n, const char *file) {
    u32 all_found = 0, all_gold = 0, all_right = 0;
    printf("%s:", file);
    for (u32 kind = 1; kind < NAME_COUNT; kind++) {
        if (is_measured(kind)) {
            printf(" %s P %.1f R %.1f", name_kind_name(kind), 100.0 * n->right[kind] / (n->found[kind] ? n->found[kind] : 1),
                   100.0 * n->right[kind] / (n->gold[kind] ? n->gold[kind] : 1));
            all_found += n->found[kind];
            all_gold += n->gold[kind];
            all_right += n->right[kind];
        }
    }
    printf("  F1 %.2f\n", 200.0 * all_right / (all_found + all_gold ? all_found + all_gold : 1));
}

/* Name files do not part their documents: runs of sentences stand for reports. */
static int count_names(evaluation *e, const char *file) {
    enum { REPORT_SENTENCES = 20 };
    u32 n = e->gold.words.count;
    treebank *bank = &e->gold;
    u8 *kinds[2] = {arena_new(&bank->memory, u8, n + 1), arena_new(&bank->memory, u8, n + 1)};
    bool *begins[2] = {arena_new(&bank->memory, bool, n + 1), arena_new(&bank->memory, bool, n + 1)};
    name_counts counts = {{0}, {0}, {0}};
    for (u32 first = 0; first < bank->sentences.count; first += REPORT_SENTENCES) {
        u32 end = first + REPORT_SENTENCES < bank->sentences.count ? first + REPORT_SENTENCES : bank->sentences.count;
        if (!kinds[0] || !kinds[1] || !begins[0] || !begins[1] || evaluation_run(e, first, end)) {
            return 1;
        }
        compare_names(e, bank->sentences.items[first].first, kinds, begins, &counts);
    }
    print_names(&counts, file);
    return 0;
}

int evaluate_names(const char *folder, const char *file, const char *meanings) {
    evaluation e;
    int bad = evaluation_open(&e, folder) || treebank_add_names(&e.gold, file, meanings);
    bad = bad || count_names(&e, file);
    evaluation_close(&e);
    return bad;
}

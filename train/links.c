// SPDX-License-Identifier: Apache-2.0
/* In: JSON lines with text and mentions ({"s", "e", "cluster"}, code points), as train/entities.py
 * makes them of a treebank.  Out: the weights of src/who/link.c.
 *
 *     dragoman-train links lang/en/who/links.tsv GOLD.jsonl ...
 *
 * Only the train part of GUM without its news and its conversations was used, so that news measures.
 * The reports are read by the program itself, with its own trees and phrases, so the weights learn
 * to live with its mistakes.  For each phrase, p(option) is proportional to exp(score + cost), and
 * what is raised is the log of the sum over right options (Durrett and Klein 2013):
 *
 *     cost   of joining a chain though new: COST_FALSE    of opening one though old: COST_MISSED
 *            of joining the wrong chain: COST_WRONG
 *
 * AdaGrad, a few rounds over all phrases in a fixed order; weights are written as whole numbers. */
#include "links.h"

#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "pipeline.h"
#include "who/link.h"

#define ROUNDS 12
#define RATE 0.15
#define DECAY 2e-5
#define SCALE 256
#define COST_FALSE 0.0
#define COST_MISSED 4.0
#define COST_WRONG 0.5

typedef struct {
    u32 first, count; /* options */
} example;

typedef struct {
    u32 first; /* features */
    u8 count, right;
    float cost;
} choice;

typedef struct {
    LIST(example) examples;
    LIST(choice) choices;
    LIST(u16) features;
    arena memory;
    map gold;        /* start and end of a mention -> its cluster */
} lesson;

static u64 key_of(u32 start, u32 end) { return (u64)start << 32 | end; }

static u32 gold_of(const lesson *l, const markables *p, const markable *m) {
    const report *r = p->s->r;
    u32 start = utf8_index_point(&r->points, report_token(r, m->first)->text.start);
    u32 end = utf8_index_point(&r->points, report_token(r, m->end - 1)->text.end);
    return map_find(&l->gold, key_of(start, end));
}

static u32 choose(void *user, const markables *p, u32 index, const link_option *options, u32 count) {
    lesson *l = user;
    u32 mine = gold_of(l, p, &p->list.items[index]), right = 0, taken = 0;
    example *e = list_push(&l->memory, &l->examples);
    *e = (example){l->choices.count, count};
    for (u32 i = 0; i < count; i++) {
        choice *c = list_push(&l->memory, &l->choices);
        *c = (choice){.first = l->features.count, .count = (u8)options[i].count};
        for (u32 k = 0; k < options[i].count; k++) {
            *(u16 *)list_push(&l->memory, &l->features) = options[i].features[k];
        }
        c->right = i > 0 && mine != NONE && gold_of(l, p, &p->list.items[options[i].from]) == mine;
        taken = c->right && taken == 0 ? i : taken;
        right += c->right;
    }
    choice *all = &l->choices.items[l->choices.count - count];
    all[0].right = right == 0;
    for (u32 i = 0; i < count; i++) {
        all[i].cost = all[i].right ? 0 : right == 0 ? (float)COST_FALSE : i == 0 ? (float)COST_MISSED : (float)COST_WRONG;
    }
    return taken;
}

static bool read_gold(lesson *l, arena *memory, struct json_object *row) {
    struct json_object *mentions = json_object_object_get(row, "mentions");
    symbols names;
    symbols_open(&names, NULL, memory);
    map_open(&l->gold, memory);
    for (size_t i = 0; i < json_object_array_length(mentions); i++) {
        struct json_object *m = json_object_array_get_idx(mentions, i);
        u32 start = (u32)json_object_get_int(json_object_object_get(m, "s")), end = (u32)json_object_get_int(json_object_object_get(m, "e"));
        u32 cluster = symbols_add(&names, span_of(json_object_get_string(json_object_object_get(m, "cluster"))));
        if (cluster == NONE || !map_set(&l->gold, key_of(start, end), cluster)) {
            return false;
        }
    }
    return true;
}

static int read_file(lesson *l, drg_engine *engine, const char *path) {
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    arena memory, gold;
    drg_error error = {0};
    report r = {0};
    if (in == NULL) {
        fprintf(stderr, "links: cannot read %s\n", path);
        return 1;
    }
    arena_open(&memory, (size_t)256 << 20);
    arena_open(&gold, (size_t)64 << 20);
    while ((size = getline(&line, &room, in)) > 0) {
        struct json_object *row = json_tokener_parse(line);
        arena_reset(&gold);
        if (row == NULL || !read_gold(l, &gold, row)) {
            fprintf(stderr, "links: a bad line in %s\n", path);
            return 1;
        }
        drg_report given = {.text = span_of(json_object_get_string(json_object_object_get(row, "text"))), .lang = SPAN("en")};
        report_open(&r, engine, &memory, &given);
        if (pipeline_run(engine, &r, STAGE_RECORD, &error) != DRG_OK) {
            fprintf(stderr, "links: %s\n", error.message);
            return 1;
        }
        json_object_put(row);
    }
    free(line);
    arena_close(&memory);
    arena_close(&gold);
    fclose(in);
    return 0;
}

static double score_of(const lesson *l, const choice *c, const double *weights) {
    double sum = 0;
    for (u32 k = 0; k < c->count; k++) {
        sum += weights[l->features.items[c->first + k]];
    }
    return sum;
}

/* One step of AdaGrad on one phrase; returns its loss. */
static double learn_one(const lesson *l, const example *e, double *weights, double *squares) {
    double scores[LINK_OPTIONS], top = -1e300, all = 0, right = 0;
    const choice *choices = &l->choices.items[e->first];
    for (u32 i = 0; i < e->count; i++) {
        scores[i] = score_of(l, &choices[i], weights) + (double)choices[i].cost;
        top = scores[i] > top ? scores[i] : top;
    }
    for (u32 i = 0; i < e->count; i++) {
        scores[i] = exp(scores[i] - top);
        all += scores[i];
        right += choices[i].right ? scores[i] : 0;
    }
    for (u32 i = 0; i < e->count; i++) {
        double push = (choices[i].right ? scores[i] / right : 0) - scores[i] / all;
        for (u32 k = 0; k < choices[i].count && fabs(push) > 1e-4; k++) {
            u32 id = l->features.items[choices[i].first + k];
            double slope = push - DECAY * weights[id];
            squares[id] += slope * slope;
            weights[id] += RATE * slope / sqrt(squares[id] + 1e-3);
        }
    }
    return log(all / right);
}

static void learn(const lesson *l, double *weights) {
    double *squares = calloc(link_weight_count(), sizeof *squares);
    double *sums = calloc(link_weight_count(), sizeof *sums);
    for (u32 round = 0; round < ROUNDS; round++) {
        double loss = 0;
        u32 at = 0, count = l->examples.count, stride = 7919 % count == 0 ? 1 : 7919;
        for (u32 i = 0; i < count; i++) { /* a fixed shuffle */
            at = (at + stride) % count;
            loss += l->examples.items[at].count > 1 ? learn_one(l, &l->examples.items[at], weights, squares) : 0;
        }
        for (u32 i = 0; i < link_weight_count(); i++) {
            sums[i] += round >= ROUNDS / 2 ? weights[i] : 0;
        }
        fprintf(stderr, "round %u: loss %.4f\n", round + 1, loss / count);
    }
    for (u32 i = 0; i < link_weight_count(); i++) {
        weights[i] = sums[i] / (ROUNDS - ROUNDS / 2);
    }
    free(squares);
    free(sums);
}

static const char HEAD[] =
    "# What speaks for two phrases meaning the same: the weights of src/who/link.c, one row a kind of phrase and a feature, one\n"
    "# number a value (docs/actors.md explains them).  Written by `dragoman-train links`; learned from UD English GUM 2.16 (CC BY 4.0).\n"
    "kind\tfeature\tweights";

static int write_weights(const char *path, const double *weights) {
    FILE *out = fopen(path, "w");
    const char *kind, *feature;
    u32 value;
    if (out == NULL) {
        fprintf(stderr, "links: cannot write %s\n", path);
        return 1;
    }
    fputs(HEAD, out);
    for (u32 i = 0; i < link_weight_count(); i++) {
        link_weight_name(i, &kind, &feature, &value);
        if (value == 0) {
            fprintf(out, "\n%s\t%s\t", kind, feature);
        }
        fprintf(out, "%s%d", value == 0 ? "" : " ", (int)lround(SCALE * weights[i]));
    }
    fputc('\n', out);
    return fclose(out) != 0;
}

int links_train(int count, char **arguments) {
    drg_engine *engine;
    drg_error error = {0};
    lesson l = {0};
    if (count < 2 || drg_engine_open(NULL, &engine, &error) != DRG_OK) {
        fprintf(stderr, "links: %s\n", count < 2 ? "usage: dragoman-train links OUT GOLD.jsonl ..." : error.message);
        return 1;
    }
    struct link_teacher teacher = {&l, choose};
    engine->who->teacher = &teacher;
    arena_open(&l.memory, (size_t)4 << 30);
    for (int i = 1; i < count; i++) {
        if (read_file(&l, engine, arguments[i])) {
            return 1;
        }
    }
    fprintf(stderr, "%u phrases, %u options\n", l.examples.count, l.choices.count);
    double *weights = calloc(link_weight_count(), sizeof *weights);
    learn(&l, weights);
    int bad = write_weights(arguments[0], weights);
    free(weights);
    arena_close(&l.memory);
    drg_engine_close(engine);
    return bad;
}

// SPDX-License-Identifier: Apache-2.0
#include "record/stories.h"

#include <math.h>

#define AT_LARGE 1293 /* documents at large that count beside the desk's own reports */
#define COMMON_LEAST 60
#define COMMON_MOST 1000

/* 2^(-i/16) in 1/1024. */
static const u32 parts_of_two[16] = {1024, 981, 939, 899, 861, 825, 790, 756, 724, 693, 664, 636, 609, 583, 558, 535};

static u32 at_large(u8 rare) { return (AT_LARGE * parts_of_two[rare % 16] >> 10) >> (rare / 16); }

/* One word of one report. */
typedef struct {
    u32 word, node, weight;
    u8 count, rare;
    bool opens; /* not too common: reports are looked up by it */
} posting;

typedef struct {
    const story_report *reports;
    const story_node *given; /* of stories_compare: NULL else */
    bool across;             /* nodes of one cell are not compared */
    arena *memory;
    u64 *report_of;  /* [count] of a node: (day, index) of a report that leads its family, ascending */
    u32 count;
    posting *terms;  /* [node_start[count]] by node */
    u32 *node_start; /* [count + 1] */
    double *norm;    /* [count] */
    story_edges edges;
} storyteller;

static int compare_u64(const void *a, const void *b) {
    u64 x = *(const u64 *)a, y = *(const u64 *)b;
    return (x > y) - (x < y);
}

static int compare_by_word(const void *a, const void *b) {
    const posting *x = a, *y = b;
    return x->word != y->word ? (x->word > y->word) - (x->word < y->word) : (x->node > y->node) - (x->node < y->node);
}

static int compare_by_node(const void *a, const void *b) {
    const posting *x = a, *y = b;
    return x->node != y->node ? (x->node > y->node) - (x->node < y->node) : (x->word > y->word) - (x->word < y->word);
}

static u32 report_of(const storyteller *t, u32 node) { return (u32)t->report_of[node]; }
static i32 day_of(const storyteller *t, u32 node) { return (i32)((u32)(t->report_of[node] >> 32) ^ 0x80000000u); }

static bool find_nodes(storyteller *t, u32 report_count) {
    t->report_of = arena_new(t->memory, u64, (size_t)report_count + 1);
    for (u32 i = 0; i < report_count && t->report_of != NULL; i++) {
        if (t->reports[i].family == i) {
            t->report_of[t->count++] = (u64)((u32)t->reports[i].day ^ 0x80000000u) << 32 | i;
        }
        arena_rest(t->memory);
    }
    return t->report_of != NULL && arena_sort(t->memory, t->report_of, t->count, sizeof *t->report_of, compare_u64);
}

static bool post_terms(storyteller *t) {
    t->node_start = arena_new(t->memory, u32, (size_t)t->count + 2);
    t->norm = arena_new(t->memory, double, (size_t)t->count + 1);
    if (t->node_start == NULL || t->norm == NULL) {
        return false;
    }
    for (u32 i = 0; i < t->count; i++) {
        t->node_start[i + 1] = t->node_start[i] + t->reports[report_of(t, i)].sketch->term_count;
        arena_rest(t->memory);
    }
    t->terms = arena_new(t->memory, posting, (size_t)t->node_start[t->count] + 1);
    for (u32 i = 0; i < t->count && t->terms != NULL; i++) {
        const sketch *s = t->reports[report_of(t, i)].sketch;
        for (u32 k = 0; k < s->term_count; k++) {
            t->terms[t->node_start[i] + k] = (posting){.word = s->terms[k].word, .node = i, .count = s->terms[k].count, .rare = s->terms[k].rare};
        }
        arena_rest(t->memory);
    }
    return t->terms != NULL;
}

/* A word in more reports than so many opens no list. */
static u32 most_reports(u32 all) {
    u32 most = all / 10 + COMMON_LEAST;
    return most < COMMON_MOST ? most : COMMON_MOST;
}

/* A term's weight from its count and from how many reports have the word; `all`: sketch_log of all of them. */
static u32 weigh(u32 count, u32 rare, u32 reports, u32 all) {
    u32 n = sketch_log(reports + at_large((u8)rare));
    return (16 + sketch_log(count)) * (all > n ? all - n : 0);
}

u64 story_weigh(const sketch *s, const u32 *spread, u32 all, story_term *terms, u32 *term_count) {
    u32 log_all = sketch_log(all + AT_LARGE), most = most_reports(all);
    u64 norm = 0;
    *term_count = 0;
    for (u32 k = 0; k < s->term_count; k++) {
        u32 weight = weigh(s->terms[k].count, s->terms[k].rare, spread[k], log_all);
        norm += (u64)weight * weight;
        if (spread[k] <= most) {
            terms[(*term_count)++] = (story_term){s->terms[k].word, weight};
        }
    }
    return norm;
}

static bool weigh_terms(storyteller *t) {
    u32 all = sketch_log(t->count + AT_LARGE), most = most_reports(t->count), total = t->node_start[t->count];
    if (!arena_sort(t->memory, t->terms, total, sizeof *t->terms, compare_by_word)) {
        return false;
    }
    for (u32 i = 0, end; i < total; i = end) {
        for (end = i; end < total && t->terms[end].word == t->terms[i].word; end++) {
        }
        for (u32 k = i; k < end; k++) {
            posting *p = &t->terms[k];
            p->weight = weigh(p->count, p->rare, end - i, all);
            p->opens = end - i <= most;
        }
        arena_rest(t->memory);
    }
    if (!arena_sort(t->memory, t->terms, total, sizeof *t->terms, compare_by_node)) {
        return false;
    }
    for (u32 i = 0; i < total; i++) {
        t->norm[t->terms[i].node] += (double)t->terms[i].weight * t->terms[i].weight;
        if (i % SKETCH_TERMS == 0) {
            arena_rest(t->memory);
        }
    }
    return true;
}

/* In eighths; 0 when too far apart or only one has a date. */
static u32 nearness(i32 a, i32 b) {
    if (a == INT32_MIN || b == INT32_MIN) {
        return a == b ? STORY_DAYS : 0;
    }
    i64 apart = a > b ? (i64)a - b : (i64)b - a;
    return apart < STORY_DAYS ? (u32)(STORY_DAYS - apart) : 0;
}

/* ------------------------------------------------------------------ likeness */

/* Nodes are looked at in batches: the words of one are indexed in memory, and it and all later nodes that are near enough
 * in time are compared with it. */
#define BATCH 2048
#define SLOTS (2 * BATCH * SKETCH_TERMS) /* a power of two */

typedef struct {
    u32 node, weight, older; /* older: index of the one before with the same word, or NONE */
} posted;

typedef struct {
    u32 first, end, used;
    struct {
        u32 word, newest; /* newest NONE: free */
    } slots[SLOTS];
    posted list[BATCH * SKETCH_TERMS];
    u64 sum[BATCH];     /* over common words, by node - first */
    u32 touched[BATCH]; /* nodes with a sum */
    u32 touched_count;
} batch;

static u32 slot_of(const batch *b, u32 word) {
    u32 at = word & (SLOTS - 1);
    while (b->slots[at].newest != NONE && b->slots[at].word != word) {
        at = (at + 1) & (SLOTS - 1);
    }
    return at;
}

static void index_node(const storyteller *t, batch *b, u32 node) {
    for (u32 i = t->node_start[node]; i < t->node_start[node + 1]; i++) {
        if (t->terms[i].opens) {
            u32 at = slot_of(b, t->terms[i].word);
            b->list[b->used] = (posted){node, t->terms[i].weight, b->slots[at].newest};
            b->slots[at].word = t->terms[i].word;
            b->slots[at].newest = b->used++;
        }
    }
}

/* Sums over common words of `node` and each node of the batch so far that is near enough in time. */
static void add_products(const storyteller *t, batch *b, u32 node) {
    i32 day = day_of(t, node);
    for (u32 i = t->node_start[node]; i < t->node_start[node + 1]; i++) {
        const posting *own = &t->terms[i];
        for (u32 k = own->opens ? b->slots[slot_of(b, own->word)].newest : NONE; k != NONE; k = b->list[k].older) {
            const posted *p = &b->list[k];
            if (nearness(day, day_of(t, p->node)) == 0) {
                break;
            }
            if (t->across && t->given[node].cell == t->given[p->node].cell) {
                continue;
            }
            u64 product = (u64)p->weight * own->weight;
            if (b->sum[p->node - b->first] == 0 && product > 0) {
                b->touched[b->touched_count++] = p->node; /* once a node: from here on its sum is above 0 */
            }
            b->sum[p->node - b->first] += product;
        }
    }
}

static int compare_edge(const void *a, const void *b) {
    const linkage_edge *x = a, *y = b;
    return x->b != y->b               ? (x->b > y->b) - (x->b < y->b)
           : x->likeness != y->likeness ? (x->likeness < y->likeness) - (x->likeness > y->likeness)
                                        : (x->a > y->a) - (x->a < y->a);
}

/* Keeps the best edges from `node` to those of the batch. */
static bool add_edges(storyteller *t, batch *b, u32 node) {
    u32 first = t->edges.count, floor = (u32)(STORY_FLOOR * LINKAGE_ONE);
    for (u32 i = 0; i < b->touched_count; i++) {
        u32 other = b->touched[i];
        double cosine = (double)b->sum[other - b->first] / (sqrt(t->norm[node]) * sqrt(t->norm[other]));
        u32 near = nearness(day_of(t, node), day_of(t, other));
        u32 likeness = (u32)(cosine * LINKAGE_ONE * near / STORY_DAYS);
        b->sum[other - b->first] = 0;
        if (likeness >= floor) {
            linkage_edge *e = list_push(t->memory, &t->edges);
            if (e == NULL) {
                return false;
            }
            *e = (linkage_edge){other, node, likeness};
        }
    }
    b->touched_count = 0;
    if (t->edges.count - first > STORY_KEPT) {
        qsort(t->edges.items + first, t->edges.count - first, sizeof *t->edges.items, compare_edge);
        t->edges.count = first + STORY_KEPT;
    }
    return true;
}

static bool compare_batch(storyteller *t, batch *b) {
    b->used = 0;
    for (u32 i = 0; i < SLOTS; i++) {
        b->slots[i].newest = NONE;
    }
    for (u32 i = b->first; i < t->count; i++) {
        if (i >= b->end && nearness(day_of(t, i), day_of(t, b->end - 1)) == 0) {
            break;
        }
        add_products(t, b, i);
        if (!add_edges(t, b, i)) {
            return false;
        }
        if (i < b->end) {
            index_node(t, b, i);
        }
        arena_rest(t->memory);
    }
    return true;
}

/* Of those from one node the best of all batches. */
static bool cut_edges(storyteller *t) {
    if (!arena_sort(t->memory, t->edges.items, t->edges.count, sizeof *t->edges.items, compare_edge)) {
        return false;
    }
    u32 kept = 0, of_node = 0;
    for (u32 i = 0; i < t->edges.count; i++) {
        of_node = i > 0 && t->edges.items[i].b == t->edges.items[kept - 1].b ? of_node + 1 : 0;
        if (of_node < STORY_KEPT) {
            t->edges.items[kept++] = t->edges.items[i];
        }
        arena_rest(t->memory);
    }
    t->edges.count = kept;
    return true;
}

static bool find_edges(storyteller *t) {
    batch *b = calloc(1, sizeof *b);
    bool done = b != NULL;
    for (u32 first = 0; first < t->count && done; first = b->end) {
        b->first = first;
        b->end = t->count - first < BATCH ? t->count : first + BATCH;
        done = compare_batch(t, b);
    }
    free(b);
    return done && cut_edges(t);
}

/* ------------------------------------------------------------------ in pieces */

static bool take_nodes(storyteller *t) {
    t->report_of = arena_new(t->memory, u64, (size_t)t->count + 1);
    t->node_start = arena_new(t->memory, u32, (size_t)t->count + 2);
    t->norm = arena_new(t->memory, double, (size_t)t->count + 1);
    if (t->report_of == NULL || t->node_start == NULL || t->norm == NULL) {
        return false;
    }
    for (u32 i = 0; i < t->count; i++) {
        t->report_of[i] = (u64)((u32)t->given[i].day ^ 0x80000000u) << 32 | i;
        t->norm[i] = (double)t->given[i].norm;
        t->node_start[i + 1] = t->node_start[i] + t->given[i].term_count;
    }
    t->terms = arena_new(t->memory, posting, (size_t)t->node_start[t->count] + 1);
    for (u32 i = 0; i < t->count && t->terms != NULL; i++) {
        for (u32 k = 0; k < t->given[i].term_count; k++) {
            const story_term *term = &t->given[i].terms[k];
            t->terms[t->node_start[i] + k] = (posting){.word = term->word, .node = i, .weight = term->weight, .opens = true};
        }
    }
    return t->terms != NULL;
}

drg_status stories_compare(const story_node *nodes, u32 count, bool across, story_edges *edges, arena *memory) {
    storyteller t = {.given = nodes, .count = count, .across = across, .memory = memory};
    if (!take_nodes(&t) || !find_edges(&t)) {
        return DRG_ERROR_MEMORY;
    }
    *edges = t.edges;
    return DRG_OK;
}

/* ------------------------------------------------------------------ all of it */

drg_status stories_find(const story_report *reports, u32 count, u32 *first, arena *scratch) {
    storyteller t = {.reports = reports, .memory = scratch};
    arena_mark mark = arena_take_mark(scratch);
    u32 *clusters = arena_new(scratch, u32, (size_t)count + 1);
    if (clusters == NULL || !find_nodes(&t, count) || !post_terms(&t) || !weigh_terms(&t) || !find_edges(&t)) {
        return DRG_ERROR_MEMORY;
    }
    DRG_TRY(linkage_join(t.edges.items, t.edges.count, t.count, STORY_LEAST, clusters, scratch));
    for (u32 i = 0; i < t.count; i++) {
        first[report_of(&t, i)] = report_of(&t, clusters[i]);
        arena_rest(scratch);
    }
    for (u32 i = 0; i < count; i++) {
        first[i] = reports[i].family == i ? first[i] : first[reports[i].family];
        arena_rest(scratch);
    }
    arena_release(scratch, mark);
    return DRG_OK;
}

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
} posting;

typedef struct {
    const story_report *reports;
    arena *memory;
    u32 *report_of;   /* [count] of a node: reports that lead their family */
    u32 count;
    posting *by_word; /* [total], by word, then node */
    u32 *start_of;    /* [total] where the word of this posting begins, NONE: too common */
    u32 *by_node;     /* [total] postings in the order of nodes */
    u32 *node_start;  /* [count + 1] */
    double *norm;     /* [count] */
    u32 total;
    LIST(linkage_edge) edges;
} storyteller;

static int compare_posting(const void *a, const void *b) {
    const posting *x = a, *y = b;
    return x->word != y->word ? (x->word > y->word) - (x->word < y->word) : (x->node > y->node) - (x->node < y->node);
}

static const sketch *sketch_of(const storyteller *t, u32 node) { return t->reports[t->report_of[node]].sketch; }

static bool post_terms(storyteller *t, u32 report_count) {
    t->report_of = arena_new(t->memory, u32, (size_t)report_count + 1);
    size_t total = 0;
    for (u32 i = 0; i < report_count && t->report_of != NULL; i++) {
        if (t->reports[i].family == i) {
            t->report_of[t->count++] = i;
            total += t->reports[i].sketch->term_count;
        }
    }
    t->by_word = arena_new(t->memory, posting, total + 1);
    t->start_of = arena_new(t->memory, u32, total + 1);
    t->by_node = arena_new(t->memory, u32, total + 1);
    t->node_start = arena_new(t->memory, u32, (size_t)t->count + 2);
    t->norm = arena_new(t->memory, double, (size_t)t->count + 1);
    if (t->report_of == NULL || t->by_word == NULL || t->start_of == NULL || t->by_node == NULL || t->node_start == NULL || t->norm == NULL) {
        return false;
    }
    for (u32 i = 0; i < t->count; i++) {
        const sketch *s = sketch_of(t, i);
        for (u32 k = 0; k < s->term_count; k++) {
            t->by_word[t->total++] = (posting){s->terms[k].word, i, k};
        }
        t->node_start[i + 1] = t->total;
    }
    if (t->total > 1) {
        qsort(t->by_word, t->total, sizeof *t->by_word, compare_posting);
    }
    return true;
}

/* A posting's weight from its count and from how many reports have the word. */
static void weigh_terms(storyteller *t) {
    u32 all = sketch_log(t->count + AT_LARGE), most = t->count / 10 + COMMON_LEAST;
    most = most < COMMON_MOST ? most : COMMON_MOST;
    u32 *next = t->node_start; /* moves up to the node's end, and is moved back below */
    for (u32 i = 0, end; i < t->total; i = end) {
        for (end = i; end < t->total && t->by_word[end].word == t->by_word[i].word; end++) {
        }
        for (u32 k = i; k < end; k++) {
            posting *p = &t->by_word[k];
            const sketch_term *term = &sketch_of(t, p->node)->terms[p->weight];
            u32 n = sketch_log(end - i + at_large(term->rare));
            p->weight = (16 + sketch_log(term->count)) * (all > n ? all - n : 0);
            t->norm[p->node] += (double)p->weight * p->weight;
            t->start_of[k] = end - i <= most ? i : NONE;
            t->by_node[next[p->node]++] = k;
        }
    }
    for (u32 i = t->count; i > 0; i--) {
        next[i] = next[i - 1];
    }
    next[0] = 0;
}

/* In eighths; 0 when too far apart or only one has a date. */
static u32 nearness(i32 a, i32 b) {
    if (a == INT32_MIN || b == INT32_MIN) {
        return a == b ? STORY_DAYS : 0;
    }
    i64 apart = a > b ? (i64)a - b : (i64)b - a;
    return apart < STORY_DAYS ? (u32)(STORY_DAYS - apart) : 0;
}

typedef struct {
    u64 *sum;     /* [count] */
    u32 *touched; /* [count] */
    u32 touched_count;
} tally;

/* Sums over common words of `node` and each earlier node that is near enough in time. */
static void add_products(const storyteller *t, u32 node, tally *sums) {
    i32 day = t->reports[t->report_of[node]].day;
    for (u32 i = t->node_start[node]; i < t->node_start[node + 1]; i++) {
        u32 at = t->by_node[i];
        for (u32 k = at; t->start_of[at] != NONE && k > t->start_of[at]; k--) {
            const posting *p = &t->by_word[k - 1];
            if (nearness(day, t->reports[t->report_of[p->node]].day) == 0) {
                break;
            }
            u64 product = (u64)p->weight * t->by_word[at].weight;
            if (sums->sum[p->node] == 0 && product > 0) {
                sums->touched[sums->touched_count++] = p->node; /* once a node: from here on its sum is above 0 */
            }
            sums->sum[p->node] += product;
        }
    }
}

static int compare_edge(const void *a, const void *b) {
    const linkage_edge *x = a, *y = b;
    return x->likeness != y->likeness ? (x->likeness < y->likeness) - (x->likeness > y->likeness) : (x->a > y->a) - (x->a < y->a);
}

/* Keeps the best edges from `node` to earlier ones. */
static bool add_edges(storyteller *t, u32 node, tally *sums) {
    u32 first = t->edges.count, floor = (u32)(STORY_FLOOR * LINKAGE_ONE);
    for (u32 i = 0; i < sums->touched_count; i++) {
        u32 other = sums->touched[i];
        double cosine = (double)sums->sum[other] / (sqrt(t->norm[node]) * sqrt(t->norm[other]));
        u32 near = nearness(t->reports[t->report_of[node]].day, t->reports[t->report_of[other]].day);
        u32 likeness = (u32)(cosine * LINKAGE_ONE * near / STORY_DAYS);
        sums->sum[other] = 0;
        if (likeness >= floor) {
            linkage_edge *e = list_push(t->memory, &t->edges);
            if (e == NULL) {
                return false;
            }
            *e = (linkage_edge){other, node, likeness};
        }
    }
    sums->touched_count = 0;
    if (t->edges.count - first > STORY_KEPT) {
        qsort(t->edges.items + first, t->edges.count - first, sizeof *t->edges.items, compare_edge);
        t->edges.count = first + STORY_KEPT;
    }
    return true;
}

drg_status stories_find(const story_report *reports, u32 count, u32 *first, arena *scratch) {
    storyteller t = {.reports = reports, .memory = scratch};
    arena_mark mark = arena_take_mark(scratch);
    tally sums = {arena_new(scratch, u64, (size_t)count + 1), arena_new(scratch, u32, (size_t)count + 1), 0};
    u32 *clusters = arena_new(scratch, u32, (size_t)count + 1);
    if (sums.sum == NULL || sums.touched == NULL || clusters == NULL || !post_terms(&t, count)) {
        return DRG_ERROR_MEMORY;
    }
    weigh_terms(&t);
    for (u32 i = 0; i < t.count; i++) {
        add_products(&t, i, &sums);
        if (!add_edges(&t, i, &sums)) {
            return DRG_ERROR_MEMORY;
        }
    }
    DRG_TRY(linkage_join(t.edges.items, t.edges.count, t.count, (u32)(STORY_LIKENESS * LINKAGE_ONE), clusters, scratch));
    for (u32 i = 0; i < t.count; i++) {
        first[t.report_of[i]] = t.report_of[clusters[i]];
    }
    for (u32 i = 0; i < count; i++) {
        first[i] = reports[i].family == i ? first[i] : first[reports[i].family];
    }
    arena_release(scratch, mark);
    return DRG_OK;
}

// SPDX-License-Identifier: Apache-2.0
/* Stories: words of sketches, their weights, likenesses inside of blocks of days, and average linkage of what hangs together. */
#include "join/step.h"
#include "record/stories.h"

_Static_assert(DRG_JOIN_DAYS == STORY_DAYS && DRG_JOIN_KEPT == STORY_KEPT && DRG_JOIN_CLOSE == STORY_LEAST, "the header says what holds");

void words_take(join_work *w, const void *rows, size_t count) {
    const sketch_row *row = rows;
    sketch *s = join_new(w, 1, sizeof *s);
    if (s == NULL || count != 1 || !sketch_unpack(row->sketch, s)) {
        return;
    }
    for (u32 i = 0; i < s->term_count; i++) {
        join_emit(w, &(word_row){s->terms[i].word, row->number});
    }
}

static u32 spread_of(const weigh_row *row, u32 word) {
    for (size_t i = 0; i < row->spread_count; i++) {
        if (row->spread[i].word == word) {
            return (u32)row->spread[i].reports;
        }
    }
    return 1;
}

void weights_take(join_work *w, const void *rows, size_t count) {
    const weigh_row *row = rows;
    sketch *s = join_new(w, 1, sizeof *s);
    u32 spread[SKETCH_TERMS] = {0}, used;
    story_term terms[SKETCH_TERMS];
    if (s == NULL || count != 1 || !sketch_unpack(row->sketch, s)) {
        return;
    }
    for (u32 i = 0; i < s->term_count; i++) {
        spread[i] = spread_of(row, s->terms[i].word);
    }
    u64 norm = story_weigh(s, spread, (u32)row->all, terms, &used);
    join_emit(w, &(weight_row){row->number, norm, {(const char *)terms, used * sizeof *terms}});
}

static story_node *read_nodes(join_work *w, const compare_row *rows, size_t count) {
    story_node *nodes = join_new(w, count, sizeof *nodes);
    for (size_t i = 0; i < count && nodes != NULL; i++) {
        u32 used = (u32)(rows[i].terms.len / sizeof(story_term));
        story_term *terms = join_new(w, used, sizeof *terms);
        if (terms == NULL) {
            return NULL;
        }
        memcpy(terms, rows[i].terms.ptr != NULL ? rows[i].terms.ptr : "", used * sizeof *terms);
        nodes[i] = (story_node){terms, used, rows[i].day, rows[i].norm, (u32)rows[i].cell};
    }
    return nodes;
}

/* A block holds one cell of reports, or two whose reports are compared with each other. */
void likeness_take(join_work *w, const void *rows, size_t count) {
    const compare_row *given = rows;
    story_node *nodes = read_nodes(w, given, count);
    story_edges edges = {0};
    if (nodes == NULL) {
        return;
    }
    if (stories_compare(nodes, (u32)count, nodes[0].cell != nodes[count - 1].cell, &edges, &w->memory) != DRG_OK) {
        w->failed = true;
        return;
    }
    for (u32 i = 0; i < edges.count; i++) {
        const linkage_edge *e = &edges.items[i];
        join_emit(w, &(likeness_row){given[e->a].number, given[e->b].number, e->likeness});
    }
}

static int compare_u64(const void *a, const void *b) {
    u64 x = *(const u64 *)a, y = *(const u64 *)b;
    return (x > y) - (x < y);
}

static u32 place_of(const u64 *numbers, u32 count, u64 number) {
    u32 low = 0, high = count;
    while (low < high) {
        u32 middle = low + (high - low) / 2;
        bool before = numbers[middle] < number;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low;
}

void linkage_take(join_work *w, const void *rows, size_t count) {
    const link_row *given = rows;
    u64 *numbers = join_new(w, 2 * count, sizeof *numbers);
    linkage_edge *edges = join_new(w, count, sizeof *edges);
    u32 *first = join_new(w, 2 * count, sizeof *first), nodes = 0;
    if (w->failed) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        numbers[2 * i] = given[i].edge.a;
        numbers[2 * i + 1] = given[i].edge.b;
    }
    qsort(numbers, 2 * count, sizeof *numbers, compare_u64);
    for (size_t i = 0; i < 2 * count; i++) {
        if (nodes == 0 || numbers[nodes - 1] != numbers[i]) {
            numbers[nodes++] = numbers[i];
        }
    }
    for (size_t i = 0; i < count; i++) {
        const likeness_row *e = &given[i].edge;
        edges[i] = (linkage_edge){place_of(numbers, nodes, e->a), place_of(numbers, nodes, e->b), (u32)e->likeness};
    }
    if (linkage_join(edges, count, nodes, STORY_LEAST, first, &w->memory) != DRG_OK) {
        w->failed = true;
        return;
    }
    for (u32 i = 0; i < nodes; i++) {
        join_emit(w, &(first_row){numbers[i], numbers[first[i]]});
    }
}

// SPDX-License-Identifier: Apache-2.0
/* Who does what to whom: the matrix, one pair over time, the edges of a network. */
#include "serve/days.h"

#define SIDE_ROWS 60
#define CELLS (SIDE_ROWS * SIDE_ROWS)

static span code_of(const image *m, u32 primary) { return symbols_text(&m->primaries, primary); }

static drg_status count_pairs(answering *a, grouping *by, tally *t) {
    grouping quads;
    grouping_open_pairs(by, a->m);
    grouping_open(&quads, a->m, "quad", &a->memory);
    tally_plan plan = {a->m, &a->set, by, &quads, 1}; /* the order is not asked for */
    return tally_count(t, &plan, &a->memory) ? DRG_OK : api_memory(a);
}

static bool is_named(const image *m, u32 pair) {
    const image_pair *p = &m->pair_list.items[pair];
    return m->primary_known[p->source] && m->primary_known[p->target];
}

/* ------------------------------------------------------------------ the matrix */

typedef struct {
    u32 events, reports, quads[5];
    double goldstein;
} cell;

typedef struct {
    u32 rows, columns;
    u32 source[SIDE_ROWS], target[SIDE_ROWS]; /* primaries */
    cell *cells;                              /* [CELLS] source by target */
} matrix;

/* The most active primaries on one side. */
static u32 find_busiest(const image *m, const tally *t, bool sources, u32 most, u32 out[SIDE_ROWS], arena *memory) {
    u32 *sums = arena_new(memory, u32, (size_t)m->primary_count + 1), count = 0;
    for (u32 p = 0; sums != NULL && p < t->groups; p++) {
        const image_pair *pair = &m->pair_list.items[p];
        if (is_named(m, p)) {
            sums[sources ? pair->source : pair->target] += t->rows[p].events;
            sums[sources ? pair->target : pair->source] += pair->mutual ? t->rows[p].events : 0;
        }
    }
    for (; sums != NULL && count < most; count++) {
        u32 best = NONE;
        for (u32 i = 0; i < m->primary_count; i++) {
            bool better = sums[i] > 0 && (best == NONE || sums[i] > sums[best] || (sums[i] == sums[best] && span_compare(code_of(m, i), code_of(m, best)) < 0));
            best = better ? i : best;
        }
        if (best == NONE) {
            break;
        }
        out[count] = best;
        sums[best] = 0;
    }
    return count;
}

static u32 place_of(const u32 *list, u32 count, u32 primary) {
    u32 at = 0;
    while (at < count && list[at] != primary) {
        at++;
    }
    return at < count ? at : NONE;
}

static void add_cell(matrix *x, u32 source, u32 target, const tally *t, u32 pair) {
    u32 row = place_of(x->source, x->rows, source), column = place_of(x->target, x->columns, target);
    if (row == NONE || column == NONE) {
        return;
    }
    cell *c = &x->cells[row * SIDE_ROWS + column];
    c->events += t->rows[pair].events;
    c->reports += t->rows[pair].reports;
    c->goldstein += t->rows[pair].goldstein;
    for (int q = 1; q <= 4; q++) {
        c->quads[q] += t->part_events[(size_t)pair * t->parts + (size_t)q];
    }
}

static void fill_cells(const image *m, const tally *t, matrix *x) {
    for (u32 p = 0; p < t->groups; p++) {
        const image_pair *pair = &m->pair_list.items[p];
        if (t->rows[p].events > 0) {
            add_cell(x, pair->source, pair->target, t, p);
            if (pair->mutual) {
                add_cell(x, pair->target, pair->source, t, p);
            }
        }
    }
}

/* Cosine of two rows, or of two columns, squared. */
static double likeness(const matrix *x, bool rows, u32 i, u32 k) {
    double both = 0, one = 0, other = 0;
    for (u32 n = 0; n < (rows ? x->columns : x->rows); n++) {
        double left = x->cells[rows ? i * SIDE_ROWS + n : n * SIDE_ROWS + i].events, right = x->cells[rows ? k * SIDE_ROWS + n : n * SIDE_ROWS + k].events;
        both += left * right;
        one += left * left;
        other += right * right;
    }
    return one > 0 && other > 0 ? both * both / (one * other) : 0;
}

/* Each is followed by the one most like it: blocks of partners come to stand together. */
static void arrange(const matrix *x, bool rows, u32 out[SIDE_ROWS]) {
    u32 count = rows ? x->rows : x->columns;
    bool taken[SIDE_ROWS] = {false};
    for (u32 at = 0; at < count; at++) {
        u32 best = NONE;
        double near = -1;
        for (u32 i = 0; i < count; i++) {
            double like = taken[i] ? -1 : at == 0 ? 0 : likeness(x, rows, out[at - 1], i);
            if (!taken[i] && like > near) {
                near = like;
                best = i;
            }
        }
        out[at] = best;
        taken[best] = true;
    }
}

static void put_codes(json *j, const char *name, const image *m, const u32 *list, const u32 *order, u32 count) {
    write_list(j, name);
    for (u32 i = 0; i < count; i++) {
        write_text(j, NULL, code_of(m, list[order[i]]));
    }
    write_end(j);
}

static void put_cell(json *j, const image *m, const matrix *x, u32 row, u32 column) {
    const cell *c = &x->cells[row * SIDE_ROWS + column];
    if (c->events == 0) {
        return;
    }
    write_object(j, NULL);
    write_text(j, "source", code_of(m, x->source[row]));
    write_text(j, "target", code_of(m, x->target[column]));
    write_number(j, "events", c->events);
    write_number(j, "reports", c->reports);
    put_quads(j, "quads", c->quads);
    write_real(j, "goldstein", c->goldstein / c->events, 2);
    write_end(j);
}

static void put_names(json *j, const image *m, const matrix *x) {
    char code[8];
    write_object(j, "names");
    for (u32 i = 0; i < x->rows + x->columns; i++) {
        u32 primary = i < x->rows ? x->source[i] : x->target[i - x->rows];
        span text = code_of(m, primary);
        bool plain = text.len == 3;
        for (size_t k = 0; k < text.len; k++) {
            plain = plain && ascii_is_alnum((unsigned char)text.ptr[k]);
        }
        if (plain && (i < x->rows || place_of(x->source, x->rows, primary) == NONE)) {
            snprintf(code, sizeof code, "%.3s", text.ptr);
            write_text(j, code, image_label(m, primary));
        }
    }
    write_end(j);
}

static void put_matrix(answering *a, const tally *t, const matrix *x) {
    json *j = &a->out;
    u32 rows[SIDE_ROWS], columns[SIDE_ROWS], pairs = 0;
    arrange(x, true, rows);
    arrange(x, false, columns);
    write_object(j, NULL);
    put_codes(j, "sources", a->m, x->source, rows, x->rows);
    put_codes(j, "targets", a->m, x->target, columns, x->columns);
    put_names(j, a->m, x);
    write_list(j, "cells");
    for (u32 r = 0; r < x->rows; r++) {
        for (u32 c = 0; c < x->columns; c++) {
            put_cell(j, a->m, x, rows[r], columns[c]);
        }
    }
    write_end(j);
    for (u32 p = 0; p < t->groups; p++) {
        pairs += t->rows[p].events > 0 && is_named(a->m, p);
    }
    write_number(j, "pairs", pairs);
    write_flag(j, "exact", a->set.exact);
}

static drg_status show_dyads(answering *a) {
    ask_build *sql = api_build(a);
    ask_build_groups(sql, &a->filter, "dyad");
    return api_show(a, sql, "query", "--by dyad");
}

static drg_status answer_dyads(answering *a) {
    i64 rows = 20;
    grouping by;
    tally t;
    matrix *x = arena_new(&a->memory, matrix, 1);
    DRG_TRY(api_number(a, "rows", 1, SIDE_ROWS, &rows));
    DRG_TRY(api_choose(a));
    if (a->show_sql) {
        return show_dyads(a);
    }
    DRG_TRY(count_pairs(a, &by, &t));
    if (x == NULL || (x->cells = arena_new(&a->memory, cell, CELLS)) == NULL) {
        return api_memory(a);
    }
    x->rows = find_busiest(a->m, &t, true, (u32)rows, x->source, &a->memory);
    x->columns = find_busiest(a->m, &t, false, (u32)rows, x->target, &a->memory);
    fill_cells(a->m, &t, x);
    put_matrix(a, &t, x);
    return DRG_OK;
}

/* ------------------------------------------------------------------ one pair */

typedef enum { WAY_FORTH, WAY_BACK, WAY_BOTH, WAYS } way;
static const char *const way_names[] = {"forth", "back", "both"};

/* Whether the telling holds the pair that way. */
static bool goes(const image *m, u32 i, u32 a, u32 b, way which) {
    u32 pairs[IMAGE_PAIRS][2], count = image_list_pairs(m, i, pairs);
    bool found = false;
    for (u32 p = 0; p < count; p++) {
        bool straight = pairs[p][0] == a && pairs[p][1] == b, turned = pairs[p][0] == b && pairs[p][1] == a;
        found |= m->mutual[i] ? which == WAY_BOTH && (straight || turned) : (which == WAY_FORTH && straight) || (which == WAY_BACK && turned);
    }
    return found;
}

static drg_status choose_ways(answering *a, u32 one, u32 other, chosen sets[WAYS]) {
    for (int w = 0; w < WAYS; w++) {
        sets[w] = chosen_none(a->m, &a->memory);
        for (u32 at = 0; sets[w].bits != NULL && at < a->set.count; at++) {
            if (goes(a->m, a->set.in_order[at], one, other, (way)w)) {
                chosen_add(&sets[w], a->set.in_order[at]);
            }
        }
        if (sets[w].bits == NULL || !chosen_list(&sets[w], a->m, &a->memory)) {
            return api_memory(a);
        }
    }
    return DRG_OK;
}

static void put_way(json *j, const char *name, const tally *t, u32 k) {
    const tally_row *row = &t->rows[k];
    write_object(j, name);
    write_number(j, "events", row->events);
    write_number(j, "reports", row->reports);
    put_quads(j, "quads", &t->part_events[(size_t)k * t->parts]);
    write_real(j, "goldstein", row->events > 0 ? row->goldstein / row->events : 0, 2);
    write_end(j);
}

static drg_status put_pair_buckets(answering *a, const chosen sets[WAYS], const char *name) {
    period lies = {0, 0};
    buckets b;
    grouping by, quads;
    tally sums[WAYS];
    bool dated = false;
    for (int w = 0; w < WAYS; w++) {
        period own;
        if (days_find(a->m, &sets[w], &own)) {
            lies = dated ? (period){own.first < lies.first ? own.first : lies.first, own.last > lies.last ? own.last : lies.last} : own;
            dated = true;
        }
    }
    write_word(&a->out, "bucket", bucket_names[dated ? days_fit(name, &lies) : BUCKET_MONTH]);
    write_list(&a->out, "rows");
    if (dated) {
        if (!days_make(&b, days_fit(name, &lies), &lies, &a->memory)) {
            return api_memory(a);
        }
        grouping_open_days(&by, a->m, b.starts[0], b.bucket_of, b.days, b.count);
        grouping_open(&quads, a->m, "quad", &a->memory);
        for (int w = 0; w < WAYS; w++) {
            if (!tally_count(&sums[w], &(tally_plan){a->m, &sets[w], &by, &quads, 0}, &a->memory)) {
                return api_memory(a);
            }
        }
        for (u32 k = 0; k < b.count; k++) {
            write_object(&a->out, NULL);
            days_put(&a->out, "from", b.starts[k]);
            days_put(&a->out, "until", b.starts[k + 1] - 1);
            for (int w = 0; w < WAYS; w++) {
                put_way(&a->out, way_names[w], &sums[w], k);
            }
            write_end(&a->out);
        }
    }
    write_end(&a->out);
    return DRG_OK;
}

static drg_status put_pair_categories(answering *a, const chosen sets[WAYS]) {
    grouping by;
    tally sums[WAYS];
    grouping_open(&by, a->m, "category", &a->memory);
    for (int w = 0; w < WAYS; w++) {
        if (!tally_count(&sums[w], &(tally_plan){a->m, &sets[w], &by, NULL, 0}, &a->memory)) {
            return api_memory(a);
        }
    }
    write_list(&a->out, "categories");
    for (u32 g = 0; g < by.groups; g++) {
        if (sums[0].rows[g].events + sums[1].rows[g].events + sums[2].rows[g].events > 0) {
            write_object(&a->out, NULL);
            write_text(&a->out, "name", by.names[g]);
            for (int w = 0; w < WAYS; w++) {
                write_number(&a->out, way_names[w], sums[w].rows[g].events);
            }
            write_end(&a->out);
        }
    }
    write_end(&a->out);
    return DRG_OK;
}

static void put_party(json *j, const char *name, span code, const image *m, u32 primary) {
    write_object(j, name);
    write_text(j, "code", code);
    write_text(j, "name", image_label(m, primary));
    write_end(j);
}

static drg_status answer_pair(answering *a) {
    const char *bucket;
    chosen sets[WAYS];
    span second = a->parts[0], first = span_next_field(&second, '-');
    u32 one = symbols_find(&a->m->primaries, first), other = symbols_find(&a->m->primaries, second);
    if (first.len != 3 || second.len != 3) {
        return api_fail(a, 400, "parameter", "a pair is two codes: dyads/KEN-ETH");
    }
    DRG_TRY(api_choice(a, "bucket", BUCKET_CHOICES, &bucket));
    DRG_TRY(api_choose(a));
    if (a->show_sql) {
        char *word = arena_alloc(&a->memory, 16, 1);
        if (word == NULL || a->word_count == REQUEST_ARGUMENTS) {
            return api_memory(a);
        }
        snprintf(word, 16, "dyad=%.7s", a->parts[0].ptr);
        a->words[a->word_count++] = word;
        DRG_TRY(api_filter(a, NULL));
        return show_dyads(a);
    }
    DRG_TRY(choose_ways(a, one, other, sets));
    write_object(&a->out, NULL);
    put_party(&a->out, "a", first, a->m, one);
    put_party(&a->out, "b", second, a->m, other);
    DRG_TRY(put_pair_buckets(a, sets, bucket));
    for (int w = 0; w < WAYS; w++) {
        tally_row row;
        if (!tally_all(&row, a->m, &sets[w], &a->memory)) {
            return api_memory(a);
        }
        write_object(&a->out, way_names[w]);
        put_counts(&a->out, &row);
        write_end(&a->out);
    }
    write_flag(&a->out, "exact", a->set.exact);
    return put_pair_categories(a, sets);
}

/* ------------------------------------------------------------------ edges */

typedef struct {
    u32 pair, quad, events;
} edge;

static int compare_edges(const void *x, const void *y) {
    const edge *a = x, *b = y;
    if (a->events != b->events) {
        return a->events > b->events ? -1 : 1;
    }
    return a->pair != b->pair ? (a->pair < b->pair ? -1 : 1) : (int)a->quad - (int)b->quad;
}

static void put_edges(answering *a, const tally *t, const edge *edges, u32 count) {
    json *j = &a->out;
    const image *m = a->m;
    u32 *met = arena_new(&a->memory, u32, (size_t)m->primary_count + 1);
    write_list(j, "edges");
    for (u32 i = 0; met != NULL && i < count; i++) {
        const image_pair *p = &m->pair_list.items[edges[i].pair];
        const tally_row *row = &t->rows[edges[i].pair];
        write_object(j, NULL);
        write_text(j, "source", code_of(m, p->source));
        write_text(j, "target", code_of(m, p->target));
        write_flag(j, "mutual", p->mutual);
        write_number(j, "quad", edges[i].quad);
        write_number(j, "events", edges[i].events);
        write_number(j, "reports", row->reports);
        write_real(j, "goldstein", row->goldstein / row->events, 2);
        write_end(j);
        met[p->source] += edges[i].events;
        met[p->target] += edges[i].events;
    }
    write_end(j);
    write_list(j, "nodes");
    for (u32 i = 0; met != NULL && i < m->primary_count; i++) {
        if (met[i] > 0) {
            write_object(j, NULL);
            write_text(j, "code", code_of(m, i));
            write_text(j, "name", image_label(m, i));
            write_number(j, "events", met[i]);
            write_end(j);
        }
    }
    write_end(j);
}

static drg_status answer_edges(answering *a) {
    i64 rows = 100;
    grouping by;
    tally t;
    DRG_TRY(api_number(a, "rows", 1, 2000, &rows));
    DRG_TRY(api_choose(a));
    if (a->show_sql) {
        return show_dyads(a);
    }
    DRG_TRY(count_pairs(a, &by, &t));
    edge *edges = arena_new(&a->memory, edge, (size_t)t.used * 4 + 1);
    u32 count = 0;
    for (u32 p = 0; edges != NULL && p < t.groups; p++) {
        for (u32 q = 1; q <= 4 && is_named(a->m, p); q++) {
            u32 events = t.part_events[(size_t)p * t.parts + q];
            if (events > 0) {
                edges[count++] = (edge){p, q, events};
            }
        }
    }
    if (edges == NULL) {
        return api_memory(a);
    }
    qsort(edges, count, sizeof *edges, compare_edges);
    write_object(&a->out, NULL);
    put_edges(a, &t, edges, count < rows ? count : (u32)rows);
    write_number(&a->out, "more", count > rows ? count - rows : 0);
    write_flag(&a->out, "exact", a->set.exact);
    return DRG_OK;
}

const api_route dyad_routes[] = {{"GET", "dyads", "rows", API_IMAGE | API_KEPT, answer_dyads},
                                 {"GET", "dyads/*", "bucket", API_IMAGE | API_KEPT, answer_pair},
                                 {"GET", "edges", "rows", API_IMAGE | API_KEPT, answer_edges},
                                 {NULL, NULL, NULL, 0, NULL}};

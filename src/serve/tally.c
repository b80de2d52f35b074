// SPDX-License-Identifier: Apache-2.0
#include "serve/tally.h"

typedef struct {
    tally *t;
    const tally_plan *plan;
    u32 *story, *report, *telling; /* [groups] the last that was counted, and one */
    u32 *part_story;               /* [groups * parts] */
} counter;

static void count_events(counter *c) {
    const tally_plan *p = c->plan;
    const image *m = p->m;
    u32 keys[IMAGE_PAIRS], parts[IMAGE_PAIRS];
    for (u32 at = 0; at < p->set->count; at++) {
        u32 i = p->set->by_story[at];
        u32 mark = m->story[i] + 1, count = p->by->keys(p->by, i, keys), part_count = p->split != NULL ? p->split->keys(p->split, i, parts) : 0;
        for (u32 k = 0; k < count; k++) {
            u32 g = keys[k];
            if (c->story[g] != mark) {
                c->story[g] = mark;
                c->t->rows[g].events++;
                c->t->rows[g].goldstein += m->real[REAL_GOLDSTEIN][i];
            }
            for (u32 s = 0; s < part_count; s++) {
                size_t cell = (size_t)g * c->t->parts + parts[s];
                c->t->part_events[cell] += c->part_story[cell] != mark;
                c->part_story[cell] = mark;
            }
        }
    }
}

static void count_reports(counter *c) {
    const tally_plan *p = c->plan;
    const image *m = p->m;
    u32 keys[IMAGE_PAIRS];
    for (u32 at = 0; at < p->set->count; at++) {
        u32 i = p->set->in_order[at];
        u32 mark = m->report[i] + 1, count = p->by->keys(p->by, i, keys);
        for (u32 k = 0; k < count; k++) {
            u32 g = keys[k];
            c->t->rows[g].reports += c->report[g] != mark;
            c->t->rows[g].tellings += c->telling[g] != i + 1;
            c->report[g] = mark;
            c->telling[g] = i + 1;
        }
    }
}

/* ------------------------------------------------------------------ order */

typedef struct {
    const tally *t;
    const grouping *by;
} ranking;

static int compare_groups(const ranking *r, u32 a, u32 b) {
    char left[64], right[64];
    u32 x = r->t->rows[a].events, y = r->t->rows[b].events;
    if (x != y && !r->by->by_name) {
        return x < y ? 1 : -1;
    }
    if (r->by->compare != NULL) {
        return r->by->compare(r->by, a, b);
    }
    return span_compare(grouping_name(r->by, a, left), grouping_name(r->by, b, right));
}

static void swap(u32 *order, u32 a, u32 b) {
    u32 held = order[a];
    order[a] = order[b];
    order[b] = held;
}

/* Heap sort: the comparison wants the tally, and the C library's sort hands nothing on. */
static void sift(const ranking *r, u32 *order, u32 root, u32 end) {
    for (u32 child; (child = 2 * root + 1) < end; root = child) {
        child += child + 1 < end && compare_groups(r, order[child], order[child + 1]) < 0;
        if (compare_groups(r, order[root], order[child]) >= 0) {
            return;
        }
        swap(order, root, child);
    }
}

/* The first `most` of them in order; the others behind, in none. */
static void rank_groups(tally *t, const grouping *by, u32 most) {
    ranking r = {t, by};
    for (u32 g = 0; g < t->groups; g++) {
        if (t->rows[g].tellings > 0) {
            t->order[t->used++] = g;
        }
    }
    u32 room = most > 0 && most < t->used ? most : t->used;
    for (u32 i = room / 2; i-- > 0;) { /* a heap of the best so far, the worst of them on top */
        sift(&r, t->order, i, room);
    }
    for (u32 i = room; i < t->used; i++) {
        if (compare_groups(&r, t->order[i], t->order[0]) < 0) {
            swap(t->order, i, 0);
            sift(&r, t->order, 0, room);
        }
    }
    for (u32 end = room; end-- > 1;) {
        swap(t->order, 0, end);
        sift(&r, t->order, 0, end);
    }
}

bool tally_count(tally *out, const tally_plan *plan, arena *memory) {
    size_t n = (size_t)plan->by->groups + 1, parts = plan->split != NULL ? plan->split->groups : 0;
    *out = (tally){.groups = plan->by->groups, .parts = (u32)parts, .rows = arena_new(memory, tally_row, n), .order = arena_new(memory, u32, n),
                   .part_events = arena_new(memory, u32, n * (parts + 1))};
    arena_mark mark = arena_take_mark(memory);
    counter c = {out, plan, arena_new(memory, u32, n), arena_new(memory, u32, n), arena_new(memory, u32, n), arena_new(memory, u32, n * (parts + 1))};
    bool good = out->rows != NULL && out->order != NULL && out->part_events != NULL && c.story != NULL && c.report != NULL && c.telling != NULL &&
        c.part_story != NULL;
    if (good) {
        count_events(&c);
        count_reports(&c);
    }
    arena_release(memory, mark);
    if (good) {
        rank_groups(out, plan->by, plan->most);
    }
    return good;
}

/* ------------------------------------------------------------------ outlets */

static u32 count_bits(const u64 *bits, size_t words) {
    u32 count = 0;
    for (size_t i = 0; i < words; i++) {
        count += (u32)__builtin_popcountll(bits[i]);
    }
    return count;
}

/* A bit for each outlet and each owner in each group that is shown. */
bool tally_count_outlets(tally *t, const tally_plan *plan, u32 first, u32 end, arena *memory) {
    const image *m = plan->m;
    const symbols *names[2] = {&m->dictionary[TEXT_OUTLET], &m->dictionary[TEXT_OWNER]};
    const u32 *columns[2] = {m->text[TEXT_OUTLET], m->text[TEXT_OWNER]};
    size_t words[2] = {names[0]->count / 64 + 1, names[1]->count / 64 + 1};
    u32 *slot = arena_new(memory, u32, (size_t)t->groups + 1), keys[IMAGE_PAIRS], shown = end > first ? end - first : 0;
    u64 *bits[2] = {arena_new(memory, u64, words[0] * (shown + 1)), arena_new(memory, u64, words[1] * (shown + 1))};
    if (slot == NULL || bits[0] == NULL || bits[1] == NULL) {
        return false;
    }
    for (u32 i = first; i < end; i++) {
        slot[t->order[i]] = i - first + 1;
    }
    for (u32 at = 0; at < plan->set->count; at++) {
        u32 i = plan->set->in_order[at], count = plan->by->keys(plan->by, i, keys);
        for (u32 k = 0; k < count; k++) {
            for (int c = 0; c < 2 && slot[keys[k]] > 0; c++) {
                u32 name = columns[c][m->report[i]];
                bits[c][words[c] * (slot[keys[k]] - 1) + name / 64] |= (u64)1 << (name % 64);
            }
        }
    }
    u32 nameless[2] = {symbols_find(names[0], SPAN("")), symbols_find(names[1], SPAN(""))};
    for (u32 i = first; i < end; i++) {
        tally_row *row = &t->rows[t->order[i]];
        u32 *const counts[2] = {&row->outlets, &row->owners};
        for (int c = 0; c < 2; c++) {
            u64 *own = bits[c] + words[c] * (i - first);
            if (nameless[c] != NONE) {
                own[nameless[c] / 64] &= ~((u64)1 << (nameless[c] % 64));
            }
            *counts[c] = count_bits(own, words[c]);
        }
    }
    return true;
}

bool tally_all(tally_row *out, const image *m, const chosen *set, arena *memory) {
    grouping all;
    tally sums;
    grouping_open_all(&all, m);
    tally_plan plan = {m, set, &all, NULL};
    if (!tally_count(&sums, &plan, memory) || !tally_count_outlets(&sums, &plan, 0, sums.used, memory)) {
        return false;
    }
    *out = sums.rows[0];
    return true;
}

// SPDX-License-Identifier: Apache-2.0
/* Copies: runs of a sketch, pairs of sketches, and what hangs together.
 *
 *     report 7 -> runs 12, 90, 411     report 9 -> runs 90, 500     run 90: a pair (7, 9) to compare */
#include "join/step.h"
#include "record/family.h"

void runs_take(join_work *w, const void *rows, size_t count) {
    const sketch_row *row = rows;
    sketch *s = join_new(w, 1, sizeof *s);
    if (s == NULL || count != 1 || !sketch_unpack(row->sketch, s)) {
        return;
    }
    u32 posted = family_count_posted(s);
    for (u32 i = 0; i < posted; i++) {
        join_emit(w, &(run_row){s->runs[i], row->number});
    }
}

void copies_take(join_work *w, const void *rows, size_t count) {
    const pair_row *row = rows;
    sketch *s = join_new(w, 2, sizeof *s);
    if (s != NULL && count == 1 && sketch_unpack(row->sketch_a, &s[0]) && sketch_unpack(row->sketch_b, &s[1]) && family_is_copy(&s[0], &s[1])) {
        join_emit(w, &(edge_row){row->a, row->b});
    }
}

/* ------------------------------------------------------------------ components */

/* Union-find over numbers of any size: the smallest of a component is its root. */
typedef struct {
    map index;
    LIST(u64) numbers;
    LIST(u32) parent;
} forest;

static u32 index_of(join_work *w, forest *f, u64 number) {
    u32 found = map_find(&f->index, number);
    if (found != NONE) {
        return found;
    }
    u64 *slot = list_push(&w->kept, &f->numbers);
    u32 *parent = list_push(&w->kept, &f->parent);
    if (slot == NULL || parent == NULL || !map_set(&f->index, number, f->numbers.count - 1)) {
        w->failed = true;
        return 0;
    }
    *slot = number;
    return *parent = f->numbers.count - 1;
}

void components_take(join_work *w, const void *rows, size_t count) {
    if (w->state == NULL) {
        forest *made = w->state = arena_new(&w->kept, forest, 1);
        if (made == NULL) {
            w->failed = true;
            return;
        }
        map_open(&made->index, &w->kept);
    }
    forest *f = w->state;
    const edge_row *edges = rows;
    for (size_t i = 0; i < count; i++) {
        u32 a = index_of(w, f, edges[i].a), b = index_of(w, f, edges[i].b);
        if (w->failed) {
            return;
        }
        u32 x = family_root(f->parent.items, a), y = family_root(f->parent.items, b);
        bool lower = f->numbers.items[x] < f->numbers.items[y];
        f->parent.items[lower ? y : x] = lower ? x : y;
    }
}

void components_finish(join_work *w) {
    forest *f = w->state;
    for (u32 i = 0; f != NULL && i < f->numbers.count; i++) {
        join_emit(w, &(first_row){f->numbers.items[i], f->numbers.items[family_root(f->parent.items, i)]});
    }
}

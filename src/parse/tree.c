// SPDX-License-Identifier: Apache-2.0
/* Each word's best head mostly makes a tree by itself; where cycles remain, the algorithm of Chu
 * and Liu (1965) and Edmonds (1967) contracts them (McDonald et al. 2005 for parsing):
 *
 *     contract cycle C to one node c
 *     score(c <- v) = max over d in C of  score(d <- v) - score(d <- its head in C)
 *     score(v <- c) = max over h in C of  score(v <- h)
 *
 * and on the way back the edge that enters c replaces one edge of C.  The root's one child is
 * chosen first: the word that loses most if it may not be the root.  Ties go to the lower index. */
#include "parse/tree.h"

#define NEVER INT64_MIN

typedef struct {
    u16 dependent, head; /* words, 0 = root */
} edge;

struct tree_work {
    u32 longest;
    i32 *scores;     /* [longest][longest + 1] as filled by the caller */
    i64 *weight;     /* [slots][slots] dependent, head */
    edge *origin;    /* [slots][slots] the words behind a weight */
    u16 *best;       /* [slots] slot of the best head */
    u16 *active;     /* [slots] list of slots in use, ascending */
    u16 *node;       /* [slots] which node a slot holds: a word, or a contracted cycle */
    u16 *mark;       /* [slots] */
    u16 *outer;      /* [2 slots] node -> the contracted node it is part of, 0 = none */
    edge *enters;    /* [2 slots] node -> the edge that gives it its head */
    u16 *cycle;      /* [slots] slots of the present cycle */
};

tree_work *tree_open(u32 longest, arena *memory) {
    tree_work *w = arena_new(memory, tree_work, 1);
    size_t n = longest + 1u;
    if (w == NULL) {
        return NULL;
    }
    w->longest = longest;
    w->scores = arena_new(memory, i32, n * n);
    w->weight = arena_new(memory, i64, n * n);
    w->origin = arena_new(memory, edge, n * n);
    w->best = arena_new(memory, u16, n);
    w->active = arena_new(memory, u16, n);
    w->node = arena_new(memory, u16, n);
    w->mark = arena_new(memory, u16, n);
    w->cycle = arena_new(memory, u16, n);
    w->outer = arena_new(memory, u16, 2 * n);
    w->enters = arena_new(memory, edge, 2 * n);
    bool good = w->scores && w->weight && w->origin && w->best && w->active && w->node && w->mark && w->cycle && w->outer && w->enters;
    return good ? w : NULL;
}

i32 *tree_scores(tree_work *w, u32 count, u32 i) { return w->scores + (size_t)i * (count + 1); }

/* The word that gains most from being the root. */
static u32 choose_root(const tree_work *w, u32 count, u32 *heads) {
    u32 root = 0;
    i64 most = NEVER;
    for (u32 i = 0; i < count; i++) {
        const i32 *scores = w->scores + (size_t)i * (count + 1);
        u32 best = i == 0 && count > 1 ? 2 : 1;
        for (u32 j = 1; j <= count; j++) {
            best = scores[j] > scores[best] ? j : best;
        }
        heads[i] = best;
        i64 gain = (i64)scores[0] - scores[best];
        if (gain > most) {
            most = gain;
            root = i;
        }
    }
    heads[root] = 0;
    return root;
}

/* True when following heads from every word ends at the root. */
static bool is_tree(const u32 *heads, u32 count, u16 *mark) {
    memset(mark, 0, (count + 1) * sizeof *mark);
    for (u32 i = 1; i <= count; i++) {
        u32 at = i;
        while (at != 0 && mark[at] == 0) {
            mark[at] = (u16)i;
            at = heads[at - 1];
        }
        if (at != 0 && mark[at] == i) {
            return false;
        }
    }
    return true;
}

static void fill_weights(tree_work *w, u32 count, u32 root) {
    size_t n = count + 1;
    for (u32 i = 0; i <= count; i++) {
        w->active[i] = w->node[i] = (u16)i;
        for (u32 j = 0; j <= count; j++) {
            bool barred = i == 0 || i == j || (j == 0 && i != root + 1);
            w->weight[i * n + j] = barred ? NEVER : w->scores[(i - 1) * n + j];
            w->origin[i * n + j] = (edge){(u16)i, (u16)j};
        }
    }
    memset(w->outer, 0, 2 * (w->longest + 1u) * sizeof *w->outer);
}

static void choose_best(tree_work *w, u32 active_count, size_t n) {
    for (u32 a = 1; a < active_count; a++) { /* slot 0 is the root */
        u32 i = w->active[a];
        i64 top = NEVER;
        w->best[i] = 0;
        for (u32 b = 0; b < active_count; b++) {
            u32 j = w->active[b];
            if (w->weight[i * n + j] > top) {
                top = w->weight[i * n + j];
                w->best[i] = (u16)j;
            }
        }
    }
}

/* Slots of a cycle in w->cycle, ascending; 0 when there is none. */
static u32 find_cycle(tree_work *w, u32 active_count) {
    for (u32 a = 0; a < active_count; a++) {
        w->mark[w->active[a]] = 0;
    }
    for (u32 a = 1; a < active_count; a++) {
        u32 at = w->active[a];
        while (at != 0 && w->mark[at] == 0) {
            w->mark[at] = (u16)a;
            at = w->best[at];
        }
        if (at == 0 || w->mark[at] != a) {
            continue;
        }
        u32 start = at, count = 0;
        for (u32 b = 1; b < active_count; b++) {
            w->mark[w->active[b]] = 0;
        }
        do {
            w->mark[at] = 1;
            at = w->best[at];
        } while (at != start);
        for (u32 b = 1; b < active_count; b++) {
            if (w->mark[w->active[b]]) {
                w->cycle[count++] = w->active[b];
            }
        }
        return count;
    }
    return 0;
}

/* Contracts w->cycle into its first slot under the number `name`; the new number of slots. */
static u32 contract(tree_work *w, u32 cycle_count, u32 active_count, size_t n, u16 name) {
    u32 keep = w->cycle[0], left = 0;
    for (u32 k = 0; k < cycle_count; k++) {
        u32 d = w->cycle[k];
        w->outer[w->node[d]] = name;
        w->enters[w->node[d]] = w->origin[d * n + w->best[d]];
    }
    for (u32 a = 0; a < active_count; a++) {
        u32 v = w->active[a];
        if (v != 0 && w->mark[v]) {
            continue;
        }
        i64 in = NEVER, out = NEVER;
        edge in_edge = {0, 0}, out_edge = {0, 0};
        for (u32 k = 0; k < cycle_count; k++) {
            u32 d = w->cycle[k];
            i64 own = w->weight[d * n + w->best[d]], to = w->weight[d * n + v], from = w->weight[v * n + d];
            if (to != NEVER && to - own > in) {
                in = to - own;
                in_edge = w->origin[d * n + v];
            }
            if (from > out) {
                out = from;
                out_edge = w->origin[v * n + d];
            }
        }
        w->weight[keep * n + v] = in;
        w->origin[keep * n + v] = in_edge;
        w->weight[v * n + keep] = out;
        w->origin[v * n + keep] = out_edge;
    }
    w->weight[keep * n + keep] = NEVER;
    w->node[keep] = name;
    for (u32 a = 0; a < active_count; a++) {
        u32 v = w->active[a];
        if (v == 0 || v == keep || !w->mark[v]) {
            w->active[left++] = (u16)v;
        }
    }
    return left;
}

static void break_cycles(tree_work *w, u32 count, u32 root, u32 *heads) {
    size_t n = count + 1;
    u32 active_count = count + 1, name = count + 1;
    fill_weights(w, count, root);
    for (;;) {
        choose_best(w, active_count, n);
        u32 cycle_count = find_cycle(w, active_count);
        if (cycle_count == 0) {
            break;
        }
        active_count = contract(w, cycle_count, active_count, n, (u16)name++);
    }
    for (u32 a = 1; a < active_count; a++) {
        u32 i = w->active[a];
        w->enters[w->node[i]] = w->origin[i * n + w->best[i]];
    }
    while (--name > count) { /* outermost first: the entering edge replaces its member's own */
        edge enters = w->enters[name];
        u32 member = enters.dependent;
        while (w->outer[member] != name) {
            member = w->outer[member];
        }
        w->enters[member] = enters;
    }
    for (u32 i = 1; i <= count; i++) {
        heads[i - 1] = w->enters[i].head;
    }
}

void tree_decode(tree_work *w, u32 count, u32 *heads) {
    if (count == 0) {
        return;
    }
    u32 root = choose_root(w, count, heads);
    if (count > 1 && !is_tree(heads, count, w->mark)) {
        break_cycles(w, count, root, heads);
    }
}

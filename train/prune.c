// SPDX-License-Identifier: Apache-2.0
/* A string without a row of its own gets the row for unknown strings of its kind.  What a row is
 * worth is how far it lies from that one, squared, times the words of the sources that use it:
 *
 *     suffix4  "tion"   7,043 words, far from the unknown row     stays
 *     suffix4  "llei"       5 words, close to it                  goes: its words keep "lei", "ei" */
#include <stdlib.h>

#include "fit.h"

typedef struct {
    double worth;
    u32 row;
} row_worth;

static int compare_worths(const void *a, const void *b) {
    const row_worth *x = a, *y = b;
    return x->worth != y->worth ? (x->worth > y->worth ? -1 : 1) : x->row < y->row ? -1 : x->row > y->row;
}

static double distance(const trained *net, u32 row, u32 unknown) {
    u32 width = net->layout.shape.embed;
    const real *a = net->values + net->layout.embed + (size_t)row * width, *b = net->values + net->layout.embed + (size_t)unknown * width;
    double sum = 0;
    for (u32 i = 0; i < width; i++) {
        sum += (double)(a[i] - b[i]) * (double)(a[i] - b[i]);
    }
    return sum;
}

/* worths[i] of row FEATURE_COUNT + i, added up over all words. */
static int weigh_rows(const trained *net, row_worth *worths) {
    feature_table table;
    arena memory;
    arena_open(&memory, (size_t)1 << 30);
    int bad = !feature_table_open(&table, net->keys, net->key_count, &memory);
    for (u32 i = 0; i < net->key_count; i++) {
        worths[i] = (row_worth){0, FEATURE_COUNT + i};
    }
    for (u32 i = 0; !bad && i < net->bank->words.count; i++) {
        for (u32 kind = 0; kind < FEATURE_COUNT; kind++) {
            u32 row = feature_row(&table, (feature_kind)kind, net->bank->words.items[i].keys[kind]);
            if (row >= FEATURE_COUNT) {
                worths[row - FEATURE_COUNT].worth += distance(net, row, kind);
            }
        }
    }
    arena_close(&memory);
    return bad;
}

/* Moves what stays together: keys, their rows, then all that lies behind the rows. */
static void close_ranks(trained *net, const bool *stays) {
    net_layout *l = &net->layout;
    size_t width = l->shape.embed, dense = l->count - l->dense, behind = l->dense;
    u32 kept = 0;
    for (u32 i = 0; i < net->key_count; i++) {
        if (stays[i]) {
            net->keys[kept] = net->keys[i];
            memmove(net->values + l->embed + (FEATURE_COUNT + kept) * width, net->values + l->embed + (FEATURE_COUNT + i) * width, width * sizeof(real));
            kept++;
        }
    }
    net->key_count = kept;
    l->shape.rows = FEATURE_COUNT + kept;
    net_layout_make(l);
    memmove(net->values + l->dense, net->values + behind, dense * sizeof(real));
}

int trained_prune(trained *net, u32 rows) {
    u32 count = net->key_count, keep = rows > FEATURE_COUNT ? rows - FEATURE_COUNT : 0;
    if (keep >= count) {
        return 0;
    }
    row_worth *worths = calloc(count, sizeof *worths);
    bool *stays = calloc(count, sizeof *stays);
    int bad = worths == NULL || stays == NULL || weigh_rows(net, worths);
    if (!bad) {
        qsort(worths, count, sizeof *worths, compare_worths);
        for (u32 i = 0; i < keep; i++) {
            stays[worths[i].row - FEATURE_COUNT] = true;
        }
        close_ranks(net, stays);
    }
    free(worths);
    free(stays);
    return bad;
}

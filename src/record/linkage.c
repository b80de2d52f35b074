// SPDX-License-Identifier: Apache-2.0
/* Average linkage over a sparse graph.  A merge makes a new node; a neighbour that still lists the two old ones finds
 * the new one through `became` and adds up when its own turn comes, since sums of likenesses add.  A pair is pushed on
 * the heap when the later of its two nodes is made, so it is out of date only when one of them is gone. */
#include "record/family.h"
#include "record/stories.h"

typedef struct {
    u32 to, sum;
} neighbour;

typedef struct {
    u32 average, a, b;
} offer;

typedef struct {
    arena *memory;
    u32 *became;     /* [2 * count] union-find over nodes */
    u32 *size;       /* members */
    u32 *smallest;   /* smallest member */
    neighbour **list;
    u32 *list_count;
    LIST(offer) heap;
    u32 nodes, least;
} linkage;

static bool is_better(const offer *x, const offer *y) {
    return x->average != y->average ? x->average > y->average : x->a != y->a ? x->a < y->a : x->b < y->b;
}

static bool push_offer(linkage *l, offer new) {
    offer *slot = list_push(l->memory, &l->heap);
    if (slot == NULL) {
        return false;
    }
    u32 i = l->heap.count - 1;
    for (; i > 0 && is_better(&new, &l->heap.items[(i - 1) / 2]); i = (i - 1) / 2) {
        l->heap.items[i] = l->heap.items[(i - 1) / 2];
    }
    l->heap.items[i] = new;
    return true;
}

static offer pop_offer(linkage *l) {
    offer best = l->heap.items[0], last = l->heap.items[--l->heap.count];
    u32 i = 0, child;
    for (; (child = 2 * i + 1) < l->heap.count; i = child) {
        child += child + 1 < l->heap.count && is_better(&l->heap.items[child + 1], &l->heap.items[child]);
        if (!is_better(&l->heap.items[child], &last)) {
            break;
        }
        l->heap.items[i] = l->heap.items[child];
    }
    if (l->heap.count > 0) {
        l->heap.items[i] = last;
    }
    return best;
}

static bool offer_pair(linkage *l, u32 a, u32 b, u32 sum) {
    u64 pairs = (u64)l->size[a] * l->size[b], average = sum / pairs;
    return average < l->least || push_offer(l, (offer){(u32)average, a < b ? a : b, a < b ? b : a});
}

static int compare_neighbour(const void *a, const void *b) {
    const neighbour *x = a, *y = b;
    return (x->to > y->to) - (x->to < y->to);
}

/* The neighbours of a and b as they are now, each once, into node `made`. */
static bool merge_lists(linkage *l, u32 a, u32 b, u32 made) {
    u32 total = l->list_count[a] + l->list_count[b], kept = 0;
    neighbour *out = arena_new(l->memory, neighbour, (size_t)total + 1);
    for (u32 i = 0; i < total && out != NULL; i++) {
        neighbour n = i < l->list_count[a] ? l->list[a][i] : l->list[b][i - l->list_count[a]];
        n.to = family_root(l->became, n.to);
        if (n.to != made) {
            out[kept++] = n;
        }
    }
    if (out == NULL) {
        return false;
    }
    if (kept > 1) {
        qsort(out, kept, sizeof *out, compare_neighbour);
    }
    u32 used = 0;
    for (u32 i = 0; i < kept; i++) {
        if (used > 0 && out[used - 1].to == out[i].to) {
            out[used - 1].sum += out[i].sum;
        } else {
            out[used++] = out[i];
        }
    }
    l->list[made] = out;
    l->list_count[made] = used;
    return true;
}

static bool merge(linkage *l, u32 a, u32 b) {
    u32 made = l->nodes++;
    l->became[a] = l->became[b] = l->became[made] = made;
    l->size[made] = l->size[a] + l->size[b];
    l->smallest[made] = l->smallest[a] < l->smallest[b] ? l->smallest[a] : l->smallest[b];
    bool done = merge_lists(l, a, b, made);
    for (u32 i = 0; done && i < l->list_count[made]; i++) {
        done = offer_pair(l, l->list[made][i].to, made, l->list[made][i].sum);
    }
    return done;
}

static bool open_linkage(linkage *l, u32 count) {
    size_t room = 2 * (size_t)count + 1;
    l->became = arena_new(l->memory, u32, room);
    l->size = arena_new(l->memory, u32, room);
    l->smallest = arena_new(l->memory, u32, room);
    l->list = arena_new(l->memory, neighbour *, room);
    l->list_count = arena_new(l->memory, u32, room);
    return l->became != NULL && l->size != NULL && l->smallest != NULL && l->list != NULL && l->list_count != NULL;
}

static bool fill_lists(linkage *l, const linkage_edge *edges, size_t edge_count) {
    for (size_t i = 0; i < edge_count; i++) {
        l->list_count[edges[i].a]++;
        l->list_count[edges[i].b]++;
        arena_rest(l->memory);
    }
    for (u32 i = 0; i < l->nodes; i++) {
        l->became[i] = l->smallest[i] = i;
        l->size[i] = 1;
        l->list[i] = arena_new(l->memory, neighbour, (size_t)l->list_count[i] + 1);
        if (l->list[i] == NULL) {
            return false;
        }
        l->list_count[i] = 0;
        arena_rest(l->memory);
    }
    bool done = true;
    for (size_t i = 0; i < edge_count && done; i++) {
        u32 a = edges[i].a, b = edges[i].b;
        l->list[a][l->list_count[a]++] = (neighbour){b, edges[i].likeness};
        l->list[b][l->list_count[b]++] = (neighbour){a, edges[i].likeness};
        done = offer_pair(l, a, b, edges[i].likeness);
        arena_rest(l->memory);
    }
    return done;
}

drg_status linkage_join(const linkage_edge *edges, size_t edge_count, u32 count, u32 least, u32 *first, arena *scratch) {
    linkage l = {.memory = scratch, .nodes = count, .least = least};
    if (!open_linkage(&l, count) || !fill_lists(&l, edges, edge_count)) {
        return DRG_ERROR_MEMORY;
    }
    while (l.heap.count > 0) {
        offer best = pop_offer(&l);
        if (l.became[best.a] == best.a && l.became[best.b] == best.b && !merge(&l, best.a, best.b)) {
            return DRG_ERROR_MEMORY;
        }
        arena_rest(scratch);
    }
    for (u32 i = 0; i < count; i++) {
        first[i] = l.smallest[family_root(l.became, i)];
    }
    return DRG_OK;
}

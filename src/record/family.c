// SPDX-License-Identifier: Apache-2.0
#include "record/family.h"

#define POSTED_BELOW (1u << 30) /* a quarter of all runs, and of short texts ... */
#define POSTED_LEAST 32         /* ... at least so many of the smallest */
#define RESTS 4096              /* steps of a loop between two rests */

static u64 pack_pair(u32 high, u32 low) { return (u64)high << 32 | low; }

static int compare_u64(const void *a, const void *b) {
    u64 x = *(const u64 *)a, y = *(const u64 *)b;
    return (x > y) - (x < y);
}

u32 family_root(u32 *parent, u32 i) {
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

bool family_is_copy(const sketch *a, const sketch *b) {
    u32 less = a->run_count < b->run_count ? a->run_count : b->run_count, more = a->run_count + b->run_count - less;
    sketch_overlap o = sketch_compare(a, b);
    bool same_figures = o.smaller_figures < COPY_FIGURES || o.shared_figures >= o.smaller_figures * COPY_FIGURE_SHARE;
    return same_figures && o.smaller >= COPY_RUNS && more / COPY_RATIO <= less && o.shared >= o.smaller * COPY_SHARE;
}

u32 family_count_posted(const sketch *s) {
    u32 count = s->kept < POSTED_LEAST ? s->kept : POSTED_LEAST;
    while (count < s->kept && s->runs[count] < POSTED_BELOW) {
        count++;
    }
    return count;
}

/* (run, report), sorted. */
static u64 *post_runs(const sketch *const *sketches, u32 count, size_t *total, arena *scratch) {
    size_t size = 0;
    for (u32 i = 0; i < count; i++) {
        size += family_count_posted(sketches[i]);
        arena_rest(scratch);
    }
    u64 *posted = arena_new(scratch, u64, size + 1);
    *total = 0;
    for (u32 i = 0; i < count && posted != NULL; i++) {
        u32 end = family_count_posted(sketches[i]);
        for (u32 k = 0; k < end; k++) {
            posted[(*total)++] = pack_pair(sketches[i]->runs[k], i);
        }
        arena_rest(scratch);
    }
    return posted != NULL && arena_sort(scratch, posted, *total, sizeof *posted, compare_u64) ? posted : NULL;
}

/* (earlier, later) report pairs to compare, sorted, each once. */
static u64 *pair_reports(const u64 *posted, size_t total, size_t *pairs, arena *scratch) {
    u64 *out = arena_new(scratch, u64, 2 * total + 1);
    *pairs = 0;
    for (size_t i = 1, start = 0; i < total && out != NULL; i++) {
        if (i % RESTS == 0) {
            arena_rest(scratch);
        }
        if (posted[i] >> 32 != posted[i - 1] >> 32) {
            start = i;
            continue;
        }
        u32 now = (u32)posted[i], before = (u32)posted[i - 1], first = (u32)posted[start];
        out[(*pairs)++] = pack_pair(before, now);
        if (first != before) {
            out[(*pairs)++] = pack_pair(first, now);
        }
    }
    if (out == NULL || !arena_sort(scratch, out, *pairs, sizeof *out, compare_u64)) {
        return NULL;
    }
    size_t kept = 0;
    for (size_t i = 0; i < *pairs; i++) {
        if (i == 0 || out[i] != out[kept - 1]) {
            out[kept++] = out[i];
        }
        if (i % RESTS == 0) {
            arena_rest(scratch);
        }
    }
    *pairs = kept;
    return out;
}

drg_status family_find(const sketch *const *sketches, u32 count, u32 *first, arena *scratch) {
    size_t total, pairs;
    arena_mark mark = arena_take_mark(scratch);
    u64 *posted = post_runs(sketches, count, &total, scratch);
    u64 *pair = posted == NULL ? NULL : pair_reports(posted, total, &pairs, scratch);
    if (pair == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < count; i++) {
        first[i] = i;
    }
    for (size_t i = 0; i < pairs; i++) {
        u32 a = (u32)(pair[i] >> 32), b = (u32)pair[i];
        u32 x = family_root(first, a), y = family_root(first, b);
        if (x != y && family_is_copy(sketches[a], sketches[b])) {
            first[x > y ? x : y] = x > y ? y : x;
        }
        arena_rest(scratch);
    }
    for (u32 i = 0; i < count; i++) {
        first[i] = family_root(first, i);
    }
    arena_release(scratch, mark);
    return DRG_OK;
}

// SPDX-License-Identifier: Apache-2.0
/* An arena: one worker's memory for one report.
 *
 *   life    arena_open -> (arena_new ... arena_reset)* -> arena_close
 *   cost    an allocation is a pointer bump; reset keeps the first block and frees the rest
 *   cap     past `cap` bytes every allocation returns NULL, so a hostile report ends as a
 *           problem record and not as an eaten machine
 *
 * An arena for work over any number of reports may lie in a temporary file (spill.h): it calls arena_rest in every turn of
 * its loops, so that memory stays flat however much the arena holds.
 *
 * Memory comes back zeroed.  A mark taken inside a call and released before its return gives
 * scratch space.  Under AddressSanitizer each allocation has a redzone behind it and everything
 * released is poisoned. */
#ifndef DRG_BASE_ARENA_H
#define DRG_BASE_ARENA_H

#include "base/spill.h"

typedef struct arena_block arena_block;
typedef struct {
    arena_block *newest; /* blocks, newest first */
    size_t used;         /* bytes handed out since the last reset */
    size_t cap;          /* bytes, hard */
    spill file;          /* file.file 0: ordinary memory */
} arena;
typedef struct {
    arena_block *block;
    size_t block_used, used;
} arena_mark;

void arena_open(arena *a, size_t cap);
/* In a temporary file, without a cap; where none can be made, in memory. */
void arena_open_file(arena *a);
void arena_close(arena *a);
/* Lets what was not touched lately rest in the file; of ordinary memory nothing. */
void arena_rest(arena *a);
void arena_reset(arena *a);

/* `count` zeroed items of `size` bytes, aligned to 16; NULL past the cap or on overflow. */
void *arena_alloc(arena *a, size_t count, size_t size);
#define arena_new(a, type, count) ((type *)arena_alloc((a), (count), sizeof(type)))
/* A copy of `s` (with a NUL behind it that len does not count). ptr NULL when memory is out. */
span arena_copy(arena *a, span s);

arena_mark arena_take_mark(const arena *a);
void arena_release(arena *a, arena_mark mark);

/* A growable array in an arena.  `LIST(token) tokens;` declares {items, count, room}.
 * list_push evaluates to a pointer to the new zeroed item, or NULL when memory is out.
 * Growth leaves the old copy behind in the arena (at most as much again). */
#define LIST(type)         \
    struct {               \
        type *items;       \
        u32 count, room;   \
    }
/* qsort for more than memory should hold: pieces are sorted, then merged, resting in between.  `compare` tells any two items
 * apart that may stand in either order.  False when memory is out. */
bool arena_sort(arena *a, void *items, size_t count, size_t size, int (*compare)(const void *, const void *));
bool list_grow(arena *a, void **items, u32 count, u32 *room, size_t size);
#define list_push(a, list)                                                                              \
    (((list)->count < (list)->room ||                                                                   \
      list_grow((a), (void **)&(list)->items, (list)->count, &(list)->room, sizeof *(list)->items))     \
         ? &(list)->items[(list)->count++]                                                              \
         : NULL)

#endif

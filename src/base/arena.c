// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(ptr, size) ASAN_POISON_MEMORY_REGION((ptr), (size))
#define UNPOISON(ptr, size) ASAN_UNPOISON_MEMORY_REGION((ptr), (size))
#define REDZONE 16u
#else
#define POISON(ptr, size) ((void)(ptr), (void)(size))
#define UNPOISON(ptr, size) ((void)(ptr), (void)(size))
#define REDZONE 0u
#endif

#define BLOCK_SIZE ((size_t)1 << 20)
#define FILE_BLOCK ((size_t)16 << 20) /* of a file the later blocks are larger: it is let go block by block */

struct arena_block {
    _Alignas(16) arena_block *older;
    size_t size, used; /* bytes of data[] */
    size_t clean;      /* from here on data[] is zero already */
    char *data;        /* behind this struct, or in the file */
};

void arena_open(arena *a, size_t cap) { *a = (arena){.cap = cap}; }

void arena_open_file(arena *a) {
    *a = (arena){.cap = SIZE_MAX};
    spill_open(&a->file);
}

static void free_newest(arena *a) {
    arena_block *block = a->newest;
    a->newest = block->older;
    UNPOISON(block->data, block->size);
    if (a->file.file > 0) {
        spill_give(&a->file, block->data, block->size);
    }
    free(block);
}

void arena_close(arena *a) {
    while (a->newest != NULL) {
        free_newest(a);
    }
    spill_close(&a->file);
    a->used = 0;
}

void arena_rest(arena *a) {
    if (a->file.file > 0 && spill_is_due(&a->file)) {
        for (const arena_block *block = a->newest; block != NULL; block = block->older) {
            spill_rest(block->data, block->size);
        }
    }
}

void arena_reset(arena *a) {
    while (a->newest != NULL && a->newest->older != NULL) {
        free_newest(a);
    }
    if (a->newest != NULL) {
        a->newest->used = 0;
        POISON(a->newest->data, a->newest->size);
    }
    a->used = 0;
}

static arena_block *block_new(arena *a, size_t need) {
    bool in_file = a->file.file > 0;
    size_t least = in_file && a->used >= FILE_BLOCK ? FILE_BLOCK : BLOCK_SIZE, size = need > least ? need : least, total;
    if (!size_add(sizeof(arena_block), size, &total)) {
        return NULL;
    }
    arena_block *block = malloc(in_file ? sizeof *block : total);
    char *data = block == NULL ? NULL : in_file ? spill_take(&a->file, size) : (char *)(block + 1);
    if (data == NULL) {
        free(block);
        return NULL;
    }
    block->data = data;
    block->clean = in_file ? 0 : SIZE_MAX;
    block->older = a->newest;
    block->size = size;
    block->used = 0;
    POISON(block->data, block->size);
    a->newest = block;
    return block;
}

void *arena_alloc(arena *a, size_t count, size_t size) {
    size_t bytes, need, total;
    if (!size_mul(count, size, &bytes) || !size_add(bytes, 15 + REDZONE, &need)) {
        return NULL;
    }
    need &= ~(size_t)15;
    if (!size_add(a->used, need, &total) || total > a->cap) {
        return NULL;
    }
    arena_block *block = a->newest;
    if (block == NULL || block->size - block->used < need) {
        block = block_new(a, need);
        if (block == NULL) {
            return NULL;
        }
    }
    char *ptr = block->data + block->used;
    size_t dirty = block->clean > block->used ? block->clean - block->used : 0;
    block->used += need;
    block->clean = block->used > block->clean ? block->used : block->clean;
    a->used = total;
    UNPOISON(ptr, bytes);
    if (bytes > 0 && dirty > 0) {
        memset(ptr, 0, dirty < bytes ? dirty : bytes);
    }
    return ptr;
}

span arena_copy(arena *a, span s) {
    char *ptr = arena_alloc(a, s.len + 1, 1);
    if (ptr == NULL) {
        return (span){NULL, 0};
    }
    if (s.len > 0) {
        memcpy(ptr, s.ptr, s.len);
    }
    return (span){ptr, s.len};
}

arena_mark arena_take_mark(const arena *a) {
    return (arena_mark){a->newest, a->newest ? a->newest->used : 0, a->used};
}

void arena_release(arena *a, arena_mark mark) {
    while (a->newest != mark.block) {
        if (mark.block == NULL && a->newest->older == NULL) { /* keep the first block for the next report */
            break;
        }
        free_newest(a);
    }
    if (a->newest != NULL) {
        a->newest->used = mark.block ? mark.block_used : 0;
        POISON(a->newest->data + a->newest->used, a->newest->size - a->newest->used);
    }
    a->used = mark.used;
}

#define PIECE_SIZE ((size_t)1 << 20)

static void copy_resting(arena *a, void *to, const void *from, size_t bytes) {
    for (size_t at = 0; at < bytes; at += PIECE_SIZE) {
        memcpy((char *)to + at, (const char *)from + at, bytes - at < PIECE_SIZE ? bytes - at : PIECE_SIZE);
        arena_rest(a);
    }
}

bool list_grow(arena *a, void **items, u32 count, u32 *room, size_t size) {
    if (count > UINT32_MAX / 2 - 16) {
        return false;
    }
    u32 wider = count < 8 ? 16 : count * 2;
    void *grown = arena_alloc(a, wider, size);
    if (grown == NULL) {
        return false;
    }
    copy_resting(a, grown, *items, (size_t)count * size);
    *items = grown;
    *room = wider;
    return true;
}

/* ------------------------------------------------------------------ sorting */

typedef int (*comparison)(const void *, const void *);

/* [first, middle) and [middle, end) of `from`, both sorted, into `to`. */
static void merge_pieces(arena *a, const char *from, char *to, const size_t place[3], size_t size, comparison compare) {
    size_t left = place[0], right = place[1];
    for (size_t at = place[0]; at < place[2]; at++) {
        bool take_left = right == place[2] || (left < place[1] && compare(from + left * size, from + right * size) <= 0);
        size_t taken = take_left ? left++ : right++;
        memcpy(to + at * size, from + taken * size, size);
        if (at % 4096 == 0) {
            arena_rest(a);
        }
    }
}

bool arena_sort(arena *a, void *items, size_t count, size_t size, comparison compare) {
    size_t piece = PIECE_SIZE / size;
    for (size_t at = 0; at < count; at += piece) {
        qsort((char *)items + at * size, count - at < piece ? count - at : piece, size, compare);
        arena_rest(a);
    }
    if (count <= piece) {
        return true;
    }
    arena_mark mark = arena_take_mark(a);
    char *from = items, *to = arena_alloc(a, count, size);
    for (; to != NULL && piece < count; piece *= 2) {
        for (size_t at = 0; at < count; at += 2 * piece) {
            size_t middle = count - at < piece ? count : at + piece, end = count - at < 2 * piece ? count : at + 2 * piece;
            merge_pieces(a, from, to, (const size_t[]){at, middle, end}, size, compare);
        }
        char *other = from;
        from = to;
        to = other;
    }
    if (to != NULL && from != items) {
        copy_resting(a, items, from, count * size);
    }
    arena_release(a, mark);
    return to != NULL;
}

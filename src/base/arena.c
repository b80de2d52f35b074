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

struct arena_block {
    arena_block *older;
    size_t size, used; /* bytes of data[] */
    _Alignas(16) char data[];
};

void arena_open(arena *a, size_t cap) { *a = (arena){.cap = cap}; }

static void block_free(arena_block *block) {
    UNPOISON(block->data, block->size);
    free(block);
}

void arena_close(arena *a) {
    while (a->newest != NULL) {
        arena_block *older = a->newest->older;
        block_free(a->newest);
        a->newest = older;
    }
    a->used = 0;
}

void arena_reset(arena *a) {
    while (a->newest != NULL && a->newest->older != NULL) {
        arena_block *older = a->newest->older;
        block_free(a->newest);
        a->newest = older;
    }
    if (a->newest != NULL) {
        a->newest->used = 0;
        POISON(a->newest->data, a->newest->size);
    }
    a->used = 0;
}

static arena_block *block_new(arena *a, size_t need) {
    size_t size = need > BLOCK_SIZE ? need : BLOCK_SIZE, total;
    if (!size_add(sizeof(arena_block), size, &total)) {
        return NULL;
    }
    arena_block *block = malloc(total);
    if (block == NULL) {
        return NULL;
    }
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
    block->used += need;
    a->used = total;
    UNPOISON(ptr, bytes);
    if (bytes > 0) {
        memset(ptr, 0, bytes);
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
        arena_block *older = a->newest->older;
        if (mark.block == NULL && older == NULL) { /* keep the first block for the next report */
            break;
        }
        block_free(a->newest);
        a->newest = older;
    }
    if (a->newest != NULL) {
        a->newest->used = mark.block ? mark.block_used : 0;
        POISON(a->newest->data + a->newest->used, a->newest->size - a->newest->used);
    }
    a->used = mark.used;
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
    if (count > 0) {
        memcpy(grown, *items, (size_t)count * size);
    }
    *items = grown;
    *room = wider;
    return true;
}

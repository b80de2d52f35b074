// SPDX-License-Identifier: Apache-2.0
#include "serve/cache.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#define WAYS 8 /* slots that a key may have */

void cache_open(cache *c) {
    memset(c, 0, sizeof *c);
    pthread_mutex_init(&c->lock, NULL);
}

void cache_close(cache *c) {
    for (size_t i = 0; i < CACHE_SLOTS; i++) {
        free(c->entries[i].bytes);
    }
    pthread_mutex_destroy(&c->lock);
}

u64 cache_key(const char *loaded, span request) {
    u64 key = XXH3_64bits_withSeed(request.ptr, request.len, XXH3_64bits(loaded, strlen(loaded)));
    return key != 0 ? key : 1;
}

static cache_entry *set_of(cache *c, u64 key) { return &c->entries[(key >> 20) % (CACHE_SLOTS / WAYS) * WAYS]; }

char *cache_find(cache *c, u64 key, size_t *len) {
    char *copy = NULL;
    pthread_mutex_lock(&c->lock);
    cache_entry *set = set_of(c, key);
    for (int i = 0; i < WAYS; i++) {
        if (set[i].key == key && (copy = malloc(set[i].len + 1)) != NULL) {
            memcpy(copy, set[i].bytes, set[i].len);
            *len = set[i].len;
            set[i].used = ++c->clock;
        }
    }
    pthread_mutex_unlock(&c->lock);
    return copy;
}

static void drop(cache *c, cache_entry *e) {
    c->size -= e->len;
    free(e->bytes);
    *e = (cache_entry){.key = 0};
}

/* The least recently used of all: only where there is too much in sum, so that looking at each does no harm. */
static void make_room(cache *c, size_t len) {
    while (c->size + len > CACHE_BYTES) {
        cache_entry *oldest = NULL;
        for (size_t i = 0; i < CACHE_SLOTS; i++) {
            cache_entry *e = &c->entries[i];
            oldest = e->key != 0 && (oldest == NULL || e->used < oldest->used) ? e : oldest;
        }
        if (oldest == NULL) {
            return;
        }
        drop(c, oldest);
    }
}

void cache_keep(cache *c, u64 key, const char *bytes, size_t len) {
    char *copy = len <= CACHE_ENTRY ? malloc(len + 1) : NULL;
    if (copy == NULL) {
        return;
    }
    memcpy(copy, bytes, len);
    pthread_mutex_lock(&c->lock);
    cache_entry *set = set_of(c, key), *chosen = &set[0];
    for (int i = 0; i < WAYS; i++) {
        bool better = set[i].key == key || (chosen->key != key && set[i].used < chosen->used);
        chosen = better ? &set[i] : chosen;
    }
    drop(c, chosen);
    make_room(c, len);
    *chosen = (cache_entry){key, ++c->clock, copy, len};
    c->size += len;
    pthread_mutex_unlock(&c->lock);
}

// SPDX-License-Identifier: Apache-2.0
/* Answers that are the same until the desk changes, by the request that asked for them: the least recently used go first. */
#ifndef DRG_SERVE_CACHE_H
#define DRG_SERVE_CACHE_H

#include <pthread.h>

#include "base/base.h"

#define CACHE_SLOTS 2048
#define CACHE_BYTES ((size_t)32 << 20)
#define CACHE_ENTRY ((size_t)1 << 20) /* larger ones are not kept */

typedef struct {
    u64 key;      /* 0: free */
    u64 used;     /* a clock of uses */
    char *bytes;
    size_t len;
} cache_entry;

typedef struct {
    pthread_mutex_t lock;
    cache_entry entries[CACHE_SLOTS];
    size_t size;
    u64 clock;
} cache;

void cache_open(cache *c);
void cache_close(cache *c);
/* A key of what is asked, of a desk in this state. */
u64 cache_key(const char *loaded, span request);
/* A copy, the caller's to free; NULL: not there. */
char *cache_find(cache *c, u64 key, size_t *len);
void cache_keep(cache *c, u64 key, const char *bytes, size_t len);

#endif

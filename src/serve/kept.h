// SPDX-License-Identifier: Apache-2.0
/* Sets of tellings that filters have left, kept for the next request with the same filter: the six that a change of the
 * filter asks at once work it out once. */
#ifndef DRG_SERVE_KEPT_H
#define DRG_SERVE_KEPT_H

#include <pthread.h>

#include "serve/choose.h"

#define KEPT_SETS 24

typedef struct {
    u64 key;
    u32 holders;
    chosen set;     /* in one piece of memory behind this struct */
} kept_set;

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t made;
    struct {
        u64 key, used; /* key 0: free */
        kept_set *set; /* NULL: somebody is making it */
    } slots[KEPT_SETS];
    u64 clock;
} kept_sets;

void kept_open(kept_sets *k);
void kept_close(kept_sets *k);
/* The set, held; NULL: there is none, and the caller is to make it and call kept_add, whatever becomes of it. */
kept_set *kept_find(kept_sets *k, u64 key);
/* A copy of `set` (NULL: it could not be made, or is not to be kept), held by the caller; NULL where there is none. */
kept_set *kept_add(kept_sets *k, u64 key, const image *m, const chosen *set);
void kept_drop(kept_sets *k, kept_set *set);

#endif

// SPDX-License-Identifier: Apache-2.0
#include "serve/kept.h"

void kept_open(kept_sets *k) {
    memset(k, 0, sizeof *k);
    pthread_mutex_init(&k->lock, NULL);
    pthread_cond_init(&k->made, NULL);
}

static void let_go(kept_set *set) {
    if (set != NULL && --set->holders == 0) {
        free(set);
    }
}

void kept_close(kept_sets *k) {
    for (int i = 0; i < KEPT_SETS; i++) {
        let_go(k->slots[i].set);
    }
    pthread_cond_destroy(&k->made);
    pthread_mutex_destroy(&k->lock);
}

static int find_slot(const kept_sets *k, u64 key) {
    for (int i = 0; i < KEPT_SETS; i++) {
        if (k->slots[i].key == key) {
            return i;
        }
    }
    return -1;
}

/* The least recently used one that nobody is making. */
static int oldest_slot(const kept_sets *k) {
    int oldest = -1;
    for (int i = 0; i < KEPT_SETS; i++) {
        bool making = k->slots[i].key != 0 && k->slots[i].set == NULL;
        oldest = !making && (oldest < 0 || k->slots[i].used < k->slots[oldest].used) ? i : oldest;
    }
    return oldest;
}

kept_set *kept_find(kept_sets *k, u64 key) {
    kept_set *found = NULL;
    pthread_mutex_lock(&k->lock);
    int at = find_slot(k, key);
    while (at >= 0 && k->slots[at].set == NULL) {
        pthread_cond_wait(&k->made, &k->lock);
        at = find_slot(k, key);
    }
    if (at >= 0) {
        found = k->slots[at].set;
        found->holders++;
        k->slots[at].used = ++k->clock;
    } else if ((at = oldest_slot(k)) >= 0) {
        let_go(k->slots[at].set);
        k->slots[at].set = NULL;
        k->slots[at].key = key;
        k->slots[at].used = ++k->clock;
    }
    pthread_mutex_unlock(&k->lock);
    return found;
}

static kept_set *copy_of(u64 key, const image *m, const chosen *set) {
    size_t bits = ((size_t)m->count / 64 + 1) * sizeof(u64), list = (size_t)set->count * sizeof(u32);
    kept_set *copy = malloc(sizeof *copy + bits + 2 * list);
    if (copy == NULL) {
        return NULL;
    }
    char *at = (char *)(copy + 1);
    *copy = (kept_set){.key = key, .holders = 2, .set = *set};
    copy->set.bits = memcpy(at, set->bits, bits);
    copy->set.in_order = (u32 *)(void *)(at + bits);
    copy->set.by_story = (u32 *)(void *)(at + bits + list);
    memcpy(copy->set.in_order, set->in_order, list);
    memcpy(copy->set.by_story, set->by_story, list);
    return copy;
}

kept_set *kept_add(kept_sets *k, u64 key, const image *m, const chosen *set) {
    kept_set *copy = set != NULL ? copy_of(key, m, set) : NULL;
    pthread_mutex_lock(&k->lock);
    int at = find_slot(k, key);
    if (at >= 0 && k->slots[at].set == NULL) {
        k->slots[at].set = copy;
        k->slots[at].key = copy != NULL ? key : 0;
    } else if (copy != NULL) {
        copy->holders = 1; /* there was no room */
    }
    pthread_cond_broadcast(&k->made);
    pthread_mutex_unlock(&k->lock);
    return copy;
}

void kept_drop(kept_sets *k, kept_set *set) {
    pthread_mutex_lock(&k->lock);
    let_go(set);
    pthread_mutex_unlock(&k->lock);
}

// SPDX-License-Identifier: Apache-2.0
/* Names to put in place of a training sentence's own, so that layers learn what stands around a
 * name and how names are made, not which names the sources happen to mention. */
#ifndef TRAIN_NAMES_POOL_H
#define TRAIN_NAMES_POOL_H

#include "base/knowledge.h"
#include "treebank.h"

enum { POOL_WORDS = 12 };
typedef enum { POOL_TOWN, POOL_STATE, POOL_COUNTRY, POOL_NATION, POOL_PERSON, POOL_GIVEN, POOL_BODY, POOL_PATTERN, POOL_COUNT } pool_kind;

typedef struct {
    arena *memory;
    LIST(span) of[POOL_COUNT];
} name_pool;

/* Reads the tables of world/ and the patterns of `patterns` (train/organisations.txt); 0 on success. */
int name_pool_open(name_pool *pool, knowledge *k, const char *patterns);

/* One word of a sentence some of whose names may have given way to others. */
typedef struct {
    span form;
    u16 names;    /* allowed labels */
    u8 drawn;     /* of a name that was put in */
    u32 own, of;  /* index of the sentence's own word; number of its name of certain kind, from 1, 0 = none */
} pool_word;

/* Copies the words of a sentence, each name of certain kind PER, ORG or LOC replaced with chance `part`; how many
 * words there are, `room` at most. */
u32 name_pool_replace(const name_pool *pool, const word *words, u32 count, double part, u64 *random, pool_word *out, u32 room);

#endif

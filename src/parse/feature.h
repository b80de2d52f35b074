// SPDX-License-Identifier: Apache-2.0
/* What the encoder sees of a word: six strings cut from its form, each of which names a row of
 * the embedding table.
 *
 *     form      norm      prefix  suffixes      shape
 *     Baqeri's  baqeri's  baq     's  i's ri's  Xxxx'x
 *     2,400     0,000     0,0     00  000 ,000  d,ddd
 *
 * The norm is lower case, with digits as 0 and typographic quotes and dashes as plain ones; all
 * that is said about case is in the shape.  A string met too seldom in training has no row of
 * its own: it gets the row of its kind for unknown strings, which training keeps meaningful by
 * hiding known strings at random. */
#ifndef DRG_PARSE_FEATURE_H
#define DRG_PARSE_FEATURE_H

#include "base/arena.h"

typedef enum { FEATURE_NORM, FEATURE_PREFIX, FEATURE_SUFFIX2, FEATURE_SUFFIX3, FEATURE_SUFFIX4, FEATURE_SHAPE, FEATURE_COUNT } feature_kind;

#define FEATURE_ROOM 96 /* bytes kept of a norm or shape; what is longer is cut */

/* Row FEATURE_COUNT + i belongs to keys[i]; row k < FEATURE_COUNT is kind k's unknown row. */
typedef struct {
    const u32 *keys; /* [key_count] */
    u32 key_count;
    u32 *slots;      /* open addressing: index into keys + 1, 0 = free */
    u32 slot_count;  /* a power of two */
} feature_table;

/* The 32-bit keys of `form`'s features. */
void feature_keys(span form, u32 keys[FEATURE_COUNT]);
/* The norm of `form` in `buffer` of FEATURE_ROOM bytes. */
span feature_norm(span form, char *buffer);
/* Builds the slots over keys; false when memory is out. */
bool feature_table_open(feature_table *table, const u32 *keys, u32 key_count, arena *memory);
u32 feature_row(const feature_table *table, feature_kind kind, u32 key);

#endif

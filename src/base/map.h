// SPDX-License-Identifier: Apache-2.0
/* A map from u64 keys to u32 values, open addressing, in an arena.  Keys are whatever the caller
 * packs: one symbol, two symbols, a hash of a word sequence (map_key_of_symbols).  Iteration is
 * not offered: output order never comes from a hash. */
#ifndef DRG_BASE_MAP_H
#define DRG_BASE_MAP_H

#include "base/arena.h"

typedef struct {
    arena *memory;
    u64 *keys;   /* key + 1, 0 = free */
    u32 *values;
    u32 count, slot_count;
} map;

void map_open(map *m, arena *memory);
/* The value of `key`, or NONE. */
u32 map_find(const map *m, u64 key);
/* Sets `key`; false when memory is out.  `key` may not be UINT64_MAX. */
bool map_set(map *m, u64 key, u32 value);
/* A 64-bit key of a sequence of symbols, for multi-word names. */
u64 map_key_of_symbols(const u32 *symbols, u32 count);

#endif

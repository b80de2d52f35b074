// SPDX-License-Identifier: Apache-2.0
#include "base/map.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

void map_open(map *m, arena *memory) { *m = (map){.memory = memory}; }

static u32 map_slot(const map *m, u64 key) {
    u32 mask = m->slot_count - 1, at = (u32)((key * 0x9E3779B97F4A7C15ull) >> 32) & mask;
    while (m->keys[at] != 0 && m->keys[at] != key + 1) {
        at = (at + 1) & mask;
    }
    return at;
}

u32 map_find(const map *m, u64 key) {
    if (m->slot_count == 0) {
        return NONE;
    }
    u32 at = map_slot(m, key);
    return m->keys[at] ? m->values[at] : NONE;
}

static bool map_widen(map *m) {
    map wider = {.memory = m->memory, .slot_count = m->slot_count ? m->slot_count * 2 : 64, .count = m->count};
    wider.keys = arena_new(m->memory, u64, wider.slot_count);
    wider.values = arena_new(m->memory, u32, wider.slot_count);
    if (wider.keys == NULL || wider.values == NULL) {
        return false;
    }
    for (u32 i = 0; i < m->slot_count; i++) {
        if (m->keys[i] != 0) {
            u32 at = map_slot(&wider, m->keys[i] - 1);
            wider.keys[at] = m->keys[i];
            wider.values[at] = m->values[i];
        }
    }
    *m = wider;
    return true;
}

bool map_set(map *m, u64 key, u32 value) {
    if ((m->count + 1) * 2 > m->slot_count && !map_widen(m)) {
        return false;
    }
    u32 at = map_slot(m, key);
    m->count += m->keys[at] == 0;
    m->keys[at] = key + 1;
    m->values[at] = value;
    return true;
}

u64 map_key_of_symbols(const u32 *symbols, u32 count) {
    return XXH3_64bits(symbols, (size_t)count * sizeof *symbols) >> 1;
}

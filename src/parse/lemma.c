// SPDX-License-Identifier: Apache-2.0
/* Finds and applies lemma scripts (lemma.h): first the whole word, then its endings from the
 * longest to the empty one. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "parse/lemma.h"

/* Seeds far apart, see feature.c. */
u32 lemma_key(span text, u32 tag, bool whole) {
    return (u32)(XXH3_64bits_withSeed(text.ptr, text.len, ((u64)tag * 2 + whole + 1000) * 0x9E3779B97F4A7C15u) >> 32);
}

bool lemma_table_open(lemma_table *table, arena *memory) {
    u32 slots = 64;
    while (slots / 2 < table->count) {
        slots *= 2;
    }
    table->slot_count = slots;
    table->slots = arena_new(memory, u32, slots);
    if (table->slots == NULL) {
        return false;
    }
    for (u32 i = 0; i < table->count; i++) {
        u32 at = table->keys[i] & (slots - 1);
        while (table->slots[at] != 0) {
            at = (at + 1) & (slots - 1);
        }
        table->slots[at] = i + 1;
    }
    return true;
}

static u32 find_key(const lemma_table *table, u32 key) {
    u32 mask = table->slot_count - 1;
    for (u32 at = key & mask; table->slots[at] != 0; at = (at + 1) & mask) {
        if (table->keys[table->slots[at] - 1] == key) {
            return table->values[table->slots[at] - 1];
        }
    }
    return NONE;
}

u32 lemma_find(const lemma_table *table, span lower, u32 tag) {
    u32 script = find_key(table, lemma_key(lower, tag, true));
    size_t longest = lower.len < LEMMA_ENDING ? lower.len : LEMMA_ENDING;
    for (size_t size = longest + 1; script == NONE && size-- > 0;) {
        script = find_key(table, lemma_key(span_cut(lower, lower.len - size, lower.len), tag, false));
    }
    return script;
}

span lemma_apply(const lemma_script *script, span form, span lower, char *buffer) {
    span base = script->keep_case ? form : lower;
    if (base.len > LEMMA_ROOM - sizeof script->append || script->cut > base.len || base.len - script->cut + script->size == 0) {
        return base;
    }
    size_t kept = base.len - script->cut;
    if (kept < base.len && (base.ptr[kept] & 0xC0) == 0x80) {
        return base; /* the cut would part a letter */
    }
    memcpy(buffer, base.ptr, kept);
    memcpy(buffer + kept, script->append, script->size);
    return (span){buffer, kept + script->size};
}

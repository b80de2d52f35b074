// SPDX-License-Identifier: Apache-2.0
#include "base/symbols.h"

#include "base/utf8.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#define LOWER_ROOM 256 /* bytes; longer words are not folded by the convenience calls */

void symbols_open(symbols *table, const symbols *parent, arena *memory) {
    *table = (symbols){.parent = parent, .memory = memory, .count = parent ? parent->count : 0};
}

static u32 symbols_base(const symbols *table) { return table->parent ? table->parent->count : 0; }

static u32 slot_of(const symbols *table, span text, u64 hash) {
    u32 mask = table->slot_count - 1, at = (u32)hash & mask;
    while (table->slots[at] != 0 && !span_eq(table->texts[table->slots[at] - 1], text)) {
        at = (at + 1) & mask;
    }
    return at;
}

static symbol find_local(const symbols *table, span text, u64 hash) {
    if (table->slot_count == 0) {
        return NONE;
    }
    u32 slot = table->slots[slot_of(table, text, hash)];
    return slot ? symbols_base(table) + slot - 1 : NONE;
}

symbol symbols_find(const symbols *table, span text) {
    u64 hash = XXH3_64bits(text.ptr, text.len);
    for (; table != NULL; table = table->parent) {
        symbol id = find_local(table, text, hash);
        if (id != NONE) {
            return id;
        }
    }
    return NONE;
}

static bool symbols_widen(symbols *table) {
    u32 local = table->count - symbols_base(table);
    if (local == table->room) {
        void *texts = table->texts;
        if (!list_grow(table->memory, &texts, local, &table->room, sizeof(span))) {
            return false;
        }
        table->texts = texts;
    }
    if ((local + 1) * 2 <= table->slot_count) {
        return true;
    }
    u32 wider = table->slot_count ? table->slot_count * 2 : 256;
    u32 *slots = arena_new(table->memory, u32, wider);
    if (slots == NULL) {
        return false;
    }
    table->slots = slots;
    table->slot_count = wider;
    for (u32 i = 0; i < local; i++) {
        span text = table->texts[i];
        table->slots[slot_of(table, text, XXH3_64bits(text.ptr, text.len))] = i + 1;
    }
    return true;
}

symbol symbols_add(symbols *table, span text) {
    symbol known = symbols_find(table, text);
    if (known != NONE || !symbols_widen(table)) {
        return known;
    }
    span copy = arena_copy(table->memory, text);
    if (copy.ptr == NULL) {
        return NONE;
    }
    u32 local = table->count - symbols_base(table);
    table->texts[local] = copy;
    table->slots[slot_of(table, copy, XXH3_64bits(copy.ptr, copy.len))] = local + 1;
    return table->count++;
}

symbol symbols_add_lower(symbols *table, span text) {
    char lower[LOWER_ROOM];
    return symbols_add(table, utf8_lower(text, lower, sizeof lower));
}

symbol symbols_find_lower(const symbols *table, span text) {
    char lower[LOWER_ROOM];
    return symbols_find(table, utf8_lower(text, lower, sizeof lower));
}

span symbols_text(const symbols *table, symbol id) {
    while (table != NULL && id < symbols_base(table)) {
        table = table->parent;
    }
    if (table == NULL || id >= table->count) {
        return (span){"", 0};
    }
    return table->texts[id - symbols_base(table)];
}

static int compare_symbol(const void *a, const void *b) {
    symbol x = *(const symbol *)a, y = *(const symbol *)b;
    return (x > y) - (x < y);
}

u32 symbols_count_different(symbol *values, u32 count) {
    u32 different = 0;
    qsort(values, count, sizeof *values, compare_symbol);
    for (u32 i = 0; i < count; i++) {
        different += values[i] != NONE && (i == 0 || values[i] != values[i - 1]);
    }
    return different;
}

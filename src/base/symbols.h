// SPDX-License-Identifier: Apache-2.0
/* Symbols: every word becomes a small number once, and equality is equality of numbers.
 *
 * Two tables stand behind each other.  The *run* table is filled while the knowledge files load,
 * then frozen and shared by all threads.  Each report has a *report* table over it, in the
 * report's arena, for the words that no file mentions.  Ids below `parent->count` are the run's,
 * the others the report's; a report's ids follow the order of its text, so they never depend on
 * threads or hashing. */
#ifndef DRG_BASE_SYMBOLS_H
#define DRG_BASE_SYMBOLS_H

#include "base/arena.h"

typedef u32 symbol; /* NONE = no symbol */

typedef struct symbols {
    const struct symbols *parent; /* frozen, or NULL */
    arena *memory;
    span *texts; /* [count - parent->count] */
    u32 *slots;  /* open addressing: local index + 1, 0 = free */
    u32 count;   /* ids in use, the parent's included */
    u32 room, slot_count;
} symbols;

void symbols_open(symbols *table, const symbols *parent, arena *memory);
/* The id of `text`, made if new.  NONE when memory is out. */
symbol symbols_add(symbols *table, span text);
/* The id of `text`, or NONE. */
symbol symbols_find(const symbols *table, span text);
/* The same for the ASCII- and Latin-lower-cased text (utf8proc simple folding). */
symbol symbols_add_lower(symbols *table, span text);
symbol symbols_find_lower(const symbols *table, span text);
span symbols_text(const symbols *table, symbol id);

/* How many different symbols; NONE does not count.  Sorts them. */
u32 symbols_count_different(symbol *values, u32 count);

#endif

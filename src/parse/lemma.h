// SPDX-License-Identifier: Apache-2.0
/* Lemmas by edit script: "cut k bytes, append a string", chosen by the word and its tag, or by
 * the longest known ending of the word and its tag.
 *
 *     struck   VBD  exception   cut 4 append "rike"     -> strike
 *     parties  NNS  -ies        cut 3 append "y"        -> party
 *     n't      RB   exception   cut 3 append "not"      -> not
 */
#ifndef DRG_PARSE_LEMMA_H
#define DRG_PARSE_LEMMA_H

#include "base/arena.h"

enum { LEMMA_ENDING = 6, LEMMA_ROOM = 128 }; /* longest ending in bytes; longer words stay as they are */

typedef struct {
    u8 cut;
    bool keep_case; /* the lemma is made from the form, not from its lower case */
    u8 size;        /* of append */
    char append[29];
} lemma_script;

/* Keys: word or ending with tag, see lemma_key(); values: script indices. */
typedef struct {
    const u32 *keys, *values; /* [count], keys ascending */
    u32 count;
    const lemma_script *scripts;
    u32 script_count;
    u32 *slots; /* built by lemma_table_open */
    u32 slot_count;
} lemma_table;

u32 lemma_key(span text, u32 tag, bool whole);
bool lemma_table_open(lemma_table *table, arena *memory);
/* The script for a lower-case word, or NONE. */
u32 lemma_find(const lemma_table *table, span lower, u32 tag);
/* Applies a script; the result is in `buffer` (LEMMA_ROOM bytes) or the input itself. */
span lemma_apply(const lemma_script *script, span form, span lower, char *buffer);

#endif

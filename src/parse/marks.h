// SPDX-License-Identifier: Apache-2.0
/* What the tables say of the words of a sentence: evidence for the names' layers (names.h), which
 * learn how far to trust it.  A town's name is as often a person's. */
#ifndef DRG_PARSE_MARKS_H
#define DRG_PARSE_MARKS_H

#include "parse/known.h"

/* One bit a word and kind of evidence; _ON marks the later words of a name of several. */
typedef enum {
    MARK_TOWN, MARK_CITY, MARK_SEAT, MARK_PLACE_ON, /* world/places.tsv: under 15,000 people, more, capital or 200,000 */
    MARK_LOC, MARK_LOC_ON, MARK_ORG, MARK_ORG_ON, MARK_PER, MARK_PER_ON, MARK_NORP, MARK_NORP_ON, /* known.h */
    MARK_GIVEN, MARK_SURNAME, MARK_TITLE,           /* given.tsv, last words of holders.tsv, titles.tsv */
    MARK_COUNT
} name_mark;

typedef struct {
    known_names known;
    map words;        /* symbol -> MARK_GIVEN, MARK_SURNAME, MARK_TITLE as bits */
    map titles;       /* map_key_of_symbols of a title's words -> 1 for one that only honours ("Mr"), else 0 */
    u32 *towns;       /* open addressing: 29 bits of a name's hash, then 1 + size class; 0 = free */
    u32 town_slots;   /* a power of two */
} name_tables;

typedef struct {
    symbol lower;     /* of the run's table, or NONE */
    u64 hash;         /* marks_hash of the lower-case word */
    bool upper;       /* begins with a capital */
} marked_word;

/* Reads the tables; one that is missing is passed over. */
drg_status marks_open(name_tables *tables, knowledge *k, drg_error *error);
u64 marks_hash(span lower);
/* The end of the longest title that begins at token `at`, `end` at most, and whether it only honours; `at` when none does. */
u32 marks_title_end(const name_tables *tables, const report *r, u32 at, u32 end, bool *honours);
/* MARK_TOWN, MARK_CITY or MARK_SEAT for the name of a town that is no known person's, else NONE. */
u32 marks_town(const name_tables *tables, const report *r, u32 first, u32 end);
/* The bits of `count` words of one sentence. */
void marks_find(const name_tables *tables, const marked_word *words, u32 count, u16 *marks);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Words that hand a content over to a speaker: lang/en/said/cues.tsv. */
#ifndef DRG_SAID_CUE_H
#define DRG_SAID_CUE_H

#include "said/said.h"

/* Where a cue's content stands. */
#define CUE_TAKES_LIST(X) X(clause) X(to) X(ing) X(bare) X(object) X(passive) X(raise) X(hearer) X(modifies) X(amount)
enum {
#define CUE_TAKES_BIT(name) CUE_BIT_##name,
    CUE_TAKES_LIST(CUE_TAKES_BIT)
#undef CUE_TAKES_BIT
#define CUE_TAKES_ENUM(name) CUE_TAKES_##name = 1 << CUE_BIT_##name,
    CUE_TAKES_LIST(CUE_TAKES_ENUM)
#undef CUE_TAKES_ENUM
};
enum { CUE_PREPOSITIONS = 8 };

typedef struct {
    symbol prepositions[CUE_PREPOSITIONS]; /* "+for": content behind a preposition */
    u8 preposition_count;
    u16 takes; /* CUE_TAKES_ bits */
    u8 act, vouch, kind;
    source_line where;
} cue_row;

/* One lemma of a row; the entries of a lemma are chained in file order. */
typedef struct {
    u32 row, next;
} cue_entry;

typedef struct {
    LIST(cue_row) rows;
    LIST(cue_entry) entries;
    map first;    /* lemma (with _particle) and part of speech -> first entry */
    map channels; /* lemma of a channel's noun -> 1 */
    map extras;   /* prepositions whose phrases belong to an object that is a content */
    map negations;
    symbol to, by, of, that, as, for_, from, about, in, on, accord;
} cue_tables;

drg_status cue_open(cue_tables *tables, knowledge *k, drg_error *error);
/* First entry for `lemma` (plus `particle` unless NONE) as verb, noun, adjective or adverb, or NONE. */
u32 cue_find(const cue_tables *tables, const symbols *words, symbol lemma, symbol particle, u8 pos);
bool cue_is_channel(const cue_tables *tables, symbol lemma);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The word lists of the text stage, as one mask of bits per word. */
#ifndef DRG_TEXT_LISTS_H
#define DRG_TEXT_LISTS_H

#include "base/map.h"
#include "text/text.h"

enum {
    /* abbreviations, as written without their last dot */
    LIST_ABBREVIATION = 1 << 0,
    LIST_NEVER_ENDS = 1 << 1,    /* "Mr.", "e.g.": the sentence goes on whatever follows */
    LIST_BEFORE_DIGIT = 1 << 2,  /* "No. 5": an abbreviation only before a digit */
    LIST_CAPITAL = 1 << 3,       /* "Gen.", "Col.": only when written with a capital */
    LIST_AFTER_COMMA = 1 << 4,   /* "Springfield, Mass.": only behind a comma */
    LIST_SENTENCE_DOT = 1 << 5,  /* "etc.": at the end of a sentence its dot is the full stop */
    /* pieces of words */
    LIST_PREFIX = 1 << 6,        /* keeps its hyphen: "non-", "anti-" */
    LIST_UNIT = 1 << 7,          /* is cut off a number: "10km", "5pm" */
    LIST_DOMAIN = 1 << 8,        /* last part of an address or file name: "com", "pdf" */
    LIST_CLITIC = 1 << 9,        /* "'s", "n't" */
    LIST_CONTRACTION = 1 << 10,  /* "cannot": cut as `parts` says */
    LIST_APOSTROPHE = 1 << 11,   /* "'em": the apostrophe belongs to the word */
    LIST_FACE = 1 << 12,         /* ":-)" */
    LIST_LEANING = 1 << 16,      /* "its": a contraction before a word that opens predicates */
    LIST_VOWEL = 1 << 18,        /* "a": a letter that a word broken off before its first syllable ends lacks */
    LIST_PREDICATE = 1 << 17,    /* "not", "the": opens a predicate and follows no possessive */
    /* what the sentence splitter asks */
    LIST_STARTER = 1 << 13,      /* opens sentences and is no name: "The", "He", "Meanwhile" */
    LIST_SAYING = 1 << 14,       /* "asked": goes on behind a quoted question */
    LIST_DATE = 1 << 15,         /* "Monday", "July", "GMT": goes on behind "a.m." */
};

struct text_tables {
    const knowledge *known;
    u32 *masks;      /* [mask_count] LIST_ bits by symbol of the run table */
    u32 mask_count;
    map parts;       /* symbol of a contraction -> bytes of its parts, 5 bits each, first lowest */
};

drg_status lists_load(text_tables *tables, knowledge *k, drg_error *error);
/* The bits of a word as written, or of a symbol of the report. */
u32 lists_find(const text_tables *tables, span word);
static inline u32 lists_of(const text_tables *tables, symbol lower) {
    return lower < tables->mask_count ? tables->masks[lower] : 0;
}

#endif

// SPDX-License-Identifier: Apache-2.0
/* The lexical part of the dictionaries of TABARI, PETRARCH and PETRARCH2: lines, comments, brackets, words.
 *
 *     GOLLUM  # pas 27 Apr 03          a phrase
 *     +SMEAGOL                         a synonym of it
 *         [HOBGOV 19950601-19990815]   codes of it
 *     GOLDEN_GOOSE {GOLDEN_GEESE} [~GGS]
 *     !PERSON! = MAN, WOMAN            a set
 *
 * Comments are what stands behind # or ; and between <!-- and -->, over several lines too.  A # inside
 * brackets is a code.  Lines may end in CRLF.  What a phrase, a code or a pattern means is left to those
 * who read actors (who/petrarch_actors.c), agents or verbs. */
#ifndef DRG_BASE_DICTIONARY_H
#define DRG_BASE_DICTIONARY_H

#include "base/base.h"

typedef enum {
    DICTIONARY_PHRASE,
    DICTIONARY_SYNONYM, /* + in front */
    DICTIONARY_CODES,   /* brackets alone: of the phrase above */
    DICTIONARY_FORMS,   /* braces alone: of the verb above */
    DICTIONARY_SET,     /* !NAME! = A, B */
    DICTIONARY_SYNSET,  /* &NAME */
    DICTIONARY_PATTERN, /* - in front */
    DICTIONARY_BLOCK,   /* --- DESCRIPTION [CODE] --- */
    DICTIONARY_CHANGE,  /* ~ in front: a transformation of PETRARCH2 */
    DICTIONARY_TAG,     /* <NOUN>, </NOUN> */
} dictionary_kind;

typedef struct {
    span rest;       /* what is still to be read */
    bool in_comment; /* of several lines */
    u32 line;        /* 1-based, of the present entry */
    u8 kind;         /* dictionary_kind */
    span phrase;     /* without + or -, trimmed; of a set: its name without marks */
    span forms;      /* inside { }; of a set: what stands behind = */
    bool has_forms;
    span codes;      /* from the first [ on, else empty */
} dictionary;

void dictionary_open(dictionary *d, span content);
bool dictionary_next(dictionary *d);
/* Cuts the next bracket off: what is inside, trimmed.  False when there is none, or none that ends. */
bool dictionary_next_code(span *codes, span *inside);
/* Cuts the next word off a phrase.  `apart`: other words may stand before it (a blank, not _). */
bool dictionary_next_word(span *phrase, span *word, bool *apart);
/* "BULGAR_" is that word alone, "BULGAR" in a TABARI file the beginning of one. */
bool dictionary_is_whole(span phrase);
/* The file is of TABARI's older make: one entry a line, no synonyms, no braces, no sets. */
bool dictionary_is_tabari(span content);

#endif

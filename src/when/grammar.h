// SPDX-License-Identifier: Apache-2.0
/* The patterns of time expressions (lang/en/when/patterns.tsv) and their matching.
 * A pattern is a row of elements; what the classes in it captured goes to the resolver. */
#ifndef DRG_WHEN_GRAMMAR_H
#define DRG_WHEN_GRAMMAR_H

#include "when/lexicon.h"

/* How the days of an expression are found; resolve.c has one function each. */
#define WHEN_MEANING_LIST(X)                                                                      \
    X(date) X(iranian) X(numeric) X(monthday) X(decade) X(century) X(weekday) X(often)      \
    X(season) X(holiday) X(deictic) X(shift) X(last_units) X(shift_month) X(last_night) X(step)   \
    X(step_units) X(anaphor) X(ago) X(ahead) X(duration) X(vague) X(quarter) X(part) X(part_shift) \
    X(rest) X(inside) X(measure)
typedef enum {
#define WHEN_MEANING_ENUM(name) MEANING_##name,
    WHEN_MEANING_LIST(WHEN_MEANING_ENUM)
#undef WHEN_MEANING_ENUM
    MEANING_COUNT
} when_meaning;
const char *when_meaning_name(when_meaning meaning);

typedef struct {
    u64 classes;                  /* any of these ... */
    u32 first_word, end_word;     /* ... or of these words (when_grammar.words) */
    bool optional;
} when_element;

typedef struct {
    u32 first_element, end_element; /* when_grammar.elements */
    u32 start, tail;                /* elements [start, tail) make the expression, those around it are only read */
    u64 starters;                   /* classes with which the pattern can begin; WORD: one of its words */
    u8 meaning;
    bool over_dates;                /* speaks of DATE */
    u32 line;                       /* of patterns.tsv */
} when_pattern;

typedef struct {
    LIST(when_element) elements;
    LIST(symbol) words;
    LIST(when_pattern) patterns;
    u32 file;                       /* patterns.tsv, for reasons */
} when_grammar;

#define WHEN_CAPTURES 12
typedef struct {
    i32 value;
    u8 class; /* when_class */
} when_capture;

/* What one pattern found. */
typedef struct {
    u32 first, end;                 /* tokens */
    u32 pattern;
    u32 reach;                      /* token behind all that was read for it */
    u8 meaning, inner;              /* inner: meaning of the DATE inside, for part, rest and inside */
    u64 has;                        /* classes captured */
    when_capture caught[WHEN_CAPTURES]; /* in text order */
    u8 caught_count;
} when_expression;
typedef LIST(when_expression) when_expressions;
/* The value of the first capture of `class`; 0 when there is none. */
i32 when_caught(const when_expression *x, when_class class);

drg_status when_grammar_open(when_grammar *grammar, when_lexicon *lexicon, knowledge *k, drg_error *error);
/* All expressions of the report, in text order, not overlapping. */
drg_status when_find(const when_grammar *grammar, const when_lexicon *lexicon, report *r, const when_token *tokens,
                     when_expressions *out);

#endif

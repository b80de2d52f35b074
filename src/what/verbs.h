// SPDX-License-Identifier: Apache-2.0
/* The user's own verb dictionaries, in the formats of TABARI, PETRARCH and PETRARCH2 (docs/verbs.md).
 *
 *     --- ABANDON [160] ---              a block: its verbs, its code
 *     ABANDON                            "abandons", "abandoned", "abandoning" are made
 *     +GIVE_UP {+GIVES_UP +GAVE_UP}      several words, + at the verb; forms given
 *     - * DIPLOMATIC &TIES [161]         a pattern: "abandoned all diplomatic relations"
 *
 *   verb_reader.c   lines   -> blocks, verbs, synonym sets, transformations
 *   verb_pattern.c  a pattern, a code -> items
 *   verb_forms.c    a verb  -> its forms, by which it is found
 *   verb_match.c    patterns x the words of a sentence
 *   verb_deed.c     verbs of a report -> deeds with both sides
 *
 * Each verb and each pattern is a rule; in deeds it stands as the frame with the number
 * (our frames) + (rule). */
#ifndef DRG_WHAT_VERBS_H
#define DRG_WHAT_VERBS_H

#include "what/frames.h"

typedef enum {
    PATTERN_WORD,
    PATTERN_SET,      /* &NAME, { A | B } */
    PATTERN_VERB,     /* * */
    PATTERN_SOURCE,   /* $ */
    PATTERN_TARGET,   /* + */
    PATTERN_COMPOUND, /* % */
    PATTERN_SKIP,     /* ^ */
} pattern_kind;

#define PATTERN_ITEMS 24  /* most of one pattern */
#define PATTERN_FAR 255   /* any words may stand between */

typedef struct {
    u32 what;   /* symbol of the word, or index of the set */
    u8 kind;    /* pattern_kind */
    u8 reach;   /* how many words may stand between it and the item before it; PATTERN_FAR: any */
    bool stem;  /* TABARI: the beginning of a word */
    bool exact; /* of a set without plurals: as written, not as another form of the word */
    bool head;  /* PETRARCH2: not the first part of a compound */
} pattern_item;

/* One phrase of a synonym set. */
typedef struct {
    u32 first_item, end_item;
    u32 next[2]; /* next phrase of the set with the same first (last) word, or NONE */
} set_phrase;

typedef struct {
    symbol name; /* NONE: of a pattern's own alternatives */
    bool plain;  /* no plurals are made */
    bool negates; /* some phrase holds a negation */
} synonym_set;

typedef struct {
    symbol forward, back;     /* source -> target, target -> source; NONE: none */
    bool silent;              /* [---], [+++]: the words are no event */
    bool discards;            /* [###]: the sentence is not coded */
    bool dominant, subordinate; /* ! beats the sentence's other verbs, ? yields to them */
} verb_code;

typedef struct {
    span name;
    source_line where;
    verb_code code;
    u32 first_item, verb_item, end_item; /* of a pattern; none of a verb */
    symbol needed;                       /* a word without which it cannot match, or NONE */
    bool negated;                        /* its words hold a negation */
    bool adds_up;                        /* PETRARCH2: its code and that of its complement are one */
} verb_rule;

typedef struct {
    u32 rule, parts;
} verb_pattern;

typedef struct {
    u32 first_pattern, end_pattern; /* those of most parts first */
} verb_block;

#define VERB_AROUND 3
typedef struct {
    u32 rule;   /* the verb's own */
    u32 block;
    u8 before, after;          /* how many words must stand around */
    symbol around[VERB_AROUND]; /* those before, nearest first, then those after */
    u32 next;   /* next form with the same word, or NONE */
} verb_form;

/* ~ a (b c INNER) OUTER = x y CODE.  Sides are letters; '.' anybody or nobody, '_' nobody. */
typedef struct {
    char outer, source, target;      /* what must stand there */
    char new_source, new_target;
    u32 inner_block, outer_block;    /* NONE: any verb (Q) */
    symbol code;                     /* NONE: the inner verb's (Q) */
    u32 rule;                        /* its place among the rules */
} verb_change;

typedef struct {
    knowledge *known;
    const clause_tables *clauses; /* which words negate */
    LIST(pattern_item) items;
    LIST(synonym_set) sets;
    LIST(set_phrase) phrases;
    LIST(verb_rule) rules;
    LIST(verb_block) blocks;
    LIST(verb_pattern) patterns;
    LIST(verb_form) forms;
    LIST(verb_change) changes;
    map set_names;     /* symbol of the name -> set */
    map phrase_index;  /* set << 33 | backwards << 32 | word -> first phrase; word NONE: those that begin with no one word */
    map form_index;    /* word -> first form */
    map stem_index;    /* TABARI: beginning of a word -> first form */
    map base_blocks;   /* verb -> block */
    map categories;    /* code -> category << 16 */
    map together;      /* outer code << 32 | beginning of the inner one -> code of the two */
    LIST(symbol) modes;
    bool has_stems;
    bool only;         /* our frames are not used */
    u32 list_count;    /* dictionaries read */
} verb_tables;

/* Reads the knowledge's verb dictionaries.  Wrong lines are complained of and left out. */
drg_status verbs_open(verb_tables *tables, knowledge *k, const clause_tables *clauses, drg_error *error);

/* The code of two verbs together, or NONE: "promised to help" is 030 and 070, together 033. */
symbol verbs_together(const verb_tables *tables, symbol outer, symbol inner);

/* Where the words of a pattern were found. */
#define COMPOUND_ROOM 12
typedef struct {
    u32 source, target;              /* mentions bound by $ and +, or NONE */
    u32 compound[COMPOUND_ROOM];     /* mentions bound by % */
    u32 compound_count;
    bool compound_before;            /* % stands before the verb */
} binding;

/* The words and actors of a report as the patterns see them. */
typedef struct {
    const verb_tables *tables;
    const report *r;
    u32 *actor_at;   /* [tokens] the actor's mention that the token is part of, or NONE */
    map present;     /* word -> number of the last sentence that has it */
    u32 first, end;  /* tokens of the sentence at hand */
} verb_text;

drg_status verb_text_open(verb_text *text, const verb_tables *tables, report *r);
/* Makes this sentence the one at hand. */
void verb_text_turn(verb_text *text, u32 sentence_index);
/* The forms of verbs that stand at token `at`, those of most words first, of these the later in the lists; how many. */
#define FORM_ROOM 8
u32 verb_find_forms(const verb_text *text, u32 at, u32 out[FORM_ROOM]);
/* Does the pattern of `rule` hold around the verb at `at`, whose words are [first, end)? */
bool verb_match_rule(const verb_text *text, const verb_rule *rule, range verb, binding *out);
/* The mentions that are joined by "and" with this one, itself included; returns how many. */
u32 verb_collect_compound(const verb_text *text, u32 who, u32 out[COMPOUND_ROOM]);

#endif

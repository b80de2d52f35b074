// SPDX-License-Identifier: Apache-2.0
/* The words that name actors, loaded once from world/ and lang/en/who/ (lifetime: run).
 *
 * A *phrase* is a run of pieces.  A piece is a stretch of letters and digits between blanks and
 * hyphens, lower-cased, without accents, stops and apostrophes: "al-Qa'ida" is {al, qaida}, and so
 * is whatever way the tokenizer cut it.  A *meaning* is what a phrase may stand for: a row of a
 * world table, or a title or noun.  One phrase may have many meanings ("Georgia"), chained by
 * `next` in file order. */
#ifndef DRG_WHO_LEXICON_H
#define DRG_WHO_LEXICON_H

#include "report.h"

#define LEXICON_PIECES 12 /* longer phrases are cut off: none is needed */

typedef enum {
    ROW_STATE,
    ROW_REGION, /* part of a state, or a people in one */
    ROW_ORGANISATION,
    ROW_GROUP,  /* party, armed group, movement */
    ROW_ORGAN,  /* of a state: "IDF", "State Department" */
    ROW_HOLDER, /* a person in an office */
    ROW_OUTLET,
} row_kind;

/* One fact line of a world table. */
typedef struct {
    span name;
    actor_code code;
    u8 kind;       /* row_kind */
    i32 from, to;  /* days, INT32_MIN and INT32_MAX when open */
    symbol style;  /* of a state: first piece of "Kingdom of ...", else NONE */
    span office;   /* of a holder */
    bool head;     /* ... of a state or its government */
    source_line why;
} lexicon_row;

typedef enum {
    FORM_NAME,
    FORM_ADJECTIVE,
    FORM_DEMONYM,
    FORM_CAPITAL,
    FORM_BYWORD,  /* "the Kremlin" */
    FORM_REGION,
} form_kind;

typedef enum { CASE_ANY, CASE_CAPITAL, CASE_ACRONYM } case_rule;

typedef struct {
    u32 next; /* further meaning of the same phrase, or NONE */
    u32 row;  /* lexicon.rows or lexicon.words */
    u8 form;  /* form_kind, for rows */
    u8 letters; /* case_rule */
    bool plural;
} meaning;

typedef enum {
    WORD_OFFICE,
    WORD_RANK,
    WORD_RELATIONAL, /* sector of what it belongs to */
    WORD_HONORIFIC,
    WORD_FORMER,
    WORD_MODIFIER,
    WORD_GROUP, /* agent nouns from here on */
    WORD_BODY,
    WORD_ARM, /* a body with the sector of what it belongs to: "the Hamas wing" */
    WORD_CROWD,
} word_kind;

typedef struct {
    span text;
    u8 sector; /* SECTOR_NONE: none of its own */
    u8 kind;   /* word_kind */
    char gender; /* 'm', 'f', or 0 */
    bool head;     /* a head of state: "Obama" needs no country beside it */
    bool homeless; /* "gunmen": of no country unless the words say so */
    symbol style; /* a king reigns in a {kingdom}: how his state must call itself, or NONE */
    symbol noun; /* its bare noun: "minister" of "foreign minister" */
    source_line why;
} lexicon_word;

typedef enum {
    REFER_NONE,
    REFER_HE,
    REFER_SHE,
    REFER_IT,
    REFER_THEY,
    REFER_I,
    REFER_WE,
    REFER_RELATIVE,
    REFER_BOTH,
    REFER_OF,      /* of, for, from */
    REFER_IN,      /* in, at, near */
    REFER_TO,      /* to */
    REFER_NOWHERE, /* "Western", "international": of no one country */
    REFER_YOU,
    REFER_THIS,    /* this, these, those */
    REFER_THE,
    REFER_PAIR = 16,         /* from here on bits: one noun may be several */
    REFER_STATE = 32,
    REFER_ORGANISATION = 64,
    REFER_SPEECH = 128,
} refer_class;

/* What a common noun stands for: lang/en/who/nouns.tsv. */
#define NOUN_CLASS_LIST(X)                                                                                                  \
    X(NONE, "") X(PERSON, "person") X(GROUP, "group") X(PLACE, "place") X(TIME, "time") X(EVENT, "event")                   \
    X(MESSAGE, "message") X(ARTIFACT, "artifact") X(OBJECT, "object") X(SUBSTANCE, "substance") X(ANIMAL, "animal")         \
    X(BODY, "body") X(COGNITION, "cognition") X(ATTRIBUTE, "attribute") X(STATE, "state") X(POSSESSION, "possession")       \
    X(QUANTITY, "quantity") X(ABSTRACT, "abstract")
typedef enum {
#define NOUN_CLASS_ENUM(name, text) NOUN_##name,
    NOUN_CLASS_LIST(NOUN_CLASS_ENUM)
#undef NOUN_CLASS_ENUM
    NOUN_CLASSES
} noun_class;

typedef struct {
    map longest; /* first piece -> most pieces of a phrase that begins so */
    map phrases; /* map_key_of_symbols of the pieces -> first meaning */
} phrase_table;

struct who_tables {
    knowledge *known;
    LIST(lexicon_row) rows;
    LIST(lexicon_word) words;
    LIST(meaning) meanings;
    phrase_table names;  /* rows */
    phrase_table titles; /* words of titles.tsv */
    phrase_table agents; /* words of agents.tsv, then those of titles.tsv */
    map refer;           /* piece -> refer_class */
    map compounds;       /* piece -> 1 keep, 0 drop */
    map states;          /* primary of a state, packed -> row */
    map styles;          /* piece that some state calls itself: "kingdom" -> 1 */
    map domains;         /* last label of a web address ("ke") -> row of the state */
    map outlets;         /* pieces of an outlet's domain -> row */
    map nouns;           /* lemma -> noun_class, and its gender << 8 */
    map given;           /* piece of a given name -> 'm' or 'f' */
    i32 *link_weights;   /* [link_weight_count()], link.c */
    const struct link_teacher *teacher; /* NULL but when weights are learned */
    map particles;       /* piece of a name that no surname stands without: "al", "bin", "van" */
};
typedef struct who_tables lexicon;

drg_status lexicon_open(lexicon *lex, drg_error *error);

/* The pieces of `text`, at most `room`; returns how many.  With `words` NULL only known pieces are
 * looked up; unknown ones come out as NONE. */
u32 lexicon_split(const symbols *find, symbols *add, span text, u32 *pieces, u32 room);
/* First meaning of the phrase, or NONE. */
u32 lexicon_find(const phrase_table *table, const u32 *pieces, u32 count);
/* Code written as "SYR MIL" or "SYR"; false when it is neither. */
bool lexicon_read_code(span text, actor_code *code);
sector lexicon_read_sector(span text);

#endif

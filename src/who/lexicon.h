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
    ROW_ANY,    /* of a user's list that does not say what it is */
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
    u32 list;      /* user's list from 1; 0: ours */
    u32 partner;   /* of a user's row: the next actor of the same code ("ELR/GAL"), or NONE */
    bool dated;    /* of a user's row: holds from .. to only */
    bool silent;   /* ... names nobody */
    bool bare;     /* ... a primary alone: a state, unless the words say otherwise */
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
    bool word;  /* `row` is one of lexicon.words */
    u32 line; /* of a user's list: where the words stand, when not on the row's line; else 0 */
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

/* When is a holder of the office one of a company's? */
typedef enum {
    FIRM_NEVER,
    FIRM_NAMED, /* "officials at Tarvox": of a body that nobody knows */
    FIRM_ALWAYS /* "a spokesman": of no body, in a report on trade, as well */
} firm_kind;

typedef struct {
    span text;
    u16 sector; /* SECTOR_NONE: none of its own */
    u8 kind;   /* word_kind */
    char gender; /* 'm', 'f', or 0 */
    bool head;     /* a head of state: "Obama" needs no country beside it */
    u8 firm;       /* firm_kind: companies have such offices too */
    bool homeless; /* "gunmen": of no country unless the words say so */
    symbol style; /* a king reigns in a {kingdom}: how his state must call itself, or NONE */
    symbol noun; /* its bare noun: "minister" of "foreign minister" */
    u32 list;    /* user's list from 1; 0: ours */
    bool vague;  /* of a user's list that does not say of what kind it is */
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
    REFER_SEVERAL, /* three to six */
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
    REFER_PEER = 256, /* "its neighbours" are of another country */
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

/* Marks among the pieces of a user's phrase: other words may stand here; the last piece is a beginning. */
#define PIECE_GAP (NONE - 1)
#define PIECE_STEM (NONE - 2)

typedef struct {
    map longest; /* first piece -> most pieces of a phrase that begins so */
    map phrases; /* map_key_of_symbols of the pieces -> first meaning */
    map gaps;    /* the same of pieces after which a phrase goes on over a gap -> 1 */
    bool stems;  /* there are phrases whose last piece is the beginning of a word */
} phrase_table;

/* What stands behind a country's name: lang/en/who/compounds.tsv. */
typedef enum { COMPOUND_DROP, COMPOUND_KEEP, COMPOUND_PARTICLE, COMPOUND_MONEY } compound_effect;

/* A part of a CAMEO actor code: world/cameo_actors.tsv. */
typedef enum { CAMEO_PRIMARY, CAMEO_GENERAL, CAMEO_SECTOR } cameo_as;
typedef struct {
    char ours[4];
    u8 as; /* cameo_as */
} cameo_part;

struct who_tables {
    knowledge *known;
    LIST(lexicon_row) rows;
    LIST(lexicon_word) words;
    LIST(meaning) meanings;
    phrase_table names;  /* rows */
    phrase_table own;    /* rows of the user's lists */
    phrase_table titles; /* words of titles.tsv */
    phrase_table agents; /* words of agents.tsv, then those of titles.tsv */
    map refer;           /* piece -> refer_class */
    map compounds;       /* piece -> compound_effect */
    map local;           /* piece of public life in one country alone -> row of the state */
    map states;          /* primary of a state, packed -> row */
    map styles;          /* piece that some state calls itself: "kingdom" -> 1 */
    map domains;         /* last label of a web address ("ke") -> row of the state */
    map outlets;         /* pieces of an outlet's domain -> row */
    map nouns;           /* lemma -> noun_class, and its gender << 8 */
    map given;           /* piece of a given name -> 'm' or 'f' */
    i32 *link_weights;   /* [link_weight_count()], link.c */
    const struct link_teacher *teacher; /* NULL but when weights are learned */
    map coined;          /* primary of the user's lists that is not ours -> 1 */
    map cameo;           /* packed part of a CAMEO code -> cameo_parts */
    LIST(cameo_part) cameo_parts;
    map particles;       /* piece of a name that no surname stands without: "al", "bin", "van" */
};
typedef struct who_tables lexicon;

drg_status lexicon_open(lexicon *lex, drg_error *error);
/* The empty tables that lexicon_open fills; lex->known is set. */
void lexicon_prepare(lexicon *lex);

/* The pieces of `text`, at most `room`; returns how many.  With `words` NULL only known pieces are
 * looked up; unknown ones come out as NONE. */
u32 lexicon_split(const symbols *find, symbols *add, span text, u32 *pieces, u32 room);
/* First meaning of the phrase, or NONE. */
u32 lexicon_find(const phrase_table *table, const u32 *pieces, u32 count);
/* Code written as "SYR MIL" or "SYR"; false when it is neither. */
bool lexicon_read_code(span text, actor_code *code);

/* How the letters of a form bind those of the text: capitals alone for an acronym. */
case_rule lexicon_case_of(span form);

struct table;
/* For the readers of tables and lists (lexicon.c, own.c, petrarch_*.c); false: out of memory. */
bool lexicon_add_pieces(lexicon *lex, phrase_table *in, const u32 *pieces, u32 count, meaning made);
bool lexicon_add_phrase(lexicon *lex, phrase_table *in, span form, meaning made);
/* The forms of all columns that hold them. */
bool lexicon_add_row_forms(lexicon *lex, phrase_table *in, const struct table *t, u32 row);
/* Each form of a `;` list as a phrase that means `row`. */
bool lexicon_add_forms(lexicon *lex, phrase_table *in, span list, u32 row, form_kind form);
/* A noun with its plural, which may be empty: regular then.  `titles` too: it may stand before a name. */
bool lexicon_add_noun(lexicon *lex, lexicon_word word, span plural, bool titles);
/* The words of a table in the form of lang/en/who/agents.tsv, of `list` (0: ours). */
drg_status lexicon_read_words(lexicon *lex, struct table *t, const char *column, u32 list, drg_error *error);
/* Fills from and to out of the columns of that name; tells and says false when they make no sense. */
bool lexicon_read_time(const struct table *t, lexicon_row *row);
/* With --only-verbs the states of the user's lists keep their codes as written, without our GOV where they act. */
static inline bool lexicon_keeps_bare(const lexicon *lex, const lexicon_row *row) { return row->list > 0 && lex->known->only_own[LIST_VERBS]; }
/* Makes "kind" of a word out of its name; false when there is none of that name. */
bool lexicon_read_word_kind(span text, u8 *kind);

#endif

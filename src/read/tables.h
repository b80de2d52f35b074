// SPDX-License-Identifier: Apache-2.0
/* What reading knows about a language's newspapers, from the tables of lang/en/read.  Lifetime: run. */
#ifndef DRG_READ_TABLES_H
#define DRG_READ_TABLES_H

#include "base/knowledge.h"
#include "base/map.h"
#include "read/read.h"

#define LANGUAGE_LIMIT 32 /* bits of a u32 */

typedef enum { PHRASE_WHOLE, PHRASE_START, PHRASE_END, PHRASE_ANY } phrase_where;
typedef enum {
    PHRASE_FURNITURE,
    PHRASE_SECTION, /* furniture, and the short lines behind it too: "Related articles" */
    PHRASE_CREDIT,
    PHRASE_CAPTION,
    PHRASE_SOURCE,  /* a credit that names where the report was taken from */
} phrase_kind;

typedef struct {
    span text;  /* folded; `*` stands for any words */
    u8 where;   /* phrase_where */
    u8 kind;    /* phrase_kind */
    u32 words;  /* only in blocks of at most so many words; 0: of any length */
    u32 next;   /* phrase with the same first word, later in the file; NONE: no more */
    source_line why;
} phrase;

/* What a tag's name or an element's class, id or role says about what is inside. */
typedef enum { HINT_NONE, HINT_BODY, HINT_FURNITURE, HINT_CAPTION, HINT_CREDIT, HINT_TITLE, HINT_DATE } page_hint;

typedef struct {
    span text; /* lower case */
    u8 hint;   /* page_hint */
    u8 where;  /* phrase_where, over the whole name */
} page_name;

/* Unicode code points [first, last] of a script, and the language most written in it. */
typedef struct {
    u32 first, last;
    span language;
} page_script;

struct read_tables {
    knowledge *known;
    LIST(phrase) phrases;
    map phrase_by_word;            /* hash of a first word -> its first phrase; 0 for those that begin with a mark */
    map agencies;                  /* hash of the folded name -> 1 */
    map months;                    /* hash of the folded name -> 1 to 12 */
    map stop_words;                /* hash of the folded word -> bits of languages */
    map name_words;                /* hash of "van", "den" -> 1 */
    span languages[LANGUAGE_LIMIT];
    u32 language_count;
    LIST(page_script) scripts;
    LIST(page_name) page_names;
    map page_words;                /* hash of a word of a class or id -> page_hint */
};

/* A 62-bit key for the maps above. */
u64 read_hash(span folded);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Where in the text places are named, and by which names of the gazetteer. */
#ifndef DRG_WHERE_MENTION_H
#define DRG_WHERE_MENTION_H

#include "where/gazetteer.h"

#define WHERE_CANDIDATES 24

typedef enum {
    WORD_AT = 1 << 0, WORD_TO = 1 << 1, WORD_FROM = 1 << 2, WORD_OF = 1 << 3, WORD_AGAINST = 1 << 4,
    WORD_PART = 1 << 5, WORD_PERSON = 1 << 6, WORD_KIND = 1 << 7, WORD_OFFICE = 1 << 12,
    WORD_COMMON = 1 << 13
} where_word_class;

typedef struct {
    map words; /* symbol -> where_word_class bits; bits 8-11: gazetteer_kind + 1 that a kind word says */
} where_words;
drg_status where_words_open(where_words *words, knowledge *k, drg_error *error);
u32 where_word(const where_words *words, const report *r, u32 at); /* bits, 0 for any other word */

/* One distinct name of the report with what it may mean. */
typedef struct {
    u64 key;                             /* hash of the lower-case name */
    u32 first_candidate, end_candidate;  /* where_names.candidates */
    u32 chosen;                          /* index in candidates, NONE before resolution */
    float score;
    bool confirmed;                      /* some mention of it is beyond doubt */
    bool elsewhere;                      /* said to lie in a state where no candidate lies: it is none of them */
    u32 said_kind;                       /* gazetteer_kind + 1 that "province", "river" ... say; 0: nothing */
} where_name;

typedef struct {
    u32 first, end, head;                /* tokens */
    u32 name;                            /* where_names.names */
    u32 container;                       /* mention behind it that may hold it ("Paris, Texas"), or NONE */
    u32 choice;                          /* index in candidates of its own container's choice, or NONE */
    u8 role;                             /* place_role */
    bool adjective;
    bool part;                           /* opens with a direction: "Central Province" */
    bool loose;                          /* its container stands behind a preposition: it may only hold small places */
    bool listed;                         /* joined to what stands before it: "Paris, Texas and Rome" */
    bool doubtful;                       /* believed only if another mention of the name is sure */
} where_mention;

typedef struct {
    LIST(where_mention) mentions;        /* in text order */
    LIST(where_name) names;
    LIST(gazetteer_place) candidates;
    map name_of;                         /* key -> index in names */
} where_names;

drg_status where_find(const gazetteer *g, const where_words *words, report *r, where_names *out);

#endif

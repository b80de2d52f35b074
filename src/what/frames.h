// SPDX-License-Identifier: Apache-2.0
/* Frames: what a predicate with such arguments means.  docs/frames.md teaches the format. */
#ifndef DRG_WHAT_FRAMES_H
#define DRG_WHAT_FRAMES_H

#include "what/category.h"
#include "what/clause.h"
#include "what/what.h"

/* Kinds a list may name beside words: @actor, @state ... */
enum {
    KIND_ACTOR = 1 << 0,        /* any mention with a code */
    KIND_STATE = 1 << 1,        /* a country or its government */
    KIND_PERSON = 1 << 2,
    KIND_ORGANISATION = 1 << 3,
    KIND_PEOPLE = 1 << 4,
    KIND_PLACE = 1 << 5,
    KIND_ANY = 1 << 6,
};

/* Words that must stand around a head: "air strike" has its head last, "state of emergency" first. */
typedef struct {
    symbol before[3], after[3]; /* nearest first; NONE past the end */
} phrase;

/* One entry of a list: the head's symbol and the rest of its phrase. */
typedef struct {
    symbol head;
    phrase rest;
    u32 next; /* item with the same list and head, or NONE */
} list_item;

typedef struct {
    u32 kinds;   /* KIND_ bits */
    u32 sectors; /* 1 << sector */
    bool has_words;
} word_list;

/* Where an argument stands: subject, object, ..., or behind a preposition. */
typedef enum {
    SLOT_SUBJECT,
    SLOT_OBJECT,
    SLOT_RECIPIENT,
    SLOT_POSSESSOR,
    SLOT_MODIFIER,
    SLOT_CLAUSE,
    SLOT_CLAUSE_SUBJECT, /* subject of the clausal complement */
    SLOT_CLAUSE_OBJECT,
    SLOT_PREPOSITION,    /* see `preposition` */
    SLOT_SUPPORT,        /* the light verb */
    SLOT_ANY,            /* any argument */
    SLOT_SENTENCE,       /* any word of the sentence */
    SLOT_GOVERNOR,       /* the predicate this one hangs under */
    SLOT_TRIGGER,        /* the trigger's own words */
    SLOT_REPORT,         /* any word of the report */
    SLOT_CLAUSE_AUX,     /* auxiliaries of the clausal complement: "said Turkey must leave" */
    SLOT_GOVERNOR_SUBJECT, /* who says so: the subject of the predicate above */
    SLOT_SPEAKER,        /* whoever is quoted with the words: known only when said/ has found the statements */
    SLOT_CONDITION_SUBJECT, /* who would bring it about: "threatened to leave if France stays" */
    SLOT_COUNT
} slot_kind;

typedef struct {
    u8 kind;            /* slot_kind */
    bool deep;          /* `object*`: any word of the argument's phrase, not its head alone */
    symbol preposition; /* NONE: none, or any */
} slot;

typedef struct {
    slot where;
    u32 list; /* word_list */
    u32 line; /* of its file */
    bool negated;
} condition;

#define SLOTS_PER_SIDE 8
#define CONDITIONS 10

typedef struct {
    symbol cameo, mode; /* mode NONE: none */
    u32 line;           /* of its file */
    condition when[2];
    u8 when_count;
} code_rule;

/* Who stands on a side that the words leave out: "was arrested" is done by the police of the place. */
typedef struct {
    u8 its_sector; /* SECTOR_NONE: no default */
    span name;     /* "the police" */
    u32 others;    /* only when the other side has one of these sectors (1 << sector); 0: always */
} default_party;

typedef struct {
    span name;
    source_line where;
    default_party default_source, default_target;
    u8 category;
    slot source[SLOTS_PER_SIDE], target[SLOTS_PER_SIDE];
    slot noun_source[SLOTS_PER_SIDE], noun_target[SLOTS_PER_SIDE];
    u8 source_count, target_count, noun_source_count, noun_target_count;
    condition when[CONDITIONS];
    u8 when_count;
    u32 first_code, end_code;
    bool reciprocal;
    bool absorbs;     /* deeds inside its clause and objects are content, not events of their own */
    bool negated;     /* the negation is part of the deed: "did not welcome" */
    bool political;   /* politics whoever takes part: a car bomb, a demonstration */
    bool planned;     /* the deed is announced by its very words ("plan to visit") */
    bool abroad;      /* no deed between a country and itself: a president's tour of his own provinces */
    bool spoken;      /* `source speaker`: what is said of the target is the deed of whoever says it */
    bool need_source, need_target;
    bool need_apart;  /* nobody does it to his own like: "the embassy said Peru ..." accuses nobody */
} frame;

typedef struct {
    u32 frame;
    u8 pos;             /* UPOS_VERB, UPOS_NOUN or UPOS_ADJ */
    symbol with[2];     /* "call on", "pull out of": particles and prepositions that must be there; NONE */
    phrase rest;        /* of a noun trigger of several words ("air strike") */
    u32 next;           /* next trigger with the same pos and head lemma, in file order */
} trigger;

/* A kind of report that holds no political event: its own words are so and so many of a thousand. */
typedef struct {
    span name;
    u32 list, per_mille;
    u32 near;     /* of the words around a deed, so many of a thousand keep that one out; 0: only whole reports are asked */
    bool private; /* keeps only those deeds out whose one tie to politics is an office of no named body */
    source_line where;
} topic_guard;

/* A context of PLOVER and the words that bring a deed into it: "election" and "ballot", "polling station". */
typedef struct {
    span name;
    u32 list;
} context_cue;

#define CONTEXTS 64 /* bits of deed.contexts */

/* Whom a state named as a whole stands for in deeds of a category and code: world/seats.tsv. */
typedef struct {
    u32 plover;  /* CATEGORY_COUNT: any */
    span code;   /* the beginning of the CAMEO code */
    u16 source, target, town;
} seat_row;
typedef struct {
    LIST(seat_row) rows;
} seat_tables;

typedef struct {
    knowledge *known;
    seat_tables seats;
    const clause_tables *clauses; /* which words are prepositions */
    LIST(frame) frames;
    LIST(trigger) triggers;
    LIST(code_rule) codes;
    LIST(word_list) lists;
    LIST(list_item) items;
    LIST(frame_example) examples;
    LIST(topic_guard) guards;
    LIST(context_cue) contexts;
    map set_names;    /* symbol of the name -> list */
    LIST(symbol) sets; /* their names */
    map item_index;   /* list << 32 | head -> first item */
    map verb_index, noun_index, adjective_index; /* head lemma -> first trigger */
} frame_tables;

/* Reads every file of lang/en/frames/.  A wrong line is a complaint with file and line; the rest loads. */
drg_status frames_read(frame_tables *tables, knowledge *k, const clause_tables *clauses, drg_error *error);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The words of a content, a speaker, a cue: token sets from the tree, kept as few runs. */
#ifndef DRG_SAID_PHRASE_H
#define DRG_SAID_PHRASE_H

#include "said/cue.h"
#include "said/quote.h"
#include "what/tree.h"

enum { RUN_ROOM = 24, PHRASE_TOKENS = 512 };

/* Runs of tokens [start, end), in text order, apart from one another. */
typedef struct {
    range items[RUN_ROOM];
    u32 count;
} runs;

/* A statement in the making: as in report.h, but its content is still tokens. */
typedef struct draft {
    u32 cue, row;           /* token; index in the cue table */
    u32 speaker;            /* head of the speaker's phrase, or NONE */
    u32 tail;               /* preposition that belongs to the cue ("called for"), or NONE */
    u32 clause;             /* head of the content's clause, or NONE */
    runs content;
    bool direct;
    bool follows;           /* it is the next statement of the same speaker: "..., and called for calm" */
} draft;

typedef struct {
    const cue_tables *cues;
    const tree *t;
    report *r;
    quotations quotes;
    LIST(struct draft) drafts;
    u32 *stamp;  /* [tokens] the last phrase a token was counted into */
    u32 stamps;
    u32 *queue;  /* [PHRASE_TOKENS] */
} said_work;

static inline const token *word_at(const said_work *w, u32 index) { return report_token(w->r, index); }
static inline bool is_child(const said_work *w, u32 child, deprel relation) { return word_at(w, child)->deprel == relation; }

/* Adds the subtree of `head` without the branches of `without` (a token, or NONE).  At most
 * PHRASE_TOKENS words are taken. */
void phrase_add_subtree(said_work *w, u32 head, u32 without, runs *into);
void runs_add(const said_work *w, runs *into, u32 start, u32 end);
void runs_remove(runs *from, u32 start, u32 end);
/* Drops punctuation at the edges of each run (quotation marks and brackets stay) and joins runs
 * that only punctuation parts. */
void runs_tidy(const said_work *w, runs *these);
void runs_fill(const said_work *w, runs *these, range cue, range speaker);
bool runs_have(const runs *these, u32 index);

/* The preposition or conjunction that leads `head`'s phrase, or NONE. */
u32 phrase_marker(const said_work *w, u32 head);
/* The same as a word, or NONE. */
symbol phrase_marker_word(const said_work *w, u32 head);
/* The first child with either relation, or NONE. */
u32 phrase_child(const said_work *w, u32 head, deprel a, deprel b);
bool phrase_is_passive(const said_work *w, u32 verb);
/* A speaker's phrase: without relative clauses and what hangs behind a comma as an aside. */
range phrase_speaker(said_work *w, u32 head);
/* The cue's verb with auxiliaries, negation, adverbs before it, particle; `tail` (a preposition that
 * follows, or NONE) included. */
u32 phrase_cue_governor(const said_work *w, u32 cue);
range phrase_cue(const said_work *w, u32 cue, u32 tail);
bool phrase_is_negation(const said_work *w, u32 index);
bool phrase_negated(const said_work *w, u32 cue);

#endif

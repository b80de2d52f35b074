// SPDX-License-Identifier: Apache-2.0
/* Training text: sentences of CoNLL-U treebanks (tags, lemmas, trees) and of IOB2 name files.
 * What a source does not say is marked unknown, and no loss is taken on it:
 *   head -1, upos/xpos/feats -1, names 0.
 * Names are sets of labels that the source allows for a word: a source that never marks
 * nationalities says of "Iranian" only that it is O or NORP. */
#ifndef TRAIN_TREEBANK_H
#define TRAIN_TREEBANK_H

#include "parse/feature.h"
#include "parse/labels.h"

/* Label 0 is O; kind k (name_kind, from 1) begins with 2k-1 and goes on with 2k. */
enum { NAME_LABELS = 2 * NAME_COUNT - 1 };
#define NAME_BIT(label) (1u << (label))

typedef enum { CASE_AS_IS, CASE_UPPER, CASE_TITLE, CASE_FORMS } case_form;

/* What stands in a slot: a name of the pool, or one made up: of a firm or movement, a club, a work or thing. */
typedef enum { SLOT_NONE, SLOT_NAME, SLOT_BRAND, SLOT_CLUB, SLOT_WORK } slot_kind;

/* What larger parsers say of a word: heads with relations and their shares, the surest first (votes.h). */
enum { VOTE_LIMIT = 6 };
typedef struct {
    u32 count;
    i16 upos, xpos;
    u16 head[VOTE_LIMIT], relation[VOTE_LIMIT];
    float share[VOTE_LIMIT]; /* of 1; they need not add up to it */
} word_votes;

typedef struct {
    span form, lemma, misc;
    u32 keys[FEATURE_COUNT];
    u32 shapes[CASE_FORMS]; /* shape keys as is, in capitals, In Title Case */
    i32 head;               /* 0 = root, i = i-th word of the sentence (1-based); -1 = unknown */
    i32 feats;              /* index into treebank.feats, or -1 */
    i16 upos, xpos, deprel; /* -1 = unknown */
    u16 names;              /* allowed labels as NAME_BITs; 0 = unknown */
    bool space_after;
    const word_votes *votes; /* NULL: none */
    u8 slot;                /* stands for any name of its kind: a word of train/sentences.txt */
} word;

typedef struct {
    u32 first, count; /* words */
    bool tree;        /* has heads */
} training_sentence;

typedef struct {
    arena memory;
    LIST(word) words;
    LIST(training_sentence) sentences;
    LIST(span) feats; /* inventory, in order of first appearance */
} treebank;

void treebank_open(treebank *bank);
void treebank_close(treebank *bank);
/* Adds the sentences of a CoNLL-U file; 0 on success, else a message went to stderr. */
int treebank_add_conllu(treebank *bank, const char *file);
/* Adds the sentences of an IOB2 name file (FORM<TAB>LABEL); `meanings` says what its labels mean:
 * "PER=PER ORG=ORG LOC=LOC O=O|MISC|NORP". */
int treebank_add_names(treebank *bank, const char *file, const char *meanings);
/* For the readers: the whole of a file, a word with nothing known of it, the end of the sentence whose words begin at `first`. */
int treebank_read(treebank *bank, const char *file, span *text);
word *treebank_add_word(treebank *bank, span form);
void treebank_end_sentence(treebank *bank, u32 first, bool tree);
/* Adds sentences with slots for names (train/sentences.txt says how they are written). */
int treebank_add_slots(treebank *bank, const char *file);
/* What tags and `Entity=` annotations of the last sentence say of names (names.c). */
void names_from_tree(word *words, u32 count);
/* Once all sources are in: feature strings of fewer than `least` words become unknown. */
int treebank_prune_feats(treebank *bank, u32 least);
/* Once all sources are in: proper nouns of trees that no annotation names. */
int names_settle(treebank *bank);

#endif

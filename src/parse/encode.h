// SPDX-License-Identifier: Apache-2.0
/* The network in integers: rows of features in, tags and tree vectors out.
 *
 * A batch holds pieces (sentences, or windows of very long ones) behind each other with one pad
 * row between, before and after; pad rows stay zero, so a window of three words is three rows in
 * memory.  The formulas are those of train/net.h. */
#ifndef DRG_PARSE_ENCODE_H
#define DRG_PARSE_ENCODE_H

#include "parse/model.h"

enum { PIECE_LIMIT = 256, BATCH_ROWS = 320 };

typedef struct {
    u32 first, count; /* rows */
    u32 token;        /* first token of the report */
} piece;

typedef struct {
    u32 rows, piece_count;
    piece pieces[BATCH_ROWS];
    i32 *x;        /* [BATCH_ROWS][width] the stream; set by the caller (encode_word), zero at pads */
    i16 *h;        /* [BATCH_ROWS][width] */
    i16 *inner;    /* [BATCH_ROWS][max of hidden, 2 width] */
    i16 *window;   /* [BATCH_ROWS][3 width] of block 't' */
    i32 *sums;     /* [PIECE_LIMIT][width] for it */
    i32 *strip;    /* sums of a few rows */
    u8 *upos, *xpos;
    u16 *feats;
    u16 *marks;    /* [BATCH_ROWS] bits of name_mark; set by the caller, zero at pads */
    i32 *names;    /* [BATCH_ROWS][NAME_COLUMNS] scores (names.h) */
    i16 *tree;     /* [BATCH_ROWS][2 arc + 2 rel]: dependent, key, dependent's relation, head's relation */
    i16 *query;    /* [BATCH_ROWS][arc] */
} encoding;

bool encode_open(encoding *e, const parse_model *model, arena *memory);
/* The stream's first value for a word with these feature rows. */
void encode_word(const parse_model *model, const u32 rows[FEATURE_COUNT], i32 *x);
void encode_run(const parse_model *model, encoding *e);
/* Tree vectors of all rows into e->tree, `row` numbers apart, and their queries into e->query. */
void encode_keys(const parse_model *model, const arc_weights *arcs, u32 row, encoding *e);
/* Scores of the heads 0 (root), 1 .. count of word `i` of a piece, from vectors `row` numbers apart;
 * its own place gets INT32_MIN. */
void encode_arc_scores(const parse_model *model, const arc_weights *arcs, u32 row, const encoding *e, const piece *p, u32 i, i32 *scores);
/* Relations of all words of a piece, given heads (0 = root, else 1-based). */
void encode_relations(const parse_model *model, encoding *e, const piece *p, const u32 *heads, u8 *deprels);

#endif

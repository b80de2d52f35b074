// SPDX-License-Identifier: Apache-2.0
/* The model file and its parts in memory.  All numbers little-endian; sections start at multiples
 * of 64 bytes and are used in place.
 *
 *   "DRGPARSE" u32 version u32 sections, then per section: char name[8] u64 offset u64 size
 *
 *   shape    u32[17]: width hidden arc rel rows blocks tags rels, task counts and places, embed
 *   blocks   letters, one a block: 'c' convolution over three words, 'q' gated average, 't' over a word's
 *            head, itself and its children in a first tree
 *   keys     u32[rows - kinds] feature keys, ascending        (feature.h)
 *   embed    i8[rows][embed]     shifts  u8[rows] bits behind the point of each row
 *   gate     i16[1024] sigmoid of -8 .. 8 in steps of 1/64, FIXED_GATE bits
 *   matrices in the order of use, each: u32 inner, out, shift, 0; i32 bias[out]; u16 scale[out]; i8 weights;
 *            a weight times the scale of its output is the 16 bits that the kernels multiply by
 *   vectors  root key i16[arc], root relation i16[rel], distances i32[33]; key and distances for each 't'
 *   names    matrices of the names' layers, i32 marks[2 NAME_REACH + 1][MARK_COUNT][hidden], i32 steps[labels][labels]
 *   lemmas   u32 keys[], u32 values[]; scripts
 *   upos xpos deprels feats   label names, one a line, in the order of the network's outputs
 */
#ifndef DRG_PARSE_MODEL_H
#define DRG_PARSE_MODEL_H

#include "parse/beside.h"
#include "parse/feature.h"
#include "parse/kernel.h"
#include "parse/irregular.h"
#include "parse/labels.h"
#include "parse/lemma.h"
#include "parse/marks.h"
#include "parse/mend.h"

enum { MODEL_VERSION = 3, MODEL_BLOCKS = 16, MODEL_DISTANCES = 33, MODEL_GATES = 1024, MODEL_NAME_LABELS = 2 * NAME_COUNT - 1, NAME_REACH = 2 };
enum { MATRIX_SCALE_LIMIT = 258 }; /* times 127 stays within 16 bits */
enum { NAME_HIDDEN = 128, NAME_COLUMNS = 16, NAME_MARKS = 2 * NAME_REACH + 1, NAME_MARK_LIMIT = 1 << 22 };
#define MODEL_MAGIC "DRGPARSE"

typedef enum { TAG_UPOS, TAG_XPOS, TAG_FEATS, TAG_NAMES, TAG_COUNT } tag_task;

typedef struct {
    u32 width, hidden, arc, rel, rows, block_count, tags, rels;
    u32 embed; /* width of the embedding rows: the first channels of the stream */
    u32 task_count[TAG_COUNT], task_at[TAG_COUNT]; /* outputs of the tag matrix */
} model_shape;

typedef struct {
    char name[8];
    u64 offset, size;
} model_section;

/* One reading's arcs: score(i <- j) = query(d_i) . e_j + distance. */
typedef struct {
    matrix vectors, query; /* h to d, e and more; d to query */
    const i16 *root;       /* [arc] e of the root */
    const i32 *distance;   /* [MODEL_DISTANCES] */
} arc_weights;

typedef struct {
    matrix hidden, out; /* NAME_HIDDEN wide; MODEL_NAME_LABELS of the NAME_COLUMNS of out are in use */
    const i32 *marks;   /* [NAME_MARKS][MARK_COUNT][NAME_HIDDEN], in hidden's sums, within NAME_MARK_LIMIT */
    const i32 *steps;   /* [label before][label], in out's sums; before the first word stands O */
} name_net;

struct parse_model {
    span bytes;
    const kernel *arithmetic;
    model_shape shape;
    char blocks[MODEL_BLOCKS + 1];
    feature_table features;
    const i8 *embed;
    const u8 *shifts;
    const i16 *gate;
    matrix block[MODEL_BLOCKS][2];   /* 'c' and 't': both; 'q': the first */
    arc_weights first[MODEL_BLOCKS]; /* 't' */
    matrix tag, relation;
    arc_weights arcs;                /* vectors: d, e, dependent's relation, head's relation */
    name_net names;
    const i16 *root_relation;
    lemma_table lemmas;
    span *feats;       /* [task_count[TAG_FEATS]] */
    u8 *deprels;       /* [output] -> deprel */
    name_tables tables;         /* not of the file, like the next three */
    beside_words beside;
    irregular_forms irregular;
    mend_tables mends;
    u32 root_output;   /* the output that means root */
};
typedef struct parse_model parse_model;

drg_status model_read(parse_model *model, span bytes, arena *memory, const char *name, drg_error *error);

#endif

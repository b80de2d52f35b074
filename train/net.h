// SPDX-License-Identifier: Apache-2.0
/* The network in floating point, forward and backward.
 *
 *   rows of words -> embeddings summed -> blocks (x += block(norm(x))) -> norm -> heads
 *
 * Block 'c', convolution over three words:  u = relu(W1 [h(t-1) h(t) h(t+1)] + b1),  y = W2 u + b2
 * Block 'q', gated average over the sentence, half of the channels forward, half backward:
 *     z = Wz h + bz,  g = sigmoid(Wg h + bg),  s(t) = s(t-1) + g(t) (z(t) - s(t-1)),  y = s
 * Block 't', convolution along the arcs of a first tree, read off h by scores like the heads' below,
 * with a loss of its own:  u = relu(W1 [h(head) h(t) mean of h(children)] + b1),  y = W2 u + b2
 * Heads on n = norm(x): one linear layer for all tags; for the tree
 *     d = relu(Wd n + bd), e = relu(We n + be), score(i <- j) = d_i U e_j + v e_j + r[j - i]
 *     label(i <- j) = R relu(P n_i + Q n_j + b) + c
 *
 * All parameters are one array (`values`), its gradient another of the same shape.  In a batch
 * the sentences lie behind each other with one zero row between, before and after, so a window
 * of three words is three rows in memory and convolutions copy nothing. */
#ifndef TRAIN_NET_H
#define TRAIN_NET_H

#include <stdint.h>

#include "base/base.h"
#include "real.h"

enum { NET_BLOCKS = 16, NET_WIDTH = 256, NET_SENTENCE = 256, NET_PAIRS = NET_SENTENCE + 16, NET_DISTANCES = 33, NET_FEATURES = 6 };
typedef enum { TASK_UPOS, TASK_XPOS, TASK_FEATS, TASK_NAMES, TASK_COUNT } net_task;

typedef struct {
    u32 rows;               /* of the embedding table */
    u32 embed;              /* width of its rows: the first channels of the stream, the others begin as 0 */
    u32 width, hidden;      /* of the residual stream; inside 'c' blocks */
    u32 arc, rel;           /* of the tree head's vectors */
    u32 rel_count;
    u32 task_count[TASK_COUNT], task_at[TASK_COUNT]; /* labels; first column among the tag columns */
    u32 tags;               /* tag columns, a multiple of 16 */
    u32 rels;               /* relation columns, a multiple of 16 */
    u32 block_count;
    char blocks[NET_BLOCKS + 1];
} net_shape;

typedef struct {
    size_t w, b;     /* [width][2 arc and more]: d, e */
    size_t u, v;     /* [arc][arc], [arc] */
    size_t root;     /* [arc] */
    size_t distance; /* [NET_DISTANCES] */
} net_arcs;

typedef struct {
    net_arcs arcs; /* 't' */
    size_t w1, b1, w2, b2; /* 'c', 't': [3 width][hidden], [hidden], [hidden][width], [width]; 'q': w1 [width][2 width], b1 */
} net_block;

typedef struct {
    net_shape shape;
    size_t embed;                    /* [rows][embed] */
    size_t dense;                    /* everything from here on is dense */
    net_block block[NET_BLOCKS];
    size_t tag_w, tag_b;             /* [width][tags] */
    net_arcs arcs;                   /* w: [width][2 arc + 2 rel]: d, e, P, Q */
    size_t rel_root;                 /* [rel] */
    size_t rel_w, rel_b;             /* [rel][rels] */
    size_t count;                    /* of all parameters */
} net_layout;

typedef struct {
    u32 first, count; /* rows of its words in the batch */
} net_sentence;

/* What an answer should be: one label, or several, each with its share; the shares add up to 1. */
enum { NET_TARGETS = 7 };
typedef struct {
    u32 count;
    u32 label[NET_TARGETS];
    float share[NET_TARGETS];
} net_target;

/* What a first reading ('t') leaves behind. */
typedef struct {
    real *keys, *query;        /* [room][2 arc] d and e, [room][arc] d U */
    u32 *guess, *children;     /* [room] row of the best head, 0 = root; how many words hang on it */
    real *gathered;            /* [room][3 width] head, word, mean of children */
} net_reading;

/* One batch of sentences: inputs, gold, and every activation that the backward pass needs. */
typedef struct {
    u32 room, rows;
    u32 *links; /* memory of the readings' guess and children */
    net_sentence *sentences;
    u32 sentence_count;
    u32 *features;            /* [room][NET_FEATURES]; row UINT32_MAX = absent */
    i32 *head;                /* [room] head as row within the sentence, 0 = root, -1 = unknown: where the relation is learnt */
    net_target *heads, *rels; /* [room] of words with a head */
    i32 *gold[3];             /* [room] upos, xpos, feats; -1 = unknown */
    u16 *names;               /* [room] allowed labels, 0 = unknown */
    real *memory;             /* all real arrays below */
    real *x, *h, *inverse;    /* [blocks + 1][room][width], same, [blocks + 1][room] */
    real *inner[NET_BLOCKS];  /* 'c', 't': u; 'q': z and g, then s */
    real *mask[NET_BLOCKS + 2]; /* dropout of block outputs, then of embeddings, then of n */
    real *n;                  /* [room][width] the heads' input */
    real *tags, *tree, *q;    /* head activations; tags' are overwritten by their gradients */
    real *relation, *relation_mask, *labels; /* [room][rel], same, [room][rels] */
    real *dtree, *dq, *dx, *dh, *wide; /* gradients; wide [room][max of hidden, 2 width] */
    net_reading reading[NET_BLOCKS]; /* 't' */
    real *dkeys, *dquery, *dgathered; /* gradients of a reading's keys, query, gathered */
    real *turned;             /* a transposed weight matrix */
    real *pairs;              /* [NET_SENTENCE][NET_PAIRS] of one sentence: scores of word and head */
    real *keys, *turned_keys; /* [NET_PAIRS][arc] its head vectors, root first; the same turned */
    real *queries;            /* [NET_SENTENCE][arc] d U + v */
    double loss;
    u64 words;
} net_batch;

typedef struct {
    real dropout; /* of block outputs, embeddings and heads */
    u64 *random;  /* NULL: no dropout */
    real scale;   /* of the loss, 1 / words */
} net_options;

/* Fills offsets and padded sizes from shape's counts. */
void net_layout_make(net_layout *layout);
void net_initialise(const net_layout *layout, real *values, u64 seed);
bool net_batch_open(net_batch *batch, const net_layout *layout, u32 room);
void net_batch_close(net_batch *batch);
void net_batch_clear(net_batch *batch);
/* Adds an empty sentence of `count` words; its first row, or 0 when it does not fit. */
u32 net_batch_add(net_batch *batch, u32 count);
/* Activations up to the heads' outputs: tags, tree, q. */
void net_forward(const net_layout *layout, const real *values, net_batch *batch, const net_options *options);
/* Losses and gradients, added to `gradient`, after net_forward. */
void net_backward(const net_layout *layout, const real *values, real *gradient, net_batch *batch, const net_options *options);
/* Scores of all heads (0 = root) for all words of a sentence of at most NET_SENTENCE, into batch->pairs, after net_forward. */
void net_arc_scores(const net_layout *layout, const real *values, net_batch *batch, const net_sentence *s);
/* The best relation of word `i` under head `j` (0 = root). */
u32 net_best_relation(const net_layout *layout, const real *values, const net_batch *batch, const net_sentence *s, u32 i, u32 j);
u64 net_random(u64 *state);

#endif

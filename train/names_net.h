// SPDX-License-Identifier: Apache-2.0
/* The names' layers in floating point (src/parse/names.h has the formulas): parameters, the loss
 * of one sentence and its gradient. */
#ifndef TRAIN_NAMES_NET_H
#define TRAIN_NAMES_NET_H

#include "parse/model.h"
#include "real.h"

enum { NAME_WIDTH = 256, NAME_WORDS = 128 }; /* the widest encoder, the longest sentence */

typedef struct {
    u32 width;
    size_t w, b, g, v, c, t; /* [width][NAME_HIDDEN], [NAME_HIDDEN], [NAME_MARKS][MARK_COUNT][NAME_HIDDEN],
                                [NAME_HIDDEN][MODEL_NAME_LABELS], [MODEL_NAME_LABELS], [MODEL_NAME_LABELS]^2 */
    size_t count;
} names_layout;

/* One sentence: what the encoder and the tables say, and the labels that its source allows. */
typedef struct {
    u32 count;
    real (*n)[NAME_WIDTH];
    u16 *marks;   /* bits of name_mark */
    u16 *allowed; /* NAME_BITs; 0 = all */
} names_sentence;

typedef struct {
    real dropout; /* of n and of the hidden layer */
    u64 *random;  /* NULL: no dropout */
} names_options;

void names_layout_make(names_layout *l, u32 width);
void names_initialise(const names_layout *l, real *values, u64 seed);
/* Minus the logarithm of the allowed sequences' share; its gradient is added to `gradient`.  A sentence of which no
 * sequence is allowed counts nothing. */
double names_loss(const names_layout *l, const real *values, real *gradient, const names_sentence *s, const names_options *o);

#endif

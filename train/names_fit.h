// SPDX-License-Identifier: Apache-2.0
/* Learns the names' layers behind an encoder that stays as it is. */
#ifndef TRAIN_NAMES_FIT_H
#define TRAIN_NAMES_FIT_H

#include "fit.h"

typedef struct {
    const char *model;  /* file whose encoder is used, and whose names' layers are put in place */
    const char *folder; /* data folder with lang/, world/ and train/ */
    const char *out;
    u32 epochs, seed;
    double rate, dropout, case_noise;
    double replace;     /* part of the names that others take the place of */
} names_fit_options;

/* Writes `out`: the model with the layers learnt.  0 on success. */
int names_fit(const treebank *bank, const fit_source *sources, u32 source_count, const names_fit_options *options);

#endif

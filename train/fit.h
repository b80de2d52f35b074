// SPDX-License-Identifier: Apache-2.0
/* Fitting: vocabulary, batches, Adam, schedule, checks on a development set. */
#ifndef TRAIN_FIT_H
#define TRAIN_FIT_H

#include "net.h"
#include "treebank.h"

/* What training makes: a network, the strings it knows, and its label inventories. */
typedef struct {
    net_layout layout;
    real *values;
    u32 *keys;      /* [key_count] feature keys, ascending; rows as in feature_table */
    u32 key_count;
    const treebank *bank; /* whose feats the network tells apart */
} trained;

typedef struct {
    u32 epochs, threads, seed;
    u32 stop;           /* end after so many epochs of the schedule; 0 = run all */
    u32 watched;        /* sentences of the first development set; the others are watched apart */
    u32 embed, width, hidden, arc, rel;
    const char *blocks;
    double rate, dropout;
    double trust;       /* share of the votes beside the treebank's own trees */
    const char *resume; /* NULL, or weights of the same vocabulary to start from */
    const char *keep;   /* NULL, or where to save the weights now and then */
    double case_noise; /* share of training sentences in capitals, title case or without final stop */
} fit_options;

/* Fits a network to `bank`, watching `dev` (may be empty).  `shares[i]` is the part of
 * sentence source i taken each epoch, sources being runs of sentences that end at `ends[i]`.
 * Returns 0, or 1 when the loss stopped being a number. */
typedef struct {
    u32 end;      /* sentences of the bank up to here ... */
    double share; /* ... are drawn with this probability in each epoch */
} fit_source;
int fit(trained *net, const treebank *bank, const fit_source *sources, u32 source_count, const treebank *dev, const fit_options *options);
int trained_save(const trained *net, const char *file);
int trained_load(trained *net, const treebank *bank, const char *file);
/* Leaves the `rows` rows of the embedding table that say most and forgets the other strings. */
int trained_prune(trained *net, u32 rows);

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef TRAIN_TARGETS_H
#define TRAIN_TARGETS_H

#include "net.h"
#include "treebank.h"

/* Sets head, heads and rels of row `t`: word `w` of a sentence of which `count` words stand (a head behind them is dropped);
 * `trust`: the votes' part beside a treebank's `tree`. */
void targets_set(net_batch *batch, u32 t, const word *w, bool tree, u32 count, double trust);

#endif

// SPDX-License-Identifier: Apache-2.0
/* What larger parsers (train/teachers.py) say of our sources' trees: distillation (Hinton et al. 2015). */
#ifndef TRAIN_VOTES_H
#define TRAIN_VOTES_H

#include "treebank.h"

/* Writes the sentences of all sources for the teachers to read; 0 on success, else a message went to stderr. */
int votes_ask(const treebank *bank, const char *file);
/* Reads their votes, plain or gzipped, one line for each sentence of `bank`, whose sources must be those that were asked about.
 * 0 on success, else a message went to stderr. */
int votes_read(treebank *bank, const char *file);

#endif

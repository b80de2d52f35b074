// SPDX-License-Identifier: Apache-2.0
/* Runs the real parse stage over gold words and prints its figures. */
#ifndef TRAIN_EVALUATE_H
#define TRAIN_EVALUATE_H

/* `folder` holds model/english.model.  CoNLL-U: UPOS, XPOS, feats, lemmas, UAS, LAS (punctuation
 * counts, as in the CoNLL 2018 shared task) and words a second. */
int evaluate_trees(const char *folder, const char *file);
/* For each relation of the gold: words, right heads, right heads and relations, in percent. */
int evaluate_relations(const char *folder, const char *file);
/* IOB2: exact spans with kinds PER, ORG and LOC; `meanings` as in treebank_add_names. */
int evaluate_names(const char *folder, const char *file, const char *meanings);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Learns lang/en/who/links.tsv: which noun phrases mean the same. */
#ifndef DRG_TRAIN_LINKS_H
#define DRG_TRAIN_LINKS_H

/* dragoman-train links OUT GOLD.jsonl ... ; returns an exit status. */
int links_train(int count, char **arguments);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Learns lang/en/record/confidence.tsv: how sure an event is. */
#ifndef DRG_TRAIN_CONFIDENCE_H
#define DRG_TRAIN_CONFIDENCE_H

/* dragoman-train confidence OUT JUDGED.jsonl ... ; returns an exit status. */
int confidence_train(int count, char **arguments);

#endif

// SPDX-License-Identifier: Apache-2.0
/* A desk of the reports of one block, so that the rules of src/record/ work on it as they do on a whole one.  Indices of
 * events and agreements are those of the block's rows. */
#ifndef DRG_JOIN_BLOCK_H
#define DRG_JOIN_BLOCK_H

#include "join/step.h"

typedef struct {
    desk d;
    map reports, stories; /* number -> index */
} block_desk;

void block_open(block_desk *b);
void block_close(block_desk *b);
void block_add_event(join_work *w, block_desk *b, const event_in *row);
void block_add_agreement(join_work *w, block_desk *b, const agreement_in *row);

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_SAID_CREDIT_H
#define DRG_SAID_CREDIT_H

#include "said/embedding.h"
#include "said/said.h"

typedef struct {
    const embedding_tables *embeddings;
    const what_tables *what;
    const tree *t;
    const u32 *inside; /* inside_find() */
} crediting;

/* Gives the deeds that wait for their speaker the one in whose words they stand; drops those of nobody. */
drg_status credit_run(const crediting *c, report *r);

#endif

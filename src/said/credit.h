// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_SAID_CREDIT_H
#define DRG_SAID_CREDIT_H

#include "said/embedding.h"
#include "said/said.h"

/* Gives the deeds that wait for their speaker the one in whose words they stand; drops those of nobody. */
drg_status credit_run(const embedding_tables *tables, const what_tables *what, const tree *t, report *r);

#endif

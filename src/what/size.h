// SPDX-License-Identifier: Apache-2.0
/* How many were killed, injured, arrested. */
#ifndef DRG_WHAT_SIZE_H
#define DRG_WHAT_SIZE_H

#include "what/tree.h"

typedef struct {
    map classes; /* word -> value << 3 | class */
} size_tables;

drg_status size_open(size_tables *tables, knowledge *k, drg_error *error);
/* Fills dead, injured and arrested of the deeds whose sentence counts them. */
void size_run(const size_tables *tables, const tree *t, report *r);

#endif

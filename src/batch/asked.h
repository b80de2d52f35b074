// SPDX-License-Identifier: Apache-2.0
/* The answer to a question of a desk as a stream of columns. */
#ifndef DRG_BATCH_ASKED_H
#define DRG_BATCH_ASKED_H

#include "store/database.h"

#define ASKED_COLUMNS 32

typedef struct {
    const char *name; /* copied */
    bool number;
} asked_column;

/* Reads all rows of `q`, whose columns are these, and hands them out.  Memory: that of the answer. */
drg_status asked_stream(sql_query *q, const asked_column *columns, u32 count, struct ArrowArrayStream *out, drg_error *error);

#endif

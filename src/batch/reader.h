// SPDX-License-Identifier: Apache-2.0
/* Reports from wherever they come, behind one call: files (src/read), a list in memory, columns (take.c).
 *
 *     while (reader_next(reader, &item) != SOURCE_END) { ... as with source_next ... }
 *
 * A crew keeps one item a job, so that a report's texts live until its records are written. */
#ifndef DRG_BATCH_READER_H
#define DRG_BATCH_READER_H

#include "read/source.h"

/* A reader of another kind: its next report or problem, and its end. */
typedef struct {
    void *own;
    source_what (*next)(void *own, source_item *item);
    void (*close)(void *own);
} reader_origin;

/* Takes `origin` over, also when it fails. */
drg_status reader_open(const reader_origin *origin, drg_reader **out, drg_error *error);
source_what reader_next(drg_reader *reader, source_item *item);

#endif

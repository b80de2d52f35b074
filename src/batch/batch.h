// SPDX-License-Identifier: Apache-2.0
/* The inside of a batch, for the files that turn it into columns and back. */
#ifndef DRG_BATCH_BATCH_H
#define DRG_BATCH_BATCH_H

#include <stdatomic.h>

#include "batch/shape.h"

struct drg_batch {
    arena memory;
    drg_records **entries; /* [room], of which [count] are there; each lives in `memory` */
    drg_telling *tellings; /* [room] or NULL: there are none */
    size_t count, room;
    atomic_uint holders;   /* the caller, and each stream of columns */
};

/* Room for one more entry, zeroed and not yet counted; NULL without memory. */
drg_records *batch_slot(drg_batch *b);
void batch_hold(drg_batch *b);
/* Says of the last entry what a desk knows of its event; the text is copied. */
drg_status batch_tell(drg_batch *b, const drg_telling *telling, drg_error *error);

#endif

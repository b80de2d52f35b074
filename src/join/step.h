// SPDX-License-Identifier: Apache-2.0
/* One step of joining: rows of one shape in, rows of another out, block by block. */
#ifndef DRG_JOIN_STEP_H
#define DRG_JOIN_STEP_H

#include "batch/array.h"
#include "join/rows.h"
#include "record/desk.h"

#define EACH_ALONE SIZE_MAX

typedef struct {
    arena memory;       /* of a block */
    arena kept;         /* of all of them */
    void *state;        /* what the step keeps in it */
    array_builder *out;
    bool failed;        /* out of memory */
} join_work;

typedef struct {
    const shape *in, *out;
    size_t block; /* offset of the u64 that rows of a block have in common; EACH_ALONE: each row is one */
    void (*take)(join_work *w, const void *rows, size_t count);
    void (*finish)(join_work *w); /* behind the last block; may be NULL */
} join_step;

/* Adds an output row. */
void join_emit(join_work *w, const void *row);
void *join_new(join_work *w, size_t count, size_t size);

void facts_take(join_work *w, const void *rows, size_t count);
void runs_take(join_work *w, const void *rows, size_t count);
void copies_take(join_work *w, const void *rows, size_t count);
void components_take(join_work *w, const void *rows, size_t count);
void components_finish(join_work *w);
void words_take(join_work *w, const void *rows, size_t count);
void weights_take(join_work *w, const void *rows, size_t count);
void likeness_take(join_work *w, const void *rows, size_t count);
void linkage_take(join_work *w, const void *rows, size_t count);
void event_keys_take(join_work *w, const void *rows, size_t count);
void events_take(join_work *w, const void *rows, size_t count);
void joined_take(join_work *w, const void *rows, size_t count);
void disputes_take(join_work *w, const void *rows, size_t count);
void offices_take(join_work *w, const void *rows, size_t count);
void alike_take(join_work *w, const void *rows, size_t count);
void parts_take(join_work *w, const void *rows, size_t count);
void accords_take(join_work *w, const void *rows, size_t count);

#endif

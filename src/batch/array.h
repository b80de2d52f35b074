// SPDX-License-Identifier: Apache-2.0
/* Rows of one shape, gathered into Arrow arrays: one builder a column, as deep as the shape nests. */
#ifndef DRG_BATCH_ARRAY_H
#define DRG_BATCH_ARRAY_H

#include "batch/shape.h"

typedef struct array_builder array_builder;

/* A builder of structs; its children are the shape's columns.  NULL without memory. */
array_builder *array_builder_new(const shape *s);
void array_builder_free(array_builder *b);
/* Adds a row, a struct of the shape.  `events`: what indices of COLUMN_EVENTS count in; may be NULL where there is no
 * such column.  False without memory, or past 2 GiB in a column. */
bool array_builder_add(array_builder *b, const void *row, const drg_event *events);
size_t array_builder_bytes(const array_builder *b); /* of texts, so far */
/* Moves the rows into `out`; the builder is empty again.  False without memory. */
bool array_builder_finish(array_builder *b, struct ArrowArray *out);
/* The schema of a table of this shape.  False without memory. */
bool shape_schema(const shape *s, struct ArrowSchema *out);

#endif

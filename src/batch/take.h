// SPDX-License-Identifier: Apache-2.0
/* Cells of Arrow arrays of anybody's making. */
#ifndef DRG_BATCH_TAKE_H
#define DRG_BATCH_TAKE_H

#include "batch/shape.h"

/* A column of a record batch: what it is and where its rows lie. */
typedef struct {
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
} cells;

/* True for a layout of texts or bytes that cells_text can read: utf8, large, view, or a dictionary of these. */
bool cells_are_text(const struct ArrowSchema *schema);
bool cells_is_null(cells c, i64 row);
/* The text of a row, in the array's memory; empty for null. */
span cells_text(cells c, i64 row);
/* A whole number or a truth value of any width; 0 for null. */
i64 cells_number(cells c, i64 row);
double cells_real(cells c, i64 row);
/* The items of a row of a list: rows [*first, *end) of the array's child. */
bool cells_are_list(const struct ArrowSchema *schema);
void cells_list(cells c, i64 row, i64 *first, i64 *end);
/* The child of a struct with this name, or NULL schema. */
cells cells_child(cells c, const char *name);
/* Texts as they are; days and times as ISO days, numbers in digits, copied to `memory`.  Empty for null and other types. */
span cells_print(cells c, i64 row, arena *memory);

/* Are there columns for all members of the shape, of types that fit? */
drg_status take_check(const struct ArrowSchema *given, const shape *s, drg_error *error);
/* Row `row` of a struct array that take_check has passed, into a zeroed struct of the shape; texts are copied into `memory`.
 * Columns of COLUMN_EVENTS are left out.  False without memory. */
bool take_struct(arena *memory, cells rows, i64 row, const shape *s, void *out);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Rows of cells on a terminal or for other programs.
 *
 *     table    grid_open -> grid_measure* -> grid_fit -> grid_print_head -> grid_print*
 *     others   grid_write_head -> grid_write* */
#ifndef DRG_CLI_GRID_H
#define DRG_CLI_GRID_H

#include <stdio.h>

#include "base/out.h"

#define GRID_COLUMNS 64

typedef enum { GRID_TABLE, GRID_CSV, GRID_JSONL, GRID_MD } grid_kind;

typedef struct {
    const char *head;
    u32 least, most; /* columns of a terminal: cut to, wanted at most */
    bool number;     /* stands on the right; a bare number in JSON */
} grid_column;

typedef struct {
    FILE *out;
    const grid_column *columns;
    u32 count, room[GRID_COLUMNS];
} grid;

void grid_open(grid *g, FILE *out, const grid_column *columns, u32 count);
void grid_measure(grid *g, const span *cells);
void grid_fit(grid *g);
void grid_print_head(const grid *g);
void grid_print(const grid *g, const span *cells);

void grid_write_head(out_bytes *out, grid_kind kind, const grid_column *columns, u32 count);
void grid_write(out_bytes *out, grid_kind kind, const grid_column *columns, const span *cells, u32 count);

#endif

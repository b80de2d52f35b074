// SPDX-License-Identifier: Apache-2.0
#include "cli/desk.h"

#include <errno.h>

#define ANSWER_BYTES ((size_t)4 << 30)

drg_status desk_to_file(void *user, const char *bytes, size_t size) {
    return fwrite(bytes, 1, size, user) == size ? DRG_OK : DRG_ERROR_OUTPUT;
}

drg_status desk_end_output(drg_status status, drg_error *error) {
    if (status == DRG_OK && (fflush(stdout) != 0 || ferror(stdout) != 0)) {
        return drg_fail(error, DRG_ERROR_OUTPUT, "standard output", 0, "cannot write: %s", strerror(errno));
    }
    return status;
}

grid_kind desk_kind_of(const char *to) {
    static const char *const names[] = {[GRID_TABLE] = "table", [GRID_CSV] = "csv", [GRID_JSONL] = "jsonl", [GRID_MD] = "md"};
    for (size_t i = 0; to != NULL && i < COUNT_OF(names); i++) {
        if (strcmp(names[i], to) == 0) {
            return (grid_kind)i;
        }
    }
    return GRID_TABLE;
}

static void take_cells(sql_query *q, span *cells, u32 count) {
    for (u32 c = 0; c < count; c++) {
        cells[c] = query_text(q, (int)c);
    }
}

/* A table wants to know its widths first: the answer waits in memory. */
static drg_status print_table(sql_base *d, sql_query *q, const grid_column *columns, u32 count, u64 *rows, drg_error *error) {
    arena memory;
    grid g;
    LIST(span *) kept = {0};
    span cells[GRID_COLUMNS];
    bool room = true;
    arena_open(&memory, ANSWER_BYTES);
    grid_open(&g, stdout, columns, count);
    for (; room && query_next(q); ++*rows) {
        take_cells(q, cells, count);
        grid_measure(&g, cells);
        span **slot = list_push(&memory, &kept), *copy = arena_new(&memory, span, count);
        room = slot != NULL && copy != NULL;
        for (u32 c = 0; c < count && room; c++) {
            copy[c] = arena_copy(&memory, cells[c]);
            room = copy[c].ptr != NULL;
        }
        if (room) {
            *slot = copy;
        }
    }
    drg_status status = database_check(d, error);
    if (!room) {
        status = drg_fail(error, DRG_ERROR_MEMORY, "", 0, "too much for a table: write it with --to csv");
    }
    if (status == DRG_OK) {
        grid_fit(&g);
        grid_print_head(&g);
    }
    for (u32 i = 0; i < kept.count && status == DRG_OK; i++) {
        grid_print(&g, kept.items[i]);
    }
    arena_close(&memory);
    return status;
}

static drg_status write_rows(sql_query *q, grid_kind kind, const grid_column *columns, u32 count, u64 *rows) {
    out_bytes *out = calloc(1, sizeof *out);
    span cells[GRID_COLUMNS];
    if (out == NULL) {
        return DRG_ERROR_MEMORY;
    }
    out_open(out, desk_to_file, stdout);
    grid_write_head(out, kind, columns, count);
    for (; out->status == DRG_OK && query_next(q); ++*rows) {
        take_cells(q, cells, count);
        grid_write(out, kind, columns, cells, count);
    }
    drg_status status = out_flush(out);
    free(out);
    return status == DRG_ERROR_OUTPUT ? DRG_OK : status; /* desk_end_output tells it */
}

drg_status desk_print(sql_base *d, sql_query *q, grid_kind kind, const grid_column *columns, u64 *rows, drg_error *error) {
    grid_column own[GRID_COLUMNS];
    *rows = 0;
    DRG_TRY(database_check(d, error));
    u32 count = (u32)query_columns(q);
    count = count < GRID_COLUMNS ? count : GRID_COLUMNS;
    for (u32 c = 0; c < count && columns == NULL; c++) {
        own[c] = (grid_column){query_column_name(q, (int)c), 6, 60, false};
    }
    columns = columns != NULL ? columns : own;
    if (count == 0) {
        return drg_fail(error, DRG_ERROR_USE, "", 0, "the statement answers nothing: only questions (select) are asked here, and change nothing");
    }
    drg_status status = kind == GRID_TABLE ? print_table(d, q, columns, count, rows, error) : write_rows(q, kind, columns, count, rows);
    return status != DRG_OK ? status : database_check(d, error);
}

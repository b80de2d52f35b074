// SPDX-License-Identifier: Apache-2.0
/* Rows of a statement as columns: a row is laid out like a struct of ours, so that the same builders take it.
 *
 *     month    events      ->   row {text "2024-03", number 5}   ->   columns month: utf8, events: int64 */
#include <errno.h>

#include "batch/array.h"
#include "batch/asked.h"

#define PORTION_BYTES ((size_t)64 << 20)

typedef struct {
    drg_text text;
    optional_number number;
} cell;

typedef struct {
    char names[ASKED_COLUMNS][64];
    column columns[ASKED_COLUMNS + 1];
    shape row;
    array_builder *builder;
    struct ArrowArray *portions; /* [room]; those from `next` on are still ours */
    size_t count, room, next;
} answer;

static void free_answer(answer *a) {
    if (a != NULL) {
        for (size_t i = a->next; i < a->count; i++) {
            a->portions[i].release(&a->portions[i]);
        }
        array_builder_free(a->builder);
        free(a->portions);
        free(a);
    }
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    const answer *a = stream->private_data;
    return shape_schema(&a->row, out) ? 0 : ENOMEM;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    answer *a = stream->private_data;
    *out = a->next < a->count ? a->portions[a->next++] : (struct ArrowArray){0};
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL;
}

static void release_stream(struct ArrowArrayStream *stream) {
    free_answer(stream->private_data);
    stream->release = NULL;
}

static answer *open_answer(const asked_column *columns, u32 count) {
    answer *a = calloc(1, sizeof *a);
    for (u32 i = 0; i < count && a != NULL; i++) {
        snprintf(a->names[i], sizeof a->names[i], "%s", columns[i].name);
        size_t at = i * sizeof(cell) + (columns[i].number ? offsetof(cell, number) : offsetof(cell, text));
        a->columns[i] = (column){a->names[i], columns[i].number ? COLUMN_OPTIONAL : COLUMN_MAYBE, at, 0, NULL, 0};
    }
    if (a != NULL) {
        a->row = (shape){count * sizeof(cell), a->columns};
        a->builder = array_builder_new(&a->row);
    }
    if (a != NULL && a->builder == NULL) {
        free_answer(a);
        return NULL;
    }
    return a;
}

static bool keep_portion(answer *a) {
    if (a->count == a->room) {
        size_t room = a->room == 0 ? 4 : a->room * 2;
        struct ArrowArray *grown = realloc(a->portions, room * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        a->portions = grown;
        a->room = room;
    }
    bool good = array_builder_finish(a->builder, &a->portions[a->count]);
    a->count += good;
    return good;
}

static bool take_row(answer *a, sql_query *q, const asked_column *columns, u32 count) {
    cell row[ASKED_COLUMNS];
    for (u32 i = 0; i < count; i++) {
        bool there = !query_is_null(q, (int)i);
        span text = columns[i].number ? SPAN("") : query_text(q, (int)i);
        row[i].number = (optional_number){columns[i].number ? query_number(q, (int)i) : 0, there};
        row[i].text = there ? (text.ptr != NULL ? text : SPAN("")) : (span){NULL, 0};
    }
    return array_builder_add(a->builder, row, NULL);
}

drg_status asked_stream(sql_query *q, const asked_column *columns, u32 count, struct ArrowArrayStream *out, drg_error *error) {
    answer *a = count <= ASKED_COLUMNS ? open_answer(columns, count) : NULL;
    bool good = a != NULL;
    while (good && query_next(q)) {
        good = take_row(a, q, columns, count);
        if (good && array_builder_bytes(a->builder) > PORTION_BYTES) {
            good = keep_portion(a);
        }
    }
    if (!good || !keep_portion(a)) {
        free_answer(a);
        return drg_fail(error, DRG_ERROR_MEMORY, "desk", 0, "out of memory: ask for less, by since= and until=");
    }
    *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, a};
    return DRG_OK;
}

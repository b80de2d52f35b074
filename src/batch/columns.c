// SPDX-License-Identifier: Apache-2.0
/* Reports out of columns: a table of any library that speaks Arrow, with a column for each field that it knows.
 *
 *     text                           date         ->  report {text, date}, row by row
 *     "Iran and Oman signed ..."     2024-05-02
 *
 * Texts are copied into the crew's item, since a record batch is released while its last reports are still coded. */
#include "batch/reader.h"
#include "batch/take.h"
#include "read/field.h"

typedef struct {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray array; /* release NULL: none */
    field_map fields;
    char *spec;              /* what `fields` keeps spans of */
    i64 row;                 /* of the array, next */
    u64 line;                /* of all rows, 1-based */
    bool broken;
} column_reader;

static void close_columns(void *own) {
    column_reader *r = own;
    if (r->array.release != NULL) {
        r->array.release(&r->array);
    }
    if (r->schema.release != NULL) {
        r->schema.release(&r->schema);
    }
    if (r->stream.release != NULL) {
        r->stream.release(&r->stream);
    }
    free(r->spec);
    free(r);
}

static source_what tell_broken(column_reader *r, source_item *item) {
    const char *why = r->stream.get_last_error(&r->stream);
    r->broken = true;
    item->problem = (drg_problem){.doc = SPAN("columns"), .stage = SPAN("read"), .code = SPAN("unreadable"), .offset = r->line,
                                  .message = arena_copy(&item->memory, span_of(why != NULL ? why : "the next rows cannot be read"))};
    return SOURCE_PROBLEM;
}

/* The column of a field; schema NULL where there is none. */
static cells column_of(const column_reader *r, field f) {
    char name[256];
    span from = r->fields.from[f];
    size_t len = from.len < sizeof name ? from.len : sizeof name - 1;
    memcpy(name, from.ptr, len);
    name[len] = '\0';
    return cells_child((cells){&r->schema, &r->array}, name);
}

static void read_row(const column_reader *r, i64 row, source_item *item) {
    for (u32 f = 0; f < FIELD_COUNT; f++) {
        cells c = column_of(r, (field)f);
        if (c.schema != NULL) {
            *field_of(&item->report, (field)f) = arena_copy(&item->memory, cells_print(c, row + r->array.offset, &item->memory));
        }
    }
}

static source_what next_row(void *own, source_item *item) {
    column_reader *r = own;
    arena_reset(&item->memory);
    *item = (source_item){.memory = item->memory, .input = SPAN("columns")};
    while (r->array.release == NULL || r->row == r->array.length) {
        if (r->array.release != NULL) {
            r->array.release(&r->array);
        }
        r->row = 0;
        if (r->broken || r->stream.get_next(&r->stream, &r->array) != 0) {
            return r->broken ? SOURCE_END : tell_broken(r, item);
        }
        if (r->array.release == NULL) {
            return SOURCE_END;
        }
    }
    read_row(r, r->row++, item);
    item->line = ++r->line;
    return SOURCE_REPORT;
}

static drg_status read_fields(column_reader *r, const char *spec, drg_error *error) {
    span wrong = SPAN("");
    size_t size = strlen(spec) + 1;
    r->spec = malloc(size);
    if (r->spec == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "reader", 0, "out of memory");
    }
    memcpy(r->spec, spec, size);
    return field_map_add(&r->fields, span_of(r->spec), &wrong)
               ? DRG_OK
               : drg_fail(error, DRG_ERROR_USE, "fields", 0, "cannot take \"%.*s\": it is no field of a report", (int)(wrong.len > 60 ? 60 : wrong.len), wrong.ptr);
}

/* A text is what it is all about; what names a column that is not there is a mistake. */
static drg_status check_fields(const column_reader *r, drg_error *error) {
    if (strcmp(r->schema.format, "+s") != 0) {
        return drg_fail(error, DRG_ERROR_USE, "columns", 0, "these are no columns of a table");
    }
    for (u32 f = 0; f < FIELD_COUNT; f++) {
        cells c = column_of(r, (field)f);
        span from = r->fields.from[f];
        if (r->fields.told[f] && c.schema == NULL) {
            return drg_fail(error, DRG_ERROR_USE, "columns", 0, "there is no column \"%.*s\"", (int)(from.len > 60 ? 60 : from.len), from.ptr);
        }
        if (c.schema != NULL && (f == FIELD_TEXT || f == FIELD_HTML) && !cells_are_text(c.schema) && strcmp(c.schema->format, "n") != 0) {
            return drg_fail(error, DRG_ERROR_USE, "columns", 0, "column \"%.*s\" holds no texts", (int)(from.len > 60 ? 60 : from.len), from.ptr);
        }
    }
    bool any = column_of(r, FIELD_TEXT).schema != NULL || column_of(r, FIELD_HTML).schema != NULL;
    return any ? DRG_OK : drg_fail(error, DRG_ERROR_USE, "columns", 0, "there is no column \"text\" or \"html\": say which it is, as fields text=NAME");
}

drg_status drg_reader_open_stream(struct ArrowArrayStream *in, const char *fields, drg_reader **out, drg_error *error) {
    column_reader *r = calloc(1, sizeof *r);
    *out = NULL;
    if (r == NULL) {
        in->release(in);
        return drg_fail(error, DRG_ERROR_MEMORY, "reader", 0, "out of memory");
    }
    r->stream = *in;
    in->release = NULL;
    field_map_open(&r->fields);
    drg_status status = r->stream.get_schema(&r->stream, &r->schema) == 0 ? DRG_OK : drg_fail(error, DRG_ERROR_INPUT, "columns", 0, "their schema cannot be read");
    if (status == DRG_OK && fields != NULL) {
        status = read_fields(r, fields, error);
    }
    if (status == DRG_OK) {
        status = check_fields(r, error);
    }
    if (status != DRG_OK) {
        close_columns(r);
        return status;
    }
    return reader_open(&(reader_origin){r, next_row, close_columns}, out, error);
}

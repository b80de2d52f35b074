// SPDX-License-Identifier: Apache-2.0
#include "base/table.h"

#include <stdarg.h>

static bool next_line(table *t, span *line) {
    while (t->rest.len > 0) {
        *line = span_next_field(&t->rest, '\n');
        t->line++;
        if (line->len > 0 && line->ptr[line->len - 1] == '\r') {
            line->len--;
        }
        if (span_trim(*line).len > 0 && line->ptr[0] != '#') {
            return true;
        }
    }
    return false;
}

static u32 split_fields(span line, span *fields) {
    u32 count = 0;
    bool more = true;
    while (more && count < TABLE_COLUMNS) {
        more = line.len > 0 && memchr(line.ptr, '\t', line.len) != NULL;
        fields[count++] = span_trim(span_next_field(&line, '\t'));
    }
    return count;
}

drg_status table_open(table *t, knowledge *from, const char *file, drg_error *error) {
    *t = (table){.from = from, .file = file};
    DRG_TRY(knowledge_read(from, file, &t->rest, error));
    span line;
    if (!next_line(t, &line)) {
        return drg_fail(error, DRG_ERROR_DATA, file, 0, "empty: the first line must name the columns");
    }
    t->column_count = split_fields(line, t->header);
    return DRG_OK;
}

bool table_next(table *t) {
    span line;
    if (!next_line(t, &line)) {
        return false;
    }
    t->field_count = split_fields(line, t->row);
    if (t->field_count > t->column_count) {
        table_complain(t, "%u fields under %u columns: look for a stray tab", t->field_count, t->column_count);
    }
    return true;
}

span table_field(const table *t, const char *column) {
    span name = span_of(column);
    for (u32 i = 0; i < t->column_count && i < t->field_count; i++) {
        if (span_eq(t->header[i], name)) {
            return t->row[i];
        }
    }
    return (span){"", 0};
}

void table_complain(const table *t, const char *format, ...) {
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    for (u32 file = 0; file < t->from->files.count; file++) {
        if (span_eq(t->from->files.items[file], span_of(t->file))) {
            knowledge_complain(t->from, (source_line){file, t->line}, "%s", text);
            return;
        }
    }
}

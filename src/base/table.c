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

drg_status table_open_text(table *t, knowledge *from, span content, drg_error *error) {
    span line;
    u32 id = from->files.count - 1;
    *t = (table){.from = from, .file = from->files.items[id].ptr, .id = id, .rest = content};
    if (!next_line(t, &line)) {
        return drg_fail(error, DRG_ERROR_DATA, t->file, 0, "empty: the first line must name the columns");
    }
    t->column_count = split_fields(line, t->header);
    return DRG_OK;
}

drg_status table_open(table *t, knowledge *from, const char *file, drg_error *error) {
    span content;
    DRG_TRY(knowledge_read(from, file, &content, error));
    return table_open_text(t, from, content, error);
}

bool table_next(table *t) {
    span line;
    while (next_line(t, &line)) {
        t->field_count = split_fields(line, t->row);
        if (t->field_count <= t->column_count) {
            return true;
        }
        table_skip(t, "%u fields under %u columns: look for a stray tab", t->field_count, t->column_count);
    }
    return false;
}

bool table_has(const table *t, const char *column) {
    bool found = false;
    for (u32 i = 0; i < t->column_count && !found; i++) {
        found = span_eq(t->header[i], span_of(column));
    }
    return found;
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

static void tell(const table *t, complaint_kind kind, const char *format, va_list arguments) {
    char text[400];
    vsnprintf(text, sizeof text, format, arguments);
    knowledge_tell(t->from, kind, (source_line){t->id, t->line}, "%s", text);
}

void table_complain(const table *t, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    tell(t, COMPLAINT_WRONG, format, arguments);
    va_end(arguments);
}

void table_skip(const table *t, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    tell(t, COMPLAINT_SKIPPED, format, arguments);
    va_end(arguments);
}

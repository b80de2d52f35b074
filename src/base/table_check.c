// SPDX-License-Identifier: Apache-2.0
/* The bytes, columns and rows of tables: what `dragoman dict check` says beside the loaders.
 *
 *     world/groups.tsv:7: column "alias" is not known: code name aliases kind country from to source
 *     world/groups.tsv:31: 5 fields under 8 columns: a tab is missing
 *     desk.tsv:1: lines end in CR LF (Windows): read as they are          a note */
#include "base/table.h"
#include "base/utf8.h"

void table_check_bytes(knowledge *k, u32 file, span content) {
    source_line first = {file, 1};
    const char *end = content.len > 0 ? memchr(content.ptr, '\n', content.len) : NULL;
    if (end != NULL && end > content.ptr && end[-1] == '\r') {
        knowledge_tell(k, COMPLAINT_NOTE, first, "lines end in CR LF: read as they are");
    }
    if (content.len > 0 && content.ptr[content.len - 1] != '\n') {
        u32 lines = 1;
        for (size_t i = 0; i < content.len; i++) {
            lines += content.ptr[i] == '\n';
        }
        knowledge_tell(k, COMPLAINT_NOTE, (source_line){file, lines}, "the last line has no line end: read all the same");
    }
}

static bool is_word_of(span words, span word) {
    bool found = false;
    while (words.len > 0 && !found) {
        found = span_eq(span_next_field(&words, ' '), word);
    }
    return found;
}

static u32 count_tabs(span line) {
    u32 count = 0;
    for (size_t i = 0; i < line.len; i++) {
        count += line.ptr[i] == '\t';
    }
    return count;
}

/* One table's lines against its columns as lang/tables.tsv has them. */
static void check_lines(knowledge *k, u32 file, span content, span columns, bool full) {
    u32 line = 0, header = 0;
    while (content.len > 0) {
        span text = span_next_field(&content, '\n'), rest = text;
        source_line here = {file, ++line};
        u32 tabs = count_tabs(text);
        if (!utf8_is_valid(text)) {
            knowledge_complain(k, here, "not UTF-8: save the file as UTF-8");
        }
        if (span_trim(text).len == 0 || text.ptr[0] == '#') {
            continue;
        }
        if (header == 0) {
            header = tabs + 1;
            while (rest.len > 0) {
                span column = span_trim(span_next_field(&rest, '\t'));
                if (!is_word_of(columns, column)) {
                    knowledge_complain(k, here, "column \"%.*s\" is not known: %.*s", (int)column.len, column.ptr, (int)columns.len, columns.ptr);
                }
            }
        } else if (full && tabs + 1 < header) {
            knowledge_complain(k, here, "%u fields under %u columns: a tab is missing", tabs + 1, header);
        }
    }
}

static drg_status check_folder(knowledge *k, const char *folder, map *known, drg_error *error) {
    span *names;
    u32 count;
    DRG_TRY(knowledge_list(k, folder, ".tsv", &names, &count, error));
    for (u32 i = 0; i < count; i++) {
        symbol name = symbols_find(&k->words, names[i]);
        if (name == NONE || map_find(known, name) == NONE) {
            span *slot = list_push(&k->memory, &k->files);
            if (slot != NULL) {
                *slot = names[i];
                knowledge_tell(k, COMPLAINT_NOTE, (source_line){k->files.count - 1, 1}, "not in lang/tables.tsv: its columns are not checked");
            }
        }
    }
    return DRG_OK;
}

drg_status table_check_all(knowledge *k, drg_error *error) {
    static const char *const folders[] = {"world",        "lang",         "lang/en",       "lang/en/read", "lang/en/text",
                                          "lang/en/when", "lang/en/where", "lang/en/who", "lang/en/said"};
    table t;
    map known;
    map_open(&known, &k->memory);
    DRG_TRY(table_open(&t, k, "lang/tables.tsv", error));
    while (table_next(&t)) {
        span content, file = arena_copy(&k->memory, table_field(&t, "file"));
        symbol name = symbols_add(&k->words, file);
        if (file.ptr == NULL || name == NONE || !map_set(&known, name, 1)) {
            return drg_fail(error, DRG_ERROR_MEMORY, t.file, t.line, "out of memory");
        }
        if (knowledge_read(k, file.ptr, &content, NULL) != DRG_OK) {
            table_complain(&t, "%s cannot be read: its rows are not known", file.ptr);
            continue;
        }
        table_check_bytes(k, k->files.count - 1, content);
        check_lines(k, k->files.count - 1, content, table_field(&t, "columns"), span_eq(table_field(&t, "rows"), SPAN("full")));
    }
    for (u32 i = 0; i < COUNT_OF(folders); i++) {
        DRG_TRY(check_folder(k, folders[i], &known, error));
    }
    return DRG_OK;
}

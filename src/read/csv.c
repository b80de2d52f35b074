// SPDX-License-Identifier: Apache-2.0
/* In:  date,headline,body                              Out: a report a row
 *      2024-05-02,Talks resume,"Envoys met, and ""agreed"".
 *      They left."
 *
 * RFC 4180: a field in quotes may hold separators, line ends and doubled quotes; a quote inside an
 * unquoted field is a letter.  The first row names the columns, by our names or those of --map; the
 * separator is the one of , ; tab | that makes most known names of it.
 *
 * One quote that never closes would swallow the rest of the file.  Past ROW_CAP, at the end of the
 * input, or where the quote that closes it has more behind it and lines between, the row is told, and reading goes on at the line behind its first one, where the quotes
 * are whole again; what is gone over twice that way is bounded. */
#include "read/fold.h"
#include "read/format.h"

#define PIECE ((size_t)64 << 10)
#define ROW_CAP ((size_t)16 << 20)
#define REREAD_CAP ((size_t)64 << 20)
#define COLUMN_LIMIT 4096u
#define LISTED_BYTES 200u
#define BAD_ROWS 1000u /* one behind another: this is no table, or not with this separator */

typedef LIST(span) column_list;

typedef struct {
    arena memory; /* of the names */
    char separator;
    u32 columns;
    u32 column_of[FIELD_COUNT]; /* NONE: not there */
    size_t reread;
    u32 bad_rows; /* since the last good one */
} csv;

/* ------------------------------------------------------------------ rows */

typedef struct {
    size_t at;
    bool inside;     /* a quoted field */
    bool closed;     /* the byte before closed one, or was the first of a pair */
    bool at_opening; /* the next byte is a field's first */
    bool whole;
    bool odd;        /* a closing quote with more behind it: it may have been meant to open a field */
    bool many_lines;
} row_scan;

/* Goes on to the end of the row (the line end is left standing); `whole` when it is found. */
static void scan_row(row_scan *r, span text, char separator) {
    for (; r->at < text.len; r->at++) {
        char c = text.ptr[r->at];
        if (r->inside) {
            const char *quote = memchr(text.ptr + r->at, '"', text.len - r->at);
            size_t end = quote != NULL ? (size_t)(quote - text.ptr) : text.len;
            r->many_lines = r->many_lines || memchr(text.ptr + r->at, '\n', end - r->at) != NULL;
            r->at = quote != NULL ? (size_t)(quote - text.ptr) : text.len;
            if (quote == NULL) {
                return;
            }
            r->inside = r->at_opening = false;
            r->closed = true;
            continue;
        }
        if (c == '"') { /* opens a field, or is the second of a pair */
            r->inside = r->at_opening || r->closed;
            r->at_opening = false;
        } else if (c == '\n') {
            r->whole = true;
            return;
        } else {
            r->at_opening = c == separator;
            r->odd = r->odd || (r->closed && c != separator && c != '\r');
        }
        r->closed = false;
    }
}

/* One field off the front of `*row`, its quotes taken away.  ptr NULL: no memory. */
static span take_column(arena *memory, span *row, char separator, bool *more) {
    if (row->len == 0 || row->ptr[0] != '"') {
        const char *end = row->len > 0 ? memchr(row->ptr, separator, row->len) : NULL;
        *more = end != NULL;
        return span_next_field(row, separator);
    }
    char *out = arena_alloc(memory, row->len + 1, 1);
    size_t len = 0, at = 1;
    bool inside = true;
    for (; at < row->len && out != NULL && (inside || row->ptr[at] != separator); at++) {
        char c = row->ptr[at];
        if (c == '"' && inside && at + 1 < row->len && row->ptr[at + 1] == '"') {
            out[len++] = '"';
            at++;
        } else if (c == '"' && inside) {
            inside = false;
        } else {
            out[len++] = c;
        }
    }
    *more = at < row->len;
    *row = span_cut(*row, *more ? at + 1 : at, row->len);
    return out == NULL ? (span){NULL, 0} : (span){out, len};
}

static bool split_row(arena *memory, span row, char separator, column_list *out) {
    if (row.len > 0 && row.ptr[row.len - 1] == '\r') {
        row.len--;
    }
    for (bool more = true; more && out->count < COLUMN_LIMIT;) {
        span *added = list_push(memory, out);
        if (added == NULL) {
            return false;
        }
        *added = take_column(memory, &row, separator, &more);
        if (added->ptr == NULL) {
            return false;
        }
    }
    return true;
}

/* ------------------------------------------------------------------ the first row */

static bool names_equal(span a, span b) {
    char room_a[128], room_b[128];
    return span_eq(fold(a, room_a, sizeof room_a), fold(b, room_b, sizeof room_b));
}

/* Which column each field is in; how many are there at all. */
static u32 find_columns(const source *s, const column_list *names, u32 column_of[FIELD_COUNT]) {
    u32 found = 0;
    for (u32 f = 0; f < FIELD_COUNT; f++) {
        column_of[f] = NONE;
        for (u32 i = 0; i < names->count && column_of[f] == NONE; i++) {
            column_of[f] = names_equal(names->items[i], s->fields.from[f]) ? i : NONE;
        }
        found += column_of[f] != NONE;
    }
    return found;
}

static bool has_text(const u32 column_of[FIELD_COUNT]) {
    return column_of[FIELD_TEXT] != NONE || column_of[FIELD_HTML] != NONE;
}

/* The separator that makes most known names, then most names, of the row. */
static char find_separator(const source *s, arena *memory, span row, u32 column_of[FIELD_COUNT], column_list *names) {
    static const char separators[] = {',', ';', '\t', '|'};
    char best = ',';
    u32 best_found = 0, best_count = 0;
    for (size_t i = 0; i < sizeof separators; i++) {
        column_list tried = {0};
        u32 columns[FIELD_COUNT];
        if (!split_row(memory, row, separators[i], &tried)) {
            break;
        }
        u32 found = find_columns(s, &tried, columns);
        if (found > best_found || (found == best_found && tried.count > best_count)) {
            best = separators[i];
            best_found = found;
            best_count = tried.count;
            *names = tried;
            memcpy(column_of, columns, sizeof columns);
        }
    }
    return best;
}

static span first_row(span head) {
    row_scan r = {.at_opening = true};
    scan_row(&r, head, ',');
    return span_cut(head, 0, r.whole ? r.at : head.len);
}

static bool is_csv_name(const char *path) {
    span name = span_of(path);
    name.len -= span_ends(name, SPAN(".gz")) ? 3 : span_ends(name, SPAN(".zst")) ? 4 : 0;
    return format_name_ends(name, ".csv .tsv");
}

/* A first line with a column of ours that holds texts; or the file's own name says so. */
static bool is_table(const source *s, span head) {
    arena memory;
    arena_open(&memory, (size_t)1 << 20);
    column_list names = {0};
    u32 column_of[FIELD_COUNT] = {0};
    const char *end = head.len > 0 ? memchr(head.ptr, '\n', head.len) : NULL;
    bool fits = false;
    if (end != NULL) {
        find_separator(s, &memory, first_row(head), column_of, &names);
        fits = names.count > 1 && (has_text(column_of) || is_csv_name(s->path));
    }
    arena_close(&memory);
    return fits;
}

/* ------------------------------------------------------------------ reports */

typedef enum { ROW_WHOLE, ROW_OPEN, ROW_TOO_LONG, ROW_END } row_answer;

/* The next row's bytes wait in the window, `*size` without its line end. */
static row_answer find_row(source *s, char separator, size_t *size) {
    row_scan r = {.at_opening = true};
    for (size_t want = PIECE;; want *= 2) {
        bool more = stream_fill(&s->stream, want);
        span window = stream_window(&s->stream);
        if (window.len == 0) {
            return ROW_END;
        }
        scan_row(&r, window, separator);
        *size = r.at;
        if (r.odd && r.many_lines && (r.whole || !more)) {
            return ROW_OPEN;
        }
        if (r.whole || (!more && !r.inside && !format_has_failed(s))) {
            return ROW_WHOLE;
        }
        if (format_has_failed(s)) {
            return ROW_END;
        }
        if (!more || window.len > ROW_CAP) {
            return r.inside ? ROW_OPEN : ROW_TOO_LONG;
        }
    }
}

/* Takes the row out of the window, and counts its lines. */
static void pass_row(source *s, size_t size) {
    span window = stream_window(&s->stream);
    size = size < window.len ? size + 1 : size;
    for (size_t at = 0; at < size;) {
        const char *end = memchr(window.ptr + at, '\n', size - at);
        s->line += end != NULL;
        at = end != NULL ? (size_t)(end - window.ptr) + 1 : size;
    }
    stream_skip(&s->stream, size);
}

static source_what give_up(source *s, source_item *item, const char *code, const char *why) {
    s->failures++;
    stream_skip(&s->stream, stream_window(&s->stream).len);
    s->stream.at_end = true;
    return format_tell(item, code, s->stream.offset, "line %llu: %s", (unsigned long long)s->line, why);
}

/* A row past the cap, or a quote that does not close: told, and its first line passed over. */
static source_what tell_open(source *s, source_item *item, csv *c, row_answer answer) {
    u64 offset = s->stream.offset;
    size_t waiting = stream_window(&s->stream).len;
    span line;
    c->reread += waiting;
    if (c->reread > REREAD_CAP) {
        return give_up(s, item, "csv", "too many quotes do not close; what is behind was not read");
    }
    stream_next_line(&s->stream, &line);
    item->line = s->line++;
    return answer == ROW_OPEN ? format_tell(item, "csv", offset, "line %llu: a quote that does not close: double the quotes inside a field",
                                            (unsigned long long)item->line)
                              : format_tell(item, "too-large", offset, "line %llu: longer than %zu MiB, passed over",
                                            (unsigned long long)item->line, ROW_CAP >> 20);
}

static source_what open_table(source *s, source_item *item) {
    csv *c = s->own = calloc(1, sizeof *c);
    column_list names = {0};
    size_t size = 0;
    if (c == NULL) {
        return give_up(s, item, "too-large", "out of memory");
    }
    arena_open(&c->memory, (size_t)1 << 30);
    s->line = 1;
    row_answer answer = find_row(s, ',', &size);
    if (answer == ROW_END) {
        return format_has_failed(s) ? SOURCE_END : give_up(s, item, "empty", "no row of names: nothing to read");
    }
    span window = stream_window(&s->stream);
    size = size < PIECE ? size : PIECE;
    c->separator = find_separator(s, &c->memory, span_cut(window, 0, size), c->column_of, &names);
    c->columns = names.count;
    if (!has_text(c->column_of)) {
        char why[LISTED_BYTES + 100];
        snprintf(why, sizeof why, "no column holds the text: say --map text=COLUMN; the first line is: %.*s",
                 (int)(size < LISTED_BYTES ? size : LISTED_BYTES), window.ptr);
        return give_up(s, item, "csv", why);
    }
    pass_row(s, size);
    return SOURCE_REPORT;
}

static source_what take_row(source *s, source_item *item, const csv *c, span row) {
    u64 offset = s->stream.offset;
    column_list columns = {0};
    row = arena_copy(&item->memory, row);
    if (row.ptr == NULL || !split_row(&item->memory, row, c->separator, &columns)) {
        return format_tell(item, "too-large", offset, "line %llu: out of memory for this row", (unsigned long long)item->line);
    }
    while (columns.count > c->columns && span_trim(columns.items[columns.count - 1]).len == 0) {
        columns.count--;
    }
    if (columns.count > c->columns) {
        return format_tell(item, "csv", offset, "line %llu: %u columns, but %u names: put texts with separators into quotes",
                           (unsigned long long)item->line, columns.count, c->columns);
    }
    for (u32 f = 0; f < FIELD_COUNT; f++) {
        if (c->column_of[f] < columns.count) {
            *field_of(&item->report, (field)f) = columns.items[c->column_of[f]];
        }
    }
    if (item->report.text.len == 0 && item->report.html.len == 0 && columns.count < c->columns) {
        return format_tell(item, "csv", offset, "line %llu: %u columns, but %u names: the row ends before its text",
                           (unsigned long long)item->line, columns.count, c->columns);
    }
    return SOURCE_REPORT;
}

static source_what next_row(source *s, source_item *item) {
    if (s->own == NULL) {
        source_what what = open_table(s, item);
        if (what != SOURCE_REPORT) {
            return what;
        }
    }
    csv *c = s->own;
    for (;;) {
        size_t size = 0;
        item->line = s->line;
        row_answer answer = find_row(s, c->separator, &size);
        if (answer == ROW_END) {
            return SOURCE_END;
        }
        if (answer != ROW_WHOLE) {
            return tell_open(s, item, c, answer);
        }
        span row = span_cut(stream_window(&s->stream), 0, size);
        bool empty = span_trim(row).len == 0;
        source_what what = empty ? SOURCE_END : take_row(s, item, c, row);
        pass_row(s, size);
        if (!empty) {
            c->bad_rows = what == SOURCE_PROBLEM ? c->bad_rows + 1 : 0;
            return c->bad_rows < BAD_ROWS ? what : give_up(s, item, "csv", "no row in 1000 fits the names; what is behind was not read");
        }
    }
}

static void close_table(source *s) {
    csv *c = s->own;
    if (c != NULL) {
        arena_close(&c->memory);
        free(c);
    }
}

const source_format format_csv = {
    .names = "csv tsv", .endings = ".csv .tsv", .fits = is_table, .next = next_row, .close = close_table, .goes_on = true};

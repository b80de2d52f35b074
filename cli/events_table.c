// SPDX-License-Identifier: Apache-2.0
/* Two passes over the rows: the first finds how wide each column wants to be, the second prints.  What
 * does not fit the terminal is cut, widest column first; in a file or a pipe nothing is cut below its cap. */
#include <sys/ioctl.h>
#include <unistd.h>

#include <utf8proc.h>

#include "cli/events_table.h"

#define COLUMNS 8
#define PIPE_WIDTH 160

static const char *const heads[COLUMNS] = {"when", "who", "did what", "to whom", "where", "status", "according to", "reports"};
static const u32 least[COLUMNS] = {10, 12, 16, 12, 8, 7, 12, 7};
static const u32 most[COLUMNS] = {10, 34, 36, 34, 18, 7, 24, 7};

static u32 char_width(span s, size_t at, u32 *size) {
    utf8proc_int32_t code;
    utf8proc_ssize_t got = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + at, (utf8proc_ssize_t)(s.len - at), &code);
    *size = got > 0 ? (u32)got : 1;
    return got > 0 ? (u32)utf8proc_charwidth(code) : 1;
}

static u32 width_of(span s) {
    u32 width = 0, size;
    for (size_t at = 0; at < s.len; at += size) {
        width += char_width(s, at, &size);
    }
    return width;
}

/* At most `room` columns of `s`, an ellipsis where it is cut, padded unless last. Controls print as blanks. */
static void print_cell(FILE *out, span s, u32 room, bool last) {
    u32 width = width_of(s), used = 0, size;
    for (size_t at = 0; at < s.len; at += size) {
        u32 columns = char_width(s, at, &size);
        if (used + columns + (width > room) > room) {
            fputs("…", out);
            used++;
            break;
        }
        unsigned char first = (unsigned char)s.ptr[at];
        if (first < 0x20 || first == 0x7f) {
            fputc(' ', out);
            used++;
        } else {
            fwrite(s.ptr + at, 1, size, out);
            used += columns;
        }
    }
    fprintf(out, "%*s", last ? 0 : (int)(room > used ? room - used : 0) + 2, "");
}

static void fill_cells(const store_row *row, char reports[32], span cells[COLUMNS]) {
    const span given[COLUMNS] = {row->when, row->who, row->what, row->whom, row->where, row->status, row->according, {reports, 0}};
    memcpy(cells, given, sizeof given);
    bool apart = row->witnesses < row->reports;
    int size = apart ? snprintf(reports, 32, "%u (%u)", row->reports, row->witnesses) : snprintf(reports, 32, "%u", row->reports);
    cells[COLUMNS - 1].len = (size_t)size;
}

static u32 terminal_width(FILE *out) {
    struct winsize window = {0};
    if (!isatty(fileno(out)) || ioctl(fileno(out), TIOCGWINSZ, &window) != 0 || window.ws_col == 0) {
        return PIPE_WIDTH;
    }
    return window.ws_col;
}

/* Takes columns away from the widest that has more than its least, until the row fits. */
static void fit_columns(u32 room[COLUMNS], u32 terminal) {
    u32 total = 2 * (COLUMNS - 1);
    for (u32 c = 0; c < COLUMNS; c++) {
        total += room[c];
    }
    while (total > terminal) {
        u32 widest = COLUMNS;
        for (u32 c = 0; c < COLUMNS; c++) {
            if (room[c] > least[c] && (widest == COLUMNS || room[c] > room[widest])) {
                widest = c;
            }
        }
        if (widest == COLUMNS) {
            break;
        }
        room[widest]--;
        total--;
    }
}

drg_status events_table_print(store *s, FILE *out, drg_error *error) {
    store_row row;
    span cells[COLUMNS];
    char reports[32];
    u32 room[COLUMNS], stories = 0;
    bool copies = false;
    for (u32 c = 0; c < COLUMNS; c++) {
        room[c] = (u32)strlen(heads[c]);
    }
    DRG_TRY(store_rows_open(s, error));
    while (store_rows_next(s, &row)) {
        fill_cells(&row, reports, cells);
        stories++;
        copies |= row.witnesses < row.reports;
        for (u32 c = 0; c < COLUMNS; c++) {
            u32 width = width_of(cells[c]);
            width = width < most[c] ? width : most[c];
            room[c] = width > room[c] ? width : room[c];
        }
    }
    DRG_TRY(store_rows_check(s, error));
    fit_columns(room, terminal_width(out));
    for (u32 c = 0; c < COLUMNS; c++) {
        print_cell(out, span_of(heads[c]), room[c], c + 1 == COLUMNS);
    }
    fputc('\n', out);
    DRG_TRY(store_rows_open(s, error));
    while (store_rows_next(s, &row)) {
        fill_cells(&row, reports, cells);
        for (u32 c = 0; c < COLUMNS; c++) {
            print_cell(out, cells[c], room[c], c + 1 == COLUMNS);
        }
        fputc('\n', out);
    }
    DRG_TRY(store_rows_check(s, error));
    store_counts counts;
    DRG_TRY(store_count(s, &counts, error));
    fprintf(out, "%u events from %lld reports", stories, (long long)counts.reports);
    fprintf(out, copies ? "; (n): witnesses, copies and common owners not counted twice\n" : "\n");
    return DRG_OK;
}

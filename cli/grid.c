// SPDX-License-Identifier: Apache-2.0
/* Rows of cells in four forms.  A table is printed in two passes: the first finds how wide each column wants to
 * be, the second prints.  What does not fit the terminal is cut, widest column first; in a file or a pipe
 * nothing is cut below its cap.  csv, md and jsonl are written as rows come. */
#include "cli/grid.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <utf8proc.h>

#define PIPE_WIDTH 160

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

static u32 terminal_width(FILE *out) {
    struct winsize window = {0};
    if (!isatty(fileno(out)) || ioctl(fileno(out), TIOCGWINSZ, &window) != 0 || window.ws_col == 0) {
        return PIPE_WIDTH;
    }
    return window.ws_col;
}

void grid_open(grid *g, FILE *out, const grid_column *columns, u32 count) {
    *g = (grid){.out = out, .columns = columns, .count = count < GRID_COLUMNS ? count : GRID_COLUMNS};
    for (u32 c = 0; c < g->count; c++) {
        g->room[c] = width_of(span_of(columns[c].head));
    }
}

void grid_measure(grid *g, const span *cells) {
    for (u32 c = 0; c < g->count; c++) {
        u32 width = width_of(cells[c]);
        width = width < g->columns[c].most ? width : g->columns[c].most;
        g->room[c] = width > g->room[c] ? width : g->room[c];
    }
}

void grid_fit(grid *g) {
    u32 total = 2 * (g->count - 1), terminal = terminal_width(g->out);
    for (u32 c = 0; c < g->count; c++) {
        total += g->room[c];
    }
    while (total > terminal) {
        u32 widest = g->count;
        for (u32 c = 0; c < g->count; c++) {
            if (g->room[c] > g->columns[c].least && (widest == g->count || g->room[c] > g->room[widest])) {
                widest = c;
            }
        }
        if (widest == g->count) {
            break;
        }
        g->room[widest]--;
        total--;
    }
}

void grid_print(const grid *g, const span *cells) {
    for (u32 c = 0; c < g->count; c++) {
        if (g->columns[c].number) {
            u32 width = width_of(cells[c]);
            fprintf(g->out, "%*s", (int)(g->room[c] > width ? g->room[c] - width : 0), "");
            print_cell(g->out, cells[c], g->room[c] < width ? g->room[c] : width, true);
            fputs(c + 1 == g->count ? "" : "  ", g->out);
        } else {
            print_cell(g->out, cells[c], g->room[c], c + 1 == g->count);
        }
    }
    fputc('\n', g->out);
}

void grid_print_head(const grid *g) {
    span heads[GRID_COLUMNS];
    for (u32 c = 0; c < g->count; c++) {
        heads[c] = span_of(g->columns[c].head);
    }
    grid_print(g, heads);
}

/* ------------------------------------------------------------------ csv, md, jsonl */

static void put_md(out_bytes *out, span cell) {
    for (size_t i = 0; i < cell.len; i++) {
        unsigned char c = (unsigned char)cell.ptr[i];
        out_text(out, c == '|' || c == '\\' ? "\\" : "");
        out_put(out, c < 0x20 ? " " : cell.ptr + i, 1);
    }
}

void grid_write_head(out_bytes *out, grid_kind kind, const grid_column *columns, u32 count) {
    for (u32 c = 0; c < count && kind != GRID_JSONL; c++) {
        out_text(out, kind == GRID_MD ? "| " : c > 0 ? "," : "");
        if (kind == GRID_MD) {
            put_md(out, span_of(columns[c].head));
            out_text(out, " ");
        } else {
            out_csv(out, span_of(columns[c].head));
        }
    }
    out_text(out, kind == GRID_MD ? "|\n" : kind == GRID_CSV ? "\r\n" : "");
    for (u32 c = 0; c < count && kind == GRID_MD; c++) {
        out_text(out, columns[c].number ? "|--:" : "|---");
    }
    out_text(out, kind == GRID_MD ? "|\n" : "");
}

void grid_write(out_bytes *out, grid_kind kind, const grid_column *columns, const span *cells, u32 count) {
    bool first = true;
    out_text(out, kind == GRID_JSONL ? "{" : "");
    for (u32 c = 0; c < count; c++) {
        if (kind == GRID_MD) {
            out_text(out, "| ");
            put_md(out, cells[c]);
            out_text(out, " ");
        } else if (kind == GRID_CSV) {
            out_text(out, c > 0 ? "," : "");
            out_csv(out, cells[c]);
        } else if (columns[c].number) {
            out_text(out, c > 0 ? ",\"" : "\"");
            out_text(out, columns[c].head);
            out_text(out, "\":");
            out_span(out, cells[c].len > 0 ? cells[c] : SPAN("null"));
            first = false;
        } else {
            out_text(out, first ? "" : ",");
            out_json(out, span_of(columns[c].head));
            out_text(out, ":");
            out_json(out, cells[c]);
            first = false;
        }
    }
    out_text(out, kind == GRID_JSONL ? "}\n" : kind == GRID_MD ? "|\n" : "\r\n");
}

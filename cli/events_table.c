// SPDX-License-Identifier: Apache-2.0
/* Rows are kept until the end, because the last column counts the reports that tell the same event:
 * same category, same parties, days at most one apart. */
#include "cli/events_table.h"

#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#define COLUMNS 8
#define TABLE_BYTES ((size_t)1 << 30)

typedef struct {
    span cells[COLUMNS];
    span key;     /* category and parties */
    i32 day_code; /* yyyymmdd, 0 unknown */
    u32 reports;  /* that tell it */
    bool shown;
} row;

struct events_table {
    arena memory;
    LIST(row) rows;
    u32 reports;
};

drg_status events_table_open(events_table **out, drg_error *error) {
    *out = calloc(1, sizeof **out);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "table", 0, "out of memory");
    }
    arena_open(&(*out)->memory, TABLE_BYTES);
    return DRG_OK;
}

void events_table_close(events_table *t) {
    if (t != NULL) {
        arena_close(&t->memory);
        free(t);
    }
}

static span join(arena *memory, const drg_actor *actors, size_t count, bool codes) {
    char text[512];
    size_t used = 0;
    for (size_t i = 0; i < count && used + 80 < sizeof text; i++) {
        span part = codes ? actors[i].code : actors[i].name;
        int size = snprintf(text + used, sizeof text - used, "%s%.*s", i ? ", " : "", (int)(part.len < 60 ? part.len : 60), part.ptr);
        used += (size_t)size;
    }
    return arena_copy(memory, (span){text, used});
}

static i32 day_code(span date) {
    i32 value = 0;
    for (size_t i = 0; i < date.len && i < 10; i++) {
        if (ascii_is_digit((unsigned char)date.ptr[i])) {
            value = value * 10 + (date.ptr[i] - '0');
        }
    }
    return date.len >= 10 ? value : 0;
}

static span make_key(arena *memory, const drg_event *e) {
    span source = join(memory, e->source, e->source_count, true), target = join(memory, e->target, e->target_count, true);
    char text[1200];
    int size = snprintf(text, sizeof text, "%.*s|%.*s|%.*s", (int)e->plover.len, e->plover.ptr, (int)source.len, source.ptr,
                        (int)target.len, target.ptr);
    return arena_copy(memory, (span){text, (size_t)size});
}

static span describe(arena *memory, const drg_event *e) {
    char text[160];
    int size = snprintf(text, sizeof text, "%.*s %.*s: %.*s", (int)e->plover.len, e->plover.ptr, (int)e->cameo.len, e->cameo.ptr,
                        (int)(e->trigger.len < 60 ? e->trigger.len : 60), e->trigger.ptr);
    return arena_copy(memory, (span){text, (size_t)size});
}

drg_status events_table_add(events_table *t, const drg_records *records, drg_error *error) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    t->reports++;
    for (size_t i = 0; i < records->event_count; i++) {
        const drg_event *e = &records->events[i];
        row *r = list_push(&t->memory, &t->rows);
        if (r == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, "table", 0, "too many events for a table: use --to jsonl or -o");
        }
        span when = e->date.len > 0 ? e->date : records->date;
        r->key = make_key(&t->memory, e);
        r->day_code = day_code(when);
        r->reports = 1;
        r->cells[0] = arena_copy(&t->memory, when);
        r->cells[1] = join(&t->memory, e->source, e->source_count, false);
        r->cells[2] = describe(&t->memory, e);
        r->cells[3] = e->reciprocal ? SPAN("(together)") : join(&t->memory, e->target, e->target_count, false);
        r->cells[4] = arena_copy(&t->memory, e->place != NULL ? e->place->name : SPAN(""));
        r->cells[5] = span_of(statuses[e->status]);
        r->cells[6] = join(&t->memory, e->claimed_by, e->claimed_count, false);
        r->shown = true;
    }
    return DRG_OK;
}

static void count_reports(const events_table *t) {
    for (u32 i = 0; i < t->rows.count; i++) {
        row *a = &t->rows.items[i];
        for (u32 j = 0; j < i && a->shown; j++) {
            row *b = &t->rows.items[j];
            i32 apart = a->day_code > b->day_code ? a->day_code - b->day_code : b->day_code - a->day_code;
            if (b->shown && apart <= 1 && span_eq(a->key, b->key) && span_eq(a->cells[5], b->cells[5])) {
                b->reports++;
                a->shown = false;
            }
        }
    }
}

static int compare_rows(const void *a, const void *b) {
    const row *x = *(const row *const *)a, *y = *(const row *const *)b;
    int order = span_compare(x->cells[0], y->cells[0]);
    return order != 0 ? order : (x > y) - (x < y);
}

static u32 width_of(span s) {
    u32 width = 0;
    for (size_t at = 0; at < s.len;) {
        utf8proc_int32_t code;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + at, (utf8proc_ssize_t)(s.len - at), &code);
        at += size > 0 ? (size_t)size : 1;
        width += size > 0 ? (u32)utf8proc_charwidth(code) : 1;
    }
    return width;
}

/* Prints at most `room` columns of `s`, an ellipsis where it is cut, padded. */
static void print_cell(FILE *out, span s, u32 room, bool last) {
    u32 width = width_of(s), used = 0;
    size_t at = 0;
    while (at < s.len) {
        utf8proc_int32_t code;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + at, (utf8proc_ssize_t)(s.len - at), &code);
        u32 bytes = size > 0 ? (u32)size : 1, columns = size > 0 ? (u32)utf8proc_charwidth(code) : 1;
        if (used + columns + (width > room) > room) {
            fputs("…", out);
            used++;
            break;
        }
        if (code == '\n' || code == '\t') {
            fputc(' ', out);
        } else {
            fwrite(s.ptr + at, 1, bytes, out);
        }
        used += columns;
        at += bytes;
    }
    fprintf(out, "%*s", last ? 0 : (int)(room > used ? room - used : 0) + 2, "");
}

void events_table_print(const events_table *t, FILE *out) {
    static const char *const heads[COLUMNS] = {"when", "who", "did what", "to whom", "where", "status", "according to", "reports"};
    static const u32 least[COLUMNS] = {10, 16, 20, 16, 10, 7, 12, 7};
    u32 room[COLUMNS], total = 2 * (COLUMNS - 1);
    struct winsize window = {0};
    u32 terminal = isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &window) == 0 && window.ws_col > 100 ? window.ws_col : 140;
    const row **order = calloc(t->rows.count + 1, sizeof *order);
    if (order == NULL) {
        return;
    }
    count_reports(t);
    u32 count = 0;
    for (u32 c = 0; c < COLUMNS; c++) {
        room[c] = least[c];
        total += least[c];
    }
    for (u32 c = 1; c < 4 && terminal > total; c++) {
        room[c] += (terminal - total) / 3;
    }
    for (u32 i = 0; i < t->rows.count; i++) {
        if (t->rows.items[i].shown) {
            order[count++] = &t->rows.items[i];
        }
    }
    qsort(order, count, sizeof *order, compare_rows);
    for (u32 c = 0; c < COLUMNS; c++) {
        print_cell(out, span_of(heads[c]), room[c], c + 1 == COLUMNS);
    }
    fputc('\n', out);
    for (u32 i = 0; i < count; i++) {
        char reports[16];
        snprintf(reports, sizeof reports, "%u", order[i]->reports);
        for (u32 c = 0; c + 1 < COLUMNS; c++) {
            print_cell(out, order[i]->cells[c], room[c], false);
        }
        fprintf(out, "%s\n", reports);
    }
    fprintf(out, "%u events from %u reports\n", count, t->reports);
    free(order);
}

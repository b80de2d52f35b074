// SPDX-License-Identifier: Apache-2.0
/* One cell at a time out of Arrow's layouts.  `row` counts from the array's own offset. */
#include "base/calendar.h"
#include "batch/take.h"

static bool is_format(const struct ArrowSchema *s, const char *format) { return strcmp(s->format, format) == 0; }

static bool is_plain_text(const struct ArrowSchema *s) {
    static const char *const formats[] = {"u", "U", "vu", "z", "Z", "vz"};
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        if (is_format(s, formats[i])) {
            return true;
        }
    }
    return false;
}

bool cells_are_text(const struct ArrowSchema *s) { return is_plain_text(s->dictionary != NULL ? s->dictionary : s); }

static bool bit_at(const void *bits, i64 at) { return ((const u8 *)bits)[at / 8] >> (at % 8) & 1; }

bool cells_is_null(cells c, i64 row) {
    const struct ArrowArray *a = c.array;
    return is_format(c.schema, "n") || (a->n_buffers > 0 && a->buffers[0] != NULL && a->null_count != 0 && !bit_at(a->buffers[0], row + a->offset));
}

/* A view: its size, then up to 12 bytes, or 4 of them, the number of a buffer and a place in it. */
static span view_text(const struct ArrowArray *a, i64 at) {
    const char *view = (const char *)a->buffers[1] + at * 16;
    i32 size, which, place;
    memcpy(&size, view, 4);
    memcpy(&which, view + 8, 4);
    memcpy(&place, view + 12, 4);
    return size <= 12 ? (span){view + 4, (size_t)size} : (span){(const char *)a->buffers[2 + which] + place, (size_t)size};
}

static span plain_text(cells c, i64 row) {
    const struct ArrowArray *a = c.array;
    i64 at = row + a->offset;
    const char *format = c.schema->format;
    if (format[0] == 'v') {
        return view_text(a, at);
    }
    bool wide = format[0] == 'U' || format[0] == 'Z';
    i64 first = wide ? ((const i64 *)a->buffers[1])[at] : ((const i32 *)a->buffers[1])[at];
    i64 end = wide ? ((const i64 *)a->buffers[1])[at + 1] : ((const i32 *)a->buffers[1])[at + 1];
    return end > first ? (span){(const char *)a->buffers[2] + first, (size_t)(end - first)} : SPAN("");
}

span cells_text(cells c, i64 row) {
    if (cells_is_null(c, row)) {
        return (span){NULL, 0};
    }
    if (c.schema->dictionary == NULL) {
        return plain_text(c, row);
    }
    cells words = {c.schema->dictionary, c.array->dictionary};
    i64 word = cells_number(c, row);
    return cells_is_null(words, word) ? (span){NULL, 0} : plain_text(words, word);
}

i64 cells_number(cells c, i64 row) {
    i64 at = row + c.array->offset;
    if (cells_is_null(c, row)) {
        return 0;
    }
    const void *data = c.array->buffers[1];
    switch (c.schema->format[0]) {
        case 'b':
            return bit_at(data, at);
        case 'c':
            return ((const i8 *)data)[at];
        case 'C':
            return ((const u8 *)data)[at];
        case 's':
            return ((const i16 *)data)[at];
        case 'S':
            return ((const u16 *)data)[at];
        case 'i':
            return ((const i32 *)data)[at];
        case 'I':
            return ((const u32 *)data)[at];
        case 'l':
        case 'L':
            return ((const i64 *)data)[at];
        default:
            return 0;
    }
}

double cells_real(cells c, i64 row) {
    i64 at = row + c.array->offset;
    if (cells_is_null(c, row)) {
        return 0;
    }
    return is_format(c.schema, "g")   ? ((const double *)c.array->buffers[1])[at]
           : is_format(c.schema, "f") ? (double)((const float *)c.array->buffers[1])[at]
                                      : (double)cells_number(c, row);
}

bool cells_are_list(const struct ArrowSchema *s) { return is_format(s, "+l") || is_format(s, "+L"); }

void cells_list(cells c, i64 row, i64 *first, i64 *end) {
    i64 at = row + c.array->offset;
    *first = *end = 0;
    if (cells_is_null(c, row)) {
        return;
    }
    bool wide = is_format(c.schema, "+L");
    *first = wide ? ((const i64 *)c.array->buffers[1])[at] : ((const i32 *)c.array->buffers[1])[at];
    *end = wide ? ((const i64 *)c.array->buffers[1])[at + 1] : ((const i32 *)c.array->buffers[1])[at + 1];
}

cells cells_child(cells c, const char *name) {
    for (i64 i = 0; i < c.schema->n_children; i++) {
        if (c.schema->children[i]->name != NULL && strcmp(c.schema->children[i]->name, name) == 0) {
            return (cells){c.schema->children[i], c.array != NULL && i < c.array->n_children ? c.array->children[i] : NULL};
        }
    }
    return (cells){NULL, NULL};
}

/* Ticks of a time stamp in a day; 0: this is none. */
static i64 ticks_a_day(const char *format) {
    return strncmp(format, "tss", 3) == 0   ? 86400
           : strncmp(format, "tsm", 3) == 0 ? 86400000
           : strncmp(format, "tsu", 3) == 0 ? 86400000000
           : strncmp(format, "tsn", 3) == 0 ? 86400000000000
           : strcmp(format, "tdm") == 0     ? 86400000
           : strcmp(format, "tdD") == 0     ? 1
                                            : 0;
}

#define FIRST_DAY (-719162) /* 0001-01-01 */
#define LAST_DAY 2932896    /* 9999-12-31 */

static span print_day(cells c, i64 row, arena *memory) {
    i64 at = row + c.array->offset, ticks = ticks_a_day(c.schema->format);
    i64 value = ticks == 1 ? ((const i32 *)c.array->buffers[1])[at] : ((const i64 *)c.array->buffers[1])[at];
    i64 day = value / ticks - (value % ticks < 0);
    char text[16];
    return day >= FIRST_DAY && day <= LAST_DAY ? arena_copy(memory, calendar_print((i32)day, text)) : SPAN("");
}

span cells_print(cells c, i64 row, arena *memory) {
    if (c.schema == NULL || cells_is_null(c, row)) {
        return SPAN("");
    }
    if (cells_are_text(c.schema)) {
        return cells_text(c, row);
    }
    if (ticks_a_day(c.schema->format) > 0) {
        return print_day(c, row, memory);
    }
    char digits[24];
    bool number = strlen(c.schema->format) == 1 && strchr("cCsSiIlL", c.schema->format[0]) != NULL;
    int size = number ? snprintf(digits, sizeof digits, "%lld", (long long)cells_number(c, row)) : 0;
    return size > 0 ? arena_copy(memory, (span){digits, (size_t)size}) : SPAN("");
}

// SPDX-License-Identifier: Apache-2.0
#include "cli/watch_list.h"

#include <errno.h>
#include <stdarg.h>

#include "fetch/schedule.h"

#define LIST_CAP ((size_t)4 << 20)

static void complain(watch_list *out, arena *memory, u32 line, const char *format, ...) __attribute__((format(printf, 4, 5)));
static void complain(watch_list *out, arena *memory, u32 line, const char *format, ...) {
    char text[240];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    list_complaint *made = list_push(memory, &out->complaints);
    if (made != NULL) {
        *made = (list_complaint){line, arena_copy(memory, span_of(text))};
    }
}

/* Cuts off the first word. */
static span take_word(span *rest) {
    size_t len = 0;
    while (len < rest->len && !ascii_is_space((unsigned char)rest->ptr[len])) {
        len++;
    }
    span word = span_cut(*rest, 0, len);
    *rest = span_trim(span_cut(*rest, len, rest->len));
    return word;
}

static bool is_listed(const watch_list *list, const char *address) {
    for (u32 i = 0; i < list->feeds.count; i++) {
        if (strcmp(list->feeds.items[i].address.text, address) == 0) {
            return true;
        }
    }
    return false;
}

/* False when memory is out. */
static bool read_line(span line, u32 number, arena *memory, watch_list *out) {
    listed_feed feed = {0};
    char why[100];
    span rest = span_trim(line);
    if (rest.len == 0 || rest.ptr[0] == '#') {
        return true;
    }
    span word = take_word(&rest);
    if (!fetch_address_read(word, NULL, &feed.address, why)) {
        complain(out, memory, number, "\"%.*s\": %s; the line is passed over", (int)(word.len > 80 ? 80 : word.len), word.ptr, why);
        return true;
    }
    if (is_listed(out, feed.address.text)) {
        complain(out, memory, number, "named twice; the line is passed over");
        return true;
    }
    if (rest.len > 0 && ascii_is_digit((unsigned char)rest.ptr[0])) {
        word = take_word(&rest);
        if (!schedule_read_length(word, MINUTE, &feed.every) || feed.every == 0) {
            complain(out, memory, number, "\"%.*s\" is no interval: write 30, 90s or 2h, or an outlet's name in quotes; the line is passed over",
                     (int)(word.len > 40 ? 40 : word.len), word.ptr);
            return true;
        }
    }
    if (rest.len >= 2 && rest.ptr[0] == '"' && rest.ptr[rest.len - 1] == '"') {
        rest = span_cut(rest, 1, rest.len - 1);
    }
    feed.outlet = (char *)(uintptr_t)arena_copy(memory, rest).ptr;
    listed_feed *made = list_push(memory, &out->feeds);
    if (made == NULL || feed.outlet == NULL) {
        return false;
    }
    *made = feed;
    return true;
}

drg_status watch_list_read(const char *path, arena *memory, watch_list *out, drg_error *error) {
    *out = (watch_list){0};
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        return drg_fail(error, DRG_ERROR_INPUT, path, 0, "cannot be read: %s", strerror(errno));
    }
    char *bytes = arena_alloc(memory, LIST_CAP + 1, 1);
    size_t size = bytes != NULL ? fread(bytes, 1, LIST_CAP + 1, in) : 0;
    bool failed = ferror(in) != 0;
    int reason = errno;
    fclose(in);
    if (failed || size > LIST_CAP) {
        return drg_fail(error, DRG_ERROR_INPUT, path, 0, "%s", failed ? strerror(reason) : "too long for a list of feeds");
    }
    span rest = {bytes, size};
    if (span_starts(rest, SPAN("\xEF\xBB\xBF"))) {
        rest = span_cut(rest, 3, rest.len);
    }
    bool good = bytes != NULL;
    for (u32 line = 1; good && rest.len > 0; line++) {
        good = read_line(span_next_field(&rest, '\n'), line, memory, out);
    }
    return good ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, path, 0, "out of memory");
}

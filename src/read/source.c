// SPDX-License-Identifier: Apache-2.0
/* In: paths.  Out: reports and problems, in a fixed order.
 *
 * Three small machines stand behind each other: the walk gives paths, the stream gives bytes, and
 * what the first bytes look like decides how reports are cut from them: a line a record, or the
 * whole file one page or text.  Whatever cannot be read becomes a problem with the input's name and
 * the byte, and the next input is taken up. */
#include <errno.h>
#include <stdarg.h>

#include "read/charset.h"
#include "read/jsonl.h"
#include "read/source.h"
#include "read/stream.h"
#include "read/walk.h"

#define ITEM_CAP ((size_t)1 << 30)
#define SNIFF_SIZE 4096
#define HEADER_LINES 12

struct source {
    walk walk;
    stream stream;
    json_reader *json;
    source_kind asked, present;
    bool is_open; /* the stream has an input */
    const char *path;
    u64 line; /* of the present input, jsonl */
    u64 failures;
};

bool source_kind_find(const char *name, source_kind *kind) {
    static const char *const names[] = {"auto", "text", "html", "jsonl"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (strcmp(name, names[i]) == 0) {
            *kind = (source_kind)i;
            return true;
        }
    }
    return false;
}

drg_status source_open(source **out, const char *const *paths, size_t count, source_kind kind, drg_error *error) {
    source *s = calloc(1, sizeof *s);
    *out = s;
    if (s != NULL) {
        s->asked = kind;
        s->json = jsonl_new();
        if (s->json != NULL && walk_open(&s->walk, paths, count, kind != SOURCE_AUTO)) {
            return DRG_OK;
        }
    }
    source_close(s);
    *out = NULL;
    return drg_fail(error, DRG_ERROR_MEMORY, "source", 0, "out of memory");
}

void source_close(source *s) {
    if (s != NULL) {
        stream_close(&s->stream);
        walk_close(&s->walk);
        jsonl_free(s->json);
        free(s);
    }
}

u64 source_failures(const source *s) { return s->failures; }

void source_item_open(source_item *item) {
    *item = (source_item){0};
    arena_open(&item->memory, ITEM_CAP);
}

void source_item_close(source_item *item) { arena_close(&item->memory); }

/* Turns the item into a problem.  Never fails: without memory the texts are empty. */
static source_what tell(source_item *item, const char *code, u64 offset, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
static source_what tell(source_item *item, const char *code, u64 offset, const char *format, ...) {
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    item->report = (drg_report){0};
    item->problem = (drg_problem){.doc = item->input,
                                  .stage = SPAN("read"),
                                  .code = span_of(code),
                                  .message = arena_copy(&item->memory, span_of(text)),
                                  .offset = offset};
    return SOURCE_PROBLEM;
}

/* ------------------------------------------------------------------ what kind of bytes are these */

static bool starts_caseless(span s, const char *lower) {
    size_t len = strlen(lower);
    for (size_t i = 0; i < len; i++) {
        if (i >= s.len || ascii_to_lower(s.ptr[i]) != lower[i]) {
            return false;
        }
    }
    return true;
}

/* Tag soup without a proper head: one tag in 200 bytes, and at least five. */
static bool has_many_tags(span s) {
    size_t tags = 0;
    for (size_t i = 0; i + 1 < s.len; i++) {
        tags += s.ptr[i] == '<' && (ascii_is_alpha((unsigned char)s.ptr[i + 1]) || s.ptr[i + 1] == '/');
    }
    return tags >= 5 && tags * 200 >= s.len;
}

static bool is_utf16(span bytes) { return span_starts(bytes, SPAN("\xFF\xFE")) || span_starts(bytes, SPAN("\xFE\xFF")); }

/* The ASCII of UTF-16, enough to see tags by. */
static span drop_zeros(span window, char *buffer, size_t room) {
    size_t len = 0;
    for (size_t i = 2; i < window.len && len < room; i++) {
        if (window.ptr[i] != '\0') {
            buffer[len++] = window.ptr[i];
        }
    }
    return (span){buffer, len};
}

static source_kind sniff(span window) {
    static const char *const openings[] = {"<!doctype", "<html", "<head",    "<body",
                                           "<?xml",     "<!--",  "<article", "<meta"};
    if (window.len > SNIFF_SIZE) {
        window.len = SNIFF_SIZE;
    }
    char ascii[SNIFF_SIZE];
    bool wide = is_utf16(window);
    window = span_trim(wide ? drop_zeros(window, ascii, sizeof ascii) : window);
    if (!wide && window.len > 0 && window.ptr[0] == '{') {
        return SOURCE_JSONL;
    }
    for (size_t i = 0; i < COUNT_OF(openings); i++) {
        if (starts_caseless(window, openings[i])) {
            return SOURCE_HTML;
        }
    }
    return has_many_tags(window) ? SOURCE_HTML : SOURCE_TEXT;
}

/* ------------------------------------------------------------------ a whole file, one report */

/* Takes "Title: ..." and its like off the head of a plain text, when a blank line follows them. */
static void take_header(drg_report *out) {
    struct {
        const char *name;
        span *to;
    } fields[] = {{"title:", &out->title}, {"date:", &out->date}, {"outlet:", &out->outlet},
                  {"url:", &out->url},     {"id:", &out->id},     {"lang:", &out->lang}};
    drg_report found = *out;
    span rest = out->text;
    for (u32 lines = 0; lines < HEADER_LINES; lines++) {
        span line = span_trim(span_next_field(&rest, '\n'));
        if (line.len == 0) {
            if (lines > 0) {
                *out = found;
                out->text = rest;
            }
            return;
        }
        bool known = false;
        for (size_t i = 0; i < COUNT_OF(fields) && !known; i++) {
            if (starts_caseless(line, fields[i].name)) {
                span *to = (span *)((char *)&found + ((char *)fields[i].to - (char *)out));
                *to = span_trim(span_cut(line, strlen(fields[i].name), line.len));
                known = true;
            }
        }
        if (!known) {
            return;
        }
    }
}

static source_what read_whole(source *s, source_item *item) {
    bool too_large = stream_fill(&s->stream, STREAM_CAP);
    span bytes = stream_window(&s->stream);
    s->is_open = false;
    if (too_large) {
        s->failures++;
        return tell(item, "too-large", STREAM_CAP, "more than %zu MiB in one file: split it, or write JSON lines",
                    STREAM_CAP >> 20);
    }
    if (s->stream.failure[0] != '\0') {
        s->failures++;
        return tell(item, "unreadable", s->stream.offset + bytes.len, "reading stopped: %s", s->stream.failure);
    }
    if (span_starts(bytes, SPAN("\xEF\xBB\xBF"))) {
        bytes = span_cut(bytes, 3, bytes.len);
    }
    span copy = arena_copy(&item->memory, bytes);
    if (copy.ptr == NULL) {
        return tell(item, "too-large", 0, "out of memory for this file");
    }
    if (s->present == SOURCE_TEXT && is_utf16(copy)) {
        copy = charset_page(&item->memory, copy);
        if (copy.ptr == NULL) {
            return tell(item, "too-large", 0, "out of memory for this file");
        }
    }
    if (s->present == SOURCE_HTML) {
        item->report.html = copy;
    } else {
        item->report.text = copy;
        take_header(&item->report);
    }
    return SOURCE_REPORT;
}

/* ------------------------------------------------------------------ a line, one report */

/* One record written over many lines, or a broken first line?  Tries the whole input. */
static bool read_spread(source *s, source_item *item, span line) {
    size_t before = (size_t)(line.ptr - s->stream.bytes);
    stream first = s->stream;
    s->stream.start = before;
    s->stream.offset -= first.start - before;
    bool too_large = stream_fill(&s->stream, STREAM_CAP);
    char why[160];
    size_t at;
    if (!too_large &&
        jsonl_read(s->json, stream_window(&s->stream), &item->memory, &item->report, why, &at) == JSONL_RECORD) {
        stream_skip(&s->stream, stream_window(&s->stream).len);
        return true;
    }
    stream_skip(&s->stream, first.start - before);
    return false;
}

/* SOURCE_END here: this input has no more lines. */
static source_what read_line(source *s, source_item *item) {
    for (;;) {
        span line;
        u64 offset = s->stream.offset;
        stream_answer answer = stream_next_line(&s->stream, &line);
        item->line = ++s->line;
        if (answer == STREAM_LINE_TOO_LONG) {
            return tell(item, "too-large", offset, "line %llu: longer than %zu MiB, passed over",
                        (unsigned long long)s->line, STREAM_CAP >> 20);
        }
        if (answer == STREAM_END) {
            return SOURCE_END;
        }
        if (span_trim(line).len == 0) {
            continue;
        }
        char why[160];
        size_t at;
        switch (jsonl_read(s->json, line, &item->memory, &item->report, why, &at)) {
            case JSONL_RECORD:
                return SOURCE_REPORT;
            case JSONL_NO_MEMORY:
                return tell(item, "too-large", offset, "line %llu: out of memory for this record",
                            (unsigned long long)s->line);
            case JSONL_CUT:
                if (s->line == 1 && read_spread(s, item, line)) {
                    return SOURCE_REPORT;
                }
                break;
            case JSONL_BAD:
                break;
        }
        return tell(item, "json", offset + at, "line %llu: %s; mend or drop the line", (unsigned long long)s->line,
                    why);
    }
}

/* ------------------------------------------------------------------ from input to input */

/* Opens the next input.  SOURCE_REPORT: it is open; SOURCE_PROBLEM: it is told; SOURCE_END: no more. */
static source_what open_next(source *s, source_item *item) {
    walk_answer answer = walk_next(&s->walk, &s->path);
    if (answer == WALK_END) {
        return SOURCE_END;
    }
    int reason = errno;
    item->input = arena_copy(&item->memory, span_of(s->path));
    if (answer != WALK_FILE) {
        s->failures++;
        return tell(item, "unreadable", 0, "%s: check the path and its permissions",
                    answer == WALK_NO_MEMORY ? "out of memory" : strerror(reason));
    }
    stream_close(&s->stream);
    if (!stream_open(&s->stream, s->path)) {
        s->failures++;
        return tell(item, "unreadable", 0, "%s: check the path and its permissions", s->stream.failure);
    }
    s->is_open = true;
    s->line = 0;
    stream_fill(&s->stream, SNIFF_SIZE);
    if (span_starts(stream_window(&s->stream), SPAN("\xEF\xBB\xBF")) && s->asked != SOURCE_HTML) {
        stream_skip(&s->stream, 3);
    }
    s->present = s->asked == SOURCE_AUTO ? sniff(stream_window(&s->stream)) : s->asked;
    return SOURCE_REPORT;
}

source_what source_next(source *s, source_item *item) {
    for (;;) {
        arena_reset(&item->memory);
        *item = (source_item){.memory = item->memory};
        if (!s->is_open) {
            item->what = open_next(s, item);
            if (item->what != SOURCE_REPORT) {
                return item->what;
            }
        }
        item->input = arena_copy(&item->memory, span_of(s->path));
        item->what = s->present == SOURCE_JSONL ? read_line(s, item) : read_whole(s, item);
        if (item->what != SOURCE_END) {
            return item->what;
        }
        s->is_open = false;
        if (s->stream.failure[0] != '\0') {
            s->failures++;
            return item->what = tell(item, "unreadable", s->stream.offset, "reading stopped: %s", s->stream.failure);
        }
    }
}

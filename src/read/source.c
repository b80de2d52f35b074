// SPDX-License-Identifier: Apache-2.0
/* In: paths.  Out: reports and problems, in a fixed order.
 *
 * Three small machines stand behind each other: the walk gives paths, the stream gives plain bytes,
 * and a format, told by the first of them, cuts reports out.  Whatever cannot be read becomes a
 * problem with the input's name and the byte, and the next input is taken up. */
#include <errno.h>
#include <stdarg.h>

#include "read/format.h"

#define ITEM_CAP ((size_t)512 << 20)
#define SNIFF_SIZE 4096

static const source_format *const formats[SOURCE_KIND_COUNT] = {
    [SOURCE_WARC] = &format_warc, [SOURCE_JSON] = &format_json, [SOURCE_JSONL] = &format_jsonl,
    [SOURCE_NEWSML] = &format_newsml, [SOURCE_FEED] = &format_feed, [SOURCE_HTML] = &format_html, [SOURCE_MBOX] = &format_mbox,
    [SOURCE_CSV] = &format_csv, [SOURCE_TEXT] = &format_text,
};

/* ------------------------------------------------------------------ names */

static bool is_among(span word, const char *words) {
    for (span rest = span_of(words); rest.len > 0;) {
        if (span_eq(word, span_next_field(&rest, ' '))) {
            return true;
        }
    }
    return false;
}

bool source_kind_find(const char *name, source_kind *kind) {
    *kind = SOURCE_AUTO;
    for (u32 i = 1; i < SOURCE_KIND_COUNT; i++) {
        *kind = is_among(span_of(name), formats[i]->names) ? (source_kind)i : *kind;
    }
    return *kind != SOURCE_AUTO || strcmp(name, "auto") == 0;
}

bool format_name_ends(span name, const char *endings) {
    for (span rest = span_of(endings); rest.len > 0;) {
        if (span_ends(name, span_next_field(&rest, ' '))) {
            return true;
        }
    }
    return false;
}

bool format_takes_name(span name) {
    name.len -= span_ends(name, SPAN(".gz")) ? 3 : span_ends(name, SPAN(".zst")) ? 4 : 0;
    for (u32 i = 1; i < SOURCE_KIND_COUNT; i++) {
        if (format_name_ends(name, formats[i]->endings)) {
            return true;
        }
    }
    return memchr(name.ptr, '.', name.len) == NULL;
}

/* ------------------------------------------------------------------ open and close */

static source *new_source(source_kind kind) {
    source *s = calloc(1, sizeof *s);
    if (s != NULL) {
        s->asked = kind;
        s->json = jsonl_new();
        field_map_open(&s->fields);
    }
    return s;
}

static drg_status check_open(source **out, source *s, bool opened, drg_error *error) {
    *out = s;
    if (s != NULL && s->json != NULL && opened) {
        return DRG_OK;
    }
    source_close(s);
    *out = NULL;
    return drg_fail(error, DRG_ERROR_MEMORY, "source", 0, "out of memory");
}

drg_status source_open(source **out, const char *const *paths, size_t count, source_kind kind, drg_error *error) {
    source *s = new_source(kind);
    return check_open(out, s, s != NULL && walk_open(&s->walk, paths, count, kind != SOURCE_AUTO ? NULL : format_takes_name), error);
}

drg_status source_open_bytes(source **out, span bytes, const char *name, source_kind kind, drg_error *error) {
    source *s = new_source(kind);
    if (s != NULL) {
        s->has_bytes = true;
        s->given = bytes;
        s->path = name;
    }
    return check_open(out, s, true, error);
}

drg_status source_map(source *s, const char *spec, drg_error *error) {
    span wrong = {"", 0};
    if (field_map_add(&s->fields, span_of(spec), &wrong)) {
        return DRG_OK;
    }
    return drg_fail(error, DRG_ERROR_USE, "--map", 0,
                    "cannot take \"%.*s\": write FIELD=NAME, FIELD one of id, url, outlet, title, date, byline, lang, "
                    "fetched, text, html",
                    (int)(wrong.len > 60 ? 60 : wrong.len), wrong.ptr);
}

static void close_input(source *s) {
    if (s->format != NULL && s->format->close != NULL) {
        s->format->close(s);
    }
    s->own = NULL;
    s->path = s->has_bytes ? NULL : s->path;
    s->format = NULL;
    s->is_open = false;
    stream_close(&s->stream);
}

void source_close(source *s) {
    if (s != NULL) {
        close_input(s);
        walk_close(&s->walk);
        jsonl_free(s->json);
        free(s);
    }
}

u64 source_failures(const source *s) { return s->failures; }
u64 source_passed(const source *s) { return s->passed; }

void source_item_open(source_item *item) {
    *item = (source_item){0};
    arena_open(&item->memory, ITEM_CAP);
}

void source_item_close(source_item *item) { arena_close(&item->memory); }

/* ------------------------------------------------------------------ problems */

source_what format_tell(source_item *item, const char *code, u64 offset, const char *format, ...) {
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

bool format_has_failed(const source *s) { return s->stream.failure[0] != '\0'; }

/* Reading broke off.  Takes it up behind the damage where the format can; else the input is lost. */
static source_what tell_failure(source *s, source_item *item) {
    u64 offset = s->stream.offset;
    bool lost = strcmp(s->stream.code, "unreadable") == 0;
    char why[sizeof s->stream.failure];
    memcpy(why, s->stream.failure, sizeof why);
    const char *code = s->stream.code;
    if (!lost && s->format->goes_on && stream_recover(&s->stream)) {
        return format_tell(item, code, offset, "%s: reading went on behind it", why);
    }
    s->failures++;
    close_input(s);
    return format_tell(item, strcmp(code, "damaged") == 0 ? "unreadable" : code, offset, "reading stopped: %s", why);
}

/* ------------------------------------------------------------------ from input to input */

static const source_format *sniff(source *s) {
    stream_fill(&s->stream, SNIFF_SIZE);
    span head = stream_window(&s->stream);
    head.len = head.len < SNIFF_SIZE ? head.len : SNIFF_SIZE;
    while (head.len > 0 && ascii_is_space((unsigned char)head.ptr[0])) {
        head = span_cut(head, 1, head.len);
    }
    for (u32 i = 1; i < SOURCE_KIND_COUNT; i++) {
        if (formats[i]->fits != NULL && formats[i]->fits(s, head)) {
            return formats[i];
        }
    }
    return formats[SOURCE_TEXT];
}

/* Opens the next input.  SOURCE_REPORT: it is open; SOURCE_PROBLEM: it is told; SOURCE_END: no more. */
static source_what open_next(source *s, source_item *item) {
    int reason = 0;
    if (s->has_bytes) {
        if (s->path == NULL) {
            return SOURCE_END;
        }
        item->input = arena_copy(&item->memory, span_of(s->path));
        stream_open_bytes(&s->stream, s->given);
    } else {
        walk_answer answer = walk_next(&s->walk, &s->path);
        reason = errno;
        if (answer == WALK_END) {
            return SOURCE_END;
        }
        item->input = arena_copy(&item->memory, span_of(s->path));
        if (answer != WALK_FILE) {
            s->failures++;
            return format_tell(item, "unreadable", 0, "%s: check the path and its permissions",
                               answer == WALK_NO_MEMORY ? "out of memory" : strerror(reason));
        }
        stream_open(&s->stream, s->path);
    }
    if (s->stream.failure[0] != '\0' && stream_window(&s->stream).len == 0 && s->stream.pack.kind == PACK_NONE) {
        s->failures++;
        source_what what =
            format_tell(item, "unreadable", 0, "%s: check the path and its permissions", s->stream.failure);
        close_input(s);
        return what;
    }
    s->is_open = true;
    s->line = 0;
    s->format = s->asked == SOURCE_AUTO ? sniff(s) : formats[s->asked];
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
        item->what = s->format->next(s, item);
        if (item->what != SOURCE_END) {
            return item->what;
        }
        if (format_has_failed(s)) {
            return item->what = tell_failure(s, item);
        }
        close_input(s);
    }
}

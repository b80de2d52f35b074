// SPDX-License-Identifier: Apache-2.0
/* In:  {"id": "a1", "text": "Envoys met."}        Out: a report a record
 *      {"id": "a2", "text": "They left."}
 *
 *   jsonl   a line a record; a broken line is told, the next one is whole again
 *   json    [ {...}, {...} ], or {...} {...} written over many lines: a value a record
 *
 * Values are cut out by counting brackets outside strings, so that an array of any length is read an
 * element at a time, and nesting costs a counter, not a stack. */
#include "read/format.h"

#define PIECE ((size_t)64 << 10)

static source_what tell_json(source_item *item, u64 offset, const json_complaint *complaint, u64 line) {
    const char *unit = item->line > 0 ? "line" : "record";
    return format_tell(item, "json", offset + complaint->at, "%s %llu: %s; mend or drop the %s", unit, (unsigned long long)line,
                       complaint->why, unit);
}

static source_what tell_memory(source_item *item, u64 offset, u64 line) {
    return format_tell(item, "too-large", offset, "record %llu: out of memory for this record", (unsigned long long)line);
}

/* ------------------------------------------------------------------ values */

/* Where the scan of a value stands. */
typedef struct {
    size_t at; /* byte of the window */
    u64 depth;
    bool in_string;
} value_scan;

/* Goes on to the end of the value in `text`; false: it does not end here. */
static bool scan_value(value_scan *v, span text) {
    for (; v->at < text.len; v->at++) {
        char c = text.ptr[v->at];
        if (v->in_string && c == '\\') {
            if (v->at + 1 >= text.len) { /* what is escaped has not come yet */
                return false;
            }
            v->at++;
        } else if (v->in_string) {
            v->in_string = c != '"';
        } else if (c == '"') {
            v->in_string = true;
        } else if (c == '{' || c == '[') {
            v->depth++;
        } else if (c == '}' || c == ']') {
            v->depth -= v->depth > 0;
            if (v->depth == 0) {
                v->at++;
                return true;
            }
        } else if (c == ',' && v->depth == 0) { /* a bare word or number between the elements of a list */
            return true;
        }
    }
    return false;
}

/* What stands between values: blanks, commas, the list's own brackets. */
static bool skip_between(source *s) {
    while (stream_fill(&s->stream, 1)) {
        span window = stream_window(&s->stream);
        size_t at = 0;
        while (at < window.len && (ascii_is_space((unsigned char)window.ptr[at]) || window.ptr[at] == ',' || window.ptr[at] == ']')) {
            at++;
        }
        stream_skip(&s->stream, at);
        if (at < window.len) {
            return true;
        }
    }
    return false;
}

typedef enum { VALUE_WHOLE, VALUE_CUT, VALUE_TOO_LARGE } value_answer;

/* The next value's bytes wait in the window, `*size` of them. */
static value_answer find_value(source *s, size_t *size) {
    value_scan v = {0};
    for (size_t want = PIECE;; want *= 2) {
        bool more = stream_fill(&s->stream, want);
        bool whole = scan_value(&v, stream_window(&s->stream));
        *size = v.at;
        if (whole) {
            return VALUE_WHOLE;
        }
        if (!more || v.at > STREAM_CAP) {
            return more ? VALUE_TOO_LARGE : VALUE_CUT;
        }
    }
}

static source_what take_value(source *s, source_item *item, size_t size) {
    u64 offset = s->stream.offset;
    json_complaint complaint;
    span value = span_cut(stream_window(&s->stream), 0, size);
    jsonl_answer answer = jsonl_read(s->json, &s->fields, value, &item->memory, &item->report, &complaint);
    stream_skip(&s->stream, size);
    return answer == JSONL_RECORD      ? SOURCE_REPORT
           : answer == JSONL_NO_MEMORY ? tell_memory(item, offset, s->line)
                                       : tell_json(item, offset, &complaint, s->line);
}

static source_what next_value(source *s, source_item *item) {
    if (s->line == 0 && skip_between(s) && stream_window(&s->stream).ptr[0] == '[') {
        stream_skip(&s->stream, 1);
    }
    if (!skip_between(s)) {
        return SOURCE_END;
    }
    s->line++;
    u64 offset = s->stream.offset;
    size_t size;
    value_answer answer = find_value(s, &size);
    if (answer == VALUE_WHOLE) {
        return take_value(s, item, size);
    }
    do { /* no telling where the next one begins */
        stream_skip(&s->stream, stream_window(&s->stream).len);
    } while (answer == VALUE_CUT && stream_fill(&s->stream, 1));
    if (format_has_failed(s)) {
        return SOURCE_END;
    }
    s->stream.at_end = true;
    s->failures += answer == VALUE_TOO_LARGE;
    return answer == VALUE_CUT ? format_tell(item, "json", offset, "record %llu: the input ends inside it: mend the brackets and quotes",
                                             (unsigned long long)s->line)
                               : format_tell(item, "too-large", offset, "record %llu: longer than %zu MiB; what is behind it was not read",
                                             (unsigned long long)s->line, STREAM_CAP >> 20);
}

static bool is_array(const source *s, span head) {
    (void)s;
    span inside = head.len > 0 ? span_trim(span_cut(head, 1, head.len)) : head;
    return head.len > 0 && head.ptr[0] == '[' && inside.len > 0 && inside.ptr[0] == '{';
}

/* ------------------------------------------------------------------ lines */

/* The first line ends inside its record: is it the beginning of one written over many lines? */
static bool read_spread(source *s, source_item *item, span line) {
    size_t skipped = s->stream.start - (size_t)(line.ptr - s->stream.bytes), size;
    json_complaint complaint;
    s->stream.start -= skipped;
    s->stream.offset -= skipped;
    if (find_value(s, &size) == VALUE_WHOLE &&
        jsonl_read(s->json, &s->fields, span_cut(stream_window(&s->stream), 0, size), &item->memory, &item->report,
                   &complaint) == JSONL_RECORD) {
        stream_skip(&s->stream, size);
        s->format = &format_json;
        item->line = 0;
        return true;
    }
    stream_skip(&s->stream, skipped);
    return false;
}

static source_what next_line(source *s, source_item *item) {
    for (;;) {
        span line;
        u64 offset = s->stream.offset;
        stream_answer found = stream_next_line(&s->stream, &line);
        item->line = ++s->line;
        if (found == STREAM_LINE_TOO_LONG) {
            return format_tell(item, "too-large", offset, "line %llu: longer than %zu MiB, passed over", (unsigned long long)s->line,
                               STREAM_CAP >> 20);
        }
        if (found == STREAM_END) {
            return SOURCE_END;
        }
        if (span_trim(line).len == 0) {
            continue;
        }
        json_complaint complaint;
        jsonl_answer answer = jsonl_read(s->json, &s->fields, line, &item->memory, &item->report, &complaint);
        if (answer == JSONL_NO_MEMORY) {
            return tell_memory(item, offset, s->line);
        }
        if (answer == JSONL_RECORD || (answer == JSONL_CUT && s->line == 1 && read_spread(s, item, line))) {
            return SOURCE_REPORT;
        }
        return tell_json(item, offset, &complaint, s->line);
    }
}

static bool is_record(const source *s, span head) {
    (void)s;
    return head.len > 0 && head.ptr[0] == '{';
}

const source_format format_jsonl = {
    .names = "jsonl", .endings = ".jsonl .ndjson", .fits = is_record, .next = next_line, .goes_on = true};
const source_format format_json = {.names = "json", .endings = ".json", .fits = is_array, .next = next_value};

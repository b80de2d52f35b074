// SPDX-License-Identifier: Apache-2.0
/* In: a file that is one report, or several with a clear line between.   Out: them.
 *
 *   html   the whole file, a page
 *   mbox   letters, each behind a line "From desk@wire.example Thu May  2 08:30:00 2024"
 *   text   anything else: one report, or several, each behind a rule and with a header of its own:
 *              ==========
 *              Title: Talks resume in Vienna
 *              Date: 2024-05-02
 *
 *              Envoys met ...
 *
 * A rule alone parts nothing, for texts are full of them. */
#include "read/charset.h"
#include "read/fold.h"
#include "read/format.h"

#define PIECE ((size_t)64 << 10) /* bytes asked for at a time */
#define AHEAD ((size_t)8 << 10)  /* enough for a separator and the header behind it */
#define RULE_BYTES 5u

static source_what tell_too_large(source_item *item, u64 offset, const char *what) {
    return format_tell(item, "too-large", offset, "more than %zu MiB in one %s: split it, or write JSON lines", STREAM_CAP >> 20,
                       what);
}

/* ------------------------------------------------------------------ html */

/* Tag soup without a proper head: one tag in 200 bytes, and at least five. */
static bool has_many_tags(span s) {
    size_t tags = 0;
    for (size_t i = 0; i + 1 < s.len; i++) {
        tags += s.ptr[i] == '<' && (ascii_is_alpha((unsigned char)s.ptr[i + 1]) || s.ptr[i + 1] == '/');
    }
    return tags >= 5 && tags * 200 >= s.len;
}

static bool is_page(const source *s, span head) {
    static const char *const openings[] = {"<!doctype", "<html", "<head", "<body", "<?xml", "<!--", "<article", "<meta"};
    (void)s;
    for (size_t i = 0; i < COUNT_OF(openings); i++) {
        if (starts_caseless(head, span_of(openings[i]))) {
            return true;
        }
    }
    return has_many_tags(head);
}

static source_what next_page(source *s, source_item *item) {
    if (s->line++ > 0) {
        return SOURCE_END;
    }
    if (stream_fill(&s->stream, STREAM_CAP)) {
        s->failures++;
        stream_skip(&s->stream, stream_window(&s->stream).len);
        return tell_too_large(item, STREAM_CAP, "page");
    }
    span bytes = stream_window(&s->stream);
    if (format_has_failed(s)) {
        stream_skip(&s->stream, bytes.len);
        return SOURCE_END;
    }
    item->report.html = arena_copy(&item->memory, bytes);
    return item->report.html.ptr != NULL ? SOURCE_REPORT : format_tell(item, "too-large", 0, "out of memory for this page");
}

const source_format format_html = {.names = "html", .endings = ".html .htm .xhtml", .fits = is_page, .next = next_page};

/* ------------------------------------------------------------------ parts of a file */

/* Where a part ends and the next one begins. */
typedef struct {
    size_t end, next;
} part_break;

static span line_at(span text, size_t at) {
    const char *end = memchr(text.ptr + at, '\n', text.len - at);
    return span_cut(text, at, end != NULL ? (size_t)(end - text.ptr) : text.len);
}

static bool is_rule(span line) {
    line = span_trim(line);
    for (size_t i = 1; i < line.len; i++) {
        if (line.ptr[i] != line.ptr[0]) {
            return false;
        }
    }
    return line.len >= RULE_BYTES && strchr("=-*_#~", line.ptr[0]) != NULL;
}

/* Length of the rule at `at`, the blank lines behind it too, when a header follows; else 0. */
static size_t rule_size(span text, size_t at) {
    span line = line_at(text, at);
    if (!is_rule(line)) {
        return 0;
    }
    size_t next = at + line.len;
    while (next < text.len && ascii_is_space((unsigned char)text.ptr[next])) {
        next++;
    }
    return mail_has_header(span_cut(text, next, text.len)) ? next - at : 0;
}

/* "From desk@wire.example Thu May  2 08:30:00 2024": a word, then a time. */
static bool is_from_line(span line) {
    size_t colons = 0;
    for (size_t i = 0; i < line.len; i++) {
        colons += line.ptr[i] == ':';
    }
    return span_starts(line, SPAN("From ")) && colons >= 2 && line.len < 200;
}

static size_t from_size(span text, size_t at) {
    span line = line_at(text, at);
    bool behind_blank = at == 0 || (at >= 2 && (text.ptr[at - 2] == '\n' || text.ptr[at - 2] == '\r'));
    return behind_blank && is_from_line(line) ? line.len + (at + line.len < text.len) : 0;
}

typedef size_t (*break_size)(span text, size_t at);

/* The first break between `from` and `end`; `*from` moves to the line looked at last. */
static bool find_break(span text, size_t *from, size_t end, break_size size_of, part_break *found) {
    for (size_t at = *from; at < end;) {
        size_t size = size_of(text, at);
        if (size > 0) {
            *found = (part_break){at, at + size};
            return true;
        }
        *from = at;
        const char *line_end = memchr(text.ptr + at, '\n', end - at);
        if (line_end == NULL) {
            return false;
        }
        at = (size_t)(line_end - text.ptr) + 1;
    }
    return false;
}

/* The next part's bytes wait in the window, [0, found.end); SOURCE_END: no more; SOURCE_PROBLEM: too large. */
static source_what find_part(source *s, break_size size_of, part_break *found) {
    stream *in = &s->stream;
    bool dropped = false;
    for (size_t from = 0, want = PIECE;; want *= 2) {
        bool more = stream_fill(in, want);
        span window = stream_window(in);
        *found = (part_break){window.len, window.len};
        size_t end = more ? window.len - AHEAD : window.len;
        bool broken = find_break(window, &from, end, size_of, found);
        if (!broken && !more && format_has_failed(s)) {
            stream_skip(in, window.len);
            return SOURCE_END;
        }
        if (broken || !more) {
            stream_skip(in, dropped ? found->next : 0);
            return dropped ? SOURCE_PROBLEM : window.len > 0 || s->line == 0 ? SOURCE_REPORT : SOURCE_END;
        }
        if (window.len > STREAM_CAP) {
            if (!s->format->goes_on) {
                stream_skip(in, window.len);
                return SOURCE_PROBLEM;
            }
            dropped = true;
        }
        if (dropped) {
            stream_skip(in, window.len - AHEAD); /* at worst a break right there is missed */
            from = 0;
            want = PIECE;
        }
    }
}

static source_what next_part(source *s, source_item *item, break_size size_of) {
    for (;;) {
        part_break found;
        u64 offset = s->stream.offset;
        source_what what = find_part(s, size_of, &found);
        if (what == SOURCE_PROBLEM) {
            if (!s->format->goes_on) {
                s->failures++;
                s->stream.at_end = true;
            }
            s->line++;
            return tell_too_large(item, offset, s->format->goes_on ? "letter" : "file");
        }
        if (what == SOURCE_END) {
            return SOURCE_END;
        }
        span bytes = span_cut(stream_window(&s->stream), 0, found.end);
        bool empty = span_trim(bytes).len == 0;
        if (empty && found.next > found.end) { /* nothing above the first separator */
            stream_skip(&s->stream, found.next);
            continue;
        }
        if (empty && s->line > 0) {
            return SOURCE_END;
        }
        s->line++;
        what = mail_take(s, item, bytes, offset);
        stream_skip(&s->stream, found.next);
        return what;
    }
}

static source_what next_text(source *s, source_item *item) { return next_part(s, item, rule_size); }

/* The first letter's own "From " line is the break in front of it. */
static source_what next_letter(source *s, source_item *item) { return next_part(s, item, from_size); }

static bool is_mbox(const source *s, span head) {
    (void)s;
    return is_from_line(line_at(head, 0)) && mail_has_header(span_cut(head, from_size(head, 0), head.len));
}

const source_format format_text = {.names = "text mail", .endings = ".txt .text .eml .mail", .next = next_text};
const source_format format_mbox = {
    .names = "mbox", .endings = ".mbox .mbx", .fits = is_mbox, .next = next_letter, .goes_on = true};

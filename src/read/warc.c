// SPDX-License-Identifier: Apache-2.0
/* In: a web archive (WARC 1.0, 1.1; ISO 28500).   Out: a report a page.
 *
 *   WARC/1.0                                             url    https://example.org/talks
 *   WARC-Type: response                                  date   the page's own; else 2024-05-02
 *   WARC-Target-URI: https://example.org/talks           html   the body, unpacked, as UTF-8
 *   WARC-Date: 2024-05-02T08:30:00Z
 *   Content-Length: 1234
 *
 *   HTTP/1.1 200 OK
 *   Content-Type: text/html; charset=windows-1252
 *   Content-Encoding: gzip
 *
 *   ...
 *
 * Records that are no pages (requests, redirects, images, answers other than 2xx) are counted and
 * passed over.  A length is believed only when the next record begins behind it: where it does not,
 * the next line "WARC/1." behind an empty one is the beginning, and the record is told.  So a lying
 * length, or a damaged member of a packed archive, costs one record. */
#include "read/charset.h"
#include "read/fold.h"
#include "read/format.h"
#include "read/mime.h"

#define HEAD_CAP ((size_t)256 << 10) /* of a record's or an answer's header lines */
#define PIECE ((size_t)64 << 10)
#define MARK "WARC/1."

typedef struct {
    span type, url, date, content_type, length_text;
    u64 length;
    bool has_length;
} record_head;

typedef struct {
    u32 status;
    span type, coding, transfer;
} http_head;

/* ------------------------------------------------------------------ headers */

/* "Name: value" lines up to an empty one, taken off the front of `*rest`; false: no empty line. */
typedef void (*header_taker)(void *user, span name, span value);
static bool take_lines(span *rest, header_taker take, void *user) {
    while (rest->len > 0) {
        const char *end = memchr(rest->ptr, '\n', rest->len);
        if (end == NULL) {
            return false;
        }
        span line = span_trim(span_next_field(rest, '\n'));
        if (line.len == 0) {
            return true;
        }
        span name = span_next_field(&line, ':');
        take(user, span_trim(name), span_trim(line));
    }
    return false;
}

static void take_record_line(void *user, span name, span value) {
    record_head *head = user;
    const struct {
        const char *name;
        span *to;
    } fields[] = {{"warc-type", &head->type},
                  {"warc-target-uri", &head->url},
                  {"warc-date", &head->date},
                  {"content-type", &head->content_type},
                  {"content-length", &head->length_text}};
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (equals_caseless(name, span_of(fields[i].name))) {
            *fields[i].to = value;
        }
    }
    if (equals_caseless(name, SPAN("content-length")) && value.len > 0 && value.len < 19) {
        head->length = 0;
        head->has_length = true;
        for (size_t i = 0; i < value.len; i++) {
            head->has_length = head->has_length && ascii_is_digit((unsigned char)value.ptr[i]);
            head->length = head->length * 10 + (u64)((unsigned char)value.ptr[i] - '0');
        }
    }
}

static void take_http_line(void *user, span name, span value) {
    http_head *head = user;
    if (equals_caseless(name, SPAN("content-type"))) {
        head->type = value;
    } else if (equals_caseless(name, SPAN("content-encoding"))) {
        head->coding = value;
    } else if (equals_caseless(name, SPAN("transfer-encoding"))) {
        head->transfer = value;
    }
}

/* ------------------------------------------------------------------ where records begin */

/* A record's first line at `at`? */
static bool begins_record(span text, size_t at) {
    return text.len - at >= sizeof MARK && memcmp(text.ptr + at, MARK, sizeof MARK - 1) == 0 &&
           ascii_is_digit((unsigned char)text.ptr[at + sizeof MARK - 1]);
}

/* The first beginning of a record behind an empty line, at or behind `from`; SIZE_MAX: none in `text`. */
static size_t find_record(span text, size_t from) {
    for (size_t at = from; at + sizeof MARK <= text.len; at++) {
        const char *hit = memchr(text.ptr + at, 'W', text.len - at);
        if (hit == NULL) {
            break;
        }
        at = (size_t)(hit - text.ptr);
        bool behind_line = at == 0 || text.ptr[at - 1] == '\n';
        bool behind_empty = at < 2 || text.ptr[at - 2] == '\n' || (at >= 3 && text.ptr[at - 2] == '\r' && text.ptr[at - 3] == '\n');
        if (behind_line && behind_empty && begins_record(text, at)) {
            return at;
        }
    }
    return SIZE_MAX;
}

/* Drops bytes up to the next beginning of a record, at most `limit` of them; false: the input ends. */
static bool skip_to_record(source *s, u64 limit) {
    for (;;) {
        stream_fill(&s->stream, PIECE);
        span window = stream_window(&s->stream);
        size_t size = window.len < limit ? window.len : (size_t)limit, found = find_record(window, 0);
        if (found != SIZE_MAX && found <= size) {
            stream_skip(&s->stream, found);
            return true;
        }
        if (window.len < PIECE || size == limit) {
            stream_skip(&s->stream, size);
            return size == limit;
        }
        size_t keep = sizeof MARK + 4; /* a beginning may be cut by the window's end */
        size = size < window.len - keep ? size : window.len - keep;
        stream_skip(&s->stream, size);
        limit -= size;
    }
}

static void skip_line_ends(source *s) {
    while (stream_fill(&s->stream, 1)) {
        span window = stream_window(&s->stream);
        size_t at = 0;
        while (at < window.len && (window.ptr[at] == '\r' || window.ptr[at] == '\n')) {
            at++;
        }
        stream_skip(&s->stream, at);
        if (at < window.len) {
            return;
        }
    }
}

/* ------------------------------------------------------------------ bodies */

/* Takes chunked transfer apart, in place.  False, and nothing done, when the first line is no chunk's. */
static bool join_chunks(char *bytes, size_t *size, bool *cut) {
    size_t at = 0, len = 0;
    *cut = true;
    while (at < *size) {
        size_t digits = 0;
        u64 chunk = 0;
        for (; at + digits < *size && digits < 8; digits++) {
            char c = ascii_to_lower(bytes[at + digits]);
            bool hex = ascii_is_digit(c) || (c >= 'a' && c <= 'f');
            if (!hex) {
                break;
            }
            chunk = chunk * 16 + (u64)(ascii_is_digit(c) ? c - '0' : c - 'a' + 10);
        }
        const char *end = memchr(bytes + at, '\n', *size - at);
        bool is_chunk = digits > 0 && end != NULL && (bytes[at + digits] == '\r' || bytes[at + digits] == '\n' || bytes[at + digits] == ';' || bytes[at + digits] == ' ');
        if (!is_chunk) {
            if (at == 0) {
                *cut = false;
                return false;
            }
            break;
        }
        at = (size_t)(end - bytes) + 1;
        if (chunk == 0) {
            *cut = false;
            break;
        }
        size_t have = *size - at < chunk ? *size - at : (size_t)chunk;
        memmove(bytes + len, bytes + at, have);
        len += have;
        at += have;
        at += at < *size && bytes[at] == '\r';
        at += at < *size && bytes[at] == '\n';
    }
    *size = len;
    return true;
}

/* Why a body could not be read whole; empty: it could. */
typedef struct {
    const char *code;
    char text[120];
} body_fault;

typedef struct {
    body_fault fault;
    u64 offset;
} pending_fault;

static void set_fault(body_fault *fault, const char *code, const char *format, span name) {
    fault->code = code;
    snprintf(fault->text, sizeof fault->text, format, (int)(name.len > 30 ? 30 : name.len), name.ptr);
}

/* To be told behind the page itself. */
static void keep_fault(source *s, body_fault fault, u64 offset) {
    s->own = s->own != NULL ? s->own : calloc(1, sizeof(pending_fault));
    if (s->own != NULL) {
        *(pending_fault *)s->own = (pending_fault){fault, offset};
    }
}

/* Undoes one packing after the other; the header names them in the order they were done. */
static span unpack_body(arena *memory, span body, span coding, body_fault *fault) {
    for (u32 layers = 0; coding.len > 0 && layers < 4; layers++) {
        size_t comma = coding.len;
        while (comma > 0 && coding.ptr[comma - 1] != ',') {
            comma--;
        }
        char lower[32];
        span name = fold(span_cut(coding, comma, coding.len), lower, sizeof lower);
        coding.len = comma > 0 ? comma - 1 : 0;
        pack_kind kind;
        bool as_it_says = unpack_find(name, &kind);
        if (!as_it_says) {
            if (!span_eq(name, SPAN("identity")) && !span_eq(name, SPAN("utf-8")) && name.len > 0) {
                set_fault(fault, "coding", "its content encoding \"%.*s\" is not known", name);
                return (span){"", 0};
            }
            continue;
        }
        bool was_undone = (kind == PACK_GZIP || kind == PACK_ZSTD) && unpack_tell(body) != kind; /* by the crawler */
        if (was_undone || ((kind == PACK_DEFLATE || kind == PACK_BROTLI) && format_html.fits(NULL, body))) {
            continue;
        }
        span out;
        switch (unpack_all(memory, kind, body, STREAM_CAP, &out)) {
            case UNPACKED_WHOLE:
                break;
            case UNPACKED_CUT:
                set_fault(fault, "damaged", "its %.*s body is damaged or cut off", name);
                break;
            case UNPACKED_TOO_LARGE:
                set_fault(fault, "too-large", "its %.*s body unpacks to more than 64 MiB", name);
                return (span){"", 0};
            case UNPACKED_NO_MEMORY:
                set_fault(fault, "too-large", "out of memory for its %.*s body", name);
                return (span){"", 0};
        }
        body = out;
    }
    return body;
}

static bool is_page_type(span type, bool *is_text) {
    span rest = type, bare = span_trim(span_next_field(&rest, ';'));
    *is_text = equals_caseless(bare, SPAN("text/plain"));
    return *is_text || equals_caseless(bare, SPAN("text/html")) || equals_caseless(bare, SPAN("application/xhtml+xml"));
}

/* The charset that a content type names. */
static span charset_of(span type) {
    mime_head head = {0};
    mime_take(&head, SPAN("content-type"), type);
    return head.charset;
}

/* An answer's status line and header off the front of `*body`; false: it has none. */
static bool take_http(span *body, http_head *http) {
    span rest = *body;
    if (!starts_caseless(rest, SPAN("http/")) || rest.len < 12) {
        return false;
    }
    span line = span_next_field(&rest, '\n');
    span_next_field(&line, ' ');
    for (size_t i = 0; i < 3 && i < line.len && ascii_is_digit((unsigned char)line.ptr[i]); i++) {
        http->status = http->status * 10 + (u32)(line.ptr[i] - '0');
    }
    bool whole = take_lines(&rest, take_http_line, http);
    *body = rest;
    return whole;
}

/* Puts the page into the item.  SOURCE_END: it is none, pass it over. */
static source_what take_page(source *s, source_item *item, const record_head *head, span record, u64 offset) {
    http_head http = {.status = 200, .type = head->content_type};
    bool is_text;
    if (equals_caseless(head->type, SPAN("response"))) {
        http = (http_head){0};
        if (!take_http(&record, &http)) {
            return record.len > 0 && starts_caseless(record, SPAN("http/"))
                       ? format_tell(item, "warc", offset, "the answer's header does not end")
                       : SOURCE_END;
        }
    }
    if (http.status < 200 || http.status > 299 ||
        (http.type.len > 0 ? !is_page_type(http.type, &is_text) : (is_text = false, !format_html.fits(NULL, span_trim(record))))) {
        return SOURCE_END;
    }
    span body = arena_copy(&item->memory, record);
    body_fault fault = {0};
    bool cut = false;
    if (body.ptr != NULL && starts_caseless(http.transfer, SPAN("chunked"))) {
        join_chunks((char *)(uintptr_t)body.ptr, &body.len, &cut);
    }
    body = body.ptr == NULL ? body : unpack_body(&item->memory, body, http.coding, &fault);
    body = body.ptr == NULL ? body : charset_named(&item->memory, body, charset_of(http.type));
    if (body.ptr == NULL) {
        return format_tell(item, "too-large", offset, "out of memory for this page");
    }
    if (fault.text[0] != '\0' && (body.len == 0 || strcmp(fault.code, "damaged") != 0)) {
        return format_tell(item, fault.code, offset, "the page was not read: %s", fault.text);
    }
    if (fault.text[0] == '\0' && cut) {
        set_fault(&fault, "damaged", "its chunked body is damaged or cut off%.*s", SPAN(""));
    }
    if (fault.text[0] != '\0') {
        keep_fault(s, fault, offset);
    }
    item->report.url = head->url;
    item->report.fetched = head->date;
    *(is_text ? &item->report.text : &item->report.html) = body;
    return SOURCE_REPORT;
}

/* ------------------------------------------------------------------ records */

/* Reads the record's header.  SOURCE_REPORT: read; SOURCE_END: the input ends; SOURCE_PROBLEM: told. */
static source_what open_record(source *s, source_item *item, arena *memory, record_head *head) {
    skip_line_ends(s);
    u64 offset = s->stream.offset;
    if (!stream_fill(&s->stream, sizeof MARK)) {
        stream_skip(&s->stream, stream_window(&s->stream).len);
        return SOURCE_END;
    }
    if (!begins_record(stream_window(&s->stream), 0)) {
        stream_skip(&s->stream, 1);
        skip_to_record(s, UINT64_MAX);
        return format_tell(item, "warc", offset, "no record begins here: passed over up to the next one");
    }
    for (size_t want = 4096;; want *= 2) {
        bool more = stream_fill(&s->stream, want);
        span window = stream_window(&s->stream), rest = window;
        *head = (record_head){0};
        span_next_field(&rest, '\n');
        if (take_lines(&rest, take_record_line, head)) {
            span *kept[] = {&head->type, &head->url, &head->date, &head->content_type, &head->length_text};
            for (size_t i = 0; i < COUNT_OF(kept); i++) {
                *kept[i] = arena_copy(memory, *kept[i]);
            }
            stream_skip(&s->stream, (size_t)(rest.ptr - window.ptr));
            break;
        }
        if (!more || want >= HEAD_CAP) {
            stream_skip(&s->stream, 1);
            skip_to_record(s, UINT64_MAX);
            return format_has_failed(s) ? SOURCE_END : format_tell(item, "warc", offset, "the record's header does not end");
        }
    }
    return SOURCE_REPORT;
}

static bool is_wanted(const record_head *head) {
    bool is_text, response = equals_caseless(head->type, SPAN("response"));
    return (response && (starts_caseless(head->content_type, SPAN("application/http")) || head->content_type.len == 0)) ||
           (equals_caseless(head->type, SPAN("resource")) && is_page_type(head->content_type, &is_text));
}

/* Behind a record of the length it says: the next one, or the end?  The line ends between are taken. */
static bool ends_well(source *s) {
    skip_line_ends(s);
    bool more = stream_fill(&s->stream, sizeof MARK);
    span window = stream_window(&s->stream);
    return window.len == 0 || (more && begins_record(window, 0));
}

static source_what tell_length(source_item *item, u64 offset, const record_head *head) {
    return format_tell(item, "warc", offset, "the record is not as long as it says (%llu bytes): went on at the next one",
                       (unsigned long long)head->length);
}

/* The body waits in the window, `*size` bytes of it; false: its length lies. */
static bool find_body(source *s, const record_head *head, size_t *size) {
    bool whole = stream_fill(&s->stream, (size_t)head->length);
    span window = stream_window(&s->stream);
    *size = whole ? (size_t)head->length : window.len;
    size_t found = find_record(window, 0);
    if (!whole) { /* the record runs into others, or the input ends inside it */
        *size = found != SIZE_MAX ? found : window.len;
        return false;
    }
    if (found == SIZE_MAX || found >= *size) {
        return true;
    }
    /* A record inside the record: an archive of archives, or a lie.  What follows tells. */
    stream_fill(&s->stream, (size_t)head->length + sizeof MARK + 4);
    window = stream_window(&s->stream);
    size_t next = (size_t)head->length;
    while (next < window.len && (window.ptr[next] == '\r' || window.ptr[next] == '\n')) {
        next++;
    }
    bool honest = next >= window.len || begins_record(window, next);
    *size = honest ? *size : found;
    return honest;
}

static source_what read_record(source *s, source_item *item, const record_head *head, u64 offset) {
    if (!head->has_length) {
        skip_to_record(s, UINT64_MAX);
        return format_tell(item, "warc", offset, "the record has no Content-Length");
    }
    if (!is_wanted(head) || head->length > STREAM_CAP) {
        u64 start = s->stream.offset;
        bool found = skip_to_record(s, head->length), honest = s->stream.offset - start == head->length && found && ends_well(s);
        if (!honest && format_has_failed(s)) {
            stream_skip(&s->stream, stream_window(&s->stream).len);
            return SOURCE_END;
        }
        if (!honest) {
            skip_to_record(s, UINT64_MAX);
            return tell_length(item, offset, head);
        }
        s->passed += !is_wanted(head);
        return is_wanted(head) ? format_tell(item, "too-large", offset, "a record of more than %zu MiB, passed over", STREAM_CAP >> 20)
                               : SOURCE_END;
    }
    size_t size;
    bool honest = find_body(s, head, &size);
    if (!honest && format_has_failed(s)) {
        stream_skip(&s->stream, stream_window(&s->stream).len);
        return SOURCE_END;
    }
    source_what what = take_page(s, item, head, span_cut(stream_window(&s->stream), 0, size), offset);
    s->passed += what == SOURCE_END && honest;
    stream_skip(&s->stream, size);
    if ((honest && ends_well(s)) || format_has_failed(s)) { /* a failure will be told */
        return what;
    }
    skip_to_record(s, UINT64_MAX);
    if (what != SOURCE_REPORT) {
        return tell_length(item, offset, head);
    }
    body_fault fault;
    set_fault(&fault, "warc", "the record's length, %.*s, is wrong", head->length_text);
    keep_fault(s, fault, offset);
    return what;
}

/* A page that could be read in part was given out; now what is wrong with it. */
static source_what tell_pending(source *s, source_item *item) {
    pending_fault *pending = s->own;
    source_what what = format_tell(item, pending->fault.code, pending->offset, "the page was read in part: %s", pending->fault.text);
    free(pending);
    s->own = NULL;
    return what;
}

static source_what next_page(source *s, source_item *item) {
    if (s->own != NULL) {
        return tell_pending(s, item);
    }
    for (;;) {
        arena_mark mark = arena_take_mark(&item->memory);
        record_head head;
        u64 offset = s->stream.offset;
        source_what what = open_record(s, item, &item->memory, &head);
        if (what != SOURCE_REPORT) {
            return what;
        }
        what = read_record(s, item, &head, offset);
        if (what != SOURCE_END) {
            return what;
        }
        item->report = (drg_report){0};
        arena_release(&item->memory, mark); /* an archive may hold millions of records that are no pages */
    }
}

static void close_archive(source *s) { free(s->own); }

static bool is_archive(const source *s, span head) {
    (void)s;
    return begins_record(head, 0);
}

const source_format format_warc = {.names = "warc", .endings = ".warc", .fits = is_archive, .next = next_page, .close = close_archive, .goes_on = true};

// SPDX-License-Identifier: Apache-2.0
/* In:  Subject: =?ISO-8859-1?Q?Caf=E9_talks?=      Out: "Café talks"
 *      Content-Transfer-Encoding: quoted-printable
 *
 *      The ministers met in the caf=C3=
 *      =A9.                                             "The ministers met in the café."
 *
 * A letter in parts (multipart) is gone through part by part, and into a part that has parts itself
 * at most DEPTH times; attachments are never decoded. */
#include "read/mime.h"

#include "read/charset.h"
#include "read/fold.h"

#define DEPTH 8

/* ------------------------------------------------------------------ headers */

static span next_line(span *rest) {
    span line = span_next_field(rest, '\n');
    if (line.len > 0 && line.ptr[line.len - 1] == '\r') {
        line.len--;
    }
    return line;
}

/* "Name:" at the head of a line; the name's length, 0 when it is none. */
static size_t name_size(span line) {
    size_t at = 0;
    while (at < line.len && (ascii_is_alnum((unsigned char)line.ptr[at]) || line.ptr[at] == '-')) {
        at++;
    }
    bool is_name = at > 0 && at < line.len && line.ptr[at] == ':' && ascii_is_alpha((unsigned char)line.ptr[0]);
    return is_name ? at : 0;
}

bool mime_next_header(span *rest, span *name, span *value) {
    span behind = *rest, line = next_line(&behind);
    size_t size = name_size(line);
    if (size == 0) {
        *rest = span_trim(line).len == 0 ? behind : *rest;
        return false;
    }
    const char *start = line.ptr + size + 1, *end = line.ptr + line.len;
    while (behind.len > 0 && (behind.ptr[0] == ' ' || behind.ptr[0] == '\t')) {
        line = next_line(&behind);
        if (span_trim(line).len == 0) {
            break;
        }
        end = line.ptr + line.len;
    }
    *name = span_cut(*rest, 0, size);
    *value = span_trim((span){start, (size_t)(end - start)});
    *rest = behind;
    return true;
}

/* The value of `key` among "; key=value; key=\"value\"". */
static span parameter(span value, span key) {
    span_next_field(&value, ';');
    while (value.len > 0) {
        span part = span_trim(span_next_field(&value, ';')), found = part;
        span name = span_trim(span_next_field(&found, '='));
        if (equals_caseless(name, key)) {
            found = span_trim(found);
            if (found.len > 0 && found.ptr[0] == '"') {
                found = span_cut(found, 1, found.len);
                found = span_next_field(&found, '"');
            }
            return found;
        }
    }
    return (span){"", 0};
}

bool mime_take(mime_head *head, span name, span value) {
    if (equals_caseless(name, SPAN("content-type"))) {
        span rest = value;
        head->type = span_trim(span_next_field(&rest, ';'));
        head->charset = parameter(value, SPAN("charset"));
        head->boundary = parameter(value, SPAN("boundary"));
        return true;
    }
    bool is_encoding = equals_caseless(name, SPAN("content-transfer-encoding"));
    head->encoding = is_encoding ? value : head->encoding;
    return is_encoding || equals_caseless(name, SPAN("mime-version"));
}

/* ------------------------------------------------------------------ parts */

static bool is_boundary(span line, span boundary, bool *last) {
    bool fits = line.len >= boundary.len + 2 && span_starts(line, SPAN("--")) &&
                span_starts(span_cut(line, 2, line.len), boundary);
    *last = fits && span_starts(span_cut(line, 2 + boundary.len, line.len), SPAN("--"));
    return fits;
}

/* The next part of `*rest`, between two boundaries. */
static bool next_part(span *rest, span boundary, span *part) {
    bool last = false;
    while (rest->len > 0) {
        if (is_boundary(next_line(rest), boundary, &last)) {
            break;
        }
    }
    if (rest->len == 0 || last) {
        return false;
    }
    span scan = *rest;
    *part = (span){rest->ptr, 0};
    while (scan.len > 0) {
        *rest = scan;
        if (is_boundary(next_line(&scan), boundary, &last)) {
            return true;
        }
        part->len = (size_t)(scan.ptr - part->ptr);
    }
    *rest = scan;
    return true;
}

static mime_head read_head(span *part) {
    mime_head head = {.type = SPAN("text/plain")};
    span name, value;
    while (mime_next_header(part, &name, &value)) {
        mime_take(&head, name, value);
    }
    return head;
}

static bool is_multipart(const mime_head *head) {
    return starts_caseless(head->type, SPAN("multipart/")) && head->boundary.len > 0;
}

span mime_choose(mime_head *head, span body) {
    for (u32 depth = 0; depth < DEPTH && is_multipart(head); depth++) {
        span rest = body, part, best = {"", 0};
        mime_head best_head = {0};
        u32 best_rank = 0;
        while (best_rank < 3 && next_part(&rest, head->boundary, &part)) {
            mime_head found = read_head(&part);
            u32 rank = equals_caseless(found.type, SPAN("text/plain")) ? 3
                       : is_multipart(&found)                          ? 2
                       : equals_caseless(found.type, SPAN("text/html"))  ? 1
                                                                       : 0;
            if (rank > best_rank) {
                best_rank = rank;
                best = part;
                best_head = found;
            }
        }
        *head = best_head;
        body = best;
    }
    return body;
}

/* ------------------------------------------------------------------ encodings */

static int hex_value(char c) {
    c = ascii_to_lower(c);
    return ascii_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Quoted-printable into `out` (as long as `text`).  In headers a blank is written "_". */
static size_t decode_quoted(span text, bool is_word, char *out) {
    size_t len = 0;
    for (size_t at = 0; at < text.len; at++) {
        char c = text.ptr[at];
        if (c != '=') {
            out[len++] = c == '_' && is_word ? ' ' : c;
            continue;
        }
        size_t end = at + 1;
        while (end < text.len && (text.ptr[end] == ' ' || text.ptr[end] == '\r')) {
            end++;
        }
        int high = at + 2 < text.len ? hex_value(text.ptr[at + 1]) : -1, low = high >= 0 ? hex_value(text.ptr[at + 2]) : -1;
        if (low >= 0) {
            out[len++] = (char)(high * 16 + low);
            at += 2;
        } else if (end < text.len && text.ptr[end] == '\n') { /* a line that goes on */
            at = end;
        } else {
            out[len++] = c;
        }
    }
    return len;
}

static int base64_value(char c) {
    return ascii_is_upper(c) ? c - 'A' : ascii_is_lower(c) ? c - 'a' + 26 : ascii_is_digit(c) ? c - '0' + 52 : c == '+' ? 62 : c == '/' ? 63 : -1;
}

static size_t decode_base64(span text, char *out) {
    size_t len = 0;
    u32 bits = 0, held = 0;
    for (size_t at = 0; at < text.len && text.ptr[at] != '='; at++) {
        int value = base64_value(text.ptr[at]);
        if (value >= 0) {
            bits = (bits << 6 | (u32)value) & 0xFFFFFF;
            held += 6;
            if (held >= 8) {
                held -= 8;
                out[len++] = (char)(bits >> held & 0xFF);
            }
        }
    }
    return len;
}

span mime_decode(arena *memory, const mime_head *head, span body) {
    bool quoted = equals_caseless(head->encoding, SPAN("quoted-printable"));
    if (quoted || equals_caseless(head->encoding, SPAN("base64"))) {
        char *out = arena_alloc(memory, body.len + 1, 1);
        if (out == NULL) {
            return (span){NULL, 0};
        }
        body = (span){out, quoted ? decode_quoted(body, false, out) : decode_base64(body, out)};
    }
    return head->charset.len > 0 ? charset_named(memory, body, head->charset) : body;
}

/* "=?charset?Q?words?=" at the head of `text`: its size, 0 when it is none. */
static size_t decode_word(arena *memory, span text, span *word) {
    span rest = span_cut(text, 2, text.len);
    span charset = span_next_field(&rest, '?'), how = span_next_field(&rest, '?'), code = rest;
    size_t len = 0;
    while (len + 1 < code.len && !(code.ptr[len] == '?' && code.ptr[len + 1] == '=')) {
        len++;
    }
    if (len + 1 >= code.len || charset.len > 40 || how.len != 1 || len > 1000) {
        return 0;
    }
    bool quoted = ascii_to_lower(how.ptr[0]) == 'q';
    char *out = arena_alloc(memory, len + 1, 1);
    if (out == NULL) {
        return 0;
    }
    code.len = len;
    *word = (span){out, quoted ? decode_quoted(code, true, out) : decode_base64(code, out)};
    *word = charset_named(memory, *word, charset);
    return word->ptr == NULL ? 0 : (size_t)(code.ptr + len + 2 - text.ptr);
}

span mime_words(arena *memory, span value) {
    size_t room;
    char *out = size_mul(value.len, 3, &room) ? arena_alloc(memory, room + 1, 1) : NULL;
    if (out == NULL) {
        return value;
    }
    size_t len = 0, glue = SIZE_MAX; /* between two encoded words a blank does not count */
    for (size_t at = 0; at < value.len;) {
        span rest = span_cut(value, at, value.len), word;
        size_t size = span_starts(rest, SPAN("=?")) ? decode_word(memory, rest, &word) : 0;
        if (size > 0 && word.len <= size * 3) {
            len = glue != SIZE_MAX ? glue : len;
            memcpy(out + len, word.ptr, word.len);
            len += word.len;
            at += size;
            glue = len;
            continue;
        }
        bool blank = ascii_is_space((unsigned char)value.ptr[at]);
        if (!blank || len == 0 || out[len - 1] != ' ') {
            out[len++] = blank ? ' ' : value.ptr[at];
        }
        glue = blank ? glue : SIZE_MAX;
        at++;
    }
    return (span){out, len};
}

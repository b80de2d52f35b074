// SPDX-License-Identifier: Apache-2.0
/* In: <p class="lead">Caf&eacute; <br/>   Out: start p {class: lead}, text "Caf", text "é", text " ", start br
 *
 * The tokeniser of the HTML standard, less what news pages never need: it knows tags, attributes,
 * comments, raw elements and character references.  It is written by hand because tree-building
 * parsers do quadratic work on hostile pages (two hundred thousand attributes in one tag, millions of
 * unmatched end tags).  Here each byte is looked at a bounded number of times: what is searched for
 * and not found (the end of a comment, a closing quote) is remembered and not searched for again. */
#include <libxml/HTMLparser.h>

#include "read/markup.h"

#include "base/utf8.h"

#define VALUE_ROOM 1500u /* bytes kept of one attribute's value */

typedef struct {
    span page;
    size_t at;
    const markup_handler *handler;
    bool no_comment_end, no_quote[2]; /* none from here on: known to be missing */
    markup_tag tag;
    char name[MARKUP_NAME_ROOM];
    char values[ATTRIBUTE_COUNT][VALUE_ROOM];
} scanner;

static bool is_name_byte(char c) { return ascii_is_alnum((unsigned char)c) || c == '-' || c == ':' || c == '_'; }

static char byte_at(const scanner *s, size_t at) { return at < s->page.len ? s->page.ptr[at] : '\0'; }

/* ------------------------------------------------------------------ character references */

/* What browsers make of numbers 128 to 159: Windows-1252. */
static u32 mend_code(u32 code) {
    static const u16 windows[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (code >= 0x80 && code < 0xA0) {
        return windows[code - 0x80];
    }
    bool bad = code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ||
               (code < 0x20 && !ascii_is_space((int)code));
    return bad ? 0xFFFD : code;
}

static size_t read_number(span text, u32 *code) {
    bool hex = text.len > 2 && (text.ptr[2] == 'x' || text.ptr[2] == 'X');
    size_t start = hex ? 3 : 2, at = start;
    u64 number = 0;
    for (; at < text.len && at < start + 8; at++) {
        char c = ascii_to_lower(text.ptr[at]);
        bool digit = ascii_is_digit((unsigned char)c);
        if (!digit && !(hex && c >= 'a' && c <= 'f')) {
            break;
        }
        number = number * (hex ? 16 : 10) + (u64)(digit ? c - '0' : c - 'a' + 10);
    }
    *code = mend_code(number > 0x10FFFF ? 0 : (u32)number);
    return at == start ? 0 : at < text.len && text.ptr[at] == ';' ? at + 1 : at;
}

static size_t read_named(span text, u32 *code) {
    char name[12];
    size_t len = 0;
    while (len + 1 < text.len && len + 1 < sizeof name && ascii_is_alnum((unsigned char)text.ptr[len + 1])) {
        name[len] = text.ptr[len + 1];
        len++;
    }
    name[len] = '\0';
    const htmlEntityDesc *entity = len > 1 ? htmlEntityLookup((const xmlChar *)name) : NULL;
    if (entity == NULL) {
        return 0;
    }
    *code = entity->value;
    return len + 1 < text.len && text.ptr[len + 1] == ';' ? len + 2 : len + 1;
}

/* The reference at the head of `text` ("&eacute;"): its size in bytes, 0 when it is none. */
static size_t read_reference(span text, char out[4], u32 *out_len) {
    u32 code = 0;
    size_t size = text.len > 2 && text.ptr[1] == '#' ? read_number(text, &code) : read_named(text, &code);
    *out_len = size > 0 ? utf8_encode(code, out) : 0;
    return size;
}

static void emit_text(scanner *s, span text) {
    while (text.len > 0) {
        const char *and = memchr(text.ptr, '&', text.len);
        size_t plain = and != NULL ? (size_t)(and-text.ptr) : text.len;
        if (plain > 0) {
            s->handler->text(s->handler->user, span_cut(text, 0, plain));
            text = span_cut(text, plain, text.len);
        }
        if (text.len > 0) {
            char out[4];
            u32 len;
            size_t size = read_reference(text, out, &len);
            s->handler->text(s->handler->user, size > 0 ? (span){out, len} : span_cut(text, 0, 1));
            text = span_cut(text, size > 0 ? size : 1, text.len);
        }
    }
}

/* ------------------------------------------------------------------ tags */

static u32 find_attribute(span name) {
    static const char *const names[] = {
#define ATTRIBUTE_NAME(key, text) text,
        ATTRIBUTE_LIST(ATTRIBUTE_NAME)
#undef ATTRIBUTE_NAME
    };
    for (u32 i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (span_eq(name, span_of(names[i]))) {
            return i;
        }
    }
    return NONE;
}

/* A lower-cased name into `room` bytes; what does not fit is passed over. */
static span read_name(scanner *s, char *buffer, size_t room) {
    size_t len = 0;
    while (s->at < s->page.len && is_name_byte(s->page.ptr[s->at])) {
        if (len < room) {
            buffer[len++] = ascii_to_lower(s->page.ptr[s->at]);
        }
        s->at++;
    }
    return (span){buffer, len};
}

static void skip_blanks(scanner *s) {
    while (s->at < s->page.len && ascii_is_space((unsigned char)s->page.ptr[s->at])) {
        s->at++;
    }
}

/* The value behind '=': quoted, or up to a blank or '>'. */
static span read_raw_value(scanner *s) {
    skip_blanks(s);
    char quote = byte_at(s, s->at);
    if (quote == '"' || quote == '\'') {
        bool *missing = &s->no_quote[quote == '"'];
        size_t start = s->at + 1;
        const char *end =
            *missing || start >= s->page.len ? NULL : memchr(s->page.ptr + start, quote, s->page.len - start);
        if (end != NULL) {
            s->at = (size_t)(end - s->page.ptr) + 1;
            return span_cut(s->page, start, s->at - 1);
        }
        *missing = true;
        s->at = start < s->page.len ? start : s->page.len;
    }
    size_t start = s->at;
    while (s->at < s->page.len && s->page.ptr[s->at] != '>' && !ascii_is_space((unsigned char)s->page.ptr[s->at])) {
        s->at++;
    }
    return span_cut(s->page, start, s->at);
}

static span resolve_value(span raw, char *out) {
    size_t len = 0;
    while (raw.len > 0 && len + 4 < VALUE_ROOM) {
        u32 added = 0;
        size_t size = raw.ptr[0] == '&' ? read_reference(raw, out + len, &added) : 0;
        if (size == 0) {
            out[len] = raw.ptr[0] == '\0' ? ' ' : raw.ptr[0];
            added = 1;
            size = 1;
        }
        len += added;
        raw = span_cut(raw, size, raw.len);
    }
    return (span){out, len};
}

/* Attributes up to and with '>'. */
static void read_attributes(scanner *s) {
    s->tag.closes_itself = false;
    for (u32 i = 0; i < ATTRIBUTE_COUNT; i++) {
        s->tag.value[i] = (span){NULL, 0};
    }
    while (s->at < s->page.len) {
        skip_blanks(s);
        char c = byte_at(s, s->at);
        if (c == '>') {
            s->at++;
            return;
        }
        if (!is_name_byte(c)) {
            s->tag.closes_itself = c == '/' && byte_at(s, s->at + 1) == '>';
            s->at += s->at < s->page.len;
            continue;
        }
        char room[24];
        u32 key = find_attribute(read_name(s, room, sizeof room));
        skip_blanks(s);
        span raw = {"", 0};
        if (byte_at(s, s->at) == '=') {
            s->at++;
            raw = read_raw_value(s);
        }
        if (key != NONE && s->tag.value[key].ptr == NULL) {
            s->tag.value[key] = resolve_value(raw, s->values[key]);
        }
    }
}

/* Up to the end tag that closes a raw element, or to the page's end. */
static void read_raw(scanner *s, span name) {
    size_t start = s->at, at = start;
    while (at < s->page.len) {
        const char *hit = memchr(s->page.ptr + at, '<', s->page.len - at);
        if (hit == NULL) {
            at = s->page.len;
            break;
        }
        at = (size_t)(hit - s->page.ptr);
        size_t same = 0;
        while (same < name.len && ascii_to_lower(byte_at(s, at + 2 + same)) == name.ptr[same]) {
            same++;
        }
        if (byte_at(s, at + 1) == '/' && same == name.len && !is_name_byte(byte_at(s, at + 2 + same))) {
            break;
        }
        at++;
    }
    if (at > start) {
        s->handler->text(s->handler->user, span_cut(s->page, start, at));
    }
    s->at = at;
}

static void read_start_tag(scanner *s) {
    s->at++;
    s->tag.name = read_name(s, s->name, sizeof s->name);
    read_attributes(s);
    s->handler->start(s->handler->user, &s->tag);
    if (s->handler->is_raw(s->handler->user, s->tag.name)) {
        read_raw(s, s->tag.name);
    }
}

static void read_end_tag(scanner *s) {
    s->at += 2;
    span name = read_name(s, s->name, sizeof s->name);
    s->handler->end(s->handler->user, name);
    const char *end = s->at < s->page.len ? memchr(s->page.ptr + s->at, '>', s->page.len - s->at) : NULL;
    s->at = end != NULL ? (size_t)(end - s->page.ptr) + 1 : s->page.len;
}

/* <!-- ... -->, <!doctype ...>, <?xml ...?>.  A comment without an end closes at the next '>'. */
static void read_remark(scanner *s) {
    bool comment = span_starts(span_cut(s->page, s->at, s->page.len), SPAN("<!--"));
    for (size_t at = s->at + 4; comment && !s->no_comment_end && at < s->page.len; at++) {
        const char *hit = memchr(s->page.ptr + at, '-', s->page.len - at);
        if (hit == NULL) {
            break;
        }
        at = (size_t)(hit - s->page.ptr);
        if (byte_at(s, at + 1) == '-' && byte_at(s, at + 2) == '>') {
            s->at = at + 3;
            return;
        }
    }
    s->no_comment_end = s->no_comment_end || comment;
    const char *end = memchr(s->page.ptr + s->at, '>', s->page.len - s->at);
    s->at = end != NULL ? (size_t)(end - s->page.ptr) + 1 : s->page.len;
}

void markup_parse(span page, const markup_handler *handler) {
    scanner s = {.page = page, .handler = handler};
    while (s.at < page.len) {
        const char *hit = memchr(page.ptr + s.at, '<', page.len - s.at);
        size_t next = hit != NULL ? (size_t)(hit - page.ptr) : page.len;
        emit_text(&s, span_cut(page, s.at, next));
        s.at = next;
        char after = byte_at(&s, next + 1);
        if (next == page.len) {
            break;
        }
        if (ascii_is_alpha((unsigned char)after)) {
            read_start_tag(&s);
        } else if (after == '/' && ascii_is_alpha((unsigned char)byte_at(&s, next + 2))) {
            read_end_tag(&s);
        } else if (after == '!' || after == '?' || after == '/') {
            read_remark(&s);
        } else {
            handler->text(handler->user, span_cut(page, next, next + 1));
            s.at++;
        }
    }
}

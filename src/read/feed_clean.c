// SPDX-License-Identifier: Apache-2.0
/* In:  <!DOCTYPE rss [<!ENTITY a "aaaa">]><title>Q&A: caf&eacute; &a; R&amp;D</title>
 * Out: <title>Q&amp;A: caf&#233; &amp;a; R&amp;D</title>
 *
 * Feeds are written by programs that paste text into XML, so the commonest damage is an ampersand or an
 * angle bracket that should have been escaped.  A strict parser stops there; here it is mended first.
 * What a hostile feed could use goes too: the document type with all its entities, and attributes past
 * ATTRIBUTES in one tag (a parser compares each with each).  Line ends stay, so line numbers hold.
 * One pass counts, a second one writes; both look at each byte a bounded number of times. */
#include <libxml/HTMLparser.h>

#include "read/feed.h"

#define ATTRIBUTES 64u
#define NAME_ROOM 16u

typedef struct {
    span xml;
    size_t at;
    char *out; /* NULL while counting */
    size_t size;
} cleaner;

static char byte_at(const cleaner *c, size_t at) { return at < c->xml.len ? c->xml.ptr[at] : '\0'; }

static void put(cleaner *c, span text) {
    if (c->out != NULL && text.len > 0) {
        memcpy(c->out + c->size, text.ptr, text.len);
    }
    c->size += text.len;
}

/* Puts the bytes up to `end`; what XML forbids becomes a blank. */
static void copy_to(cleaner *c, size_t end) {
    for (; c->at < end; c->at++) {
        unsigned char byte = (unsigned char)c->xml.ptr[c->at];
        bool forbidden = (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7F;
        put(c, forbidden ? SPAN(" ") : span_cut(c->xml, c->at, c->at + 1));
    }
}

static void drop_to(cleaner *c, size_t end) {
    for (; c->at < end; c->at++) {
        if (c->xml.ptr[c->at] == '\n') {
            put(c, SPAN("\n"));
        }
    }
}

/* Where `mark` begins at or behind `from`; the end of all when it does not. */
static size_t find(const cleaner *c, const char *mark, size_t from) {
    size_t len = strlen(mark);
    while (from + len <= c->xml.len) {
        const char *at = memchr(c->xml.ptr + from, mark[0], c->xml.len - from - len + 1);
        if (at == NULL) {
            break;
        }
        if (memcmp(at, mark, len) == 0) {
            return (size_t)(at - c->xml.ptr);
        }
        from = (size_t)(at - c->xml.ptr) + 1;
    }
    return c->xml.len;
}

/* ------------------------------------------------------------------ references */

/* Bytes of "&#233;" or "&#xE9;" when it is one; 0 else. */
static size_t number_length(const cleaner *c) {
    size_t at = c->at + 2;
    bool hex = byte_at(c, at) == 'x';
    size_t start = at += hex;
    while (at - start < 8 && (ascii_is_digit((unsigned char)byte_at(c, at)) ||
                              (hex && strchr("abcdefABCDEF", byte_at(c, at)) != NULL && byte_at(c, at) != '\0'))) {
        at++;
    }
    return at > start && byte_at(c, at) == ';' ? at + 1 - c->at : 0;
}

static void clean_reference(cleaner *c) {
    if (byte_at(c, c->at + 1) == '#') {
        size_t len = number_length(c);
        put(c, len > 0 ? SPAN("&") : SPAN("&amp;"));
        c->at++;
        return;
    }
    char name[NAME_ROOM];
    size_t len = 0;
    while (len + 1 < NAME_ROOM && ascii_is_alnum((unsigned char)byte_at(c, c->at + 1 + len))) {
        name[len] = byte_at(c, c->at + 1 + len);
        len++;
    }
    name[len] = '\0';
    bool ends = len > 0 && byte_at(c, c->at + 1 + len) == ';';
    bool of_xml = ends && (strcmp(name, "amp") == 0 || strcmp(name, "lt") == 0 || strcmp(name, "gt") == 0 ||
                           strcmp(name, "quot") == 0 || strcmp(name, "apos") == 0);
    const htmlEntityDesc *known = ends && !of_xml ? htmlEntityLookup((const xmlChar *)name) : NULL;
    if (known != NULL) {
        char number[16];
        snprintf(number, sizeof number, "&#%u;", known->value);
        put(c, span_of(number));
        c->at += len + 2;
        return;
    }
    put(c, of_xml ? SPAN("&") : SPAN("&amp;"));
    c->at++;
}

/* ------------------------------------------------------------------ tags */

/* "<!DOCTYPE rss [ ... ]>" is dropped, its inner part with it. */
static void drop_doctype(cleaner *c) {
    size_t end = find(c, ">", c->at);
    const char *inner = memchr(c->xml.ptr + c->at, '[', end - c->at);
    if (inner != NULL) {
        end = find(c, ">", find(c, "]", (size_t)(inner - c->xml.ptr)));
    }
    drop_to(c, end < c->xml.len ? end + 1 : end);
}

/* Moves to what ends the tag, past all attributes. */
static void drop_attributes(cleaner *c) {
    char quote = '\0';
    for (; c->at < c->xml.len; drop_to(c, c->at + 1)) {
        char now = byte_at(c, c->at);
        if (quote == '\0' && (now == '>' || now == '<')) {
            break;
        }
        quote = quote == now ? '\0' : quote == '\0' && (now == '"' || now == '\'') ? now : quote;
    }
    put(c, byte_at(c, c->at - 1) == '/' ? SPAN("/") : SPAN(""));
}

/* A start or end tag; what is wrong inside its values is mended too. */
static void clean_tag(cleaner *c) {
    u32 attributes = 0;
    char quote = '\0';
    copy_to(c, c->at + 1);
    while (c->at < c->xml.len && attributes < ATTRIBUTES) {
        char now = byte_at(c, c->at);
        if (quote == '\0' && (now == '>' || now == '<')) {
            break; /* "<" inside a tag: the tag was never closed */
        }
        if (now == '&') {
            clean_reference(c);
            continue;
        }
        if (quote == now) {
            quote = '\0';
            attributes++;
        } else if (quote == '\0' && (now == '"' || now == '\'')) {
            quote = now;
        }
        if (now == '<') {
            put(c, SPAN("&lt;"));
            c->at++;
        } else {
            copy_to(c, c->at + 1);
        }
    }
    if (attributes == ATTRIBUTES) {
        drop_attributes(c);
    }
    put(c, SPAN(">"));
    c->at += byte_at(c, c->at) == '>';
}

static bool starts(const cleaner *c, const char *mark) {
    return span_starts(span_cut(c->xml, c->at, c->xml.len), span_of(mark));
}

static void clean_markup(cleaner *c) {
    static const struct {
        const char *open, *close;
    } raw[] = {{"<![CDATA[", "]]>"}, {"<!--", "-->"}, {"<?", "?>"}};
    for (size_t i = 0; i < COUNT_OF(raw); i++) {
        if (starts(c, raw[i].open)) {
            size_t end = find(c, raw[i].close, c->at + strlen(raw[i].open));
            bool closed = end < c->xml.len;
            copy_to(c, closed ? end + strlen(raw[i].close) : end);
            put(c, closed ? (span){"", 0} : span_of(raw[i].close));
            return;
        }
    }
    char next = byte_at(c, c->at + 1);
    if (starts(c, "<!DOCTYPE") || starts(c, "<!doctype")) {
        drop_doctype(c);
    } else if (ascii_is_alpha((unsigned char)next) || next == '/' || next == '_' || (unsigned char)next >= 0x80) {
        clean_tag(c);
    } else {
        put(c, SPAN("&lt;"));
        c->at++;
    }
}

static void run(cleaner *c) {
    c->at = c->size = 0;
    while (c->at < c->xml.len) {
        char now = c->xml.ptr[c->at];
        if (now == '&') {
            clean_reference(c);
        } else if (now == '<') {
            clean_markup(c);
        } else {
            copy_to(c, c->at + 1);
        }
    }
}

span feed_clean(span xml, arena *memory) {
    cleaner c = {.xml = xml};
    run(&c);
    c.out = arena_alloc(memory, c.size + 1, 1);
    if (c.out == NULL) {
        return (span){NULL, 0};
    }
    run(&c);
    return (span){c.out, c.size};
}

// SPDX-License-Identifier: Apache-2.0
#include "base/out.h"

#include <stdarg.h>

void out_open(out_bytes *out, drg_sink sink, void *user) {
    out->sink = sink;
    out->user = user;
    out->status = DRG_OK;
    out->used = 0;
}

drg_status out_flush(out_bytes *out) {
    if (out->status == DRG_OK && out->used > 0) {
        out->status = out->sink(out->user, out->bytes, out->used);
    }
    out->used = 0;
    return out->status;
}

void out_put(out_bytes *out, const char *bytes, size_t size) {
    while (size > 0 && out->status == DRG_OK) {
        size_t part = size < sizeof out->bytes - out->used ? size : sizeof out->bytes - out->used;
        memcpy(out->bytes + out->used, bytes, part);
        out->used += part;
        bytes += part;
        size -= part;
        if (out->used == sizeof out->bytes) {
            out_flush(out);
        }
    }
}

void out_text(out_bytes *out, const char *text) { out_put(out, text, strlen(text)); }
void out_span(out_bytes *out, span text) { out_put(out, text.ptr, text.len); }

void out_format(out_bytes *out, const char *format, ...) {
    char text[256];
    va_list rest;
    va_start(rest, format);
    int size = vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    out_put(out, text, size < 0 ? 0 : (size_t)size < sizeof text ? (size_t)size : sizeof text - 1);
}

void out_csv(out_bytes *out, span cell) {
    bool quoted = false;
    for (size_t i = 0; i < cell.len && !quoted; i++) {
        char c = cell.ptr[i];
        quoted = c == '"' || c == ',' || c == '\n' || c == '\r' || (c == ' ' && (i == 0 || i + 1 == cell.len));
    }
    if (!quoted) {
        out_span(out, cell);
        return;
    }
    out_put(out, "\"", 1);
    for (size_t i = 0; i < cell.len; i++) {
        out_put(out, "\"\"", cell.ptr[i] == '"' ? 1 : 0);
        out_put(out, cell.ptr + i, 1);
    }
    out_put(out, "\"", 1);
}

void out_plain(out_bytes *out, span cell) {
    for (size_t i = 0; i < cell.len; i++) {
        unsigned char c = (unsigned char)cell.ptr[i];
        out_put(out, c < 0x20 ? " " : cell.ptr + i, 1);
    }
}

void out_json(out_bytes *out, span text) {
    size_t start = 0;
    out_put(out, "\"", 1);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= 0x20 && c != '"' && c != '\\') {
            continue;
        }
        out_put(out, text.ptr + start, i - start);
        start = i + 1;
        char letter = c == '"' || c == '\\' ? (char)c : c == '\n' ? 'n' : c == '\t' ? 't' : c == '\r' ? 'r' : '\0';
        if (letter != '\0') {
            out_format(out, "\\%c", letter);
        } else {
            out_format(out, "\\u%04x", c);
        }
    }
    if (text.len > start) { /* an empty text may be NULL */
        out_put(out, text.ptr + start, text.len - start);
    }
    out_put(out, "\"", 1);
}

void out_xml(out_bytes *out, span text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        const char *name = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : c < 0x20 ? " " : NULL;
        if (name != NULL) {
            out_text(out, name);
        } else {
            out_put(out, text.ptr + i, 1);
        }
    }
}

void out_key(out_bytes *out, bool *first, const char *name) {
    out_text(out, *first ? "\"" : ",\"");
    out_text(out, name);
    out_text(out, "\":");
    *first = false;
}

void out_member(out_bytes *out, bool *first, const char *name, span text) {
    out_key(out, first, name);
    out_json(out, text);
}

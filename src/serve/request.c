// SPDX-License-Identifier: Apache-2.0
#include "serve/request.h"

#include <arpa/inet.h>

#include "base/utf8.h"

static bool fits(const char *text) { return text == NULL || strnlen(text, REQUEST_VALUE) < REQUEST_VALUE; }

void request_add(serve_request *r, const char *name, const char *value) {
    if (r->count == REQUEST_ARGUMENTS || name == NULL || !fits(name) || !fits(value)) {
        r->overfull = true;
        return;
    }
    r->arguments[r->count++] = (request_argument){name, value};
}

static bool is_text(const char *text) {
    span s = span_of(text);
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f) {
            return false;
        }
    }
    return utf8_is_valid(s);
}

const char *request_check(const serve_request *r) {
    if (r->overfull) {
        return "too many parameters, or one of more than 4,000 bytes";
    }
    if (!is_text(r->path) || strlen(r->path) >= REQUEST_VALUE) {
        return "the path is no UTF-8 text, holds control characters or is too long";
    }
    for (u32 i = 0; i < r->count; i++) {
        if (!is_text(r->arguments[i].name) || (r->arguments[i].value != NULL && !is_text(r->arguments[i].value))) {
            return "a parameter is no UTF-8 text, or holds control characters";
        }
    }
    return NULL;
}

/* ------------------------------------------------------------------ headers */

/* "[::1]:8080" -> "::1", "localhost:80" -> "localhost"; empty where the port is none. */
static span host_part(const char *host) {
    span all = span_of(host), rest = all;
    if (all.len > 0 && all.ptr[0] == '[') {
        span inside = span_next_field(&rest, ']');
        bool good = inside.len > 1 && inside.len < all.len && (rest.len == 0 || rest.ptr[0] == ':');
        all = good ? span_cut(inside, 1, inside.len) : SPAN("");
        rest = rest.len > 0 ? span_cut(rest, 1, rest.len) : rest;
    } else {
        all = span_next_field(&rest, ':');
    }
    for (size_t i = 0; i < rest.len; i++) {
        if (!ascii_is_digit((unsigned char)rest.ptr[i])) {
            return SPAN("");
        }
    }
    return all;
}

bool request_host_is_good(const char *host, bool loopback, const char *name) {
    char address[64];
    unsigned char bytes[16];
    span part = host != NULL ? host_part(host) : SPAN("");
    if (part.len == 0 || part.len >= sizeof address) {
        return false;
    }
    snprintf(address, sizeof address, "%.*s", (int)part.len, part.ptr);
    if (name != NULL && equals_caseless(part, span_of(name))) {
        return true;
    }
    if (equals_caseless(part, SPAN("localhost")) || span_eq(part, SPAN("127.0.0.1")) || span_eq(part, SPAN("::1"))) {
        return true;
    }
    return !loopback && (inet_pton(AF_INET, address, bytes) == 1 || inet_pton(AF_INET6, address, bytes) == 1);
}

bool request_origin_is_good(const char *origin, const char *host) {
    if (origin == NULL) {
        return true;
    }
    span from = span_of(origin), own = span_of(host);
    return host != NULL && from.len == own.len + 7 && span_starts(from, SPAN("http://")) && span_eq(span_cut(from, 7, from.len), own);
}

bool request_token_is(const char *given, const char *token) {
    size_t len = strlen(token);
    bool same_len = given != NULL && strlen(given) == len && len > 0;
    unsigned differ = 0;
    for (size_t i = 0; i < len && same_len; i++) {
        differ |= (unsigned)(given[i] ^ token[i]);
    }
    return same_len && differ == 0;
}

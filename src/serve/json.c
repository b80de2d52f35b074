// SPDX-License-Identifier: Apache-2.0
#include "serve/json.h"

#include <math.h>

#include "base/utf8.h"

#define JSON_BYTES ((size_t)64 << 20)

static drg_status grow(void *user, const char *bytes, size_t size) {
    json *j = user;
    size_t need;
    if (j->failed || !size_add(j->len, size, &need) || need > JSON_BYTES) {
        j->failed = true;
        return DRG_ERROR_MEMORY;
    }
    if (need > j->room) {
        size_t room = need * 2;
        char *wider = realloc(j->bytes, room);
        if (wider == NULL) {
            j->failed = true;
            return DRG_ERROR_MEMORY;
        }
        j->bytes = wider;
        j->room = room;
    }
    memcpy(j->bytes + j->len, bytes, size);
    j->len = need;
    return DRG_OK;
}

void json_open(json *j) {
    j->bytes = NULL;
    j->len = j->room = 0;
    j->failed = false;
    j->depth = 0;
    out_open(&j->out, grow, j);
}

void json_close(json *j) {
    free(j->bytes);
    j->bytes = NULL;
}

void json_restart(json *j) {
    json_close(j);
    json_open(j);
}

bool json_finish(json *j) {
    while (j->depth > 0) {
        write_end(j);
    }
    out_flush(&j->out);
    return !j->failed;
}

static void key(json *j, const char *name) {
    if (j->depth > 0) {
        out_put(&j->out, ",", j->open[j->depth - 1].any);
        j->open[j->depth - 1].any = true;
    }
    if (name != NULL) {
        out_json(&j->out, span_of(name));
        out_text(&j->out, ":");
    }
}

static void open_with(json *j, const char *name, const char *bracket, char closing) {
    key(j, name);
    out_text(&j->out, bracket);
    if (j->depth == JSON_DEPTH) {
        j->failed = true;
        return;
    }
    j->open[j->depth].closing = closing;
    j->open[j->depth++].any = false;
}

void write_object(json *j, const char *name) { open_with(j, name, "{", '}'); }
void write_list(json *j, const char *name) { open_with(j, name, "[", ']'); }

void write_end(json *j) {
    if (j->depth > 0) {
        out_put(&j->out, &j->open[--j->depth].closing, 1);
    }
}

/* Bytes that are no UTF-8, as where a message was cut inside a character, become U+FFFD. */
static void put_repaired(json *j, span text) {
    out_text(&j->out, "\"");
    u32 size;
    for (size_t at = 0; at < text.len; at += size) {
        char bytes[4];
        u32 len = utf8_encode(utf8_decode(text, at, &size), bytes);
        bool plain = bytes[0] != '"' && bytes[0] != '\\' && (unsigned char)bytes[0] >= 0x20;
        out_put(&j->out, plain ? bytes : " ", plain ? len : 1);
    }
    out_text(&j->out, "\"");
}

void write_text(json *j, const char *name, span text) {
    key(j, name);
    if (utf8_is_valid(text)) {
        out_json(&j->out, text);
    } else {
        put_repaired(j, text);
    }
}

void write_word(json *j, const char *name, const char *text) { write_text(j, name, span_of(text)); }

void write_number(json *j, const char *name, i64 number) {
    key(j, name);
    out_format(&j->out, "%lld", (long long)number);
}

void write_real(json *j, const char *name, double number, int digits) {
    key(j, name);
    if (isfinite(number)) {
        out_format(&j->out, "%.*f", digits, number);
    } else {
        out_text(&j->out, "null");
    }
}

void write_flag(json *j, const char *name, bool flag) {
    key(j, name);
    out_text(&j->out, flag ? "true" : "false");
}

void write_null(json *j, const char *name) {
    key(j, name);
    out_text(&j->out, "null");
}

void write_text_or_null(json *j, const char *name, span text) {
    if (text.len > 0) {
        write_text(j, name, text);
    } else {
        write_null(j, name);
    }
}

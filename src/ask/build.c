// SPDX-License-Identifier: Apache-2.0
#include "ask/build.h"

void ask_build_open(ask_build *b, arena *memory) {
    *b = (ask_build){.memory = memory, .text = arena_alloc(memory, 512, 1), .room = 512};
    b->failed = b->text == NULL;
}

static void put(ask_build *b, const char *bytes, size_t size) {
    if (b->failed) {
        return;
    }
    if (size >= b->room - b->len) {
        size_t room = b->room * 2 + size;
        char *wider = arena_alloc(b->memory, room, 1);
        if (wider == NULL) {
            b->failed = true;
            return;
        }
        memcpy(wider, b->text, b->len);
        b->text = wider;
        b->room = room;
    }
    memcpy(b->text + b->len, bytes, size);
    b->len += size;
    b->text[b->len] = '\0';
}

void ask_put(ask_build *b, const char *sql) { put(b, sql, strlen(sql)); }

void ask_put_number(ask_build *b, i64 number) {
    char digits[32];
    put(b, digits, (size_t)snprintf(digits, sizeof digits, "%lld", (long long)number));
}

void ask_put_value(ask_build *b, const char *sql, value v) {
    value *kept = b->failed ? NULL : list_push(b->memory, &b->values);
    if (kept == NULL) {
        b->failed = true;
        return;
    }
    *kept = v;
    if (v.kind == VALUE_TEXT) {
        kept->text = arena_copy(b->memory, v.text);
        b->failed = kept->text.ptr == NULL;
    }
    for (const char *at = sql; *at != '\0'; at++) {
        if (*at == '#') {
            put(b, "?", 1);
            ask_put_number(b, b->values.count);
        } else {
            put(b, at, 1);
        }
    }
}

/* The number behind a '?', and how many bytes it takes; 0 where none stands. */
static u32 read_number(const char *at, size_t *size) {
    u32 number = 0;
    for (*size = 0; ascii_is_digit((unsigned char)at[*size]) && *size < 6; ++*size) {
        number = number * 10 + (u32)(at[*size] - '0');
    }
    return number;
}

void ask_put_build(ask_build *b, const ask_build *other) {
    u32 before = b->values.count;
    b->failed |= other->failed;
    for (u32 i = 0; i < other->values.count && !b->failed; i++) {
        value *kept = list_push(b->memory, &b->values);
        b->failed = kept == NULL;
        if (kept != NULL) {
            *kept = other->values.items[i];
        }
    }
    for (size_t i = 0; i < other->len && !b->failed;) {
        size_t digits = 0;
        u32 number = other->text[i] == '?' ? read_number(other->text + i + 1, &digits) : 0;
        put(b, other->text + i, 1);
        i += 1 + digits;
        if (number > 0) {
            ask_put_number(b, before + number);
        }
    }
}

static void print_value(ask_build *out, const value *v) {
    char number[48];
    switch (v->kind) {
        case VALUE_TEXT:
            put(out, "'", 1);
            for (size_t i = 0; i < v->text.len; i++) {
                put(out, "''", v->text.ptr[i] == '\'' ? 2 : 0);
                put(out, v->text.ptr + i, v->text.ptr[i] == '\'' ? 0 : 1);
            }
            put(out, "'", 1);
            break;
        case VALUE_NUMBER:
            ask_put_number(out, v->number);
            break;
        case VALUE_REAL:
            put(out, number, (size_t)snprintf(number, sizeof number, "%.15g", v->real));
            break;
        default:
            put(out, "NULL", 4);
    }
}

span ask_print_sql(const ask_build *b, arena *memory) {
    ask_build out;
    ask_build_open(&out, memory);
    for (size_t i = 0; i < b->len; i++) {
        size_t digits = 0;
        u32 number = b->text[i] == '?' ? read_number(b->text + i + 1, &digits) : 0;
        if (number > 0 && number <= b->values.count) {
            print_value(&out, &b->values.items[number - 1]);
            i += digits;
        } else {
            put(&out, b->text + i, 1);
        }
    }
    return out.failed ? SPAN("") : (span){out.text, out.len};
}

sql_query *ask_start(sql_base *d, const ask_build *b) {
    if (b->failed) {
        database_fail(d, DRG_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    sql_query *q = database_prepare_stream(d, b->text);
    for (u32 i = 0; i < b->values.count; i++) {
        const value *v = &b->values.items[i];
        int at = (int)i + 1;
        if (v->kind == VALUE_TEXT) {
            query_put_text(q, at, v->text);
        } else if (v->kind == VALUE_NUMBER) {
            query_put_number(q, at, v->number);
        } else if (v->kind == VALUE_REAL) {
            query_put_real(q, at, v->real);
        }
    }
    return q;
}

// SPDX-License-Identifier: Apache-2.0
/* JSON into memory, commas and brackets minded:
 *
 *     write_object(j, NULL); write_text(j, "name", SPAN("desk.db")); write_list(j, "rows"); write_number(j, NULL, 3); write_end(j); write_end(j);
 *     {"name":"desk.db","rows":[3]}
 *
 * Without memory, or past the cap, `failed` is set and nothing more is written. */
#ifndef DRG_SERVE_JSON_H
#define DRG_SERVE_JSON_H

#include "base/out.h"

#define JSON_DEPTH 24

typedef struct {
    out_bytes out;
    char *bytes;       /* the owner's to free */
    size_t len, room;
    bool failed;
    u32 depth;
    struct { char closing; bool any; } open[JSON_DEPTH];
} json;

void json_open(json *j);
void json_close(json *j); /* frees the bytes */
/* Drops what was written. */
void json_restart(json *j);
/* All of it is in `bytes` now; false where it failed. */
bool json_finish(json *j);

/* `name` NULL inside a list and at the top. */
void write_object(json *j, const char *name);
void write_list(json *j, const char *name);
void write_end(json *j);
void write_text(json *j, const char *name, span text);
void write_word(json *j, const char *name, const char *text);
void write_number(json *j, const char *name, i64 number);
void write_real(json *j, const char *name, double number, int digits);
void write_flag(json *j, const char *name, bool flag);
void write_null(json *j, const char *name);
/* A text, or null where it is empty. */
void write_text_or_null(json *j, const char *name, span text);

#endif

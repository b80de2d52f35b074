// SPDX-License-Identifier: Apache-2.0
/* What both kinds of database share: which driver an address means, the statements that are kept, the one
 * failure that is kept, and the words in braces. */
#include "store/driver.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool is_postgres_address(const char *address) {
    return address != NULL && (span_starts(span_of(address), SPAN("postgresql://")) || span_starts(span_of(address), SPAN("postgres://")));
}

/* "postgresql://anna:secret@host/desk" is shown as "postgresql://anna@host/desk". */
static void write_name(char *out, size_t room, const char *address) {
    if (address == NULL) {
        snprintf(out, room, "(temporary database)");
        return;
    }
    const char *user = strstr(address, "://"), *at = strchr(address, '@'), *colon = user != NULL ? strchr(user + 3, ':') : NULL;
    if (is_postgres_address(address) && at != NULL && colon != NULL && colon < at) {
        snprintf(out, room, "%.*s%s", (int)(colon - address), address, at);
    } else {
        snprintf(out, room, "%s", address);
    }
}

drg_status database_open(sql_base **out, const char *address, database_mode mode, drg_error *error) {
    *out = NULL;
    if (address != NULL && strcmp(address, "-") == 0) {
        return drg_fail(error, DRG_ERROR_STORE, address, 0, "a desk is no stream: name a file, or postgresql://USER@HOST/NAME");
    }
    sql_base *d = *out = calloc(1, sizeof *d);
    if (d == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, address, 0, "out of memory");
    }
    d->mode = mode;
    d->driver = is_postgres_address(address) ? &database_postgres : &database_sqlite;
    write_name(d->name, sizeof d->name, address);
    d->driver->open(d, address);
    drg_status status = database_check(d, error);
    if (status != DRG_OK) {
        database_close(d);
        *out = NULL;
    }
    return status;
}

void database_close(sql_base *d) {
    if (d == NULL) {
        return;
    }
    for (size_t i = 0; i < STATEMENTS; i++) {
        query_close(d->kept[i].ready);
    }
    d->driver->close(d);
    free(d);
}

const char *database_name(const sql_base *d) { return d->name; }
bool database_is_postgres(const sql_base *d) { return d->driver == &database_postgres; }

drg_status database_check(sql_base *d, drg_error *error) {
    drg_status status = d->status;
    if (status != DRG_OK && error != NULL) {
        *error = d->error;
    }
    d->status = DRG_OK;
    return status;
}

void database_fail(sql_base *d, drg_status status, const char *format, ...) {
    if (d->status != DRG_OK) {
        return;
    }
    char message[sizeof d->error.message];
    va_list rest;
    va_start(rest, format);
    vsnprintf(message, sizeof message, format, rest);
    va_end(rest);
    d->status = drg_fail(&d->error, status, d->name, 0, "%s", message);
}

/* ------------------------------------------------------------------ words in braces */

static const char *find_word(const driver *kind, span name) {
    for (const dialect_word *w = kind->words; w->name != NULL; w++) {
        if (span_eq(span_of(w->name), name)) {
            return w->text;
        }
    }
    return NULL;
}

/* Writes `sql` with its words replaced into `out` (NULL: only measures); the size without the final NUL. */
static size_t put_words(const driver *kind, const char *sql, char *out) {
    size_t used = 0;
    while (*sql != '\0') {
        const char *close = *sql == '{' ? strchr(sql, '}') : NULL;
        const char *word = close != NULL ? find_word(kind, (span){sql + 1, (size_t)(close - sql - 1)}) : NULL;
        span piece = word != NULL ? span_of(word) : (span){sql, 1};
        if (out != NULL && piece.len > 0) {
            memcpy(out + used, piece.ptr, piece.len);
        }
        used += piece.len;
        sql = word != NULL ? close + 1 : sql + 1;
    }
    return used;
}

/* NULL: no memory, which is kept. The caller frees it. */
static char *translate(sql_base *d, const char *sql) {
    size_t size = put_words(d->driver, sql, NULL);
    char *out = malloc(size + 1);
    if (out == NULL) {
        database_fail(d, DRG_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    put_words(d->driver, sql, out);
    out[size] = '\0';
    return out;
}

char *database_spell(sql_base *d, const char *sql) { return translate(d, sql); }

void database_run(sql_base *d, const char *sql) {
    char *text = d->status == DRG_OK ? translate(d, sql) : NULL;
    if (text != NULL) {
        d->driver->run(d, text);
    }
    free(text);
}

void database_begin(sql_base *d) {
    if (d->status == DRG_OK) {
        d->driver->begin(d);
    }
}

void database_commit(sql_base *d) {
    if (d->status == DRG_OK) {
        d->driver->commit(d);
    }
}

void database_rollback(sql_base *d) { d->driver->rollback(d); }

void database_limit(sql_base *d, int seconds) {
    d->limit = seconds;
    if (d->status == DRG_OK) {
        d->driver->limit(d);
    }
}

desk_kind database_look(sql_base *d, i64 *version) { return d->status == DRG_OK ? d->driver->look(d, version) : DESK_FOREIGN; }

void database_mark(sql_base *d, i64 version) {
    if (d->status == DRG_OK) {
        d->driver->mark(d, version);
    }
}

/* ------------------------------------------------------------------ statements */

static sql_query *prepare(sql_base *d, const char *sql, bool stream) {
    char *text = d->status == DRG_OK ? translate(d, sql) : NULL;
    sql_query *s = text != NULL ? calloc(1, sizeof *s) : NULL;
    if (s != NULL) {
        s->base = d;
        s->stream = stream;
        d->driver->prepare(s, text);
        if (d->status != DRG_OK) {
            query_close(s);
            s = NULL;
        }
    } else if (text != NULL) {
        database_fail(d, DRG_ERROR_MEMORY, "out of memory");
    }
    free(text);
    return s;
}

sql_query *database_prepare(sql_base *d, const char *sql) { return prepare(d, sql, false); }
sql_query *database_prepare_stream(sql_base *d, const char *sql) { return prepare(d, sql, true); }

void query_close(sql_query *s) {
    if (s != NULL) {
        if (s->own != NULL) {
            s->base->driver->finish(s);
        }
        free(s);
    }
}

/* Where the statement of this literal is or would be kept; -1: all places are taken. */
static int find_place(const sql_base *d, const char *key, bool stream) {
    size_t at = ((uintptr_t)key >> 3) * 0x9e3779b1u % STATEMENTS;
    for (size_t i = 0; i < STATEMENTS; i++, at = (at + 1) % STATEMENTS) {
        if (d->kept[at].key == NULL || (d->kept[at].key == key && d->kept[at].stream == stream)) {
            return (int)at;
        }
    }
    return -1;
}

/* `sql` NULL: only what is kept already. */
static sql_query *ask(sql_base *d, const char *key, const char *sql, bool stream) {
    if (d->status != DRG_OK) {
        return NULL;
    }
    int at = find_place(d, key, stream);
    if (at < 0) {
        database_fail(d, DRG_ERROR_MEMORY, "more than %d statements", STATEMENTS);
        return NULL;
    }
    if (d->kept[at].ready == NULL && sql != NULL) {
        d->kept[at].ready = prepare(d, sql, stream);
        d->kept[at].stream = stream;
        d->kept[at].key = d->kept[at].ready != NULL ? key : NULL;
    }
    if (d->kept[at].ready != NULL) {
        d->driver->clear(d->kept[at].ready);
    }
    return d->kept[at].ready;
}

sql_query *database_ask(sql_base *d, const char *sql) { return ask(d, sql, sql, false); }
sql_query *database_stream(sql_base *d, const char *sql) { return ask(d, sql, sql, true); }

static bool is_fine(const sql_query *s) { return s != NULL && s->base->status == DRG_OK; }

static void put(sql_query *s, int at, value v) {
    if (is_fine(s)) {
        s->base->driver->put(s, at, &v);
    }
}

void query_put_text(sql_query *s, int at, span text) { put(s, at, value_text(text)); }
void query_put_number(sql_query *s, int at, i64 number) { put(s, at, value_number(number)); }
void query_put_real(sql_query *s, int at, double real) { put(s, at, value_real(real)); }
void query_put_bytes(sql_query *s, int at, span bytes) { put(s, at, value_bytes(bytes)); }

void query_run(sql_query *s) {
    if (is_fine(s)) {
        s->base->driver->step(s);
    }
}

bool query_next(sql_query *s) {
    if (!is_fine(s) || !s->base->driver->next(s)) {
        query_reset(s);
        return false;
    }
    return true;
}

void query_reset(sql_query *s) {
    if (s != NULL) {
        s->base->driver->clear(s);
    }
}

int query_columns(const sql_query *s) { return s != NULL ? s->base->driver->columns(s) : 0; }
const char *query_column_name(const sql_query *s, int column) { return s->base->driver->column_name(s, column); }
bool query_is_null(const sql_query *s, int column) { return s->base->driver->is_null(s, column); }
span query_text(const sql_query *s, int column) { return s->base->driver->text(s, column); }
i64 query_number(const sql_query *s, int column) { return s->base->driver->number(s, column); }
double query_real(const sql_query *s, int column) { return s->base->driver->real(s, column); }
span query_bytes(sql_query *s, int column) { return s->base->driver->bytes(s, column); }

/* ------------------------------------------------------------------ rows */

/* "evidence(event, number)" -> "INSERT INTO evidence(event, number) VALUES(?1, ?2)" */
static bool write_insert(char *out, size_t room, const char *row, bool once, int count) {
    size_t used = (size_t)snprintf(out, room, "INSERT INTO %s VALUES(", row);
    for (int i = 1; i <= count && used < room; i++) {
        used += (size_t)snprintf(out + used, room - used, "%s?%d", i > 1 ? ", " : "", i);
    }
    if (used < room) {
        used += (size_t)snprintf(out + used, room - used, ")%s", once ? " ON CONFLICT DO NOTHING" : "");
    }
    return used < room;
}

void database_add_row(sql_base *d, const char *row, bool once, const value *values, int count) {
    char sql[1200];
    sql_query *s = ask(d, row, NULL, false);
    if (s == NULL && d->status == DRG_OK) {
        if (!write_insert(sql, sizeof sql, row, once, count)) {
            database_fail(d, DRG_ERROR_STORE, "too many columns: %.60s", row);
            return;
        }
        s = ask(d, row, sql, false);
    }
    for (int i = 0; i < count; i++) {
        put(s, i + 1, values[i]);
    }
    query_run(s);
}

// SPDX-License-Identifier: Apache-2.0
/* What a database of one kind can do: database.c asks, sqlite.c and postgres.c answer.
 * A driver reports a failure with database_fail and is not called again until it has been told. */
#ifndef DRG_STORE_DRIVER_H
#define DRG_STORE_DRIVER_H

#include "store/database.h"

/* What the two kinds spell apart: "{text}" in a statement becomes the driver's word. */
typedef struct {
    const char *name, *text; /* name without braces; ends with a NULL name */
} dialect_word;

typedef struct {
    const dialect_word *words;
    void (*open)(sql_base *d, const char *address);
    void (*close)(sql_base *d);
    void (*run)(sql_base *d, const char *sql);
    void (*begin)(sql_base *d);
    void (*commit)(sql_base *d);
    void (*rollback)(sql_base *d);
    void (*limit)(sql_base *d); /* d->limit has changed */
    desk_kind (*look)(sql_base *d, i64 *version);
    void (*mark)(sql_base *d, i64 version);

    void (*prepare)(sql_query *s, const char *sql); /* sets s->own */
    void (*finish)(sql_query *s);
    void (*clear)(sql_query *s); /* no row, all values NULL */
    void (*put)(sql_query *s, int at, const value *v);
    void (*step)(sql_query *s);
    bool (*next)(sql_query *s);
    int (*columns)(const sql_query *s);
    const char *(*column_name)(const sql_query *s, int column);
    bool (*is_null)(const sql_query *s, int column);
    span (*text)(const sql_query *s, int column);
    i64 (*number)(const sql_query *s, int column);
    double (*real)(const sql_query *s, int column);
    span (*bytes)(sql_query *s, int column);
} driver;

extern const driver database_sqlite, database_postgres;

#define STATEMENTS 512 /* kept ones; a power of two */

struct sql_base {
    const driver *driver;
    void *own;          /* sqlite3 or the connection */
    database_mode mode;
    char name[256];     /* for messages */
    int limit;          /* seconds a statement may take; 0: any time */
    int waited;         /* milliseconds for others, in this transaction */
    i64 deadline;       /* of the present one, in milliseconds of a steady clock */
    drg_status status;  /* the failure that is kept */
    drg_error error;
    struct {
        const char *key; /* address of the literal */
        bool stream;
        sql_query *ready;
    } kept[STATEMENTS];
};

struct sql_query {
    sql_base *base;
    bool stream;
    void *own;
};

#endif

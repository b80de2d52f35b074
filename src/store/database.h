// SPDX-License-Identifier: Apache-2.0
/* One way to talk to two databases: a SQLite file, or a PostgreSQL server ("postgresql://user@host/name").
 *
 *     sql_query *find = database_ask(d, "SELECT name FROM actors WHERE event = ?1");
 *     query_put_text(find, 1, event);
 *     while (query_next(find)) {
 *         use(query_text(find, 0));
 *     }
 *     DRG_TRY(database_check(d, error));
 *
 * SQL      One text for both: parameters are ?1 ?2 ..., ON CONFLICT DO NOTHING, IS NOT DISTINCT FROM; no column
 *          is called by a reserved word (end, offset).  Words in braces, {text} {number} {concat}, stand for what
 *          the two spell apart: see the table at the top of each driver.
 * Failure  The first one is kept, and until database_check has told it every further call does nothing
 *          (query_next says false), so that a caller asks once, behind a group of calls.  A statement that
 *          could not be prepared is NULL, which every call here takes.
 * Life     Values put are the caller's until query_run or the first query_next returns; texts of a row
 *          live until the next call on its statement.  Columns count from 0, parameters from 1. */
#ifndef DRG_STORE_DATABASE_H
#define DRG_STORE_DATABASE_H

#include "base/base.h"

typedef struct sql_base sql_base;
typedef struct sql_query sql_query;

typedef enum { DATABASE_READ, DATABASE_WRITE } database_mode;

/* `address` NULL: a SQLite database of this process alone, gone when closed. */
drg_status database_open(sql_base **out, const char *address, database_mode mode, drg_error *error);
/* What is not committed is lost. NULL is allowed. */
void database_close(sql_base *d);
/* The address as it may be shown: without a password. */
const char *database_name(const sql_base *d);
bool database_is_postgres(const sql_base *d);

/* Tells and forgets the first failure. */
drg_status database_check(sql_base *d, drg_error *error);
/* Keeps a failure (unless one is kept already), its message behind the name of the database. */
void database_fail(sql_base *d, drg_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The statement with words in braces as this database spells them; NULL: a failure, which is kept.  The caller frees it. */
char *database_spell(sql_base *d, const char *sql);

/* One or several statements without values. */
void database_run(sql_base *d, const char *sql);
/* Waits for another writer, then fails. */
void database_begin(sql_base *d);
void database_commit(sql_base *d);
void database_rollback(sql_base *d);

/* From here on a statement may take this long, then it fails (0: as long as it likes). */
void database_limit(sql_base *d, int seconds);

/* What a database holds. */
typedef enum { DESK_EMPTY, DESK_OURS, DESK_FOREIGN } desk_kind;
desk_kind database_look(sql_base *d, i64 *version);
void database_mark(sql_base *d, i64 version);

/* A statement that is prepared once and kept; `sql` is a literal, known by its address. Ready for values, which are NULL. */
sql_query *database_ask(sql_base *d, const char *sql);
/* The same for answers of any size: rows come in portions. Inside a loop over rows other statements may run. */
sql_query *database_stream(sql_base *d, const char *sql);
/* A statement of the caller's making; query_close frees it. `sql` is copied. */
sql_query *database_prepare(sql_base *d, const char *sql);
/* The same for answers of any size. */
sql_query *database_prepare_stream(sql_base *d, const char *sql);
void query_close(sql_query *s);

void query_put_text(sql_query *s, int at, span text);
void query_put_number(sql_query *s, int at, i64 value);
void query_put_real(sql_query *s, int at, double value);
void query_put_bytes(sql_query *s, int at, span bytes);

/* Runs what answers no rows.  A server may be told later; then the failure is kept by database_commit at the latest. */
void query_run(sql_query *s);
/* The next row; false at the end, when the statement is ready again. */
bool query_next(sql_query *s);
/* Leaves before the last row. */
void query_reset(sql_query *s);

int query_columns(const sql_query *s);
const char *query_column_name(const sql_query *s, int column);
bool query_is_null(const sql_query *s, int column);
span query_text(const sql_query *s, int column); /* empty for NULL */
i64 query_number(const sql_query *s, int column);
double query_real(const sql_query *s, int column);
/* The bytes of a {bytes} column. */
span query_bytes(sql_query *s, int column);

/* One row of values into a table: `row` is a literal "table(column, column ...)".
 *
 *     database_add(d, "evidence(event, number, text)", value_text(id), value_number(3), value_text(words)); */
typedef struct {
    enum { VALUE_NOTHING, VALUE_TEXT, VALUE_NUMBER, VALUE_REAL, VALUE_BYTES } kind;
    span text;
    i64 number;
    double real;
} value;
static inline value value_text(span text) { return (value){.kind = VALUE_TEXT, .text = text}; }
static inline value value_number(i64 number) { return (value){.kind = VALUE_NUMBER, .number = number}; }
static inline value value_real(double real) { return (value){.kind = VALUE_REAL, .real = real}; }
static inline value value_bytes(span bytes) { return (value){.kind = VALUE_BYTES, .text = bytes}; }
static inline value value_nothing(void) { return (value){.kind = VALUE_NOTHING}; }
void database_add_row(sql_base *d, const char *row, bool once, const value *values, int count);
#define database_add(d, row, ...) \
    database_add_row((d), (row), false, (const value[]){__VA_ARGS__}, (int)COUNT_OF(((const value[]){__VA_ARGS__})))
/* The same where a row with the same key changes nothing. */
#define database_add_once(d, row, ...) \
    database_add_row((d), (row), true, (const value[]){__VA_ARGS__}, (int)COUNT_OF(((const value[]){__VA_ARGS__})))

#endif

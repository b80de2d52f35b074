// SPDX-License-Identifier: Apache-2.0
/* Desks in one SQLite file.  A file is known as ours by SQLite's application_id (the letters DRGM); its
 * user_version is the version of the schema. */
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "store/driver.h"

#define APPLICATION 0x4452474d
#define WAIT_MS 5000 /* for other programs: so long to begin or to go on, so long again to commit */
#define NAP_MS 10

static const dialect_word words[] = {
    {"text", "TEXT"},
    {"number", "INTEGER"},
    {"real", "REAL"},
    {"bytes", "BLOB"},
    {"serial", "INTEGER PRIMARY KEY"},
    {"table", "STRICT"},
    {"keyed table", "STRICT, WITHOUT ROWID"}, /* small rows that are looked up by their key */
    {"concat", "group_concat"},
    {"references on", "PRAGMA foreign_keys=ON"}, /* behind the steps of the schema, which rename tables */
    {NULL, NULL},
};

/* The folder that the file stands in is there. */
static bool has_folder(const sql_base *d) {
    char folder[sizeof d->name];
    const char *slash = strrchr(d->name, '/');
    size_t size = slash == NULL ? 0 : (size_t)(slash - d->name) + 1;
    if (size == 0) {
        return true;
    }
    memcpy(folder, d->name, size);
    folder[size] = '\0';
    return access(folder, F_OK) == 0;
}

/* The file, or the journal that is made beside it.  Where a file could not be made SQLite tells that it is not there. */
static void fail_to_open(sql_base *d) {
    bool writing = d->mode == DATABASE_WRITE;
    int reason = sqlite3_system_errno(d->own);
    bool missing = reason == ENOENT || reason == ENOTDIR;
    if (reason == EISDIR) {
        database_fail(d, DRG_ERROR_STORE, "is a folder: name a file");
    } else if (missing && !writing) {
        database_fail(d, DRG_ERROR_STORE, "no such database: make it (dragoman code INPUT -o DESK), or name another");
    } else if (missing && !has_folder(d)) {
        database_fail(d, DRG_ERROR_STORE, "no such folder: make it, or name another file");
    } else if (missing || reason == EACCES || reason == EPERM || reason == EROFS) {
        database_fail(d, DRG_ERROR_STORE, writing ? "no permission to write there (file and folder): allow it, or name another file"
                                                  : "no permission to read it: allow it, or ask its owner");
    } else {
        database_fail(d, DRG_ERROR_STORE, "cannot be opened: is it a file of this machine?");
    }
}

static void fail(sql_base *d, int code) {
    bool writing = d->mode == DATABASE_WRITE;
    switch (code & 0xff) {
        case SQLITE_FULL:
            database_fail(d, DRG_ERROR_STORE, "disk full: what was committed is safe; make room and run again");
            break;
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            database_fail(d, DRG_ERROR_STORE, "is not a SQLite database, or a damaged one: name another file");
            break;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            database_fail(d, DRG_ERROR_STORE, "another program is writing to it, or reading for long: wait for it and run again");
            break;
        case SQLITE_CANTOPEN:
            fail_to_open(d);
            break;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            database_fail(d, DRG_ERROR_STORE, writing ? "no permission to write: what was committed is safe; allow writing or name another file"
                                                      : "may not be changed here");
            break;
        case SQLITE_INTERRUPT:
            database_fail(d, DRG_ERROR_STORE, "the question took more than %d seconds: narrow it, or allow it more", d->limit);
            break;
        case SQLITE_NOMEM:
            database_fail(d, DRG_ERROR_MEMORY, "out of memory");
            break;
        case SQLITE_IOERR:
            if (sqlite3_system_errno(d->own) == EISDIR) {
                fail_to_open(d);
                break;
            }
            database_fail(d, DRG_ERROR_STORE, "%s: what was committed is safe; is the disk full or gone? Then run again", sqlite3_errmsg(d->own));
            break;
        default:
            database_fail(d, DRG_ERROR_STORE, "%s", sqlite3_errmsg(d->own));
    }
}

static void run(sql_base *d, const char *sql) {
    int code = sqlite3_exec(d->own, sql, NULL, NULL, NULL);
    if (code != SQLITE_OK) {
        fail(d, code);
    }
}

/* Waiting has an end for a transaction as a whole: while somebody reads, SQLite asks again for every page that it would
 * write out before its time, and does without when it is told to. */
static int wait_for_others(void *base, int tries) {
    sql_base *d = base;
    (void)tries;
    if (d->waited >= WAIT_MS) {
        return 0;
    }
    sqlite3_sleep(NAP_MS);
    d->waited += NAP_MS;
    return 1;
}

static void open_file(sql_base *d, const char *address) {
    sqlite3 *file = NULL;
    int flags = d->mode == DATABASE_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    int code = sqlite3_open_v2(address != NULL ? address : "", &file, flags, NULL);
    d->own = file;
    if (code != SQLITE_OK) {
        fail(d, code);
        return;
    }
    sqlite3_busy_handler(file, wait_for_others, d);
    run(d, "PRAGMA trusted_schema=OFF;");
}

static void close_file(sql_base *d) { sqlite3_close(d->own); }

static void begin(sql_base *d) {
    d->waited = 0;
    run(d, "BEGIN IMMEDIATE");
}

static void commit(sql_base *d) {
    d->waited = 0;
    run(d, "COMMIT");
}

static void rollback(sql_base *d) { sqlite3_exec(d->own, "ROLLBACK", NULL, NULL, NULL); }

/* Milliseconds of a clock that only ever goes forward; nothing that is written depends on it. */
static i64 steady_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (i64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int is_late(void *base) { return steady_clock() > ((const sql_base *)base)->deadline; }

static void limit(sql_base *d) {
    d->deadline = steady_clock() + (i64)d->limit * 1000;
    sqlite3_progress_handler(d->own, d->limit > 0 ? 10000 : 0, is_late, d);
}

/* The number that a question answers, or -1. */
static i64 ask(sql_base *d, const char *sql) {
    sqlite3_stmt *question;
    i64 answer = -1;
    int code = sqlite3_prepare_v2(d->own, sql, -1, &question, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(question)) == SQLITE_ROW) {
        answer = sqlite3_column_int64(question, 0);
    } else {
        fail(d, code);
    }
    sqlite3_finalize(question);
    return answer;
}

static desk_kind look(sql_base *d, i64 *version) {
    *version = ask(d, "PRAGMA user_version");
    if (ask(d, "SELECT count(*) FROM sqlite_schema") == 0) {
        return DESK_EMPTY;
    }
    return ask(d, "PRAGMA application_id") == APPLICATION ? DESK_OURS : DESK_FOREIGN;
}

static void mark(sql_base *d, i64 version) {
    char sql[96];
    snprintf(sql, sizeof sql, "PRAGMA application_id=%d; PRAGMA user_version=%lld;", APPLICATION, (long long)version);
    run(d, sql);
}

/* ------------------------------------------------------------------ statements */

static void prepare(sql_query *s, const char *sql) {
    sqlite3_stmt *ready = NULL, *second = NULL;
    const char *rest = "";
    int code = sqlite3_prepare_v3(s->base->own, sql, -1, SQLITE_PREPARE_PERSISTENT, &ready, &rest);
    s->own = ready;
    if (code != SQLITE_OK) {
        fail(s->base, code);
    } else if (*rest != '\0' && (sqlite3_prepare_v2(s->base->own, rest, -1, &second, NULL) != SQLITE_OK || second != NULL)) {
        database_fail(s->base, DRG_ERROR_USE, "one statement at a time: there is a second behind the semicolon");
    }
    sqlite3_finalize(second);
}

static void finish(sql_query *s) { sqlite3_finalize(s->own); }

static void clear(sql_query *s) {
    s->base->waited = s->base->mode == DATABASE_READ ? 0 : s->base->waited;
    if (s->base->limit > 0) {
        s->base->deadline = steady_clock() + (i64)s->base->limit * 1000;
    }
    sqlite3_reset(s->own);
    sqlite3_clear_bindings(s->own);
}

static void put(sql_query *s, int at, const value *v) {
    int code = SQLITE_OK;
    span text = {v->text.len > 0 ? v->text.ptr : "", v->text.len};
    switch (v->kind) {
        case VALUE_TEXT:
            code = sqlite3_bind_text64(s->own, at, text.ptr, text.len, SQLITE_STATIC, SQLITE_UTF8);
            break;
        case VALUE_BYTES:
            code = sqlite3_bind_blob64(s->own, at, text.ptr, text.len, SQLITE_STATIC);
            break;
        case VALUE_NUMBER:
            code = sqlite3_bind_int64(s->own, at, v->number);
            break;
        case VALUE_REAL:
            code = sqlite3_bind_double(s->own, at, v->real);
            break;
        case VALUE_NOTHING:
            code = sqlite3_bind_null(s->own, at);
            break;
    }
    if (code != SQLITE_OK) {
        fail(s->base, code);
    }
}

static bool next(sql_query *s) {
    int code = sqlite3_step(s->own);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        fail(s->base, code);
    }
    return code == SQLITE_ROW;
}

static void step(sql_query *s) {
    next(s);
    sqlite3_reset(s->own);
}

static int columns(const sql_query *s) { return sqlite3_column_count(s->own); }
static const char *column_name(const sql_query *s, int column) { return sqlite3_column_name(s->own, column); }
static bool is_null(const sql_query *s, int column) { return sqlite3_column_type(s->own, column) == SQLITE_NULL; }
static i64 number(const sql_query *s, int column) { return sqlite3_column_int64(s->own, column); }
static double real(const sql_query *s, int column) { return sqlite3_column_double(s->own, column); }

static span text(const sql_query *s, int column) {
    const char *bytes = (const char *)sqlite3_column_text(s->own, column);
    return (span){bytes != NULL ? bytes : "", (size_t)sqlite3_column_bytes(s->own, column)};
}

static span bytes(sql_query *s, int column) {
    const char *start = sqlite3_column_blob(s->own, column);
    return (span){start != NULL ? start : "", (size_t)sqlite3_column_bytes(s->own, column)};
}

const driver database_sqlite = {
    .words = words, .open = open_file, .close = close_file, .run = run, .begin = begin, .commit = commit, .rollback = rollback,
    .limit = limit, .look = look, .mark = mark, .prepare = prepare, .finish = finish, .clear = clear, .put = put, .step = step, .next = next,
    .columns = columns, .column_name = column_name, .is_null = is_null, .text = text, .number = number, .real = real, .bytes = bytes,
};

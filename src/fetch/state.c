// SPDX-License-Identifier: Apache-2.0
/* The tables of a watch and the few questions asked of them.
 *
 * An item goes through two commits: state_add_item keeps it together with the feed's new validators, so a
 * "304 Not Modified" after a crash loses nothing; state_finish_item drops its texts once the report is in the
 * desk.  A crash between the desk's commit and this one codes the item again under the same id, and the desk
 * takes it for the report it has. */
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "fetch/state.h"

#define APPLICATION 0x44524757 /* "DRGW" */
#define VERSION 1
#define WAIT_MS 5000

typedef enum {
    ASK_GET_FEED, ASK_PUT_FEED, ASK_SEE_ITEM, ASK_ADD_ITEM, ASK_DELAY_ITEM, ASK_FINISH_ITEM, ASK_LIST_ITEMS, ASK_GET_ITEM,
    ASK_GET_HOST, ASK_PUT_HOST, ASK_FORGET, ASK_COUNT
} question;

static const char *const texts[ASK_COUNT] = {
    [ASK_GET_FEED] = "SELECT etag, modified, ttl, skip_hours, skip_days, next, failures, private FROM feeds WHERE address = ?1",
    [ASK_PUT_FEED] = "INSERT OR REPLACE INTO feeds(address, etag, modified, ttl, skip_hours, skip_days, next, failures, private)"
                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [ASK_SEE_ITEM] = "UPDATE items SET shown = ?2 WHERE key = ?1",
    [ASK_ADD_ITEM] = "INSERT INTO items(key, shown, waits, feed, url, title, date, outlet, byline, lang, body, fetched, markup, attempts,"
                     " next) VALUES(?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, 0)",
    [ASK_DELAY_ITEM] = "UPDATE items SET attempts = ?2, next = ?3 WHERE key = ?1",
    [ASK_FINISH_ITEM] = "UPDATE items SET waits = 0, title = '', date = '', outlet = '', byline = '', lang = '', body = '' WHERE key = ?1",
    [ASK_LIST_ITEMS] = "SELECT key, feed, url, attempts, next FROM items WHERE waits = 1 ORDER BY number",
    [ASK_GET_ITEM] = "SELECT feed, url, title, date, outlet, byline, lang, body, fetched, markup, attempts FROM items WHERE key = ?1 AND waits = 1",
    [ASK_GET_HOST] = "SELECT robots, known, expires, since, failures FROM hosts WHERE origin = ?1",
    [ASK_PUT_HOST] = "INSERT OR REPLACE INTO hosts(origin, robots, known, expires, since, failures) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
    [ASK_FORGET] = "DELETE FROM items WHERE waits = 0 AND shown < ?1",
};

static const char schema[] =
    "CREATE TABLE feeds(address TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL, ttl INTEGER NOT NULL,"
    " skip_hours INTEGER NOT NULL, skip_days INTEGER NOT NULL, next INTEGER NOT NULL, failures INTEGER NOT NULL,"
    " private INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE items(number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, shown INTEGER NOT NULL, waits INTEGER NOT NULL,"
    " feed TEXT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL, outlet TEXT NOT NULL, byline TEXT NOT NULL,"
    " lang TEXT NOT NULL, body TEXT NOT NULL, fetched TEXT NOT NULL, markup INTEGER NOT NULL, attempts INTEGER NOT NULL, next INTEGER NOT NULL) STRICT;"
    "CREATE INDEX items_waiting ON items(number) WHERE waits = 1;"
    "CREATE TABLE hosts(origin TEXT PRIMARY KEY, robots TEXT NOT NULL, known INTEGER NOT NULL, expires INTEGER NOT NULL,"
    " since INTEGER NOT NULL, failures INTEGER NOT NULL) STRICT, WITHOUT ROWID;";

struct state {
    sqlite3 *file;
    sqlite3_stmt *ready[ASK_COUNT];
    bool in_transaction;
    int code;          /* the first failure, or SQLITE_OK */
    char path[256], message[160];
};

/* ------------------------------------------------------------------ statements */

static void fail(state *s, int code) {
    if (s->code == SQLITE_OK) {
        s->code = code;
        snprintf(s->message, sizeof s->message, "%s", (code & 0xff) == SQLITE_BUSY ? "another watch is using it"
                                                      : (code & 0xff) == SQLITE_FULL ? "disk full: make room and run again"
                                                                                     : sqlite3_errmsg(s->file));
    }
}

static sqlite3_stmt *ask(state *s, question which) {
    if (s->code == SQLITE_OK && s->ready[which] == NULL) {
        int code = sqlite3_prepare_v3(s->file, texts[which], -1, SQLITE_PREPARE_PERSISTENT, &s->ready[which], NULL);
        if (code != SQLITE_OK) {
            fail(s, code);
        }
    }
    if (s->code != SQLITE_OK) {
        return NULL; /* SQLite takes NULL for a statement and does nothing */
    }
    sqlite3_reset(s->ready[which]);
    sqlite3_clear_bindings(s->ready[which]);
    return s->ready[which];
}

static void put_text(sqlite3_stmt *q, int at, span text) {
    sqlite3_bind_text64(q, at, text.len > 0 ? text.ptr : "", text.len, SQLITE_STATIC, SQLITE_UTF8);
}

/* True: a row is there. */
static bool step(state *s, sqlite3_stmt *q) {
    int code = q != NULL ? sqlite3_step(q) : SQLITE_DONE;
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        fail(s, code);
    }
    return code == SQLITE_ROW;
}

static void finish(state *s, sqlite3_stmt *q) {
    step(s, q);
    sqlite3_reset(q);
}

static span get_text(sqlite3_stmt *q, int at, arena *memory) {
    const void *text = sqlite3_column_text(q, at);
    return arena_copy(memory, (span){text != NULL ? text : "", (size_t)sqlite3_column_bytes(q, at)});
}

static void get_short(sqlite3_stmt *q, int at, char *out, size_t room) {
    const char *text = (const char *)sqlite3_column_text(q, at);
    snprintf(out, room, "%s", text != NULL ? text : "");
}

static void run(state *s, const char *sql) {
    if (s->code == SQLITE_OK) {
        int code = sqlite3_exec(s->file, sql, NULL, NULL, NULL);
        if (code != SQLITE_OK) {
            fail(s, code);
        }
    }
}

/* ------------------------------------------------------------------ open and close */

static i64 ask_number(state *s, const char *sql) {
    sqlite3_stmt *q = NULL;
    i64 answer = -1;
    int code = sqlite3_prepare_v2(s->file, sql, -1, &q, NULL);
    if (code == SQLITE_OK && step(s, q)) {
        answer = sqlite3_column_int64(q, 0);
    } else if (code != SQLITE_OK) {
        fail(s, code);
    }
    sqlite3_finalize(q);
    return answer;
}

static bool is_ours(state *s) {
    bool ours = s->code == SQLITE_OK && ask_number(s, "PRAGMA application_id") == APPLICATION &&
                ask_number(s, "PRAGMA user_version") == VERSION;
    if (s->code == SQLITE_OK && !ours) {
        s->code = SQLITE_NOTADB;
        snprintf(s->message, sizeof s->message, "is no file of dragoman watch: name another with --state");
    }
    return ours;
}

/* Another program's database is left as it is. */
static void check_schema(state *s) {
    if (ask_number(s, "SELECT count(*) FROM sqlite_schema") > 0 && !is_ours(s)) {
        return;
    }
    run(s, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
    run(s, "BEGIN IMMEDIATE");
    if (s->code == SQLITE_OK && ask_number(s, "SELECT count(*) FROM sqlite_schema") == 0) {
        char head[96];
        run(s, schema);
        snprintf(head, sizeof head, "PRAGMA application_id=%d; PRAGMA user_version=%d;", APPLICATION, VERSION);
        run(s, head);
    }
    is_ours(s);
    run(s, "COMMIT");
}

drg_status state_open(state **out, const char *path, drg_error *error) {
    state *s = *out = calloc(1, sizeof *s);
    if (s == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, path, 0, "out of memory");
    }
    snprintf(s->path, sizeof s->path, "%s", path);
    int made = open(path, O_CREAT | O_CLOEXEC | O_RDWR, 0600); /* passwords of addresses may come into it */
    if (made >= 0) {
        close(made);
    }
    int code = sqlite3_open_v2(path, &s->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code != SQLITE_OK) {
        fail(s, code);
        snprintf(s->message, sizeof s->message, "cannot be opened or made: does the folder exist, may you write there? --state FILE names another");
    } else {
        sqlite3_busy_timeout(s->file, WAIT_MS);
        check_schema(s);
    }
    drg_status status = state_check(s, error);
    if (status != DRG_OK) {
        state_close(s);
        *out = NULL;
    }
    return status;
}

void state_close(state *s) {
    if (s == NULL) {
        return;
    }
    for (int i = 0; i < ASK_COUNT; i++) {
        sqlite3_finalize(s->ready[i]);
    }
    sqlite3_close(s->file);
    free(s);
}

drg_status state_check(const state *s, drg_error *error) {
    return s->code == SQLITE_OK ? DRG_OK : drg_fail(error, DRG_ERROR_STORE, s->path, 0, "%s", s->message);
}

void state_begin(state *s) { run(s, "BEGIN IMMEDIATE"); }
void state_commit(state *s) { run(s, "COMMIT"); }

/* ------------------------------------------------------------------ feeds */

void state_get_feed(state *s, span address, state_feed *out) {
    *out = (state_feed){.wishes = {SCHEDULE_UNSAID, SCHEDULE_UNSAID, 0, 0, 0}};
    sqlite3_stmt *q = ask(s, ASK_GET_FEED);
    put_text(q, 1, address);
    if (step(s, q)) {
        get_short(q, 0, out->etag, sizeof out->etag);
        get_short(q, 1, out->modified, sizeof out->modified);
        out->wishes.ttl = sqlite3_column_int64(q, 2);
        out->wishes.skip_hours = (u32)sqlite3_column_int64(q, 3);
        out->wishes.skip_days = (u32)sqlite3_column_int64(q, 4);
        out->next = sqlite3_column_int64(q, 5);
        out->failures = (u32)sqlite3_column_int64(q, 6);
        out->is_private = sqlite3_column_int(q, 7) != 0;
    }
    sqlite3_reset(q);
}

void state_put_feed(state *s, span address, const state_feed *feed) {
    sqlite3_stmt *q = ask(s, ASK_PUT_FEED);
    put_text(q, 1, address);
    put_text(q, 2, span_of(feed->etag));
    put_text(q, 3, span_of(feed->modified));
    sqlite3_bind_int64(q, 4, feed->wishes.ttl);
    sqlite3_bind_int64(q, 5, feed->wishes.skip_hours);
    sqlite3_bind_int64(q, 6, feed->wishes.skip_days);
    sqlite3_bind_int64(q, 7, feed->next);
    sqlite3_bind_int64(q, 8, feed->failures);
    sqlite3_bind_int64(q, 9, feed->is_private);
    finish(s, q);
}

/* ------------------------------------------------------------------ items */

bool state_add_item(state *s, const state_item *item, i64 now) {
    sqlite3_stmt *q = ask(s, ASK_SEE_ITEM);
    put_text(q, 1, span_of(item->key));
    sqlite3_bind_int64(q, 2, now);
    finish(s, q);
    if (s->code != SQLITE_OK || sqlite3_changes(s->file) > 0) {
        return false;
    }
    const span columns[] = {item->feed, item->url, item->title, item->date, item->outlet, item->byline, item->lang, item->body,
                            item->fetched};
    q = ask(s, ASK_ADD_ITEM);
    put_text(q, 1, span_of(item->key));
    sqlite3_bind_int64(q, 2, now);
    for (int i = 0; i < (int)COUNT_OF(columns); i++) {
        put_text(q, i + 3, columns[i]);
    }
    sqlite3_bind_int64(q, 12, item->is_markup);
    finish(s, q);
    return s->code == SQLITE_OK;
}

void state_delay_item(state *s, const char *key, u32 attempts, i64 next) {
    sqlite3_stmt *q = ask(s, ASK_DELAY_ITEM);
    put_text(q, 1, span_of(key));
    sqlite3_bind_int64(q, 2, attempts);
    sqlite3_bind_int64(q, 3, next);
    finish(s, q);
}

void state_finish_item(state *s, const char *key) {
    sqlite3_stmt *q = ask(s, ASK_FINISH_ITEM);
    put_text(q, 1, span_of(key));
    finish(s, q);
}

bool state_list_items(state *s, arena *memory, state_items *out) {
    sqlite3_stmt *q = ask(s, ASK_LIST_ITEMS);
    bool good = true;
    while (good && step(s, q)) {
        state_item *item = list_push(memory, out);
        if (item == NULL) {
            good = false;
            break;
        }
        get_short(q, 0, item->key, sizeof item->key);
        item->feed = get_text(q, 1, memory);
        item->url = get_text(q, 2, memory);
        item->attempts = (u32)sqlite3_column_int64(q, 3);
        item->next = sqlite3_column_int64(q, 4);
        good = item->feed.ptr != NULL && item->url.ptr != NULL;
    }
    sqlite3_reset(q);
    return good;
}

bool state_get_item(state *s, const char *key, arena *memory, state_item *out) {
    sqlite3_stmt *q = ask(s, ASK_GET_ITEM);
    put_text(q, 1, span_of(key));
    bool found = step(s, q);
    if (found) {
        *out = (state_item){0};
        snprintf(out->key, sizeof out->key, "%s", key);
        span *const columns[] = {&out->feed, &out->url, &out->title, &out->date, &out->outlet, &out->byline, &out->lang, &out->body,
                                 &out->fetched};
        for (int i = 0; i < (int)COUNT_OF(columns); i++) {
            *columns[i] = get_text(q, i, memory);
        }
        out->is_markup = sqlite3_column_int(q, 9) != 0;
        out->attempts = (u32)sqlite3_column_int64(q, 10);
    }
    sqlite3_reset(q);
    return found;
}

void state_forget(state *s, i64 before) {
    sqlite3_stmt *q = ask(s, ASK_FORGET);
    sqlite3_bind_int64(q, 1, before);
    finish(s, q);
}

/* ------------------------------------------------------------------ hosts */

bool state_get_host(state *s, span origin, arena *memory, state_host *out) {
    sqlite3_stmt *q = ask(s, ASK_GET_HOST);
    put_text(q, 1, origin);
    bool found = step(s, q);
    *out = (state_host){0};
    if (found) {
        out->robots = get_text(q, 0, memory);
        out->is_known = sqlite3_column_int(q, 1) != 0;
        out->expires = sqlite3_column_int64(q, 2);
        out->since = sqlite3_column_int64(q, 3);
        out->failures = (u32)sqlite3_column_int64(q, 4);
    }
    sqlite3_reset(q);
    return found;
}

void state_put_host(state *s, span origin, const state_host *host) {
    sqlite3_stmt *q = ask(s, ASK_PUT_HOST);
    put_text(q, 1, origin);
    put_text(q, 2, host->robots);
    sqlite3_bind_int64(q, 3, host->is_known);
    sqlite3_bind_int64(q, 4, host->expires);
    sqlite3_bind_int64(q, 5, host->since);
    sqlite3_bind_int64(q, 6, host->failures);
    finish(s, q);
}

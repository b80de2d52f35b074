// SPDX-License-Identifier: Apache-2.0
#include "store/inside.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#define BATCH 256        /* reports a transaction */
#define WAIT_MS 5000     /* for another writer */

static const char *const sql_texts[SQL_COUNT] = {
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
    [SQL_FIND_RUN] = "SELECT id FROM runs WHERE program = ?1 AND model = ?2 AND words = ?3",
    [SQL_ADD_RUN] = "INSERT INTO runs(program, model, words) VALUES(?1, ?2, ?3)",
    [SQL_FIND_REPORT] = "SELECT content FROM reports WHERE id = ?1",
    [SQL_DROP_REPORT] = "DELETE FROM reports WHERE id = ?1",
    [SQL_ADD_REPORT] = "INSERT INTO reports(id, run, content, url, outlet, owner, title, date, lang, words, caption, text, copy_of, sketch)"
                       " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    [SQL_ADD_TEXT] = "INSERT INTO report_texts(report, kind, number, text) VALUES(?1, ?2, ?3, ?4)",
    [SQL_ADD_EVENT] = "INSERT INTO events(id, report, plover, mode, contexts, cameo, goldstein, quad, reciprocal, status, date, date_end,"
                      " date_basis, place, country, lat, lon, geonameid, place_kind, dead, injured, arrested, background, frame,"
                      " trigger, entry, confidence, sides, day, story) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
                      " ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)",
    [SQL_ADD_PARTY] = "INSERT INTO actors(event, side, number, code, name, title, entity, start, end, text)"
                      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [SQL_ADD_EVIDENCE] = "INSERT INTO evidence(event, number, start, end, text) VALUES(?1, ?2, ?3, ?4, ?5)",
    [SQL_ADD_CLAIM] = "INSERT OR IGNORE INTO claims(id, report, code, name, title, act, direct, channel, cue, start, end)"
                      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    [SQL_ADD_CLAIM_PART] = "INSERT OR IGNORE INTO claim_parts(claim, number, start, end, text) VALUES(?1, ?2, ?3, ?4, ?5)",
    [SQL_ADD_CLAIM_EVENT] = "INSERT OR IGNORE INTO claim_events(claim, event) VALUES(?1, ?2)",
    [SQL_ADD_CLAIM_ABOUT] = "INSERT OR IGNORE INTO claim_about(claim, number, code, name) VALUES(?1, ?2, ?3, ?4)",
    [SQL_ADD_AGREEMENT] = "INSERT OR IGNORE INTO agreements(id, report, name, kind, stage, date, place) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_ADD_AGREEMENT_PARTY] = "INSERT OR IGNORE INTO agreement_parties(agreement, role, number, code, name) VALUES(?1, ?2, ?3, ?4, ?5)",
    [SQL_ADD_PROBLEM] = "INSERT OR IGNORE INTO problems(report, input, stage, code, message, offset) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
    [SQL_ADD_BAND] = "INSERT OR IGNORE INTO copy_bands(band, key, report) VALUES(?1, ?2, ?3)",
    [SQL_FIND_BAND] = "SELECT report FROM copy_bands WHERE band = ?1 AND key = ?2 LIMIT 8",
    [SQL_GET_SKETCH] = "SELECT sketch, coalesce(copy_of, id) FROM reports WHERE id = ?1",
    [SQL_FIND_STORY] =
        "SELECT story FROM events e WHERE story = id AND sides = ?1 AND day BETWEEN ?2 - 1 AND ?2 + 1 AND report <> ?3"
        " AND (status IN ('actual', 'claimed')) = (?4 IN ('actual', 'claimed')) AND (status = ?4 OR status IN ('actual', 'claimed'))"
        " AND (place IS NULL OR ?5 IS NULL OR place = ?5 OR place_kind NOT IN ('city', 'site') OR ?6 NOT IN ('city', 'site'))"
        " AND NOT EXISTS(SELECT 1 FROM events o WHERE o.story = e.story AND o.report = ?3)"
        " ORDER BY cameo = ?7 DESC, place IS ?5 DESC, number LIMIT 1",
    [SQL_ROWS] = "SELECT e.id, CASE WHEN e.date <> '' THEN e.date ELSE r.date END AS shown, e.plover, e.cameo, e.trigger, e.reciprocal,"
                 " coalesce(e.place, ''), e.status, r.outlet, e.background, count(DISTINCT o.report),"
                 " count(DISTINCT CASE WHEN w.owner <> '' THEN w.owner WHEN w.outlet <> '' THEN w.outlet ELSE coalesce(w.id, q.id) END)"
                 " FROM events e JOIN reports r ON r.id = e.report JOIN events o ON o.story = e.story JOIN reports q ON q.id = o.report"
                 " LEFT JOIN reports w ON w.id = coalesce(q.copy_of, q.id)"
                 " WHERE e.number = (SELECT min(number) FROM events WHERE story = e.story) GROUP BY e.number ORDER BY shown, e.number",
    [SQL_PARTIES] = "SELECT name FROM actors WHERE event = ?1 AND side = ?2 ORDER BY number",
};

const char *store_sql_text(store_sql which) { return sql_texts[which]; }

drg_status store_fail(store *s, int code, drg_error *error) {
    switch (code & 0xff) {
        case SQLITE_FULL:
            return drg_fail(error, DRG_ERROR_STORE, s->path, 0, "disk full: what was committed is safe; make room and run again");
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return drg_fail(error, DRG_ERROR_STORE, s->path, 0, "is not a SQLite database, or a damaged one: name another file");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return drg_fail(error, DRG_ERROR_STORE, s->path, 0, "another program is writing to it: wait for it and run again");
        case SQLITE_CANTOPEN:
            return drg_fail(error, DRG_ERROR_STORE, s->path, 0, s->run.program == NULL ? "no such database, or no permission to read it"
                                                                                       : "cannot be opened or made: does the folder exist, may you write there?");
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return drg_fail(error, DRG_ERROR_STORE, s->path, 0, "no permission to write");
        case SQLITE_NOMEM:
            return drg_fail(error, DRG_ERROR_MEMORY, s->path, 0, "out of memory");
        default:
            return drg_fail(error, DRG_ERROR_STORE, s->path, 0, "%s (is the disk full?)", sqlite3_errmsg(s->file));
    }
}

sqlite3_stmt *store_prepare(store *s, store_sql which, drg_error *error) {
    if (s->ready[which] == NULL) {
        int code = sqlite3_prepare_v3(s->file, sql_texts[which], -1, SQLITE_PREPARE_PERSISTENT, &s->ready[which], NULL);
        if (code != SQLITE_OK) {
            store_fail(s, code, error);
            return NULL;
        }
    }
    sqlite3_reset(s->ready[which]);
    sqlite3_clear_bindings(s->ready[which]);
    return s->ready[which];
}

void store_bind_text(sqlite3_stmt *statement, int at, span text) {
    sqlite3_bind_text64(statement, at, text.len > 0 ? text.ptr : "", text.len, SQLITE_STATIC, SQLITE_UTF8);
}

drg_status store_do(store *s, sqlite3_stmt *statement, drg_error *error) {
    if (statement == NULL) {
        return DRG_ERROR_STORE; /* store_prepare told why */
    }
    int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    return code == SQLITE_DONE || code == SQLITE_ROW ? DRG_OK : store_fail(s, code, error);
}

static drg_status run_sql(store *s, store_sql which, drg_error *error) { return store_do(s, store_prepare(s, which, error), error); }

static drg_status begin(store *s, drg_error *error) {
    if (!s->writing) {
        DRG_TRY(run_sql(s, SQL_BEGIN, error));
        s->writing = true;
        s->in_batch = 0;
    }
    return DRG_OK;
}

drg_status store_finish(store *s, drg_error *error) {
    if (s->writing) {
        DRG_TRY(run_sql(s, SQL_COMMIT, error));
        s->writing = false;
    }
    return DRG_OK;
}

drg_status store_open(store **out, const char *path, const store_run *run, drg_error *error) {
    store *s = *out = calloc(1, sizeof *s);
    if (s == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, path, 0, "out of memory");
    }
    snprintf(s->path, sizeof s->path, "%s", path != NULL ? path : "(temporary database)");
    s->run = run != NULL ? *run : (store_run){0};
    int flags = run != NULL ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    int code = sqlite3_open_v2(path != NULL ? path : "", &s->file, flags, NULL);
    drg_status status = code == SQLITE_OK ? DRG_OK : store_fail(s, code, error);
    if (status == DRG_OK) {
        sqlite3_busy_timeout(s->file, WAIT_MS);
        sqlite3_exec(s->file, "PRAGMA foreign_keys=ON; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;", NULL, NULL, NULL);
        status = store_check_schema(s, run != NULL, error);
    }
    if (status != DRG_OK) {
        store_close(s);
        *out = NULL;
    }
    return status;
}

void store_close(store *s) {
    if (s == NULL) {
        return;
    }
    for (int i = 0; i < SQL_COUNT; i++) {
        sqlite3_finalize(s->ready[i]);
    }
    if (s->writing) {
        sqlite3_exec(s->file, "ROLLBACK", NULL, NULL, NULL);
    }
    sqlite3_close(s->file);
    free(s);
}

static drg_status hash_bytes(void *user, const char *bytes, size_t size) {
    u64 *hash = user;
    *hash = XXH3_64bits_withSeed(bytes, size, *hash);
    return DRG_OK;
}

/* Every byte that the report gave and that came out of it: the same digits mean nothing new. */
static drg_status hash_records(const drg_records *records, char digits[17]) {
    u64 hash = XXH3_64bits(records->text.ptr, records->text.len);
    DRG_TRY(drg_records_write_jsonl(records, hash_bytes, &hash));
    snprintf(digits, 17, "%016llx", (unsigned long long)hash);
    return DRG_OK;
}

drg_status store_add(store *s, const drg_records *records, drg_error *error) {
    char content[17];
    DRG_TRY(begin(s, error));
    DRG_TRY(hash_records(records, content));
    sqlite3_stmt *find = store_prepare(s, SQL_FIND_REPORT, error);
    if (find == NULL) {
        return DRG_ERROR_STORE;
    }
    store_bind_text(find, 1, records->id);
    int code = sqlite3_step(find);
    bool known = code == SQLITE_ROW;
    bool same = known && strcmp((const char *)sqlite3_column_text(find, 0), content) == 0;
    sqlite3_reset(find);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        return store_fail(s, code, error);
    }
    if (known && !same) {
        sqlite3_stmt *drop = store_prepare(s, SQL_DROP_REPORT, error);
        store_bind_text(drop, 1, records->id);
        DRG_TRY(store_do(s, drop, error));
    }
    if (!same) {
        DRG_TRY(store_write_report(s, records, (span){content, 16}, error));
    }
    return ++s->in_batch < BATCH ? DRG_OK : store_finish(s, error);
}

drg_status store_add_problem(store *s, const drg_problem *problem, drg_error *error) {
    DRG_TRY(begin(s, error));
    sqlite3_stmt *add = store_prepare(s, SQL_ADD_PROBLEM, error);
    if (add == NULL) {
        return DRG_ERROR_STORE;
    }
    const span texts[] = {problem->doc, problem->stage, problem->code, problem->message};
    for (int i = 0; i < 4; i++) {
        store_bind_text(add, i + 2, texts[i]);
    }
    sqlite3_bind_int64(add, 6, (i64)problem->offset);
    return store_do(s, add, error);
}

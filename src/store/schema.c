// SPDX-License-Identifier: Apache-2.0
/* The tables, and the check that a file is one of ours.
 *
 * A file is known by SQLite's application_id (the letters DRGM) and its user_version, the version of
 * this schema.  Offsets count code points of reports.text. */
#include "store/inside.h"

#define APPLICATION 0x4452474d
#define VERSION 1

static const char schema[] =
    "CREATE TABLE runs(id INTEGER PRIMARY KEY, program TEXT NOT NULL, model TEXT NOT NULL, words TEXT NOT NULL,"
    " UNIQUE(program, model, words)) STRICT;"
    "CREATE TABLE reports(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, run INTEGER NOT NULL REFERENCES runs,"
    " content TEXT NOT NULL, url TEXT NOT NULL, outlet TEXT NOT NULL, owner TEXT NOT NULL, title TEXT NOT NULL,"
    " date TEXT NOT NULL, lang TEXT NOT NULL, words INTEGER NOT NULL, caption TEXT NOT NULL, text TEXT NOT NULL,"
    " copy_of TEXT, sketch BLOB NOT NULL) STRICT;"
    "CREATE TABLE report_texts(report TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,"
    " kind TEXT NOT NULL CHECK(kind IN ('source', 'credit', 'furniture')), number INTEGER NOT NULL, text TEXT NOT NULL,"
    " PRIMARY KEY(report, kind, number)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE events(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " report TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE, plover TEXT NOT NULL, mode TEXT NOT NULL,"
    " contexts TEXT NOT NULL, cameo TEXT NOT NULL, goldstein REAL NOT NULL, quad INTEGER NOT NULL,"
    " reciprocal INTEGER NOT NULL, status TEXT NOT NULL CHECK(status IN ('actual', 'claimed', 'denied', 'planned')),"
    " date TEXT NOT NULL, date_end TEXT NOT NULL, date_basis TEXT NOT NULL, place TEXT, country TEXT, lat REAL, lon REAL,"
    " geonameid INTEGER, place_kind TEXT, dead INTEGER, injured INTEGER, arrested INTEGER, background INTEGER NOT NULL,"
    " frame TEXT NOT NULL, trigger TEXT NOT NULL, entry TEXT NOT NULL, confidence REAL NOT NULL,"
    " sides TEXT NOT NULL, day INTEGER, story TEXT NOT NULL) STRICT;"
    "CREATE INDEX events_report ON events(report);"
    "CREATE INDEX events_lead ON events(sides, day) WHERE story = id;"
    "CREATE INDEX events_story ON events(story, report);"
    "CREATE TABLE actors(event TEXT NOT NULL REFERENCES events(id) ON DELETE CASCADE,"
    " side TEXT NOT NULL CHECK(side IN ('source', 'target', 'claimer')), number INTEGER NOT NULL, code TEXT NOT NULL,"
    " name TEXT NOT NULL, title TEXT NOT NULL, entity INTEGER, start INTEGER NOT NULL, end INTEGER NOT NULL,"
    " text TEXT NOT NULL, PRIMARY KEY(event, side, number)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX actors_code ON actors(code, side);"
    "CREATE TABLE evidence(event TEXT NOT NULL REFERENCES events(id) ON DELETE CASCADE, number INTEGER NOT NULL,"
    " start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY(event, number)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE claims(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " report TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE, code TEXT NOT NULL, name TEXT NOT NULL,"
    " title TEXT NOT NULL, act TEXT NOT NULL, direct INTEGER NOT NULL, channel TEXT NOT NULL, cue TEXT NOT NULL,"
    " start INTEGER NOT NULL, end INTEGER NOT NULL) STRICT;"
    "CREATE INDEX claims_report ON claims(report);"
    "CREATE INDEX claims_code ON claims(code);"
    "CREATE TABLE claim_parts(claim TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE, number INTEGER NOT NULL,"
    " start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY(claim, number)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE claim_events(claim TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE, event TEXT NOT NULL,"
    " PRIMARY KEY(claim, event)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE claim_about(claim TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE, number INTEGER NOT NULL,"
    " code TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY(claim, number)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE agreements(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " report TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE, name TEXT NOT NULL, kind TEXT NOT NULL,"
    " stage TEXT NOT NULL, date TEXT NOT NULL, place TEXT NOT NULL) STRICT;"
    "CREATE INDEX agreements_report ON agreements(report);"
    "CREATE TABLE agreement_parties(agreement TEXT NOT NULL REFERENCES agreements(id) ON DELETE CASCADE,"
    " role TEXT NOT NULL CHECK(role IN ('party', 'signatory')), number INTEGER NOT NULL, code TEXT NOT NULL,"
    " name TEXT NOT NULL, PRIMARY KEY(agreement, role, number)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE problems(number INTEGER PRIMARY KEY, report TEXT REFERENCES reports(id) ON DELETE CASCADE,"
    " input TEXT NOT NULL, stage TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, offset INTEGER NOT NULL,"
    " UNIQUE(input, stage, code, offset, message)) STRICT;"
    "CREATE INDEX problems_report ON problems(report);"
    "CREATE TABLE copy_bands(band INTEGER NOT NULL, key INTEGER NOT NULL,"
    " report TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE, PRIMARY KEY(band, key, report)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX copy_bands_report ON copy_bands(report);"
    "CREATE VIEW event_rows AS SELECT e.date, e.plover AS category, e.cameo,"
    " (SELECT group_concat(code, ' + ') FROM actors WHERE event = e.id AND side = 'source') AS who,"
    " (SELECT group_concat(code, ' + ') FROM actors WHERE event = e.id AND side = 'target') AS whom,"
    " e.trigger, e.place, e.country, e.status,"
    " (SELECT group_concat(name, ', ') FROM actors WHERE event = e.id AND side = 'claimer') AS according_to,"
    " r.outlet, r.title, r.id AS report, e.id, e.story FROM events e JOIN reports r ON r.id = e.report ORDER BY e.number;";

/* The number that a pragma answers, or -1. */
static i64 ask(store *s, const char *sql) {
    sqlite3_stmt *statement;
    i64 answer = -1;
    if (sqlite3_prepare_v2(s->file, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        answer = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return answer;
}

static drg_status make_schema(store *s, drg_error *error) {
    char head[96];
    snprintf(head, sizeof head, "PRAGMA application_id=%d; PRAGMA user_version=%d;", APPLICATION, VERSION);
    int code = sqlite3_exec(s->file, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_exec(s->file, schema, NULL, NULL, NULL);
    }
    if (code == SQLITE_OK) {
        code = sqlite3_exec(s->file, head, NULL, NULL, NULL);
    }
    if (code == SQLITE_OK) {
        code = sqlite3_exec(s->file, "COMMIT", NULL, NULL, NULL);
    }
    if (code != SQLITE_OK) {
        drg_status status = store_fail(s, code, error);
        sqlite3_exec(s->file, "ROLLBACK", NULL, NULL, NULL);
        return status;
    }
    return DRG_OK;
}

drg_status store_check_schema(store *s, bool writing, drg_error *error) {
    i64 tables = ask(s, "SELECT count(*) FROM sqlite_schema");
    if (tables < 0) {
        return store_fail(s, sqlite3_errcode(s->file), error);
    }
    if (tables == 0) {
        return writing ? make_schema(s, error)
                       : drg_fail(error, DRG_ERROR_STORE, s->path, 0, "holds no records yet: make it with dragoman code INPUT -o FILE");
    }
    if (ask(s, "PRAGMA application_id") != APPLICATION) {
        return drg_fail(error, DRG_ERROR_STORE, s->path, 0, "is a SQLite database of another program: name another file");
    }
    i64 version = ask(s, "PRAGMA user_version");
    if (version != VERSION) {
        return drg_fail(error, DRG_ERROR_STORE, s->path, 0, "has schema %lld, this program writes %d: code the reports into a new file",
                        (long long)version, VERSION);
    }
    return DRG_OK;
}

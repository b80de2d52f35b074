// SPDX-License-Identifier: Apache-2.0
/* Rows for people: one a story, told by its first event. */
#include "store/inside.h"

static span column(sqlite3_stmt *row, int at) {
    const char *text = (const char *)sqlite3_column_text(row, at);
    return (span){text != NULL ? text : "", (size_t)sqlite3_column_bytes(row, at)};
}

drg_status store_rows_open(store *s, drg_error *error) { return store_prepare(s, SQL_ROWS, error) != NULL ? DRG_OK : DRG_ERROR_STORE; }

/* The names on one side, "Iran, Syria", into cell `at`. */
static span list_names(store *s, span event, const char *side, int at) {
    char *cell = s->cells[at];
    size_t used = 0, room = sizeof s->cells[at];
    sqlite3_stmt *row = store_prepare(s, SQL_PARTIES, NULL);
    if (row == NULL) {
        return SPAN("");
    }
    store_bind_text(row, 1, event);
    store_bind_text(row, 2, span_of(side));
    while (sqlite3_step(row) == SQLITE_ROW) {
        span name = column(row, 0);
        if (used + name.len + 3 < room) {
            used += (size_t)snprintf(cell + used, room - used, "%s%.*s", used ? ", " : "", (int)name.len, name.ptr);
        }
    }
    sqlite3_reset(row);
    return (span){cell, used};
}

bool store_rows_next(store *s, store_row *out) {
    sqlite3_stmt *row = s->ready[SQL_ROWS];
    if (sqlite3_step(row) != SQLITE_ROW) {
        sqlite3_reset(row);
        return false;
    }
    span event = column(row, 0), plover = column(row, 2), cameo = column(row, 3), trigger = column(row, 4);
    bool mutual = sqlite3_column_int(row, 5) != 0;
    int size = snprintf(s->cells[0], sizeof s->cells[0], "%.*s %.*s %.*s", (int)plover.len, plover.ptr, (int)cameo.len, cameo.ptr,
                        (int)(trigger.len < 200 ? trigger.len : 200), trigger.ptr);
    *out = (store_row){.when = column(row, 1), .what = {s->cells[0], (size_t)size}, .where = column(row, 6), .status = column(row, 7)};
    out->who = list_names(s, event, "source", 1);
    out->whom = mutual ? SPAN("(each other)") : list_names(s, event, "target", 2);
    span claimers = list_names(s, event, "claimer", 3);
    out->according = claimers.len > 0 ? claimers : column(row, 8);
    out->background = sqlite3_column_int(row, 9) != 0;
    out->reports = (u32)sqlite3_column_int64(row, 10);
    out->witnesses = (u32)sqlite3_column_int64(row, 11);
    return true;
}

static drg_status count_one(store *s, const char *sql, i64 *out, drg_error *error) {
    sqlite3_stmt *statement;
    int code = sqlite3_prepare_v2(s->file, sql, -1, &statement, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        *out = sqlite3_column_int64(statement, 0);
        code = SQLITE_OK;
    }
    sqlite3_finalize(statement);
    return code == SQLITE_OK ? DRG_OK : store_fail(s, code, error);
}

drg_status store_count(store *s, store_counts *out, drg_error *error) {
    const struct {
        const char *sql;
        i64 *into;
    } counts[] = {
        {"SELECT count(*) FROM reports", &out->reports},
        {"SELECT count(*) FROM reports WHERE copy_of IS NOT NULL", &out->copies},
        {"SELECT count(*) FROM events", &out->events},
        {"SELECT count(DISTINCT story) FROM events", &out->stories},
        {"SELECT count(*) FROM claims", &out->claims},
        {"SELECT count(*) FROM agreements", &out->agreements},
        {"SELECT count(*) FROM problems", &out->problems},
        {"SELECT count(*) FROM runs", &out->runs},
    };
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        DRG_TRY(count_one(s, counts[i].sql, counts[i].into, error));
    }
    return DRG_OK;
}

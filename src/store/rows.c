// SPDX-License-Identifier: Apache-2.0
/* Rows for people: one a joined event, in the words of its first report. */
#include "store/inside.h"

static const char sql_rows[] =
    "SELECT e.id, CASE WHEN j.date <> '' THEN j.date WHEN e.date <> '' THEN e.date ELSE r.date END AS shown, e.plover, j.cameo, e.trigger,"
    " e.reciprocal, j.place, j.status, r.outlet, j.background, j.reports, j.owners"
    " FROM joined j JOIN events e ON e.id = j.event JOIN reports r ON r.id = e.report ORDER BY shown, j.number";

drg_status store_rows_open(store *s, drg_error *error) {
    s->rows = database_stream(s->base, sql_rows);
    return database_check(s->base, error);
}

/* The names on one side, "Iran, Syria", into cell `at`. */
static span list_names(store *s, span event, const char *side, int at) {
    char *cell = s->cells[at];
    size_t used = 0, room = sizeof s->cells[at];
    sql_query *row = database_ask(s->base, "SELECT name FROM actors WHERE event = ?1 AND side = ?2 ORDER BY number");
    query_put_text(row, 1, event);
    query_put_text(row, 2, span_of(side));
    while (query_next(row)) {
        span name = query_text(row, 0);
        if (used + name.len + 3 < room) {
            used += (size_t)snprintf(cell + used, room - used, "%s%.*s", used ? ", " : "", (int)name.len, name.ptr);
        }
    }
    return (span){cell, used};
}

bool store_rows_next(store *s, store_row *out) {
    sql_query *row = s->rows;
    if (!query_next(row)) {
        s->rows = NULL;
        return false;
    }
    span event = query_text(row, 0), plover = query_text(row, 2), cameo = query_text(row, 3), trigger = query_text(row, 4);
    bool mutual = query_number(row, 5) != 0;
    int size = snprintf(s->cells[0], sizeof s->cells[0], "%.*s %.*s %.*s", (int)plover.len, plover.ptr, (int)cameo.len, cameo.ptr,
                        (int)(trigger.len < 200 ? trigger.len : 200), trigger.ptr);
    *out = (store_row){.when = query_text(row, 1), .what = {s->cells[0], (size_t)size}};
    out->where = query_text(row, 6);
    out->status = query_text(row, 7);
    out->who = list_names(s, event, "source", 1);
    out->whom = mutual ? SPAN("(each other)") : list_names(s, event, "target", 2);
    span claimers = list_names(s, event, "claimer", 3);
    out->according = claimers.len > 0 ? claimers : query_text(row, 8);
    out->background = query_number(row, 9) != 0;
    out->reports = (u32)query_number(row, 10);
    out->witnesses = (u32)query_number(row, 11);
    return true;
}

drg_status store_rows_check(store *s, drg_error *error) { return database_check(s->base, error); }

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
        sql_query *count = database_ask(s->base, counts[i].sql);
        *counts[i].into = query_next(count) ? query_number(count, 0) : 0;
        query_reset(count);
    }
    return database_check(s->base, error);
}

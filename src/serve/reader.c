// SPDX-License-Identifier: Apache-2.0
/* Reports: which hold what a filter leaves, and one of them with all that was found in it. */
#include "serve/marks.h"

#include "base/utf8.h"

/* ------------------------------------------------------------------ the list */

/* "DATE~ID" of the last row of the page before. */
static drg_status read_after(answering *a, span *date, span *id) {
    const char *given = api_own(a, "after");
    *id = span_of(given != NULL ? given : "");
    *date = span_next_field(id, '~');
    return given == NULL || id->len > 0 ? DRG_OK : api_fail(a, 400, "parameter", "after: take it from \"next\" of the page before");
}

static void put_listed(answering *a, const sql_query *q) {
    static const char *const counts[] = {"words", "events", "claims", "agreements"};
    write_object(&a->out, NULL);
    put_report_members(&a->out, q, 0);
    for (int i = 0; i < (int)COUNT_OF(counts); i++) {
        write_number(&a->out, counts[i], query_number(q, REPORT_COLUMN_COUNT + i));
    }
    write_end(&a->out);
}

static void build_reports(answering *a, ask_build *sql, span date, span id, i64 rows) {
    ask_put(sql, "SELECT " REPORT_COLUMNS("r") ", r.words, (SELECT count(*) FROM events n WHERE n.report = r.id),"
                 " (SELECT count(*) FROM claims n WHERE n.report = r.id), (SELECT count(*) FROM agreements n WHERE n.report = r.id) FROM reports r");
    const char *glue = " WHERE ";
    if (a->filter.where.len > 0) {
        ask_put(sql, a->filter.needs_report ? " WHERE EXISTS (SELECT 1 FROM events e WHERE e.report = r.id AND " : " WHERE r.id IN (SELECT e.report FROM events e WHERE ");
        ask_put_build(sql, &a->filter.where);
        ask_put(sql, ")");
        glue = " AND ";
    }
    if (id.len > 0) {
        ask_put(sql, glue);
        ask_put_value(sql, "(r.date, r.id) < (#", value_text(date));
        ask_put_value(sql, ", #)", value_text(id));
    }
    ask_put(sql, " ORDER BY r.date DESC, r.id DESC LIMIT ");
    ask_put_number(sql, rows + 1);
}

/* Puts a page of a statement's rows; `next` is made of two of their columns. */
static drg_status answer_reports(answering *a) {
    i64 rows = 50, put = 0;
    span date, id;
    char next[600] = "";
    ask_build *sql = api_build(a);
    DRG_TRY(api_number(a, "rows", 1, 500, &rows));
    DRG_TRY(read_after(a, &date, &id));
    DRG_TRY(api_filter(a, NULL));
    build_reports(a, sql, date, id, rows);
    if (a->show_sql) {
        return api_show(a, sql, NULL, "");
    }
    sql_query *q = ask_start(api_base(a), sql);
    write_object(&a->out, NULL);
    write_list(&a->out, "rows");
    bool more = false;
    while (!more && query_next(q)) {
        more = put == rows;
        if (!more) {
            span last_date = query_text(q, 4), last_id = query_text(q, 0);
            put_listed(a, q);
            put++;
            snprintf(next, sizeof next, "%.*s~%.*s", (int)last_date.len, last_date.ptr, (int)last_id.len, last_id.ptr);
        }
    }
    query_close(q);
    write_end(&a->out);
    write_text_or_null(&a->out, "next", more ? span_of(next) : SPAN(""));
    return DRG_OK;
}

/* ------------------------------------------------------------------ one report */

static drg_status read_report(answering *a, drg_report *given) {
    sql_base *base = api_base(a);
    if (base == NULL) {
        return a->error.status;
    }
    sql_query *q = database_ask(base, "SELECT " REPORT_COLUMNS("r") ", r.words, r.caption, r.run, r.text FROM reports r WHERE r.id = ?1");
    query_put_text(q, 1, a->parts[0]);
    bool found = query_next(q);
    if (found) {
        write_object(&a->out, NULL);
        write_object(&a->out, "report");
        put_report_members(&a->out, q, 0);
        write_number(&a->out, "words", query_number(q, REPORT_COLUMN_COUNT));
        write_text(&a->out, "caption", query_text(q, REPORT_COLUMN_COUNT + 1));
        write_number(&a->out, "run", query_number(q, REPORT_COLUMN_COUNT + 2));
        span *const texts[] = {&given->id, &given->outlet, NULL, &given->title, &given->date, &given->url, &given->lang};
        for (int i = 0; i < (int)COUNT_OF(texts); i++) {
            if (texts[i] != NULL) {
                *texts[i] = arena_copy(&a->memory, query_text(q, i));
            }
        }
        given->text = arena_copy(&a->memory, query_text(q, REPORT_COLUMN_COUNT + 3));
    }
    query_reset(q);
    DRG_TRY(api_check(a));
    if (found && given->text.ptr == NULL) {
        return api_memory(a);
    }
    return found ? DRG_OK : api_fail(a, 404, "unknown", "there is no report %.80s on this desk", api_keep(a, a->parts[0]));
}

static void put_texts(answering *a, const char *name, const char *kind, span id) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT text FROM report_texts WHERE report = ?1 AND kind = ?2 ORDER BY number");
    query_put_text(q, 1, id);
    query_put_text(q, 2, span_of(kind));
    write_list(&a->out, name);
    while (query_next(q)) {
        write_text(&a->out, NULL, query_text(q, 0));
    }
    write_end(&a->out);
}

static void put_others(answering *a, span id) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT " REPORT_COLUMNS("r") " FROM reports r JOIN reports o ON o.story = r.story WHERE o.id = ?1"
                                                         " AND r.id <> ?1 AND o.story <> '' ORDER BY r.date, r.id LIMIT 50");
    query_put_text(q, 1, id);
    write_list(&a->out, "others");
    while (query_next(q)) {
        put_report(&a->out, NULL, q, 0);
    }
    write_end(&a->out);
}

static void put_agreements_of(answering *a, span id) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT g.id, g.name, g.kind, g.stage, g.date, g.place, coalesce(s.accord, '') FROM agreements g"
                                                         " LEFT JOIN accord_stages s ON s.agreement = g.id WHERE g.report = ?1 ORDER BY g.number, s.number");
    static const char *const names[] = {"id", "name", "kind", "stage", "date", "place", "accord"};
    query_put_text(q, 1, id);
    write_list(&a->out, "agreements");
    while (query_next(q)) {
        write_object(&a->out, NULL);
        for (int i = 0; i < (int)COUNT_OF(names); i++) {
            write_text(&a->out, names[i], query_text(q, i));
        }
        write_end(&a->out);
    }
    write_end(&a->out);
}

static void put_more_evidence(answering *a, const ask_row *row) {
    put_evidence(&a->out, "evidence", row->event.evidence, row->event.evidence_count);
}

static drg_status answer_report(answering *a) {
    drg_report given = {.text = SPAN("")};
    mark_list marks = {0};
    i64 *numbers;
    u32 count;
    DRG_TRY(read_report(a, &given));
    put_texts(a, "sources", "source", given.id);
    put_texts(a, "credits", "credit", given.id);
    write_end(&a->out);
    drg_extent whole = {0, (u32)utf8_count(given.text)};
    DRG_TRY(marks_read(a, &marks, given.id));
    bool again = marks_read_again(a, &marks, &given);
    marks_arrange(&marks, whole);
    DRG_TRY(marks_put(a, given.text, &marks, whole));
    write_flag(&a->out, "dates", again);
    sql_query *q = database_ask(store_database(a->desk), "SELECT number FROM events WHERE report = ?1 ORDER BY number");
    query_put_text(q, 1, given.id);
    DRG_TRY(take_numbers(a, q, &numbers, &count));
    DRG_TRY(put_events(a, "events", numbers, count, put_more_evidence));
    DRG_TRY(put_claims_of_report(a, "claims", given.id));
    put_agreements_of(a, given.id);
    put_others(a, given.id);
    return DRG_OK;
}

const api_route reader_routes[] = {{"GET", "reports", "rows after", API_IMAGE | API_KEPT, answer_reports},
                                   {"GET", "reports/*", "", API_IMAGE | API_KEPT, answer_report},
                                   {NULL, NULL, NULL, 0, NULL}};

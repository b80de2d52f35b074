// SPDX-License-Identifier: Apache-2.0
/* Reports: which hold what a filter leaves, and one of them with all that was found in it. */
#include "serve/marks.h"

#include "base/utf8.h"

/* ------------------------------------------------------------------ the list */

static void put_listed(answering *a, const sql_query *q) {
    static const char *const counts[] = {"words", "events", "claims", "agreements"};
    write_object(&a->out, NULL);
    put_report_members(&a->out, q, 0);
    for (int i = 0; i < (int)COUNT_OF(counts); i++) {
        write_number(&a->out, counts[i], query_number(q, REPORT_COLUMN_COUNT + i));
    }
    write_end(&a->out);
}

typedef struct {
    i64 day, number; /* the newest first, then as they were written */
} listed;

static bool comes_before(listed x, listed y) { return x.day != y.day ? x.day > y.day : x.number < y.number; }

/* The first `room` reports behind `after` that hold a chosen telling (`any`: or none at all), in order. */
static u32 pick_reports(const answering *a, bool any, const listed *after, listed *out, u32 room) {
    const image *m = a->m;
    u32 used = 0, last = NONE, many = any ? m->report_count : a->set.count;
    for (u32 at = 0; at < many; at++) {
        u32 report_at = any ? at : m->report[a->set.in_order[at]];
        listed row = {m->report_day[report_at], m->report_number[report_at]};
        if (report_at == last || (after != NULL && !comes_before(*after, row)) || (used == room && !comes_before(row, out[used - 1]))) {
            continue;
        }
        last = report_at;
        u32 place_at = used < room ? used++ : used - 1;
        while (place_at > 0 && comes_before(row, out[place_at - 1])) {
            out[place_at] = out[place_at - 1];
            place_at--;
        }
        out[place_at] = row;
    }
    return used;
}

/* "DAY~NUMBER" of the last row of the page before. */
static drg_status read_after(answering *a, listed *out, bool *given) {
    const char *text = api_own(a, "after");
    char *end = NULL;
    *given = text != NULL;
    if (text == NULL) {
        return DRG_OK;
    }
    out->day = strtoll(text, &end, 10);
    bool good = end != text && *end == '~';
    out->number = good ? strtoll(end + 1, &end, 10) : 0;
    return good && *end == '\0' ? DRG_OK : api_fail(a, 400, "parameter", "after: take it from \"next\" of the page before");
}

static void put_numbers(ask_build *sql, const listed *list, u32 count) {
    ask_put(sql, "WITH picked(number, place) AS (VALUES ");
    for (u32 i = 0; i < count; i++) {
        ask_put(sql, i > 0 ? ", (" : "(");
        ask_put_number(sql, list[i].number);
        ask_put(sql, ", ");
        ask_put_number(sql, i);
        ask_put(sql, ")");
    }
    ask_put(sql, ") SELECT " REPORT_COLUMNS("r") ", r.words, (SELECT count(*) FROM events n WHERE n.report = r.id),"
                 " (SELECT count(*) FROM claims n WHERE n.report = r.id), (SELECT count(*) FROM agreements n WHERE n.report = r.id)"
                 " FROM picked p JOIN reports r ON r.number = p.number ORDER BY p.place");
}

static drg_status show_reports(answering *a) {
    ask_build *sql = api_build(a);
    ask_put(sql, "SELECT " REPORT_COLUMNS("r") " FROM reports r");
    if (a->filter.where.len > 0) {
        ask_put(sql, " WHERE r.id IN (SELECT e.report FROM events e JOIN reports r ON r.id = e.report WHERE ");
        ask_put_build(sql, &a->filter.where);
        ask_put(sql, ")");
    }
    ask_put(sql, " ORDER BY r.date DESC, r.number");
    return api_show(a, sql, NULL, "");
}

static drg_status answer_reports(answering *a) {
    i64 rows = 50;
    listed after, *list;
    bool given;
    DRG_TRY(api_number(a, "rows", 1, 500, &rows));
    DRG_TRY(read_after(a, &after, &given));
    DRG_TRY(api_choose(a));
    if (a->show_sql) {
        return show_reports(a);
    }
    list = arena_new(&a->memory, listed, (size_t)rows + 2);
    if (list == NULL) {
        return api_memory(a);
    }
    u32 found = pick_reports(a, a->filter.where.len == 0, given ? &after : NULL, list, (u32)rows + 1), shown = found > rows ? (u32)rows : found;
    write_object(&a->out, NULL);
    write_list(&a->out, "rows");
    if (shown > 0) {
        ask_build *sql = api_build(a);
        put_numbers(sql, list, shown);
        sql_query *q = ask_start(api_base(a), sql);
        while (query_next(q)) {
            put_listed(a, q);
        }
        query_close(q);
    }
    write_end(&a->out);
    char next[48];
    snprintf(next, sizeof next, "%lld~%lld", shown > 0 ? (long long)list[shown - 1].day : 0, shown > 0 ? (long long)list[shown - 1].number : 0);
    write_text_or_null(&a->out, "next", found > shown ? span_of(next) : SPAN(""));
    write_flag(&a->out, "exact", a->set.exact);
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
                                   {"GET", "reports/**", "", API_IMAGE | API_KEPT, answer_report},
                                   {NULL, NULL, NULL, 0, NULL}};

// SPDX-License-Identifier: Apache-2.0
/* Agreements over time: the ledger, and one of them with its stages, what is owed, and who says it was kept. */
#include "serve/inside.h"

#define PARTY_LIST "SELECT code, name FROM agreement_parties WHERE agreement = ?1 AND role = 'party' ORDER BY number"

static void put_parties(answering *a, const char *name, span accord) {
    sql_query *q = database_ask(store_database(a->desk), PARTY_LIST);
    query_put_text(q, 1, accord);
    write_list(&a->out, name);
    while (query_next(q)) {
        write_object(&a->out, NULL);
        write_text(&a->out, "code", query_text(q, 0));
        write_text(&a->out, "name", query_text(q, 1));
        write_end(&a->out);
    }
    write_end(&a->out);
}

/* ------------------------------------------------------------------ the ledger */

typedef struct {
    span accord, name, kind, stage, first, last;
    i64 number, reports, owners;
} accord_row;

static void put_verdicts(answering *a, span accord) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT p.kind, count(*) FROM accord_stages s JOIN agreement_parts p ON p.agreement = s.agreement"
                                                         " WHERE s.accord = ?1 AND p.kind IN ('kept', 'broken', 'unclear') GROUP BY p.kind");
    i64 counts[3] = {0};
    static const char *const names[] = {"kept", "broken", "unclear"};
    query_put_text(q, 1, accord);
    while (query_next(q)) {
        for (int i = 0; i < 3; i++) {
            counts[i] = span_eq(query_text(q, 0), span_of(names[i])) ? query_number(q, 1) : counts[i];
        }
    }
    for (int i = 0; i < 3; i++) {
        write_number(&a->out, names[i], counts[i]);
    }
}

static void put_stage_names(answering *a, span accord) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT stage FROM accord_stages WHERE accord = ?1 ORDER BY number");
    char last[32] = "";
    query_put_text(q, 1, accord);
    write_list(&a->out, "stages");
    while (query_next(q)) {
        span met = query_text(q, 0);
        if (!span_eq(met, span_of(last))) {
            write_text(&a->out, NULL, met);
            snprintf(last, sizeof last, "%.*s", (int)met.len, met.ptr);
        }
    }
    write_end(&a->out);
}

static void put_accord_members(answering *a, const accord_row *row) {
    json *j = &a->out;
    write_text(j, "accord", row->accord);
    write_text(j, "name", row->name);
    write_text(j, "kind", row->kind);
    write_text(j, "stage", row->stage);
    write_text(j, "first", row->first);
    write_text(j, "last", row->last);
    write_number(j, "reports", row->reports);
    write_number(j, "owners", row->owners);
    put_parties(a, "parties", row->accord);
}

static accord_row take_row(answering *a, const sql_query *q) {
    accord_row row = {.number = query_number(q, 6), .reports = query_number(q, 7), .owners = query_number(q, 8)};
    span *const texts[] = {&row.accord, &row.name, &row.kind, &row.stage, &row.first, &row.last};
    for (int i = 0; i < (int)COUNT_OF(texts); i++) {
        *texts[i] = arena_copy(&a->memory, query_text(q, i));
    }
    return row;
}

/* Conditions of filter words and of the request's own, behind a FROM with accords c. */
static void put_where(answering *a, ask_build *sql, bool with_stage) {
    const char *last = api_own(a, "stage"), *find = api_own(a, "find"), *glue = " WHERE ";
    if (a->filter.where.len > 0) {
        ask_put(sql, " WHERE c.accord IN (SELECT e.accord FROM accord_stages e JOIN reports r ON r.id = e.report WHERE ");
        ask_put_build(sql, &a->filter.where);
        ask_put(sql, ")");
        glue = " AND ";
    }
    if (last != NULL && with_stage) {
        ask_put(sql, glue);
        ask_put_value(sql, "c.stage = #", value_text(span_of(last)));
        glue = " AND ";
    }
    if (find != NULL) {
        char pattern[600];
        size_t used = 0;
        pattern[used++] = '%';
        for (size_t i = 0; find[i] != '\0' && used < sizeof pattern - 4; i++) {
            if (find[i] == '%' || find[i] == '_' || find[i] == '\\') {
                pattern[used++] = '\\';
            }
            pattern[used++] = ascii_to_lower(find[i]);
        }
        pattern[used++] = '%';
        ask_put(sql, glue);
        ask_put_value(sql, "lower(c.name) LIKE # ESCAPE '\\'", value_text(arena_copy(&a->memory, (span){pattern, used})));
    }
}

static drg_status put_stage_counts(answering *a) {
    ask_build *sql = api_build(a);
    ask_put(sql, "SELECT c.stage, count(*) FROM accords c");
    put_where(a, sql, false);
    ask_put(sql, " GROUP BY c.stage ORDER BY 2 DESC, 1");
    sql_query *q = ask_start(store_database(a->desk), sql);
    write_list(&a->out, "stages");
    while (query_next(q)) {
        write_object(&a->out, NULL);
        write_text(&a->out, "name", query_text(q, 0));
        write_number(&a->out, "agreements", query_number(q, 1));
        write_end(&a->out);
    }
    query_close(q);
    write_end(&a->out);
    return api_check(a);
}

static drg_status answer_accords(answering *a) {
    i64 rows = 50, after = -1;
    ask_build *sql = api_build(a);
    LIST(accord_row) list = {0};
    DRG_TRY(api_number(a, "rows", 1, 500, &rows));
    DRG_TRY(api_number(a, "after", -1, INT64_MAX, &after));
    DRG_TRY(api_filter(a, ask_kind_find("agreements")));
    if (a->show_sql) {
        ask_build_kind(sql, &a->filter, ask_kind_find("agreements"), ASK_PROGRAM);
        return api_show(a, sql, "query", "--of agreements");
    }
    ask_put(sql, "SELECT c.accord, c.name, c.kind, c.stage, c.first_date, c.last_date, c.number, c.reports, c.owners FROM accords c");
    size_t before = sql->len;
    put_where(a, sql, true);
    ask_put(sql, sql->len > before ? " AND c.number > " : " WHERE c.number > ");
    ask_put_number(sql, after);
    ask_put(sql, " ORDER BY c.number LIMIT ");
    ask_put_number(sql, rows + 1);
    sql_query *q = ask_start(api_base(a), sql);
    while (query_next(q)) {
        accord_row *made = list_push(&a->memory, &list);
        if (made == NULL) {
            break;
        }
        *made = take_row(a, q);
    }
    query_close(q);
    DRG_TRY(api_check(a));
    write_object(&a->out, NULL);
    write_list(&a->out, "rows");
    for (u32 i = 0; i < list.count && i < rows; i++) {
        write_object(&a->out, NULL);
        put_accord_members(a, &list.items[i]);
        put_verdicts(a, list.items[i].accord);
        put_stage_names(a, list.items[i].accord);
        write_end(&a->out);
    }
    write_end(&a->out);
    char next[24] = "";
    if (list.count > rows) {
        snprintf(next, sizeof next, "%lld", (long long)list.items[rows - 1].number);
    }
    write_text_or_null(&a->out, "next", span_of(next));
    return put_stage_counts(a);
}

/* ------------------------------------------------------------------ one agreement */

static void put_stages(answering *a, span accord) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT s.stage, s.date, s.place, s.agreement, " REPORT_COLUMNS("r")
                                                         " FROM accord_stages s JOIN reports r ON r.id = s.report WHERE s.accord = ?1 ORDER BY s.number");
    static const char *const names[] = {"stage", "date", "place", "agreement"};
    query_put_text(q, 1, accord);
    write_list(&a->out, "stages");
    while (query_next(q)) {
        write_object(&a->out, NULL);
        for (int i = 0; i < (int)COUNT_OF(names); i++) {
            write_text(&a->out, names[i], query_text(q, i));
        }
        put_report(&a->out, "report", q, (int)COUNT_OF(names));
        write_end(&a->out);
    }
    write_end(&a->out);
}

static void put_named(json *j, const char *name, const sql_query *q, int first) {
    if (query_text(q, first).len == 0 || span_eq(query_text(q, first), SPAN("---"))) {
        write_null(j, name);
        return;
    }
    write_object(j, name);
    write_text(j, "code", query_text(q, first));
    write_text(j, "name", query_text(q, first + 1));
    write_end(j);
}

/* Parts of a kind, with the two parties of the same number. */
static const struct {
    const char *name, *roles[2], *sql;
    bool verdict;
} parts[] = {
#define PARTS(one, other, kinds)                                                                                                    \
    "SELECT DISTINCT p.kind, p.start, p.stop, p.text, coalesce(x.code, ''), coalesce(x.name, ''), coalesce(y.code, ''), coalesce(y.name, ''), g.date, " \
    REPORT_COLUMNS("r") " FROM accord_stages s JOIN agreements g ON g.id = s.agreement JOIN agreement_parts p ON p.agreement = g.id JOIN reports r ON r.id = g.report" \
    " LEFT JOIN agreement_parties x ON x.agreement = g.id AND x.role = '" one "' AND x.number = p.number"                          \
    " LEFT JOIN agreement_parties y ON y.agreement = g.id AND y.role = '" other "' AND y.number = p.number"                        \
    " WHERE s.accord = ?1 AND p.kind IN (" kinds ") ORDER BY r.date, r.id, p.start, p.stop, p.kind, 5, 6, 7, 8"
    {"undertakings", {"by", "to"}, PARTS("by", "to", "'undertaking'"), false},
    {"assessments", {"of", "judge"}, PARTS("of", "judge", "'kept', 'broken', 'unclear'"), true},
    {"provisions", {"by", "to"}, PARTS("by", "to", "'provision'"), false},
};

static void put_parts(answering *a, size_t which, span accord) {
    sql_query *q = database_ask(store_database(a->desk), parts[which].sql);
    query_put_text(q, 1, accord);
    write_list(&a->out, parts[which].name);
    while (query_next(q)) {
        write_object(&a->out, NULL);
        if (parts[which].verdict) {
            write_text(&a->out, "verdict", query_text(q, 0));
        }
        put_named(&a->out, parts[which].roles[0], q, 4);
        put_named(&a->out, parts[which].roles[1], q, 6);
        write_text(&a->out, "text", query_text(q, 3));
        write_number(&a->out, "start", query_number(q, 1));
        write_number(&a->out, "stop", query_number(q, 2));
        write_text(&a->out, "date", query_text(q, 8));
        put_report(&a->out, "report", q, 9);
        write_end(&a->out);
    }
    write_end(&a->out);
}

static void put_signatories(answering *a, span accord) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT DISTINCT p.code, p.name, p.title FROM accord_stages s JOIN agreement_parties p ON p.agreement = s.agreement"
                                                         " WHERE s.accord = ?1 AND p.role = 'signatory' ORDER BY p.code, p.name, p.title");
    query_put_text(q, 1, accord);
    write_list(&a->out, "signatories");
    while (query_next(q)) {
        write_object(&a->out, NULL);
        write_text(&a->out, "code", query_text(q, 0));
        write_text(&a->out, "name", query_text(q, 1));
        write_text(&a->out, "title", query_text(q, 2));
        write_end(&a->out);
    }
    write_end(&a->out);
}

/* Events of its reports between two of its parties. */
static drg_status put_accord_events(answering *a, span accord) {
    i64 *numbers;
    u32 count;
    sql_query *q = database_ask(store_database(a->desk),
                                "SELECT min(e.number) FROM accord_stages s JOIN events e ON e.report = s.report WHERE s.accord = ?1"
                                " AND (SELECT count(DISTINCT substr(p.code, 1, 3)) FROM actors p WHERE p.event = e.id AND p.side IN ('source', 'target') AND substr(p.code, 1, 3)"
                                " IN (SELECT substr(t.code, 1, 3) FROM agreement_parties t WHERE t.agreement = ?1 AND t.role = 'party')) >= 2"
                                " GROUP BY e.story ORDER BY max(e.shown) DESC, min(e.number) LIMIT 50");
    query_put_text(q, 1, accord);
    DRG_TRY(take_numbers(a, q, &numbers, &count));
    return put_events(a, "events", numbers, count, NULL);
}

static drg_status answer_accord(answering *a) {
    sql_base *base = api_base(a);
    accord_row row = {.number = -1};
    if (base == NULL) {
        return a->error.status;
    }
    sql_query *q = database_ask(base, "SELECT c.accord, c.name, c.kind, c.stage, c.first_date, c.last_date, c.number, c.reports, c.owners FROM accords c WHERE c.accord = ?1");
    query_put_text(q, 1, a->parts[0]);
    bool found = query_next(q);
    if (found) {
        row = take_row(a, q);
    }
    query_reset(q);
    DRG_TRY(api_check(a));
    if (!found) {
        return api_fail(a, 404, "unknown", "there is no agreement %.80s on this desk", api_keep(a, a->parts[0]));
    }
    write_object(&a->out, NULL);
    put_accord_members(a, &row);
    put_stages(a, row.accord);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        put_parts(a, i, row.accord);
    }
    put_signatories(a, row.accord);
    return put_accord_events(a, row.accord);
}

const api_route accord_routes[] = {{"GET", "agreements", "rows after stage find", API_IMAGE | API_KEPT, answer_accords},
                                   {"GET", "agreements/*", "", API_IMAGE | API_KEPT, answer_accord},
                                   {NULL, NULL, NULL, 0, NULL}};

// SPDX-License-Identifier: Apache-2.0
/* Who says what about whom; and where reports, or those who speak in them, stand against each other. */
#include "serve/inside.h"


/* ------------------------------------------------------------------ CLAIM */

#define CLAIM_COLUMNS(c) \
    c ".id, " c ".act, " c ".direct, " c ".channel, " c ".cue, " c ".start, " c ".stop, " c ".code, " c ".name, " c ".title, " c ".speaker_start, " c ".speaker_stop, " c ".speaker"
#define CLAIM_COLUMN_COUNT 13
static const char sql_parts[] = "SELECT start, stop, text FROM claim_parts WHERE claim = ?1 ORDER BY number";
static const char sql_about[] = "SELECT code, name, title, start, stop, text FROM claim_about WHERE claim = ?1 ORDER BY number";
static const char sql_events[] = "SELECT e.id, e.story, e.plover, e.trigger, e.status FROM claim_events k JOIN events e ON e.id = k.event WHERE k.claim = ?1 ORDER BY k.number";

static void put_claim_parts(answering *a, span claim) {
    sql_base *base = store_database(a->desk);
    sql_query *q = database_ask(base, sql_parts);
    query_put_text(q, 1, claim);
    write_list(&a->out, "parts");
    while (query_next(q)) {
        write_object(&a->out, NULL);
        write_number(&a->out, "start", query_number(q, 0));
        write_number(&a->out, "stop", query_number(q, 1));
        write_text(&a->out, "text", query_text(q, 2));
        write_end(&a->out);
    }
    write_end(&a->out);
    q = database_ask(base, sql_about);
    query_put_text(q, 1, claim);
    write_list(&a->out, "about");
    while (query_next(q)) {
        put_actor_row(&a->out, NULL, q, 0);
    }
    write_end(&a->out);
    q = database_ask(base, sql_events);
    query_put_text(q, 1, claim);
    write_list(&a->out, "events");
    while (query_next(q)) {
        static const char *const names[] = {"telling", "event", "plover", "trigger", "status"};
        write_object(&a->out, NULL);
        for (int i = 0; i < (int)COUNT_OF(names); i++) {
            write_text(&a->out, names[i], query_text(q, i));
        }
        write_end(&a->out);
    }
    write_end(&a->out);
}

/* Columns of CLAIM_COLUMNS, and of the report behind them. */
static void put_claim(answering *a, const sql_query *q) {
    json *j = &a->out;
    write_object(j, NULL);
    write_text(j, "id", query_text(q, 0));
    write_text(j, "act", query_text(q, 1));
    write_flag(j, "direct", query_number(q, 2) != 0);
    write_text(j, "channel", query_text(q, 3));
    write_object(j, "cue");
    write_text(j, "text", query_text(q, 4));
    write_number(j, "start", query_number(q, 5));
    write_number(j, "stop", query_number(q, 6));
    write_end(j);
    put_actor_row(j, "speaker", q, 7);
    put_report(j, "report", q, CLAIM_COLUMN_COUNT);
    put_claim_parts(a, query_text(q, 0));
    write_end(j);
}

drg_status put_claims_of_report(answering *a, const char *name, span id) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT " CLAIM_COLUMNS("c") ", " REPORT_COLUMNS("r") " FROM claims c JOIN reports r ON r.id = c.report"
                                                         " WHERE c.report = ?1 ORDER BY c.start, c.id");
    query_put_text(q, 1, id);
    write_list(&a->out, name);
    while (query_next(q)) {
        put_claim(a, q);
    }
    write_end(&a->out);
    return api_check(a);
}

/* ------------------------------------------------------------------ the list */

/* Conditions over claims e and reports r; they, and what follows, begin with the glue. */
static drg_status put_conditions(answering *a, ask_build *sql, const char **glue) {
    const char *act = api_own(a, "act"), *about = api_own(a, "about"), *direct = api_own(a, "direct");
    if (a->filter.where.len > 0) {
        ask_put(sql, *glue);
        ask_put_build(sql, &a->filter.where);
        *glue = " AND ";
    }
    if (act != NULL) {
        ask_put(sql, *glue);
        ask_put_value(sql, "e.act = #", value_text(span_of(act)));
        *glue = " AND ";
    }
    if (direct != NULL) {
        DRG_TRY(api_choice(a, "direct", "yes|no", &direct));
        ask_put(sql, *glue);
        ask_put(sql, direct[0] == 'y' ? "e.direct = 1" : "e.direct = 0");
        *glue = " AND ";
    }
    if (about != NULL) {
        ask_put(sql, *glue);
        ask_put_value(sql, "e.id IN (SELECT b.claim FROM claim_about b WHERE substr(b.code, 1, 3) = #", value_text(span_of(about)));
        ask_put_value(sql, " OR b.code = #)", value_text(span_of(about)));
        *glue = " AND ";
    }
    return DRG_OK;
}

/* "DATE~REPORT~NUMBER" */
static drg_status put_after(answering *a, ask_build *sql, const char *glue) {
    const char *given = api_own(a, "after"), *last = given != NULL ? strrchr(given, '~') : NULL;
    char *end = NULL;
    if (given == NULL) {
        return DRG_OK;
    }
    span rest = {given, last != NULL ? (size_t)(last - given) : 0}, date = span_next_field(&rest, '~');
    long long number = last != NULL ? strtoll(last + 1, &end, 10) : 0;
    if (last == NULL || rest.len == 0 || end == last + 1 || *end != '\0') {
        return api_fail(a, 400, "parameter", "after: take it from \"next\" of the page before");
    }
    ask_put(sql, glue);
    ask_put_value(sql, "(r.date, r.id, e.number) < (#", value_text(date));
    ask_put_value(sql, ", #", value_text(rest));
    ask_put_value(sql, ", #)", value_number(number));
    return DRG_OK;
}

/* A word that leaves few claims: those are looked up and sorted; else reports are gone through by date until there are
 * enough. */
static bool leaves_few(const answering *a) {
    bool few = api_own(a, "about") != NULL;
    for (u32 i = 0; i < a->word_count; i++) {
        const char *word = a->words[i];
        few |= strncmp(word, "speaker=", 8) == 0 || strncmp(word, "actor=", 6) == 0 || strncmp(word, "report=", 7) == 0 || strncmp(word, "text=", 5) == 0;
    }
    return few;
}

static drg_status answer_claims(answering *a) {
    i64 rows = 50, put = 0;
    const char *glue = leaves_few(a) ? " WHERE " : " AND ";
    char next[700] = "";
    ask_build *sql = api_build(a);
    DRG_TRY(api_number(a, "rows", 1, 500, &rows));
    DRG_TRY(api_filter(a, ask_kind_find("claims")));
    if (a->show_sql) {
        ask_build_kind(sql, &a->filter, ask_kind_find("claims"), ASK_PROGRAM);
        return api_show(a, sql, "query", "--of claims");
    }
    ask_put(sql, "SELECT " CLAIM_COLUMNS("e") ", " REPORT_COLUMNS("r") ", e.number FROM ");
    ask_put(sql, leaves_few(a) ? "claims e JOIN reports r ON r.id = e.report" : "reports r CROSS JOIN claims e WHERE e.report = r.id");
    DRG_TRY(put_conditions(a, sql, &glue));
    DRG_TRY(put_after(a, sql, glue));
    ask_put(sql, " ORDER BY r.date DESC, r.id DESC, e.number DESC LIMIT ");
    ask_put_number(sql, rows + 1);
    sql_query *q = ask_start(api_base(a), sql);
    write_object(&a->out, NULL);
    write_list(&a->out, "rows");
    bool more = false;
    while (!more && query_next(q)) {
        more = put++ == rows;
        if (!more) {
            span date = query_text(q, CLAIM_COLUMN_COUNT + 4), id = query_text(q, CLAIM_COLUMN_COUNT);
            snprintf(next, sizeof next, "%.*s~%.*s~%lld", (int)date.len, date.ptr, (int)id.len, id.ptr,
                     (long long)query_number(q, CLAIM_COLUMN_COUNT + REPORT_COLUMN_COUNT));
            put_claim(a, q);
        }
    }
    query_close(q);
    write_end(&a->out);
    write_text_or_null(&a->out, "next", more ? span_of(next) : SPAN(""));
    return DRG_OK;
}

/* ------------------------------------------------------------------ speakers */

static const char *const acts[] = {"assert", "deny", "accuse", "demand", "threaten", "promise", "praise", "question"};

typedef struct {
    span code, name;
    u32 claims, reports, outlets, last_report;
    u32 acts[COUNT_OF(acts)];
} speaker;

typedef struct {
    symbols names;       /* code, US, name */
    map papers;          /* speaker, outlet */
    LIST(speaker) list;  /* by symbol */
} speakers;

/* One claim more: rows come in the order of writing, so that those of a report stand in a row. */
static bool count_claim(answering *a, speakers *all, const sql_query *q) {
    char key[1024];
    span code = query_text(q, 0), name = query_text(q, 1), act = query_text(q, 2);
    int size = snprintf(key, sizeof key, "%.*s\x1f%.*s", (int)code.len, code.ptr, (int)(name.len < 900 ? name.len : 900), name.ptr);
    symbol at = symbols_add(&all->names, (span){key, (size_t)size});
    u32 report_at = image_find_report(a->m, query_number(q, 3));
    if (at == NONE || (at == all->list.count && list_push(&a->memory, &all->list) == NULL)) {
        return false;
    }
    speaker *who = &all->list.items[at];
    if (who->claims++ == 0) {
        span rest = symbols_text(&all->names, at);
        who->code = span_next_field(&rest, '\x1f');
        who->name = rest;
        who->last_report = NONE;
    }
    for (size_t i = 0; i < COUNT_OF(acts); i++) {
        who->acts[i] += span_eq(act, span_of(acts[i]));
    }
    if (report_at == NONE || report_at == who->last_report) {
        return true;
    }
    who->reports++;
    who->last_report = report_at;
    u32 paper = a->m->text[TEXT_OUTLET][report_at];
    u64 pair = (u64)at << 32 | paper;
    if (image_text(a->m, TEXT_OUTLET, report_at).len == 0 || map_find(&all->papers, pair) != NONE) {
        return true;
    }
    who->outlets++;
    return map_set(&all->papers, pair, 1);
}

static int compare_speakers(const void *x, const void *y) {
    const speaker *a = x, *b = y;
    if (a->claims != b->claims) {
        return a->claims > b->claims ? -1 : 1;
    }
    int code = span_compare(a->code, b->code);
    return code != 0 ? code : span_compare(a->name, b->name);
}

static void put_speaker(json *j, const speaker *who) {
    write_object(j, NULL);
    write_text(j, "code", who->code);
    write_text(j, "name", who->name);
    write_number(j, "claims", who->claims);
    write_number(j, "reports", who->reports);
    write_number(j, "outlets", who->outlets);
    write_object(j, "acts");
    for (size_t i = 0; i < COUNT_OF(acts); i++) {
        if (who->acts[i] > 0) {
            write_number(j, acts[i], who->acts[i]);
        }
    }
    write_end(j);
    write_end(j);
}

static drg_status answer_speakers(answering *a) {
    i64 rows = 50;
    const char *glue = " WHERE ";
    speakers all = {.list = {0}};
    ask_build *sql = api_build(a);
    bool room = true;
    DRG_TRY(api_number(a, "rows", 1, 200, &rows));
    DRG_TRY(api_filter(a, ask_kind_find("claims")));
    ask_put(sql, "SELECT e.code, e.name, e.act, r.number FROM claims e JOIN reports r ON r.id = e.report");
    DRG_TRY(put_conditions(a, sql, &glue));
    if (a->show_sql) {
        return api_show(a, sql, NULL, "");
    }
    ask_put(sql, " ORDER BY e.number");
    symbols_open(&all.names, NULL, &a->memory);
    map_open(&all.papers, &a->memory);
    sql_query *q = ask_start(api_base(a), sql);
    while (room && query_next(q)) {
        room = count_claim(a, &all, q);
    }
    query_close(q);
    DRG_TRY(api_check(a));
    if (!room) {
        return api_memory(a);
    }
    if (all.list.count > 1) {
        qsort(all.list.items, all.list.count, sizeof *all.list.items, compare_speakers);
    }
    write_object(&a->out, NULL);
    write_list(&a->out, "rows");
    for (u32 i = 0; i < all.list.count && i < rows; i++) {
        put_speaker(&a->out, &all.list.items[i]);
    }
    write_end(&a->out);
    return DRG_OK;
}

/* ------------------------------------------------------------------ disputes */

typedef struct {
    span event, field, value, speaker, outlet, telling, words, who, what, whom, place, date;
    span report[REPORT_COLUMN_COUNT];
    i64 dispute;
} voucher;
typedef LIST(voucher) voucher_list;

#define NAMES(side)                                                                                                              \
    "(SELECT {concat}(z.name, ', ') FROM (SELECT CASE WHEN name <> '' THEN name ELSE code END AS name FROM actors WHERE event = l.id AND side = '" \
    side "' ORDER BY number) z)"
static const char select_vouchers[] =
    "SELECT d.event, d.field, d.value, d.speaker, d.outlet, d.said_by, (SELECT v.text FROM evidence v WHERE v.event = l.id AND v.number = 0), " NAMES("source")
    ", l.plover || ' ' || l.cameo || ' ' || l.trigger, CASE WHEN l.reciprocal = 1 THEN '' ELSE " NAMES("target") " END, coalesce(l.place, ''), l.shown, d.dispute, "
    REPORT_COLUMNS("q") " FROM disputes d JOIN events l ON l.id = d.said_by JOIN reports q ON q.id = d.report";

static bool take_voucher(answering *a, const sql_query *q, voucher_list *list) {
    voucher *v = list_push(&a->memory, list);
    if (v == NULL) {
        return false;
    }
    span *const texts[] = {&v->event, &v->field, &v->value, &v->speaker, &v->outlet, &v->telling, &v->words, &v->who, &v->what, &v->whom, &v->place, &v->date};
    for (int i = 0; i < (int)COUNT_OF(texts); i++) {
        *texts[i] = arena_copy(&a->memory, query_text(q, i));
    }
    v->dispute = query_number(q, 12);
    for (int i = 0; i < REPORT_COLUMN_COUNT; i++) {
        v->report[i] = arena_copy(&a->memory, query_text(q, 13 + i));
    }
    return true;
}

static void put_voucher(json *j, const voucher *v) {
    static const char *const names[] = {"id", "outlet", "owner", "title", "date", "url", "lang", "copy_of", "story"};
    write_object(j, NULL);
    write_text(j, "speaker", v->speaker);
    write_text(j, "outlet", v->outlet);
    write_text(j, "telling", v->telling);
    write_text(j, "words", v->words);
    write_text(j, "who", v->who);
    write_text(j, "what", v->what);
    write_text(j, "whom", v->whom);
    write_object(j, "report");
    for (int i = 0; i < REPORT_COLUMN_COUNT; i++) {
        if (i == 7) {
            write_text_or_null(j, names[i], v->report[i]);
        } else {
            write_text(j, names[i], v->report[i]);
        }
    }
    write_end(j);
    write_end(j);
}

/* Vouchers list[first] to list[end - 1] stand against each other: each value is a side. */
static void put_dispute(json *j, const voucher *list, u32 first, u32 end) {
    const voucher *head = &list[first];
    write_object(j, NULL);
    write_number(j, "dispute", head->dispute);
    write_text(j, "field", head->field);
    write_text(j, "event", head->event);
    write_text(j, "who", head->who);
    write_text(j, "what", head->what);
    write_text(j, "whom", head->whom);
    write_text(j, "place", head->place);
    write_text(j, "date", head->date);
    write_list(j, "sides");
    for (u32 i = first; i < end; i++) {
        bool before = false;
        for (u32 k = first; k < i; k++) {
            before |= span_eq(list[k].value, list[i].value);
        }
        if (before) {
            continue;
        }
        write_object(j, NULL);
        write_text(j, "value", list[i].value);
        write_list(j, "vouchers");
        for (u32 k = i; k < end; k++) {
            if (span_eq(list[k].value, list[i].value)) {
                put_voucher(j, &list[k]);
            }
        }
        write_end(j);
        write_end(j);
    }
    write_end(j);
    write_end(j);
}

/* At most `most` disputes of what is listed; the number of the last one that was put, or -1. */
static i64 put_disputes(answering *a, const char *name, const voucher_list *list, i64 most, bool *more) {
    i64 last = -1, put = 0;
    u32 first = 0;
    write_list(&a->out, name);
    while (first < list->count && put < most) {
        u32 end = first;
        while (end < list->count && list->items[end].dispute == list->items[first].dispute) {
            end++;
        }
        put_dispute(&a->out, list->items, first, end);
        last = list->items[first].dispute;
        first = end;
        put++;
    }
    write_end(&a->out);
    *more = first < list->count;
    return last;
}

drg_status put_disputes_of(answering *a, span event) {
    voucher_list list = {0};
    bool more;
    ask_build *sql = api_build(a);
    ask_put(sql, select_vouchers);
    ask_put_value(sql, " WHERE d.dispute IN (SELECT x.dispute FROM disputes x WHERE x.event = #)", value_text(event));
    ask_put(sql, " ORDER BY d.dispute, d.number LIMIT 1000");
    sql_query *q = ask_start(api_base(a), sql);
    while (query_next(q) && take_voucher(a, q, &list)) {
    }
    query_close(q);
    put_disputes(a, "disputes", &list, 100, &more);
    return api_check(a);
}

static void put_dispute_filter(answering *a, ask_build *sql, const char *field) {
    ask_put(sql, " WHERE d.dispute >= 0");
    if (a->filter.where.len > 0) {
        const ask_kind *of = ask_kind_find("disputes");
        ask_put(sql, " AND d.dispute IN (");
        ask_put(sql, of->hits);
        ask_put(sql, " WHERE ");
        ask_put_build(sql, &a->filter.where);
        ask_put(sql, ")");
    }
    if (field != NULL) {
        ask_put_value(sql, " AND d.field = #", value_text(span_of(field)));
    }
}

static drg_status put_fields(answering *a) {
    ask_build *sql = api_build(a);
    ask_put(sql, "SELECT d.field, count(DISTINCT d.dispute) FROM disputes d");
    put_dispute_filter(a, sql, NULL);
    ask_put(sql, " GROUP BY d.field ORDER BY 2 DESC, 1");
    sql_query *q = ask_start(store_database(a->desk), sql);
    write_list(&a->out, "fields");
    while (query_next(q)) {
        write_object(&a->out, NULL);
        write_text(&a->out, "name", query_text(q, 0));
        write_number(&a->out, "disputes", query_number(q, 1));
        write_end(&a->out);
    }
    query_close(q);
    write_end(&a->out);
    return api_check(a);
}

static drg_status answer_disputes(answering *a) {
    i64 rows = 20, after = -1;
    voucher_list list = {0};
    bool more;
    ask_build *sql = api_build(a);
    DRG_TRY(api_number(a, "rows", 1, 200, &rows));
    DRG_TRY(api_number(a, "after", -1, INT64_MAX, &after));
    DRG_TRY(api_filter(a, ask_kind_find("disputes")));
    if (a->show_sql) {
        ask_build_kind(sql, &a->filter, ask_kind_find("disputes"), ASK_PROGRAM);
        return api_show(a, sql, "query", "--of disputes");
    }
    ask_put(sql, select_vouchers);
    put_dispute_filter(a, sql, api_own(a, "field"));
    ask_put(sql, " AND d.dispute > ");
    ask_put_number(sql, after);
    ask_put(sql, " ORDER BY d.dispute, d.number");
    sql_query *q = ask_start(api_base(a), sql);
    for (i64 met = 0, last = -1; query_next(q);) {
        met += query_number(q, 12) != last;
        last = query_number(q, 12);
        if (met > rows + 1 || !take_voucher(a, q, &list)) {
            break;
        }
    }
    query_close(q);
    DRG_TRY(api_check(a));
    write_object(&a->out, NULL);
    i64 last = put_disputes(a, "rows", &list, rows, &more);
    char next[24] = "";
    snprintf(next, sizeof next, "%lld", (long long)last);
    write_text_or_null(&a->out, "next", more ? span_of(next) : SPAN(""));
    return put_fields(a);
}

const api_route claim_routes[] = {{"GET", "claims", "rows after act direct about", API_IMAGE | API_KEPT, answer_claims},
                                  {"GET", "claims/speakers", "rows act direct about", API_IMAGE | API_KEPT, answer_speakers},
                                  {"GET", "disputes", "rows after field", API_IMAGE | API_KEPT, answer_disputes},
                                  {NULL, NULL, NULL, 0, NULL}};

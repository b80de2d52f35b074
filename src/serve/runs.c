// SPDX-License-Identifier: Apache-2.0
/* The desk itself: what is on it, what made it, what could not be read; and the words of the API. */
#include "serve/inside.h"

#include "base/calendar.h"
#include "base/table.h"
#include "what/category.h"

/* ------------------------------------------------------------------ desk */

static u32 count_different(const image *m, const u32 *column, u32 rows, u32 entries, u32 except, arena *memory) {
    u8 *met = arena_new(memory, u8, (size_t)entries + 1);
    u32 count = 0;
    for (u32 i = 0; met != NULL && i < rows; i++) {
        count += !met[column[i]] && column[i] != except;
        met[column[i]] = 1;
    }
    (void)m;
    return count;
}

static void put_desk_counts(answering *a) {
    const image *m = a->m;
    u32 copies = 0;
    for (u32 i = 0; i < m->report_count; i++) {
        copies += m->report_copy[i] != i;
    }
    write_object(&a->out, "counts");
    write_number(&a->out, "events", m->story_count);
    write_number(&a->out, "tellings", m->count);
    write_number(&a->out, "reports", m->report_count);
    write_number(&a->out, "copies", copies);
    for (int c = TEXT_OUTLET; c <= TEXT_OWNER; c++) {
        u32 nameless = symbols_find(&m->dictionary[c], SPAN(""));
        write_number(&a->out, c == TEXT_OUTLET ? "outlets" : "owners", count_different(m, m->text[c], m->report_count, m->dictionary[c].count, nameless, &a->memory));
    }
    for (size_t i = 0; i < COUNT_OF(image_desk_names); i++) {
        write_number(&a->out, image_desk_names[i], m->desk_counts[i]);
    }
    write_end(&a->out);
}

static void put_days(answering *a) {
    const image *m = a->m;
    i32 first = INT32_MAX, last = INT32_MIN;
    char iso[16];
    for (u32 i = 0; i < m->count; i++) {
        if (m->day[i] != UNSAID) {
            first = m->day[i] < first ? m->day[i] : first;
            last = m->day[i] > last ? m->day[i] : last;
        }
    }
    write_text(&a->out, "first", first <= last ? calendar_print(first, iso) : SPAN(""));
    write_text(&a->out, "last", first <= last ? calendar_print(last, iso) : SPAN(""));
}

static drg_status answer_desk(answering *a) {
    serve *s = a->s;
    a->m = serve_hold_image(s);
    pthread_mutex_lock(&s->lock);
    int share = s->share;
    drg_error reading = s->reading;
    bool engine = s->engine != NULL;
    pthread_mutex_unlock(&s->lock);
    write_object(&a->out, NULL);
    write_word(&a->out, "name", s->name);
    write_word(&a->out, "kind", s->postgres ? "postgresql" : "sqlite");
    write_word(&a->out, "program", drg_program());
    write_flag(&a->out, "ready", a->m != NULL);
    write_real(&a->out, "read", a->m != NULL ? 1 : share / 1000.0, 3);
    write_flag(&a->out, "engine", engine);
    write_word(&a->out, "problem", a->m == NULL ? reading.message : "");
    write_flag(&a->out, "writable", s->options.token != NULL && s->writer != NULL);
    write_word(&a->out, "token", s->options.token == NULL ? "none" : s->options.guarded ? "all" : "write");
    if (a->m != NULL) {
        write_word(&a->out, "loaded", a->m->loaded);
        put_days(a);
        put_desk_counts(a);
    }
    return DRG_OK;
}

/* ------------------------------------------------------------------ words */

static void put_list(json *j, const char *name, const char *all) {
    write_list(j, name);
    for (span rest = span_of(all); rest.len > 0;) {
        write_text(j, NULL, span_next_field(&rest, '|'));
    }
    write_end(j);
}

static void put_filters(json *j) {
    write_list(j, "filters");
    for (const ask_word *w = ask_words; w->name != NULL; w++) {
        write_object(j, NULL);
        write_word(j, "name", w->name);
        write_word(j, "example", w->example);
        write_word(j, "help", w->help);
        write_end(j);
    }
    write_end(j);
}

static void put_categories(json *j) {
    static const char *const names[] = {
#define CATEGORY_NAME(name) #name,
        CATEGORY_LIST(CATEGORY_NAME)
#undef CATEGORY_NAME
    };
    write_list(j, "categories");
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        write_word(j, NULL, names[i]);
    }
    write_end(j);
}

static drg_status put_table(answering *a, const char *name, const char *file, const char *const *columns, u32 count) {
    table t;
    knowledge known;
    drg_status status = knowledge_open(&known, api_keep(a, a->s->facts.known.folder), &a->error);
    if (status == DRG_OK) {
        status = table_open(&t, &known, file, &a->error);
    }
    write_list(&a->out, name);
    while (status == DRG_OK && table_next(&t)) {
        if (table_has(&t, "to") && table_field(&t, "to").len > 0) {
            continue; /* a state that is no more */
        }
        write_object(&a->out, NULL);
        for (u32 i = 0; i < count; i++) {
            write_text(&a->out, columns[i], table_field(&t, columns[i]));
        }
        write_end(&a->out);
    }
    write_end(&a->out);
    knowledge_close(&known);
    return status;
}

static drg_status answer_words(answering *a) {
    static const char *const cameo[] = {"code", "name", "plover", "quad", "goldstein"}, *const countries[] = {"code", "name"},
                      *const points[] = {"code", "lat", "lon"}, *const sectors[] = {"sector", "name"};
    json *j = &a->out;
    write_object(j, NULL);
    put_filters(j);
    put_list(j, "sorts", ask_sorts);
    put_list(j, "groups", grouping_names);
    put_list(j, "statuses", "actual|claimed|denied|planned");
    put_list(j, "standings", "single|independent|one side|contested|planned|denied");
    put_list(j, "kinds", ask_kind_names);
    put_categories(j);
    write_list(j, "exports");
    for (const export_kind *k = export_kinds; k->name != NULL; k++) {
        write_object(j, NULL);
        write_word(j, "name", k->name);
        write_word(j, "ending", k->ending);
        write_word(j, "help", k->help);
        write_end(j);
    }
    write_end(j);
    DRG_TRY(put_table(a, "cameo", "world/cameo.tsv", cameo, COUNT_OF(cameo)));
    DRG_TRY(put_table(a, "countries", "world/countries.tsv", countries, COUNT_OF(countries)));
    DRG_TRY(put_table(a, "points", "world/country_points.tsv", points, COUNT_OF(points)));
    return put_table(a, "sectors", "world/sector_names.tsv", sectors, COUNT_OF(sectors));
}

/* ------------------------------------------------------------------ runs, problems */

typedef struct {
    u32 reports, tellings, events;
    i32 first, last;
} run_sums;

static run_sums sum_run(const image *m, u32 run) {
    run_sums sums = {0, 0, 0, INT32_MAX, INT32_MIN};
    u32 last = NONE;
    for (u32 i = 0; i < m->report_count; i++) {
        i32 day = m->report_day[i];
        bool own = m->report_run[i] == run, dated = own && day != UNSAID;
        sums.reports += own;
        sums.first = dated && day < sums.first ? day : sums.first;
        sums.last = dated && day > sums.last ? day : sums.last;
    }
    for (u32 at = 0; at < m->count; at++) {
        u32 i = m->by_story[at];
        bool own = m->report_run[m->report[i]] == run;
        sums.tellings += own;
        sums.events += own && m->story[i] != last;
        last = own ? m->story[i] : last;
    }
    return sums;
}

static void put_run(answering *a, const sql_query *q) {
    static const char *const texts[] = {"program", "model", "words", "options"};
    run_sums sums = sum_run(a->m, (u32)query_number(q, 4));
    char iso[2][16];
    write_object(&a->out, NULL);
    write_number(&a->out, "id", query_number(q, 4));
    for (int i = 0; i < (int)COUNT_OF(texts); i++) {
        write_text(&a->out, texts[i], query_text(q, i));
    }
    write_number(&a->out, "reports", sums.reports);
    write_number(&a->out, "tellings", sums.tellings);
    write_number(&a->out, "events", sums.events);
    write_text(&a->out, "first", sums.first <= sums.last ? calendar_print(sums.first, iso[0]) : SPAN(""));
    write_text(&a->out, "last", sums.first <= sums.last ? calendar_print(sums.last, iso[1]) : SPAN(""));
    write_end(&a->out);
}

static drg_status answer_runs(answering *a) {
    static const char sql[] = "SELECT u.program, u.model, u.words, u.options, u.id FROM runs u ORDER BY u.id DESC";
    sql_base *base = api_base(a);
    if (base == NULL) {
        return a->error.status;
    }
    if (a->show_sql) {
        ask_build *shown = api_build(a);
        ask_put(shown, sql);
        return api_show(a, shown, "info", "");
    }
    sql_query *q = database_ask(base, sql);
    write_object(&a->out, NULL);
    write_list(&a->out, "rows");
    while (query_next(q)) {
        put_run(a, q);
    }
    write_end(&a->out);
    pthread_mutex_lock(&a->s->lock);
    const drg_engine *engine = a->s->engine;
    pthread_mutex_unlock(&a->s->lock);
    write_object(&a->out, "now");
    write_word(&a->out, "program", drg_program());
    write_text(&a->out, "model", engine != NULL ? drg_engine_model_hash(engine) : SPAN(""));
    write_text(&a->out, "words", engine != NULL ? drg_engine_words_hash(engine) : SPAN(""));
    write_end(&a->out);
    return DRG_OK;
}

static drg_status put_counts_by_kind(answering *a) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT stage, code, count(*) FROM problems GROUP BY stage, code ORDER BY 3 DESC, 1, 2");
    write_list(&a->out, "counts");
    while (query_next(q)) {
        write_object(&a->out, NULL);
        write_text(&a->out, "stage", query_text(q, 0));
        write_text(&a->out, "code", query_text(q, 1));
        write_number(&a->out, "problems", query_number(q, 2));
        write_end(&a->out);
    }
    write_end(&a->out);
    return api_check(a);
}

static drg_status put_languages(answering *a) {
    const image *m = a->m;
    const symbols *names = &m->dictionary[TEXT_LANG];
    u32 *counts = arena_new(&a->memory, u32, (size_t)names->count + 1);
    for (u32 i = 0; counts != NULL && i < m->report_count; i++) {
        counts[m->text[TEXT_LANG][i]]++;
    }
    write_list(&a->out, "languages");
    for (u32 done = 0; counts != NULL && done < names->count; done++) {
        u32 best = 0;
        for (u32 i = 1; i < names->count; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        write_object(&a->out, NULL);
        write_text(&a->out, "lang", symbols_text(names, best));
        write_number(&a->out, "reports", counts[best]);
        write_end(&a->out);
        counts[best] = 0;
    }
    write_end(&a->out);
    return counts != NULL ? DRG_OK : api_memory(a);
}

static void put_problem(answering *a, const sql_query *q) {
    static const char *const names[] = {"stage", "code", "message", "input"};
    write_object(&a->out, NULL);
    write_number(&a->out, "number", query_number(q, 0));
    for (int i = 0; i < (int)COUNT_OF(names); i++) {
        write_text(&a->out, names[i], query_text(q, i + 1));
    }
    write_number(&a->out, "at", query_number(q, 5));
    put_report(&a->out, "report", q, 6);
    write_end(&a->out);
}

static drg_status answer_problems(answering *a) {
    i64 rows = 50, after = -1, put = 0, last = 0;
    ask_build *sql = api_build(a);
    DRG_TRY(api_number(a, "rows", 1, 500, &rows));
    DRG_TRY(api_number(a, "after", -1, INT64_MAX, &after));
    ask_put(sql, "SELECT p.number, p.stage, p.code, p.message, p.input, p.at, " REPORT_COLUMNS("r") " FROM problems p LEFT JOIN reports r ON r.id = p.report WHERE p.number > ");
    ask_put_number(sql, after);
    if (api_own(a, "stage") != NULL) {
        ask_put_value(sql, " AND p.stage = #", value_text(span_of(api_own(a, "stage"))));
    }
    if (api_own(a, "code") != NULL) {
        ask_put_value(sql, " AND p.code = #", value_text(span_of(api_own(a, "code"))));
    }
    ask_put(sql, " ORDER BY p.number LIMIT ");
    ask_put_number(sql, rows + 1);
    sql_base *base = api_base(a);
    if (base == NULL) {
        return a->error.status;
    }
    if (a->show_sql) {
        return api_show(a, sql, "problems", "--list");
    }
    sql_query *q = ask_start(base, sql);
    bool more = false;
    write_object(&a->out, NULL);
    write_list(&a->out, "rows");
    while (!more && query_next(q)) {
        more = put++ == rows;
        if (!more) {
            last = query_number(q, 0);
            put_problem(a, q);
        }
    }
    query_close(q);
    write_end(&a->out);
    char next[24];
    snprintf(next, sizeof next, "%lld", (long long)last);
    write_text_or_null(&a->out, "next", more ? span_of(next) : SPAN(""));
    DRG_TRY(put_counts_by_kind(a));
    return put_languages(a);
}

const api_route run_routes[] = {{"GET", "desk", "", API_ALONE, answer_desk},
                                {"GET", "words", "", API_KEPT | API_ALONE, answer_words},
                                {"GET", "runs", "", API_KEPT | API_IMAGE, answer_runs},
                                {"GET", "problems", "rows after stage code", API_KEPT | API_IMAGE, answer_problems},
                                {NULL, NULL, NULL, 0, NULL}};

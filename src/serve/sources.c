// SPDX-License-Identifier: Apache-2.0
/* Outlets and owners: what they tell, what only they tell, whom they repeat. */
#include "serve/days.h"

typedef struct {
    u32 copies, original, alone, side;
    i32 first, last;
    u32 outlets;
    u32 owner;   /* of an outlet's latest report */
} source_facts;

typedef struct {
    u32 events;
    span name;
    bool given;
} cursor;

/* "EVENTS~NAME" */
static drg_status read_after(answering *a, cursor *out) {
    const char *given = api_own(a, "after");
    char *end = NULL;
    *out = (cursor){.given = given != NULL};
    if (given == NULL) {
        return DRG_OK;
    }
    out->events = (u32)strtoul(given, &end, 10);
    out->name = span_of(end == given || *end != '~' ? "" : end + 1);
    return end != given && *end == '~' ? DRG_OK : api_fail(a, 400, "parameter", "after: take it from \"next\" of the page before");
}

/* Goes over the chosen reports once each, and over stories that one source alone tells. */
static source_facts *gather_facts(answering *a, text_column column) {
    const image *m = a->m;
    u32 names = m->dictionary[column].count, last = NONE;
    source_facts *facts = arena_new(&a->memory, source_facts, (size_t)names + 1);
    for (u32 i = 0; facts != NULL && i < names; i++) {
        facts[i].first = INT32_MAX;
        facts[i].last = INT32_MIN;
        facts[i].side = facts[i].owner = NONE;
    }
    for (u32 at = 0; facts != NULL && at < a->set.count; at++) {
        u32 row = m->report[a->set.in_order[at]];
        if (row == last) {
            continue;
        }
        source_facts *f = &facts[m->text[column][row]];
        last = row;
        *(m->report_copy[row] != row ? &f->copies : &f->original) += 1;
        f->side = image_text(m, TEXT_SIDE, row).len > 0 ? m->text[TEXT_SIDE][row] : f->side;
        f->owner = m->text[TEXT_OWNER][row];
        if (m->report_day[row] != UNSAID) {
            f->first = m->report_day[row] < f->first ? m->report_day[row] : f->first;
            f->last = m->report_day[row] > f->last ? m->report_day[row] : f->last;
        }
    }
    for (u32 s = 0; facts != NULL && s < m->story_count; s++) {
        u32 at = m->story_start[s], name = m->text[column][m->report[m->by_story[at]]];
        bool alone = true, met = false;
        for (u32 k = at; k < m->story_start[s + 1]; k++) {
            alone = alone && m->text[column][m->report[m->by_story[k]]] == name;
            met |= chosen_has(&a->set, m->by_story[k]);
        }
        facts[name].alone += alone && met;
    }
    return facts;
}

static void put_source(answering *a, const grouping *by, const tally *t, u32 g, const source_facts *f) {
    json *j = &a->out;
    const image *m = a->m;
    write_object(j, NULL);
    write_text(j, "name", by->names[g]);
    write_text(j, "owner", by->column == m->text[TEXT_OUTLET] && f->owner != NONE ? symbols_text(&m->dictionary[TEXT_OWNER], f->owner) : SPAN(""));
    write_text(j, "side", f->side != NONE ? symbols_text(&m->dictionary[TEXT_SIDE], f->side) : SPAN(""));
    put_counts(j, &t->rows[g]);
    if (f->first <= f->last) {
        days_put(j, "first", f->first);
        days_put(j, "last", f->last);
    }
    write_number(j, "copies", f->copies);
    write_number(j, "original", f->original);
    write_number(j, "alone", f->alone);
    write_object(j, "status");
    for (u32 s = 0; s < t->parts; s++) {
        char name[16];
        span status = symbols_text(&m->dictionary[TEXT_STATUS], s);
        snprintf(name, sizeof name, "%.*s", (int)(status.len < 15 ? status.len : 15), status.ptr);
        write_number(j, name, t->part_events[(size_t)g * t->parts + s]);
    }
    write_end(j);
    write_end(j);
}

static drg_status answer_sources(answering *a) {
    i64 rows = 50;
    const char *name;
    grouping by, status;
    tally t;
    cursor after;
    DRG_TRY(api_choice(a, "by", "outlet|owner", &name));
    DRG_TRY(api_number(a, "rows", 1, 500, &rows));
    DRG_TRY(read_after(a, &after));
    DRG_TRY(api_choose(a));
    if (a->show_sql) {
        ask_build *sql = api_build(a);
        ask_build_groups(sql, &a->filter, name);
        return api_show(a, sql, "query", name[1] == 'u' ? "--by outlet" : "--by owner");
    }
    grouping_open(&by, a->m, name, &a->memory);
    grouping_open(&status, a->m, "status", &a->memory);
    tally_plan plan = {a->m, &a->set, &by, &status};
    source_facts *facts = gather_facts(a, name[1] == 'u' ? TEXT_OUTLET : TEXT_OWNER);
    if (facts == NULL || !tally_count(&t, &plan, &a->memory)) {
        return api_memory(a);
    }
    u32 kept = 0;
    for (u32 i = 0; i < t.used && kept <= (u32)rows; i++) {
        u32 g = t.order[i], events = t.rows[g].events;
        bool behind = !after.given || events < after.events || (events == after.events && span_compare(by.names[g], after.name) > 0);
        if (behind && by.names[g].len > 0) {
            t.order[kept++] = g;
        }
    }
    u32 shown = kept > rows ? (u32)rows : kept;
    if (!tally_count_outlets(&t, &plan, 0, shown, &a->memory)) {
        return api_memory(a);
    }
    write_object(&a->out, NULL);
    write_list(&a->out, "rows");
    for (u32 i = 0; i < shown; i++) {
        put_source(a, &by, &t, t.order[i], &facts[t.order[i]]);
    }
    write_end(&a->out);
    char next[600] = "";
    if (kept > shown && shown > 0) {
        span last = by.names[t.order[shown - 1]];
        snprintf(next, sizeof next, "%u~%.*s", t.rows[t.order[shown - 1]].events, (int)(last.len < 500 ? last.len : 500), last.ptr);
    }
    write_text_or_null(&a->out, "next", span_of(next));
    write_flag(&a->out, "exact", a->set.exact);
    return DRG_OK;
}

/* ------------------------------------------------------------------ who repeats whom */

/* Rows in the order of their number of reports; "REPORTS~OUTLET~REPEATS~HOW" is where a page goes on. */
static drg_status put_repeat_after(answering *a, ask_build *sql) {
    const char *given = api_own(a, "after");
    char *end = NULL;
    if (given == NULL) {
        return DRG_OK;
    }
    long long reports = strtoll(given, &end, 10);
    span rest = span_of(*end == '~' ? end + 1 : ""), outlet = span_next_field(&rest, '~'), cited = span_next_field(&rest, '~');
    if (*end != '~' || rest.len == 0) {
        return api_fail(a, 400, "parameter", "after: take it from \"next\" of the page before");
    }
    ask_put_value(sql, " AND (p.reports < #", value_number(reports));
    ask_put_value(sql, " OR (p.reports = #", value_number(reports));
    ask_put_value(sql, " AND (p.outlet, p.cited, p.kind) > (#", value_text(outlet));
    ask_put_value(sql, ", #", value_text(cited));
    ask_put_value(sql, ", #)))", value_text(rest));
    return DRG_OK;
}

static drg_status answer_repeats(answering *a) {
    i64 rows = 100, put = 0;
    const ask_kind *of = ask_kind_find("repeats");
    const char *how = api_own(a, "how");
    char next[1200] = "";
    ask_build *sql = api_build(a);
    DRG_TRY(api_number(a, "rows", 1, 1000, &rows));
    DRG_TRY(api_filter(a, of));
    if (a->show_sql) {
        ask_build_kind(sql, &a->filter, of, ASK_PROGRAM);
        return api_show(a, sql, "query", "--of repeats");
    }
    ask_put(sql, "SELECT p.outlet, p.cited, p.kind, p.reports FROM repeats p WHERE p.reports >= 0");
    if (a->filter.where.len > 0) {
        ask_put(sql, " AND (p.outlet, p.cited, p.kind) IN (");
        ask_put(sql, of->hits);
        ask_put(sql, " WHERE ");
        ask_put_build(sql, &a->filter.where);
        ask_put(sql, ")");
    }
    if (how != NULL) {
        DRG_TRY(api_choice(a, "how", "copy|source|claim", &how));
        ask_put_value(sql, " AND p.kind = #", value_text(span_of(how)));
    }
    DRG_TRY(put_repeat_after(a, sql));
    ask_put(sql, " ORDER BY p.reports DESC, p.outlet, p.cited, p.kind LIMIT ");
    ask_put_number(sql, rows + 1);
    sql_query *q = ask_start(api_base(a), sql);
    bool more = false;
    write_object(&a->out, NULL);
    write_list(&a->out, "rows");
    while (!more && query_next(q)) {
        more = put++ == rows;
        if (!more) {
            span outlet = query_text(q, 0), cited = query_text(q, 1), kind = query_text(q, 2);
            write_object(&a->out, NULL);
            write_text(&a->out, "outlet", outlet);
            write_text(&a->out, "repeats", cited);
            write_text(&a->out, "how", kind);
            write_number(&a->out, "reports", query_number(q, 3));
            write_end(&a->out);
            snprintf(next, sizeof next, "%lld~%.*s~%.*s~%.*s", (long long)query_number(q, 3), (int)outlet.len, outlet.ptr, (int)cited.len, cited.ptr,
                     (int)kind.len, kind.ptr);
        }
    }
    query_close(q);
    write_end(&a->out);
    write_text_or_null(&a->out, "next", more ? span_of(next) : SPAN(""));
    return DRG_OK;
}

const api_route source_routes[] = {{"GET", "sources", "by rows after", API_IMAGE | API_KEPT, answer_sources},
                                   {"GET", "sources/repeats", "rows after how", API_IMAGE | API_KEPT, answer_repeats},
                                   {NULL, NULL, NULL, 0, NULL}};

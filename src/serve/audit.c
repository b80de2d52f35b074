// SPDX-License-Identifier: Apache-2.0
/* The queue of the audit, in an order that the same seed gives again; and what was judged as gold for `dragoman eval`. */
#include "serve/marks.h"
#include "serve/verdicts.h"
#include "text/text.h"

typedef struct {
    double first;   /* rank, confidence, whether changed */
    u64 second;     /* a number drawn for the telling */
    u32 telling;
} drawn;

typedef struct {
    const char *order;
    u64 seed;
    drawn after;
    bool given;
} drawing;

/* splitmix64 (Steele, Lea and Flood, 2014): the same for the same telling and seed, whatever else is on the desk. */
static u64 draw(u64 hash, u64 seed) {
    u64 z = (hash ^ (seed * 0x9e3779b97f4a7c15ULL)) + 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

static int compare_drawn(const void *x, const void *y) {
    const drawn *a = x, *b = y;
    if (a->first != b->first) {
        return a->first < b->first ? -1 : 1;
    }
    return (a->second > b->second) - (a->second < b->second);
}

/* ------------------------------------------------------------------ order */

/* How many of the same category were drawn before: categories take turns. */
static void rank_in_categories(const image *m, drawn *list, u32 count, arena *memory) {
    u32 *met = arena_new(memory, u32, (size_t)m->dictionary[TEXT_PLOVER].count + 1);
    for (u32 i = 0; i < count; i++) {
        list[i].first = 0;
    }
    qsort(list, count, sizeof *list, compare_drawn);
    for (u32 i = 0; met != NULL && i < count; i++) {
        list[i].first = met[m->text[TEXT_PLOVER][list[i].telling]]++;
    }
}

/* 0 where a verdict speaks of the report but its telling is gone, 1 in what the last run coded, 2 elsewhere. */
static void find_changed(answering *a, const verdict_list *verdicts, drawn *list, u32 count) {
    const image *m = a->m;
    u32 newest = 0, oldest = NONE;
    u8 *lost = arena_new(&a->memory, u8, (size_t)m->report_count + 1);
    for (u32 i = 0; i < m->report_count; i++) {
        newest = m->report_run[i] > newest ? m->report_run[i] : newest;
        oldest = m->report_run[i] < oldest ? m->report_run[i] : oldest;
    }
    for (u32 i = 0; lost != NULL && i < verdicts->count; i++) {
        sql_query *q = verdicts->items[i].row == NONE ? database_ask(store_database(a->desk), "SELECT number FROM reports WHERE id = ?1") : NULL;
        query_put_text(q, 1, verdicts->items[i].report);
        u32 at = q != NULL && query_next(q) ? image_find_report(m, query_number(q, 0)) : NONE;
        query_reset(q);
        if (at != NONE) {
            lost[at] = 1;
        }
    }
    for (u32 i = 0; lost != NULL && i < count; i++) {
        u32 row = m->report[list[i].telling];
        list[i].first = lost[row] ? 0 : newest > oldest && m->report_run[row] == newest ? 1 : 2;
    }
}

static drawn *draw_all(answering *a, const drawing *d, const verdict_list *verdicts, u32 *count) {
    const image *m = a->m;
    drawn *list = arena_new(&a->memory, drawn, (size_t)a->set.count + 1);
    *count = 0;
    for (u32 at = 0; list != NULL && at < a->set.count; at++) {
        u32 i = a->set.in_order[at];
        list[(*count)++] = (drawn){d->order[0] == 'd' ? m->real[REAL_CONFIDENCE][i] : 0, draw(m->hash[i], d->seed), i};
    }
    if (list != NULL && d->order[0] == 's') {
        rank_in_categories(m, list, *count, &a->memory);
    } else if (list != NULL && d->order[0] == 'c') {
        find_changed(a, verdicts, list, *count);
        u32 kept = 0;
        for (u32 i = 0; i < *count; i++) {
            if (list[i].first < 2) {
                list[kept++] = list[i];
            }
        }
        *count = kept;
    }
    return list;
}

/* "FIRST~SECOND" */
static drg_status read_drawing(answering *a, drawing *d) {
    const char *after = api_own(a, "after");
    char *end = NULL;
    i64 seed = 1;
    *d = (drawing){.order = NULL};
    DRG_TRY(api_choice(a, "order", "random|stratified|doubtful|changed", &d->order));
    DRG_TRY(api_number(a, "seed", 0, INT64_MAX, &seed));
    d->seed = (u64)seed;
    if (after != NULL) {
        d->after.first = strtod(after, &end);
        bool good = end != after && *end == '~';
        d->after.second = good ? strtoull(end + 1, &end, 16) : 0;
        d->given = true;
        if (!good || *end != '\0') {
            return api_fail(a, 400, "parameter", "after: take it from \"next\" of the page before");
        }
    }
    return DRG_OK;
}

/* ------------------------------------------------------------------ one row */

typedef struct {
    drg_report given;
    drg_extent words;
    span telling;
} shown_words;

static bool read_words(answering *a, i64 number, shown_words *w) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT e.id, r.id, r.text, r.lang, r.date, coalesce(v.start, 0), coalesce(v.stop, 0) FROM events e"
                                                         " JOIN reports r ON r.id = e.report LEFT JOIN evidence v ON v.event = e.id AND v.number = 0 WHERE e.number = ?1");
    query_put_number(q, 1, number);
    bool found = query_next(q);
    w->telling = arena_copy(&a->memory, query_text(q, 0));
    w->given = (drg_report){.id = arena_copy(&a->memory, query_text(q, 1)), .text = arena_copy(&a->memory, query_text(q, 2)),
                            .lang = arena_copy(&a->memory, query_text(q, 3)), .date = arena_copy(&a->memory, query_text(q, 4))};
    w->words = (drg_extent){(u32)query_number(q, 5), (u32)query_number(q, 6)};
    query_reset(q);
    return found && w->given.text.ptr != NULL;
}

/* The sentences that the words stand in; without an engine their paragraph. */
static drg_extent find_sentence(answering *a, const shown_words *w) {
    drg_error error;
    drg_coder *coder = a->s->engine != NULL ? serve_take_coder(a->s, &error) : NULL;
    drg_extent found = w->words;
    bool read = false;
    if (coder != NULL) {
        report *r = &coder->report;
        report_open(r, coder->engine, &coder->memory, &w->given);
        read = pipeline_run(coder->engine, r, STAGE_TEXT, &error) == DRG_OK && span_eq(r->text, w->given.text);
        for (u32 i = 0; read && i < r->sentences.count; i++) {
            u32 start = utf8_index_point(&r->points, r->sentences.items[i].text.start), stop = utf8_index_point(&r->points, r->sentences.items[i].text.end);
            if (start < w->words.end && stop > w->words.start) {
                found.start = start < found.start ? start : found.start;
                found.end = stop > found.end ? stop : found.end;
            }
        }
        serve_give_coder(a->s, coder);
    }
    u32 point = 0, size;
    for (size_t at = 0; !read && at < w->given.text.len; at += size, point++) {
        if (utf8_decode(w->given.text, at, &size) == '\n') {
            found.start = point < w->words.start ? point + 1 : found.start;
            if (point >= w->words.end) {
                found.end = point;
                break;
            }
        }
    }
    return found;
}

static bool is_of(const mark *m, span telling) {
    for (span rest = m->id; rest.len > 0;) {
        if (span_eq(span_next_field(&rest, '\x1f'), telling)) {
            return true;
        }
    }
    return false;
}

/* Marks of this telling, and who speaks there. */
static void keep_own(mark_list *all, span telling) {
    u32 kept = 0;
    for (u32 i = 0; i < all->count; i++) {
        if (strcmp(all->items[i].what, "claims") == 0 || is_of(&all->items[i], telling)) {
            all->items[kept++] = all->items[i];
        }
    }
    all->count = kept;
}

static void put_more_evidence(answering *a, const ask_row *row) {
    put_evidence(&a->out, "evidence", row->event.evidence, row->event.evidence_count);
}

static drg_status put_queued(answering *a, u32 telling, const verdict_list *verdicts) {
    shown_words w = {.telling = SPAN("")};
    mark_list marks = {0};
    i64 number = a->m->number[telling];
    if (!read_words(a, number, &w)) {
        return api_check(a);
    }
    write_object(&a->out, NULL);
    DRG_TRY(put_one_event(a, "event", number, put_more_evidence));
    drg_extent part = find_sentence(a, &w);
    DRG_TRY(marks_read(a, &marks, w.given.id));
    keep_own(&marks, w.telling);
    marks_arrange(&marks, part);
    write_object(&a->out, "sentence");
    write_number(&a->out, "start", part.start);
    write_number(&a->out, "stop", part.end);
    DRG_TRY(marks_put(a, w.given.text, &marks, part));
    write_end(&a->out);
    const verdict *last = NULL;
    for (u32 i = 0; i < verdicts->count; i++) {
        last = verdicts->items[i].row == telling ? &verdicts->items[i] : last;
    }
    if (last != NULL) {
        verdicts_put(&a->out, "verdict", last);
    } else {
        write_null(&a->out, "verdict");
    }
    write_end(&a->out);
    return DRG_OK;
}

static drg_status answer_queue(answering *a) {
    drawing d;
    verdict_list verdicts;
    i64 rows = 20, put = 0;
    u32 count = 0, open = 0;
    const char *again = api_own(a, "again");
    char next[64] = "";
    bool more = false;
    DRG_TRY(api_number(a, "rows", 1, 100, &rows));
    DRG_TRY(read_drawing(a, &d));
    DRG_TRY(api_choose(a));
    if (a->show_sql) {
        ask_build *sql = api_build(a);
        ask_build_rows(sql, &a->filter, ASK_REPORTS);
        return api_show(a, sql, "query", "--tellings");
    }
    DRG_TRY(verdicts_read(a, &verdicts));
    drawn *list = draw_all(a, &d, &verdicts, &count);
    u8 *judged = arena_new(&a->memory, u8, (size_t)a->m->count + 1);
    if (list == NULL || judged == NULL) {
        return api_memory(a);
    }
    for (u32 i = 0; i < verdicts.count; i++) {
        if (verdicts.items[i].row != NONE) {
            judged[verdicts.items[i].row] = 1;
        }
    }
    qsort(list, count, sizeof *list, compare_drawn);
    write_object(&a->out, NULL);
    write_list(&a->out, "rows");
    for (u32 i = 0; i < count; i++) {
        open += !judged[list[i].telling];
        bool behind = !d.given || compare_drawn(&list[i], &d.after) > 0;
        if (more || !behind || (judged[list[i].telling] && again == NULL)) {
            continue;
        }
        more = put == rows;
        if (!more) {
            DRG_TRY(put_queued(a, list[i].telling, &verdicts));
            snprintf(next, sizeof next, "%.17g~%llx", list[i].first, (unsigned long long)list[i].second);
            put++;
        }
    }
    write_end(&a->out);
    write_number(&a->out, "open", open);
    write_text_or_null(&a->out, "next", more ? span_of(next) : SPAN(""));
    write_word(&a->out, "order", d.order);
    write_number(&a->out, "seed", (i64)d.seed);
    return DRG_OK;
}

/* ------------------------------------------------------------------ gold */

static const verdict *verdict_on(const verdict_list *list, span telling) {
    const verdict *found = NULL;
    for (u32 i = 0; i < list->count; i++) {
        found = span_eq(list->items[i].telling, telling) ? &list->items[i] : found;
    }
    return found;
}

/* What gold says of a field: as coded, or what was corrected; a wrong one that was not corrected is a value that none has. */
static span gold_value(const verdict *v, const char *field, span coded) {
    bool wrong = v != NULL && v->verdict.ptr[0] == 'w' && span_eq(v->field, span_of(field));
    return !wrong ? coded : v->correct.len > 0 ? v->correct : SPAN("?");
}

static void put_gold_side(json *j, const verdict *v, const char *side, const drg_actor *list, size_t count) {
    bool wrong = v != NULL && v->verdict.ptr[0] == 'w' && span_eq(v->field, span_of(side));
    write_list(j, side);
    for (span rest = wrong ? v->correct : SPAN(""); rest.len > 0;) {
        write_text(j, NULL, span_trim(span_next_field(&rest, ';')));
    }
    for (size_t i = 0; i < count && !wrong; i++) {
        write_text(j, NULL, list[i].code);
    }
    write_end(j);
}

static void put_gold_event(answering *a, const ask_row *row, const verdict *v) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    const drg_event *e = &row->event;
    json *j = &a->out;
    char where[300] = "";
    bool wrong = v != NULL && v->verdict.ptr[0] == 'w';
    if (wrong && (span_eq(v->field, SPAN("event")) || (span_eq(v->field, SPAN("plover")) && v->correct.len == 0))) {
        return; /* no such event is told */
    }
    if (e->place != NULL) {
        snprintf(where, sizeof where, "%.*s, %.*s", (int)(e->place->name.len < 200 ? e->place->name.len : 200), e->place->name.ptr,
                 (int)e->place->country.len, e->place->country.ptr);
    }
    write_object(j, NULL);
    write_text(j, "plover", gold_value(v, "plover", e->plover));
    write_text(j, "cameo", gold_value(v, "cameo", e->cameo));
    put_gold_side(j, v, "source", e->source, e->source_count);
    put_gold_side(j, v, "target", e->target, e->target_count);
    write_flag(j, "reciprocal", e->reciprocal);
    write_text(j, "status", gold_value(v, "status", span_of(statuses[e->status])));
    write_text(j, "date", gold_value(v, "date", e->date));
    write_text(j, "place", gold_value(v, "place", span_of(where)));
    write_list(j, "evidence");
    for (size_t i = 0; i < e->evidence_count; i++) {
        write_text(j, NULL, e->evidence[i].text);
    }
    write_end(j);
    write_flag(j, "certain", v != NULL && v->verdict.ptr[0] != 'u');
    write_end(j);
}

static drg_status put_gold_report(answering *a, span id, const verdict_list *verdicts) {
    static const char *const names[] = {"id", "date", "title", "outlet", "url", "lang", "text"};
    i64 *numbers;
    u32 count;
    ask_rows *rows = NULL;
    const ask_row *row;
    sql_base *base = store_database(a->desk);
    sql_query *q = database_ask(base, "SELECT id, date, title, outlet, url, lang, text FROM reports WHERE id = ?1");
    query_put_text(q, 1, id);
    write_object(&a->out, NULL);
    for (int i = 0, found = query_next(q); i < (int)COUNT_OF(names) && found; i++) {
        write_text(&a->out, names[i], query_text(q, i));
    }
    query_reset(q);
    q = database_ask(base, "SELECT number FROM events WHERE report = ?1 ORDER BY number");
    query_put_text(q, 1, id);
    DRG_TRY(take_numbers(a, q, &numbers, &count));
    write_list(&a->out, "events");
    drg_status status = ask_rows_open_numbers(&rows, base, numbers, count, &a->error);
    while (status == DRG_OK && (row = ask_rows_next(rows)) != NULL) {
        put_gold_event(a, row, verdict_on(verdicts, row->event.id));
    }
    if (status == DRG_OK) {
        status = ask_rows_check(rows, &a->error);
    }
    ask_rows_close(rows);
    write_end(&a->out);
    write_end(&a->out);
    out_text(&a->out.out, "\n");
    return status;
}

static int compare_reports(const void *x, const void *y) { return span_compare(((const verdict *)x)->report, ((const verdict *)y)->report); }

static drg_status answer_gold(answering *a) {
    verdict_list verdicts;
    span last = SPAN("");
    DRG_TRY(api_choose(a));
    DRG_TRY(verdicts_read(a, &verdicts));
    if (verdicts.count > 1) {
        qsort(verdicts.items, verdicts.count, sizeof *verdicts.items, compare_reports);
    }
    for (u32 i = 0; i < verdicts.count; i++) {
        const verdict *v = &verdicts.items[i];
        if (v->row == NONE || !chosen_has(&a->set, v->row) || span_eq(v->report, last)) {
            continue;
        }
        last = v->report;
        DRG_TRY(put_gold_report(a, v->report, &verdicts));
    }
    a->answer->type = "application/x-ndjson; charset=utf-8";
    snprintf(a->answer->file, sizeof a->answer->file, "gold.jsonl");
    return DRG_OK;
}

const api_route audit_routes[] = {{"GET", "audit/queue", "order seed rows after again", API_IMAGE | API_KEPT | API_SLOW, answer_queue},
                                  {"GET", "audit/gold", "", API_IMAGE | API_SLOW, answer_gold},
                                  {NULL, NULL, NULL, 0, NULL}};

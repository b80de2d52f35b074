// SPDX-License-Identifier: Apache-2.0
/* Verdicts are written one at a time, each a transaction that is on the disk before the answer goes out, so that no
 * answered verdict is lost whatever happens to the program. */
#include <json-c/json.h>

#include <math.h>

#include "base/calendar.h"
#include "serve/verdicts.h"

static const char select_verdicts[] =
    "SELECT v.telling, v.event, v.report, v.verdict, v.field, v.correct, v.note, v.judge, v.at, v.plover, v.words, v.queue, v.id, v.seed,"
    " coalesce(e.number, -1) FROM verdicts v LEFT JOIN events e ON e.id = v.telling";
#define LATEST " AND v.id = (SELECT max(o.id) FROM verdicts o WHERE o.telling = v.telling AND o.undone = 0)"

static verdict take_verdict(answering *a, const sql_query *q) {
    verdict v = {.id = query_number(q, 12), .seed = query_number(q, 13), .row = a->m != NULL ? image_find_telling(a->m, query_number(q, 14)) : NONE};
    span *const texts[] = {&v.telling, &v.event, &v.report, &v.verdict, &v.field, &v.correct, &v.note, &v.judge, &v.at, &v.plover, &v.words, &v.queue};
    for (int i = 0; i < (int)COUNT_OF(texts); i++) {
        *texts[i] = arena_copy(&a->memory, query_text(q, i));
    }
    return v;
}

static drg_status take_all(answering *a, sql_query *q, verdict_list *out) {
    while (query_next(q)) {
        verdict *made = list_push(&a->memory, out);
        if (made == NULL) {
            return api_memory(a);
        }
        *made = take_verdict(a, q);
    }
    return api_check(a);
}

drg_status verdicts_read(answering *a, verdict_list *out) {
    sql_base *base = api_base(a);
    ask_build *sql = api_build(a);
    *out = (verdict_list){0};
    ask_put(sql, select_verdicts);
    ask_put(sql, " WHERE v.undone = 0" LATEST " ORDER BY v.id");
    sql_query *q = base != NULL ? ask_start(base, sql) : NULL;
    drg_status status = base != NULL ? take_all(a, q, out) : a->error.status;
    query_close(q);
    return status;
}

void verdicts_put(json *j, const char *name, const verdict *v) {
    static const char *const names[] = {"telling", "event", "report", "verdict", "field", "correct", "note", "by", "at", "plover", "words", "order"};
    const span texts[] = {v->telling, v->event, v->report, v->verdict, v->field, v->correct, v->note, v->judge, v->at, v->plover, v->words, v->queue};
    write_object(j, name);
    write_number(j, "id", v->id);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        write_text(j, names[i], texts[i]);
    }
    write_number(j, "seed", v->seed);
    write_end(j);
}

drg_status put_verdicts_of(answering *a, span event) {
    verdict_list list = {0};
    ask_build *sql = api_build(a);
    ask_put(sql, select_verdicts);
    ask_put_value(sql, " WHERE v.undone = 0 AND v.event = #" LATEST " ORDER BY v.id", value_text(event));
    sql_query *q = ask_start(api_base(a), sql);
    drg_status status = take_all(a, q, &list);
    query_close(q);
    write_list(&a->out, "verdicts");
    for (u32 i = 0; i < list.count; i++) {
        verdicts_put(&a->out, NULL, &list.items[i]);
    }
    write_end(&a->out);
    return status;
}

/* ------------------------------------------------------------------ precision */

typedef struct {
    u32 right, wrong, unsure;
} judged;

/* Wilson's interval (1927) for `share` of `count`:
 *
 *     (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n) */
static void wilson(double share, double count, double *low, double *high) {
    const double z = 1.959963984540054;
    if (count <= 0) {
        *low = 0;
        *high = 1;
        return;
    }
    double middle = share + z * z / (2 * count), spread = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count)), whole = 1 + z * z / count;
    *low = (middle - spread) / whole > 0 ? (middle - spread) / whole : 0;
    *high = (middle + spread) / whole < 1 ? (middle + spread) / whole : 1;
}

static void put_interval(json *j, double share, double count) {
    double low, high;
    wilson(share, count, &low, &high);
    if (count > 0) {
        write_real(j, "precision", share, 4);
    } else {
        write_null(j, "precision");
    }
    write_real(j, "low", low, 4);
    write_real(j, "high", high, 4);
}

/* A stratified sample: each category weighs what it weighs in the desk; the interval is that of as many independent
 * verdicts as would leave the same variance. */
static void weigh(answering *a, const judged *by, double *share, double *count) {
    const image *m = a->m;
    u32 categories = m->dictionary[TEXT_PLOVER].count, all = 0;
    u32 *sizes = arena_new(&a->memory, u32, (size_t)categories + 1);
    double sum = 0, variance = 0, seen = 0;
    for (u32 at = 0; sizes != NULL && at < a->set.count; at++) {
        sizes[m->text[TEXT_PLOVER][a->set.in_order[at]]]++;
    }
    for (u32 c = 0; sizes != NULL && c < categories; c++) {
        u32 judgments = by[c].right + by[c].wrong;
        all += judgments > 0 ? sizes[c] : 0;
    }
    for (u32 c = 0; sizes != NULL && c < categories && all > 0; c++) {
        double judgments = by[c].right + by[c].wrong, weight = judgments > 0 ? (double)sizes[c] / all : 0, part = judgments > 0 ? by[c].right / judgments : 0;
        sum += weight * part;
        variance += judgments > 0 ? weight * weight * part * (1 - part) / judgments : 0;
        seen += judgments;
    }
    *share = sum;
    *count = variance > 0 ? sum * (1 - sum) / variance : seen;
}

static bool is_counted(const answering *a, const verdict *v, const char *queue, i64 seed) {
    return v->row != NONE && chosen_has(&a->set, v->row) && (queue[0] == '\0' || span_eq(v->queue, span_of(queue))) && (seed < 0 || v->seed == seed);
}

static const char *const fields[] = {"event", "plover", "cameo", "source", "target", "status", "date", "place", "dead", "injured", "arrested"};

static void put_fields(json *j, const u32 *wrong) {
    write_list(j, "fields");
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (wrong[i] > 0) {
            write_object(j, NULL);
            write_word(j, "field", fields[i]);
            write_number(j, "wrong", wrong[i]);
            write_end(j);
        }
    }
    write_end(j);
}

static void put_categories(answering *a, const judged *by) {
    json *j = &a->out;
    write_list(j, "by");
    for (u32 c = 0; c < a->m->dictionary[TEXT_PLOVER].count; c++) {
        double judgments = by[c].right + by[c].wrong;
        if (judgments + by[c].unsure > 0) {
            write_object(j, NULL);
            write_text(j, "name", symbols_text(&a->m->dictionary[TEXT_PLOVER], c));
            write_number(j, "right", by[c].right);
            write_number(j, "wrong", by[c].wrong);
            write_number(j, "unsure", by[c].unsure);
            put_interval(j, judgments > 0 ? by[c].right / judgments : 0, judgments);
            write_end(j);
        }
    }
    write_end(j);
}

drg_status verdicts_put_precision(answering *a, const char *name, const char *queue, i64 seed) {
    verdict_list list;
    judged sum = {0}, *by = arena_new(&a->memory, judged, (size_t)a->m->dictionary[TEXT_PLOVER].count + 1);
    u32 wrong[COUNT_OF(fields)] = {0}, gone = 0;
    bool fair = true, weighed = false;
    DRG_TRY(verdicts_read(a, &list));
    if (by == NULL) {
        return api_memory(a);
    }
    for (u32 i = 0; i < list.count; i++) {
        const verdict *v = &list.items[i];
        gone += v->row == NONE;
        if (!is_counted(a, v, queue, seed)) {
            continue;
        }
        judged *cells[2] = {&sum, &by[a->m->text[TEXT_PLOVER][v->row]]};
        for (int c = 0; c < 2; c++) {
            *(v->verdict.ptr[0] == 'r' ? &cells[c]->right : v->verdict.ptr[0] == 'w' ? &cells[c]->wrong : &cells[c]->unsure) += 1;
        }
        for (size_t f = 0; f < COUNT_OF(fields); f++) {
            wrong[f] += v->verdict.ptr[0] == 'w' && span_eq(v->field, span_of(fields[f]));
        }
        fair = fair && (span_eq(v->queue, SPAN("random")) || span_eq(v->queue, SPAN("stratified")));
        weighed |= span_eq(v->queue, SPAN("stratified"));
    }
    double count = sum.right + sum.wrong, share = count > 0 ? sum.right / count : 0, judgments = count;
    if (weighed && count > 0) {
        weigh(a, by, &share, &judgments);
    }
    write_object(&a->out, name);
    write_number(&a->out, "judged", sum.right + sum.wrong + sum.unsure);
    write_number(&a->out, "right", sum.right);
    write_number(&a->out, "wrong", sum.wrong);
    write_number(&a->out, "unsure", sum.unsure);
    write_number(&a->out, "gone", gone);
    put_interval(&a->out, share, judgments);
    write_real(&a->out, "level", 0.95, 2);
    write_flag(&a->out, "fair", fair);
    write_flag(&a->out, "weighed", weighed);
    put_fields(&a->out, wrong);
    put_categories(a, by);
    write_end(&a->out);
    return DRG_OK;
}

static drg_status read_queue(answering *a, const char **queue, i64 *seed) {
    *queue = "";
    *seed = -1;
    if (api_own(a, "order") != NULL) {
        DRG_TRY(api_choice(a, "order", "random|stratified|doubtful|changed", queue));
    }
    return api_number(a, "seed", 0, INT64_MAX, seed);
}

static drg_status answer_precision(answering *a) {
    const char *queue;
    i64 seed;
    DRG_TRY(read_queue(a, &queue, &seed));
    DRG_TRY(api_choose(a));
    if (a->show_sql) {
        ask_build *sql = api_build(a);
        ask_put(sql, select_verdicts);
        ask_put(sql, " WHERE v.undone = 0" LATEST " ORDER BY v.id");
        return api_show(a, sql, NULL, "");
    }
    return verdicts_put_precision(a, NULL, queue, seed);
}

/* ------------------------------------------------------------------ writing */

/* "2025-01-03T10:00:00Z" */
static void print_now(char out[24]) {
    struct timespec now;
    char iso[16];
    clock_gettime(CLOCK_REALTIME, &now);
    i64 day = now.tv_sec / 86400, second = now.tv_sec % 86400;
    calendar_print((i32)day, iso);
    snprintf(out, 24, "%.10sT%02d:%02d:%02dZ", iso, (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
}

/* The connection that writes, under its lock; a lost one is opened anew. */
static sql_base *take_writer(answering *a) {
    static const store_run nobody = {.program = ""};
    pthread_mutex_lock(&a->s->writing);
    if (a->s->writer == NULL && store_open(&a->s->writer, a->s->options.address, &nobody, &a->error) != DRG_OK) {
        a->s->writer = NULL;
        a->http = 503;
        a->code = "desk";
        return NULL;
    }
    return store_database(a->s->writer);
}

static drg_status give_writer(answering *a) {
    drg_status status = a->s->writer != NULL ? database_check(store_database(a->s->writer), &a->error) : a->error.status;
    if (status != DRG_OK && a->s->writer != NULL) {
        store_close(a->s->writer); /* what was not committed is gone */
        a->s->writer = NULL;
    }
    pthread_mutex_unlock(&a->s->writing);
    pthread_mutex_lock(&a->s->lock);
    a->s->judged++; /* what was kept speaks of the verdicts before */
    pthread_mutex_unlock(&a->s->lock);
    return status;
}

static bool is_field(span field) {
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (span_eq(field, span_of(fields[i]))) {
            return true;
        }
    }
    return false;
}

static drg_status read_verdict(answering *a, json_object *body, verdict *v) {
    json_object *seed = NULL;
    span *const texts[] = {&v->telling, &v->verdict, &v->field, &v->correct, &v->note, &v->queue, &v->judge};
    static const char *const names[] = {"telling", "verdict", "field", "correct", "note", "order", "by"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        *texts[i] = api_member(body, names[i]);
        if (texts[i]->len > 2000 || !utf8_is_valid(*texts[i]) || memchr(texts[i]->ptr, '\0', texts[i]->len) != NULL) {
            return api_fail(a, 400, "parameter", "%s: a text of at most 2,000 bytes", names[i]);
        }
    }
    if (json_object_object_get_ex(body, "seed", &seed)) {
        v->seed = json_object_get_int64(seed);
    }
    bool wrong = span_eq(v->verdict, SPAN("wrong"));
    if (!wrong && !span_eq(v->verdict, SPAN("right")) && !span_eq(v->verdict, SPAN("unsure"))) {
        return api_fail(a, 400, "parameter", "verdict: right, wrong or unsure");
    }
    if (wrong ? !is_field(v->field) : v->field.len > 0) {
        return api_fail(a, 400, "parameter", "field: of a wrong one alone, and one of event, plover, cameo, source, target, status, date, place, dead, injured, arrested");
    }
    static const char *const queues[] = {"", "random", "stratified", "doubtful", "changed"};
    for (size_t i = 0; i < COUNT_OF(queues); i++) {
        if (span_eq(v->queue, span_of(queues[i]))) {
            return DRG_OK;
        }
    }
    return api_fail(a, 400, "parameter", "order: random, stratified, doubtful or changed");
}

/* What the desk knows of the telling. */
static drg_status find_telling(answering *a, verdict *v, i64 *run) {
    sql_base *base = api_base(a);
    if (base == NULL) {
        return a->error.status;
    }
    sql_query *q = database_ask(base, "SELECT e.story, e.report, e.plover, coalesce((SELECT w.text FROM evidence w WHERE w.event = e.id AND w.number = 0), ''), r.run"
                                      " FROM events e JOIN reports r ON r.id = e.report WHERE e.id = ?1");
    query_put_text(q, 1, v->telling);
    bool found = query_next(q);
    v->event = arena_copy(&a->memory, query_text(q, 0));
    v->report = arena_copy(&a->memory, query_text(q, 1));
    v->plover = arena_copy(&a->memory, query_text(q, 2));
    v->words = arena_copy(&a->memory, query_text(q, 3));
    *run = query_number(q, 4);
    query_reset(q);
    DRG_TRY(api_check(a));
    return found ? DRG_OK : api_fail(a, 404, "unknown", "there is no telling %.80s on this desk", api_keep(a, v->telling));
}

static void write_row(sql_base *base, verdict *v, i64 run) {
    database_begin(base);
    database_add(base, "verdicts(telling, event, report, verdict, field, correct, note, judge, at, plover, words, run, queue, seed)",
                 value_text(v->telling), value_text(v->event), value_text(v->report), value_text(v->verdict), value_text(v->field), value_text(v->correct),
                 value_text(v->note), value_text(v->judge), value_text(v->at), value_text(v->plover), value_text(v->words), value_number(run),
                 value_text(v->queue), value_number(v->seed));
    sql_query *q = database_ask(base, "SELECT max(id) FROM verdicts WHERE telling = ?1");
    query_put_text(q, 1, v->telling);
    v->id = query_next(q) ? query_number(q, 0) : 0;
    query_reset(q);
    database_commit(base);
}

static drg_status save_verdict(answering *a, json_object *body) {
    verdict v = {.seed = 0};
    char now[24];
    i64 run = 0;
    DRG_TRY(read_verdict(a, body, &v));
    DRG_TRY(find_telling(a, &v, &run));
    print_now(now);
    v.at = span_of(now);
    sql_base *base = take_writer(a);
    if (base != NULL) {
        write_row(base, &v, run);
    }
    DRG_TRY(give_writer(a));
    a->answer->status = 201;
    write_object(&a->out, NULL);
    verdicts_put(&a->out, "verdict", &v);
    DRG_TRY(api_choose(a));
    return verdicts_put_precision(a, "precision", "", -1);
}

static drg_status answer_verdict(answering *a) {
    json_object *body;
    DRG_TRY(api_body(a, &body));
    drg_status status = save_verdict(a, body);
    json_object_put(body);
    return status;
}

static drg_status answer_undo(answering *a) {
    char *end = NULL;
    const char *given = api_keep(a, a->parts[0]);
    long long id = strtoll(given, &end, 10);
    verdict_list list = {0};
    if (end == given || *end != '\0') {
        return api_fail(a, 404, "unknown", "a verdict has a number");
    }
    ask_build *sql = api_build(a);
    ask_put(sql, select_verdicts);
    ask_put_value(sql, " WHERE v.undone = 0 AND v.id = #", value_number(id));
    sql_base *read = api_base(a);
    sql_query *q = read != NULL ? ask_start(read, sql) : NULL;
    drg_status status = read != NULL ? take_all(a, q, &list) : a->error.status;
    query_close(q);
    DRG_TRY(status);
    if (list.count == 0) {
        return api_fail(a, 404, "unknown", "there is no verdict %lld, or it was taken back", id);
    }
    sql_base *base = take_writer(a);
    if (base != NULL) {
        database_begin(base);
        sql_query *undo = database_ask(base, "UPDATE verdicts SET undone = 1 WHERE id = ?1");
        query_put_number(undo, 1, id);
        query_run(undo);
        database_commit(base);
    }
    DRG_TRY(give_writer(a));
    write_object(&a->out, NULL);
    verdicts_put(&a->out, "undone", &list.items[0]);
    DRG_TRY(api_choose(a));
    return verdicts_put_precision(a, "precision", "", -1);
}

static drg_status answer_list(answering *a) {
    i64 rows = 50, after = INT64_MAX;
    verdict_list list;
    DRG_TRY(api_number(a, "rows", 1, 500, &rows));
    DRG_TRY(api_number(a, "after", 0, INT64_MAX, &after));
    DRG_TRY(verdicts_read(a, &list));
    write_object(&a->out, NULL);
    write_list(&a->out, "rows");
    i64 put = 0, last = 0;
    bool more = false;
    for (u32 i = list.count; i-- > 0 && !more;) {
        if (list.items[i].id < after) {
            more = put == rows;
            if (!more) {
                verdicts_put(&a->out, NULL, &list.items[i]);
                last = list.items[i].id;
                put++;
            }
        }
    }
    write_end(&a->out);
    char next[24];
    snprintf(next, sizeof next, "%lld", (long long)last);
    write_text_or_null(&a->out, "next", more ? span_of(next) : SPAN(""));
    return DRG_OK;
}

const api_route verdict_routes[] = {{"POST", "audit/verdicts", "", API_IMAGE | API_TOKEN, answer_verdict},
                                    {"DELETE", "audit/verdicts/*", "", API_IMAGE | API_TOKEN, answer_undo},
                                    {"GET", "audit/verdicts", "rows after", API_IMAGE, answer_list},
                                    {"GET", "audit/precision", "order seed", API_IMAGE | API_KEPT, answer_precision},
                                    {NULL, NULL, NULL, 0, NULL}};

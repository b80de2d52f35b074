// SPDX-License-Identifier: Apache-2.0
/* Why an event was coded so: its report coded again in memory with every reason kept; and the same for any text. */
#include <json-c/json.h>

#include "serve/trace.h"
#include "what/what.h"

#define TEXT_BYTES 200000

static drg_status code_with_reasons(answering *a, drg_coder *coder, const drg_report *given) {
    coder->report.tracing = true;
    drg_status status = drg_coder_code(coder, given, &a->error);
    coder->report.tracing = false;
    return status;
}

static drg_coder *take_coder(answering *a) {
    drg_coder *coder = serve_take_coder(a->s, &a->error);
    if (coder == NULL) {
        a->http = 503;
        a->code = "desk";
    }
    return coder;
}

static void put_records(answering *a, const drg_records *records) {
    write_list(&a->out, "events");
    for (size_t i = 0; i < records->event_count; i++) {
        write_object(&a->out, NULL);
        put_event_fields(&a->out, a, &records->events[i]);
        put_evidence(&a->out, "evidence", records->events[i].evidence, records->events[i].evidence_count);
        write_end(&a->out);
    }
    write_end(&a->out);
    write_list(&a->out, "problems");
    for (size_t i = 0; i < records->problem_count; i++) {
        write_object(&a->out, NULL);
        write_text(&a->out, "stage", records->problems[i].stage);
        write_text(&a->out, "code", records->problems[i].code);
        write_text(&a->out, "message", records->problems[i].message);
        write_end(&a->out);
    }
    write_end(&a->out);
}

/* ------------------------------------------------------------------ a text */

span api_member(json_object *body, const char *name) {
    json_object *found = NULL;
    if (!json_object_object_get_ex(body, name, &found) || !json_object_is_type(found, json_type_string)) {
        return SPAN("");
    }
    return (span){json_object_get_string(found), (size_t)json_object_get_string_len(found)};
}

static drg_status explain_text(answering *a, json_object *body) {
    drg_report given = {.text = api_member(body, "text"), .date = api_member(body, "date"), .title = api_member(body, "title"),
                        .outlet = api_member(body, "outlet"), .lang = SPAN("en")};
    if (given.text.len == 0 || given.text.len > TEXT_BYTES) {
        return given.text.len == 0 ? api_fail(a, 400, "parameter", "text: write something to be explained")
                                   : api_fail(a, 413, "large", "text: at most %d bytes", TEXT_BYTES);
    }
    drg_coder *coder = take_coder(a);
    if (coder == NULL) {
        return a->error.status;
    }
    drg_status status = code_with_reasons(a, coder, &given);
    if (status == DRG_OK) {
        write_object(&a->out, NULL);
        write_null(&a->out, "report");
        write_null(&a->out, "telling");
        write_list(&a->out, "deeds");
        write_end(&a->out);
        write_word(&a->out, "program", drg_program());
        write_text(&a->out, "text", coder->report.text);
        trace_put(&a->out, coder->engine, &coder->report, a, (drg_extent){0, 0});
        put_records(a, drg_coder_records(coder));
    }
    serve_give_coder(a->s, coder);
    return status;
}

drg_status api_body(answering *a, json_object **out) {
    json_tokener *parser = json_tokener_new_ex(16);
    if (parser == NULL) {
        return api_memory(a);
    }
    *out = json_tokener_parse_ex(parser, a->r->body.ptr != NULL ? a->r->body.ptr : "", (int)a->r->body.len);
    bool whole = *out != NULL && json_tokener_get_error(parser) == json_tokener_success && json_object_is_type(*out, json_type_object);
    for (size_t i = json_tokener_get_parse_end(parser); whole && i < a->r->body.len; i++) {
        whole = ascii_is_space((unsigned char)a->r->body.ptr[i]);
    }
    json_tokener_free(parser);
    if (!whole) {
        json_object_put(*out);
        *out = NULL;
        return api_fail(a, 400, "parameter", "the body is no JSON object: {\"text\": \"...\"}");
    }
    return DRG_OK;
}

static drg_status answer_explain(answering *a) {
    json_object *body;
    DRG_TRY(api_body(a, &body));
    drg_status status = explain_text(a, body);
    json_object_put(body);
    return status;
}

/* ------------------------------------------------------------------ an event of the desk */

typedef struct {
    drg_report given;
    i64 number, run;
    span id, report, plover, cameo, trigger, status, date, place;
    drg_extent words;
} kept_event;

static drg_status read_event(answering *a, kept_event *k) {
    sql_base *base = api_base(a);
    if (base == NULL) {
        return a->error.status;
    }
    sql_query *q = database_ask(base, "SELECT e.id, e.number, e.plover, e.cameo, e.trigger, e.status, e.date, coalesce(e.place, ''), r.id, r.url, r.outlet, r.title,"
                                      " r.date, r.lang, r.text, r.run, coalesce(v.start, 0), coalesce(v.stop, 0) FROM events e JOIN reports r ON r.id = e.report"
                                      " LEFT JOIN evidence v ON v.event = e.id AND v.number = 0 WHERE e.id = ?1");
    query_put_text(q, 1, a->parts[0]);
    bool found = query_next(q);
    span *const texts[] = {&k->id, NULL, &k->plover, &k->cameo, &k->trigger, &k->status, &k->date, &k->place, &k->given.id, &k->given.url,
                           &k->given.outlet, &k->given.title, &k->given.date, &k->given.lang, &k->given.text};
    for (int i = 0; i < (int)COUNT_OF(texts) && found; i++) {
        if (texts[i] != NULL) {
            *texts[i] = arena_copy(&a->memory, query_text(q, i));
        }
    }
    k->number = query_number(q, 1);
    k->run = query_number(q, 15);
    k->words = (drg_extent){(u32)query_number(q, 16), (u32)query_number(q, 17)};
    query_reset(q);
    DRG_TRY(api_check(a));
    return found ? DRG_OK : api_fail(a, 404, "unknown", "there is no event %.80s on this desk", api_keep(a, a->parts[0]));
}

/* The record that is this event: the same id, else the same category whose words lie over the event's. */
static const drg_event *find_event(const drg_records *records, const kept_event *k) {
    const drg_event *near = NULL;
    for (size_t i = 0; i < records->event_count; i++) {
        const drg_event *e = &records->events[i];
        if (span_eq(e->id, k->id)) {
            return e;
        }
        for (size_t n = 0; n < e->evidence_count; n++) {
            bool over = e->evidence[n].at.start < k->words.end && e->evidence[n].at.end > k->words.start;
            near = over && (near == NULL || span_eq(e->plover, k->plover)) ? e : near;
        }
    }
    return near;
}

static void put_differences(answering *a, const kept_event *k, const drg_event *now) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    const char *const names[] = {"plover", "cameo", "trigger", "status", "date", "place"};
    const span desk[] = {k->plover, k->cameo, k->trigger, k->status, k->date, k->place};
    const span today[] = {now != NULL ? now->plover : SPAN(""), now != NULL ? now->cameo : SPAN(""), now != NULL ? now->trigger : SPAN(""),
                          now != NULL ? span_of(statuses[now->status]) : SPAN(""), now != NULL ? now->date : SPAN(""),
                          now != NULL && now->place != NULL ? now->place->name : SPAN("")};
    write_list(&a->out, "differs");
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (!span_eq(desk[i], today[i])) {
            write_object(&a->out, NULL);
            write_word(&a->out, "field", names[i]);
            write_text(&a->out, "desk", desk[i]);
            write_text(&a->out, "now", today[i]);
            write_end(&a->out);
        }
    }
    write_end(&a->out);
}

/* The first of the deeds that are one event. */
static u32 first_deed(const report *r, u32 deed_at) {
    while (r->deeds.items[deed_at].same_as != NONE && r->deeds.items[deed_at].same_as < deed_at) {
        deed_at = r->deeds.items[deed_at].same_as;
    }
    return deed_at;
}

static bool has_words(const report *r, u32 deed_at, const drg_event *e) {
    const deed *d = &r->deeds.items[deed_at];
    u32 start = utf8_index_point(&r->points, d->evidence.start), stop = utf8_index_point(&r->points, d->evidence.end);
    bool found = false;
    for (size_t n = 0; n < e->evidence_count && span_eq(span_of(what_category_name(d->plover)), e->plover); n++) {
        found |= e->evidence[n].at.start == start && e->evidence[n].at.end == stop;
    }
    return found;
}

/* Deeds whose words are among the event's, with those that were told to be the same. */
static void put_deed_numbers(answering *a, const report *r, const drg_event *now) {
    write_list(&a->out, "deeds");
    for (u32 i = 0; now != NULL && i < r->deeds.count; i++) {
        bool own = false;
        for (u32 k = 0; k < r->deeds.count && !own; k++) {
            own = first_deed(r, k) == first_deed(r, i) && has_words(r, k, now);
        }
        if (own) {
            write_number(&a->out, NULL, i);
        }
    }
    write_end(&a->out);
}

static void put_run(answering *a, i64 run) {
    static const char *const names[] = {"program", "model", "words", "options"};
    sql_query *q = database_ask(store_database(a->desk), "SELECT program, model, words, options FROM runs WHERE id = ?1");
    query_put_number(q, 1, run);
    write_object(&a->out, "coded_by");
    for (int i = 0, found = query_next(q); i < 4 && found; i++) {
        write_text(&a->out, names[i], query_text(q, i));
    }
    write_end(&a->out);
    query_reset(q);
}

static void put_report_of(answering *a, span id) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT " REPORT_COLUMNS("r") " FROM reports r WHERE r.id = ?1");
    query_put_text(q, 1, id);
    if (query_next(q)) {
        put_report(&a->out, "report", q, 0);
    }
    query_reset(q);
}

static void put_why(answering *a, const kept_event *k, drg_coder *coder) {
    const drg_records *records = drg_coder_records(coder);
    const drg_event *now = find_event(records, k);
    write_object(&a->out, NULL);
    put_report_of(a, k->given.id);
    write_text(&a->out, "telling", k->id);
    put_deed_numbers(a, &coder->report, now);
    write_flag(&a->out, "same", now != NULL && span_eq(now->id, k->id));
    put_differences(a, k, now);
    write_word(&a->out, "program", drg_program());
    put_run(a, k->run);
    trace_put(&a->out, coder->engine, &coder->report, a, k->words);
    put_records(a, records);
}

static drg_status answer_why(answering *a) {
    kept_event k = {.run = 0};
    DRG_TRY(read_event(a, &k));
    drg_coder *coder = take_coder(a);
    if (coder == NULL) {
        return a->error.status;
    }
    drg_status status = code_with_reasons(a, coder, &k.given);
    if (status == DRG_OK) {
        put_why(a, &k, coder);
    }
    serve_give_coder(a->s, coder);
    return status;
}

/* ------------------------------------------------------------------ lines of the word lists */

#define AROUND 5

static drg_status put_lines(answering *a, const char *file, FILE *in, i64 line) {
    char *text = NULL;
    size_t room = 0;
    i64 at = 0, first = line > AROUND ? line - AROUND : 1;
    write_object(&a->out, NULL);
    write_word(&a->out, "file", file);
    write_number(&a->out, "first", first);
    write_number(&a->out, "line", line);
    write_list(&a->out, "lines");
    for (ssize_t len; at < line + AROUND && (len = getline(&text, &room, in)) >= 0;) {
        span shown = {text, strcspn(text, "\r\n")};
        if (++at >= first) {
            write_text(&a->out, NULL, utf8_is_valid(shown) ? shown : SPAN("(no UTF-8)"));
        }
    }
    write_end(&a->out);
    free(text);
    return at >= line ? DRG_OK : api_fail(a, 404, "unknown", "%s has fewer lines", file);
}

static drg_status answer_lexicon(answering *a) {
    const char *file = api_own(a, "file"), *folder;
    char path[4096];
    i64 line = 1;
    DRG_TRY(api_number(a, "line", 1, 10000000, &line));
    drg_coder *coder = take_coder(a);
    if (coder == NULL) {
        return a->error.status;
    }
    bool known = file != NULL && trace_knows_file(coder->engine, file);
    folder = api_keep(a, coder->engine->known.folder);
    serve_give_coder(a->s, coder);
    int size = snprintf(path, sizeof path, "%s/%s", folder, file != NULL ? file : "");
    FILE *in = known && size < (int)sizeof path ? fopen(path, "rb") : NULL;
    if (in == NULL) {
        return api_fail(a, 404, "unknown", "file: none of the word lists is called that");
    }
    drg_status status = put_lines(a, file, in, line);
    fclose(in);
    return status;
}

const api_route why_routes[] = {{"GET", "events/*/why", "", API_SLOW, answer_why},
                                {"POST", "explain", "", API_ALONE, answer_explain},
                                {"GET", "lexicon", "file line", API_KEPT | API_ALONE, answer_lexicon},
                                {NULL, NULL, NULL, 0, NULL}};

// SPDX-License-Identifier: Apache-2.0
/* Gold and system events from JSON, and from records.
 *
 *     {"id": "a1", "events": [{"plover": "AGREE", "cameo": "057", "source": ["IRN MIL", "SYR GOV"],
 *      "target": [], "reciprocal": true, "status": "actual", "date": "2020-07-09",
 *      "place": "Damascus, SYR", "evidence": ["signed a comprehensive agreement"]}]}
 *
 * Actors may be texts or objects with "code", evidence texts or objects with "text", a place a text
 * "NAME, ISO3" or an object with "name" and "country": the records that `code --to jsonl` writes are
 * read as they are. */
#include <errno.h>
#include <json-c/json.h>

#include "read/stream.h"
#include "read/walk.h"
#include "score/score.h"

#define DEPTH 64        /* of nested values */
#define LIST_CAP 256    /* actors or passages of one event */

typedef struct {
    score_set *set;
    const char *path;
    bool texts_only, no_memory;
    drg_error *error;
} reading;

void score_set_open(score_set *set, arena *memory) {
    *set = (score_set){.memory = memory};
    symbols_open(&set->ids, NULL, memory);
}

score_report *score_set_report(score_set *set, span id) {
    symbol at = symbols_add(&set->ids, id);
    if (at == NONE) {
        return NULL;
    }
    if (at == set->reports.count) {
        score_report *made = list_push(set->memory, &set->reports);
        if (made == NULL) {
            return NULL;
        }
        *made = (score_report){.id = symbols_text(&set->ids, at)};
    }
    return &set->reports.items[at];
}

const score_report *score_set_find(const score_set *set, span id) {
    symbol at = symbols_find(&set->ids, id);
    return at != NONE && at < set->reports.count ? &set->reports.items[at] : NULL;
}

/* ------------------------------------------------------------------ JSON values */

static json_object *get(json_object *record, const char *name) {
    json_object *value = NULL;
    return json_object_object_get_ex(record, name, &value) ? value : NULL;
}

static span keep(reading *r, span text) {
    span copy = arena_copy(r->set->memory, text);
    r->no_memory |= copy.ptr == NULL;
    return copy.ptr != NULL ? copy : SPAN("");
}

static span text_of(reading *r, json_object *value) {
    if (value == NULL || json_object_is_type(value, json_type_array) || json_object_is_type(value, json_type_object)) {
        return SPAN("");
    }
    if (json_object_is_type(value, json_type_string)) {
        return keep(r, (span){json_object_get_string(value), (size_t)json_object_get_string_len(value)});
    }
    return keep(r, span_of(json_object_get_string(value)));
}

static bool flag_of(json_object *value, bool otherwise) { return value != NULL ? json_object_get_boolean(value) != 0 : otherwise; }

/* ["IRN", {"code": "SYR GOV", ...}] as texts; `member` is the objects' name for it. */
static const span *list_of(reading *r, json_object *value, const char *member, u32 *count) {
    size_t length = value != NULL && json_object_is_type(value, json_type_array) ? json_object_array_length(value) : 0;
    length = length < LIST_CAP ? length : LIST_CAP;
    span *texts = arena_new(r->set->memory, span, length + 1);
    r->no_memory |= texts == NULL;
    *count = 0;
    for (size_t i = 0; i < length && texts != NULL; i++) {
        json_object *item = json_object_array_get_idx(value, i);
        texts[(*count)++] = text_of(r, json_object_is_type(item, json_type_object) ? get(item, member) : item);
    }
    return texts;
}

static void split_place(reading *r, json_object *value, score_event *out) {
    if (value != NULL && json_object_is_type(value, json_type_object)) {
        out->place = text_of(r, get(value, "name"));
        out->country = text_of(r, get(value, "country"));
        return;
    }
    span text = text_of(r, value);
    size_t comma = text.len;
    while (comma > 0 && text.ptr[comma - 1] != ',') {
        comma--;
    }
    out->place = comma > 0 ? span_trim(span_cut(text, 0, comma - 1)) : span_trim(text);
    out->country = comma > 0 ? span_trim(span_cut(text, comma, text.len)) : SPAN("");
}

/* ------------------------------------------------------------------ records in JSON */

static void take_event(reading *r, score_report *report, json_object *value) {
    score_event *e = list_push(r->set->memory, &report->events);
    if (e == NULL) {
        r->no_memory = true;
        return;
    }
    *e = (score_event){.plover = text_of(r, get(value, "plover")), .cameo = text_of(r, get(value, "cameo")),
                       .status = text_of(r, get(value, "status")), .date = text_of(r, get(value, "date")),
                       .reciprocal = flag_of(get(value, "reciprocal"), false), .certain = flag_of(get(value, "certain"), true)};
    e->source = list_of(r, get(value, "source"), "code", &e->source_count);
    e->target = list_of(r, get(value, "target"), "code", &e->target_count);
    e->evidence = list_of(r, get(value, "evidence"), "text", &e->evidence_count);
    split_place(r, get(value, "place"), e);
    r->set->events++;
}

static void take_text(reading *r, score_report *report, json_object *value) {
    const char *const names[] = {"title", "date", "outlet", "url", "lang", "text"};
    span *const fields[] = {&report->title, &report->date, &report->outlet, &report->url, &report->lang, &report->text};
    bool had = report->text.len > 0;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (get(value, names[i]) != NULL) {
            *fields[i] = text_of(r, get(value, names[i]));
        }
    }
    r->set->texts += !had && report->text.len > 0;
}

static drg_status take_record(reading *r, json_object *value, u64 offset) {
    if (!json_object_is_type(value, json_type_object)) {
        return drg_fail(r->error, DRG_ERROR_INPUT, r->path, offset, "byte %llu: not an object: a record is {\"id\": ..., \"events\": [...]}",
                        (unsigned long long)offset);
    }
    json_object *events = get(value, "events"), *type = get(value, "type");
    const char *kind = type != NULL ? json_object_get_string(type) : events == NULL && get(value, "plover") != NULL ? "event" : "report";
    bool event = strcmp(kind, "event") == 0;
    if (!event && strcmp(kind, "report") != 0) {
        return DRG_OK; /* claims, agreements, problems */
    }
    span id = text_of(r, get(value, event ? "doc" : "id"));
    if (id.len == 0) {
        return drg_fail(r->error, DRG_ERROR_INPUT, r->path, offset, "byte %llu: no \"%s\": which report is meant?", (unsigned long long)offset,
                        event ? "doc" : "id");
    }
    if (r->texts_only && score_set_find(r->set, id) == NULL) {
        return DRG_OK;
    }
    score_report *report = score_set_report(r->set, id);
    if (report == NULL) {
        r->no_memory = true;
    } else if (event) {
        report->counted |= !r->texts_only;
        take_event(r, report, value);
    } else {
        bool listed = events != NULL && json_object_is_type(events, json_type_array) && !r->texts_only;
        take_text(r, report, value);
        report->counted |= listed || (type != NULL && !r->texts_only);
        for (size_t i = 0; listed && i < json_object_array_length(events); i++) {
            take_event(r, report, json_object_array_get_idx(events, i));
        }
    }
    return r->no_memory ? drg_fail(r->error, DRG_ERROR_MEMORY, r->path, 0, "out of memory") : DRG_OK;
}

/* JSON values one after another, on one line each or over many. */
static drg_status take_values(reading *r, span bytes) {
    json_tokener *parser = json_tokener_new_ex(DEPTH);
    drg_status status = parser != NULL ? DRG_OK : drg_fail(r->error, DRG_ERROR_MEMORY, r->path, 0, "out of memory");
    size_t at = 0;
    while (status == DRG_OK) {
        while (at < bytes.len && ascii_is_space((unsigned char)bytes.ptr[at])) {
            at++;
        }
        if (at == bytes.len) {
            break;
        }
        json_tokener_reset(parser);
        json_object *value = json_tokener_parse_ex(parser, bytes.ptr + at, (int)(bytes.len - at));
        enum json_tokener_error problem = json_tokener_get_error(parser);
        if (problem != json_tokener_success) {
            u64 where = at + json_tokener_get_parse_end(parser);
            status = drg_fail(r->error, DRG_ERROR_INPUT, r->path, where, "byte %llu: not JSON: %s", (unsigned long long)where,
                              problem == json_tokener_continue ? "the file ends inside a record" : json_tokener_error_desc(problem));
        } else {
            status = take_record(r, value, at);
            at += json_tokener_get_parse_end(parser);
        }
        json_object_put(value);
    }
    json_tokener_free(parser);
    return status;
}

static drg_status read_file(reading *r, const char *path) {
    stream s;
    r->path = path;
    if (!stream_open(&s, path)) {
        return drg_fail(r->error, DRG_ERROR_INPUT, path, 0, "%s", s.failure);
    }
    stream_fill(&s, STREAM_CAP);
    drg_status status = s.failure[0] != '\0' ? drg_fail(r->error, DRG_ERROR_INPUT, path, s.offset, "%s", s.failure) : DRG_OK;
    if (status == DRG_OK && !s.at_end) {
        status = drg_fail(r->error, DRG_ERROR_INPUT, path, STREAM_CAP, "more than %zu MiB: split the file", STREAM_CAP >> 20);
    }
    if (status == DRG_OK) {
        status = take_values(r, stream_window(&s));
    }
    stream_close(&s);
    return status;
}

drg_status score_set_read(score_set *set, const char *path, bool texts_only, drg_error *error) {
    reading r = {.set = set, .texts_only = texts_only, .error = error};
    walk files;
    const char *file = path;
    drg_status status = DRG_OK;
    if (!walk_open(&files, &path, 1, false)) {
        return drg_fail(error, DRG_ERROR_MEMORY, path, 0, "out of memory");
    }
    for (walk_answer answer; status == DRG_OK && (answer = walk_next(&files, &file)) != WALK_END;) {
        if (answer == WALK_FILE) {
            bool named = strcmp(file, path) == 0;
            status = named || strstr(file, ".json") != NULL ? read_file(&r, file) : DRG_OK;
        } else {
            status = drg_fail(error, answer == WALK_NO_MEMORY ? DRG_ERROR_MEMORY : DRG_ERROR_INPUT, file, 0, "%s", strerror(errno));
        }
    }
    walk_close(&files);
    return status;
}

/* ------------------------------------------------------------------ records of the program */

static const span *copy_codes(score_set *set, const drg_actor *actors, size_t count, u32 *out_count) {
    span *codes = arena_new(set->memory, span, count + 1);
    for (size_t i = 0; i < count && codes != NULL; i++) {
        codes[i] = arena_copy(set->memory, actors[i].code);
    }
    *out_count = codes != NULL ? (u32)count : 0;
    return codes;
}

bool score_set_add_event(score_set *set, span doc, const drg_event *event) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    score_report *report = score_set_report(set, doc);
    score_event *e = report != NULL ? list_push(set->memory, &report->events) : NULL;
    span *words = arena_new(set->memory, span, event->evidence_count + 1);
    if (e == NULL || words == NULL) {
        return false;
    }
    report->counted = true;
    *e = (score_event){.plover = arena_copy(set->memory, event->plover), .cameo = arena_copy(set->memory, event->cameo),
                       .status = span_of(statuses[event->status]), .date = arena_copy(set->memory, event->date),
                       .reciprocal = event->reciprocal, .certain = true, .evidence = words, .evidence_count = (u32)event->evidence_count};
    if (event->place != NULL) {
        e->place = arena_copy(set->memory, event->place->name);
        e->country = arena_copy(set->memory, event->place->country);
    }
    for (size_t i = 0; i < event->evidence_count; i++) {
        words[i] = arena_copy(set->memory, event->evidence[i].text);
    }
    e->source = copy_codes(set, event->source, event->source_count, &e->source_count);
    e->target = copy_codes(set, event->target, event->target_count, &e->target_count);
    set->events++;
    return e->source != NULL && e->target != NULL && e->plover.ptr != NULL;
}

drg_status score_set_add(score_set *set, const drg_records *records, drg_error *error) {
    bool room = score_set_report(set, records->id) != NULL;
    for (size_t i = 0; i < records->event_count && room; i++) {
        room = score_set_add_event(set, records->id, &records->events[i]);
    }
    return room ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, "eval", 0, "out of memory");
}

// SPDX-License-Identifier: Apache-2.0
/* Reads a JSONL of {"id", "date", "text"} and writes {"id", "mentions": [{"s", "e", "lat", "lon",
 * "geonameid"}]}, the form that ../shared/score/places.py reads.
 *
 *     score_places TEXTS.jsonl > FOUND.jsonl
 *     score_places --given TEXTS.jsonl > FOUND.jsonl     the names are given: {"mentions": [{"s", "e"}]}
 *
 * The texts go through the stages up to `parse`, then `where`; offsets are code points. */
#include <json-c/json.h>

#include "pipeline.h"
#include "where/where.h"

#include <stdio.h>

static span field(struct json_object *o, const char *name) {
    struct json_object *value;
    return json_object_object_get_ex(o, name, &value) ? span_of(json_object_get_string(value)) : SPAN("");
}

static void write_places(const char *id, report *r) {
    struct json_object *out = json_object_new_object(), *list = json_object_new_array();
    for (u32 i = 0; i < r->places.count; i++) {
        const place *p = &r->places.items[i];
        struct json_object *item = json_object_new_object();
        u32 s = utf8_index_point(&r->points, r->tokens.items[p->first].text.start);
        u32 e = utf8_index_point(&r->points, r->tokens.items[p->end - 1].text.end);
        json_object_object_add(item, "s", json_object_new_int64(s));
        json_object_object_add(item, "e", json_object_new_int64(e));
        json_object_object_add(item, "lat", json_object_new_double(p->lat));
        json_object_object_add(item, "lon", json_object_new_double(p->lon));
        if (p->geonameid != 0) {
            json_object_object_add(item, "geonameid", json_object_new_int64(p->geonameid));
        }
        json_object_array_add(list, item);
    }
    json_object_object_add(out, "id", json_object_new_string(id));
    json_object_object_add(out, "mentions", list);
    printf("%s\n", json_object_to_json_string_ext(out, JSON_C_TO_STRING_PLAIN));
    json_object_put(out);
}

static void take_span(report *r, u32 s, u32 e) {
    bool begins = true;
    for (u32 t = 0; t < r->tokens.count; t++) {
        u32 at = utf8_index_point(&r->points, r->tokens.items[t].text.start);
        if (at >= s && at < e) {
            r->tokens.items[t].name = NAME_LOC;
            r->tokens.items[t].name_begins = begins;
            r->tokens.items[t].upos = UPOS_PROPN;
            begins = false;
        }
    }
}

/* Makes the given mentions the only place names of the report: resolution without recognition. */
static void take_given(report *r, struct json_object *o) {
    struct json_object *list, *s, *e;
    if (!json_object_object_get_ex(o, "mentions", &list)) {
        return;
    }
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        struct json_object *m = json_object_array_get_idx(list, i);
        if (json_object_object_get_ex(m, "s", &s) && json_object_object_get_ex(m, "e", &e)) {
            take_span(r, (u32)json_object_get_int64(s), (u32)json_object_get_int64(e));
        }
    }
}

static drg_status one(const drg_engine *engine, report *r, arena *memory, struct json_object *o, bool given_names, drg_error *error) {
    drg_report given = {.id = field(o, "id"), .date = field(o, "date"), .text = field(o, "text")};
    report_open(r, engine, memory, &given);
    DRG_TRY(pipeline_run(engine, r, STAGE_PARSE, error));
    if (given_names) {
        take_given(r, o);
    }
    return r->tokens.count > 0 ? where_run(engine->where, r, error) : DRG_OK;
}

int main(int count, char **arguments) {
    drg_error error = {0};
    drg_engine *engine = NULL;
    bool given_names = count == 3 && strcmp(arguments[1], "--given") == 0;
    FILE *in = count == 2 || given_names ? fopen(arguments[count - 1], "rb") : NULL;
    if (in == NULL || drg_engine_open(NULL, &engine, &error) != DRG_OK) {
        fprintf(stderr, "score_places: %s%s\n", in == NULL ? "usage: score_places [--given] TEXTS.jsonl" : error.source, error.message);
        return 2;
    }
    arena memory;
    arena_open(&memory, (size_t)256 << 20);
    static report r;
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, in) > 0) {
        struct json_object *o = json_tokener_parse(line);
        if (o != NULL && one(engine, &r, &memory, o, given_names, &error) == DRG_OK) {
            write_places(field(o, "id").ptr, &r);
        }
        json_object_put(o);
    }
    free(line);
    arena_close(&memory);
    drg_engine_close(engine);
    fclose(in);
    return 0;
}

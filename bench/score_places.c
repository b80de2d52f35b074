// SPDX-License-Identifier: Apache-2.0
/* Reads a JSONL of {"id", "date", "text"} and writes {"id", "mentions": [{"s", "e", "lat", "lon",
 * "geonameid"}]}, the form that ../shared/score/places.py reads.
 *
 *     score_places TEXTS.jsonl > FOUND.jsonl
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

static drg_status one(const drg_engine *engine, report *r, arena *memory, struct json_object *o, drg_error *error) {
    drg_report given = {.id = field(o, "id"), .date = field(o, "date"), .text = field(o, "text")};
    report_open(r, engine, memory, &given);
    DRG_TRY(pipeline_run(engine, r, STAGE_PARSE, error));
    return r->tokens.count > 0 ? where_run(engine->where, r, error) : DRG_OK;
}

int main(int count, char **arguments) {
    drg_error error = {0};
    drg_engine *engine = NULL;
    FILE *in = count == 2 ? fopen(arguments[1], "rb") : NULL;
    if (in == NULL || drg_engine_open(NULL, &engine, &error) != DRG_OK) {
        fprintf(stderr, "score_places: %s%s\n", in == NULL ? "usage: score_places TEXTS.jsonl" : error.source, error.message);
        return 2;
    }
    arena memory;
    arena_open(&memory, (size_t)256 << 20);
    static report r;
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, in) > 0) {
        struct json_object *o = json_tokener_parse(line);
        if (o != NULL && one(engine, &r, &memory, o, &error) == DRG_OK) {
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

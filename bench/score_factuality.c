// SPDX-License-Identifier: Apache-2.0
/* In: JSON lines {"id", "text", "events": [{"s", "e"}]}.   Out: the same events with our "label" from
 * -3 (did not happen) to 3 (happened), as the scorer of factuality reads them.
 *
 *     DRAGOMAN_DATA=. build/bench/score_factuality GOLD.jsonl > FOUND.jsonl */
#include <json-c/json.h>

#include "pipeline.h"
#include "said/said.h"

/* The token that holds code point `point`, or NONE. */
static u32 token_of(const report *r, u32 point) {
    for (u32 i = 0; i < r->tokens.count; i++) {
        range at = report_token(r, i)->text;
        if (utf8_index_point(&r->points, at.start) <= point && point < utf8_index_point(&r->points, at.end)) {
            return i;
        }
    }
    return NONE;
}

static void print_events(const drg_engine *engine, const report *r, const char *id, struct json_object *events) {
    printf("{\"id\": %s, \"events\": [", id);
    for (size_t i = 0; i < json_object_array_length(events); i++) {
        struct json_object *event = json_object_array_get_idx(events, i), *s = NULL, *e = NULL;
        json_object_object_get_ex(event, "s", &s);
        json_object_object_get_ex(event, "e", &e);
        u32 at = token_of(r, (u32)json_object_get_int(s));
        double label = at == NONE ? 0.0 : said_factuality(engine->said, r, at);
        printf("%s{\"s\": %d, \"e\": %d, \"label\": %.3f}", i ? ", " : "", json_object_get_int(s), json_object_get_int(e), label);
    }
    printf("]}\n");
}

int main(int argc, char **argv) {
    drg_engine *engine;
    drg_coder *coder;
    drg_error error = {0};
    FILE *input = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (input == NULL || drg_engine_open(NULL, &engine, &error) != DRG_OK) {
        fprintf(stderr, "score_factuality: give one readable JSON lines file; %s\n", error.message);
        return 2;
    }
    drg_coder_new(engine, &coder, &error);
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, input) > 0) {
        struct json_object *all = json_tokener_parse(line), *id = NULL, *text = NULL, *events = NULL;
        if (all != NULL && json_object_object_get_ex(all, "id", &id) && json_object_object_get_ex(all, "text", &text) &&
            json_object_object_get_ex(all, "events", &events)) {
            drg_report given = {.id = span_of(json_object_get_string(id)), .text = span_of(json_object_get_string(text)), .lang = SPAN("en")};
            if (drg_coder_code(coder, &given, &error) == DRG_OK) {
                print_events(engine, &coder->report, json_object_to_json_string(id), events);
            }
        }
        json_object_put(all);
    }
    free(line);
    fclose(input);
    drg_coder_free(coder);
    drg_engine_close(engine);
    return 0;
}

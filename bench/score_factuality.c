// SPDX-License-Identifier: Apache-2.0
/* In: JSON lines {"id", "text", "events": [{"s", "e"}]}.   Out: the same events with our "label" from
 * -3 (did not happen) to 3 (happened), as the scorer of factuality reads them.
 *
 *     DRAGOMAN_DATA=. build/bench/score_factuality GOLD.jsonl > FOUND.jsonl */
#include "coded.h"
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

static void print_events(const drg_engine *engine, const report *r, struct json_object *given) {
    struct json_object *events = json_object_object_get(given, "events");
    printf("{\"id\": %s, \"events\": [", json_object_to_json_string(json_object_object_get(given, "id")));
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

int main(int argc, char **argv) { return coded_main(argc, argv, print_events); }

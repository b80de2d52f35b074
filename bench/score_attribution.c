// SPDX-License-Identifier: Apache-2.0
/* In: JSON lines {"id", "text"}.   Out: JSON lines {"id", "attributions": [{"source", "cue", "content"}]}
 * with spans in code points, as the scorer of attribution reads them.
 *
 *     DRAGOMAN_DATA=. build/bench/score_attribution GOLD.jsonl > FOUND.jsonl
 *
 * Statements inside the content of another are left out, as the annotators left them out. */
#include <json-c/json.h>

#include "pipeline.h"
#include "said/said.h"

static void print_spans(const report *r, const char *name, const range *items, u32 count) {
    printf("\"%s\": [", name);
    for (u32 i = 0; i < count; i++) {
        printf("%s[%u, %u]", i ? ", " : "", utf8_index_point(&r->points, items[i].start), utf8_index_point(&r->points, items[i].end));
    }
    printf("]");
}

static void print_report(const report *r, const char *id) {
    bool first = true;
    printf("{\"id\": %s, \"attributions\": [", id);
    for (u32 i = 0; i < r->statements.count; i++) {
        const statement *s = &r->statements.items[i];
        u8 relation = report_token(r, s->cue)->deprel;
        bool nested = s->outer != NONE && relation != DEPREL_root && relation != DEPREL_case && relation != DEPREL_conj;
        if (s->quoted || nested) {
            continue;
        }
        printf("%s{", first ? "" : ", ");
        print_spans(r, "source", &s->speaker_text, s->speaker_token != NONE);
        printf(", ");
        print_spans(r, "cue", &s->cue_text, 1);
        printf(", ");
        print_spans(r, "content", &r->contents.items[s->first_content], s->end_content - s->first_content);
        printf("}");
        first = false;
    }
    printf("]}\n");
}

int main(int argc, char **argv) {
    drg_engine *engine;
    drg_coder *coder;
    drg_error error = {0};
    FILE *input = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (input == NULL || drg_engine_open(NULL, &engine, &error) != DRG_OK) {
        fprintf(stderr, "score_attribution: give one readable JSON lines file; %s\n", error.message);
        return 2;
    }
    drg_coder_new(engine, &coder, &error);
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, input) > 0) {
        struct json_object *all = json_tokener_parse(line), *id = NULL, *text = NULL;
        if (all != NULL && json_object_object_get_ex(all, "id", &id) && json_object_object_get_ex(all, "text", &text)) {
            drg_report given = {.id = span_of(json_object_get_string(id)), .text = span_of(json_object_get_string(text)), .lang = SPAN("en")};
            if (drg_coder_code(coder, &given, &error) == DRG_OK) {
                print_report(&coder->report, json_object_to_json_string(id));
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

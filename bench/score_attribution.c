// SPDX-License-Identifier: Apache-2.0
/* In: JSON lines {"id", "text"}.   Out: JSON lines {"id", "attributions": [{"source", "cue", "content"}]}
 * with spans in code points, as the scorer of attribution reads them.
 *
 *     DRAGOMAN_DATA=. build/bench/score_attribution GOLD.jsonl > FOUND.jsonl
 *
 * Statements inside the content of another are left out, as the annotators left them out. */
#include "coded.h"
#include "said/said.h"

static void print_spans(const report *r, const char *name, const range *items, u32 count) {
    printf("\"%s\": [", name);
    for (u32 i = 0; i < count; i++) {
        printf("%s[%u, %u]", i ? ", " : "", utf8_index_point(&r->points, items[i].start), utf8_index_point(&r->points, items[i].end));
    }
    printf("]");
}

static void print_report(const drg_engine *engine, const report *r, struct json_object *given) {
    (void)engine;
    bool first = true;
    printf("{\"id\": %s, \"attributions\": [", json_object_to_json_string(json_object_object_get(given, "id")));
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

int main(int argc, char **argv) { return coded_main(argc, argv, print_report); }

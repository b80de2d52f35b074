// SPDX-License-Identifier: Apache-2.0
/* In: reports (JSONL or text), by path.   Out: one JSON line a report with its noun phrases and
 * their chains, for the scorer of coreference and for the eye:
 *
 *     {"id": "a", "mentions": [{"s": 0, "e": 15, "cluster": 3}, ...]}
 *
 * Offsets count code points.
 *
 *     DRAGOMAN_DATA=. build/tests/chains PATH... */
#include "pipeline.h"
#include "read/source.h"

static void print_chains(const report *r) {
    bool first = true;
    printf("{\"id\": \"%.*s\", \"mentions\": [", (int)r->id.len, r->id.ptr);
    for (u32 i = 0; i < r->phrases.count; i++) {
        const phrase_in_chain *p = &r->phrases.items[i];
        u32 start = utf8_index_point(&r->points, report_token(r, p->first)->text.start);
        u32 end = utf8_index_point(&r->points, report_token(r, p->end - 1)->text.end);
        printf("%s{\"s\": %u, \"e\": %u, \"cluster\": %u}", first ? "" : ", ", start, end, p->chain);
        first = false;
    }
    printf("]}\n");
}

int main(int count, char **arguments) {
    drg_error error = {0};
    drg_engine *engine;
    source *input;
    source_item item;
    if (count < 2 || drg_engine_open(NULL, &engine, &error) != DRG_OK ||
        source_open(&input, (const char *const *)arguments + 1, (size_t)count - 1, SOURCE_AUTO, &error) != DRG_OK) {
        fprintf(stderr, "chains: %s\n", count < 2 ? "no path given" : error.message);
        return 1;
    }
    arena memory;
    arena_open(&memory, engine->report_bytes);
    source_item_open(&item);
    while (source_next(input, &item) != SOURCE_END) {
        report r = {0};
        if (item.what != SOURCE_REPORT) {
            continue;
        }
        report_open(&r, engine, &memory, &item.report);
        if (pipeline_run(engine, &r, STAGE_RECORD, &error) == DRG_OK) {
            print_chains(&r);
        }
    }
    source_item_close(&item);
    source_close(input);
    arena_close(&memory);
    drg_engine_close(engine);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
/* In: reports (JSONL or text), by path.   Out: one JSON line a report with its mentions, for the
 * scorer of coreference and for the eye:
 *
 *     {"id": "a", "mentions": [{"s": 0, "e": 15, "cluster": 3, "code": "SYR GOV"}, ...]}
 *
 * Offsets count code points; mentions that belong to no entity are left out.
 *
 *     DRAGOMAN_DATA=. build/tests/chains PATH... */
#include <stdlib.h>
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
    if (getenv("PRON")) for (u32 i = 0; i < r->mentions.count; i++) { const mention *m = &r->mentions.items[i]; if (m->kind != MENTION_PRONOUN) continue;
        span w = report_form(r, m->head); const sentence *sn = &r->sentences.items[report_token(r, m->head)->sentence];
        span nm = m->entity == NONE ? SPAN("-") : r->entities.items[m->entity].name; span tx = report_cut(r, sn->text);
        u32 ps = report_token(r,m->head)->text.start; u32 b = ps > 150 ? ps-150 : 0;
        fprintf(stderr, "%.*s@%u\t%.*s -> %.*s\t%.*s[[]]%.*s\n", (int)r->id.len, r->id.ptr, m->head, (int)w.len, w.ptr, (int)nm.len, nm.ptr, (int)(ps-b), r->text.ptr+b, 60<(int)(r->text.len-ps)?60:(int)(r->text.len-ps), r->text.ptr+ps); (void)tx; }
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

// SPDX-License-Identifier: Apache-2.0
/* In: saved pages, by path.   Out: pages a second from bytes to main text, one thread, loading apart.
 *
 *     DRAGOMAN_DATA=. build/bench/pages PASSES PATH... */
#include <time.h>

#include "pipeline.h"
#include "read/read.h"
#include "read/source.h"

#define PAGE_LIMIT 10000u

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Keeps every page in memory: what is timed reads no file. */
static u32 load(const char *const *paths, size_t count, arena *memory, span *pages) {
    source *s;
    source_item item;
    u32 loaded = 0;
    if (source_open(&s, paths, count, SOURCE_HTML, NULL) != DRG_OK) {
        return 0;
    }
    source_item_open(&item);
    while (loaded < PAGE_LIMIT && source_next(s, &item) != SOURCE_END) {
        if (item.what == SOURCE_REPORT) {
            pages[loaded++] = arena_copy(memory, item.report.html);
        }
    }
    source_item_close(&item);
    source_close(s);
    return loaded;
}

int main(int count, char **arguments) {
    static span pages[PAGE_LIMIT];
    drg_engine *engine;
    drg_coder *coder;
    drg_error error = {0};
    arena memory;
    arena_open(&memory, (size_t)4 << 30);
    if (count < 3 || drg_engine_open(NULL, &engine, &error) != DRG_OK || drg_coder_new(engine, &coder, &error) != DRG_OK) {
        fprintf(stderr, "pages: %s\nusage: pages PASSES PATH...\n", error.message);
        return 2;
    }
    long passes = strtol(arguments[1], NULL, 10);
    u32 loaded = load((const char *const *)arguments + 2, (size_t)count - 2, &memory, pages);
    size_t text = 0, bytes = 0;
    double start = seconds();
    for (long pass = 0; pass < passes; pass++) {
        for (u32 i = 0; i < loaded; i++) {
            drg_report given = {.html = pages[i]};
            report_open(&coder->report, engine, &coder->memory, &given);
            if (read_run(engine->read, &coder->report, &error) == DRG_OK) {
                text += coder->report.text.len;
                bytes += pages[i].len;
            }
        }
    }
    double took = seconds() - start;
    printf("%u pages, %ld passes, %zu bytes of text: %.1f pages/s, %.1f MB/s\n", loaded, passes, text, (double)loaded * (double)passes / took,
           (double)bytes / took / 1e6);
    drg_coder_free(coder);
    drg_engine_close(engine);
    arena_close(&memory);
    return 0;
}

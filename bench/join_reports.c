// SPDX-License-Identifier: Apache-2.0
/* In: reports.  Out: one JSON object a report, {"id", "copy", "story"}: the number of the first report of its family of
 * copies and of its story, in the order of dates and ids; the seconds that joining took on standard error.
 *
 *     build/bench/join_reports copies  REPORTS.jsonl   sketches of the text alone: fast, no stories
 *     build/bench/join_reports stories REPORTS.jsonl   coded reports */
#define _POSIX_C_SOURCE 200809L
#include "base/calendar.h"
#include "pipeline.h"
#include "read/source.h"
#include "record/family.h"
#include "record/stories.h"

typedef struct {
    span id, date;
    sketch sketch;
} entry;

typedef struct {
    arena memory;
    LIST(entry *) entries;
    u32 *family, *story;
} desk;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void draw_text(span text, sketch *out) {
    arena scratch;
    sketch_runs runs;
    arena_open(&scratch, (size_t)64 << 20);
    sketch_runs_open(&runs, &scratch);
    *out = (sketch){0};
    if (sketch_runs_add(&runs, text)) {
        sketch_runs_close(&runs, out);
    }
    arena_close(&scratch);
}

static bool add_report(desk *d, drg_coder *coder, const drg_report *given) {
    drg_error error;
    entry *e = arena_new(&d->memory, entry, 1), **slot = list_push(&d->memory, &d->entries);
    if (e == NULL || slot == NULL) {
        return false;
    }
    *slot = e;
    e->id = arena_copy(&d->memory, given->id);
    e->date = arena_copy(&d->memory, given->date);
    if (coder == NULL) {
        draw_text(given->text, &e->sketch);
        return true;
    }
    return drg_coder_code(coder, given, &error) == DRG_OK && sketch_unpack(drg_coder_records(coder)->sketch, &e->sketch);
}

static int compare_entry(const void *a, const void *b) {
    const entry *x = *(entry *const *)a, *y = *(entry *const *)b;
    int dates = span_compare(x->date, y->date);
    return dates != 0 ? dates : span_compare(x->id, y->id);
}

static bool join(desk *d, bool stories) {
    u32 count = d->entries.count;
    const sketch **sketches = arena_new(&d->memory, const sketch *, (size_t)count + 1);
    story_report *reports = arena_new(&d->memory, story_report, (size_t)count + 1);
    d->family = arena_new(&d->memory, u32, (size_t)count + 1);
    d->story = arena_new(&d->memory, u32, (size_t)count + 1);
    if (sketches == NULL || reports == NULL || d->family == NULL || d->story == NULL) {
        return false;
    }
    qsort(d->entries.items, count, sizeof *d->entries.items, compare_entry);
    for (u32 i = 0; i < count; i++) {
        sketches[i] = &d->entries.items[i]->sketch;
    }
    double start = now();
    if (family_find(sketches, count, d->family, &d->memory) != DRG_OK) {
        return false;
    }
    double middle = now();
    for (u32 i = 0; i < count; i++) {
        reports[i] = (story_report){sketches[i], calendar_parse_iso(d->entries.items[i]->date), d->family[i]};
    }
    bool done = !stories || stories_find(reports, count, d->story, &d->memory) == DRG_OK;
    fprintf(stderr, "%u reports: families %.2f s, stories %.2f s\n", count, middle - start, now() - middle);
    return done;
}

int main(int count, char **arguments) {
    drg_error error = {0};
    drg_engine *engine = NULL;
    drg_coder *coder = NULL;
    source *input = NULL;
    source_item item;
    desk d = {.entries = {0}};
    bool stories = count == 3 && strcmp(arguments[1], "stories") == 0;
    arena_open(&d.memory, SIZE_MAX);
    bool good = count == 3 && (!stories || (drg_engine_open(NULL, &engine, &error) == DRG_OK && drg_coder_new(engine, &coder, &error) == DRG_OK)) &&
                source_open(&input, (const char *const *)arguments + 2, 1, SOURCE_JSONL, &error) == DRG_OK;
    source_item_open(&item);
    while (good && source_next(input, &item) != SOURCE_END) {
        good = item.what != SOURCE_REPORT || add_report(&d, coder, &item.report);
    }
    good = good && join(&d, stories);
    for (u32 i = 0; good && i < d.entries.count; i++) {
        printf("{\"id\": \"%.*s\", \"copy\": %u, \"story\": %u}\n", (int)d.entries.items[i]->id.len, d.entries.items[i]->id.ptr, d.family[i], d.story[i]);
    }
    if (!good) {
        fprintf(stderr, "join_reports: %s\nusage: join_reports copies|stories REPORTS.jsonl\n", error.message);
    }
    source_item_close(&item);
    source_close(input);
    drg_coder_free(coder);
    drg_engine_close(engine);
    arena_close(&d.memory);
    return good ? 0 : 2;
}

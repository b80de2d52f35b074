// SPDX-License-Identifier: Apache-2.0
/* In: reports (files, folders, JSON lines).  Out: seconds and words a second, stage by stage, on one core.
 * The stages are called as in pipeline.c; writing is drg_records_write_jsonl into nothing.
 *
 *     build/bench/stages PATH...
 *
 * A word is a run of characters between blanks of the report's text. */
#define _POSIX_C_SOURCE 200809L
#include "parse/parse.h"
#include "pipeline.h"
#include "read/read.h"
#include "read/source.h"
#include "record/record.h"
#include "said/said.h"
#include "text/text.h"
#include "what/what.h"
#include "when/when.h"
#include "where/where.h"
#include "who/who.h"

#define WRITE STAGE_COUNT

typedef struct {
    double seconds[STAGE_COUNT + 1];
    u64 reports, words, bytes, written;
} tally;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static drg_status count_bytes(void *user, const char *bytes, size_t size) {
    (void)bytes;
    ((tally *)user)->written += size;
    return DRG_OK;
}

static u64 count_words(span text) {
    u64 words = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool starts = !ascii_is_space((unsigned char)text.ptr[i]) && (i == 0 || ascii_is_space((unsigned char)text.ptr[i - 1]));
        words += starts;
    }
    return words;
}

#define TIMED(stage, call)                    \
    do {                                      \
        double start_ = now();                \
        status = status == DRG_OK ? (call) : status; \
        t->seconds[stage] += now() - start_;  \
    } while (0)

static drg_status code_report(const drg_engine *e, report *r, tally *t, drg_error *error) {
    drg_status status = DRG_OK;
    TIMED(STAGE_READ, read_run(e->read, r, error));
    if (r->blocks.count > 0) {
        TIMED(STAGE_TEXT, text_run(e->text, r, error));
        TIMED(STAGE_PARSE, parse_run(e->parse, r, error));
        TIMED(STAGE_WHERE, where_run(e->where, r, error));
        TIMED(STAGE_WHO, who_run(e->who, r, error));
        TIMED(STAGE_WHEN, when_run(e->when, r, error));
        TIMED(STAGE_WHAT, what_run(e->what, r, error));
        TIMED(STAGE_SAID, said_run(e->said, e->what, r, error));
    }
    TIMED(STAGE_RECORD, record_run(e->record, r, error));
    TIMED(WRITE, drg_records_write_jsonl(&r->records, count_bytes, t));
    t->reports++;
    t->words += count_words(r->text);
    t->bytes += r->text.len;
    return status;
}

static void print_tally(const tally *t) {
    static const u8 order[] = {STAGE_READ, STAGE_TEXT, STAGE_PARSE, STAGE_WHERE, STAGE_WHO, STAGE_WHEN, STAGE_WHAT, STAGE_SAID, STAGE_RECORD, WRITE};
    double total = 0;
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        total += t->seconds[order[i]];
    }
    printf("%llu reports, %llu words\n%-8s %8s %6s %14s\n", (unsigned long long)t->reports, (unsigned long long)t->words, "stage",
           "seconds", "%", "words/s");
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        double s = t->seconds[order[i]];
        printf("%-8s %8.3f %6.1f %14.0f\n", order[i] == WRITE ? "write" : stage_name(order[i]), s, total > 0 ? 100 * s / total : 0,
               s > 0 ? (double)t->words / s : 0);
    }
    printf("%-8s %8.3f %6.1f %14.0f\n", "all", total, 100.0, total > 0 ? (double)t->words / total : 0);
}

int main(int count, char **arguments) {
    drg_error error = {0};
    drg_engine *engine;
    drg_coder *coder;
    source *input;
    tally t = {.reports = 0};
    if (count < 2 || drg_engine_open(NULL, &engine, &error) != DRG_OK || drg_coder_new(engine, &coder, &error) != DRG_OK ||
        source_open(&input, (const char *const *)arguments + 1, (size_t)(count - 1), SOURCE_AUTO, &error) != DRG_OK) {
        fprintf(stderr, "stages: %s\nusage: stages PATH...\n", error.message);
        return 2;
    }
    source_item item;
    source_item_open(&item);
    while (source_next(input, &item) != SOURCE_END) {
        if (item.what == SOURCE_REPORT) {
            report_open(&coder->report, engine, &coder->memory, &item.report);
            if (code_report(engine, &coder->report, &t, &error) != DRG_OK) {
                fprintf(stderr, "stages: %s\n", error.message);
            }
        }
    }
    print_tally(&t);
    source_item_close(&item);
    source_close(input);
    drg_coder_free(coder);
    drg_engine_close(engine);
    return 0;
}

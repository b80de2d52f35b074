// SPDX-License-Identifier: Apache-2.0
#include "store/merge.h"

#include <stdio.h>

#include "store/inside.h"
#include "store/read.h"

#define REPORT_BYTES ((size_t)256 << 20)

/* The run that the writer is to link reports to, in texts that live as long as this. */
typedef struct {
    i64 id; /* in the desk read from; 0: none yet */
    char texts[4][256];
    store_run run;
} held_run;

static void hold_run(held_run *held, store *from, store *into, i64 id) {
    if (held->id == id) {
        return;
    }
    held->id = id;
    memset(held->texts, 0, sizeof held->texts);
    sql_query *q = database_ask(from->base, "SELECT program, model, words, options FROM runs WHERE id = ?1");
    query_put_number(q, 1, id);
    for (int i = 0, found = query_next(q); i < 4 && found; i++) {
        span text = query_text(q, i);
        snprintf(held->texts[i], sizeof held->texts[i], "%.*s", (int)(text.len < 255 ? text.len : 255), text.ptr);
    }
    query_reset(q);
    into->run = (store_run){held->texts[0], span_of(held->texts[1]), span_of(held->texts[2]), held->texts[3]};
    into->run_id = 0;
}

static drg_status add_reports(store *into, store *from, held_run *held, merge_counts *counts, drg_error *error) {
    arena memory;
    store_reader r;
    drg_status status = DRG_OK;
    arena_open(&memory, REPORT_BYTES);
    store_read_open(&r, from, &memory);
    while (status == DRG_OK && store_read_next(&r)) {
        hold_run(held, from, into, r.run);
        status = store_add_hashed(into, &r.records, r.content, error);
        counts->reports++;
    }
    drg_error later;
    drg_status read = store_read_check(&r, status == DRG_OK ? error : &later);
    arena_close(&memory);
    return status == DRG_OK ? read : status;
}

/* Problems of inputs that gave no report. */
static drg_status add_problems(store *into, store *from, merge_counts *counts, drg_error *error) {
    sql_query *q = database_stream(from->base, "SELECT input, stage, code, message, at FROM problems WHERE report IS NULL ORDER BY number");
    while (query_next(q)) {
        drg_problem p = {query_text(q, 0), query_text(q, 1), query_text(q, 2), query_text(q, 3), (u64)query_number(q, 4)};
        drg_status status = store_add_problem(into, &p, error);
        if (status != DRG_OK) {
            query_reset(q);
            return status;
        }
        counts->problems++;
    }
    return database_check(from->base, error);
}

/* What readers said; the same again (of the same telling at the same time) changes nothing. */
static drg_status add_verdicts(store *into, store *from, drg_error *error) {
    static const char columns[] = "verdicts(telling, event, report, verdict, field, correct, note, judge, at, plover, words, run, queue, seed, undone)";
    sql_query *q = database_stream(from->base, "SELECT telling, event, report, verdict, field, correct, note, judge, at, plover, words, queue, run, seed, undone"
                                               " FROM verdicts ORDER BY id");
    while (query_next(q)) {
        value v[15];
        sql_query *known = database_ask(into->base, "SELECT 1 FROM verdicts WHERE telling = ?1 AND verdict = ?2 AND field = ?3 AND at = ?4 AND judge = ?5");
        static const int keys[] = {0, 3, 4, 8, 7};
        for (int i = 0; i < 5; i++) {
            query_put_text(known, i + 1, query_text(q, keys[i]));
        }
        bool there = query_next(known);
        query_reset(known);
        for (int i = 0; i < 11; i++) {
            v[i] = value_text(query_text(q, i));
        }
        v[11] = value_number(query_number(q, 12));
        v[12] = value_text(query_text(q, 11));
        v[13] = value_number(query_number(q, 13));
        v[14] = value_number(query_number(q, 14));
        if (!there) {
            database_add_row(into->base, columns, false, v, (int)COUNT_OF(v));
        }
    }
    DRG_TRY(database_check(from->base, error));
    return database_check(into->base, error);
}

drg_status merge_add(store *into, const char *address, merge_counts *counts, drg_error *error) {
    store *from;
    held_run held = {.id = 0};
    DRG_TRY(store_open(&from, address, NULL, error));
    drg_status status = add_reports(into, from, &held, counts, error);
    if (status == DRG_OK) {
        status = add_problems(into, from, counts, error);
    }
    if (status == DRG_OK) {
        status = add_verdicts(into, from, error);
    }
    if (status == DRG_OK) {
        status = store_finish_batch(into, error); /* `held` goes */
    }
    store_close(from);
    into->run = (store_run){.program = ""};
    into->run_id = 0;
    return status;
}

// SPDX-License-Identifier: Apache-2.0
/* Desks behind the public calls: batches in and out, and questions in filter words. */
#include "ask/ask.h"
#include "batch/asked.h"
#include "batch/batch.h"
#include "store/read.h"

#define QUESTION_BYTES ((size_t)1 << 30)
#define REPORT_BYTES ((size_t)1 << 30)

struct drg_desk {
    store *rows;
    arena memory;        /* of the reader's present report */
    store_reader reader;
    bool reading, writes;
};

typedef struct {
    const drg_question *asked;
    const ask_kind *of; /* NULL: events */
    ask_filter filter;
    arena memory;
} question;

drg_status drg_desk_open(const char *address, const drg_engine *engine, drg_desk **out, drg_error *error) {
    drg_desk *d = *out = calloc(1, sizeof *d);
    if (d == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "desk", 0, "out of memory");
    }
    arena_open(&d->memory, REPORT_BYTES);
    d->writes = engine != NULL;
    drg_status status;
    if (engine == NULL) {
        status = store_open(&d->rows, address, NULL, error);
    } else {
        store_run run = {drg_program(), drg_engine_model_hash(engine), drg_engine_words_hash(engine), ""};
        status = store_open(&d->rows, address, &run, error);
    }
    if (status != DRG_OK) {
        drg_desk_close(d);
        *out = NULL;
    }
    return status;
}

void drg_desk_close(drg_desk *d) {
    if (d != NULL) {
        store_close(d->rows);
        arena_close(&d->memory);
        free(d);
    }
}

static drg_status check_writes(const drg_desk *d, drg_error *error) {
    return d->writes ? DRG_OK : drg_fail(error, DRG_ERROR_USE, "desk", 0, "is opened to read only: open it with the engine that made the records");
}

drg_status drg_desk_add(drg_desk *d, const drg_batch *batch, drg_error *error) {
    DRG_TRY(check_writes(d, error));
    for (size_t i = 0; i < batch->count; i++) {
        const drg_records *r = batch->entries[i];
        DRG_TRY(r->id.ptr != NULL ? store_add(d->rows, r, error) : store_add_problem(d->rows, &r->problems[0], error));
    }
    return DRG_OK;
}

drg_status drg_desk_finish(drg_desk *d, drg_error *error) {
    DRG_TRY(check_writes(d, error));
    return store_finish(d->rows, error);
}

drg_status drg_desk_read(drg_desk *d, size_t reports, drg_batch *batch, drg_error *error) {
    if (!d->reading) {
        store_read_open(&d->reader, d->rows, &d->memory);
        d->reading = true;
    }
    for (size_t i = 0; reports == 0 || i < reports; i++) {
        if (!store_read_next(&d->reader)) {
            d->reading = false;
            return store_read_check(&d->reader, error);
        }
        DRG_TRY(drg_batch_add(batch, &d->reader.records, error));
    }
    return DRG_OK;
}

/* ------------------------------------------------------------------ questions */

static bool is_among(const char *word, const char *words) {
    for (span rest = span_of(words); rest.len > 0;) {
        if (span_eq(span_of(word), span_next_field(&rest, '|'))) {
            return true;
        }
    }
    return false;
}

/* Reads the filter words; the question is to be closed also when they are wrong. */
static drg_status open_question(question *q, drg_desk *d, const drg_question *asked, drg_error *error) {
    *q = (question){.asked = asked};
    arena_open(&q->memory, QUESTION_BYTES);
    q->of = asked->of != NULL ? ask_kind_find(asked->of) : NULL;
    if (asked->of != NULL && !is_among(asked->of, ask_kind_names)) {
        return drg_fail(error, DRG_ERROR_USE, "of", 0, "\"%.40s\" is none: it is one of %s", asked->of, ask_kind_names);
    }
    if (asked->by != NULL && !is_among(asked->by, ask_groups)) {
        return drg_fail(error, DRG_ERROR_USE, "by", 0, "\"%.40s\" is none: it is one of %s", asked->by, ask_groups);
    }
    if (asked->by != NULL && q->of != NULL) {
        return drg_fail(error, DRG_ERROR_USE, "by", 0, "counts events: leave out by or of");
    }
    database_limit(store_database(d->rows), asked->seconds);
    ask_given given = {d->rows, q->of, asked->words, asked->word_count};
    DRG_TRY(ask_filter_read(&q->filter, &given, &q->memory, error));
    q->filter.limit = q->filter.limit < 0 ? 0 : q->filter.limit;
    return DRG_OK;
}

static drg_status add_row(drg_batch *batch, const ask_row *row, drg_error *error) {
    drg_records r = row->report;
    r.events = &row->event;
    r.event_count = 1;
    DRG_TRY(drg_batch_add(batch, &r, error));
    return batch_tell(batch, &(drg_telling){row->story, row->reports, row->outlets, row->witnesses}, error);
}

static drg_status read_events(drg_desk *d, const question *q, drg_batch *batch, drg_error *error) {
    ask_rows *rows = NULL;
    const ask_row *row;
    drg_status status = ask_rows_open(&rows, store_database(d->rows), &q->filter, q->asked->tellings ? ASK_REPORTS : ASK_EVENTS, error);
    while (status == DRG_OK && (row = ask_rows_next(rows)) != NULL) {
        status = add_row(batch, row, error);
    }
    status = status == DRG_OK ? ask_rows_check(rows, error) : status;
    ask_rows_close(rows);
    return status;
}

drg_status drg_desk_events(drg_desk *d, const drg_question *asked, drg_batch *batch, drg_error *error) {
    question q;
    drg_status status = open_question(&q, d, asked, error);
    if (status == DRG_OK && (q.of != NULL || asked->by != NULL)) {
        status = drg_fail(error, DRG_ERROR_USE, "desk", 0, "these rows are no events");
    }
    if (status == DRG_OK) {
        status = read_events(d, &q, batch, error);
    }
    arena_close(&q.memory);
    return status;
}

static drg_status answer(drg_desk *d, question *q, struct ArrowArrayStream *out, drg_error *error) {
    asked_column columns[ASKED_COLUMNS] = {{"events", true}, {"reports", true}, {"outlets", true}};
    u32 count = 3;
    ask_build sql;
    ask_build_open(&sql, &q->memory);
    if (q->of != NULL) {
        count = 0;
        ask_build_kind(&sql, &q->filter, q->of, ASK_PROGRAM);
        for (const ask_column *c = q->of->columns; c->name != NULL; c++) {
            if ((c->reader & ASK_PROGRAM) && count < ASKED_COLUMNS) {
                columns[count++] = (asked_column){c->name, c->number};
            }
        }
    } else if (q->asked->by != NULL) {
        memmove(&columns[1], &columns[0], 3 * sizeof columns[0]);
        columns[0] = (asked_column){q->asked->by, false};
        count = 4;
        ask_build_groups(&sql, &q->filter, q->asked->by);
    } else {
        ask_build_count(&sql, &q->filter);
    }
    sql_query *rows = ask_start(store_database(d->rows), &sql);
    drg_status status = asked_stream(rows, columns, count, out, error);
    query_close(rows);
    drg_status asked = database_check(store_database(d->rows), status == DRG_OK ? error : NULL);
    if (status == DRG_OK && asked != DRG_OK) {
        out->release(out);
    }
    return status == DRG_OK ? asked : status;
}

drg_status drg_desk_ask(drg_desk *d, const drg_question *asked, struct ArrowArrayStream *out, drg_error *error) {
    question q;
    drg_status status = open_question(&q, d, asked, error);
    if (status == DRG_OK) {
        status = answer(d, &q, out, error);
    }
    arena_close(&q.memory);
    return status;
}

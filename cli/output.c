// SPDX-License-Identifier: Apache-2.0
#include "cli/output.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/events_table.h"
#include "export/rows.h"

struct output {
    output_kind kind;
    store *rows; /* the database, or a temporary one behind a table */
};

bool output_kind_find(const char *name, bool database, output_kind *kind) {
    static const char *const names[] = {[OUTPUT_TABLE] = "table", [OUTPUT_JSONL] = "jsonl", [OUTPUT_CSV] = "csv"};
    if (name == NULL) {
        *kind = database ? OUTPUT_NONE : isatty(STDOUT_FILENO) ? OUTPUT_TABLE : OUTPUT_JSONL;
        return true;
    }
    for (int i = OUTPUT_TABLE; i <= OUTPUT_CSV; i++) {
        if (strcmp(names[i], name) == 0) {
            *kind = (output_kind)i;
            return true;
        }
    }
    return false;
}

static drg_status to_stdout(void *user, const char *bytes, size_t size) {
    (void)user;
    return fwrite(bytes, 1, size, stdout) == size ? DRG_OK : DRG_ERROR_OUTPUT;
}

static drg_status check_stdout(drg_status status, drg_error *error) {
    if (status == DRG_OK && ferror(stdout) == 0) {
        return DRG_OK;
    }
    return drg_fail(error, DRG_ERROR_OUTPUT, "standard output", 0, "cannot write: %s", strerror(errno));
}

static drg_status put_csv_header(void) {
    out_bytes out;
    out_open(&out, to_stdout, NULL);
    rows_put_header(&out);
    return out_flush(&out);
}

/* Each event by itself: joined with those of other reports it is only in a desk. */
static drg_status put_csv(const drg_records *records) {
    out_bytes out;
    out_open(&out, to_stdout, NULL);
    for (size_t i = 0; i < records->event_count; i++) {
        const drg_event *e = &records->events[i];
        rows_put(&out, &(ask_row){.event = *e, .report = *records, .story = e->id, .reports = 1, .outlets = records->outlet.len > 0, .witnesses = 1});
    }
    return out_flush(&out);
}

drg_status output_open(output **out, const output_plan *plan, const drg_engine *engine, drg_error *error) {
    output *o = *out = calloc(1, sizeof *o);
    if (o == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "output", 0, "out of memory");
    }
    o->kind = plan->kind;
    if (plan->database != NULL || o->kind == OUTPUT_TABLE) {
        store_run run = {drg_program(), drg_engine_model_hash(engine), drg_engine_words_hash(engine), plan->options};
        DRG_TRY(store_open(&o->rows, plan->database, &run, error));
    }
    if (o->kind == OUTPUT_CSV) {
        return check_stdout(put_csv_header(), error);
    }
    return DRG_OK;
}

drg_status output_records(output *o, const drg_records *records, drg_error *error) {
    if (o->rows != NULL) {
        DRG_TRY(store_add(o->rows, records, error));
    }
    switch (o->kind) {
        case OUTPUT_JSONL:
            return check_stdout(drg_records_write_jsonl(records, to_stdout, NULL), error);
        case OUTPUT_CSV:
            return check_stdout(put_csv(records), error);
        default:
            return DRG_OK;
    }
}

drg_status output_problem(output *o, const drg_problem *problem, drg_error *error) {
    if (o->rows != NULL) {
        DRG_TRY(store_add_problem(o->rows, problem, error));
    }
    return o->kind == OUTPUT_JSONL ? check_stdout(drg_problem_write_jsonl(problem, to_stdout, NULL), error) : DRG_OK;
}

u64 output_known(const output *o) { return o->rows != NULL ? store_known(o->rows) : 0; }

drg_status output_commit(output *o, bool joining, drg_error *error) {
    return o->rows == NULL ? DRG_OK : joining ? store_finish(o->rows, error) : store_finish_batch(o->rows, error);
}

drg_status output_close(output *o, bool finished, drg_error *error) {
    drg_status status = DRG_OK;
    if (o->rows != NULL && finished) {
        status = store_finish(o->rows, error);
        if (status == DRG_OK && o->kind == OUTPUT_TABLE) {
            status = events_table_print(o->rows, stdout, error);
        }
    }
    bool lost = fflush(stdout) != 0 || ferror(stdout) != 0; /* an earlier flush may have failed and been forgotten */
    if (lost && status == DRG_OK) {
        status = check_stdout(DRG_ERROR_OUTPUT, error);
    }
    store_close(o->rows);
    free(o);
    return status;
}

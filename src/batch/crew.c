// SPDX-License-Identifier: Apache-2.0
/* Coders side by side: each job is a report with a coder of its own, whose records live until they are handed on,
 * in the order in which the reader gave the reports.  Jobs, and the memory of their coders, are kept from call to call. */
#include <unistd.h>

#include "base/pool.h"
#include "batch/reader.h"
#include "pipeline.h"

#define JOBS_MOST 256

typedef struct {
    source_item item;
    drg_coder *coder;
    drg_status status;
    drg_error error;
} job;

struct drg_crew {
    const drg_engine *engine;
    u32 workers, count;
    job *jobs;       /* [count] */
    void **pointers; /* [count] */
};

typedef struct {
    drg_reader *reader;
    const drg_work *work;
    size_t reports, text_bytes; /* taken so far */
} shift;

static bool is_done(const shift *s) {
    const drg_work *w = s->work;
    return (w->reports > 0 && s->reports >= w->reports) || (w->text_bytes > 0 && s->text_bytes >= w->text_bytes) ||
           (w->stop != NULL && w->stop(w->user));
}

static bool take_job(void *user, void *pointer) {
    shift *s = user;
    job *j = pointer;
    if (is_done(s) || reader_next(s->reader, &j->item) == SOURCE_END) {
        return false;
    }
    s->reports++;
    s->text_bytes += j->item.report.text.len + j->item.report.html.len;
    return true;
}

static void work_job(void *user, u32 worker, void *pointer) {
    job *j = pointer;
    (void)user;
    (void)worker;
    j->status = j->item.what == SOURCE_REPORT ? drg_coder_code(j->coder, &j->item.report, &j->error) : DRG_OK;
}

static drg_status write_job(void *user, void *pointer) {
    const drg_work *w = ((shift *)user)->work;
    job *j = pointer;
    if (j->status == DRG_OK) {
        j->status = j->item.what == SOURCE_PROBLEM ? w->problem(w->user, &j->item.problem, &j->error)
                                                   : w->records(w->user, drg_coder_records(j->coder), &j->error);
    }
    return j->status;
}

static u32 count_processors(void) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > JOBS_MOST ? JOBS_MOST : (u32)processors;
}

static drg_status open_jobs(drg_crew *c, drg_error *error) {
    c->count = c->workers == 1 ? 1 : c->workers * 2;
    c->jobs = calloc(c->count, sizeof *c->jobs);
    c->pointers = calloc(c->count, sizeof *c->pointers);
    if (c->jobs == NULL || c->pointers == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "crew", 0, "out of memory");
    }
    for (u32 i = 0; i < c->count; i++) {
        c->pointers[i] = &c->jobs[i];
        source_item_open(&c->jobs[i].item);
        DRG_TRY(drg_coder_new(c->engine, &c->jobs[i].coder, error));
    }
    return DRG_OK;
}

drg_status drg_crew_new(const drg_engine *engine, unsigned jobs, drg_crew **out, drg_error *error) {
    *out = NULL;
    if (jobs > JOBS_MOST) {
        return drg_fail(error, DRG_ERROR_USE, "jobs", 0, "takes a number from 1 to %d", JOBS_MOST);
    }
    drg_crew *c = calloc(1, sizeof *c);
    if (c == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "crew", 0, "out of memory");
    }
    c->engine = engine;
    c->workers = jobs > 0 ? jobs : count_processors();
    drg_status status = open_jobs(c, error);
    if (status != DRG_OK) {
        drg_crew_free(c);
        return status;
    }
    *out = c;
    return DRG_OK;
}

void drg_crew_free(drg_crew *c) {
    if (c == NULL) {
        return;
    }
    for (u32 i = 0; c->jobs != NULL && i < c->count; i++) {
        source_item_close(&c->jobs[i].item);
        drg_coder_free(c->jobs[i].coder);
    }
    free(c->pointers);
    free(c->jobs);
    free(c);
}

drg_status drg_crew_code(drg_crew *c, drg_reader *reader, const drg_work *work, drg_error *error) {
    shift s = {reader, work, 0, 0};
    drg_error first = {0};
    for (u32 i = 0; i < c->count; i++) {
        c->jobs[i].status = DRG_OK;
        c->jobs[i].error = (drg_error){0};
    }
    pool_plan plan = {&s, take_job, work_job, write_job, c->pointers, c->count, c->workers};
    drg_status status = pool_run(&plan, &first);
    for (u32 i = 0; i < c->count && status != DRG_OK; i++) {
        if (c->jobs[i].status == status && c->jobs[i].error.message[0] != '\0') {
            first = c->jobs[i].error;
        }
    }
    if (status != DRG_OK && error != NULL) {
        *error = first;
        error->status = status;
    }
    return status;
}

// SPDX-License-Identifier: Apache-2.0
/* Work over many threads with the output of one: jobs are taken in order by any worker, and their
 * results are handed to the writer in the same order, whatever worker was quicker.
 *
 *   take   called under a lock: fills `job` with the next piece of work, false at the end
 *   work   called in parallel on a job, with the worker's number
 *   write  called in job order, one at a time; anything but DRG_OK stops the pool
 *
 * At most 2 jobs a worker are in flight, so memory does not grow with the input. */
#ifndef DRG_BASE_POOL_H
#define DRG_BASE_POOL_H

#include "base/base.h"

typedef struct {
    void *user;
    bool (*take)(void *user, void *job);
    void (*work)(void *user, u32 worker, void *job);
    drg_status (*write)(void *user, void *job);
    void **jobs;   /* [job_count] caller's job structs, reused in turn */
    u32 job_count; /* at least the number of workers */
    u32 workers;
} pool_plan;

drg_status pool_run(const pool_plan *plan, drg_error *error);

#endif

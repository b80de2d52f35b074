// SPDX-License-Identifier: Apache-2.0
#include "base/pool.h"

#include <pthread.h>

typedef enum { SLOT_FREE, SLOT_WORKING, SLOT_DONE } slot_state;

typedef struct {
    const pool_plan *plan;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    slot_state *states; /* [job_count]; job n lives in slot n % job_count */
    u64 taken, written; /* jobs so far */
    bool ended, writing;
    drg_status status;
} pool;

typedef struct {
    pool *shared;
    u32 number;
} worker;

/* Hands finished jobs to the writer, in order.  Called and left with the lock held. */
static void write_finished(pool *p) {
    if (p->writing) {
        return;
    }
    p->writing = true;
    while (p->written < p->taken && p->states[p->written % p->plan->job_count] == SLOT_DONE) {
        u32 slot = (u32)(p->written % p->plan->job_count);
        drg_status status = p->status;
        pthread_mutex_unlock(&p->lock);
        if (status == DRG_OK) {
            status = p->plan->write(p->plan->user, p->plan->jobs[slot]);
        }
        pthread_mutex_lock(&p->lock);
        p->status = p->status == DRG_OK ? status : p->status;
        p->ended |= p->status != DRG_OK;
        p->states[slot] = SLOT_FREE;
        p->written++;
        pthread_cond_broadcast(&p->changed);
    }
    p->writing = false;
}

static void *run_worker(void *argument) {
    worker *self = argument;
    pool *p = self->shared;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        u32 slot = (u32)(p->taken % p->plan->job_count);
        while (!p->ended && p->states[slot] != SLOT_FREE) {
            pthread_cond_wait(&p->changed, &p->lock);
            slot = (u32)(p->taken % p->plan->job_count);
        }
        if (p->ended || !p->plan->take(p->plan->user, p->plan->jobs[slot])) {
            p->ended = true;
            break;
        }
        p->taken++;
        p->states[slot] = SLOT_WORKING;
        pthread_mutex_unlock(&p->lock);
        p->plan->work(p->plan->user, self->number, p->plan->jobs[slot]);
        pthread_mutex_lock(&p->lock);
        p->states[slot] = SLOT_DONE;
        write_finished(p);
    }
    write_finished(p);
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static drg_status run_threads(pool *p, worker *workers, pthread_t *threads, drg_error *error) {
    u32 started = 0;
    for (u32 i = 1; i < p->plan->workers; i++) {
        if (pthread_create(&threads[i], NULL, run_worker, &workers[i]) != 0) {
            break;
        }
        started = i;
    }
    run_worker(&workers[0]);
    for (u32 i = 1; i <= started; i++) {
        pthread_join(threads[i], NULL);
    }
    pthread_mutex_lock(&p->lock);
    write_finished(p);
    pthread_mutex_unlock(&p->lock);
    return p->status == DRG_OK || (error != NULL && error->message[0] != '\0') ? p->status
                                                                                : drg_fail(error, p->status, "", 0, "stopped");
}

drg_status pool_run(const pool_plan *plan, drg_error *error) {
    pool p = {.plan = plan, .status = DRG_OK};
    p.states = calloc(plan->job_count, sizeof *p.states);
    worker *workers = calloc(plan->workers, sizeof *workers);
    pthread_t *threads = calloc(plan->workers, sizeof *threads);
    drg_status status = DRG_ERROR_MEMORY;
    if (p.states != NULL && workers != NULL && threads != NULL) {
        pthread_mutex_init(&p.lock, NULL);
        pthread_cond_init(&p.changed, NULL);
        for (u32 i = 0; i < plan->workers; i++) {
            workers[i] = (worker){&p, i};
        }
        status = run_threads(&p, workers, threads, error);
        pthread_cond_destroy(&p.changed);
        pthread_mutex_destroy(&p.lock);
    }
    free(threads);
    free(workers);
    free(p.states);
    return status;
}

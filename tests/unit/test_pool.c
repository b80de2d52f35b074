// SPDX-License-Identifier: Apache-2.0
/* The pool: jobs are written in the order they were taken, whatever the number of workers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/pool.h"

#define JOBS 500

typedef struct {
    u32 number;
    u64 result;
} job;

typedef struct {
    u32 next, written, stop_at; /* stop_at: this write fails; NONE: never */
    u32 order[JOBS];
} desk;

static bool take(void *user, void *pointer) {
    desk *d = user;
    ((job *)pointer)->number = d->next;
    return d->next++ < JOBS;
}

/* Later jobs are quicker, so that they would overtake earlier ones. */
static void work(void *user, u32 worker, void *pointer) {
    job *j = pointer;
    (void)user;
    (void)worker;
    j->result = j->number;
    for (u32 i = 0; i < (JOBS - j->number) * 20; i++) {
        j->result = j->result * 6364136223846793005ULL + 1;
    }
    j->result = j->number;
}

static drg_status write_out(void *user, void *pointer) {
    desk *d = user;
    job *j = pointer;
    assert_int_equal(j->result, j->number);
    d->order[d->written++] = j->number;
    return j->number == d->stop_at ? DRG_ERROR_OUTPUT : DRG_OK;
}

static drg_status run(desk *d, u32 workers) {
    job jobs[16];
    void *pointers[16];
    drg_error error = {0};
    for (u32 i = 0; i < 16; i++) {
        pointers[i] = &jobs[i];
    }
    pool_plan plan = {d, take, work, write_out, pointers, workers == 1 ? 1 : workers * 2, workers};
    return pool_run(&plan, &error);
}

static void test_order(void **state) {
    (void)state;
    for (u32 workers = 1; workers <= 8; workers++) {
        desk d = {.stop_at = NONE};
        assert_int_equal(run(&d, workers), DRG_OK);
        assert_int_equal(d.written, JOBS);
        for (u32 i = 0; i < JOBS; i++) {
            assert_int_equal(d.order[i], i);
        }
    }
}

static void test_stop(void **state) {
    (void)state;
    for (u32 workers = 1; workers <= 8; workers++) {
        desk d = {.stop_at = 100};
        assert_int_equal(run(&d, workers), DRG_ERROR_OUTPUT);
        assert_int_equal(d.written, 101);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_stop)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

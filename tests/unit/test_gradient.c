// SPDX-License-Identifier: Apache-2.0
/* The trainer's gradients against central differences, in double precision, on a tiny network
 * that has one block of each kind and sentences with known and unknown gold. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../train/net.h"

static net_layout tiny(void) {
    net_layout l = {.shape = {.rows = 20, .embed = 6, .width = 8, .hidden = 6, .arc = 5, .rel = 7, .rel_count = 4, .task_count = {3, 4, 5, 5}, .blocks = "cqtct"}};
    net_layout_make(&l);
    return l;
}

static void fill(net_batch *batch) {
    static const u32 lengths[] = {4, 1, 5};
    u64 random = 7;
    net_batch_clear(batch);
    for (u32 k = 0; k < COUNT_OF(lengths); k++) {
        u32 first = net_batch_add(batch, lengths[k]);
        assert_true(first > 0);
        for (u32 i = 0; i < lengths[k]; i++) {
            u32 t = first + i;
            for (u32 f = 0; f < NET_FEATURES; f++) {
                batch->features[t * NET_FEATURES + f] = (u32)(net_random(&random) % 20);
            }
            batch->head[t] = k == 2 ? -1 : (i32)(i == 0 ? 0 : (i == 1 ? 1 : net_random(&random) % i));
            u32 other = (u32)(net_random(&random) % lengths[k]); /* a second opinion on every other word */
            batch->heads[t] = (net_target){1 + i % 2, {(u32)batch->head[t], other == i + 1 ? 0 : other}, {i % 2 ? 0.7f : 1, 0.3f}};
            batch->rels[t] = (net_target){1 + i % 2, {(u32)(net_random(&random) % 4), (u32)(net_random(&random) % 4)}, {i % 2 ? 0.6f : 1, 0.4f}};
            for (u32 task = 0; task < 3; task++) {
                batch->gold[task][t] = i == 3 ? -1 : (i32)(net_random(&random) % 3);
            }
            batch->names[t] = (u16)(k == 0 ? 0 : 1 + net_random(&random) % 31);
        }
    }
}

static double loss_of(const net_layout *l, const real *values, real *gradient, net_batch *batch, double dropout) {
    u64 random = 99;
    net_options options = {.dropout = dropout, .random = dropout > 0 ? &random : NULL, .scale = 0.25};
    memset(gradient, 0, l->count * sizeof *gradient);
    fill(batch);
    net_forward(l, values, batch, &options);
    net_backward(l, values, gradient, batch, &options);
    return batch->loss;
}

static void check(double dropout) {
    net_layout l = tiny();
    real *values = calloc(l.count, sizeof *values), *gradient = calloc(l.count, sizeof *gradient), *other = calloc(l.count, sizeof *other);
    net_batch batch;
    assert_true(values && gradient && other && net_batch_open(&batch, &l, 20));
    net_initialise(&l, values, 3);
    u64 random = 5;
    for (size_t i = l.dense; i < l.count; i++) { /* biases too */
        values[i] += 0.2 * ((double)(net_random(&random) >> 40) / (1 << 24) - 0.5);
    }
    loss_of(&l, values, gradient, &batch, dropout);
    size_t wrong = 0;
    for (size_t i = 0; i < l.count; i++) {
        double kept = values[i], step = 1e-5;
        values[i] = kept + step;
        double above = loss_of(&l, values, other, &batch, dropout);
        values[i] = kept - step;
        double below = loss_of(&l, values, other, &batch, dropout);
        values[i] = kept;
        double want = (above - below) / (2 * step);
        if (fabs(want - gradient[i]) > 1e-6 + 1e-4 * fabs(want)) {
            if (wrong++ < 8) {
                print_message("parameter %zu: difference %.9f, gradient %.9f\n", i, want, gradient[i]);
            }
        }
    }
    net_batch_close(&batch);
    free(values);
    free(gradient);
    free(other);
    assert_int_equal(wrong, 0);
}

static void test_gradient(void **state) {
    (void)state;
    check(0);
}

static void test_gradient_under_dropout(void **state) {
    (void)state;
    check(0.3);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_gradient), cmocka_unit_test(test_gradient_under_dropout)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

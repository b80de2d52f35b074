// SPDX-License-Identifier: Apache-2.0
/* The gradients of the names' layers against central differences, in double precision, on sentences whose labels are
 * known, partly known and unknown; and what stands beside a name. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../train/names_net.h"
#include "../../train/net.h"

enum { WIDTH = 6, WORDS = 5 };

static double loss_of(const names_layout *l, const real *values, real *gradient, double dropout) {
    static real n[WORDS][NAME_WIDTH];
    u16 marks[WORDS] = {1 << MARK_SEAT, 0, 1 << MARK_PER | 1 << MARK_GIVEN, 1 << MARK_PER_ON, 0};
    u16 allowed[WORDS] = {1 << 5 | 1 << 1, 0, 1 << 1, 1 << 2, 1};
    u64 random = 11, drops = 5;
    for (u32 i = 0; i < WORDS; i++) {
        for (u32 k = 0; k < WIDTH; k++) {
            n[i][k] = (real)(net_random(&random) >> 40) / (1 << 23) - 1;
        }
    }
    memset(gradient, 0, l->count * sizeof *gradient);
    names_sentence s = {WORDS, n, marks, allowed};
    return names_loss(l, values, gradient, &s, &(names_options){.dropout = (real)dropout, .random = dropout > 0 ? &drops : NULL});
}

static void check(double dropout) {
    names_layout l;
    names_layout_make(&l, WIDTH);
    real *values = calloc(l.count, sizeof *values), *gradient = calloc(l.count, sizeof *gradient), *other = calloc(l.count, sizeof *other);
    assert_true(values && gradient && other);
    names_initialise(&l, values, 3);
    u64 random = 9;
    for (size_t i = l.b; i < l.count; i++) {
        values[i] += (real)(0.3 * ((double)(net_random(&random) >> 40) / (1 << 24) - 0.5));
    }
    assert_true(loss_of(&l, values, gradient, dropout) > 0);
    size_t wrong = 0;
    for (size_t i = 0; i < l.count; i++) {
        real kept = values[i], step = (real)1e-5;
        values[i] = kept + step;
        double above = loss_of(&l, values, other, dropout);
        values[i] = kept - step;
        double below = loss_of(&l, values, other, dropout);
        values[i] = kept;
        wrong += fabs((above - below) / (2 * (double)step) - (double)gradient[i]) > 1e-6;
    }
    assert_int_equal(wrong, 0);
    free(values);
    free(gradient);
    free(other);
}

static void test_gradient(void **state) {
    (void)state;
    check(0);
}

static void test_gradient_under_dropout(void **state) {
    (void)state;
    check(0.4);
}

/* A source that contradicts itself ("I-PER" behind O) teaches nothing. */
static void test_impossible_labels(void **state) {
    (void)state;
    names_layout l;
    names_layout_make(&l, WIDTH);
    real *values = calloc(l.count, sizeof *values), *gradient = calloc(l.count, sizeof *gradient);
    static real n[2][NAME_WIDTH];
    u16 marks[2] = {0}, allowed[2] = {1, 1 << 2};
    names_initialise(&l, values, 1);
    assert_true(names_loss(&l, values, gradient, &(names_sentence){2, n, marks, allowed}, &(names_options){0}) == 0);
    for (size_t i = 0; i < l.count; i++) {
        assert_true(gradient[i] == 0);
    }
    free(values);
    free(gradient);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gradient),
        cmocka_unit_test(test_gradient_under_dropout),
        cmocka_unit_test(test_impossible_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

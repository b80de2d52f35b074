// SPDX-License-Identifier: Apache-2.0
/* An arena in a temporary file holds what ordinary memory does, and stays small however much it holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/arena.h"

#define MANY 3000000u /* numbers of 8 bytes: 24 MB */

static u64 scramble(u64 i) { return (i * 0x9e3779b97f4a7c15ULL) ^ (i >> 7); }

static int compare(const void *a, const void *b) {
    u64 x = *(const u64 *)a, y = *(const u64 *)b;
    return (x > y) - (x < y);
}

static void check_sorted(arena *a, u32 count) {
    u64 *numbers = arena_new(a, u64, (size_t)count + 1), sum = 0, after = 0;
    assert_non_null(numbers);
    for (u32 i = 0; i < count; i++) {
        numbers[i] = scramble(i);
        sum += numbers[i];
    }
    assert_true(arena_sort(a, numbers, count, sizeof *numbers, compare));
    for (u32 i = 0; i < count; i++) {
        after += numbers[i];
        assert_true(i == 0 || numbers[i - 1] <= numbers[i]);
    }
    assert_true(sum == after);
}

static void test_sort(void **state) {
    (void)state;
    static const u32 counts[] = {0, 1, 2, 131071, 131072, 131073, 400000, 1048577};
    for (int in_file = 0; in_file < 2; in_file++) {
        for (size_t i = 0; i < COUNT_OF(counts); i++) {
            arena a;
            in_file ? arena_open_file(&a) : arena_open(&a, SIZE_MAX);
            check_sorted(&a, counts[i]);
            arena_close(&a);
        }
    }
}

static void test_list_and_release(void **state) {
    (void)state;
    arena a;
    LIST(u64) list = {0};
    arena_open_file(&a);
    for (u64 i = 0; i < MANY; i++) {
        u64 *slot = list_push(&a, &list);
        assert_non_null(slot);
        assert_true(*slot == 0);
        *slot = scramble(i);
        arena_mark mark = arena_take_mark(&a);
        if (i % 500000 == 0) {
            u64 *scratch = arena_new(&a, u64, 400000);
            for (u32 k = 0; k < 400000; k++) {
                assert_true(scratch[k] == 0); /* also where something lay before */
                scratch[k] = i + k + 1;
            }
            arena_release(&a, mark);
        }
        arena_rest(&a);
    }
    for (u64 i = 0; i < MANY; i++) {
        assert_true(list.items[i] == scramble(i));
    }
    arena_close(&a);
}

/* Kilobytes that this process has in memory; 0 where the system does not tell. */
static long resident(void) {
    long pages[2] = {0, 0};
    FILE *in = fopen("/proc/self/statm", "r");
    int read = in == NULL ? 0 : fscanf(in, "%ld %ld", &pages[0], &pages[1]);
    if (in != NULL) {
        fclose(in);
    }
    return read == 2 ? pages[1] * 4 : 0;
}

static void test_stays_small(void **state) {
    (void)state;
    arena a;
    long before = resident(), most = 0;
    arena_open_file(&a);
    if (before == 0 || a.file.file <= 0) {
        arena_close(&a);
        skip();
    }
    u64 *numbers = arena_new(&a, u64, 4 * MANY); /* 96 MB */
    assert_non_null(numbers);
    for (u32 turn = 0; turn < 2; turn++) {
        for (u32 i = 0; i < 4 * MANY; i++) {
            numbers[i] = turn == 0 ? i : numbers[i] + 1;
            if (i % 4096 == 0) {
                arena_rest(&a);
                long now = i % 65536 == 0 ? resident() - before : 0;
                most = now > most ? now : most;
            }
        }
    }
    assert_true(numbers[0] == 1 && numbers[4 * MANY - 1] == 4 * MANY);
    assert_in_range(most, 0, 24 * 1024);
    arena_close(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sort), cmocka_unit_test(test_list_and_release), cmocka_unit_test(test_stays_small)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

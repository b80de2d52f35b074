// SPDX-License-Identifier: Apache-2.0
/* The pure functions of joining: sketches, families of copies, average linkage, stories. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/family.h"
#include "record/stories.h"

static const char first_half[] = "The foreign ministers of Oman and Kenya signed a fisheries accord in Muscat on Monday after two years of talks. "
                                 "The text, seen by this paper, gives Kenyan boats a quota of 400 tonnes and opens two harbours to them. ";
static const char second_half[] = "An official said the first boats would sail before the monsoon, once the labour unions of both sides have agreed. "
                                  "Fishermen in Mombasa were less certain and asked who would pay for ice, fuel and the new centre for crews.";
static const char respelled[] = "An official said the first boats would sail before the monsoon, once the labor unions of both sides have agreed. "
                                "Fishermen in Mombasa were less certain and asked who would pay for ice, fuel and the new center for crews.";
static const char elsewhere[] = "Fishing rights were settled at last: Nairobi and Muscat put their names to a paper this week, and quotas come with it. "
                                "Harbours will open, the ministry in Nairobi announced, though no day was named for that.";

static sketch draw(arena *memory, span a, span b) {
    sketch_runs runs;
    sketch s = {0};
    sketch_runs_open(&runs, memory);
    assert_true(sketch_runs_add(&runs, a));
    assert_true(sketch_runs_add(&runs, b));
    sketch_runs_close(&runs, &s);
    return s;
}

static void test_copies(void **state) {
    (void)state;
    arena memory;
    arena_open(&memory, (size_t)1 << 24);
    sketch whole = draw(&memory, SPAN(first_half), SPAN(second_half)), cut = draw(&memory, SPAN(second_half), SPAN(""));
    sketch turned = draw(&memory, SPAN(respelled), SPAN(first_half)), other = draw(&memory, SPAN(elsewhere), SPAN(""));
    assert_true(family_is_copy(&whole, &cut));    /* contained */
    assert_true(family_is_copy(&whole, &turned)); /* another order, another spelling */
    assert_true(family_is_copy(&cut, &turned));
    assert_false(family_is_copy(&whole, &other));
    sketch none = draw(&memory, SPAN("Four words are few."), SPAN(""));
    assert_int_equal(none.run_count, 0);
    assert_false(family_is_copy(&none, &none));
    const sketch *list[] = {&other, &turned, &none, &cut, &whole};
    u32 first[5];
    assert_int_equal(family_find(list, 5, first, &memory), DRG_OK);
    const u32 expected[] = {0, 1, 2, 1, 1};
    assert_memory_equal(first, expected, sizeof first);
    arena_close(&memory);
}

/* The form of yesterday's bulletin with today's figures. */
static void test_bulletins(void **state) {
    (void)state;
    char texts[2][600];
    arena memory;
    arena_open(&memory, (size_t)1 << 24);
    for (int day = 0; day < 2; day++) {
        int n = day * 17;
        snprintf(texts[day], sizeof texts[day],
                 "The health ministry reported %d new cases of cholera on Monday, bringing the total to %d. Another %d patients died, according to "
                 "the daily bulletin of the ministry, most of them in the north. Some %d people have recovered and %d remain in hospital, it said, "
                 "and %d villages were without clean water while %d engineers worked on the wells.",
                 31 + n, 4012 + n, 5 + n, 870 + n, 122 + n, 14 + n, 66 + n);
    }
    sketch a = draw(&memory, span_of(texts[0]), SPAN("")), b = draw(&memory, span_of(texts[1]), SPAN(""));
    assert_true(family_is_copy(&a, &a));
    assert_false(family_is_copy(&a, &b));
    arena_close(&memory);
}

static void test_bytes(void **state) {
    (void)state;
    arena memory;
    arena_open(&memory, (size_t)1 << 24);
    sketch a = draw(&memory, SPAN(first_half), SPAN(second_half)), b;
    sketch_term terms[] = {{7, 2, 100}, {3, 1, 0}, {9, 4, 160}};
    unsigned char bytes[SKETCH_BYTES];
    sketch_set_terms(&a, terms, 3);
    assert_int_equal(a.terms[0].word, 3);
    size_t size = sketch_pack(&a, bytes);
    assert_true(sketch_unpack((span){(const char *)bytes, size}, &b));
    assert_int_equal(b.run_count, a.run_count);
    assert_memory_equal(b.runs, a.runs, a.kept * sizeof *a.runs);
    assert_int_equal(b.terms[2].count, 4);
    assert_false(sketch_unpack((span){(const char *)bytes, size - 1}, &b));
    assert_false(sketch_unpack(SPAN(""), &b));
    assert_int_equal(sketch_log(1), 0);
    assert_int_equal(sketch_log(8), 48);
    assert_int_equal(sketch_log(3), 25);
    arena_close(&memory);
}

/* 0-1 and 2-3 are alike; the bridge 1-2 is strong, but the average over all four pairs is not. */
static void test_linkage(void **state) {
    (void)state;
    arena memory;
    arena_open(&memory, (size_t)1 << 24);
    const linkage_edge edges[] = {{0, 1, 60000}, {2, 3, 50000}, {1, 2, 40000}};
    u32 first[5];
    assert_int_equal(linkage_join(edges, 3, 5, 20000, first, &memory), DRG_OK);
    const u32 apart[] = {0, 0, 2, 2, 4}, together[] = {0, 0, 0, 0, 4};
    assert_memory_equal(first, apart, sizeof first);
    assert_int_equal(linkage_join(edges, 3, 5, 10000, first, &memory), DRG_OK);
    assert_memory_equal(first, together, sizeof first);
    arena_close(&memory);
}

static sketch talk(const char *const *words, u32 count) {
    sketch s = {0};
    sketch_term terms[SKETCH_TERMS];
    for (u32 i = 0; i < count; i++) {
        terms[i] = (sketch_term){sketch_word(span_of(words[i])), 2, 140};
    }
    sketch_set_terms(&s, terms, count);
    return s;
}

static void test_stories(void **state) {
    (void)state;
    arena memory;
    arena_open(&memory, (size_t)1 << 24);
    static const char *const quake[] = {"quake", "nyala", "rubble", "rescue"}, *const again[] = {"quake", "nyala", "dead", "rescue"};
    static const char *const vote[] = {"ballot", "senate", "recount", "mandate"};
    sketch a = talk(quake, 4), b = talk(again, 4), c = talk(vote, 4);
    const story_report near[] = {{&a, 100, 0}, {&c, 100, 1}, {&b, 101, 2}, {&b, 101, 2}}, far[] = {{&a, 100, 0}, {&c, 100, 1}, {&b, 130, 2}};
    u32 first[4];
    assert_int_equal(stories_find(near, 4, first, &memory), DRG_OK);
    const u32 one[] = {0, 1, 0, 0}, two[] = {0, 1, 2};
    assert_memory_equal(first, one, sizeof one);
    assert_int_equal(stories_find(far, 3, first, &memory), DRG_OK);
    assert_memory_equal(first, two, sizeof two);
    arena_close(&memory);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_copies), cmocka_unit_test(test_bulletins), cmocka_unit_test(test_bytes),
                                       cmocka_unit_test(test_linkage), cmocka_unit_test(test_stories)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

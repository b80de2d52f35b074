// SPDX-License-Identifier: Apache-2.0
/* The database: nothing changes when the same records come again, the same event is one row over
 * several reports, copies are no second witness.  Also the sketches that find copies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/copies.h"
#include "store/store.h"

static const char story[] = "The foreign ministers of Oman and Kenya signed a fisheries accord in Muscat on Monday after two years of talks. "
                            "The text, seen by this paper, gives Kenyan boats a quota and opens two harbours to them. "
                            "An official said the first boats would sail before the monsoon.";
static const char retold[] = "A headline was added here. The foreign ministers of Oman and Kenya signed a fisheries accord in Muscat on Monday after "
                             "two years of talks. The text, seen by this paper, gives Kenyan boats a quota and opens two harbours to them.";
static const char other[] = "Fishing rights were settled at last: Nairobi and Muscat put their names to a paper this week, and quotas come with it. "
                            "Harbours will open, the ministry in Nairobi announced, though no day was named for that.";

typedef struct {
    const char *id, *owner, *text, *date, *place, *place_kind;
    drg_event_status status;
} sample;

static drg_actor actor(const char *code, const char *name) {
    return (drg_actor){.code = span_of(code), .name = span_of(name), .title = SPAN(""), .text = span_of(name)};
}

static void add(store *s, sample given) {
    const drg_actor sides[] = {actor("OMN GOV", "Oman"), actor("KEN GOV", "Kenya")};
    const drg_place place = {.name = span_of(given.place), .country = SPAN("OMN"), .kind = span_of(given.place_kind)};
    const drg_evidence words = {{0, 10}, SPAN("The foreig")};
    char id[64];
    snprintf(id, sizeof id, "event-%s", given.id);
    drg_event e = {.id = span_of(id), .plover = SPAN("AGREE"), .mode = SPAN(""), .cameo = SPAN("057"), .contexts = SPAN(""), .quad = 1};
    e.source = sides;
    e.source_count = 2;
    e.reciprocal = true;
    e.status = given.status;
    e.date = span_of(given.date);
    e.place = given.place != NULL ? &place : NULL;
    e.dead = e.injured = e.arrested = -1;
    e.evidence = &words;
    e.evidence_count = 1;
    drg_records r = {.id = span_of(given.id), .owner = span_of(given.owner), .text = span_of(given.text), .lang = SPAN("en"), .events = &e};
    r.event_count = 1;
    drg_error error = {0};
    assert_int_equal(store_add(s, &r, &error), DRG_OK);
}

static store *open_empty(void) {
    store *s;
    drg_error error = {0};
    store_run run = {"1", SPAN("model"), SPAN("words")};
    assert_int_equal(store_open(&s, NULL, &run, &error), DRG_OK);
    return s;
}

static store_counts count(store *s) {
    store_counts c;
    drg_error error = {0};
    assert_int_equal(store_finish(s, &error), DRG_OK);
    assert_int_equal(store_count(s, &c, &error), DRG_OK);
    return c;
}

static const sample base = {"a", "Owner A", story, "2024-05-06", "Muscat", "city", DRG_STATUS_ACTUAL};

static void test_again(void **state) {
    (void)state;
    store *s = open_empty();
    add(s, base);
    add(s, base);
    store_counts c = count(s);
    assert_int_equal(c.reports, 1);
    assert_int_equal(c.events, 1);
    assert_int_equal(c.runs, 1);
    store_close(s);
}

/* Stories after the base report and one more that differs in one thing. */
static i64 stories_with(sample second) {
    store *s = open_empty();
    add(s, base);
    second.id = "b";
    second.text = other;
    add(s, second);
    i64 stories = count(s).stories;
    store_close(s);
    return stories;
}

static void test_same_event(void **state) {
    (void)state;
    sample second = base;
    assert_int_equal(stories_with(second), 1);
    second.date = "2024-05-07";
    assert_int_equal(stories_with(second), 1);
    second.date = "2024-05-08";
    assert_int_equal(stories_with(second), 2);
    second.date = "2024-05";
    assert_int_equal(stories_with(second), 2);
    second = base;
    second.status = DRG_STATUS_CLAIMED;
    assert_int_equal(stories_with(second), 1);
    second.status = DRG_STATUS_PLANNED;
    assert_int_equal(stories_with(second), 2);
    second = base;
    second.place = "Nairobi";
    assert_int_equal(stories_with(second), 2);
    second.place = "Oman";
    second.place_kind = "country";
    assert_int_equal(stories_with(second), 1);
    second.place = NULL;
    assert_int_equal(stories_with(second), 1);
}

static void test_witnesses(void **state) {
    (void)state;
    store *s = open_empty();
    sample copy = base, sister = base, second = base;
    store_row row;
    drg_error error = {0};
    copy.id = "copy";
    copy.owner = "Owner C";
    copy.text = retold;
    sister.id = "sister";
    sister.text = other;
    second.id = "second";
    second.owner = "Owner B";
    second.text = "Something else was written here by another hand, of the same event and in words of its own.";
    add(s, base);
    add(s, copy);
    add(s, sister);
    add(s, second);
    assert_int_equal(count(s).copies, 1);
    assert_int_equal(store_rows_open(s, &error), DRG_OK);
    assert_true(store_rows_next(s, &row));
    assert_int_equal(row.reports, 4);
    assert_int_equal(row.witnesses, 2); /* Owner A, Owner B: the copy is A's, the sister too */
    assert_true(span_eq(row.who, SPAN("Oman, Kenya")));
    assert_false(store_rows_next(s, &row));
    store_close(s);
}

static void test_likeness(void **state) {
    (void)state;
    copies_sketch a, b, c, none;
    copies_draw(span_of(story), &a);
    copies_draw(span_of(retold), &b);
    copies_draw(span_of(other), &c);
    copies_draw(SPAN("Four words are few."), &none);
    assert_true(copies_likeness(&a, &a) == 1);
    assert_true(copies_likeness(&a, &b) > COPY_LIKENESS);
    assert_true(copies_likeness(&a, &c) < 0.1);
    assert_true(copies_likeness(&none, &none) == 0);
    copies_draw(SPAN("“The FOREIGN ministers—of Oman…”"), &b);
    copies_draw(SPAN("the foreign ministers of Oman"), &c);
    assert_true(copies_likeness(&b, &c) == 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_again), cmocka_unit_test(test_same_event), cmocka_unit_test(test_witnesses),
                                       cmocka_unit_test(test_likeness)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

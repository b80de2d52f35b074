// SPDX-License-Identifier: Apache-2.0
/* The database: nothing changes when the same records come again, the same event is one row over
 * several reports, copies are no second witness.  */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "record/sketch.h"
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
    arena scratch;
    sketch_runs runs;
    sketch drawn = {0};
    unsigned char bytes[SKETCH_BYTES];
    arena_open(&scratch, (size_t)1 << 24);
    sketch_runs_open(&runs, &scratch);
    assert_true(sketch_runs_add(&runs, r.text));
    sketch_runs_close(&runs, &drawn);
    r.sketch = (span){(const char *)bytes, sketch_pack(&drawn, bytes)};
    drg_error error = {0};
    assert_int_equal(store_add(s, &r, &error), DRG_OK);
    arena_close(&scratch);
}

/* A desk of this process, or on the server that DRAGOMAN_TEST_DESK names, which is emptied. */
static store *open_empty(void) {
    store *s;
    drg_error error = {0};
    const char *address = getenv("DRAGOMAN_TEST_DESK");
    if (address != NULL) {
        sql_base *d;
        assert_int_equal(database_open(&d, address, DATABASE_WRITE, &error), DRG_OK);
        database_run(d, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        assert_int_equal(database_check(d, &error), DRG_OK);
        database_close(d);
    }
    store_run run = {"1", SPAN("model"), SPAN("words")};
    assert_int_equal(store_open(&s, address, &run, &error), DRG_OK);
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

/* Ids of what is found, "a b". */
static const char *found(store *s, const char *words) {
    static char out[256];
    store_hit hit;
    drg_error error = {0};
    out[0] = '\0';
    if (store_search_open(s, span_of(words), 10, 0, &error) != DRG_OK) {
        return error.status == DRG_ERROR_USE ? "nothing asked" : (snprintf(out, sizeof out, "%s", error.message), out);
    }
    for (size_t used = 0; store_search_next(s, &hit);) {
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%.*s", used ? " " : "", (int)hit.report.len, hit.report.ptr);
    }
    return out;
}

static void test_search(void **state) {
    (void)state;
    store *s = open_empty();
    sample second = base;
    second.id = "b";
    second.text = "Erdoğan's envoy met the U.N. mission \"on time\" -- off Kenyan waters, Oman's coast-guard said.";
    add(s, base);
    add(s, second);
    assert_string_equal(found(s, "oman"), "b a");
    assert_string_equal(found(s, "Oman fisheries"), "a");
    assert_string_equal(found(s, "\"fisheries accord\""), "a");
    assert_string_equal(found(s, "\"accord fisheries\""), "");
    assert_string_equal(found(s, "fisher*"), "a");
    assert_string_equal(found(s, "fisher"), "");
    assert_string_equal(found(s, "oman -harbours"), "b");
    assert_string_equal(found(s, "-harbours oman"), "b");
    assert_string_equal(found(s, "erdogan"), "b");
    assert_string_equal(found(s, "ERDOĞAN"), "b");
    assert_string_equal(found(s, "\"coast guard\""), "b");
    assert_string_equal(found(s, "u.n."), "b");
    assert_string_equal(found(s, "' OR NEAR(\" ) * ^:"), "");
    assert_string_equal(found(s, " ** -- \""), "nothing asked");
    assert_string_equal(found(s, "-oman"), "nothing asked");
    second.text = "Nothing of that kind is in it now.";
    add(s, second);
    assert_string_equal(found(s, "oman"), "a");
    store_close(s);
}

static i64 ask(store *s, const char *sql) {
    drg_error error = {0};
    sql_query *q = database_prepare(store_database(s), sql);
    i64 answer = query_next(q) ? query_number(q, 0) : -1;
    query_close(q);
    assert_int_equal(database_check(store_database(s), &error), DRG_OK);
    return answer;
}

/* The counts kept are those that a count of the events gives, also when a report changes or its story does. */
static void test_counts(void **state) {
    (void)state;
    store *s = open_empty();
    sample second = base, changed = base;
    second.id = "b";
    second.text = other;
    second.date = "2024-05-07";
    changed.place = "Nairobi";
    add(s, base);
    count(s);
    assert_int_equal(ask(s, "SELECT sum(events) FROM day_counts WHERE country <> '*'"), 1);
    assert_int_equal(ask(s, "SELECT sum(tellings) FROM dyad_counts WHERE source = 'KEN' AND target = 'OMN' AND month = '2024-05'"), 1);
    add(s, second);
    count(s);
    assert_int_equal(ask(s, "SELECT sum(events) FROM day_counts WHERE country <> '*'"), 1);
    assert_int_equal(ask(s, "SELECT events FROM day_counts WHERE country = '*' AND day = '2024-05-07'"), 0);
    assert_int_equal(ask(s, "SELECT tellings FROM dyad_counts WHERE source = 'OMN'"), 2);
    assert_int_equal(ask(s, "SELECT reports FROM dyad_counts WHERE source = 'OMN'"), 2);
    add(s, changed); /* another town: two events now */
    count(s);
    i64 leads = ask(s, "SELECT count(*) FROM events WHERE story = id");
    assert_int_equal(ask(s, "SELECT sum(events) FROM day_counts WHERE country <> '*'"), leads);
    assert_int_equal(ask(s, "SELECT sum(events) FROM dyad_counts WHERE source = 'OMN'"), leads);
    assert_int_equal(ask(s, "SELECT count(*) FROM dyads"), 4);
    assert_int_equal(ask(s, "SELECT count(*) FROM stale_days"), 0);
    store_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_again), cmocka_unit_test(test_same_event), cmocka_unit_test(test_witnesses),
                                       cmocka_unit_test(test_search), cmocka_unit_test(test_counts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* Robots files after RFC 9309, when to ask again, and what a watch keeps between two runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <unistd.h>

#include "fetch/robots.h"
#include "fetch/schedule.h"
#include "fetch/state.h"
#include "read/stamp.h"

static arena memory;

static bool allows(const char *file, const char *path) {
    robots r;
    arena_close(&memory);
    arena_open(&memory, (size_t)64 << 20);
    assert_true(robots_read(span_of(file), SPAN("dragoman"), &memory, &r));
    return robots_allows(&r, span_of(path));
}

static void chooses_the_group(void **unused) {
    (void)unused;
    static const char file[] = "User-agent: *\nDisallow: /\n\nUser-Agent: other\nUSER-AGENT: DragoMan/2.0 # us\nDisallow: /a\n"
                               "Sitemap: x\nAllow: /a/b\n\nuser-agent: third\nDisallow: /c\nUser-agent: dragoman\nDisallow: /d\n";
    assert_true(allows(file, "/"));
    assert_false(allows(file, "/a") || allows(file, "/a/c") || allows(file, "/d"));
    assert_true(allows(file, "/a/b") && allows(file, "/c"));
    assert_false(allows("User-agent: *\nDisallow: /x", "/x/y"));
    assert_true(allows("User-agent: dragomans\nDisallow: /", "/") && allows("Disallow: /", "/"));
    assert_true(allows("User-agent: *\nDisallow:\n", "/x") && allows("", "/") && allows("\xEF\xBB\xBF<html>no</html>", "/"));
    assert_false(allows("\xEF\xBB\xBFUser-agent: *\rDisallow: /\r", "/x"));
}

/* The examples of RFC 9309, sections 2.2.2 and 5.2, and what is next to them. */
static void matches_paths(void **unused) {
    (void)unused;
    static const struct {
        const char *pattern, *path;
        bool fits;
    } cases[] = {
        {"/foo/bar", "/foo/bar/baz", true},      {"/fish*.php", "/fishheads/catfish.php?parameters", true},
        {"/*.gif$", "/a/b.gif", true},           {"/*.gif$", "/a/b.gif?x", false},
        {"/fish", "/Fish", false},               {"/fish/", "/fish", false},
        {"*/x", "/a/b/x", true},                 {"/a*b*c$", "/aXbYbZc", true},
        {"/a*b*c$", "/aXbYbZcd", false},         {"/$", "/", true},
        {"/$", "/a", false},                     {"/a%3cd.html", "/a%3Cd.html", true},
        {"/%7Ejoe/", "/~joe/index.html", true},  {"/~joe/", "/%7ejoe/index.html", true},
        {"/a%2fb", "/a/b", false},               {"/caf\xC3\xA9", "/caf%c3%a9", true},
        {"x", "/x", true},                       {"/a$b", "/a$b", true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char file[200];
        snprintf(file, sizeof file, "User-agent: *\nDisallow: %s\n", cases[i].pattern);
        assert_int_equal(allows(file, cases[i].path), !cases[i].fits);
    }
    static const char longest[] = "User-agent: *\nAllow: /page\nDisallow: /page.html\nAllow: /example/page/\nDisallow: /example/page/no.gif\n"
                                  "Disallow: /same\nAllow: /same\nDisallow: /*.htm";
    assert_true(allows(longest, "/page") && allows(longest, "/example/page/a") && allows(longest, "/same"));
    assert_false(allows(longest, "/page.htm") || allows(longest, "/page.html") || allows(longest, "/example/page/no.gif"));
    assert_true(allows("User-agent: *\nDisallow: /\n", "/robots.txt"));
}

static void believes_delays(void **unused) {
    (void)unused;
    static const struct {
        const char *text;
        i64 ms;
    } cases[] = {{"2", 2000}, {"0.5", 500}, {"1.25s", 1250}, {"x", 0}, {"-1", 0}, {"99999999999999999999", ROBOTS_DELAY_CAP}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char file[100];
        robots r;
        snprintf(file, sizeof file, "User-agent: *\nCrawl-delay: %s\n", cases[i].text);
        arena_close(&memory);
        arena_open(&memory, (size_t)1 << 20);
        assert_true(robots_read(span_of(file), SPAN("dragoman"), &memory, &r));
        assert_int_equal(r.delay, cases[i].ms);
    }
}

/* Rules made to cost a matcher its time forbid everything instead. */
static void survives_hostile_rules(void **unused) {
    (void)unused;
    char *file = calloc(1, ROBOTS_CAP + 1), path[2000];
    assert_non_null(file);
    size_t len = (size_t)snprintf(file, 100, "User-agent: *\n");
    while (len + 2100 < ROBOTS_CAP) {
        len += (size_t)snprintf(file + len, 100, "Disallow: /*");
        memset(file + len, 'a', 2000);
        len += 2000;
        len += (size_t)snprintf(file + len, 100, "b\n");
    }
    memset(path, 'a', sizeof path - 1);
    path[0] = '/';
    path[sizeof path - 1] = '\0';
    assert_false(allows(file, path));
    assert_true(allows(file, "/short"));
    free(file);
}

/* ------------------------------------------------------------------ schedule */

static i64 at(const char *moment) {
    stamp when;
    assert_true(stamp_read(span_of(moment), &when));
    return when.seconds * SECOND;
}

static void waits_as_asked(void **unused) {
    (void)unused;
    schedule_wishes none = {SCHEDULE_UNSAID, SCHEDULE_UNSAID, 0, 0, 0}, wish = none;
    i64 now = at("2024-05-02T10:00:00Z"); /* a Thursday */
    assert_int_equal(schedule_next(now, 30 * MINUTE, &none), now + 30 * MINUTE);
    wish.max_age = HOUR;
    assert_int_equal(schedule_next(now, 30 * MINUTE, &wish), now + HOUR);
    assert_int_equal(schedule_next(now, 2 * HOUR, &wish), now + 2 * HOUR);
    wish.ttl = 90 * MINUTE;
    assert_int_equal(schedule_next(now, 30 * MINUTE, &wish), at("2024-05-02T11:30:00Z"));
    wish.skip_hours = 1u << 11 | 1u << 12;
    assert_int_equal(schedule_next(now, 30 * MINUTE, &wish), at("2024-05-02T13:00:00Z"));
    wish.skip_days = 1u << 3; /* Thursdays */
    assert_int_equal(schedule_next(now, 30 * MINUTE, &wish), at("2024-05-03T00:00:00Z"));
    wish = none;
    wish.max_age = 400 * DAY;
    assert_int_equal(schedule_next(now, 30 * MINUTE, &wish), now + SCHEDULE_WISH_CAP);
    assert_int_equal(schedule_skip(now, 0xFFFFFF, 0), now);
    assert_int_equal(schedule_skip(now, 0, 127), now);
    assert_int_equal(schedule_skip(at("2024-05-05T23:59:59Z"), 0, 1u << 6), at("2024-05-06T00:00:00Z"));
}

static void backs_off(void **unused) {
    (void)unused;
    i64 now = at("2024-05-02T10:00:00Z");
    assert_int_equal(schedule_retry(now, MINUTE, 1, SCHEDULE_UNSAID), now + MINUTE);
    assert_int_equal(schedule_retry(now, MINUTE, 4, SCHEDULE_UNSAID), now + 8 * MINUTE);
    assert_int_equal(schedule_retry(now, MINUTE, 4, HOUR), now + HOUR);
    assert_int_equal(schedule_retry(now, MINUTE, 4000000000u, SCHEDULE_UNSAID), now + SCHEDULE_BACKOFF_CAP);
    assert_int_equal(schedule_retry(now, 3 * DAY, 5, SCHEDULE_UNSAID), now + 3 * DAY);
    assert_int_equal(schedule_retry(now, MINUTE, 1, 900 * DAY), now + SCHEDULE_WISH_CAP);
}

static void reads_headers(void **unused) {
    (void)unused;
    i64 now = at("Thu, 02 May 2024 10:00:00 GMT");
    assert_int_equal(schedule_read_retry_after(SPAN(" 120 "), now), 120 * SECOND);
    assert_int_equal(schedule_read_retry_after(SPAN("Thu, 02 May 2024 10:05:00 GMT"), now), 5 * MINUTE);
    assert_int_equal(schedule_read_retry_after(SPAN("Thu, 02 May 2024 09:00:00 GMT"), now), 0);
    assert_int_equal(schedule_read_retry_after(SPAN("soon"), now), SCHEDULE_UNSAID);
    assert_int_equal(schedule_read_retry_after(SPAN(""), now), SCHEDULE_UNSAID);
    assert_int_equal(schedule_read_retry_after(SPAN("99999999999999999999"), now), INT32_MAX * SECOND);
    assert_int_equal(schedule_read_max_age(SPAN("public, Max-Age=300, s-maxage=5")), 300 * SECOND);
    assert_int_equal(schedule_read_max_age(SPAN("max-age=\"60\"")), 60 * SECOND);
    assert_int_equal(schedule_read_max_age(SPAN("max-age=60, no-cache")), 0);
    assert_int_equal(schedule_read_max_age(SPAN("private")), SCHEDULE_UNSAID);
}

static void reads_lengths(void **unused) {
    (void)unused;
    i64 length;
    assert_true(schedule_read_length(SPAN("15"), MINUTE, &length) && length == 15 * MINUTE);
    assert_true(schedule_read_length(SPAN("90s"), MINUTE, &length) && length == 90 * SECOND);
    assert_true(schedule_read_length(SPAN("2 h"), MINUTE, &length) && length == 2 * HOUR);
    assert_true(schedule_read_length(SPAN("50ms"), MINUTE, &length) && length == 50);
    assert_false(schedule_read_length(SPAN(""), MINUTE, &length) || schedule_read_length(SPAN("x"), MINUTE, &length) ||
                 schedule_read_length(SPAN("5 weeks"), MINUTE, &length) || schedule_read_length(SPAN("9999999"), MINUTE, &length) ||
                 schedule_read_length(SPAN("-5"), MINUTE, &length));
}

/* ------------------------------------------------------------------ state */

static void keeps_its_state(void **unused) {
    (void)unused;
    char path[64] = "/tmp/dragoman-state-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    state *s;
    drg_error error = {0};
    state_item item = {.key = "k1", .feed = SPAN("f"), .url = SPAN("u"), .title = SPAN("t"), .body = SPAN("b"), .is_markup = true};
    state_feed feed;
    state_host host = {.robots = SPAN("User-agent: *"), .is_known = true, .expires = 5};
    arena_close(&memory);
    arena_open(&memory, (size_t)1 << 20);
    for (int pass = 0; pass < 2; pass++) { /* the second opens what the first left */
        assert_int_equal(state_open(&s, path, &error), DRG_OK);
        assert_int_equal(state_add_item(s, &item, 100), pass == 0);
        state_get_feed(s, SPAN("f"), &feed);
        assert_int_equal(feed.next, pass == 0 ? 0 : 77);
        assert_string_equal(feed.etag, pass == 0 ? "" : "\"e\"");
        snprintf(feed.etag, sizeof feed.etag, "\"e\"");
        feed.next = 77;
        state_put_feed(s, SPAN("f"), &feed);
        state_put_host(s, SPAN("h"), &host);
        state_delay_item(s, "k1", 2, 99);
        state_items waiting = {0};
        assert_true(state_list_items(s, &memory, &waiting));
        assert_int_equal(waiting.count, 1);
        assert_int_equal(waiting.items[0].next, 99);
        assert_int_equal(state_check(s, &error), DRG_OK);
        state_close(s);
    }
    assert_int_equal(state_open(&s, path, &error), DRG_OK);
    state_item found;
    state_host known;
    assert_true(state_get_item(s, "k1", &memory, &found) && span_eq(found.body, SPAN("b")) && found.is_markup && found.attempts == 2);
    assert_true(state_get_host(s, SPAN("h"), &memory, &known) && known.expires == 5 && span_eq(known.robots, SPAN("User-agent: *")));
    state_finish_item(s, "k1");
    assert_false(state_get_item(s, "k1", &memory, &found));
    assert_false(state_add_item(s, &item, 200)); /* seen */
    state_forget(s, 200);
    assert_false(state_add_item(s, &item, 300));
    state_forget(s, 301);
    assert_true(state_add_item(s, &item, 400)); /* forgotten */
    state_close(s);
    unlink(path);
    FILE *other = fopen(path, "wb");
    assert_non_null(other);
    fputs("Not a database at all, but a text that is long enough to be looked at.\n", other);
    fclose(other);
    assert_int_equal(state_open(&s, path, &error), DRG_ERROR_STORE);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chooses_the_group), cmocka_unit_test(matches_paths), cmocka_unit_test(believes_delays),
        cmocka_unit_test(survives_hostile_rules), cmocka_unit_test(waits_as_asked), cmocka_unit_test(backs_off),
        cmocka_unit_test(reads_headers), cmocka_unit_test(reads_lengths), cmocka_unit_test(keeps_its_state),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&memory);
    return failed;
}

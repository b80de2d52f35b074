// SPDX-License-Identifier: Apache-2.0
/* The pure functions of joining: sketches, families of copies, average linkage, stories; disputes, standing and agreements
 * of a desk that is put together here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/desk.h"
#include "record/family.h"
#include "record/pacts.h"
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

/* ------------------------------------------------------------------ desks */

static symbol word(desk *d, const char *text) { return desk_word(d, span_of(text)); }

/* Each of its own outlet and witness; all of one story. */
static u32 add_report(desk *d, const char *outlet, const char *side, i32 day) {
    desk_report *r = list_push(&d->memory, &d->reports);
    u32 index = d->reports.count - 1;
    assert_non_null(r);
    *r = (desk_report){.id = span_of(outlet), .outlet = word(d, outlet), .side = word(d, side), .day = day, .family = index, .witness = word(d, outlet)};
    return index;
}

static void add_actor(desk *d, desk_side side, const char *code, const char *name, const char *title) {
    desk_event *e = &d->events.items[d->events.count - 1];
    desk_actor *a = list_push(&d->memory, &d->actors);
    assert_non_null(a);
    *a = (desk_actor){.code = word(d, code), .name = word(d, name), .title = word(d, title), .side = (u8)side};
    e->end_actor = d->actors.count;
}

/* The last report tells that `source` attacked Chad in Abeche. */
static desk_event *add_attack(desk *d, const char *source, u8 status) {
    desk_event *e = list_push(&d->memory, &d->events);
    assert_non_null(e);
    *e = (desk_event){.report = d->reports.count - 1, .plover = word(d, "ASSAULT"), .cameo = word(d, "190"), .trigger = word(d, "attack")};
    e->place = word(d, "Abeche");
    e->country = word(d, "TCD");
    e->town = true;
    e->status = status;
    e->day = 100;
    e->dead = e->injured = e->arrested = -1;
    e->first_actor = e->end_actor = d->actors.count;
    add_actor(d, DESK_SOURCE, source, source, "");
    add_actor(d, DESK_TARGET, "TCD", "Chad", "");
    return e;
}

static void settle(desk *d) {
    assert_int_equal(desk_join_events(d), DRG_OK);
    assert_int_equal(desk_settle(d), DRG_OK);
    assert_int_equal(desk_compare_offices(d), DRG_OK);
}

static u32 count_rows(const desk *d, dispute_field field) {
    u32 count = 0;
    for (u32 i = 0; i < d->disputes.count; i++) {
        count += d->disputes.items[i].field == field;
    }
    return count;
}

static void test_tolls(void **state) {
    (void)state;
    static const i32 dead[] = {12, 19, 19, -1}, injured[] = {30, 30, -1, 30};
    desk d;
    desk_open(&d);
    for (u32 i = 0; i < 4; i++) {
        const char outlet[] = {(char)('a' + i), 0};
        add_report(&d, outlet, "", 101);
        desk_event *e = add_attack(&d, "SDN", DRG_STATUS_ACTUAL);
        e->dead = dead[i];
        e->injured = injured[i];
    }
    settle(&d);
    assert_int_equal(d.joined.count, 1);
    assert_int_equal(d.joined.items[0].dead, 19); /* two witnesses to one */
    assert_int_equal(d.joined.items[0].injured, 30);
    assert_int_equal(d.joined.items[0].standing, STANDING_INDEPENDENT);
    assert_int_equal(count_rows(&d, DISPUTE_DEAD), 3); /* who says nothing is no side */
    assert_int_equal(count_rows(&d, DISPUTE_INJURED), 0);
    assert_int_equal(d.disputes.count, 3);
    desk_close(&d);
}

static void test_days(void **state) {
    (void)state;
    for (u32 said = 0; said < 2; said++) {
        desk d;
        desk_open(&d);
        add_report(&d, "a", "", 101);
        add_attack(&d, "SDN", DRG_STATUS_ACTUAL)->dated = true;
        add_report(&d, "b", "", 101);
        desk_event *e = add_attack(&d, "SDN", DRG_STATUS_ACTUAL);
        e->day = 101;
        e->dated = said == 1;
        settle(&d);
        assert_int_equal(d.joined.count, 1);
        assert_int_equal(count_rows(&d, DISPUTE_DATE), said == 1 ? 2 : 0); /* a report's own day contradicts nobody */
        desk_close(&d);
    }
}

/* Another doer, and one side's claim against the other's denial. */
static void test_doers(void **state) {
    (void)state;
    desk d;
    desk_open(&d);
    add_report(&d, "a", "", 101);
    add_attack(&d, "SDN", DRG_STATUS_ACTUAL);
    add_report(&d, "b", "", 101);
    add_attack(&d, "LBY", DRG_STATUS_ACTUAL);
    settle(&d);
    assert_int_equal(d.joined.count, 2);
    assert_int_equal(count_rows(&d, DISPUTE_DOER), 2);
    assert_int_equal(d.joined.items[0].standing, STANDING_CONTESTED);
    assert_int_equal(d.joined.items[1].standing, STANDING_CONTESTED);
    desk_close(&d);

    desk_open(&d);
    add_report(&d, "a", "", 101);
    add_attack(&d, "SDN", DRG_STATUS_CLAIMED);
    add_actor(&d, DESK_CLAIMER, "TCD", "Chad", "");
    add_report(&d, "b", "", 101);
    add_attack(&d, "SDN", DRG_STATUS_DENIED);
    add_actor(&d, DESK_CLAIMER, "SDN", "Sudan", "");
    settle(&d);
    assert_int_equal(count_rows(&d, DISPUTE_DENIAL), 2);
    assert_int_equal(d.disputes.items[0].speaker, word(&d, "Chad"));
    assert_int_equal(d.disputes.items[1].speaker, word(&d, "Sudan"));
    assert_int_equal(d.joined.items[0].standing, STANDING_CONTESTED);
    assert_int_equal(d.joined.items[1].standing, STANDING_DENIED);
    desk_close(&d);
}

/* Vouched for by one party's words and by an outlet of its government: one side, until somebody else tells it too. */
static void test_sides(void **state) {
    (void)state;
    for (u32 others = 0; others < 2; others++) {
        desk d;
        desk_open(&d);
        add_report(&d, "a", "", 101);
        add_attack(&d, "SDN", DRG_STATUS_CLAIMED);
        add_actor(&d, DESK_CLAIMER, "TCD", "Chad", "");
        add_report(&d, "b", "TCD", 101);
        add_attack(&d, "SDN", DRG_STATUS_ACTUAL);
        if (others > 0) {
            add_report(&d, "c", "", 101);
            add_attack(&d, "SDN", DRG_STATUS_ACTUAL);
        }
        settle(&d);
        assert_int_equal(d.joined.count, 1);
        assert_int_equal(d.joined.items[0].standing, others > 0 ? STANDING_INDEPENDENT : STANDING_ONE_SIDE);
        desk_close(&d);
    }
}

static void test_offices(void **state) {
    (void)state;
    static const char *const titles[][2] = {{"Foreign Minister", "Ambassador"}, {"Foreign Minister", "Minister"}};
    for (u32 k = 0; k < 2; k++) {
        desk d;
        desk_open(&d);
        for (u32 i = 0; i < 2; i++) {
            add_report(&d, i == 0 ? "a" : "b", "", 101);
            add_attack(&d, "SDN", DRG_STATUS_ACTUAL);
            add_actor(&d, DESK_CLAIMER, "GRC", "Petros Galani", titles[k][i]);
        }
        settle(&d);
        assert_int_equal(count_rows(&d, DISPUTE_OFFICE), k == 0 ? 2 : 0); /* "Minister" says less, not other */
        desk_close(&d);
    }
}

/* In the last report; parties parted by spaces. */
static u32 add_agreement(desk *d, const char *name, const char *parties, pact_stage reached, i32 day) {
    desk_agreement *a = list_push(&d->memory, &d->agreements);
    assert_non_null(a);
    *a = (desk_agreement){.report = d->reports.count - 1, .name = word(d, name), .stage = word(d, pact_stage_names[reached]), .day = day, .kind = NONE};
    a->rank = (u8)reached;
    a->place = a->date = NONE;
    a->first_party = d->parties.count;
    for (span rest = span_of(parties); rest.len > 0;) {
        symbol *slot = list_push(&d->memory, &d->parties);
        assert_non_null(slot);
        *slot = desk_word(d, span_next_field(&rest, ' '));
    }
    a->end_party = d->parties.count;
    return d->agreements.count - 1;
}

static void test_accords(void **state) {
    (void)state;
    desk d;
    desk_open(&d);
    add_report(&d, "a", "", 100);
    u32 extended = add_agreement(&d, "grazing deal", "ETH KEN", PACT_EXTENDED, 300);
    u32 silent = add_agreement(&d, "accord", "KEN ETH", PACT_RATIFIED, 250);
    u32 signed_so = add_agreement(&d, "grazing accord", "KEN ETH", PACT_SIGNED, 100);
    u32 railway = add_agreement(&d, "railway deal", "KEN ETH", PACT_SIGNED, 400);
    add_report(&d, "b", "", 500);
    d.reports.items[1].story = 1;
    u32 violated = add_agreement(&d, "grazing pact", "ETH", PACT_VIOLATED, 500);
    u32 suspended = add_agreement(&d, "grazing pact", "ETH", PACT_SUSPENDED, 500);
    u32 talks = add_agreement(&d, "grazing pact", "KEN ETH", PACT_NEGOTIATED, 500);
    u32 other = add_agreement(&d, "pact", "ETH", PACT_ENDED, 480);  /* of this story: the grazing pact */
    u32 nobody = add_agreement(&d, "grazing pact", "UGA", PACT_ENDED, 500);
    add_report(&d, "c", "", 501);
    d.reports.items[2].story = 2;
    u32 abroad = add_agreement(&d, "truce", "ETH", PACT_EXPIRED, 501); /* silent, in another story */
    assert_int_equal(desk_join_agreements(&d), DRG_OK);
    const u32 chain[] = {signed_so, silent, extended, other, talks, violated, suspended};
    for (u32 i = 0; i < 7; i++) {
        assert_int_equal(d.agreements.items[chain[i]].accord, signed_so);
        assert_int_equal(d.agreements.items[chain[i]].next, i < 6 ? chain[i + 1] : NONE);
    }
    const u32 alone[] = {railway, nobody, abroad};
    for (u32 i = 0; i < 3; i++) {
        assert_int_equal(d.agreements.items[alone[i]].accord, alone[i]);
        assert_int_equal(d.agreements.items[alone[i]].next, NONE);
    }
    desk_close(&d);
}

static void test_pact_names(void **state) {
    (void)state;
    assert_int_equal(pact_compare_names(SPAN("grazing accord"), SPAN("the grazing deal")), NAMES_AGREE);
    assert_int_equal(pact_compare_names(SPAN("military accord"), SPAN("comprehensive militaries pact")), NAMES_AGREE);
    assert_int_equal(pact_compare_names(SPAN("grazing accord"), SPAN("railway accord")), NAMES_DIFFER);
    assert_int_equal(pact_compare_names(SPAN("accord"), SPAN("railway accord")), NAMES_SILENT);
    assert_int_equal(pact_compare_names(SPAN(""), SPAN("")), NAMES_SILENT);
    for (u32 i = 0; i < PACT_STAGES; i++) {
        assert_int_equal(pact_stage_named(span_of(pact_stage_names[i])), i);
    }
    assert_int_equal(pact_stage_named(SPAN("finished")), PACT_STAGES);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_copies), cmocka_unit_test(test_bulletins), cmocka_unit_test(test_bytes),
                                       cmocka_unit_test(test_linkage), cmocka_unit_test(test_stories), cmocka_unit_test(test_tolls),
                                       cmocka_unit_test(test_days), cmocka_unit_test(test_doers), cmocka_unit_test(test_sides),
                                       cmocka_unit_test(test_offices), cmocka_unit_test(test_accords), cmocka_unit_test(test_pact_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* Chains of noun phrases, entities and offices over whole texts, read with the model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline.h"

#include <stdio.h>
#include <stdlib.h>

static drg_engine *engine;
static arena memory;
static report shared;

static int open_engine(void **state) {
    (void)state;
    drg_error error;
    arena_open(&memory, (size_t)256 << 20);
    return drg_engine_open(NULL, &engine, &error) == DRG_OK ? 0 : -1;
}

static int close_engine(void **state) {
    (void)state;
    drg_engine_close(engine);
    arena_close(&memory);
    return 0;
}

static report *run(const char *text) {
    drg_error error;
    drg_report given = {.text = span_of(text), .lang = SPAN("en"), .date = SPAN("2024-06-14")};
    report_open(&shared, engine, &memory, &given);
    assert_int_equal(pipeline_run(engine, &shared, STAGE_RECORD, &error), DRG_OK);
    return &shared;
}

/* Chain of the nth (from 0) noun phrase whose head is this word. */
static u32 chain_of(const report *r, const char *head, u32 nth) {
    for (u32 i = 0; i < r->phrases.count; i++) {
        if (span_eq(report_form(r, r->phrases.items[i].head), span_of(head)) && nth-- == 0) {
            return r->phrases.items[i].chain;
        }
    }
    fail_msg("no phrase %s", head);
    return NONE;
}

static void expect_chain(const report *r, const char *one, u32 nth, const char *other, u32 other_nth, bool same) {
    if ((chain_of(r, one, nth) == chain_of(r, other, other_nth)) != same) {
        fail_msg("%s %u and %s %u: expected %s", one, nth, other, other_nth, same ? "one chain" : "two chains");
    }
}

static span entity_of(const report *r, const char *form, u32 nth) {
    for (u32 i = 0; i < r->tokens.count; i++) {
        if (span_eq(report_form(r, i), span_of(form)) && nth-- == 0) {
            u32 at = r->mention_at[i];
            return at == NONE || r->mentions.items[at].entity == NONE ? SPAN("") : r->entities.items[r->mentions.items[at].entity].name;
        }
    }
    fail_msg("no token %s", form);
    return SPAN("");
}

static void expect_entity(const report *r, const char *form, u32 nth, const char *name) {
    span found = entity_of(r, form, nth);
    if (!span_eq(found, span_of(name))) {
        fail_msg("%s %u is \"%.*s\", not \"%s\"", form, nth, (int)found.len, found.ptr, name);
    }
}

static void pronouns_agree_in_gender_and_kind(void **state) {
    (void)state;
    const report *r = run("Maria Keita met Omar Diallo in Bamako on Monday. She said that the ship had left. He thanked her.");
    expect_entity(r, "She", 0, "Maria Keita");
    expect_entity(r, "He", 0, "Omar Diallo");
    expect_entity(r, "her", 0, "Maria Keita");
}

static void it_is_a_thing(void **state) {
    (void)state;
    const report *r = run("The navy of Chad bought a ship last year. The ship left the port on Monday, and it sank on Tuesday.");
    expect_chain(r, "ship", 0, "ship", 1, true);
    expect_chain(r, "ship", 0, "it", 0, true);
    expect_entity(r, "it", 0, "");
}

static void descriptions_find_their_name(void **state) {
    (void)state;
    const report *r = run("General Omar Diallo, the commander of the Malian army, arrived in Dakar on Monday. The Malian commander met Senegal's president. "
                          "He said that Mali wanted peace.");
    expect_entity(r, "commander", 1, "Omar Diallo");
    expect_entity(r, "He", 0, "Omar Diallo");
}

static void names_vary(void **state) {
    (void)state;
    const report *r = run("Omar Diallo won the vote. Diallo thanked the Lake Farmers Union (LFU). The LFU praised Mr. Diallo.");
    expect_entity(r, "Diallo", 1, "Omar Diallo");
    expect_entity(r, "Diallo", 2, "Omar Diallo");
    expect_chain(r, "Diallo", 0, "Diallo", 1, true);
}

static void countries_stay_apart(void **state) {
    (void)state;
    const report *r = run("Kenya's president met Libya's president on Tuesday. He voiced support for Libya.");
    expect_chain(r, "president", 0, "president", 1, false);
}

static void other_words_make_other_things(void **state) {
    (void)state;
    const report *r = run("The northern bridge was closed on Monday. The southern bridge stayed open.");
    expect_chain(r, "bridge", 0, "bridge", 1, false);
}

static void speakers_say_i(void **state) {
    (void)state;
    const report *r = run("\"I will not resign,\" Omar Diallo said on Monday. \"We are strong,\" he added.");
    expect_entity(r, "I", 0, "Omar Diallo");
}

static void expect_conflicts(const char *text, u32 count) {
    const report *r = run(text);
    if (r->conflicts.count != count) {
        fail_msg("%u contradictions, not %u", r->conflicts.count, count);
    }
    assert_int_equal(r->records.contradiction_count, count);
}

static void offices_contradict(void **state) {
    (void)state;
    expect_conflicts("Foreign Minister Ana Silva signed the pact in Lisbon on Monday. Finance Minister Ana Silva left for Madrid on Tuesday.", 1);
    assert_true(span_eq(shared.records.contradictions[0].name, SPAN("Ana Silva")));
    assert_true(span_eq(shared.records.contradictions[0].office.text, SPAN("Foreign Minister")));
    assert_true(span_eq(shared.records.contradictions[0].other.text, SPAN("Finance Minister")));
    expect_conflicts("Foreign Minister Ana Silva signed the pact on Monday. Former finance minister Ana Silva left for Madrid.", 0);
    expect_conflicts("Foreign Minister Ana Silva signed the pact on Monday. Minister Ana Silva left for Madrid.", 0);
    expect_conflicts("Foreign Minister Ana Silva met Finance Minister Rui Costa on Monday.", 0);
}

static void captions_contradict(void **state) {
    (void)state;
    expect_conflicts("Photo: Portuguese Defense Minister Silva at the signing in Lisbon\n\nForeign Minister Ana Silva signed the pact in Lisbon on Monday. "
                     "She thanked her hosts for the warm welcome in the city.", 1);
    assert_true(span_eq(shared.records.contradictions[0].other.text, SPAN("Portuguese Defense Minister")));
}

/* Ten thousand different names: no pass may look back over all of them. */
static void many_names_are_linear(void **state) {
    (void)state;
    size_t room = 2u << 20, size = 0;
    char *text = malloc(room);
    assert_non_null(text);
    for (int i = 0; i < 10000; i++) {
        char name[8] = {(char)('A' + i % 26), (char)('a' + i / 26 % 26), (char)('a' + i / 676 % 26), 'o', 'v', '\0'};
        size += (size_t)snprintf(text + size, room - size, "The rebels said that Ivan %s was there. ", name);
    }
    const report *r = run(text);
    free(text);
    assert_true(r->phrases.count > 10000);
    assert_true(r->entities.count > 5000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pronouns_agree_in_gender_and_kind), cmocka_unit_test(it_is_a_thing), cmocka_unit_test(descriptions_find_their_name),
        cmocka_unit_test(names_vary), cmocka_unit_test(countries_stay_apart), cmocka_unit_test(other_words_make_other_things),
        cmocka_unit_test(speakers_say_i), cmocka_unit_test(offices_contradict), cmocka_unit_test(captions_contradict),
        cmocka_unit_test(many_names_are_linear),
    };
    return cmocka_run_group_tests_name("chains", tests, open_engine, close_engine);
}

// SPDX-License-Identifier: Apache-2.0
/* Mentions, codes and entities over hand-made parses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsed.h"
#include "who/who.h"

#include <stdio.h>
#include <stdlib.h>

#define DAY_2020_07_09 18452

static parsed shared;
static who_tables *tables;

static int open_tables(void **state) {
    (void)state;
    const char *folder = getenv("DRAGOMAN_DATA");
    parsed_open(&shared, folder != NULL ? folder : ".");
    drg_error error;
    return who_open(&tables, &shared.known, NULL, &error) == DRG_OK ? 0 : -1;
}

static int close_tables(void **state) {
    (void)state;
    who_close(tables);
    parsed_close(&shared);
    return 0;
}

static report *run(const char *rows) {
    drg_error error;
    parsed_read(&shared, rows, DAY_2020_07_09);
    assert_int_equal(who_run(tables, &shared.r, &error), DRG_OK);
    return &shared.r;
}

/* The nth (from 0) token with this form. */
static u32 at(const report *r, const char *form, u32 nth) {
    for (u32 i = 0; i < r->tokens.count; i++) {
        if (span_eq(report_form(r, i), span_of(form)) && nth-- == 0) {
            return i;
        }
    }
    fail_msg("no token %s", form);
    return NONE;
}

static const mention *mention_on(const report *r, const char *form, u32 nth) {
    u32 index = who_mention_of(r, at(r, form, nth));
    if (index == NONE) {
        fail_msg("no mention on %s", form);
    }
    return &r->mentions.items[index];
}

static void expect_code(const report *r, const char *form, u32 nth, const char *code) {
    char buffer[12];
    u32 index = who_mention_of(r, at(r, form, nth));
    if (index == NONE) {
        fail_msg("no mention on %s", form);
    }
    span printed = actor_code_print(who_code_of(r, index), buffer);
    if (!span_eq(printed, span_of(code))) {
        fail_msg("%s is %.*s, not %s", form, (int)printed.len, printed.ptr, code);
    }
}

static void expect_same(const report *r, const char *a, u32 nth_a, const char *b, u32 nth_b) {
    u32 one = mention_on(r, a, nth_a)->entity, two = mention_on(r, b, nth_b)->entity;
    if (one == NONE || one != two) {
        fail_msg("%s and %s are not one entity", a, b);
    }
}

static void names_states_and_capitals(void **state) {
    (void)state;
    const report *r = run("1 The DET 2 det\n2 Kremlin PROPN 3 nsubj\n3 told VERB 0 root\n4 Damascus PROPN 3 obj LOC\n"
                          "5 that SCONJ 7 mark\n6 Iran PROPN 7 nsubj LOC\n7 agreed VERB 3 ccomp\n8 . PUNCT 3 punct\n");
    expect_code(r, "Kremlin", 0, "RUS GOV");
    expect_code(r, "Damascus", 0, "SYR GOV");
    assert_true(mention_on(r, "Damascus", 0)->is_place);
    expect_code(r, "Iran", 0, "IRN GOV"); /* it acts */
    assert_false(mention_on(r, "Iran", 0)->is_place);
}

static void keeps_pronoun_us_from_the_us(void **state) {
    (void)state;
    const report *r = run("1 The DET 2 det\n2 US PROPN 3 nsubj\n3 told VERB 0 root\n4 us PRON 3 obj\n");
    expect_code(r, "US", 0, "USA GOV");
    assert_int_equal(who_mention_of(r, at(r, "us", 0)) == NONE || mention_on(r, "us", 0)->kind == MENTION_PRONOUN, true);
}

static void name_inside_a_person_is_no_state(void **state) {
    (void)state;
    const report *r = run("1 Michael PROPN 3 nsubj PER\n2 Jordan PROPN 1 flat +PER\n3 left VERB 0 root\n");
    for (u32 i = 0; i < r->mentions.count; i++) {
        assert_string_not_equal(r->mentions.items[i].code.primary, "JOR");
    }
}

static void nominal_takes_adjective_possessor_and_place(void **state) {
    (void)state;
    const report *r = run("1 Turkish ADJ 2 amod\n2 police NOUN 3 nsubj\n3 arrested VERB 0 root\n4 two NUM 6 nummod\n5 Israeli ADJ 6 amod\n"
                          "6 soldiers NOUN 3 obj\n7 and CCONJ 10 cc\n8 Syria PROPN 10 nmod:poss LOC\n9 's PART 8 case\n10 army NOUN 11 nsubj\n"
                          "11 fought VERB 3 conj\n12 rebels NOUN 11 obj\n13 in ADP 15 case\n14 eastern ADJ 15 amod\n15 Ukraine PROPN 12 nmod LOC\n");
    expect_code(r, "police", 0, "TUR COP");
    expect_code(r, "soldiers", 0, "ISR MIL");
    expect_code(r, "army", 0, "SYR MIL");
    expect_code(r, "rebels", 0, "UKR REB");
    expect_code(r, "Syria", 0, "SYR GOV");
    assert_int_equal(who_mention_of(r, at(r, "Turkish", 0)), who_mention_of(r, at(r, "police", 0)));
    assert_int_equal(mention_on(r, "soldiers", 0)->first, at(r, "two", 0));
}

static void adjective_without_actor_noun_stays(void **state) {
    (void)state;
    const report *r = run("1 Israeli ADJ 3 amod\n2 air NOUN 3 compound\n3 strikes NOUN 4 nsubj\n4 hit VERB 0 root\n5 Gaza PROPN 4 obj LOC\n");
    assert_int_equal(mention_on(r, "Israeli", 0)->kind, MENTION_ADJECTIVE);
    expect_code(r, "Israeli", 0, "ISR");
}

static void backed_is_not_of(void **state) {
    (void)state;
    const report *r = run("1 Turkish-backed ADJ 2 amod\n2 rebels NOUN 3 nsubj\n3 entered VERB 0 root\n4 Syria PROPN 3 obj LOC\n");
    expect_code(r, "rebels", 0, "SYR REB");
    const report *q = run("1 Turkish ADJ 3 amod\n2 - PUNCT 3 punct\n3 backed ADJ 4 amod\n4 rebels NOUN 5 nsubj\n5 entered VERB 0 root\n6 Syria PROPN 5 obj LOC\n"
                          "7 as SCONJ 9 mark\n8 Syria PROPN 9 nsubj LOC\n9 protested VERB 5 advcl\n");
    expect_code(q, "rebels", 0, "SYR REB");
}

static void titles_give_sector_and_country(void **state) {
    (void)state;
    const report *r = run(
        "1 The DET 3 det\n2 visiting ADJ 3 amod\n3 Chairman PROPN 19 nsubj\n4 of ADP 6 case\n5 the DET 6 det\n6 Chiefs PROPN 3 nmod\n7 of ADP 8 case\n"
        "8 Staff PROPN 6 nmod\n9 of ADP 13 case\n10 the DET 13 det\n11 Iranian ADJ 13 amod\n12 Armed PROPN 13 compound\n13 Forces PROPN 8 nmod\n"
        "14 Major PROPN 15 compound\n15 General PROPN 3 appos\n16 Mohammad PROPN 15 flat PER\n17 Baqeri PROPN 16 flat +PER\n18 then ADV 19 advmod\n"
        "19 met VERB 0 root\n20 Syrian ADJ 22 amod\n21 Defense PROPN 22 compound\n22 Minister PROPN 23 nmod:desc\n23 Ali PROPN 19 obj PER\n"
        "24 Abdullah PROPN 23 flat +PER\n25 Ayoub PROPN 23 flat +PER\n26 . PUNCT 19 punct\n\n"
        "1 Baqeri PROPN 2 nsubj PER\n2 praised VERB 0 root\n3 Ayoub PROPN 2 obj PER\n4 . PUNCT 2 punct\n\n"
        "1 The DET 4 det\n2 top ADJ 4 amod\n3 Iranian ADJ 4 amod\n4 commander NOUN 5 nsubj\n5 left VERB 0 root\n6 . PUNCT 5 punct\n\n"
        "1 He PRON 2 nsubj\n2 returned VERB 0 root\n3 . PUNCT 2 punct\n");
    expect_code(r, "Mohammad", 0, "IRN MIL");
    expect_code(r, "Ali", 0, "SYR GOV");
    expect_code(r, "Baqeri", 1, "IRN MIL");
    expect_code(r, "Ayoub", 1, "SYR GOV");
    expect_same(r, "Mohammad", 0, "Baqeri", 1);
    expect_same(r, "Baqeri", 1, "commander", 0);
    expect_same(r, "commander", 0, "He", 0);
    const mention *m = mention_on(r, "Mohammad", 0);
    assert_true(span_eq(r->entities.items[m->entity].name, SPAN("Mohammad Baqeri")));
}

static void former_office_gives_no_sector(void **state) {
    (void)state;
    const report *r = run("1 Former ADJ 3 amod\n2 Kenyan ADJ 3 amod\n3 president NOUN 4 nmod:desc\n4 Amos PROPN 6 nsubj PER\n5 Otieno PROPN 4 flat +PER\n"
                          "6 spoke VERB 0 root\n");
    expect_code(r, "Amos", 0, "KEN");
}

static void apposition_joins(void **state) {
    (void)state;
    const report *r = run("1 Ana PROPN 10 nsubj PER\n2 Silva PROPN 1 flat +PER\n3 , PUNCT 7 punct\n4 Portugal PROPN 7 nmod:poss LOC\n5 's PART 4 case\n"
                          "6 foreign ADJ 7 amod\n7 minister NOUN 1 appos\n8 , PUNCT 7 punct\n9 later ADV 10 advmod\n10 resigned VERB 0 root\n\n"
                          "1 Silva PROPN 3 nsubj PER\n2 then ADV 3 advmod\n3 left VERB 0 root\n");
    expect_code(r, "Ana", 0, "PRT GOV");
    expect_code(r, "Silva", 1, "PRT GOV");
    expect_same(r, "Ana", 0, "minister", 0);
    expect_same(r, "Ana", 0, "Silva", 1);
}

static void context_gives_the_country(void **state) {
    (void)state;
    const report *r = run("1 Unrest NOUN 4 nsubj\n2 in ADP 3 case\n3 Nicaragua PROPN 1 nmod LOC\n4 spread VERB 0 root\n5 . PUNCT 4 punct\n\n"
                          "1 Police NOUN 2 nsubj\n2 arrested VERB 0 root\n3 students NOUN 2 obj\n4 . PUNCT 2 punct\n");
    expect_code(r, "Nicaragua", 0, "NIC"); /* ground, no actor */
    expect_code(r, "Police", 0, "NIC COP");
    expect_code(r, "students", 0, "NIC EDU");
    assert_string_equal(r->countries.items[0].primary, "NIC");
}

static void words_of_one_country_give_it(void **state) {
    (void)state;
    const report *r = run("1 Backbenchers NOUN 2 nsubj\n2 left VERB 0 root\n3 the DET 4 det\n4 Commons PROPN 2 obj\n5 . PUNCT 2 punct\n\n"
                          "1 Police NOUN 2 nsubj\n2 arrested VERB 0 root\n3 students NOUN 2 obj\n4 . PUNCT 2 punct\n");
    expect_code(r, "Police", 0, "GBR COP");
    assert_string_equal(r->countries.items[0].primary, "GBR");
}

static void two_adjectives_make_a_group(void **state) {
    (void)state;
    const report *r = run("1 Russian ADJ 4 amod\n2 and CCONJ 3 cc\n3 Syrian ADJ 1 conj\n4 officials NOUN 5 nsubj\n5 met VERB 0 root\n");
    const mention *m = mention_on(r, "officials", 0);
    const entity *e = &r->entities.items[m->entity];
    assert_int_equal(e->kind, ENTITY_GROUP);
    assert_int_equal(e->end_member - e->first_member, 2);
    bool russian = false, syrian = false;
    for (u32 i = e->first_member; i < e->end_member; i++) {
        const char *primary = r->entities.items[r->members.items[i]].code.primary;
        russian |= strcmp(primary, "RUS") == 0;
        syrian |= strcmp(primary, "SYR") == 0;
    }
    assert_true(russian && syrian);
}

static void the_two_sides_are_the_two_countries(void **state) {
    (void)state;
    const report *r = run("1 Iran PROPN 4 nsubj LOC\n2 and CCONJ 3 cc\n3 Iraq PROPN 1 conj LOC\n4 signed VERB 0 root\n5 a DET 6 det\n6 treaty NOUN 4 obj\n7 . PUNCT 4 punct\n\n"
                          "1 The DET 3 det\n2 two NUM 3 nummod\n3 sides NOUN 4 nsubj\n4 agreed VERB 0 root\n");
    const mention *m = mention_on(r, "sides", 0);
    const entity *e = &r->entities.items[m->entity];
    assert_int_equal(e->end_member - e->first_member, 2);
}

static void relative_pronoun_is_its_noun(void **state) {
    (void)state;
    const report *r = run("1 Peruvian ADJ 2 amod\n2 miners NOUN 6 nsubj\n3 who PRON 4 nsubj\n4 blocked VERB 2 acl:relcl\n5 roads NOUN 4 obj\n6 left VERB 0 root\n");
    expect_code(r, "who", 0, "PER LAB");
    expect_same(r, "who", 0, "miners", 0);
}

static void acronym_in_brackets_is_remembered(void **state) {
    (void)state;
    const report *r = run("1 The DET 4 det\n2 Zambian ADJ 4 amod ORG\n3 Miners PROPN 4 compound +ORG\n4 Union PROPN 8 nsubj +ORG\n5 ( PUNCT 6 punct\n6 ZMXU PROPN 4 appos\n7 ) PUNCT 6 punct\n"
                          "8 struck VERB 0 root\n9 . PUNCT 8 punct\n\n1 ZMXU PROPN 2 nsubj\n2 marched VERB 0 root\n");
    expect_code(r, "Union", 0, "ZMB LAB");
    expect_code(r, "ZMXU", 1, "ZMB LAB");
    expect_same(r, "Union", 0, "ZMXU", 1);
}

static void we_is_the_speaker(void **state) {
    (void)state;
    const report *r = run("1 “ PUNCT 3 punct\n2 We PRON 3 nsubj\n3 fight VERB 6 ccomp\n4 ” PUNCT 3 punct\n5 Iran PROPN 6 nsubj LOC\n6 said VERB 0 root\n");
    expect_code(r, "We", 0, "IRN GOV");
    expect_same(r, "We", 0, "Iran", 0);
}

/* One name ten thousand times: no pass may look back over all of them. */
static void many_mentions_are_linear(void **state) {
    (void)state;
    size_t room = 4u << 20, size = 0;
    char *rows = malloc(room);
    assert_non_null(rows);
    for (int i = 0; i < 10000; i++) {
        size += (size_t)snprintf(rows + size, room - size,
                                 "1 President PROPN 2 nmod:desc\n2 Omar PROPN 4 nsubj PER\n3 Diallo PROPN 2 flat +PER\n4 met VERB 0 root\n"
                                 "5 Kenyan ADJ 6 amod\n6 rebels NOUN 4 obj\n7 . PUNCT 4 punct\n\n");
    }
    const report *r = run(rows);
    free(rows);
    assert_int_equal(r->mentions.count, 20000);
    assert_true(r->entities.count < 10);
    expect_same(r, "Omar", 0, "Omar", 9999);
}

static void odd_input_is_harmless(void **state) {
    (void)state;
    const report *r = run("");
    assert_int_equal(r->mentions.count, 0);
    r = run("1 - PUNCT 0 root\n2 ( PUNCT 1 punct\n3 ) PUNCT 1 punct\n4 's PART 1 case\n5 President PROPN 1 flat PER\n6 The DET 5 det\n");
    assert_true(r->mentions.count <= 2);
    r = run("1 president NOUN 2 appos\n2 minister NOUN 1 appos\n"); /* a loop instead of a tree */
    assert_true(r->mentions.count == 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_states_and_capitals),
        cmocka_unit_test(keeps_pronoun_us_from_the_us),
        cmocka_unit_test(name_inside_a_person_is_no_state),
        cmocka_unit_test(nominal_takes_adjective_possessor_and_place),
        cmocka_unit_test(adjective_without_actor_noun_stays),
        cmocka_unit_test(backed_is_not_of),
        cmocka_unit_test(titles_give_sector_and_country),
        cmocka_unit_test(former_office_gives_no_sector),
        cmocka_unit_test(apposition_joins),
        cmocka_unit_test(context_gives_the_country), cmocka_unit_test(words_of_one_country_give_it),
        cmocka_unit_test(two_adjectives_make_a_group),
        cmocka_unit_test(the_two_sides_are_the_two_countries),
        cmocka_unit_test(relative_pronoun_is_its_noun),
        cmocka_unit_test(acronym_in_brackets_is_remembered),
        cmocka_unit_test(we_is_the_speaker),
        cmocka_unit_test(many_mentions_are_linear),
        cmocka_unit_test(odd_input_is_harmless),
    };
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}

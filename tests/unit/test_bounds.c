// SPDX-License-Identifier: Apache-2.0
/* Names as the network may cut them, and where they begin and end. */
#include "parse/bounds.h"
#include "parse/labels.h"
#include "parsed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static parsed p;
static name_tables tables;
static beside_words beside;

/* The names of the report as "KIND first-end;", words counted from 1. */
static const char *names(void) {
    static char text[256];
    size_t size = 0;
    text[0] = '\0';
    for (u32 i = 0; i < p.r.tokens.count; i++) {
        const token *t = &p.r.tokens.items[i];
        if (t->name != NAME_NONE && t->name_begins) {
            size += (size_t)snprintf(text + size, sizeof text - size, "%s %u-%u;", name_kind_name(t->name), i + 1, bounds_name_end(&p.r, i));
        }
    }
    return text;
}

static const char *settled(const char *rows) {
    parsed_read(&p, rows, 0);
    bounds_settle(&p.r, &tables, &beside);
    bounds_numbered(&p.r, &tables);
    return names();
}

static void completes_bodies(void **state) {
    (void)state;
    assert_string_equal(settled("1 The DET 2 det\n2 Ministry PROPN 10 nsubj ORG\n3 of ADP 4 case +ORG\n4 Trade PROPN 2 nmod +ORG\n5 , PUNCT 6 punct\n"
                                "6 Industry PROPN 4 conj\n7 and CCONJ 8 cc\n8 Energy PROPN 4 conj ORG\n9 also ADV 10 advmod\n10 fled VERB 0 root\n"),
                        "ORG 2-8;");
    assert_string_equal(settled("1 The DET 2 det\n2 Ministry PROPN 8 nsubj ORG\n3 of ADP 4 case +ORG\n4 Trade PROPN 2 nmod +ORG\n5 and CCONJ 6 cc\n"
                                "6 Orlo PROPN 2 conj PER\n7 both ADV 8 advmod\n8 fled VERB 0 root\n"),
                        "ORG 2-4;PER 6-6;");
    assert_string_equal(settled("1 a DET 2 det\n2 People PROPN 4 nmod ORG\n3 's PART 2 case\n4 Court PROPN 5 nsubj\n5 sat VERB 0 root\n"), "ORG 2-4;");
}

static void holds_persons_together(void **state) {
    (void)state;
    assert_string_equal(settled("1 Yoon PROPN 5 nsubj PER\n2 Suk PROPN 1 flat +PER\n3 - PUNCT 4 punct\n4 yeol NOUN 1 flat\n5 fled VERB 0 root\n"), "PER 1-4;");
    assert_string_equal(settled("1 Putin PROPN 4 nsubj PER\n2 - PUNCT 3 punct\n3 led VERB 4 amod\n4 rebels NOUN 0 root\n"), "PER 1-1;");
    assert_string_equal(settled("1 Hessa PROPN 5 nsubj PER\n2 bint X 1 flat\n3 Essa PROPN 1 flat PER\n4 Omarun PROPN 1 flat +PER\n5 fled VERB 0 root\n"), "PER 1-4;");
    assert_string_equal(settled("1 He PRON 2 nsubj\n2 met VERB 0 root\n3 Admiral PROPN 4 compound PER\n4 Orlo PROPN 2 obj +PER\n"), "PER 4-4;");
}

static void parts_offices_from_bodies(void **state) {
    (void)state;
    assert_string_equal(settled("1 the DET 2 det\n2 Minister PROPN 6 nsubj ORG\n3 of ADP 5 case +ORG\n4 Public ADJ 5 amod +ORG\n5 Works PROPN 2 nmod +ORG\n6 fled VERB 0 root\n"), "");
    assert_string_equal(settled("1 he PRON 2 nsubj\n2 met VERB 0 root\n3 Chief PROPN 2 obj ORG\n4 of ADP 6 case +ORG\n5 Orlo PROPN 6 compound +ORG\n6 TV PROPN 3 nmod +ORG\n"), "ORG 5-6;");
}

static void drops_what_is_no_name(void **state) {
    (void)state;
    assert_string_equal(settled("1 It PRON 2 nsubj\n2 fell VERB 0 root\n3 in ADP 4 case\n4 April PROPN 2 obl LOC\n"), "");
    assert_string_equal(settled("1 It PRON 2 nsubj\n2 makes VERB 0 root\n3 900 NUM 4 nummod\n4 MW PROPN 2 obj LOC\n"), "");
    assert_string_equal(settled("1 Condemnation NOUN 5 nsubj ORG\n2 of ADP 4 case +ORG\n3 the DET 4 det +ORG\n4 junta NOUN 1 nmod +ORG\n5 grew VERB 0 root\n"), "");
    assert_string_equal(settled("1 Mediation NOUN 4 nsubj ORG\n2 by ADP 3 case +ORG\n3 Orlo PROPN 1 nmod +ORG\n4 began VERB 0 root\n"), "ORG 3-3;");
    assert_string_equal(settled("1 the DET 5 det\n2 ex ADJ 4 compound ORG\n3 - PUNCT 4 punct +ORG\n4 Orlo PROPN 5 compound +ORG\n5 fighters NOUN 0 root +ORG\n"), "ORG 4-4;");
}

static void numbered_things_are_things(void **state) {
    (void)state;
    assert_string_equal(settled("1 It PRON 2 nsubj\n2 flew VERB 0 root\n3 Orlo PROPN 2 obj PER\n4 - PUNCT 5 punct\n5 21 NUM 3 nummod\n"), "MISC 3-5;");
    assert_string_equal(settled("1 It PRON 2 nsubj\n2 beat VERB 0 root\n3 Germany PROPN 2 obj LOC\n4 2 NUM 3 nummod\n"), "LOC 3-3;");
}

/* "the Orlo Cabinet" of somebody called Orlo; "the War Cabinet" is nobody's. */
static void parts_teams_from_leaders(void **state) {
    (void)state;
    assert_string_equal(settled("1 Orlo PROPN 2 nsubj PER\n2 spoke VERB 0 root\n3 the DET 5 det\n4 Orlo PROPN 5 compound ORG\n5 Cabinet PROPN 2 obj +ORG\n"), "PER 1-1;PER 4-4;ORG 5-5;");
    assert_string_equal(settled("1 Orlo PROPN 2 nsubj PER\n2 met VERB 0 root\n3 the DET 5 det\n4 War PROPN 5 compound ORG\n5 Cabinet PROPN 2 obj +ORG\n"), "PER 1-1;ORG 4-5;");
}

static void ends_before_what_a_hyphen_binds(void **state) {
    (void)state;
    assert_string_equal(settled("1 a DET 5 det\n2 Orlo PROPN 4 compound PER\n3 - PUNCT 4 punct +PER\n4 based VERB 5 amod +PER\n5 firm NOUN 0 root\n"), "PER 2-2;");
    assert_string_equal(settled("1 Orlo PROPN 4 nsubj PER\n2 - PUNCT 3 punct +PER\n3 soo NOUN 1 flat +PER\n4 fled VERB 0 root\n"), "PER 1-3;");
}

static int open_tables(void **state) {
    (void)state;
    drg_error error;
    parsed_open(&p, getenv("DRAGOMAN_DATA"));
    return marks_open(&tables, &p.known, &error) != DRG_OK || beside_open(&beside, &p.known, &error) != DRG_OK;
}

static int close_tables(void **state) {
    (void)state;
    parsed_close(&p);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(completes_bodies), cmocka_unit_test(holds_persons_together), cmocka_unit_test(parts_offices_from_bodies),
                                       cmocka_unit_test(drops_what_is_no_name), cmocka_unit_test(numbered_things_are_things), cmocka_unit_test(parts_teams_from_leaders),
                                       cmocka_unit_test(ends_before_what_a_hyphen_binds)};
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}

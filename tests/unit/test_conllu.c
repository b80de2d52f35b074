// SPDX-License-Identifier: Apache-2.0
/* Reading, writing and scoring CoNLL-U.  The expected figures are worked out by hand below. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/conllu_score.h"

#define REST "\t_\t_\n"
#define GLUED "\t_\tSpaceAfter=No\n"

/* "Ali didn't win. He left." */
static const char gold_text[] =
    "# newdoc id = d1\n# sent_id = s1\n# text = Ali didn't win.\n"
    "1\tAli\tAli\tPROPN\tNNP\tNumber=Sing\t4\tnsubj" REST
    "2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "2\tdid\tdo\tAUX\tVBD\tTense=Past\t4\taux" REST
    "3\tn't\tnot\tPART\tRB\tPolarity=Neg\t4\tadvmod" REST
    "4\twin\twin\tVERB\tVB\tVerbForm=Inf\t0\troot" GLUED
    "5\t.\t.\tPUNCT\t.\t_\t4\tpunct" REST "\n"
    "# newpar\n# sent_id = s2\n# text = He left.\n"
    "1\tHe\the\tPRON\tPRP\tCase=Nom|Number=Sing\t2\tnsubj:pass" REST
    "2\tleft\tleave\tVERB\tVBD\tTense=Past\t0\troot" GLUED
    "3\t.\t.\tPUNCT\t.\t_\t2\tpunct" REST "\n";

/* One sentence, "didn't" one word, "win" a noun, "He" hangs on "win". */
static const char system_text[] =
    "1\tAli\tali\tPROPN\tNN\tNumber=Sing\t3\tobj" REST
    "2\tdidn't\tdo\tAUX\tVBD\tTense=Past\t3\taux" REST
    "3\twin\twin\tNOUN\tNN\tVerbForm=Inf\t0\troot" GLUED
    "4\t.\t.\tPUNCT\t.\t_\t3\tpunct" REST
    "5\tHe\the\tPRON\tPRP\tNumber=Sing|Case=Nom|Cxn=X\t6\tnsubj" REST
    "6\tleft\tleave\tVERB\tVBD\tTense=Pres\t3\tconj" GLUED
    "7\t.\t.\tPUNCT\t.\t_\t6\tpunct" REST "\n";

static void read_text(conllu *out, const char *text, arena *memory) { assert_true(conllu_read(out, span_of(text), memory)); }

static void test_reading(void **state) {
    arena memory;
    conllu d;
    (void)state;
    arena_open(&memory, (size_t)1 << 24);
    read_text(&d, gold_text, &memory);
    assert_int_equal(d.complaints.count, 0);
    assert_int_equal(d.sentences.count, 2);
    assert_int_equal(d.tokens.count, 7);
    assert_int_equal(d.words.count, 8);
    assert_true(d.tokens.items[1].multiword);
    assert_int_equal(d.tokens.items[1].end_word, 3);
    assert_int_equal(d.words.items[0].head, 3);
    assert_int_equal(d.words.items[3].head, NONE);
    assert_int_equal(d.words.items[5].head, 6);
    assert_false(d.tokens.items[2].space_after);
    assert_true(d.sentences.items[0].new_document && d.sentences.items[1].new_paragraph && !d.sentences.items[1].new_document);
    assert_true(span_eq(d.sentences.items[0].document, SPAN("d1")));
    assert_true(span_eq(d.sentences.items[1].text, SPAN("He left.")));
    assert_int_equal(conllu_document_end(&d, 0), 2);
    arena_close(&memory);
}

static void test_bad_lines(void **state) {
    static const struct {
        const char *text;
        u32 line, sentences;
    } cases[] = {
        {"1\ta\ta\n\n", 1, 0},
        {"1\ta\ta\tX\t_\t_\t9\troot" REST "\n", 2, 0},
        {"1\ta\ta\tX\t_\t_\t0\troot" REST "3\tb\tb\tX\t_\t_\t1\tdep" REST "\n1\tc\tc\tX\t_\t_\t0\troot" REST, 2, 1},
        {"# c\r\n1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\r\n1\ta\ta\tX\t_\t_\t0\troot\t_\t_\r\n\r\n", 4, 0},
        {"1\ta\ta\tX\t_\t_\tx\troot" REST, 1, 0},
        {"2-1\ta\ta\tX\t_\t_\t0\troot" REST, 1, 0},
        {"1\ta\t\tX\t_\t_\t0\troot" REST, 1, 0},
        {"99999999999\ta\ta\tX\t_\t_\t0\troot" REST, 1, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        arena memory;
        conllu d;
        arena_open(&memory, (size_t)1 << 24);
        read_text(&d, cases[i].text, &memory);
        assert_int_equal(d.complaints.count, 1);
        assert_int_equal(d.complaints.items[0].line, cases[i].line);
        assert_int_equal(d.sentences.count, cases[i].sentences);
        arena_close(&memory);
    }
}

static drg_status keep(void *user, const char *bytes, size_t size) {
    char *out = user;
    size_t used = strlen(out);
    assert_true(used + size < 4096);
    memcpy(out + used, bytes, size);
    out[used + size] = '\0';
    return DRG_OK;
}

static drg_status refuse(void *user, const char *bytes, size_t size) {
    (void)user;
    (void)bytes;
    (void)size;
    return DRG_ERROR_OUTPUT;
}

static void test_writing(void **state) {
    arena memory;
    conllu d;
    char out[4096] = "";
    (void)state;
    arena_open(&memory, (size_t)1 << 24);
    read_text(&d, gold_text, &memory);
    assert_int_equal(conllu_write(&d, 1, 2, keep, out), DRG_OK);
    assert_string_equal(out, strstr(gold_text, "# newpar"));
    out[0] = '\0';
    assert_int_equal(conllu_write(&d, 0, 1, keep, out), DRG_OK);
    assert_non_null(strstr(out, "2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n2\tdid\t"));
    assert_int_equal(conllu_write(&d, 0, 2, refuse, NULL), DRG_ERROR_OUTPUT);
    arena_close(&memory);
}

static void test_layout(void **state) {
    arena memory;
    conllu d;
    (void)state;
    arena_open(&memory, (size_t)1 << 24);
    read_text(&d, gold_text, &memory);
    report r = {.memory = &memory};
    symbols_open(&r.words, NULL, &memory);
    assert_true(conllu_lay(&d, 0, 2, true, &r));
    assert_true(span_eq(r.text, SPAN("Ali didn't win. \n\nHe left. ")));
    assert_int_equal(r.blocks.count, 2);
    assert_int_equal(r.tokens.count, 8);
    assert_true(span_eq(report_form(&r, 1), SPAN("did")));
    assert_true(span_eq(report_form(&r, 2), SPAN("n't")));
    assert_true(r.tokens.items[2].joined && !r.tokens.items[1].joined && r.tokens.items[2].space_after);
    assert_int_equal(r.sentences.items[1].block, 1);
    arena_close(&memory);
}

static void expect_score(score s, u64 gold, u64 system, u64 correct) {
    assert_int_equal(s.gold, gold);
    assert_int_equal(s.system, system);
    assert_int_equal(s.correct, correct);
}

/* Aligned: Ali win . He left . (six).  "did", "n't" against "didn't": no common form.
 *   tokens      7 and 7, all the same
 *   sentences   2 and 1, none the same
 *   UPOS        win is wrong: 5       XPOS     Ali, win are wrong: 4
 *   UFeats      left is wrong (order and Cxn do not count): 5      Lemmas   Ali is wrong: 5
 *   UAS         left is wrong (root in gold): 5
 *   LAS         Ali too (obj): 4; "He" is nsubj on both without its subtype
 *   LAS:sub     "He" is wrong: 3
 *   CLAS        gold: Ali n't win He left (5); system: Ali win He left (4); right: win He (2) */
static void test_scores(void **state) {
    arena memory;
    conllu gold, system;
    score s[SCORE_COUNT];
    drg_error error = {0};
    (void)state;
    arena_open(&memory, (size_t)1 << 24);
    read_text(&gold, gold_text, &memory);
    read_text(&system, system_text, &memory);
    assert_int_equal(conllu_score(&gold, &system, &memory, s, &error), DRG_OK);
    expect_score(s[SCORE_TOKENS], 7, 7, 7);
    expect_score(s[SCORE_SENTENCES], 2, 1, 0);
    expect_score(s[SCORE_WORDS], 8, 7, 6);
    expect_score(s[SCORE_UPOS], 8, 7, 5);
    expect_score(s[SCORE_XPOS], 8, 7, 4);
    expect_score(s[SCORE_UFEATS], 8, 7, 5);
    expect_score(s[SCORE_LEMMAS], 8, 7, 5);
    expect_score(s[SCORE_UAS], 8, 7, 5);
    expect_score(s[SCORE_LAS], 8, 7, 4);
    expect_score(s[SCORE_LAS_FULL], 8, 7, 3);
    expect_score(s[SCORE_CLAS], 5, 4, 2);
    assert_int_equal(s[SCORE_CLAS].aligned, 4);
    assert_true(score_f1(s[SCORE_WORDS]) > 0.7999 && score_f1(s[SCORE_WORDS]) < 0.8001);
    assert_true(score_precision(s[SCORE_LAS]) > 0.5714 && score_recall(s[SCORE_LAS]) == 0.5);
    arena_close(&memory);
}

/* A token that gold cuts in two and the system, with other borders, in two as well. */
static void test_multiword_alignment(void **state) {
    arena memory;
    conllu gold, system;
    score s[SCORE_COUNT];
    drg_error error = {0};
    (void)state;
    arena_open(&memory, (size_t)1 << 24);
    read_text(&gold, "1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tca\tcan\tAUX\t_\t_\t0\troot" REST "2\tn't\tnot\tPART\t_\t_\t1\tadvmod" REST, &memory);
    read_text(&system, "1\tca\tcan\tAUX\t_\t_\t0\troot" GLUED "2\tN'T\tnot\tPART\t_\t_\t1\tadvmod" REST, &memory);
    assert_int_equal(conllu_score(&gold, &gold, &memory, s, &error), DRG_OK);
    expect_score(s[SCORE_LAS], 2, 2, 2);
    assert_int_equal(conllu_score(&gold, &system, &memory, s, &error), DRG_ERROR_INPUT); /* N'T is other text */
    read_text(&system, "1\tca\tcan\tAUX\t_\t_\t0\troot" GLUED "2\tn't\tnot\tPART\t_\t_\t1\tadvmod" REST, &memory);
    assert_int_equal(conllu_score(&gold, &system, &memory, s, &error), DRG_OK);
    expect_score(s[SCORE_TOKENS], 1, 2, 0);
    expect_score(s[SCORE_WORDS], 2, 2, 2);
    expect_score(s[SCORE_LAS], 2, 2, 2);
    arena_close(&memory);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading), cmocka_unit_test(test_bad_lines), cmocka_unit_test(test_writing),
        cmocka_unit_test(test_layout),  cmocka_unit_test(test_scores),    cmocka_unit_test(test_multiword_alignment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

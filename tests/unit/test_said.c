// SPDX-License-Identifier: Apache-2.0
/* Statements and statuses, from raw sentences through the whole pipeline. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline.h"
#include "said/quote.h"
#include "said/said.h"

static drg_engine *engine;
static drg_coder *coder;

static const report *read_text(const char *text) {
    drg_report given = {.id = SPAN("test"), .text = span_of(text), .lang = SPAN("en"), .date = SPAN("2024-06-14")};
    assert_int_equal(drg_coder_code(coder, &given, NULL), DRG_OK);
    return &coder->report;
}

/* The statement whose cue token reads `cue`, outside of quotations first. */
static const statement *find(const report *r, const char *cue) {
    for (u32 i = 0; i < r->statements.count; i++) {
        const statement *s = &r->statements.items[i];
        if (!s->quoted && span_eq(report_form(r, s->cue), span_of(cue))) {
            return s;
        }
    }
    return NULL;
}

static void assert_span(span got, const char *wanted) {
    char text[512];
    snprintf(text, sizeof text, "%.*s", (int)got.len, got.ptr);
    assert_string_equal(text, wanted);
}

static void assert_content(const report *r, const statement *s, u32 index, const char *wanted) {
    assert_true(s->first_content + index < s->end_content);
    assert_span(report_cut(r, r->contents.items[s->first_content + index]), wanted);
}

typedef struct {
    const char *text, *cue, *speaker, *cue_text, *content;
    statement_act act;
} row;

static const row rows[] = {
    {"Officials said the talks had failed.", "said", "Officials", "said", "the talks had failed", STATEMENT_ACT_assert},
    {"The talks had failed, officials said on Monday.", "said", "officials", "said", "The talks had failed", STATEMENT_ACT_assert},
    {"The foreign ministry has repeatedly denied that it sent troops.", "denied", "The foreign ministry", "has repeatedly denied",
     "that it sent troops", STATEMENT_ACT_deny},
    {"Kyiv called for a truce.", "called", "Kyiv", "called for", "a truce", STATEMENT_ACT_demand},
    {"Kyiv accused Moscow of shelling the town.", "accused", "Kyiv", "accused", "Moscow of shelling the town", STATEMENT_ACT_accuse},
    {"According to the ministry, two soldiers died.", "According", "the ministry", "According to", "two soldiers died", STATEMENT_ACT_assert},
    {"The minister, who resigned last week, told reporters that the vote was fair.", "told", "The minister", "told", "that the vote was fair",
     STATEMENT_ACT_assert},
    {"Rebel leaders threatened to attack the capital.", "threatened", "Rebel leaders", "threatened", "to attack the capital",
     STATEMENT_ACT_threaten},
    {"The governor praised the police for their patience.", "praised", "The governor", "praised", "the police for their patience",
     STATEMENT_ACT_praise},
    {"The envoy asked whether the border would open.", "asked", "The envoy", "asked", "whether the border would open", STATEMENT_ACT_question},
    {"The president promised to release the prisoners.", "promised", "The president", "promised", "to release the prisoners",
     STATEMENT_ACT_promise},
    {"The ministry called for prisoners to be freed.", "called", "The ministry", "called for", "prisoners to be freed", STATEMENT_ACT_demand},
    {"The envoy called on both sides to stop fighting.", "called", "The envoy", "called on", "both sides to stop fighting", STATEMENT_ACT_demand},
    {"The mayor went on to praise the police.", "praise", "The mayor", "went on to praise", "the police", STATEMENT_ACT_praise},
    {"The general appeared to blame the government.", "blame", "The general", "appeared to blame", "the government", STATEMENT_ACT_accuse},
    {"Local radio puts the toll at 31.", "puts", "Local radio", "puts", "the toll at 31", STATEMENT_ACT_assert},
    {"The ministry said later that the posts were illegal.", "said", "The ministry", "said", "that the posts were illegal", STATEMENT_ACT_assert},
    {"The bishop demanded that the minister go, and threatened to close the churches.", "threatened", "The bishop", "threatened",
     "to close the churches", STATEMENT_ACT_threaten},
    {"Residents rejected the accusation that they had helped the rebels.", "rejected", "Residents", "rejected",
     "the accusation that they had helped the rebels", STATEMENT_ACT_deny},
};

static void test_statements(void **state) {
    (void)state;
    for (u32 i = 0; i < COUNT_OF(rows); i++) {
        const report *r = read_text(rows[i].text);
        const statement *s = find(r, rows[i].cue);
        if (s == NULL) {
            print_error("no statement with cue %s in: %s\n", rows[i].cue, rows[i].text);
        }
        assert_non_null(s);
        assert_span(report_cut(r, s->speaker_text), rows[i].speaker);
        assert_span(report_cut(r, s->cue_text), rows[i].cue_text);
        assert_content(r, s, 0, rows[i].content);
        assert_string_equal(said_act_name(s->act), said_act_name(rows[i].act));
        assert_false(s->direct);
    }
}

static void test_split_quotation(void **state) {
    (void)state;
    const report *r = read_text("\"We did not fire,\" the general said in a statement. \"They did.\"");
    const statement *s = find(r, "said");
    assert_non_null(s);
    assert_true(s->direct);
    assert_int_equal(s->end_content - s->first_content, 2);
    assert_content(r, s, 0, "\"We did not fire,\"");
    assert_content(r, s, 1, "\"They did.\"");
    assert_span(report_form(r, s->channel), "statement");
}

/* The troops accused are half of the content; the preposition is the cue's. */
static void test_passive_accusation(void **state) {
    (void)state;
    const report *r = read_text("The troops have been accused of looting shops.");
    const statement *s = find(r, "accused");
    assert_non_null(s);
    assert_span(report_cut(r, s->cue_text), "have been accused of");
    assert_content(r, s, 0, "The troops");
    assert_content(r, s, 1, "looting shops");
}

static void test_topic_of_quotation(void **state) {
    (void)state;
    const report *r = read_text("\"They know nothing about it,\" the minister said of the proposal.");
    const statement *s = find(r, "said");
    assert_non_null(s);
    assert_span(report_cut(r, s->cue_text), "said");
    assert_int_equal(s->end_content - s->first_content, 1);
    assert_content(r, s, 0, "\"They know nothing about it,\"");
}

static void test_many_sentences(void **state) {
    (void)state;
    const report *r = read_text("“The bridge is gone. The road is cut,” said the mayor.");
    const statement *s = find(r, "said");
    assert_non_null(s);
    assert_content(r, s, 0, "“The bridge is gone. The road is cut,”");
    assert_span(report_cut(r, s->speaker_text), "the mayor");
}

static void test_quotation_over_paragraphs(void **state) {
    (void)state;
    const report *r = read_text("“They came at dawn,” the farmer said. “We ran to the river.\n\n“Nobody helped us.”\n\nThe army did not comment.");
    const statement *s = find(r, "said");
    assert_non_null(s);
    u32 last = s->end_content - 1;
    assert_true(s->end_content - s->first_content >= 2);
    span tail = report_cut(r, r->contents.items[last]);
    assert_true(span_ends(tail, SPAN("“Nobody helped us.”")));
}

static void test_lost_mark_spoils_one_paragraph(void **state) {
    (void)state;
    const report *r = read_text("The mayor spoke of “a dark day for the town.\n\nThe council will meet on Monday, officials said.");
    quotations found;
    assert_int_equal(quote_find(&found, r, r->memory), DRG_OK);
    assert_int_equal(found.items.count, 1);
    assert_false(found.items.items[0].continues);
    const statement *s = find(r, "said");
    assert_non_null(s);
    assert_content(r, s, 0, "The council will meet on Monday");
}

static void test_not_yet_said(void **state) {
    (void)state;
    static const char *const texts[] = {"The minister may accuse the rebels of treason.", "Unions want to ask for higher wages.",
                                        "If the court says the law is void, it falls."};
    static const char *const cues[] = {"accuse", "ask", "says"};
    for (u32 i = 0; i < COUNT_OF(texts); i++) {
        assert_null(find(read_text(texts[i]), cues[i]));
    }
}

static void test_nested(void **state) {
    (void)state;
    const report *r = read_text("The envoy said the rebels had claimed that they had shot down a drone.");
    const statement *outer = find(r, "said"), *inner = find(r, "claimed");
    assert_non_null(outer);
    assert_non_null(inner);
    assert_int_equal(inner->outer, (u32)(outer - r->statements.items));
    assert_int_equal(outer->outer, NONE);
    assert_int_equal(inner->vouch, STATEMENT_VOUCH_doubting);
}

/* Sentences with one event of interest, its trigger, and the sign the scale must have. */
static void test_factuality(void **state) {
    (void)state;
    static const struct {
        const char *text, *trigger;
        int sign;
    } cases[] = {
        {"The army entered the town.", "entered", 1},
        {"The army did not enter the town.", "enter", -1},
        {"The army failed to enter the town.", "enter", -1},
        {"The army did not fail to enter the town.", "enter", 1},
        {"The army managed to enter the town.", "enter", 1},
        {"The rebels refused to stop shelling the town.", "shelling", 1},
        {"No soldiers entered the town.", "entered", -1},
        {"The army left without entering the town.", "entering", -1},
    };
    for (u32 i = 0; i < COUNT_OF(cases); i++) {
        const report *r = read_text(cases[i].text);
        u32 at = NONE;
        for (u32 k = 0; k < r->tokens.count; k++) {
            at = span_eq(report_form(r, k), span_of(cases[i].trigger)) ? k : at;
        }
        assert_int_not_equal(at, NONE);
        double value = said_factuality(engine->said, r, at);
        if (!(cases[i].sign > 0 ? value > 1.0 : value < -1.0)) {
            print_error("%s: %f\n", cases[i].text, value);
        }
        assert_true(cases[i].sign > 0 ? value > 1.0 : value < -1.0);
    }
    const report *r = read_text("The army may enter the town.");
    double open = said_factuality(engine->said, r, 3);
    assert_true(open > -1.0 && open < 2.0);
}

/* A hostile text: cues without end, quotation marks without partners. */
static void test_hostile(void **state) {
    (void)state;
    enum { REPEATS = 4000 };
    static const char piece[] = "he said \"that ";
    char *text = malloc(REPEATS * (sizeof piece - 1) + 1);
    assert_non_null(text);
    for (u32 i = 0; i < REPEATS; i++) {
        memcpy(text + i * (sizeof piece - 1), piece, sizeof piece - 1);
    }
    text[REPEATS * (sizeof piece - 1)] = '\0';
    const report *r = read_text(text);
    for (u32 i = 0; i < r->statements.count; i++) {
        const statement *s = &r->statements.items[i];
        assert_true(s->first_content < s->end_content && s->end_content <= r->contents.count);
        for (u32 k = s->first_content; k < s->end_content; k++) {
            assert_true(r->contents.items[k].start < r->contents.items[k].end && r->contents.items[k].end <= r->text.len);
        }
    }
    free(text);
    read_text("\"");
    read_text("said");
    read_text("\"\"\"\" said \"");
}

static int open_engine(void **state) {
    (void)state;
    return drg_engine_open(NULL, &engine, NULL) != DRG_OK || drg_coder_new(engine, &coder, NULL) != DRG_OK;
}

static int close_engine(void **state) {
    (void)state;
    drg_coder_free(coder);
    drg_engine_close(engine);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statements),         cmocka_unit_test(test_split_quotation),
        cmocka_unit_test(test_passive_accusation), cmocka_unit_test(test_topic_of_quotation),
        cmocka_unit_test(test_many_sentences),     cmocka_unit_test(test_quotation_over_paragraphs),
        cmocka_unit_test(test_lost_mark_spoils_one_paragraph), cmocka_unit_test(test_not_yet_said),
        cmocka_unit_test(test_nested),             cmocka_unit_test(test_factuality),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}

// SPDX-License-Identifier: Apache-2.0
/* How sure events are: the signs of sentences read with the model, and the table of weights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline.h"
#include "record/confidence.h"
#include "what/category.h"

#include <stdio.h>

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

/* The first deed of a category. */
static const deed *deed_of(const char *text, u32 plover) {
    drg_error error;
    drg_report given = {.text = span_of(text), .lang = SPAN("en"), .date = SPAN("2024-06-14")};
    report_open(&shared, engine, &memory, &given);
    assert_int_equal(pipeline_run(engine, &shared, STAGE_RECORD, &error), DRG_OK);
    for (u32 i = 0; i < shared.deeds.count; i++) {
        if (shared.deeds.items[i].plover == plover) {
            return &shared.deeds.items[i];
        }
    }
    fail_msg("no such deed: %s", text);
    return NULL;
}

static bool has(const deed *d, u32 sign) { return d->signs >> sign & 1; }

static void plain_deeds_are_surest(void **state) {
    (void)state;
    const deed *plain = deed_of("Turkey on Monday accused Greece of lying.", CATEGORY_ACCUSE);
    assert_true(has(plain, SIGN_start) && has(plain, SIGN_tensed) && has(plain, SIGN_dated) && has(plain, SIGN_both_political));
    assert_false(has(plain, SIGN_half) || has(plain, SIGN_guess) || has(plain, SIGN_planned));
    const float sure = plain->confidence;
    const deed *open = deed_of("Turkey plans to expel five diplomats of Greece.", CATEGORY_SANCTION);
    assert_true(has(open, SIGN_infinitive) && has(open, SIGN_planned));
    assert_true(open->confidence < sure);
}

static void sides_are_signs(void **state) {
    (void)state;
    assert_true(has(deed_of("A dozen journalists were arrested in Baku.", CATEGORY_COERCE), SIGN_frame_default));
    assert_true(has(deed_of("Crowds greeted a union leader of Togo jailed last year.", CATEGORY_SANCTION), SIGN_aside));
    assert_true(has(deed_of("Syrian jets bombed a Turkish outpost.", CATEGORY_ASSAULT), SIGN_owner));
    assert_true(has(deed_of("The Kenyan president met the envoy of Mali. He accused Mali of theft.", CATEGORY_ACCUSE), SIGN_pronoun_source));
    const deed *half = deed_of("Kenya rejected the proposal.", CATEGORY_REJECT);
    assert_true(has(half, SIGN_half) && half->confidence < 0.5f);
}

static void telling_again_makes_sure(void **state) {
    (void)state;
    const float once = deed_of("Chad expelled the Libyan ambassador.", CATEGORY_SANCTION)->confidence;
    const deed *twice = deed_of("Chad expelled the Libyan ambassador. Chad expelled the Libyan ambassador after a row, a minister said.", CATEGORY_SANCTION);
    assert_true(has(twice, SIGN_told_again) && twice->confidence > once);
}

/* A long report with one political sentence. */
static void reports_are_signs(void **state) {
    (void)state;
    static char text[40000];
    size_t size = 0;
    for (u32 i = 0; i < 300; i++) {
        size += (size_t)snprintf(text + size, sizeof text - size, "The baker mixed flour, salt and water, and let the dough rest under a cloth. ");
    }
    snprintf(text + size, sizeof text - size, "Chad expelled the Libyan ambassador.");
    const deed *d = deed_of(text, CATEGORY_SANCTION);
    assert_true(has(d, SIGN_unpolitical_report) && has(d, SIGN_very_few_deeds));
    const float there = d->confidence;
    assert_true(there < deed_of("Chad expelled the Libyan ambassador.", CATEGORY_SANCTION)->confidence);
}

/* Confidences are whole percentages between 0 and 0.99, and every sign has a name of its own. */
static void shares_are_whole_percentages(void **state) {
    (void)state;
    const deed *d = deed_of("Turkey on Monday accused Greece of lying. Greece rejected the charge. Three editors were arrested in Athens.", CATEGORY_ACCUSE);
    for (u32 i = 0; i < shared.deeds.count; i++) {
        float percent = shared.deeds.items[i].confidence * 100;
        assert_true(percent >= 0 && percent <= 99 && (percent - (float)(int)(percent + 0.5f)) * (percent - (float)(int)(percent + 0.5f)) < 1e-6f);
    }
    assert_true(d->confidence > 0);
    for (u32 i = 0; i < SIGN_COUNT; i++) {
        for (u32 k = 0; k < i; k++) {
            assert_string_not_equal(confidence_sign(i), confidence_sign(k));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(plain_deeds_are_surest), cmocka_unit_test(sides_are_signs), cmocka_unit_test(telling_again_makes_sure),
                                       cmocka_unit_test(reports_are_signs), cmocka_unit_test(shares_are_whole_percentages)};
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}

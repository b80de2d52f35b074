// SPDX-License-Identifier: Apache-2.0
/* Users' own verb dictionaries: the three formats, what a pattern asks for, who stands on the two sides,
 * which entry wins, what is complained of.  A case is a dictionary, a sentence and the events wanted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct {
    char path[2][64];
    drg_engine *engine;
} desk;

static desk open_desk(const char *first, const char *second, bool only) {
    desk d = {.engine = NULL};
    drg_error error = {0};
    const char *paths[2];
    drg_options options = {.data = getenv("DRAGOMAN_DATA"), .verbs = paths, .only_verbs = only, .least_confidence = -1};
    for (const char *content = first; content != NULL; content = options.verb_count == 1 ? second : NULL) {
        char *path = d.path[options.verb_count];
        snprintf(path, sizeof d.path[0], "/tmp/dragoman-verbs-%ld-%zu", (long)getpid(), options.verb_count);
        FILE *out = fopen(path, "wb");
        assert_non_null(out);
        assert_int_equal(fwrite(content, 1, strlen(content), out), strlen(content));
        assert_int_equal(fclose(out), 0);
        paths[options.verb_count++] = path;
    }
    assert_int_equal(drg_engine_open(&options, &d.engine, &error), DRG_OK);
    return d;
}

static void close_desk(desk *d) {
    drg_engine_close(d->engine);
    for (u32 i = 0; i < 2 && d->path[i][0] != '\0'; i++) {
        unlink(d->path[i]);
    }
}

static int add_side(char *out, size_t room, const drg_actor *actors, size_t count) {
    int size = 0;
    for (size_t i = 0; i < count; i++) {
        size += snprintf(out + size, room - (size_t)size, "%s%.3s", i ? "+" : "", actors[i].code.ptr);
    }
    return size;
}

/* "SANCTION 161 MLI > TCD@10; ...": category, code, primaries, line of the dictionary. */
static void expect(const desk *d, const char *text, const char *wanted) {
    char found[600] = "";
    int size = 0;
    drg_coder *coder;
    drg_error error = {0};
    drg_report given = {.text = span_of(text), .date = SPAN("2024-06-14"), .lang = SPAN("en")};
    assert_int_equal(drg_coder_new(d->engine, &coder, &error), DRG_OK);
    assert_int_equal(drg_coder_code(coder, &given, &error), DRG_OK);
    const drg_records *records = drg_coder_records(coder);
    for (size_t i = 0; i < records->event_count && size < 500; i++) {
        const drg_event *e = &records->events[i];
        const char *line = memchr(e->entry.ptr, ':', e->entry.len);
        size += snprintf(found + size, sizeof found - (size_t)size, "%s%.*s%s%.*s ", i ? "; " : "", (int)e->plover.len, e->plover.ptr,
                         e->plover.len ? " " : "", (int)e->cameo.len, e->cameo.ptr);
        size += add_side(found + size, 60, e->source, e->source_count);
        size += snprintf(found + size, sizeof found - (size_t)size, e->reciprocal ? "" : " > ");
        size += add_side(found + size, 60, e->target, e->target_count);
        size += snprintf(found + size, sizeof found - (size_t)size, "@%s", line != NULL ? line + 1 : "?");
    }
    if (strcmp(found, wanted) != 0) {
        fail_msg("%s\n  wanted %s\n  got    %s", text, wanted, found);
    }
    drg_coder_free(coder);
}

static const char *const petrarch = "&TIES\n+RELATION\n+DIPLOMATIC LINK\n&LONE_\n+BRIDGE\n&ALL\n+&TIES\n+HIGH_&TIES\n"
                                    "--- ABANDON [160] ---\nABANDON\n+GIVE_UP {+GIVES_UP +GAVE_UP}\nSTEP_BACK [0872]\nHOP\n"
                                    "- * &TIES [161]\n- * &LONE [162]\n- * HOPES_OF_PEACE [163]\n- NOT * &TIES [050]\n- * { GOAL | JOINT_PLAN } [165]\n"
                                    "--- JOIN [043] ---\nJOIN {JOINS JOINED}\n- % HAVE * FORCES [062:062]\n- * ^ AGAINST + [190]\n- $ BE * BY + [057]\n"
                                    "- * QUARREL [---]\n";

static void patterns_ask_for_words(void **state) {
    (void)state;
    desk d = open_desk(petrarch, NULL, true);
    expect(&d, "Mali abandoned Chad.", "SANCTION 160 MLI > TCD@10");
    expect(&d, "Mali has abandoned all its relations with Chad.", "SANCTION 161 MLI > TCD@14");
    expect(&d, "Mali abandoned every diplomatic old link to Chad.", "SANCTION 161 MLI > TCD@14");
    expect(&d, "Mali abandoned a bridge to Chad.", "SANCTION 162 MLI > TCD@15");
    expect(&d, "Mali abandoned the bridges to Chad.", "SANCTION 160 MLI > TCD@10"); /* LONE_ has no plurals */
    expect(&d, "Mali abandoned hopes of peace with Chad.", "COERCE 163 MLI > TCD@16");
    expect(&d, "Mali abandoned hopes for peace with Chad.", "SANCTION 160 MLI > TCD@10"); /* _ joins */
    expect(&d, "Mali abandoned its joint plan with Chad.", "SANCTION 165 MLI > TCD@18");
    expect(&d, "Mali did not abandon relations with Chad.", "SUPPORT 050 MLI > TCD@17"); /* the negation is the deed's */
    expect(&d, "Mali did not abandon Chad.", "");
    close_desk(&d);
}

static void verbs_have_forms(void **state) {
    (void)state;
    desk d = open_desk(petrarch, NULL, true);
    expect(&d, "Mali gave up Chad.", "SANCTION 160 MLI > TCD@11");
    expect(&d, "Mali is abandoning Chad.", "SANCTION 160 MLI > TCD@10");
    expect(&d, "Mali hopped over Chad.", "SANCTION 160 MLI > TCD@13");
    expect(&d, "Mali welcomed Chad.", "");
    close_desk(&d);
}

static void marks_name_the_sides(void **state) {
    (void)state;
    desk d = open_desk(petrarch, NULL, true);
    expect(&d, "Mali and Chad have joined forces.", "COOPERATE 062 MLI+TCD@21");
    expect(&d, "Mali joined Chad against Sudan.", "ASSAULT 190 MLI > SDN@22");
    expect(&d, "Mali joined the quarrel with Chad.", ""); /* [---] */
    expect(&d, "Chad was abandoned by Mali.", "SANCTION 160 MLI > TCD@10");
    expect(&d, "Chad was abandoned.", ""); /* nobody says by whom */
    expect(&d, "Mali abandoned Chad, Niger and Sudan.", "SANCTION 160 MLI > TCD+NER+SDN@10");
    expect(&d, "Mali abandoned Chad after Niger joined Sudan.", "SANCTION 160 MLI > TCD@10; CONSULT 043 NER > SDN@20");
    close_desk(&d);
}

static const char *const tabari = "<SYNSETS>\n&TIES\n+RELATION\n</SYNSETS>\n<TIME>\nLAST WEEK [-7]\n</TIME>\r\n"
                                  "ABANDON [160] ;jw 3 Mar 1991\n- * &TIES [161]\n- * PLEDGE [120!]\n"
                                  "FIGHT [190:190]\n{ FIGHTS FOUGHT FIGHTING }\nVISIT [042:043]\nSPEAK [010?]\nCURSE [###]\nARM_ [072]";

static void tabari_has_stems(void **state) {
    (void)state;
    desk d = open_desk(tabari, NULL, true);
    expect(&d, "Mali abandoned its relationships with Chad.", "SANCTION 161 MLI > TCD@9");
    expect(&d, "Mali fought Chad.", "ASSAULT 190 MLI+TCD@11");
    expect(&d, "Mali visited Chad.", "CONSULT 042 MLI > TCD@13; CONSULT 043 TCD > MLI@13");
    expect(&d, "Mali visited Chad and abandoned its pledges to Niger.", "REJECT 120 MLI > NER@10"); /* ! beats */
    expect(&d, "Mali spoke to Chad.", "010 MLI > TCD@14");
    expect(&d, "Mali spoke to Chad and visited Niger.", "CONSULT 042 MLI > NER@13; CONSULT 043 NER > MLI@13"); /* ? yields */
    expect(&d, "Mali visited Chad and cursed Niger.", ""); /* ### */
    close_desk(&d);
}

static const char *const petrarch2 = "--- ATTACK [190] ---\nATTACK\n- * {NIGHT RAID} (ON +) [195]\n- PLANES * [1951]\n--- SAY [010] ---\nSAY {SAYS SAID SAYING}\n"
                                     "--- SUPPORT [051] ---\nBACK\n- * (IN FIGHT) [:062]\n"
                                     "--- VOW [030] ---\nVOW\n"
                                     "~ a (a b ATTACK) SAY = a b 015\n~ a (b . ATTACK) SAY = a b 112\n~ a (b c Q) SAY = b c Q\n";

static void changes_join_two_verbs(void **state) {
    (void)state;
    desk d = open_desk(petrarch2, NULL, true);
    expect(&d, "Mali attacked Chad.", "ASSAULT 190 MLI > TCD@2");
    expect(&d, "Mali said it attacked Chad.", "015 MLI > TCD@12");
    expect(&d, "Mali said Chad attacked a village.", "ACCUSE 112 MLI > TCD@13");
    expect(&d, "Niger said Mali backed Chad.", "SUPPORT 051 MLI > TCD@14");
    expect(&d, "Mali vowed to back Chad.", "AGREE 032 MLI > TCD@11"); /* 030 and 051 are 032 */
    expect(&d, "Mali vowed to hop over Chad.", "AGREE 030 MLI > TCD@11");
    expect(&d, "Mali backed Chad in the long fight.", "COOPERATE 062 TCD > MLI@9"); /* the second half alone */
    close_desk(&d);
}

static void who_wins(void **state) {
    (void)state;
    const char *abandon = "--- ABANDON [162] ---\nABANDON\n- * PLAN [---]\n";
    desk later = open_desk(petrarch, abandon, true), both = open_desk(abandon, NULL, false);
    expect(&later, "Mali abandoned Chad.", "SANCTION 162 MLI > TCD@2");
    expect(&later, "Mali abandoned its relations with Chad.", "SANCTION 161 MLI > TCD@14"); /* only the earlier list has that pattern */
    expect(&both, "Mali abandoned Chad.", "SANCTION 162 MLI > TCD@2");
    expect(&both, "Mali abandoned its plan to invade Chad.", "");
    char ours[80] = "";
    drg_coder *coder;
    drg_error error = {0};
    drg_report given = {.text = SPAN("Mali condemned Chad."), .lang = SPAN("en")};
    assert_int_equal(drg_coder_new(both.engine, &coder, &error), DRG_OK);
    assert_int_equal(drg_coder_code(coder, &given, &error), DRG_OK);
    assert_int_equal(drg_coder_records(coder)->event_count, 1); /* our frames on what the list does not have */
    snprintf(ours, sizeof ours, "%.*s", 16, drg_coder_records(coder)->events[0].entry.ptr);
    assert_string_equal(ours, "lang/en/frames/a");
    drg_coder_free(coder);
    close_desk(&later);
    close_desk(&both);
}

/* The full code of the first event's source and target. */
static void expect_codes(const drg_options *options, const char *text, const char *source, const char *target) {
    drg_engine *engine;
    drg_coder *coder;
    drg_error error = {0};
    drg_report given = {.text = span_of(text), .lang = SPAN("en")};
    assert_int_equal(drg_engine_open(options, &engine, &error), DRG_OK);
    assert_int_equal(drg_coder_new(engine, &coder, &error), DRG_OK);
    assert_int_equal(drg_coder_code(coder, &given, &error), DRG_OK);
    const drg_records *records = drg_coder_records(coder);
    assert_int_equal(records->event_count, 1);
    assert_true(span_eq(records->events[0].source[0].code, span_of(source)));
    assert_true(span_eq(records->events[0].target[0].code, span_of(target)));
    drg_coder_free(coder);
    drg_engine_close(engine);
}

/* With --only-verbs the codes of the user's states are as written; beside our frames a state acts by its government. */
static void states_keep_their_codes(void **state) {
    (void)state;
    char paths[2][64];
    const char *contents[2] = {"ARNOR [ARN]\nGONDOR [GON]\n", "--- ABANDON [160] ---\nABANDON\n"}, *actors = paths[0], *verbs = paths[1];
    for (u32 i = 0; i < 2; i++) {
        snprintf(paths[i], sizeof paths[i], "/tmp/dragoman-codes-%ld-%u", (long)getpid(), i);
        FILE *out = fopen(paths[i], "wb");
        assert_non_null(out);
        assert_int_equal(fwrite(contents[i], 1, strlen(contents[i]), out), strlen(contents[i]));
        assert_int_equal(fclose(out), 0);
    }
    drg_options options = {.data = getenv("DRAGOMAN_DATA"), .actors = &actors, .actor_count = 1, .verbs = &verbs, .verb_count = 1, .least_confidence = -1};
    expect_codes(&options, "Arnor abandoned Gondor on Friday.", "ARN GOV", "GON GOV");
    options.only_verbs = true;
    expect_codes(&options, "Arnor abandoned Gondor on Friday.", "ARN", "GON");
    unlink(paths[0]);
    unlink(paths[1]);
}

/* One complaint with these words stands at this line. */
static void expect_complaint(const desk *d, u32 line, const char *words) {
    const knowledge *k = &d->engine->known;
    for (u32 i = 0; i < k->complaints.count; i++) {
        const knowledge_complaint *c = &k->complaints.items[i];
        char text[512];
        snprintf(text, sizeof text, "%.*s", (int)c->text.len, c->text.ptr);
        if (knowledge_is_own(k, c->where.file) && c->where.line == line && strstr(text, words) != NULL) {
            return;
        }
    }
    fail_msg("nothing is said of line %u with \"%s\"", line, words);
}

static void errors_are_told(void **state) {
    (void)state;
    desk d = open_desk("ORPHAN\n- * EARLY [010]\n&TIES\n+LINK\n&BAD NAME\n--- ABANDON [16O!x] ---\nABANDON [160]\n- * [161]\n- TIES [161]\n- * &TYES [161]\n"
                       "- * LINK\n- * LINK [161\n- * { A | B [161]\n~ a (b c HUG) SAY = a b 112\n~ a b\n--- LEAVE [0999] ---\nLEAVE [777]\n",
                       NULL, true);
    expect_complaint(&d, 1, "outside a block");
    expect_complaint(&d, 2, "without a verb");
    expect_complaint(&d, 5, "no set");
    expect_complaint(&d, 6, "no code");
    expect_complaint(&d, 9, "no * in the pattern");
    expect_complaint(&d, 10, "did you mean &TIES?");
    expect_complaint(&d, 11, "no code");
    expect_complaint(&d, 12, "does not end");
    expect_complaint(&d, 13, "brace");
    expect_complaint(&d, 14, "HUG");
    expect_complaint(&d, 15, "no change");
    expect_complaint(&d, 16, "category of 09");
    expect_complaint(&d, 17, "no category");
    expect(&d, "Mali abandoned Chad.", "SANCTION 161 MLI > TCD@8"); /* the rest is used: "- * [161]" always holds */
    expect(&d, "Mali left Chad.", "777 MLI > TCD@17");
    close_desk(&d);
}

/* Every form is one look-up, whatever the list's length; a pattern that could be tried at many places ends. */
static void many_patterns_load(void **state) {
    (void)state;
    size_t room = 1 << 20, size = 0;
    char *content = malloc(room);
    assert_non_null(content);
    for (u32 i = 0; i < 6000; i++) {
        char verb[] = {(char)('a' + i / 1000), (char)('a' + i / 100 % 10), (char)('a' + i / 10 % 10), (char)('a' + i % 10), 0};
        size += (size_t)snprintf(content + size, room - size, "--- B%u [160] ---\nconv%s\n- * word%u &NONE [161]\n- * THING_%u [162]\n", i, verb, i, i);
    }
    snprintf(content + size, room - size, "--- X [160] ---\nABANDON\n- * {A A A A A A A A A A A A A A B} [161]\n");
    desk d = open_desk(content, NULL, true);
    expect(&d, "Mali convfjjjed a thing 5999 of Chad.", "SANCTION 162 MLI > TCD@24000");
    expect(&d, "Mali abandoned a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a Chad.", "SANCTION 160 MLI > TCD@24002");
    close_desk(&d);
    free(content);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_ask_for_words), cmocka_unit_test(verbs_have_forms), cmocka_unit_test(marks_name_the_sides),
        cmocka_unit_test(tabari_has_stems), cmocka_unit_test(changes_join_two_verbs), cmocka_unit_test(who_wins),
        cmocka_unit_test(states_keep_their_codes), cmocka_unit_test(errors_are_told), cmocka_unit_test(many_patterns_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* Users' own lists of actors and agents: the formats, the codes, the dates, who wins, what is complained of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/dictionary.h"
#include "pipeline.h"
#include "who/petrarch_code.h"
#include "who/who.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LISTS 3

typedef struct {
    char paths[LISTS][64];
    u32 count;
    drg_engine *engine;
    drg_coder *coder;
} desk;

static const char *write_list(desk *d, const char *content) {
    char *path = d->paths[d->count++];
    snprintf(path, sizeof d->paths[0], "/tmp/dragoman-list-%ld-%u", (long)getpid(), d->count);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(content, 1, strlen(content), out), strlen(content));
    assert_int_equal(fclose(out), 0);
    return path;
}

/* An engine with these lists; any may be NULL. */
static desk open_desk(const char *actors, const char *more_actors, const char *agents, bool only) {
    desk d = {.count = 0};
    drg_error error = {0};
    const char *first[2] = {NULL, NULL}, *nouns[1] = {NULL};
    drg_options options = {.data = getenv("DRAGOMAN_DATA"), .actors = first, .agents = nouns, .least_confidence = -1};
    if (actors != NULL) {
        first[options.actor_count++] = write_list(&d, actors);
    }
    if (more_actors != NULL) {
        first[options.actor_count++] = write_list(&d, more_actors);
    }
    if (agents != NULL) {
        nouns[options.agent_count++] = write_list(&d, agents);
    }
    options.only_actors = only && options.actor_count > 0;
    options.only_agents = only && options.agent_count > 0;
    assert_int_equal(drg_engine_open(&options, &d.engine, &error), DRG_OK);
    assert_int_equal(drg_coder_new(d.engine, &d.coder, &error), DRG_OK);
    return d;
}

static void close_desk(desk *d) {
    drg_coder_free(d->coder);
    drg_engine_close(d->engine);
    for (u32 i = 0; i < d->count; i++) {
        unlink(d->paths[i]);
    }
}

/* The mention that begins with these words has this code; "" wants no mention there. */
static void expect(desk *d, const char *text, const char *date, const char *words, const char *code) {
    drg_error error = {0};
    drg_report given = {.text = span_of(text), .date = span_of(date), .lang = SPAN("en")};
    assert_int_equal(drg_coder_code(d->coder, &given, &error), DRG_OK);
    const report *r = &d->coder->report;
    for (u32 i = 0; i < r->mentions.count; i++) {
        char buffer[12];
        const mention *m = &r->mentions.items[i];
        span said = span_cut(r->text, r->tokens.items[m->first].text.start, r->tokens.items[m->end - 1].text.end);
        if (span_eq(said, span_of(words))) {
            span printed = actor_code_print(who_code_of(r, i), buffer);
            if (!span_eq(printed, span_of(code))) {
                fail_msg("%s is \"%.*s\", not \"%s\"", words, (int)printed.len, printed.ptr, code);
            }
            return;
        }
    }
    if (code[0] != '\0') {
        fail_msg("no mention \"%s\" in: %s", words, text);
    }
}

static void dictionaries_are_cut(void **state) {
    (void)state;
    dictionary d;
    span inside, word;
    bool apart;
    dictionary_open(&d, SPAN("\xEF\xBB\xBF<!-- two\nlines [X] --> \r\nGOLLUM # note [NO]\r\n+SMEAGOL ; old\n\t[HOB <950601][###] # [NO]\n"
                             "!MEN! = A, B\nGOOSE {GEESE}[ ~GGS ]\n<! -- odd -->\nNO_END [GON"));
    assert_true(dictionary_next(&d) && d.kind == DICTIONARY_PHRASE && d.line == 3 && span_eq(d.phrase, SPAN("GOLLUM")) && d.codes.len == 0);
    assert_true(dictionary_next(&d) && d.kind == DICTIONARY_SYNONYM && span_eq(d.phrase, SPAN("SMEAGOL")));
    assert_true(dictionary_next(&d) && d.kind == DICTIONARY_CODES);
    assert_true(dictionary_next_code(&d.codes, &inside) && span_eq(inside, SPAN("HOB <950601")));
    assert_true(dictionary_next_code(&d.codes, &inside) && span_eq(inside, SPAN("###")));
    assert_false(dictionary_next_code(&d.codes, &inside));
    assert_true(dictionary_next(&d) && d.kind == DICTIONARY_SET && span_eq(d.phrase, SPAN("MEN")) && span_eq(d.forms, SPAN("A, B")));
    assert_true(dictionary_next(&d) && d.has_forms && span_eq(d.forms, SPAN("GEESE")) && span_eq(d.phrase, SPAN("GOOSE")));
    assert_true(dictionary_next_code(&d.codes, &inside) && span_eq(inside, SPAN("~GGS")));
    assert_true(dictionary_next(&d) && d.line == 9 && !dictionary_next_code(&d.codes, &inside));
    assert_true(dictionary_next_word(&d.phrase, &word, &apart) && span_eq(word, SPAN("NO")));
    assert_true(dictionary_next_word(&d.phrase, &word, &apart) && span_eq(word, SPAN("END")) && !apart);
    assert_false(dictionary_next(&d));
    assert_true(dictionary_is_tabari(SPAN("ARN [ARN] ;jw\nB_ [BBB]\n")));
    assert_false(dictionary_is_tabari(SPAN("ARN [ARN]\n+ARNOR\n")));
}

static void codes_become_ours(void **state) {
    (void)state;
    static const struct {
        const char *theirs, *ours;
    } codes[] = {{"USAGOV", "USA GOV"}, {"SYRREB", "SYR REB"}, {"---GOV", "--- GOV"}, {"IGOUNO", "UNO"}, {"IGOUNOWBK", "UNO WBK"}, {"GON", "GON"},
                 {"PSEREBHMS", "PSE REB"}, {"PSEHMSGOV", "PSE GOV"}, {"AFGELI", "AFG ELI"}, {"HOBCIV", "HOB CVL"}, {"IMGMUSALQ", "ALQ"},
                 {"pse", "PSE"}, {"IGOWBK", "IGO WBK"}, {"IGOEEU", "EUR"}, {"PALPL", "PAL PL"}, {"NGOUSA", "USA NGO"}};
    desk d = open_desk("GONDOR [GON]\n", NULL, NULL, false);
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        char buffer[12];
        petrarch_code read;
        assert_null(petrarch_code_read(d.engine->who, span_of(codes[i].theirs), &read));
        span printed = actor_code_print(read.codes[0], buffer);
        if (!span_eq(printed, span_of(codes[i].ours))) {
            fail_msg("%s is %.*s, not %s", codes[i].theirs, (int)printed.len, printed.ptr, codes[i].ours);
        }
    }
    close_desk(&d);
}

static void dates_have_a_pivot(void **state) {
    (void)state;
    petrarch_code read;
    desk d = open_desk("GONDOR [GON]\n", NULL, NULL, false);
    const who_tables *lex = d.engine->who;
    assert_null(petrarch_code_read(lex, SPAN("HOB 310101-300101"), &read)); /* 1931 to 2030 */
    assert_int_equal(read.from, -14245);
    assert_int_equal(read.to, 21915);
    assert_null(petrarch_code_read(lex, SPAN("HOB > 19700102"), &read));
    assert_true(read.from == 1 && read.to == INT32_MAX && read.dated);
    assert_null(petrarch_code_read(lex, SPAN("HOB <700102"), &read));
    assert_true(read.to == 1 && read.from == INT32_MIN);
    assert_non_null(petrarch_code_read(lex, SPAN("HOB 2004017-20061201"), &read));
    assert_non_null(petrarch_code_read(lex, SPAN("HOB 20071201-20061201"), &read));
    assert_non_null(petrarch_code_read(lex, SPAN("HOB <20070230"), &read));
    assert_non_null(petrarch_code_read(lex, SPAN("~GOV"), &read));
    assert_non_null(petrarch_code_read(lex, SPAN("A-B"), &read));
    close_desk(&d);
}

static const char petrarch_list[] = "GONDOR [GON]\n+MINAS_TIRITH\nMORDOR [MOR]\n"
                                    "SAM_GAMGEE [HOB]\n\t[HOBMIL <20080120]\n\t[HOBGOV 20121109-20130119]\n"
                                    "PRINCE OF_DOL_AMROTH [DOL]\nLORIEN [ELR/GAL]\nBREE [---]\nIRAN [IRNQQQ]\n";

static void petrarch_actors_are_found(void **state) {
    (void)state;
    desk d = open_desk(petrarch_list, NULL, NULL, false);
    expect(&d, "Gondor attacked Mordor on Sunday.", "2012-12-01", "Gondor", "GON GOV");
    expect(&d, "Gondor attacked Mordor on Sunday.", "2012-12-01", "Mordor", "MOR GOV");
    expect(&d, "Minas Tirith accused Mordor on Sunday.", "2012-12-01", "Minas Tirith", "GON GOV");
    expect(&d, "Sam Gamgee met the envoy of Gondor.", "2012-12-01", "Sam Gamgee", "HOB GOV");
    expect(&d, "Sam Gamgee met the envoy of Gondor.", "2007-12-01", "Sam Gamgee", "HOB MIL");
    expect(&d, "Sam Gamgee met the envoy of Gondor.", "2020-12-01", "Sam Gamgee", "HOB");
    expect(&d, "Prince Imrahil of Dol Amroth met the king.", "2012-12-01", "Prince Imrahil of Dol Amroth", "DOL");
    expect(&d, "Gondor police arrested three men.", "2012-12-01", "Gondor police", "GON COP");
    expect(&d, "Bree condemned the attack.", "2012-12-01", "Bree", "");
    expect(&d, "Iran condemned the attack.", "2012-12-01", "Iran", "IRN QQQ");
    expect(&d, "Iraq condemned the attack.", "2012-12-01", "Iraq", "IRQ GOV");
    expect(&d, "We like gondor and mordor.", "2012-12-01", "gondor", "");
    close_desk(&d);
}

static void one_code_may_be_several_actors(void **state) {
    (void)state;
    desk d = open_desk(petrarch_list, NULL, NULL, false);
    drg_error error = {0};
    drg_report given = {.text = SPAN("Lorien condemned the attack on Gondor."), .lang = SPAN("en")};
    assert_int_equal(drg_coder_code(d.coder, &given, &error), DRG_OK);
    const drg_records *out = drg_coder_records(d.coder);
    assert_true(out->event_count > 0);
    assert_int_equal(out->events[0].source_count, 2);
    assert_true(span_eq(out->events[0].source[0].code, SPAN("ELR")) && span_eq(out->events[0].source[1].code, SPAN("GAL")));
    close_desk(&d);
}

static void tabari_words_are_beginnings(void **state) {
    (void)state;
    desk d = open_desk("GONDOR [GON] ;pas\r\nROHAN_ [ROH]\r\nENT [ENT]", NULL, NULL, false);
    expect(&d, "Gondorian troops left the city.", "2012-12-01", "Gondorian troops", "GON MIL");
    expect(&d, "Rohan attacked the city.", "2012-12-01", "Rohan", "ROH GOV");
    expect(&d, "Rohanese attacked the city.", "2012-12-01", "Rohanese", "---");
    expect(&d, "Entering the city, Rohan attacked.", "2012-12-01", "Entering", "");
    close_desk(&d);
}

static void tables_are_found(void **state) {
    (void)state;
    desk d = open_desk("# mine\nname\tadjectives\tcode\tkind\tfrom\tto\nGondor\tGondorian;Gondorians\tGON\tstate\nWhite Council\t\tGON LEG\tbody\n"
                       "Denethor\t\tGON GOV\tperson\t\t2011-06\nBar\t\tGON\tstate\t2012-13\n",
                       NULL, NULL, false);
    expect(&d, "The White Council met on Sunday.", "2012-12-01", "The White Council", "GON LEG");
    expect(&d, "Gondorian troops left the city.", "2012-12-01", "Gondorian troops", "GON MIL");
    expect(&d, "Denethor met the king of Gondor.", "2011-06-30", "Denethor", "GON GOV");
    assert_int_equal(drg_engine_warning_count(d.engine), 1);
    drg_warning w = drg_engine_warning(d.engine, 0);
    assert_true(w.line == 6 && w.skipped && span_eq(w.file, span_of(d.paths[0])));
    close_desk(&d);
}

static void the_last_list_wins_and_the_longest_phrase(void **state) {
    (void)state;
    desk d = open_desk("GONDOR [GON]\nGONDOR_RED_GUARD [GONREB]\n", "GONDOR [AAA]\nFRANCE [BBB]\n", NULL, false);
    expect(&d, "Gondor attacked Mordor.", "2012-12-01", "Gondor", "AAA GOV");
    expect(&d, "Gondor Red Guard attacked Mordor.", "2012-12-01", "Gondor Red Guard", "GON REB");
    expect(&d, "France attacked Mordor.", "2012-12-01", "France", "BBB GOV");
    expect(&d, "Spain attacked Mordor.", "2012-12-01", "Spain", "ESP GOV");
    close_desk(&d);
}

static void ours_can_be_left_out(void **state) {
    (void)state;
    desk d = open_desk(petrarch_list, NULL, NULL, true);
    expect(&d, "Spain attacked Gondor.", "2012-12-01", "Gondor", "GON GOV");
    expect(&d, "Spain attacked Gondor.", "2012-12-01", "Spain", "");
    close_desk(&d);
}

static void agents_give_sectors(void **state) {
    (void)state;
    desk d = open_desk(petrarch_list, NULL, "!PERSON! = MAN, MEN\nHERDS!PERSON! [~AGR]\nGOLDEN_GOOSE {GOLDEN_GEESE} [~GGS]\nMINISTER [~LEG]\nPOLICE {} [ ~SPY]\nNONE\n", false);
    expect(&d, "Soldiers attacked the Gondor herdsmen.", "2012-12-01", "the Gondor herdsmen", "GON AGR");
    expect(&d, "Soldiers attacked the Gondor golden geese.", "2012-12-01", "the Gondor golden geese", "GON GGS");
    expect(&d, "Iraqi police arrested two men.", "2012-12-01", "Iraqi police", "IRQ SPY");
    expect(&d, "Iraqi ministers left the city.", "2012-12-01", "Iraqi ministers", "IRQ LEG");
    expect(&d, "Iraqi soldiers left the city.", "2012-12-01", "Iraqi soldiers", "IRQ MIL");
    assert_int_equal(drg_engine_warning_count(d.engine), 1);
    close_desk(&d);
}

static void lists_change_the_hash(void **state) {
    (void)state;
    char hashes[4][20];
    static const char *const lists[4][2] = {{NULL, NULL}, {"GONDOR [GON]\n", NULL}, {"GONDOR [GON]\n", "ROHAN [ROH]\n"}, {"ROHAN [ROH]\n", "GONDOR [GON]\n"}};
    for (u32 i = 0; i < 4; i++) {
        desk d = open_desk(lists[i][0], lists[i][1], NULL, false);
        drg_text hash = drg_engine_words_hash(d.engine);
        snprintf(hashes[i], sizeof hashes[i], "%.*s", (int)hash.len, hash.ptr);
        for (u32 k = 0; k < i; k++) {
            assert_string_not_equal(hashes[i], hashes[k]);
        }
        close_desk(&d);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dictionaries_are_cut),
        cmocka_unit_test(codes_become_ours),
        cmocka_unit_test(dates_have_a_pivot),
        cmocka_unit_test(petrarch_actors_are_found),
        cmocka_unit_test(one_code_may_be_several_actors),
        cmocka_unit_test(tabari_words_are_beginnings),
        cmocka_unit_test(tables_are_found),
        cmocka_unit_test(the_last_list_wins_and_the_longest_phrase),
        cmocka_unit_test(ours_can_be_left_out),
        cmocka_unit_test(agents_give_sectors),
        cmocka_unit_test(lists_change_the_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

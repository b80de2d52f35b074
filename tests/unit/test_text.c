// SPDX-License-Identifier: Apache-2.0
/* The text stage: what is cut where.  Expectations are written as the words with blanks between,
 * "+" before a word that is joined to the one before, "|" between sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../text_laws.h"
#include "text/text.h"

typedef struct {
    knowledge known;
    text_tables *tables;
    arena memory;
    report r;
} bench;

static int open_bench(void **state) {
    bench *b = calloc(1, sizeof *b);
    drg_error error = {0};
    if (b == NULL || knowledge_open(&b->known, getenv("DRAGOMAN_DATA"), &error) != DRG_OK ||
        text_open(&b->tables, &b->known, &error) != DRG_OK) {
        fprintf(stderr, "%s: %s\n", error.source, error.message);
        return -1;
    }
    arena_open(&b->memory, (size_t)1 << 30);
    *state = b;
    return 0;
}

static int close_bench(void **state) {
    bench *b = *state;
    arena_close(&b->memory);
    knowledge_close(&b->known);
    free(b);
    return 0;
}

static void cut(bench *b, span text, u8 kind) {
    drg_error error = {0};
    arena_reset(&b->memory);
    b->r = (report){.memory = &b->memory, .text = text};
    symbols_open(&b->r.words, &b->known.words, &b->memory);
    assert_true(text_laws_block(&b->r));
    for (u32 i = 0; i < b->r.blocks.count; i++) {
        b->r.blocks.items[i].kind = kind;
    }
    assert_int_equal(text_run(b->tables, &b->r, &error), DRG_OK);
}

static const char *show(const report *r, char *buffer, size_t room) {
    size_t used = 0;
    buffer[0] = '\0';
    for (u32 i = 0; i < r->tokens.count; i++) {
        span form = report_form(r, i);
        bool parts = i > 0 && r->tokens.items[i].sentence != r->tokens.items[i - 1].sentence;
        used += (size_t)snprintf(buffer + used, room - used, "%s%s%s%.*s", parts ? " |" : "", i > 0 ? " " : "",
                                 r->tokens.items[i].joined ? "+" : "", (int)form.len, form.ptr);
        assert_true(used < room);
    }
    return buffer;
}

static void expect(bench *b, const char *text, const char *wanted) {
    char buffer[4096];
    cut(b, span_of(text), BLOCK_PARAGRAPH);
    const char *broken = text_laws_broken(&b->r);
    if (broken != NULL) {
        fail_msg("%s: %s", broken, text);
    }
    assert_string_equal(show(&b->r, buffer, sizeof buffer), wanted);
}

static void test_contractions(void **state) {
    bench *b = *state;
    expect(b, "Iran's envoy didn't say he'd've gone.", "Iran +'s envoy did +n't say he +'d +'ve gone .");
    expect(b, "We can’t and they’re not.", "We ca +n’t and they +’re not .");
    expect(b, "It cannot; I'm gonna go.", "It can +not ; I +'m gon +na go .");
    expect(b, "the Houthis' missiles and 'safe' zones", "the Houthis +' missiles and ' safe ' zones");
    expect(b, "O'Brien met the Shi'ite bloc at ten o'clock", "O'Brien met the Shi'ite bloc at ten o'clock");
    expect(b, "in '07, get 'em", "in '07 , get 'em");
    expect(b, "Its not over; its army left its in-house bank. Its a ruin.", "It +s not over ; its army left its in - house bank . | It +s a ruin .");
    expect(b, "I dunno, alot of it", "I du +n +no , a +lot of it");
}

static void test_hyphens(void **state) {
    bench *b = *state;
    expect(b, "a Saudi-led 20-year-old plan", "a Saudi - led 20 - year - old plan");
    expect(b, "anti-Israeli, non-state and re-elected", "anti-Israeli , non-state and re-elected");
    expect(b, "pre- and post-war talks", "pre- and post-war talks");
    expect(b, "U.S.-backed — so-called -- forces", "U.S. - backed — so - called -- forces");
    expect(b, "from 5-10 to 1969-1970", "from 5 - 10 to 1969 - 1970");
    expect(b, "call 713-853-3989 or 345-9945", "call 713-853-3989 or 345-9945");
    expect(b, "line 3-5213, th- the tw- twelve of pre-war", "line 3-5213 , th- the tw- twelve of pre-war");
}

static void test_numbers(void **state) {
    bench *b = *state;
    expect(b, "$5m, US$3.2bn and 10%", "$ 5 m , US$ 3.2 bn and 10 %");
    expect(b, "1,000 men on 7/9/2020 at 10:30", "1,000 men on 7/9/2020 at 10:30");
    expect(b, "the 1990s, the 9th, 5pm, 40km", "the 1990s , the 9th , 5 pm , 40 km");
    expect(b, "on 2020-07-09 the 1590's", "on 2020-07-09 the 1590's");
    expect(b, "hitting .265", "hitting .265");
}

static void test_abbreviations(void **state) {
    bench *b = *state;
    expect(b, "Gen. Baqeri met Mr. Ayyoub. Both signed.", "Gen. Baqeri met Mr. Ayyoub . | Both signed .");
    expect(b, "in the U.S. The army left", "in the U.S. | The army left");
    expect(b, "the U.S. Army left", "the U.S. Army left");
    expect(b, "Art. 5 of Res. 242. He said no. Talks ended.", "Art. 5 of Res. 242 . | He said no . | Talks ended .");
    expect(b, "at 9 a.m. Monday and 5 p.m. The vote", "at 9 a.m. Monday and 5 p.m. | The vote");
    expect(b, "J. Smith, George W. Bush and plan B. it fell", "J. Smith , George W. Bush and plan B . | it fell");
    expect(b, "arms, men, etc. Then it ended", "arms , men , etc . | Then it ended");
    expect(b, "in Springfield, Mass., and at Mass.", "in Springfield , Mass. , and at Mass .");
    expect(b, "Ph.D. students, e.g. Ali", "Ph.D. students , e.g. Ali");
    expect(b, "made in the U.S.. He joined Hallam Inc.. He left...", "made in the U.S. . | He joined Hallam Inc. . | He left ...");
}

static void test_addresses(void **state) {
    bench *b = *state;
    expect(b, "See http://www.irna.ir/a/b?c=d, or irna.ir.", "See http://www.irna.ir/a/b?c=d , or irna.ir .");
    expect(b, "(news@sana.sy) #Syria @sana_en", "( news@sana.sy ) #Syria @sana_en");
    expect(b, "It ended.She left. and/or w/o AT&T", "It ended . | She left . | and / or w/o AT&T");
    expect(b, "in notes_march-2.doc, www-army.com and soc.culture.sudan; a well-run.Then", "in notes_march-2.doc , www-army.com and soc.culture.sudan ; a well - run . | Then");
}

static void test_signs(void **state) {
    bench *b = *state;
    expect(b, "Wait... what?! No -- [1] \"yes\"", "Wait ... what ?! | No -- [ 1 ] \" yes \"");
    expect(b, "nice :-) \xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9 \xF0\x9F\x87\xAE\xF0\x9F\x87\xB7!",
           "nice :-) \xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9 \xF0\x9F\x87\xAE\xF0\x9F\x87\xB7 !");
    expect(b, "Ready.? It cost $$$. --==--", "Ready .? | It cost $$$ . | --==--");
    expect(b, "\"\"\"\"\"\" ====", "\"\"\"\"\"\" | ====");
}

static void test_sentences(void **state) {
    bench *b = *state;
    expect(b, "DAMASCUS, July 9 (Agency) -- Iran and Syria signed a pact. It holds.",
           "DAMASCUS , July 9 ( Agency ) -- | Iran and Syria signed a pact . | It holds .");
    expect(b, "\"We won.\" He left. (It rained.) \"Why?\" he asked. \"Why?\" Ali Hasan asked.",
           "\" We won . \" | He left . | ( It rained . ) | \" Why ? \" he asked . | \" Why ? \" Ali Hasan asked .");
    expect(b, "He paused ... and left. He paused... Then he left.", "He paused ... and left . | He paused ... | Then he left .");
    expect(b, "hard wrapped\nline here. Next\none", "hard wrapped line here . | Next one");
    expect(b, "No stop\n\nNew paragraph", "No stop | New paragraph");
    expect(b, "The points:\n- first\n- second", "The points : | - first - second");
    expect(b, "Three.\n\xE2\x80\xA2 one\n\xE2\x80\xA2 two", "Three . | \xE2\x80\xA2 one | \xE2\x80\xA2 two");
    expect(b, "2. The aim is peace. 3. The", "2 . The aim is peace . | 3 . The");
    expect(b, "He left in 1805.[6] She stayed.", "He left in 1805 . [ 6 ] | She stayed .");
}

static void test_headings(void **state) {
    bench *b = *state;
    char buffer[256];
    cut(b, SPAN("Talks fail. U.S. leaves"), BLOCK_HEADING);
    assert_string_equal(show(&b->r, buffer, sizeof buffer), "Talks fail . U.S. leaves");
    assert_int_equal(b->r.sentences.count, 1);
    cut(b, SPAN("A caption."), BLOCK_CAPTION);
    assert_int_equal(b->r.tokens.count, 0);
}

static void test_ranges(void **state) {
    bench *b = *state;
    cut(b, SPAN("  Ankara\xC2\xA0" "did\xE2\x80\x8Bn't go. "), BLOCK_PARAGRAPH);
    assert_null(text_laws_broken(&b->r));
    const token *go = report_token(&b->r, b->r.tokens.count - 2);
    assert_false(go->space_after);
    assert_int_equal(report_token(&b->r, 0)->text.start, 2);
    assert_true(report_token(&b->r, 0)->space_after);
    assert_true(span_eq(symbols_text(&b->r.words, report_token(&b->r, 0)->lower), SPAN("ankara")));
    cut(b, SPAN("Uni\xE2\x80\x8Bted \xE2\x80\x8F\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85 Don\xE2\x80\x99t"), BLOCK_PARAGRAPH);
    assert_null(text_laws_broken(&b->r));
    assert_int_equal(b->r.tokens.count, 4);
    assert_true(span_eq(symbols_text(&b->r.words, report_token(&b->r, 0)->lower), SPAN("united")));
    assert_true(span_eq(symbols_text(&b->r.words, report_token(&b->r, 3)->lower), SPAN("n't")));
}

/* Hostile texts keep the laws, need memory in proportion, and end. */
static void test_hostile(void **state) {
    bench *b = *state;
    static const char *const pieces[] = {"word ", "\"", "a", "WORD ", "\xF0\x9F\x98\x80", "\xD8\xB3", "\xE2\x80\x8B", ".)", "a.a-",
                                         "@a", "'", "1-", "1,", "http://", "\n", " .", "U.S. ", "n't'd", "\xE2\x80\x9C", "[1]", "e.g. "};
    size_t room = (size_t)2 << 20;
    char *text = malloc(room);
    assert_non_null(text);
    for (size_t i = 0; i < COUNT_OF(pieces); i++) {
        size_t size = strlen(pieces[i]), used = 0;
        while (used + size <= 500000) {
            memcpy(text + used, pieces[i], size);
            used += size;
        }
        cut(b, (span){text, used}, BLOCK_PARAGRAPH);
        const char *broken = text_laws_broken(&b->r);
        if (broken != NULL) {
            fail_msg("%s, with a text of \"%s\"", broken, pieces[i]);
        }
        assert_true(b->memory.used < used * 400 + 65536);
    }
    free(text);
}

static void test_memory(void **state) {
    bench *b = *state;
    drg_error error = {0};
    arena small;
    arena_open(&small, 20000);
    report r = {.memory = &small, .text = SPAN("Iran and Syria signed a pact.")};
    symbols_open(&r.words, &b->known.words, &small);
    assert_true(text_laws_block(&r));
    while (arena_alloc(&small, 1, 16) != NULL) {
    }
    assert_int_equal(text_run(b->tables, &r, &error), DRG_ERROR_MEMORY);
    arena_close(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contractions), cmocka_unit_test(test_hyphens),   cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_abbreviations), cmocka_unit_test(test_addresses), cmocka_unit_test(test_signs),
        cmocka_unit_test(test_sentences),    cmocka_unit_test(test_headings),  cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_hostile),      cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}

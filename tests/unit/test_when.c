// SPDX-License-Identifier: Apache-2.0
/* Calendar arithmetic, and what time expressions come to in a report of Thursday 9 July 2020. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "parse/labels.h"
#include "when/when.h"
#include "words.h"

#define TODAY "2020-07-09"

typedef struct {
    knowledge known;
    when_tables *tables;
    arena memory;
    report r;
} fixture;

static int open_tables(void **state) {
    static fixture f;
    const char *data = getenv("DRAGOMAN_DATA");
    assert_int_equal(knowledge_open(&f.known, data != NULL ? data : ".", NULL), DRG_OK);
    assert_int_equal(when_open(&f.tables, &f.known, NULL), DRG_OK);
    assert_int_equal(f.known.complaints.count, 0);
    arena_open(&f.memory, (size_t)64 << 20);
    *state = &f;
    return 0;
}

static int close_tables(void **state) {
    fixture *f = *state;
    arena_close(&f->memory);
    when_close(f->tables);
    knowledge_close(&f->known);
    return 0;
}

static void read_text(fixture *f, const char *text, const char *day) {
    arena_reset(&f->memory);
    assert_true(words_open(&f->r, &f->known, &f->memory, span_of(text)));
    f->r.day = day != NULL ? calendar_parse_iso(span_of(day)) : DAY_UNKNOWN;
    assert_int_equal(when_run(f->tables, &f->r, NULL), DRG_OK);
}

/* "words=value; words=value" of all timexes. */
static const char *told(fixture *f) {
    static char out[2000];
    size_t size = 0;
    out[0] = 0;
    for (u32 i = 0; i < f->r.timexes.count; i++) {
        const timex *t = &f->r.timexes.items[i];
        range at = {f->r.tokens.items[t->first].text.start, f->r.tokens.items[t->end - 1].text.end};
        span words = report_cut(&f->r, at), value = t->duration ? SPAN("length") : when_format(t, &f->memory);
        size += (size_t)snprintf(out + size, sizeof out - size, "%s%.*s=%.*s", i ? "; " : "", (int)words.len, words.ptr,
                                 (int)value.len, value.ptr);
    }
    return out;
}

static void test_calendar(void **state) {
    (void)state;
    assert_int_equal(calendar_day(1970, 1, 1), 0);
    assert_int_equal(calendar_day(2020, 7, 9), 18452);
    assert_int_equal(calendar_weekday(18452), 4);
    assert_int_equal(calendar_weekday(-1), 3);
    for (i32 day = -800000; day < 800000; day += 37) {
        calendar_date d = calendar_date_of(day);
        assert_true(calendar_is_date(d.year, d.month, d.day));
        assert_int_equal(calendar_day(d.year, d.month, d.day), day);
    }
    assert_int_equal(calendar_days_in_month(1900, 2), 28);
    assert_int_equal(calendar_days_in_month(2000, 2), 29);
    assert_int_equal(calendar_add_months(calendar_day(2020, 5, 31), 1), calendar_day(2020, 6, 30));
    assert_int_equal(calendar_add_months(calendar_day(2020, 1, 15), -13), calendar_day(2018, 12, 15));
    assert_int_equal(calendar_easter(2020), calendar_day(2020, 4, 12));
    assert_int_equal(calendar_easter(1943), calendar_day(1943, 4, 25));
    assert_int_equal(calendar_orthodox_easter(2020), calendar_day(2020, 4, 19));
    assert_int_equal(calendar_orthodox_easter(2017), calendar_easter(2017));
    assert_int_equal(calendar_orthodox_easter(2021), calendar_day(2021, 5, 2));
    assert_int_equal(calendar_iranian_day(1399, 4, 18), calendar_day(2020, 7, 8));
    assert_int_equal(calendar_iranian_day(1357, 11, 22), calendar_day(1979, 2, 11));
    assert_int_equal(calendar_iranian_day(1400, 1, 1), calendar_day(2021, 3, 21));
    assert_int_equal(calendar_parse_iso(SPAN("2020-07-09T10:30Z")), 18452);
    assert_int_equal(calendar_parse_iso(SPAN("2020-02-30")), DAY_UNKNOWN);
    assert_int_equal(calendar_parse_iso(SPAN("9 July")), DAY_UNKNOWN);
}

static const struct {
    const char *text, *told;
} cases[] = {
    {"The two signed on July 9, 2020 in Rome.", "July 9, 2020=2020-07-09"},
    {"They met on 3 March 2019.", "3 March 2019=2019-03-03"},
    {"They met on the 15th of May.", "the 15th of May=2020-05-15"},
    {"It was filed on 2020-07-01.", "2020-07-01=2020-07-01"},
    {"It was filed on 28/06/2020.", "28/06/2020=2020-06-28"},
    {"They met on Friday.", "Friday=2020-07-03"},
    {"They met on Thursday.", "Thursday=2020-07-09"},
    {"They met last Thursday.", "last Thursday=2020-07-02"},
    {"Voting begins next Friday.", "next Friday=2020-07-10"},
    {"He left yesterday and returns tomorrow.", "yesterday=2020-07-08; tomorrow=2020-07-10"},
    {"He left the day before yesterday.", "the day before yesterday=2020-07-07"},
    {"Clashes went on last night.", "last night=2020-07-08"},
    {"Prices rose last week.", "last week=2020-06-29/2020-07-05"},
    {"Prices rose last month and last year.", "last month=2020-06; last year=2019"},
    {"It was agreed earlier this month.", "earlier this month=2020-07"},
    {"It was agreed two days ago.", "two days ago=2020-07-07"},
    {"They met on 1 May 2011 and agreed three years later.", "1 May 2011=2011-05-01; three years later=2014"},
    {"The war has gone on since 2011.", "2011=2011/2020-07-09"},
    {"He ruled between 2003 and 2011.", "2003=2003/2011; 2011=2011"},
    {"He stayed until 2003.", "2003=../2003"},
    {"It fell in the 1990s.", "the 1990s=1990-01-01/1999-12-31"},
    {"It fell in early 2015.", "early 2015=2015"},
    {"The accord was reached in May.", "May=2020-05"},
    {"The accord was reached in October.", "October=2019-10"},
    {"The mission ends in August.", "August=2020-08"},
    {"It closed on Christmas Day.", "Christmas Day=2019-12-25"},
    {"It fell in the spring of 2014.", "the spring of 2014=2014-03-01/2014-05-31"},
    {"They held out for three days.", "three days=length"},
    {"Ties have soured in recent years.", "recent years="},
    {"Exports grew in the second quarter of 2019.", "the second quarter of 2019=2019-04-01/2019-06-30"},
    {"They met on 4 May. The next day they signed.", "4 May=2020-05-04; The next day=2020-05-05"},
    {"Talks ran from 6 to 8 June.", "6=2020-06-06/2020-06-08; 8 June=2020-06-08"},
    {"It was signed on Tir 18, 1399.", "Tir 18, 1399=2020-07-08"},
    {"It was signed in Farvardin 1399.", "Farvardin 1399=2020-03-20/2020-04-19"},
    {"The raid came on Eid al-Fitr.", "Eid al-Fitr=2020-05-24/2020-05-26"},
    {"They fasted in Ramadan.", "Ramadan=2020-04-24/2020-05-23"},
    {"They met on Yom Kippur.", "Yom Kippur=2019-10-09"},
    {"They met at Chinese New Year.", "Chinese New Year=2020-01-25"},
    {"They met on Diwali in Delhi.", "Diwali=2019-10-27"},
    {"They met on Orthodox Easter.", "Orthodox Easter=2020-04-19"},
    {"They met on Good Friday.", "Good Friday=2020-04-10"},
    {"They met on Ashura 1973.", "Ashura 1973="},
    {"They fought over the weekend.", "the weekend=2020-07-04/2020-07-05"},
    {"They talked from Monday to Wednesday.", "Monday=2020-07-06/2020-07-08; Wednesday=2020-07-08"},
    {"It will pass by year - end.", "year - end=../2020"},
    {"Exports rose in the first half of the year.", "the first half of the year=2020-01-01/2020-06-30"},
    {"Exports rose in the first half of 2019.", "the first half of 2019=2019-01-01/2019-06-30"},
    {"Exports rose in the third quarter.", "the third quarter=2019-07-01/2019-09-30"},
    {"Exports rose in Q3 2019.", "Q3 2019=2019-07-01/2019-09-30"},
    {"Exports rose in fiscal 2019.", "fiscal 2019=2019"},
    {"The dynasty fell in the 17th century.", "the 17th century=1600-01-01/1699-12-31"},
    {"They fought in the '90s.", "the '90s=1990-01-01/1999-12-31"},
    {"It happened in the past 24 hours.", "the past 24 hours=2020-07-08/2020-07-09"},
    {"They met in the wee hours of Tuesday.", "the wee hours of Tuesday=2020-07-07"},
    {"They fought early on Sunday.", "early on Sunday=2020-07-05"},
    {"They met late last year.", "late last year=2019"},
    {"They met in mid-June.", "mid-June=2020-06"},
    {"They met between January and March 2020.", "January=2020-01/2020-03; March 2020=2020-03"},
    {"They came earlier in the day after a march.", "earlier in the day=2020-07-09"},
    {"They met on 3 June. The same day they signed.", "3 June=2020-06-03; The same day=2020-06-03"},
    {"They met on 3 June. They signed on the 5th.", "3 June=2020-06-03; the 5th=2020-06-05"},
    {"They met on 3 June. They signed two days later.", "3 June=2020-06-03; two days later=2020-06-05"},
    {"They met on 3 June. The following week they left.", "3 June=2020-06-03; The following week=2020-06-08/2020-06-14"},
    {"They met in 2015. They quarrelled at the time.", "2015=2015; the time=2015"},
    {"They met at 10:30 GMT on Monday.", "10:30 GMT on Monday=2020-07-06"},
    {"They met last summer.", "last summer=2019-06-01/2019-08-31"},
    {"They met three years ago.", "three years ago=2017"},
    {"They met on Thursday. They parted on Friday.", "Thursday=2020-07-09; Friday=2020-07-10"},
    {"He may march on the square with 2000 soldiers.", ""},
    {"It killed more than 1600 civilians.", ""},
    {"The 24th Division withdrew.", ""},
    {"Ties have improved over the past years.", "the past years="},
    {"It fell in the late 1990s.", "the late 1990s=1996-09-01/1999-12-31"},
    {"He broke the Customs Act, 1956.", ""},
};

static void test_cases(void **state) {
    fixture *f = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        read_text(f, cases[i].text, TODAY);
        assert_string_equal(told(f), cases[i].told);
    }
}

static void test_day_from_text(void **state) {
    fixture *f = *state;
    read_text(f, "ROME, 9 July 2020 - They met on Monday.", NULL);
    assert_int_equal(f->r.day, 18452);
    assert_string_equal(told(f), "9 July 2020=2020-07-09; Monday=2020-07-06");
    read_text(f, "They met on Monday.", NULL);
    assert_string_equal(told(f), "Monday=");
    read_text(f, "They fought in 1995, and will meet at the end of March this year.", NULL); /* nobody says what year this is */
    assert_string_equal(told(f), "1995=1995; the end of March this year=1995-03");
    assert_true(words_open(&f->r, &f->known, &f->memory, SPAN("They met on Monday and on 3 May.")));
    f->r.date = SPAN("2022-07"); /* the month is known, the day is not */
    assert_int_equal(when_run(f->tables, &f->r, NULL), DRG_OK);
    assert_string_equal(told(f), "Monday=2022-07; 3 May=2022-05-03");
}

/* "He said on Monday that rebels seized the town in May": each verb has its own date. */
static void test_owner(void **state) {
    fixture *f = *state;
    u8 by;
    read_text(f, "He said on Monday that rebels seized towns in May", TODAY);
    static const u32 heads[] = {1, NONE, 3, 1, 6, 6, 1, 6, 9, 6};
    static const u8 relations[] = {DEPREL_nsubj, DEPREL_root, DEPREL_case, DEPREL_obl, DEPREL_mark, DEPREL_nsubj, DEPREL_ccomp, DEPREL_obj, DEPREL_case, DEPREL_obl};
    assert_int_equal(f->r.tokens.count, COUNT_OF(heads));
    for (u32 i = 0; i < COUNT_OF(heads); i++) {
        f->r.tokens.items[i].head = heads[i];
        f->r.tokens.items[i].deprel = relations[i];
        f->r.tokens.items[i].upos = i == 1 || i == 6 ? UPOS_VERB : UPOS_NOUN;
    }
    assert_int_equal(f->r.timexes.count, 2);
    assert_int_equal(when_timex_of(&f->r, 1, &by), 0);
    assert_int_equal(when_timex_of(&f->r, 6, &by), 1);
    assert_int_equal(when_timex_of(&f->r, NONE, &by), NONE);
}

/* "Envoys discussed a dispute on tariffs Monday": the day is the discussion's, not the tariffs'. */
static void test_noun_of_a_noun(void **state) {
    fixture *f = *state;
    u8 by;
    read_text(f, "Envoys discussed disputes on tariffs Monday", TODAY);
    static const u32 heads[] = {1, NONE, 1, 4, 2, 1};
    static const u8 relations[] = {DEPREL_nsubj, DEPREL_root, DEPREL_obj, DEPREL_case, DEPREL_nmod, DEPREL_obl_unmarked};
    for (u32 i = 0; i < COUNT_OF(heads); i++) {
        f->r.tokens.items[i].head = heads[i];
        f->r.tokens.items[i].deprel = relations[i];
        f->r.tokens.items[i].upos = i == 1 ? UPOS_VERB : UPOS_NOUN;
    }
    assert_int_equal(when_timex_of(&f->r, 1, &by), 0);
    assert_int_equal(when_timex_of(&f->r, 2, &by), 0);
    assert_int_equal(when_timex_of(&f->r, 4, &by), NONE);
}

/* "They offered to meet on Friday": the offer is past, the meeting ahead. */
static void read_infinitive(fixture *f, const char *text, const u32 *heads, const u8 *tags, const char *lemma) {
    arena_reset(&f->memory);
    assert_true(words_open(&f->r, &f->known, &f->memory, span_of(text)));
    for (u32 i = 0; i < f->r.tokens.count; i++) {
        f->r.tokens.items[i].head = heads[i];
        f->r.tokens.items[i].upos = tags[i];
    }
    f->r.tokens.items[1].lemma = symbols_add(&f->r.words, span_of(lemma));
    f->r.tokens.items[2].deprel = DEPREL_mark;
    f->r.day = calendar_parse_iso(SPAN(TODAY));
}

static void test_ahead(void **state) {
    fixture *f = *state;
    static const u32 offered[] = {1, NONE, 3, 1, 5, 3}, is[] = {3, 3, 3, NONE, 5, 3};
    static const u8 tags[] = {UPOS_PRON, UPOS_VERB, UPOS_PART, UPOS_VERB, UPOS_ADP, UPOS_PROPN};
    static const u8 be[] = {UPOS_PRON, UPOS_AUX, UPOS_PART, UPOS_VERB, UPOS_ADP, UPOS_PROPN};
    read_infinitive(f, "They offered to meet on Friday", offered, tags, "offer");
    assert_int_equal(when_run(f->tables, &f->r, NULL), DRG_OK);
    assert_string_equal(told(f), "Friday=2020-07-10");
    read_infinitive(f, "They are to meet on Friday", is, be, "be");
    f->r.tokens.items[1].xpos = XPOS_VBP;
    assert_int_equal(when_run(f->tables, &f->r, NULL), DRG_OK);
    assert_string_equal(told(f), "Friday=2020-07-10");
    read_infinitive(f, "They were to meet on Friday", is, be, "be");
    f->r.tokens.items[1].xpos = XPOS_VBD;
    assert_int_equal(when_run(f->tables, &f->r, NULL), DRG_OK);
    assert_string_equal(told(f), "Friday=2020-07-03");
}

/* Every sentence gets its second word as a verb in the simple past, or the present, over all others. */
static void read_flat(fixture *f, const char *text, u8 present_from) {
    read_text(f, text, TODAY);
    for (u32 s = 0; s < f->r.sentences.count; s++) {
        const sentence *own = &f->r.sentences.items[s];
        for (u32 i = own->first_token; i < own->end_token; i++) {
            f->r.tokens.items[i].head = i == own->first_token + 1 ? NONE : own->first_token + 1;
            f->r.tokens.items[i].upos = UPOS_NOUN;
        }
        f->r.tokens.items[own->first_token + 1].upos = UPOS_VERB;
        f->r.tokens.items[own->first_token + 1].xpos = s < present_from ? XPOS_VBD : XPOS_VBZ;
    }
    f->r.narrative = when_follow_narrative(&f->r);
    assert_non_null(f->r.narrative);
}

/* A deed without a date shares the fresh one of the opening; another year in the paragraph turns
 * the narrative until a sentence in the present. */
static void test_narrative(void **state) {
    fixture *f = *state;
    read_flat(f, "They met on Tuesday. Both left. It began in 2011. Troops came. They fled.", 4);
    assert_int_equal(f->r.sentences.count, 5);
    assert_int_equal(f->r.narrative[1].timex, 0);
    assert_int_equal(f->r.narrative[3].timex, 1);
    assert_int_equal(f->r.narrative[4].timex, 0);
    read_flat(f, "They met in 2011. Both left.", 9);
    assert_int_equal(f->r.narrative[0].timex, NONE);
    assert_int_equal(f->r.narrative[1].timex, 0);
}

/* A paragraph's end leaves open whether the look back goes on. */
static void test_narrative_of_paragraphs(void **state) {
    fixture *f = *state;
    read_flat(f, "They met on Tuesday. It began in 2011. Troops came. They stayed.", 9);
    static const u32 blocks[] = {0, 1, 2, 2};
    for (u32 s = 0; s < COUNT_OF(blocks); s++) {
        f->r.sentences.items[s].block = blocks[s];
    }
    f->r.narrative = when_follow_narrative(&f->r);
    assert_int_equal(f->r.narrative[1].timex, 0);
    assert_false(f->r.narrative[1].unsure);
    assert_int_equal(f->r.narrative[2].timex, 1);
    assert_true(f->r.narrative[2].unsure && f->r.narrative[3].unsure);
}

/* "condemned on Friday the attack that killed ten on Monday": the attack has its own day. */
static void test_relative_clause(void **state) {
    fixture *f = *state;
    u8 by;
    read_text(f, "They condemned on Friday attacks that killed ten on Monday", TODAY);
    static const u32 heads[] = {1, NONE, 3, 1, 1, 6, 4, 6, 9, 6};
    for (u32 i = 0; i < COUNT_OF(heads); i++) {
        f->r.tokens.items[i].head = heads[i];
        f->r.tokens.items[i].upos = i == 1 || i == 6 ? UPOS_VERB : UPOS_NOUN;
        f->r.tokens.items[i].deprel = i == 1 ? DEPREL_root : i == 6 ? DEPREL_acl_relcl : DEPREL_obj;
    }
    assert_int_equal(when_timex_of(&f->r, 4, &by), 1);
    assert_int_equal(by, DATING_CLAUSE);
    assert_int_equal(when_timex_of(&f->r, 1, &by), 0);
}

/* Thousands of dates, and words that only look like them, must not cost more than their length. */
static void test_hostile(void **state) {
    fixture *f = *state;
    static char text[400000];
    size_t size = 0;
    while (size + 64 < sizeof text) {
        size += (size_t)snprintf(text + size, sizeof text - size, "9 of - 9 9 May the 99 32 May 0 2020-99-99 1990s BC the last ");
    }
    read_text(f, text, TODAY);
    assert_true(f->r.timexes.count > 1000);
    read_text(f, "", TODAY);
    assert_int_equal(f->r.timexes.count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar), cmocka_unit_test(test_cases),   cmocka_unit_test(test_day_from_text),
        cmocka_unit_test(test_owner),    cmocka_unit_test(test_ahead),    cmocka_unit_test(test_noun_of_a_noun),
        cmocka_unit_test(test_narrative), cmocka_unit_test(test_narrative_of_paragraphs), cmocka_unit_test(test_relative_clause),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}

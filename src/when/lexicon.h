// SPDX-License-Identifier: Apache-2.0
/* The words of time expressions (lang/en/when/words.tsv, holidays.tsv) and the reading of
 * numbers: what classes each token of a report belongs to.  Lifetime of the tables: run. */
#ifndef DRG_WHEN_LEXICON_H
#define DRG_WHEN_LEXICON_H

#include "report.h"

/* Classes of words.tsv, then those read from the form, then those the matcher itself makes. */
#define WHEN_CLASS_LIST(X)                                                                            \
    X(MONTH) X(IRANIAN) X(WEEKDAY) X(WEEKDAYS) X(SEASON) X(FALL) X(UNIT) X(QUARTER) X(QTR) X(WEEKEND) X(NIGHT)          \
    X(DEICTIC) X(ARTICLE) X(HALF) X(SOME) X(ORDINAL) X(SHIFT) X(THIS) X(BEFORE) X(AFTER) X(SAME)      \
    X(STEP) X(PART) X(EARLY) X(COMPARED) X(HALVES) X(REST) X(DAYPART) X(ERA) X(AMPM) X(ZONE) X(VAGUE)          \
    X(FORMER) X(RECENT) X(OFTEN) X(FUTURE) X(PLANNED) X(SINCE) X(UNTIL) X(UPTO) X(BETWEEN) X(JOINS)   \
    X(INSIDE) X(LASTING) X(UNSURE) X(LAW) X(PLURAL) X(WILLING) X(LEAD) X(HAPPEN)                                                                      \
    X(DAY) X(DAYTH) X(YEAR) X(SHORTYEAR) X(SHORTER) X(DECADE) X(NUMERIC) X(CLOCK) X(COUNT)            \
    X(COUNTUNIT) X(UNITLONG) X(HOLIDAY) X(DATE) X(WORD)
typedef enum {
#define WHEN_CLASS_ENUM(name) WHEN_##name,
    WHEN_CLASS_LIST(WHEN_CLASS_ENUM)
#undef WHEN_CLASS_ENUM
    WHEN_CLASS_COUNT
} when_class;
_Static_assert(WHEN_CLASS_COUNT <= 64, "classes are bits of a u64");
#define WHEN_BIT(name) (1ull << WHEN_##name)

typedef struct {
    u8 class;  /* when_class */
    i32 value; /* as words.tsv says; units are their letter */
    u32 next;  /* further entry of the same word, or NONE */
} when_word;

typedef enum { HOLIDAY_FIXED, HOLIDAY_EASTER, HOLIDAY_ORTHODOX, HOLIDAY_NTH, HOLIDAY_LISTED } holiday_rule;
#define HOLIDAY_WORDS 5
typedef struct {
    symbol words[HOLIDAY_WORDS];
    u32 word_count;
    u8 rule;              /* holiday_rule */
    i32 a, b, c;          /* month, day · days from Easter · n, weekday, month · first year, its place in listed_days, years */
    i32 days;             /* that it lasts */
} when_holiday;

typedef struct {
    u8 month, day;
} when_month_day;

typedef struct {
    map first;                /* symbol -> first entry in words */
    LIST(when_word) words;
    map holiday_first;        /* first symbol -> index of the first holiday that begins so (sorted) */
    LIST(when_holiday) holidays;
    LIST(when_month_day) listed_days;
} when_lexicon;

/* What one token of a report may be. */
typedef struct {
    u64 classes;      /* bits of when_class */
    i32 number;       /* value of DAY, YEAR, SHORTYEAR, SHORTER, DECADE, COUNT, NUMERIC, CLOCK */
    u32 words;        /* first entry in the lexicon, or NONE */
    u32 holiday;      /* index, where one begins here */
    u32 holiday_end;  /* token behind it */
} when_token;

drg_status when_lexicon_open(when_lexicon *lexicon, knowledge *k, drg_error *error);
/* Makes `word` known as a word of the patterns. */
bool when_lexicon_add(when_lexicon *lexicon, knowledge *k, symbol word, when_class class, i32 value);
when_class when_class_of_name(span name); /* WHEN_CLASS_COUNT when there is none */
/* Fills one when_token a token of the report. */
void when_read_tokens(const when_lexicon *lexicon, const report *r, when_token *out);
/* The value of a token as a member of `class`. */
i32 when_value(const when_lexicon *lexicon, const when_token *t, when_class class);
/* The classes of a word, whatever its form in the text. */
u64 when_classes_of(const when_lexicon *lexicon, symbol word);

drg_status when_holidays_open(when_lexicon *lexicon, knowledge *k, drg_error *error);
/* Sets holiday and holiday_end of `t` when a holiday's name begins at token `at`. */
void when_find_holiday(const when_lexicon *lexicon, const report *r, u32 at, u32 limit, when_token *t);
/* The first day of a holiday in `year`, DAY_UNKNOWN when its list does not reach there. */
i32 when_holiday_day(const when_lexicon *lexicon, const when_holiday *holiday, i32 year);

#endif

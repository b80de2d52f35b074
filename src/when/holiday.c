// SPDX-License-Identifier: Apache-2.0
/* In: holidays.tsv.  Out: where a holiday is named, and its day in a year.
 *
 * Feasts of the Western and of the Orthodox Easter follow from the year; those of the moon stand in
 * lists, a day a year: "Eid al-Adha" in 2020 is 31 July.  A sighting of the moon can move them by a
 * day.  A row may take the rule of another: "as eid al-fitr". */
#include "base/calendar.h"
#include "base/table.h"
#include "when/lexicon.h"

static bool read_month_day(span text, i32 *month, i32 *day) {
    return text.len == 5 && text.ptr[2] == '-' && span_whole_number(span_cut(text, 0, 2), month) && span_whole_number(span_cut(text, 3, 5), day) &&
           *month >= 1 && *month <= 12 && *day >= 1 && *day <= 31;
}

/* "listed 1995 03-02 02-20 ...": from 1995 on, a day a year. */
static bool read_list(when_lexicon *lexicon, arena *memory, span days, when_holiday *h) {
    h->rule = HOLIDAY_LISTED;
    h->b = (i32)lexicon->listed_days.count;
    bool good = span_whole_number(span_next_field(&days, ' '), &h->a);
    while (good && days.len > 0) {
        i32 month, day;
        when_month_day *slot = list_push(memory, &lexicon->listed_days);
        good = slot != NULL && read_month_day(span_next_field(&days, ' '), &month, &day);
        if (good) {
            *slot = (when_month_day){(u8)month, (u8)day};
        }
    }
    h->c = (i32)lexicon->listed_days.count - h->b;
    return good && h->c > 0;
}

static u32 read_name(knowledge *k, span name, symbol words[HOLIDAY_WORDS]) {
    u32 count = 0;
    while (name.len > 0 && count < HOLIDAY_WORDS) {
        words[count++] = symbols_add(&k->words, span_next_field(&name, ' '));
    }
    return count;
}

/* "as eid al-fitr": the rule of a row above. */
static bool take_rule(const when_lexicon *lexicon, knowledge *k, span name, when_holiday *h) {
    symbol words[HOLIDAY_WORDS] = {0};
    u32 count = read_name(k, name, words);
    for (u32 i = 0; i < lexicon->holidays.count; i++) {
        const when_holiday *other = &lexicon->holidays.items[i];
        if (other->word_count == count && memcmp(other->words, words, sizeof words) == 0) {
            *h = (when_holiday){.word_count = h->word_count, .rule = other->rule, .a = other->a, .b = other->b, .c = other->c, .days = other->days};
            return true;
        }
    }
    return false;
}

static bool read_rule(when_lexicon *lexicon, knowledge *k, span rule, when_holiday *h) {
    span rest = rule, kind = span_next_field(&rest, ' ');
    if (span_eq(kind, SPAN("as"))) {
        symbol words[HOLIDAY_WORDS];
        memcpy(words, h->words, sizeof words);
        bool taken = take_rule(lexicon, k, rest, h);
        memcpy(h->words, words, sizeof words);
        return taken;
    }
    if (span_eq(kind, SPAN("listed"))) {
        return read_list(lexicon, &k->memory, rest, h);
    }
    if (span_eq(kind, SPAN("nth"))) {
        h->rule = HOLIDAY_NTH;
        return span_whole_number(span_next_field(&rest, ' '), &h->a) && span_whole_number(span_next_field(&rest, ' '), &h->b) &&
               span_whole_number(rest, &h->c);
    }
    bool western = span_starts(rule, SPAN("easter"));
    if (western || span_starts(rule, SPAN("orthodox"))) {
        h->rule = western ? HOLIDAY_EASTER : HOLIDAY_ORTHODOX;
        return span_whole_number(span_cut(rule, western ? 6 : 8, rule.len), &h->a);
    }
    h->rule = HOLIDAY_FIXED;
    return read_month_day(rule, &h->a, &h->b);
}

static int compare_holidays(const void *a, const void *b) {
    const when_holiday *x = a, *y = b; /* by first word, the longer name first */
    if (x->words[0] != y->words[0]) {
        return x->words[0] < y->words[0] ? -1 : 1;
    }
    return x->word_count != y->word_count ? (x->word_count > y->word_count ? -1 : 1) : memcmp(x->words, y->words, sizeof x->words);
}

drg_status when_holidays_open(when_lexicon *lexicon, knowledge *k, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, k, "lang/en/when/holidays.tsv", error));
    while (table_next(&t)) {
        when_holiday h = {.days = 1};
        span days = table_field(&t, "days");
        h.word_count = read_name(k, table_field(&t, "name"), h.words);
        if (!read_rule(lexicon, k, table_field(&t, "rule"), &h) || h.word_count == 0 || (days.len > 0 && !span_whole_number(days, &h.days))) {
            table_complain(&t, "no such rule: see the head of the file");
            continue;
        }
        when_holiday *slot = list_push(&k->memory, &lexicon->holidays);
        if (slot == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, t.file, t.line, "out of memory");
        }
        *slot = h;
    }
    if (lexicon->holidays.count > 1) {
        qsort(lexicon->holidays.items, lexicon->holidays.count, sizeof(when_holiday), compare_holidays);
    }
    for (u32 i = lexicon->holidays.count; i-- > 0;) {
        if (!map_set(&lexicon->holiday_first, lexicon->holidays.items[i].words[0], i)) {
            return drg_fail(error, DRG_ERROR_MEMORY, t.file, 0, "out of memory");
        }
    }
    return DRG_OK;
}

void when_find_holiday(const when_lexicon *lexicon, const report *r, u32 at, u32 limit, when_token *t) {
    u32 h = map_find(&lexicon->holiday_first, r->tokens.items[at].lower);
    for (; h != NONE && h < lexicon->holidays.count; h++) {
        const when_holiday *holiday = &lexicon->holidays.items[h];
        if (holiday->words[0] != r->tokens.items[at].lower) {
            return;
        }
        u32 same = 1;
        while (same < holiday->word_count && at + same < limit && r->tokens.items[at + same].lower == holiday->words[same]) {
            same++;
        }
        if (same == holiday->word_count) {
            t->classes |= WHEN_BIT(HOLIDAY);
            t->holiday = h;
            t->holiday_end = at + same;
            return;
        }
    }
}

i32 when_holiday_day(const when_lexicon *lexicon, const when_holiday *h, i32 year) {
    if (h->rule == HOLIDAY_FIXED) {
        return calendar_day(year, h->a, h->b);
    }
    if (h->rule == HOLIDAY_EASTER || h->rule == HOLIDAY_ORTHODOX) {
        return (h->rule == HOLIDAY_EASTER ? calendar_easter(year) : calendar_orthodox_easter(year)) + h->a;
    }
    if (h->rule == HOLIDAY_LISTED) {
        if (year < h->a || year - h->a >= h->c) {
            return DAY_UNKNOWN;
        }
        when_month_day d = lexicon->listed_days.items[h->b + year - h->a];
        return calendar_day(year, d.month, d.day);
    }
    if (h->a > 0) {
        i32 first = calendar_day(year, h->c, 1);
        return first + (h->b - calendar_weekday(first) + 7) % 7 + (h->a - 1) * 7;
    }
    i32 last = calendar_day(year, h->c + 1, 1) - 1;
    return last - (calendar_weekday(last) - h->b + 7) % 7;
}

// SPDX-License-Identifier: Apache-2.0
/* In: words.tsv and a report's tokens.  Out: for every token the set of classes
 * that the patterns speak of.
 *
 * "9" is a DAY and a COUNT, "2020" a YEAR and a COUNT, "second" an ORDINAL and a UNIT: a token
 * keeps all its classes and the patterns choose.  Months and weekdays count only with a capital,
 * so that "may" and "march" stay verbs. */
#include "when/lexicon.h"

#include "base/table.h"
#include "base/calendar.h"

when_class when_class_of_name(span name) {
    static const char *const names[] = {
#define WHEN_CLASS_NAME(class_name) #class_name,
        WHEN_CLASS_LIST(WHEN_CLASS_NAME)
#undef WHEN_CLASS_NAME
    };
    for (u32 i = 0; i < WHEN_CLASS_COUNT; i++) {
        if (span_eq(span_of(names[i]), name)) {
            return (when_class)i;
        }
    }
    return WHEN_CLASS_COUNT;
}

bool when_lexicon_add(when_lexicon *lexicon, knowledge *k, symbol word, when_class class, i32 value) {
    when_word *entry = list_push(&k->memory, &lexicon->words);
    if (entry == NULL || word == NONE) {
        return false;
    }
    *entry = (when_word){.class = (u8)class, .value = value, .next = map_find(&lexicon->first, word)};
    return map_set(&lexicon->first, word, lexicon->words.count - 1);
}

static drg_status open_words(when_lexicon *lexicon, knowledge *k, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, k, "lang/en/when/words.tsv", error));
    while (table_next(&t)) {
        span class_name = table_field(&t, "class"), text = table_field(&t, "value");
        when_class class = when_class_of_name(span_eq(class_name, SPAN("NUMBER")) ? SPAN("COUNT") : class_name);
        i32 value = 0;
        if (class == WHEN_CLASS_COUNT) {
            table_complain(&t, "no class %.*s: see the list at the head of patterns.tsv", (int)class_name.len, class_name.ptr);
            continue;
        }
        if (!span_whole_number(text, &value)) {
            value = text.len > 0 ? text.ptr[0] : 0;
        }
        if (!when_lexicon_add(lexicon, k, symbols_add(&k->words, table_field(&t, "word")), class, value)) {
            return drg_fail(error, DRG_ERROR_MEMORY, t.file, t.line, "out of memory");
        }
    }
    return DRG_OK;
}

drg_status when_lexicon_open(when_lexicon *lexicon, knowledge *k, drg_error *error) {
    map_open(&lexicon->first, &k->memory);
    map_open(&lexicon->holiday_first, &k->memory);
    DRG_TRY(open_words(lexicon, k, error));
    return when_holidays_open(lexicon, k, error);
}

static size_t count_digits(span form, size_t at) {
    size_t end = at;
    while (end < form.len && ascii_is_digit(form.ptr[end])) {
        end++;
    }
    return end - at;
}

static i32 digits_value(span form, size_t at, size_t count) {
    i32 value = 0;
    for (size_t i = at; i < at + count && i < at + 9; i++) {
        value = value * 10 + (form.ptr[i] - '0');
    }
    return value;
}

static void read_plain_number(when_token *t, size_t digits, i32 value) {
    t->number = value;
    t->classes |= WHEN_BIT(COUNT);
    t->classes |= digits <= 2 && value >= 1 && value <= 31 ? WHEN_BIT(DAY) : 0;
    t->classes |= digits == 4 && value >= 1000 && value <= 2199 ? WHEN_BIT(YEAR) : 0;
    t->classes |= digits == 2 ? WHEN_BIT(SHORTER) : 0;
}

/* "2020-07-09", "2020/7/9", "09/07/2020", "9.7.2020".  Day before month unless that is no date. */
static i32 read_numeric_date(span form) {
    i32 part[3];
    size_t size[3], at = 0;
    char mark = 0;
    for (int i = 0; i < 3; i++) {
        size[i] = count_digits(form, at);
        if (size[i] == 0 || size[i] > 4) {
            return DAY_UNKNOWN;
        }
        part[i] = digits_value(form, at, size[i]);
        at += size[i];
        if (i < 2 && (at >= form.len || (form.ptr[at] != '-' && form.ptr[at] != '/' && form.ptr[at] != '.') ||
                      (mark && form.ptr[at] != mark))) {
            return DAY_UNKNOWN;
        }
        mark = i < 2 ? form.ptr[at++] : mark;
    }
    if (at != form.len) {
        return DAY_UNKNOWN;
    }
    if (size[0] == 4 && calendar_is_date(part[0], part[1], part[2])) {
        return calendar_day(part[0], part[1], part[2]);
    }
    if (size[2] == 4 && calendar_is_date(part[2], part[1], part[0])) {
        return calendar_day(part[2], part[1], part[0]);
    }
    return size[2] == 4 && calendar_is_date(part[2], part[0], part[1]) ? calendar_day(part[2], part[0], part[1]) : DAY_UNKNOWN;
}

/* "10:30", "05:30hrs", "10am": a time of day. */
static bool is_clock(span form, size_t digits) {
    span rest = span_cut(form, digits, form.len);
    if (digits >= 1 && digits <= 2 && rest.len >= 3 && (rest.ptr[0] == ':' || rest.ptr[0] == '.')) {
        size_t minutes = count_digits(rest, 1);
        span tail = span_cut(rest, 1 + minutes, rest.len);
        bool marked = tail.len >= 2 && ascii_is_alpha(tail.ptr[0]);
        return minutes == 2 && digits_value(rest, 1, 2) < 60 && (marked || (tail.len == 0 && rest.ptr[0] == ':'));
    }
    return (span_eq(rest, SPAN("am")) || span_eq(rest, SPAN("pm"))) && digits <= 2;
}

/* Behind the number: "9th", "1990s", "3-day", "80-year-old". */
static void read_marked_number(const when_lexicon *lexicon, const report *r, span form, size_t digits, when_token *t) {
    span rest = span_cut(form, digits, form.len);
    i32 value = digits_value(form, 0, digits);
    if (digits <= 2 && (span_eq(rest, SPAN("st")) || span_eq(rest, SPAN("nd")) || span_eq(rest, SPAN("rd")) || span_eq(rest, SPAN("th")))) {
        t->number = value;
        t->classes |= WHEN_BIT(ORDINAL) | (value >= 1 && value <= 31 ? WHEN_BIT(DAY) | WHEN_BIT(DAYTH) : 0);
    } else if (span_eq(rest, SPAN("s")) || span_eq(rest, SPAN("'s"))) {
        t->number = value;
        t->classes |= value % 10 == 0 && (digits >= 2 && digits <= 4) ? WHEN_BIT(DECADE) : 0;
    } else if (is_clock(form, digits)) {
        t->classes |= WHEN_BIT(CLOCK);
    } else if (read_numeric_date(form) != DAY_UNKNOWN) {
        t->number = read_numeric_date(form);
        t->classes |= WHEN_BIT(NUMERIC);
    } else if (rest.len > 1 && rest.ptr[0] == '-') {
        span second = span_cut(rest, 1, rest.len), unit = span_next_field(&second, '-');
        u32 word = map_find(&lexicon->first, symbols_find(&r->words, unit));
        t->classes |= word != NONE && lexicon->words.items[word].class == WHEN_UNIT ? WHEN_BIT(COUNTUNIT) : 0;
    } else if (rest.len >= 2 && rest.ptr[0] == '.' && count_digits(rest, 1) == rest.len - 1) {
        t->number = value;
        t->classes |= WHEN_BIT(COUNT);
    } else if (rest.len >= 4 && rest.ptr[0] == ',') {
        t->number = value;
        t->classes |= WHEN_BIT(COUNT);
    }
}

static u64 class_of(const when_lexicon *lexicon, const report *r, span word, i32 *value) {
    u64 classes = 0;
    for (u32 e = map_find(&lexicon->first, symbols_find_lower(&r->words, word)); e != NONE; e = lexicon->words.items[e].next) {
        classes |= 1ull << lexicon->words.items[e].class;
        *value = lexicon->words.items[e].value;
    }
    return classes;
}

/* One token that holds a hyphen: "three-day", "months-long", "mid-July". */
static void read_hyphened(const when_lexicon *lexicon, const report *r, span form, when_token *t) {
    span tail = form, head = span_next_field(&tail, '-');
    i32 value = 0, ignored = 0;
    span second = tail, unit = span_next_field(&second, '-');
    u64 before = class_of(lexicon, r, head, &ignored), behind = class_of(lexicon, r, unit, &value);
    if (behind & WHEN_BIT(UNIT) && before & (WHEN_BIT(COUNT) | WHEN_BIT(HALF))) {
        t->classes |= WHEN_BIT(COUNTUNIT);
    } else if (before & WHEN_BIT(UNIT) && behind & WHEN_BIT(LASTING)) {
        t->classes |= WHEN_BIT(UNITLONG);
    } else if (before & WHEN_BIT(EARLY) && behind & (WHEN_BIT(MONTH) | WHEN_BIT(SEASON) | WHEN_BIT(WEEKDAY))) {
        t->classes |= behind & (WHEN_BIT(MONTH) | WHEN_BIT(SEASON) | WHEN_BIT(WEEKDAY));
        t->number = value;
    } else if (before & WHEN_BIT(EARLY) && count_digits(tail, 0) == 4) {
        read_plain_number(t, 4, digits_value(tail, 0, 4));
        if (tail.len == 5 && tail.ptr[4] == 's') {
            t->classes = WHEN_BIT(DECADE);
        }
    }
}

static bool begins_upper(span form) {
    u32 size;
    return form.len > 0 && utf8_is_upper(utf8_decode(form, 0, &size));
}

static void read_token(const when_lexicon *lexicon, const report *r, u32 at, u32 limit, when_token *t) {
    span form = report_form(r, at);
    *t = (when_token){.words = map_find(&lexicon->first, r->tokens.items[at].lower), .holiday = NONE};
    for (u32 e = t->words; e != NONE; e = lexicon->words.items[e].next) {
        t->classes |= 1ull << lexicon->words.items[e].class;
    }
    if (!begins_upper(form)) {
        t->classes &= ~(WHEN_BIT(MONTH) | WHEN_BIT(IRANIAN) | WHEN_BIT(WEEKDAY) | WHEN_BIT(WEEKDAYS));
    } else {
        when_find_holiday(lexicon, r, at, limit, t);
    }
    size_t digits = count_digits(form, 0);
    if (digits > 0 && digits <= 9) {
        if (digits == form.len) {
            read_plain_number(t, digits, digits_value(form, 0, digits));
        } else {
            read_marked_number(lexicon, r, form, digits, t);
        }
    } else if (form.len == 3 && form.ptr[0] == '\'' && count_digits(form, 1) == 2) {
        t->number = digits_value(form, 1, 2);
        t->classes |= WHEN_BIT(SHORTYEAR);
    } else if (form.len == 4 && form.ptr[0] == '\'' && count_digits(form, 1) == 2 && form.ptr[2] == '0' && form.ptr[3] == 's') {
        t->number = digits_value(form, 1, 2);
        t->classes |= WHEN_BIT(DECADE);
    } else if (t->words == NONE && form.len > 3 && form.len < 40 && memchr(form.ptr, '-', form.len) != NULL) {
        read_hyphened(lexicon, r, form, t);
    }
}

void when_read_tokens(const when_lexicon *lexicon, const report *r, when_token *out) {
    for (u32 s = 0; s < r->sentences.count; s++) {
        for (u32 i = r->sentences.items[s].first_token; i < r->sentences.items[s].end_token; i++) {
            read_token(lexicon, r, i, r->sentences.items[s].end_token, &out[i]);
        }
    }
}

u64 when_classes_of(const when_lexicon *lexicon, symbol word) {
    u64 classes = 0;
    for (u32 e = map_find(&lexicon->first, word); e != NONE; e = lexicon->words.items[e].next) {
        classes |= 1ull << lexicon->words.items[e].class;
    }
    return classes;
}

i32 when_value(const when_lexicon *lexicon, const when_token *t, when_class class) {
    for (u32 e = t->words; e != NONE; e = lexicon->words.items[e].next) {
        if (lexicon->words.items[e].class == class) {
            return lexicon->words.items[e].value;
        }
    }
    return t->number;
}

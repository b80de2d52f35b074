// SPDX-License-Identifier: Apache-2.0
/* In: text such as "Thu, 09 Jul 2020 10:00 GMT" or "/2020/07/09/".  Out: a calendar date.
 *
 * One scanner cuts the text into numbers and words; a date is three of them in one of four orders
 * (year-month-day, day-month-year, month-day-year, and all digits in one).  "07/09/2020" has two
 * readings and is passed over, "07/19/2020" has one.  Only dates with a year are found: a report's
 * own day is nearly always written in full. */
#include "read/date.h"

#include "read/fold.h"

bool date_is_real(calendar_date date) {
    if (date.year < 1800 || date.year > 2199 || date.month > 12 || (date.month == 0 && date.day != 0)) {
        return false;
    }
    return date.day == 0 || calendar_is_date(date.year, date.month, date.day);
}

span date_print(calendar_date date, char out[11]) {
    char text[40];
    int size = snprintf(text, sizeof text,
                        date.month == 0 ? "%04d"
                        : date.day == 0 ? "%04d-%02d"
                                        : "%04d-%02d-%02d",
                        date.year, date.month, date.day);
    memcpy(out, text, (size_t)size + 1);
    return (span){out, (size_t)size};
}

/* A number or a word of the text being scanned. */
typedef struct {
    size_t start, end;
    u32 number; /* digits only; at most eight are read */
    u32 digits; /* how many; 0: a word */
} piece;

static bool next_piece(span text, size_t *at, piece *out) {
    size_t i = *at;
    while (i < text.len && !ascii_is_alnum((unsigned char)text.ptr[i])) {
        i++;
    }
    if (i == text.len) {
        return false;
    }
    *out = (piece){.start = i};
    if (ascii_is_digit((unsigned char)text.ptr[i])) {
        for (; i < text.len && ascii_is_digit((unsigned char)text.ptr[i]); i++) {
            if (out->digits < 8) {
                out->number = out->number * 10 + (u32)(text.ptr[i] - '0');
            }
            out->digits++;
        }
    } else {
        while (i < text.len && ascii_is_alpha((unsigned char)text.ptr[i])) {
            i++;
        }
    }
    out->end = *at = i;
    return true;
}

static u32 month_of(const read_tables *tables, span text, const piece *p) {
    if (p->digits > 0 || p->end - p->start > 12) {
        return 0;
    }
    char buffer[64];
    u32 month = map_find(&tables->months, read_hash(fold(span_cut(text, p->start, p->end), buffer, sizeof buffer)));
    return month == NONE ? 0 : month;
}

static bool is_year(const piece *p) { return p->digits == 4 && p->number >= 1800 && p->number < 2200; }
static bool is_day(const piece *p) { return (p->digits == 1 || p->digits == 2) && p->number >= 1 && p->number <= 31; }

/* The letters of "9th": a word right behind a day number. */
static bool is_ordinal(const piece *number, const piece *word) {
    return number->digits > 0 && word->digits == 0 && word->start == number->end && word->end - word->start == 2;
}

/* All in digits: year first, or day and month in the one order that is possible. */
static bool take_numeric(const piece p[3], span text, calendar_date *date) {
    char between = text.ptr[p[0].end];
    if (p[1].start != p[0].end + 1 || p[2].start != p[1].end + 1 || text.ptr[p[1].end] != between ||
        memchr("-/._", between, 4) == NULL || p[1].digits == 0 || p[2].digits == 0) {
        return false;
    }
    if (is_year(&p[0]) && p[1].digits <= 2 && p[2].digits <= 2) {
        *date = (calendar_date){(i32)p[0].number, (i32)p[1].number, (i32)p[2].number};
    } else if (is_year(&p[2]) && is_day(&p[0]) && is_day(&p[1]) && (between == '.' || p[0].number > 12)) {
        *date = (calendar_date){(i32)p[2].number, (i32)p[1].number, (i32)p[0].number};
    } else if (is_year(&p[2]) && is_day(&p[0]) && p[1].digits == 2 && p[1].number > 12) {
        *date = (calendar_date){(i32)p[2].number, (i32)p[0].number, (i32)p[1].number};
    } else {
        return false;
    }
    return date->month > 0 && date->day > 0 && date_is_real(*date);
}

/* One of the three is a month's name. */
static bool take_worded(const read_tables *tables, const piece p[3], span text, calendar_date *date) {
    if (p[2].start - p[0].end > 24 || !(is_year(&p[2]) || is_year(&p[0]))) {
        return false;
    }
    u32 first = month_of(tables, text, &p[0]), second = month_of(tables, text, &p[1]);
    if (first > 0 && is_day(&p[1]) && is_year(&p[2])) {
        *date = (calendar_date){(i32)p[2].number, (i32)first, (i32)p[1].number};
    } else if (second > 0 && is_day(&p[0]) && is_year(&p[2])) {
        *date = (calendar_date){(i32)p[2].number, (i32)second, (i32)p[0].number};
    } else if (second > 0 && is_year(&p[0]) && is_day(&p[2])) {
        *date = (calendar_date){(i32)p[0].number, (i32)second, (i32)p[2].number};
    } else {
        return false;
    }
    return date_is_real(*date);
}

static bool take_compact(const piece *p, calendar_date *date) {
    *date = (calendar_date){(i32)(p->number / 10000), (i32)(p->number / 100 % 100), (i32)(p->number % 100)};
    return p->digits == 8 && date->year >= 1900 && date->month > 0 && date->day > 0 && date_is_real(*date);
}

bool date_find(const read_tables *tables, span text, calendar_date *date, size_t *start, size_t *end) {
    piece p[3];
    size_t at = 0;
    u32 have = 0;
    while (next_piece(text, &at, &p[have])) {
        if (have > 0 && is_ordinal(&p[have - 1], &p[have]) && month_of(tables, text, &p[have]) == 0) {
            /* "T10:00" behind a bare day is no ordinal, but it ends the date all the same */
            p[have - 1].end = p[have].end;
            continue;
        }
        bool compact = take_compact(&p[have], date);
        if (compact) {
            *start = p[have].start;
            *end = p[have].end;
            return true;
        }
        if (have < 2) {
            have++;
            continue;
        }
        if (take_numeric(p, text, date) || take_worded(tables, p, text, date)) {
            *start = p[0].start;
            *end = p[2].end;
            return true;
        }
        p[0] = p[1];
        p[1] = p[2];
    }
    return false;
}

bool date_find_in_url(const read_tables *tables, span url, calendar_date *date) {
    size_t start, end;
    const char *query = url.len ? memchr(url.ptr, '?', url.len) : NULL;
    if (query != NULL) {
        url.len = (size_t)(query - url.ptr);
    }
    return date_find(tables, url, date, &start, &end);
}

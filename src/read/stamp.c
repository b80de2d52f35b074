// SPDX-License-Identifier: Apache-2.0
/* In: "Thu, 02 May 2024 23:30:00 -0500".   Out: day 2 May 2024, and the second in UTC (04:30 on 3 May).
 *
 * The forms have the same parts in several orders, so the parts are told by their looks: a number with a
 * colon is the time, a sign or a zone's letters behind it the zone, a word that begins like a month the
 * month, a number of four digits the year, and of the other numbers the first is the day and the second
 * a year of two digits.  The day is kept as written: a report dated late in the evening in New York is of
 * that day for its readers, and "on Thursday" in it counts from there.  Month and zone names are those of
 * the formats, the same in every language. */
#include "read/stamp.h"

typedef struct {
    span text;
    size_t at;
    i32 year, month, day;       /* 0: not seen */
    i32 hour, minute, second;
    i32 zone;                   /* minutes east of UTC */
    bool has_time, has_day, has_year;
} reader;

static i32 read_number(reader *r, u32 *digits) {
    i32 value = 0;
    for (*digits = 0; r->at < r->text.len && ascii_is_digit((unsigned char)r->text.ptr[r->at]); r->at++) {
        value = *digits < 8 ? value * 10 + (r->text.ptr[r->at] - '0') : value;
        ++*digits;
    }
    return value;
}

static char here(const reader *r) { return r->at < r->text.len ? r->text.ptr[r->at] : '\0'; }

/* The rest of "23:30:00.5" behind its hour. */
static void read_time(reader *r, i32 hour) {
    u32 digits;
    r->hour = hour;
    r->has_time = true;
    r->at++;
    r->minute = read_number(r, &digits);
    if (here(r) == ':') {
        r->at++;
        r->second = read_number(r, &digits);
    }
    if (here(r) == '.' || here(r) == ',') {
        r->at++;
        read_number(r, &digits);
    }
}

/* "-0500", "-05:00", "+1". */
static void read_offset(reader *r) {
    i32 sign = here(r) == '-' ? -1 : 1;
    u32 digits;
    r->at++;
    i32 value = read_number(r, &digits);
    if (digits > 2) {
        value = value / 100 * 60 + value % 100;
    } else {
        value *= 60;
        if (here(r) == ':') {
            r->at++;
            value += read_number(r, &digits);
        }
    }
    r->zone = value <= 14 * 60 ? sign * value : 0;
}

static void take_number(reader *r, i32 value, u32 digits) {
    if (digits >= 3 && !r->has_year) {
        r->year = digits == 3 ? value + 1900 : value;
        r->has_year = true;
    } else if (!r->has_day) {
        r->day = value;
        r->has_day = true;
    } else if (!r->has_year) {
        r->year = value + (value < 50 ? 2000 : 1900);
        r->has_year = true;
    }
}

static bool is_three(span word, const char *lower) {
    return ascii_to_lower(word.ptr[0]) == lower[0] && ascii_to_lower(word.ptr[1]) == lower[1] &&
           ascii_to_lower(word.ptr[2]) == lower[2];
}

static void take_word(reader *r, span word) {
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    static const struct {
        const char *name;
        i32 minutes;
    } zones[] = {{"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300},
                 {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}};
    for (i32 i = 0; i < 12 && word.len >= 3 && r->month == 0; i++) {
        r->month = is_three(word, months + i * 3) ? i + 1 : 0;
    }
    for (size_t i = 0; i < COUNT_OF(zones) && word.len == 3; i++) {
        r->zone = r->has_time && is_three(word, zones[i].name) ? zones[i].minutes : r->zone;
    }
}

/* The parts in whatever order; the date of an ISO form is known by now. */
static void read_parts(reader *r) {
    while (r->at < r->text.len) {
        char c = here(r);
        size_t start = r->at;
        u32 digits;
        if (ascii_is_digit((unsigned char)c)) {
            i32 value = read_number(r, &digits);
            if (here(r) == ':' && !r->has_time) {
                read_time(r, value);
            } else {
                take_number(r, value, digits);
            }
        } else if (ascii_is_alpha((unsigned char)c)) {
            while (ascii_is_alpha((unsigned char)here(r))) {
                r->at++;
            }
            take_word(r, span_cut(r->text, start, r->at));
        } else if (r->has_time && (c == '+' || c == '-')) {
            read_offset(r);
        } else {
            r->at++;
        }
    }
}

bool stamp_read(span text, stamp *out) {
    reader r = {.text = span_trim(text)};
    if (r.text.len > 80) {
        return false;
    }
    i32 day = calendar_parse_iso(r.text);
    if (day != DAY_UNKNOWN) {
        r.at = 10;
        r.has_day = r.has_year = true;
        r.month = 1;
        read_parts(&r);
    } else {
        read_parts(&r);
        if (!r.has_year || !calendar_is_date(r.year, r.month, r.day) || r.year < 1900 || r.year > 2199) {
            return false;
        }
        day = calendar_day(r.year, r.month, r.day);
    }
    if (r.hour > 24 || r.minute > 59 || r.second > 60) {
        return false;
    }
    *out = (stamp){day, (i64)day * 86400 + r.hour * 3600 + r.minute * 60 + r.second - r.zone * 60};
    return true;
}

// SPDX-License-Identifier: Apache-2.0
/* In: year, month, day.  Out: one integer, and back.
 *
 * The year is made to begin in March, so that the leap day is its last; then months have the
 * lengths 31 30 31 30 31 in turn and (153 m + 2) / 5 counts the days before month m.  400 years
 * have 146,097 days.  (E. G. Richards, "Calendars", in the Explanatory Supplement to the
 * Astronomical Almanac, 3rd ed., 2013.)  "9 July 2020" is day 18,452, a Thursday. */
#include "base/calendar.h"

static i64 floor_divide(i64 a, i64 b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

i32 calendar_day(i32 year, i32 month, i32 day) {
    i64 months = (i64)month - 1;
    i64 y = year + floor_divide(months, 12);
    i64 m = months - floor_divide(months, 12) * 12 + 1;
    y -= m <= 2;
    i64 era = floor_divide(y, 400), in_era = y - era * 400;
    i64 in_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + day - 1;
    i64 days = era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
    return days < INT32_MIN + 1 ? INT32_MIN + 1 : days > INT32_MAX - 1 ? INT32_MAX - 1 : (i32)days;
}

calendar_date calendar_date_of(i32 day) {
    i64 z = (i64)day + 719468;
    i64 era = floor_divide(z, 146097), in_era = z - era * 146097;
    i64 year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    i64 in_year = in_era - (365 * year + year / 4 - year / 100);
    i64 m = (5 * in_year + 2) / 153;
    calendar_date date = {.day = (i32)(in_year - (153 * m + 2) / 5 + 1), .month = (i32)(m < 10 ? m + 3 : m - 9)};
    date.year = (i32)(year + era * 400 + (date.month <= 2));
    return date;
}

i32 calendar_weekday(i32 day) {
    i64 since_monday = (i64)day + 3; /* 1970-01-01 was a Thursday */
    return (i32)(since_monday - floor_divide(since_monday, 7) * 7) + 1;
}

i32 calendar_days_in_month(i32 year, i32 month) {
    return calendar_day(year, month + 1, 1) - calendar_day(year, month, 1);
}

bool calendar_is_date(i32 year, i32 month, i32 day) {
    return month >= 1 && month <= 12 && day >= 1 && day <= calendar_days_in_month(year, month);
}

i32 calendar_add_months(i32 day, i32 months) {
    calendar_date d = calendar_date_of(day);
    i64 month = (i64)d.month + months;
    if (month > 1000000 || month < -1000000) {
        return day;
    }
    i32 room = calendar_days_in_month(d.year, (i32)month);
    return calendar_day(d.year, (i32)month, d.day < room ? d.day : room);
}

/* The Gregorian rule in the form of J. Meeus, "Astronomical Algorithms", 2nd ed., chapter 8. */
i32 calendar_easter(i32 year) {
    i32 a = year % 19, b = year / 100, c = year % 100;
    i32 d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    i32 h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    i32 l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    i32 n = h + l - 7 * m + 114;
    return calendar_day(year, n / 31, n % 31 + 1);
}

static bool read_digits(span text, size_t at, size_t count, i32 *value) {
    *value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= text.len || !ascii_is_digit(text.ptr[i])) {
            return false;
        }
        *value = *value * 10 + (text.ptr[i] - '0');
    }
    return true;
}

/* The Julian rule (Meeus, chapter 8), moved by the days between the calendars in that century. */
i32 calendar_orthodox_easter(i32 year) {
    i32 d = (19 * (year % 19) + 15) % 30, e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    i32 month = (d + e + 114) / 31, day = (d + e + 114) % 31 + 1;
    return calendar_day(year, month, day) + year / 100 - year / 400 - 2;
}

/* Eight leap years in 33; six months of 31 days, then months of 30. */
i32 calendar_iranian_day(i32 year, i32 month, i32 day) {
    i64 years = (i64)year - 1, before = month <= 7 ? 31 * (month - 1) : 30 * (month - 1) + 6;
    return (i32)(365 * years + floor_divide(8 * years + 29, 33) - 492268 + before + day - 1);
}

i32 calendar_parse_iso(span text) {
    i32 year, month, day;
    bool shaped = text.len >= 10 && text.ptr[4] == '-' && text.ptr[7] == '-' && read_digits(text, 0, 4, &year) &&
                  read_digits(text, 5, 2, &month) && read_digits(text, 8, 2, &day) &&
                  !(text.len > 10 && ascii_is_digit(text.ptr[10]));
    return shaped && calendar_is_date(year, month, day) ? calendar_day(year, month, day) : DAY_UNKNOWN;
}

bool calendar_read_part(span text, bool last, i32 *day) {
    i32 part[3] = {0, 1, 1};
    u32 parts = 0;
    bool more = text.len > 0;
    while (more && parts < 3) {
        more = memchr(text.ptr, '-', text.len) != NULL;
        span field = span_next_field(&text, '-');
        if (field.len != (parts == 0 ? 4u : 2u)) {
            return false;
        }
        part[parts] = 0;
        for (size_t i = 0; i < field.len; i++) {
            if (!ascii_is_digit(field.ptr[i])) {
                return false;
            }
            part[parts] = part[parts] * 10 + (field.ptr[i] - '0');
        }
        parts++;
    }
    if (parts == 0 || more || !calendar_is_date(part[0], part[1], part[2])) {
        return false;
    }
    i32 first = calendar_day(part[0], part[1], part[2]);
    *day = !last || parts == 3 ? first : calendar_add_months(first, parts == 2 ? 1 : 12) - 1;
    return true;
}

span calendar_print(i32 day, char out[16]) {
    calendar_date d = calendar_date_of(day);
    const char *sign = d.year < 0 ? "-" : "";
    int size = snprintf(out, 16, "%s%04u-%02u-%02u", sign, (unsigned)(d.year < 0 ? -d.year : d.year) % 10000000u,
                        (unsigned)d.month % 100u, (unsigned)d.day % 100u);
    return (span){out, size > 0 && size < 16 ? (size_t)size : 0};
}

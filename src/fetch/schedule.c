// SPDX-License-Identifier: Apache-2.0
/* In: polled at 10:00, every 30 minutes, "Cache-Control: max-age=3600", skipHours 11.   Out: 12:00.
 *
 * A wish can only make the wait longer, and only up to a cap: a slip of a server's keeper (max-age of a
 * year) must not silence a feed for ever. */
#include "fetch/schedule.h"

#include "read/stamp.h"

static i64 longer(i64 a, i64 b) { return a > b ? a : b; }
static i64 shorter(i64 a, i64 b) { return a < b ? a : b; }

i64 schedule_skip(i64 at, u32 hours, u32 days) {
    i64 moment = at;
    for (u32 step = 0; step < 24 * 8; step++) {
        i64 hour = moment / HOUR;
        u32 hour_of_day = (u32)(hour % 24), day_of_week = (u32)((hour / 24 + 3) % 7); /* day 0 was a Thursday */
        if ((hours >> hour_of_day & 1) == 0 && (days >> day_of_week & 1) == 0) {
            return moment;
        }
        moment = (hour + 1) * HOUR;
    }
    return at;
}

i64 schedule_next(i64 now, i64 every, const schedule_wishes *wishes) {
    i64 wish = longer(longer(wishes->max_age, wishes->retry_after), wishes->ttl);
    i64 at = now + longer(every, shorter(wish, SCHEDULE_WISH_CAP));
    return schedule_skip(at, wishes->skip_hours, wishes->skip_days);
}

i64 schedule_retry(i64 now, i64 first, u32 failures, i64 retry_after) {
    i64 wait = first;
    for (u32 i = 1; i < failures && wait < SCHEDULE_BACKOFF_CAP; i++) {
        wait *= 2;
    }
    wait = shorter(wait, longer(first, SCHEDULE_BACKOFF_CAP));
    return now + longer(wait, shorter(retry_after, SCHEDULE_WISH_CAP));
}

/* A run of digits; SCHEDULE_UNSAID when there is none, INT32_MAX when it is longer than that. */
static i64 read_digits(span text, size_t *at) {
    i64 value = SCHEDULE_UNSAID;
    for (; *at < text.len && ascii_is_digit((unsigned char)text.ptr[*at]); ++*at) {
        value = shorter(longer(value, 0) * 10 + (text.ptr[*at] - '0'), INT32_MAX);
    }
    return value;
}

i64 schedule_read_retry_after(span header, i64 now) {
    size_t at = 0;
    stamp when;
    header = span_trim(header);
    i64 seconds = read_digits(header, &at);
    if (seconds >= 0 && at == header.len) {
        return seconds * SECOND;
    }
    return stamp_read(header, &when) ? longer(when.seconds * SECOND - now, 0) : SCHEDULE_UNSAID;
}

i64 schedule_read_max_age(span header) {
    static const char key[] = "max-age=";
    i64 age = SCHEDULE_UNSAID;
    while (header.len > 0) {
        span part = span_trim(span_next_field(&header, ','));
        if (starts_caseless(part, SPAN("no-store")) || starts_caseless(part, SPAN("no-cache"))) {
            return 0;
        }
        if (starts_caseless(part, span_of(key))) {
            size_t at = sizeof key - 1;
            at += at < part.len && part.ptr[at] == '"';
            i64 seconds = read_digits(part, &at);
            age = seconds >= 0 ? seconds * SECOND : age;
        }
    }
    return age;
}

bool schedule_read_length(span text, i64 unit, i64 *length) {
    static const struct {
        const char *name;
        i64 unit;
    } units[] = {{"ms", 1}, {"s", SECOND}, {"m", MINUTE}, {"min", MINUTE}, {"h", HOUR}, {"d", DAY}};
    size_t at = 0;
    text = span_trim(text);
    i64 value = read_digits(text, &at);
    span name = span_trim(span_cut(text, at, text.len));
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        unit = span_eq(name, span_of(units[i].name)) ? units[i].unit : unit;
        name.len = span_eq(name, span_of(units[i].name)) ? 0 : name.len;
    }
    *length = value * unit;
    return value >= 0 && name.len == 0 && value <= 365 * DAY / unit;
}

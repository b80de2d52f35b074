// SPDX-License-Identifier: Apache-2.0
/* In: an expression with what its pattern captured, the day of the report, the last date told.
 * Out: first and last day.
 *
 * "On Friday" is the last Friday on or before the report's day, "will meet on Friday" the first
 * on or after it; "July 9" likewise takes the year that puts it behind, or ahead, of the report.
 * "The next day" counts from the last date of the story.  A report of the distant past ("On 7
 * August British troops landed" in a history of 1914) takes missing years from the story. */
#include "when/resolve.h"

#include "base/calendar.h"

static timex days(i32 start, i32 last, grain g) { return (timex){.start = start, .last = last, .grain = (u8)g}; }
static timex vague(void) { return (timex){.start = DAY_UNKNOWN, .last = INT32_MAX, .grain = GRAIN_VAGUE}; }
static timex month_of(i32 year, i32 month) {
    i32 start = calendar_day(year, month, 1);
    return days(start, calendar_day(year, month + 1, 1) - 1, GRAIN_MONTH);
}
static timex years(i32 first, i32 last) {
    return days(calendar_day(first, 1, 1), calendar_day(last + 1, 1, 1) - 1, first == last ? GRAIN_YEAR : GRAIN_INTERVAL);
}
static bool has(const when_expression *x, u64 classes) { return (x->has & classes) != 0; }
static i32 get(const when_expression *x, when_class class) { return when_caught(x, class); }

static i32 base_day(const when_context *c) {
    return c->historic && c->story.start != DAY_UNKNOWN ? c->story.start : c->today;
}
static i32 story_day(const when_context *c) { return c->story.start != DAY_UNKNOWN ? c->story.start : c->today; }

/* ------------------------------------------------------------------ units */

/* The unit as its letter; a night or weekend counts as day and week. */
static i32 unit_of(const when_expression *x) {
    static const when_class classes[] = {WHEN_UNIT, WHEN_QUARTER, WHEN_WEEKEND, WHEN_NIGHT};
    for (u32 i = 0; i < COUNT_OF(classes); i++) {
        if (has(x, 1ull << classes[i])) {
            return get(x, classes[i]);
        }
    }
    return 'd';
}

static i32 clamp(i64 day) { return day <= INT32_MIN / 2 ? INT32_MIN / 2 : day >= INT32_MAX / 2 ? INT32_MAX / 2 : (i32)day; }

/* `day` moved by `count` units. */
static i32 move(i32 day, i32 count, i32 unit) {
    if (day == DAY_UNKNOWN || count > 100000 || count < -100000) {
        return day;
    }
    switch (unit) {
    case 'w': return clamp((i64)day + 7 * count);
    case 'f': return clamp((i64)day + 14 * count);
    case 'm': return calendar_add_months(day, count);
    case 'q': return calendar_add_months(day, 3 * count);
    case 'y': return calendar_add_months(day, 12 * count);
    case 'D': return calendar_add_months(day, 120 * (count % 10000));
    case 'C': return calendar_add_months(day, 1200 * (count % 1000));
    case 'd': return clamp((i64)day + count);
    case 'h': return clamp((i64)day + count / 24);
    default: return day;
    }
}

/* The calendar unit that holds `day`. */
static timex unit_at(i32 day, i32 unit) {
    if (day == DAY_UNKNOWN) {
        return vague();
    }
    calendar_date d = calendar_date_of(day);
    i32 monday = day - calendar_weekday(day) + 1, start;
    switch (unit) {
    case 'w':
    case 'f': return days(monday, monday + 6, GRAIN_WEEK);
    case 'm': return month_of(d.year, d.month);
    case 'q': start = calendar_day(d.year, (d.month - 1) / 3 * 3 + 1, 1);
        return days(start, calendar_add_months(start, 3) - 1, GRAIN_INTERVAL);
    case 'y': return years(d.year, d.year);
    case 'D': return years(d.year - d.year % 10, d.year - d.year % 10 + 9);
    case 'C': return years(d.year - d.year % 100, d.year - d.year % 100 + 99);
    default: return days(day, day, GRAIN_DAY);
    }
}

static i32 count_of(const when_expression *x) {
    return has(x, WHEN_BIT(COUNT)) ? get(x, WHEN_COUNT) : has(x, WHEN_BIT(SOME)) ? get(x, WHEN_SOME) : 1;
}

/* One third of a span of days: "early 2015", "mid-July", "the end of May".  Nobody knows where early
 * ends, so a month or a year is still written as that. */
static timex third(timex t, i32 part) {
    if (t.grain == GRAIN_VAGUE || t.start == DAY_UNKNOWN || t.last == INT32_MAX || t.start == t.last) {
        return t;
    }
    i32 size = t.last - t.start + 1, one = size / 3, two = size - size / 3;
    grain whole = t.grain == GRAIN_MONTH || t.grain == GRAIN_YEAR ? (grain)t.grain : GRAIN_INTERVAL;
    if (part == 1) {
        return days(t.start, t.start + one, whole);
    }
    return part == 2 ? days(t.start + one, t.start + two, whole) : days(t.start + two, t.last, whole);
}

/* ------------------------------------------------------------------ calendar dates */

static i32 year_of(const when_context *c, const when_expression *x) {
    i32 year = DAY_UNKNOWN, counted = has(x, WHEN_BIT(SAME)) ? story_day(c) : base_day(c);
    if (has(x, WHEN_BIT(YEAR))) {
        year = get(x, WHEN_YEAR);
    } else if (has(x, WHEN_BIT(ERA)) && has(x, WHEN_BIT(COUNT))) {
        year = get(x, WHEN_COUNT);
    } else if (has(x, WHEN_BIT(SHORTYEAR))) {
        i32 now = c->today != DAY_UNKNOWN ? calendar_date_of(c->today).year : 2000;
        year = now - now % 100 + get(x, WHEN_SHORTYEAR);
        year -= year > now + 5 ? 100 : 0;
    } else if (has(x, WHEN_BIT(SAME) | WHEN_BIT(THIS)) && counted != DAY_UNKNOWN) {
        year = calendar_date_of(counted).year;
    } else if (has(x, WHEN_BIT(UNIT)) && story_day(c) != DAY_UNKNOWN) {
        year = calendar_date_of(story_day(c)).year; /* "in May of that year" */
    }
    return year != DAY_UNKNOWN && has(x, WHEN_BIT(ERA)) && get(x, WHEN_ERA) < 0 ? 1 - year : year;
}

/* The year for a month (and day) that came without one. */
static i32 guess_year(const when_context *c, i32 month, i32 day) {
    i32 from = base_day(c);
    if (from == DAY_UNKNOWN) {
        return c->story.start != DAY_UNKNOWN ? calendar_date_of(c->story.start).year : DAY_UNKNOWN;
    }
    i32 year = calendar_date_of(from).year;
    i32 first = calendar_day(year, month, day ? day : 1), last = day ? first : calendar_day(year, month + 1, 1) - 1;
    if (c->historic) {
        return last < from - 210 ? year + 1 : first > from + 300 ? year - 1 : year;
    }
    if (c->ahead) {
        return last < from ? year + 1 : year;
    }
    i32 soon = day ? 31 : 45; /* days ahead that need no "will" when the other choice is most of a year back */
    if (first > from) {
        return first <= from + soon ? year : year - 1;
    }
    bool again = last < from && calendar_day(year + 1, month, day ? day : 1) <= from + soon;
    return again ? year + 1 : year;
}

static timex resolve_date(const when_context *c, const when_expression *x) {
    i32 day = has(x, WHEN_BIT(DAY)) ? get(x, WHEN_DAY) : has(x, WHEN_BIT(ORDINAL)) ? get(x, WHEN_ORDINAL) : 0;
    i32 year = year_of(c, x);
    if (!has(x, WHEN_BIT(MONTH))) {
        return year != DAY_UNKNOWN ? years(year, year) : vague();
    }
    i32 month = get(x, WHEN_MONTH);
    year = year != DAY_UNKNOWN ? year : guess_year(c, month, day);
    if (year == DAY_UNKNOWN) {
        return vague();
    }
    if (day == 0) {
        return month_of(year, month);
    }
    if (!calendar_is_date(year, month, day)) {
        return vague();
    }
    i32 at = calendar_day(year, month, day);
    return days(at, at, GRAIN_DAY);
}

/* "Tir 18, 1399" */
static timex resolve_iranian(const when_context *c, const when_expression *x) {
    (void)c;
    i32 year = get(x, WHEN_YEAR), month = get(x, WHEN_IRANIAN), day = get(x, WHEN_DAY);
    if (!has(x, WHEN_BIT(DAY))) {
        i32 next = month == 12 ? calendar_iranian_day(year + 1, 1, 1) : calendar_iranian_day(year, month + 1, 1);
        return days(calendar_iranian_day(year, month, 1), next - 1, GRAIN_INTERVAL);
    }
    i32 at = calendar_iranian_day(year, month, day);
    return days(at, at, GRAIN_DAY);
}

static timex resolve_numeric(const when_context *c, const when_expression *x) {
    (void)c;
    return days(get(x, WHEN_NUMERIC), get(x, WHEN_NUMERIC), GRAIN_DAY);
}

/* "the 13th", "16 of that month": a day of the story's month. */
static timex resolve_monthday(const when_context *c, const when_expression *x) {
    i32 from = story_day(c), day = has(x, WHEN_BIT(DAYTH)) ? get(x, WHEN_DAYTH) : get(x, WHEN_DAY);
    calendar_date d = from != DAY_UNKNOWN ? calendar_date_of(from) : (calendar_date){0};
    return calendar_is_date(d.year, d.month, day)
               ? days(calendar_day(d.year, d.month, day), calendar_day(d.year, d.month, day), GRAIN_DAY)
               : vague();
}

static timex resolve_decade(const when_context *c, const when_expression *x) {
    i32 first = get(x, WHEN_DECADE);
    if (first < 100) {
        i32 now = c->today != DAY_UNKNOWN ? calendar_date_of(c->today).year : 2000;
        first += now - now % 100;
        first -= first > now ? 100 : 0;
    }
    bool before = has(x, WHEN_BIT(ERA)) && get(x, WHEN_ERA) < 0;
    timex t = before ? years(-first - 8, 1 - first) : years(first, first + (first % 100 == 0 ? 99 : 9));
    return has(x, WHEN_BIT(EARLY)) ? third(t, get(x, WHEN_EARLY)) : t;
}

static timex resolve_century(const when_context *c, const when_expression *x) {
    (void)c;
    i32 first = (get(x, WHEN_ORDINAL) - 1) * 100;
    bool before = has(x, WHEN_BIT(ERA)) && get(x, WHEN_ERA) < 0;
    return before ? years(-first - 99, -first) : years(first, first + 99);
}

static timex resolve_quarter(const when_context *c, const when_expression *x) {
    i32 quarter = has(x, WHEN_BIT(QTR)) ? get(x, WHEN_QTR) : get(x, WHEN_ORDINAL), from = base_day(c), year = DAY_UNKNOWN;
    if (has(x, WHEN_BIT(YEAR))) {
        year = get(x, WHEN_YEAR);
    } else if (from != DAY_UNKNOWN) {
        year = calendar_date_of(from).year + (has(x, WHEN_BIT(SHIFT)) ? get(x, WHEN_SHIFT) % 2 : 0);
        year -= !has(x, WHEN_BIT(SHIFT)) && !c->ahead && calendar_day(year, quarter * 3 - 2, 1) > from - 45;
    }
    if (quarter < 1 || quarter > 4 || year == DAY_UNKNOWN) {
        return vague();
    }
    return unit_at(calendar_day(year, quarter * 3 - 2, 1), 'q');
}

/* ------------------------------------------------------------------ weekdays, seasons, holidays */

static timex resolve_weekday(const when_context *c, const when_expression *x) {
    i32 from = base_day(c), weekday = get(x, WHEN_WEEKDAY);
    if (has(x, WHEN_BIT(AFTER) | WHEN_BIT(BEFORE))) {
        from = story_day(c);
    }
    if (from == DAY_UNKNOWN) {
        return vague();
    }
    i32 back = (calendar_weekday(from) - weekday + 7) % 7, on = (weekday - calendar_weekday(from) + 7) % 7, day = from - back;
    i32 shift = has(x, WHEN_BIT(SHIFT)) ? get(x, WHEN_SHIFT) : has(x, WHEN_BIT(BEFORE)) ? -1 : has(x, WHEN_BIT(AFTER)) ? 1 : 0;
    if (shift > 0) {
        day = from + (on ? on : 7);
    } else if (shift < 0) {
        day = from - (back > 2 ? back : back + 7); /* the last two days are "on Thursday" or "yesterday" */
    } else if (c->names_today && on == 1) {
        day = from + 1; /* a report carried on past midnight: a day six days back it would call "last" */
    } else if (c->ahead || has(x, WHEN_BIT(THIS)) || (c->historic && back != 0)) {
        day = from + on;
    }
    return days(day, day, GRAIN_DAY);
}

/* Winter begins in December of the year before and bears the year in which it ends. */
static timex season_at(i32 year, i32 season) {
    i32 start = calendar_day(year, season * 3 - 3, 1);
    return days(start, calendar_add_months(start, 3) - 1, GRAIN_INTERVAL);
}

static timex resolve_season(const when_context *c, const when_expression *x) {
    i32 season = has(x, WHEN_BIT(SEASON)) ? get(x, WHEN_SEASON) : get(x, WHEN_FALL), year = year_of(c, x), from = base_day(c);
    if (year != DAY_UNKNOWN && has(x, WHEN_BIT(YEAR) | WHEN_BIT(ERA))) {
        return season_at(year, season);
    }
    if (has(x, WHEN_BIT(BEFORE) | WHEN_BIT(AFTER))) {
        from = story_day(c);
    }
    if (from == DAY_UNKNOWN) {
        return vague();
    }
    i32 shift = has(x, WHEN_BIT(SHIFT)) ? get(x, WHEN_SHIFT) : has(x, WHEN_BIT(BEFORE)) ? -1 : has(x, WHEN_BIT(AFTER)) ? 1 : 0;
    timex t = season_at(calendar_date_of(from).year + (season == 1 && calendar_date_of(from).month == 12), season);
    bool behind = shift < 0 || (shift == 0 && !c->ahead && !has(x, WHEN_BIT(THIS)) && !c->historic);
    i32 limit = shift < 0 ? t.last : t.start;
    if (behind && limit > from) {
        return season_at(calendar_date_of(t.last).year - 1, season);
    }
    return (shift > 0 || c->ahead) && t.start <= from ? season_at(calendar_date_of(t.last).year + 1, season) : t;
}

static timex resolve_holiday(const when_context *c, const when_expression *x) {
    const when_holiday *holiday = &c->lexicon->holidays.items[get(x, WHEN_HOLIDAY)];
    i32 from = base_day(c);
    i32 year = has(x, WHEN_BIT(YEAR)) ? get(x, WHEN_YEAR) : from != DAY_UNKNOWN ? calendar_date_of(from).year : DAY_UNKNOWN;
    if (year == DAY_UNKNOWN) {
        return vague();
    }
    i32 day = when_holiday_day(c->lexicon, holiday, year);
    if (!has(x, WHEN_BIT(YEAR)) && day != DAY_UNKNOWN) {
        bool ahead = c->ahead || (day > from && day <= from + 31);
        i32 other = ahead && day < from ? year + 1 : !ahead && day > from ? year - 1 : year;
        day = when_holiday_day(c->lexicon, holiday, other);
    }
    i32 last = day + holiday->days - 1;
    return day == DAY_UNKNOWN ? vague() : days(day, last, last == day ? GRAIN_DAY : GRAIN_INTERVAL);
}

/* ------------------------------------------------------------------ counted from the report or the story */

static timex resolve_deictic(const when_context *c, const when_expression *x) {
    i32 from = base_day(c), offset = get(x, WHEN_DEICTIC);
    offset += has(x, WHEN_BIT(UNIT)) ? offset : 0; /* the day before yesterday */
    return from == DAY_UNKNOWN ? vague() : days(from + offset, from + offset, GRAIN_DAY);
}

/* "last week", "this month", "earlier this year" */
static timex resolve_shift(const when_context *c, const when_expression *x) {
    i32 unit = unit_of(x), from = base_day(c), shift = has(x, WHEN_BIT(SHIFT)) ? get(x, WHEN_SHIFT) : 0;
    if (from == DAY_UNKNOWN) {
        return vague();
    }
    timex t = unit_at(move(from, shift, unit), unit);
    if (has(x, WHEN_BIT(WEEKEND))) {
        t.start += 5;
        t.grain = GRAIN_INTERVAL;
        i32 back = !has(x, WHEN_BIT(SHIFT) | WHEN_BIT(THIS)) && !c->ahead && t.start > from ? 7 : 0; /* "over the weekend" */
        t.start -= back;
        t.last -= back;
    }
    if (has(x, WHEN_BIT(COMPARED)) && shift == 0 && t.start <= from && from <= t.last) {
        grain whole = t.grain == GRAIN_MONTH || t.grain == GRAIN_YEAR ? (grain)t.grain : GRAIN_INTERVAL;
        return get(x, WHEN_COMPARED) == 1 ? days(t.start, from, t.start == from ? GRAIN_DAY : whole)
                                          : days(from, t.last, t.last == from ? GRAIN_DAY : whole);
    }
    return t;
}

/* "the last three days" end today, "the next two weeks" begin today. */
static timex resolve_last_units(const when_context *c, const when_expression *x) {
    i32 from = base_day(c), count = count_of(x);
    if (from == DAY_UNKNOWN || has(x, WHEN_BIT(SOME))) {
        return vague();
    }
    return get(x, WHEN_SHIFT) < 0 ? days(move(from, -count, unit_of(x)), from, GRAIN_INTERVAL)
                                  : days(from, move(from, count, unit_of(x)), GRAIN_INTERVAL);
}

/* "last May", "next July", "this March" */
static timex resolve_shift_month(const when_context *c, const when_expression *x) {
    i32 from = base_day(c), month = get(x, WHEN_MONTH);
    if (from == DAY_UNKNOWN) {
        return vague();
    }
    calendar_date d = calendar_date_of(from);
    i32 shift = has(x, WHEN_BIT(SHIFT)) ? get(x, WHEN_SHIFT) : 0;
    return month_of(d.year - (shift < 0 && month >= d.month) + (shift > 0 && month <= d.month), month);
}

static timex resolve_last_night(const when_context *c, const when_expression *x) {
    i32 from = base_day(c), shift = has(x, WHEN_BIT(SHIFT)) ? get(x, WHEN_SHIFT) : 0;
    return from == DAY_UNKNOWN ? vague() : days(from + shift, from + shift, GRAIN_DAY);
}

/* "the next day", "the previous week", "the day after": from the story's date. */
static timex resolve_step(const when_context *c, const when_expression *x) {
    i32 unit = unit_of(x);
    bool back = has(x, WHEN_BIT(BEFORE)) || (has(x, WHEN_BIT(STEP)) && get(x, WHEN_STEP) < 0);
    if (story_day(c) == DAY_UNKNOWN) {
        return vague();
    }
    i32 from = !back && unit == 'd' && c->story.last != INT32_MAX && c->story.start != DAY_UNKNOWN ? c->story.last : story_day(c);
    return unit_at(move(from, back ? -1 : 1, unit), unit);
}

static timex resolve_step_units(const when_context *c, const when_expression *x) {
    i32 from = story_day(c), count = count_of(x);
    if (from == DAY_UNKNOWN || has(x, WHEN_BIT(SOME))) {
        return vague();
    }
    return has(x, WHEN_BIT(BEFORE)) ? days(move(from, -count, unit_of(x)), from, GRAIN_INTERVAL)
                                    : days(from, move(from, count, unit_of(x)), GRAIN_INTERVAL);
}

/* "that day", "the same month", "11 a.m.": what the story has just dated. */
static timex resolve_anaphor(const when_context *c, const when_expression *x) {
    i32 unit = has(x, WHEN_BIT(UNIT) | WHEN_BIT(WEEKEND)) ? unit_of(x) : 'd';
    if (x->has == 0 && c->story.start != DAY_UNKNOWN && c->story.grain != GRAIN_DAY) {
        return c->story; /* "In 2015 ... at the time" */
    }
    i32 from = has(x, WHEN_BIT(THIS)) ? base_day(c) : story_day(c);
    if (from == DAY_UNKNOWN || (unit == 'd' && c->story.start != DAY_UNKNOWN && c->story.grain != GRAIN_DAY)) {
        return vague();
    }
    return unit_at(from, unit);
}

/* "two days ago" counts from the report, "three years later" from the last date told: without one nobody has said when. */
static timex resolve_ago(const when_context *c, const when_expression *x) {
    i32 step = get(x, WHEN_STEP), unit = unit_of(x), from = step == -1 ? base_day(c) : c->story.start;
    bool counted = has(x, WHEN_BIT(COUNT)) || (has(x, WHEN_BIT(ARTICLE)) && !has(x, WHEN_BIT(SOME)));
    if (from == DAY_UNKNOWN || !counted) {
        timex t = vague();
        t.last = step < 0 && c->today != DAY_UNKNOWN ? c->today : t.last;
        return t;
    }
    return unit_at(move(from, step < 0 ? -count_of(x) : count_of(x), unit), unit);
}

static timex resolve_ahead(const when_context *c, const when_expression *x) {
    i32 from = base_day(c);
    return from == DAY_UNKNOWN ? vague() : unit_at(move(from, count_of(x), unit_of(x)), unit_of(x));
}

static timex resolve_duration(const when_context *c, const when_expression *x) {
    (void)c;
    timex t = {.start = DAY_UNKNOWN, .last = INT32_MAX, .grain = GRAIN_VAGUE, .duration = true};
    bool counted = has(x, WHEN_BIT(COUNT)) || (has(x, WHEN_BIT(ARTICLE)) && !has(x, WHEN_BIT(SOME)));
    t.length = counted ? count_of(x) : 0;
    t.unit = has(x, WHEN_BIT(UNIT) | WHEN_BIT(QUARTER) | WHEN_BIT(WEEKEND) | WHEN_BIT(NIGHT)) ? (u8)unit_of(x) : 0;
    return t;
}

static timex resolve_vague(const when_context *c, const when_expression *x) {
    timex t = vague();
    i32 value = has(x, WHEN_BIT(VAGUE)) ? get(x, WHEN_VAGUE) : has(x, WHEN_BIT(SHIFT)) ? get(x, WHEN_SHIFT) : -1;
    t.start = value >= 0 && c->today != DAY_UNKNOWN ? c->today : t.start;
    t.last = value <= 0 && c->today != DAY_UNKNOWN ? c->today : t.last;
    return t;
}

/* ------------------------------------------------------------------ around another expression */

static timex resolve_by(const when_context *c, const when_expression *x, u8 meaning);

static i32 part_of(const when_expression *x) { return has(x, WHEN_BIT(PART)) ? get(x, WHEN_PART) : get(x, WHEN_EARLY); }

/* The halves of a year end with June, those of a month with its fifteenth day or so. */
static timex half(timex t, i32 part) {
    if (t.grain == GRAIN_VAGUE || t.last == INT32_MAX) {
        return t;
    }
    i32 last = t.grain == GRAIN_YEAR ? calendar_add_months(t.start, 6) - 1 : t.start + (t.last - t.start) / 2;
    return part == 1 ? days(t.start, last, GRAIN_INTERVAL) : days(last + 1, t.last, GRAIN_INTERVAL);
}

static timex resolve_part(const when_context *c, const when_expression *x) {
    timex t = resolve_by(c, x, x->inner);
    return has(x, WHEN_BIT(HALVES)) ? half(t, get(x, WHEN_HALVES)) : third(t, part_of(x));
}

static timex resolve_part_shift(const when_context *c, const when_expression *x) {
    timex t = has(x, WHEN_BIT(SHIFT) | WHEN_BIT(THIS)) ? resolve_shift(c, x) : resolve_anaphor(c, x);
    return has(x, WHEN_BIT(HALVES)) ? half(t, get(x, WHEN_HALVES)) : third(t, part_of(x));
}

static timex resolve_rest(const when_context *c, const when_expression *x) { return resolve_by(c, x, x->inner); }
static timex resolve_inside(const when_context *c, const when_expression *x) { return resolve_by(c, x, x->inner); }
/* "about two weeks", "nearly a month ago" */
static timex resolve_measure(const when_context *c, const when_expression *x) {
    return has(x, WHEN_BIT(STEP)) ? resolve_ago(c, x) : resolve_duration(c, x);
}
static timex resolve_often(const when_context *c, const when_expression *x) { return resolve_duration(c, x); }

static timex resolve_by(const when_context *c, const when_expression *x, u8 meaning) {
    switch (meaning) {
#define WHEN_MEANING_CASE(name) case MEANING_##name: return resolve_##name(c, x);
        WHEN_MEANING_LIST(WHEN_MEANING_CASE)
#undef WHEN_MEANING_CASE
    default: return vague();
    }
}

timex when_resolve(const when_context *context, const when_expression *x) {
    timex t = resolve_by(context, x, x->meaning);
    t.first = x->first;
    t.end = x->end;
    t.daypart = has(x, WHEN_BIT(DAYPART)) ? (u8)get(x, WHEN_DAYPART) : has(x, WHEN_BIT(NIGHT)) && !t.duration ? 4 : 0;
    return t;
}

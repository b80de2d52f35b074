// SPDX-License-Identifier: Apache-2.0
/* In: a timex.  Out: ISO 8601 text, cut to what is known: July 2020 is "2020-07", "between 2003
 * and 2011" is "2003/2011", "the spring of 2014" is "2014-03-01/2014-05-31", an open end is ".."
 * (ISO 8601-2). */
#include "base/calendar.h"
#include "when/when.h"

static span cut_to_grain(i32 day, u8 g, char out[16]) {
    span text = calendar_print(day, out);
    if (g == GRAIN_MONTH && text.len > 3) {
        text.len -= 3;
    } else if (g == GRAIN_YEAR && text.len > 6) {
        text.len -= 6;
    }
    return text;
}

static bool has_value(const timex *t) { return t->grain != GRAIN_VAGUE && !t->duration; }

span when_format_start(const timex *t, arena *memory) {
    char out[16];
    return has_value(t) && t->start != DAY_UNKNOWN ? arena_copy(memory, cut_to_grain(t->start, t->bounded ? t->start_grain : t->grain, out)) : (span){"", 0};
}

span when_format_last(const timex *t, arena *memory) {
    char out[16];
    return has_value(t) && t->last != INT32_MAX ? arena_copy(memory, cut_to_grain(t->last, t->bounded ? t->last_grain : t->grain, out)) : (span){"", 0};
}

span when_format(const timex *t, arena *memory) {
    if (!has_value(t) || (t->start == DAY_UNKNOWN && t->last == INT32_MAX)) {
        return (span){"", 0};
    }
    if (t->grain == GRAIN_DAY || t->grain == GRAIN_MONTH || t->grain == GRAIN_YEAR) {
        return when_format_start(t, memory);
    }
    char first[16], last[16], both[40];
    span a = t->start != DAY_UNKNOWN ? cut_to_grain(t->start, t->start_grain, first) : SPAN("..");
    span b = t->last != INT32_MAX ? cut_to_grain(t->last, t->last_grain, last) : SPAN("..");
    int size = snprintf(both, sizeof both, "%.*s/%.*s", (int)a.len, a.ptr, (int)b.len, b.ptr);
    return arena_copy(memory, (span){both, size > 0 ? (size_t)size : 0});
}

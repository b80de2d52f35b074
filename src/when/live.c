// SPDX-License-Identifier: Apache-2.0
/* In: the sentences and blocks of a report.  Out: where a live report begins, one that tells the day as it goes by.
 *
 *     08:10 Good morning.
 *     12:20 Russia offers to mediate.        of the report's day, though told in the present
 *     13.40 Shells fell on the bridge.
 *
 * A live report has a clock before many of its paragraphs; from the first of these on each deed that names no other
 * time is of the report's day.  The clock itself counts from that day, not from the last date told. */
#include "when/when.h"

#define LEAST_CLOCKS 3
#define PARAGRAPHS_A_CLOCK 3 /* at most, one with another */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* "8:10", "08.10": hours, a sign and two digits. */
static bool opens_with_clock(span text) {
    size_t hours = text.len > 5 && is_digit(text.ptr[0]) ? is_digit(text.ptr[1]) ? 2 : 1 : 0;
    if (hours == 0) {
        return false;
    }
    int hour = hours == 2 ? (text.ptr[0] - '0') * 10 + text.ptr[1] - '0' : text.ptr[0] - '0';
    const char *rest = text.ptr + hours;
    bool sign = rest[0] == ':' || rest[0] == '.';
    return hour < 24 && sign && rest[1] >= '0' && rest[1] < '6' && is_digit(rest[2]) && !is_digit(rest[3]);
}

static bool is_clocked(const report *r, u32 s) {
    bool first = s == 0 || r->sentences.items[s].block != r->sentences.items[s - 1].block;
    return first && opens_with_clock(report_cut(r, r->sentences.items[s].text));
}

u32 when_find_live(const report *r) {
    u32 clocks = 0, paragraphs = 0, from = NONE;
    for (u32 s = 0; s < r->sentences.count; s++) {
        bool clock = is_clocked(r, s);
        from = clock && from == NONE ? s : from;
        clocks += clock;
        paragraphs += from != NONE && (s == 0 || r->sentences.items[s].block != r->sentences.items[s - 1].block);
    }
    return clocks >= LEAST_CLOCKS && paragraphs <= clocks * PARAGRAPHS_A_CLOCK ? from : NONE;
}

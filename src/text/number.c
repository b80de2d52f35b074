// SPDX-License-Identifier: Apache-2.0
/* Numbers.  In: the offset of a digit.  Out: the number, and its unit as a word of its own.
 *
 *     1,000   7/9/2020   10:30   1990s   9th   713-853-3989      one token each
 *     10km -> 10 km      5-10 -> 5 (then - and 10)      969's -> 969 's      1590's -> 1590's */
#include "text/cut.h"

#include "text/chars.h"

#define GROUPS 6 /* of a telephone number */

static u32 digits_end(const cutter *c, u32 at, u32 end) {
    u32 size;
    while (char_kind_at(c->text, at, end, &size) == CHAR_DIGIT) {
        at += size;
    }
    return at;
}

/* Digits with . , : / between digits: amounts, dates, times. */
static u32 figure_end(const cutter *c, u32 at, u32 end) {
    for (;;) {
        at = digits_end(c, at, end);
        char b = cut_byte(c, at, end);
        if ((b != '.' && b != ',' && b != ':' && b != '/') || digits_end(c, at + 1, end) == at + 1) {
            return at;
        }
        at++;
    }
}

/* The end of "713-853-3989", "345-9945", "2020-07-09"; `start` when the hyphen parts a range. */
static u32 hyphened_end(const cutter *c, u32 start, u32 end) {
    u32 at = figure_end(c, start, end), groups = 1, first = at - start, last = 0;
    while (groups < GROUPS && cut_byte(c, at, end) == '-') {
        u32 next = digits_end(c, at + 1, end);
        if (next == at + 1) {
            return start;
        }
        last = next - at - 1;
        at = next;
        groups++;
    }
    bool slashed = memchr(c->text.ptr + start, '/', first) != NULL;
    bool telephone = groups == 2 && last == 4 && (first == 1 || first == 3 || first == 5 || slashed);
    return groups >= 3 || telephone ? at : start;
}

static bool is_unit(const cutter *c, u32 start, u32 end) {
    return lists_find(c->tables, span_cut(c->text, start, end)) & LIST_UNIT;
}

static u32 letters_end(const cutter *c, u32 at, u32 end) {
    u32 size;
    for (char_kind kind; kind = char_kind_at(c->text, at, end, &size),
                         kind == CHAR_LETTER || kind == CHAR_DIGIT || kind == CHAR_EXTEND;) {
        at += size;
    }
    return at;
}

/* "a.m." behind "5". */
static u32 day_half_end(const cutter *c, u32 at, u32 end) {
    char first = ascii_to_lower(cut_byte(c, at, end)), third = ascii_to_lower(cut_byte(c, at + 2, end));
    if ((first != 'a' && first != 'p') || cut_byte(c, at + 1, end) != '.' || third != 'm') {
        return at;
    }
    return cut_byte(c, at + 3, end) == '.' ? at + 4 : at + 3;
}

u32 cut_number(cutter *c, u32 start, u32 end) {
    u32 at = hyphened_end(c, start, end), size;
    if (at > start) {
        cut_emit(c, start, at, false);
        return at;
    }
    at = figure_end(c, start, end);
    u32 half = day_half_end(c, at, end), letters = letters_end(c, at, end);
    if (half > at) {
        cut_emit(c, start, at, false);
        cut_emit(c, at, half, false);
        return half;
    }
    if (letters > at && is_unit(c, at, letters)) {
        cut_emit(c, start, at, false);
        cut_emit(c, at, letters, false);
        return letters;
    }
    bool decade = letters == at && at - start >= 2 && at - start <= 4 && c->text.ptr[at - 1] == '0';
    if (char_kind_at(c->text, letters, end, &size) == CHAR_APOSTROPHE &&
        ascii_to_lower(cut_byte(c, letters + size, end)) == 's' && letters_end(c, letters + size, end) == letters + size + 1) {
        u32 stop = letters + size + 1;
        if (decade) {
            cut_emit(c, start, stop, false);
        } else {
            cut_clitics(c, start, stop);
        }
        return stop;
    }
    cut_emit(c, start, letters, false);
    return letters;
}

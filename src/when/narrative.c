// SPDX-License-Identifier: Apache-2.0
/* In: the timexes and trees of a report.  Out: for every sentence the time that a deed told in it
 * without a date shares: r->narrative.
 *
 *     On Sunday the rebels seized the town.     tells the news of Sunday
 *     They freed the prisoners.                 Sunday
 *     In January they had lost it.              turns to January
 *     The governor fled.                        January
 *     Now they hold it again.  He returned.     back to Sunday
 *
 * The news has its day from the opening: the first timex there that lies shortly before the
 * report, one of the running text before one of the dateline. */
#include "parse/climb.h"
#include "parse/labels.h"
#include "when/when.h"

#define OPENING_BYTES 420 /* of the running text, in which the day of the news is told */
#define FRESH_DAYS 10     /* before the report's day */

static bool is_dated(const timex *t) { return !t->duration && t->grain != GRAIN_VAGUE && t->start != INT32_MIN && t->last != INT32_MAX; }

/* Told of the days just before the report, or of its month where no more is known. */
static bool is_fresh(const report *r, const timex *t) {
    if (!is_dated(t)) {
        return false;
    }
    bool fresh = r->day != INT32_MIN && t->grain == GRAIN_DAY && t->start <= r->day && t->start > r->day - FRESH_DAYS;
    return fresh || (r->day == INT32_MIN && r->date.len == 7 && t->grain == GRAIN_MONTH);
}

static u32 find_news(const report *r) {
    u32 opening = r->sentences.items[0].text.start + OPENING_BYTES;
    for (u32 i = 0; i < r->timexes.count && r->tokens.items[r->timexes.items[i].first].text.start <= opening; i++) {
        if (is_fresh(r, &r->timexes.items[i])) {
            return i;
        }
    }
    return NONE;
}

u32 *when_follow_narrative(const report *r) {
    u32 *told = arena_new(r->memory, u32, r->sentences.count + 1), next = 0;
    if (told == NULL || r->sentences.count == 0) {
        return told;
    }
    u32 news = find_news(r), now = news;
    for (u32 s = 0; s < r->sentences.count; s++) {
        const sentence *here = &r->sentences.items[s];
        if (s > 0 && here->block != r->sentences.items[s - 1].block) {
            now = news;
        }
        told[s] = now;
        for (; next < r->timexes.count && r->timexes.items[next].first < here->end_token; next++) {
            const timex *t = &r->timexes.items[next];
            now = is_dated(t) ? is_fresh(r, t) ? next : NONE : now;
        }
    }
    return told;
}

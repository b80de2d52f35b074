// SPDX-License-Identifier: Apache-2.0
#include "serve/days.h"

#include "base/calendar.h"

#define BUCKETS 5000
#define FEW_BUCKETS 200 /* what `auto` aims at */

bool days_find(const image *m, const chosen *set, period *out) {
    *out = (period){INT32_MAX, INT32_MIN};
    for (u32 at = 0; at < set->count; at++) {
        i32 day = m->day[set->in_order[at]];
        if (day != UNSAID) {
            out->first = day < out->first ? day : out->first;
            out->last = day > out->last ? day : out->last;
        }
    }
    return out->first <= out->last;
}

const char *const bucket_names[] = {"day", "week", "month", "year"};

static i32 bucket_start(bucket_kind kind, i32 day) {
    calendar_date d = calendar_date_of(day);
    return kind == BUCKET_DAY ? day : kind == BUCKET_WEEK ? day - calendar_weekday(day) + 1
        : kind == BUCKET_MONTH ? calendar_day(d.year, d.month, 1) : calendar_day(d.year, 1, 1);
}

static i32 bucket_next(bucket_kind kind, i32 start) {
    calendar_date d = calendar_date_of(start);
    return kind == BUCKET_DAY ? start + 1 : kind == BUCKET_WEEK ? start + 7
        : kind == BUCKET_MONTH ? calendar_day(d.year, d.month + 1, 1) : calendar_day(d.year + 1, 1, 1);
}

bucket_kind days_fit(const char *given, const period *p) {
    static const u32 days[] = {1, 7, 30, 365};
    i64 len = (i64)p->last - p->first + 1;
    bool automatic = strcmp(given, "auto") == 0;
    bucket_kind kind = BUCKET_DAY;
    for (int i = 0; i < 4 && !automatic; i++) {
        kind = strcmp(given, bucket_names[i]) == 0 ? (bucket_kind)i : kind;
    }
    while (kind < BUCKET_YEAR && len / days[kind] > (automatic ? FEW_BUCKETS : BUCKETS - 2)) {
        kind = (bucket_kind)(kind + 1);
    }
    return kind;
}

bool days_make(buckets *b, bucket_kind kind, const period *p, arena *memory) {
    i32 start = bucket_start(kind, p->first);
    *b = (buckets){.kind = kind, .starts = arena_new(memory, i32, BUCKETS + 2)};
    while (b->starts != NULL && start <= p->last && b->count < BUCKETS) {
        b->starts[b->count++] = start;
        start = bucket_next(kind, start);
    }
    if (b->starts == NULL || b->count == 0) {
        return false;
    }
    b->starts[b->count] = start;
    b->days = (u32)(start - b->starts[0]);
    b->bucket_of = arena_new(memory, u32, (size_t)b->days + 1);
    for (u32 k = 0; b->bucket_of != NULL && k < b->count; k++) {
        for (i32 day = b->starts[k]; day < b->starts[k + 1]; day++) {
            b->bucket_of[day - b->starts[0]] = k;
        }
    }
    return b->bucket_of != NULL;
}

u32 *days_documents(const image *m, const buckets *b, arena *memory) {
    u32 *documents = arena_new(memory, u32, (size_t)b->count + 1);
    for (u32 i = 0; documents != NULL && i < m->report_count; i++) {
        i64 at = m->report_day[i] == UNSAID ? -1 : (i64)m->report_day[i] - b->starts[0];
        if (at >= 0 && at < b->days) {
            documents[b->bucket_of[at]]++;
        }
    }
    return documents;
}

void days_put(json *j, const char *name, i32 day) {
    char iso[16];
    write_text(j, name, calendar_print(day, iso));
}

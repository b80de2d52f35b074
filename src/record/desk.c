// SPDX-License-Identifier: Apache-2.0
#include "record/desk.h"

#include "record/family.h"
#include "record/stories.h"

void desk_open(desk *d) {
    *d = (desk){.reports = {0}};
    arena_open_file(&d->memory);
    symbols_open(&d->words, NULL, &d->memory);
}

void desk_close(desk *d) { arena_close(&d->memory); }

symbol desk_word(desk *d, span text) { return text.len == 0 ? NONE : symbols_add(&d->words, text); }

span desk_primary(span code) {
    span primary = span_cut(code, 0, code.len < 3 ? code.len : 3);
    return primary.len == 0 || primary.ptr[0] == '-' ? SPAN("") : primary;
}

bool desk_is_town(span kind) { return span_eq(kind, SPAN("city")) || span_eq(kind, SPAN("site")); }

drg_event_status desk_status(span name) {
    static const char *const names[] = {"actual", "claimed", "denied", "planned"};
    u32 status = 0;
    while (status < COUNT_OF(names) - 1 && !span_eq(name, span_of(names[status]))) {
        status++;
    }
    return (drg_event_status)status;
}

i32 desk_stage_day(span date, i32 other) {
    i32 day;
    return calendar_read_part(span_cut(date, 0, date.len < 10 ? date.len : 10), false, &day) ? day : other;
}

static symbol witness_of(desk *d, const desk_report *r) {
    const desk_report *first = &d->reports.items[r->family];
    return first->owner != NONE ? first->owner : first->outlet != NONE ? first->outlet : desk_word(d, first->id);
}

drg_status desk_join_reports(desk *d) {
    u32 count = d->reports.count;
    const sketch **sketches = arena_new(&d->memory, const sketch *, (size_t)count + 1);
    story_report *told = arena_new(&d->memory, story_report, (size_t)count + 1);
    u32 *first = arena_new(&d->memory, u32, (size_t)count + 1);
    if (sketches == NULL || told == NULL || first == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < count; i++) {
        sketches[i] = d->reports.items[i].sketch;
        arena_rest(&d->memory);
    }
    DRG_TRY(family_find(sketches, count, first, &d->memory));
    for (u32 i = 0; i < count; i++) {
        d->reports.items[i].family = first[i];
        told[i] = (story_report){sketches[i], d->reports.items[i].day, first[i]};
        d->reports.items[i].witness = witness_of(d, &d->reports.items[i]);
        arena_rest(&d->memory);
    }
    DRG_TRY(stories_find(told, count, first, &d->memory));
    for (u32 i = 0; i < count; i++) {
        d->reports.items[i].story = first[i];
        arena_rest(&d->memory);
    }
    return DRG_OK;
}

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

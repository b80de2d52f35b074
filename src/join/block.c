// SPDX-License-Identifier: Apache-2.0
#include "join/block.h"

#include "record/pacts.h"

static u64 mix_number(u64 number) { return number == UINT64_MAX ? 0 : number; }

static u32 find_report(join_work *w, block_desk *b, const desk_report *given, u64 number) {
    u32 found = map_find(&b->reports, mix_number(number));
    if (found != NONE) {
        return found;
    }
    desk_report *slot = list_push(&b->d.memory, &b->d.reports);
    if (slot == NULL || !map_set(&b->reports, mix_number(number), b->d.reports.count - 1)) {
        w->failed = true;
        return 0;
    }
    *slot = *given;
    slot->family = b->d.reports.count - 1;
    return slot->family;
}

/* Stories are only told apart: any small number of their own will do. */
static u32 number_story(join_work *w, block_desk *b, u64 story) {
    u32 found = map_find(&b->stories, mix_number(story));
    if (found == NONE) {
        found = b->stories.count;
        w->failed |= !map_set(&b->stories, mix_number(story), found);
    }
    return found;
}

/* In memory: a block is small, and there are many. */
void block_open(block_desk *b) {
    b->d = (desk){.reports = {0}};
    arena_open(&b->d.memory, SIZE_MAX);
    symbols_open(&b->d.words, NULL, &b->d.memory);
    map_open(&b->reports, &b->d.memory);
    map_open(&b->stories, &b->d.memory);
}

void block_close(block_desk *b) { desk_close(&b->d); }

static void add_actors(join_work *w, desk *d, desk_event *e, const event_fact *f) {
    e->first_actor = d->actors.count;
    for (size_t i = 0; i < f->actor_count && !w->failed; i++) {
        desk_actor *a = list_push(&d->memory, &d->actors);
        w->failed |= a == NULL;
        if (a != NULL) {
            *a = (desk_actor){desk_word(d, f->actors[i].code), desk_word(d, f->actors[i].name), desk_word(d, f->actors[i].title), (u8)f->actors[i].side};
        }
    }
    e->end_actor = d->actors.count;
}

void block_add_event(join_work *w, block_desk *b, const event_in *row) {
    desk *d = &b->d;
    const event_fact *f = &row->fact;
    const desk_report told = {.outlet = desk_word(d, row->outlet), .side = desk_word(d, row->side), .witness = desk_word(d, row->witness),
                              .owner = NONE, .day = DAY_UNKNOWN, .story = number_story(w, b, row->story)};
    u32 from = find_report(w, b, &told, row->report);
    desk_event *e = list_push(&d->memory, &d->events);
    w->failed |= e == NULL;
    if (w->failed) {
        return;
    }
    *e = (desk_event){.id = f->id, .report = from, .plover = desk_word(d, f->plover), .cameo = desk_word(d, f->cameo)};
    e->trigger = desk_word(d, f->trigger);
    e->status = (u8)f->status;
    e->place = desk_word(d, f->place);
    e->country = desk_word(d, f->country);
    e->town = f->town;
    e->reciprocal = f->reciprocal;
    e->background = f->background;
    e->dated = f->dated;
    e->day = f->day;
    e->dead = f->dead;
    e->injured = f->injured;
    e->arrested = f->arrested;
    add_actors(w, d, e, f);
}

void block_add_agreement(join_work *w, block_desk *b, const agreement_in *row) {
    desk *d = &b->d;
    const agreement_fact *f = &row->fact;
    const desk_report told = {.id = row->report_id, .outlet = NONE, .side = NONE, .owner = NONE, .witness = desk_word(d, row->witness),
                              .day = DAY_UNKNOWN, .story = number_story(w, b, row->story)};
    u32 from = find_report(w, b, &told, row->report);
    desk_agreement *g = list_push(&d->memory, &d->agreements);
    w->failed |= g == NULL;
    if (w->failed) {
        return;
    }
    *g = (desk_agreement){.id = f->id, .report = from, .name = desk_word(d, f->name), .kind = desk_word(d, f->kind), .stage = desk_word(d, f->stage)};
    g->place = desk_word(d, f->place);
    g->date = desk_word(d, f->date);
    g->day = f->day;
    g->rank = (u8)pact_stage_named(f->stage);
    g->accord = NONE;
    g->first_party = d->parties.count;
    for (size_t i = 0; i < f->party_count && !w->failed; i++) {
        symbol *slot = list_push(&d->memory, &d->parties);
        w->failed |= slot == NULL;
        if (slot != NULL) {
            *slot = desk_word(d, f->parties[i]);
        }
    }
    g->end_party = d->parties.count;
}

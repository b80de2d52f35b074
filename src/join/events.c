// SPDX-License-Identifier: Apache-2.0
/* Events: under which keys they meet, which of a block are one, and what comes of them.
 *
 * Keys.  What record/events.c can take for one event has the category, the kind of status and a party of one side in common,
 * is at most a day apart, and either names the same parties on both sides or stands in one story.  An event of day n has keys
 * of the days n and n + 1, so that neighbours have one in common.  What hangs together by keys is a block. */
#include "join/block.h"
#include "record/work.h"

#define KEY_BIT ((u64)1 << 63) /* no event has such a number */


static u64 add_number(u64 hash, u64 number) { return record_hash(hash, (span){(const char *)&number, sizeof number}); }

static void emit_key(join_work *w, const event_in *row, u64 hash) { join_emit(w, &(edge_row){row->event, (hash | KEY_BIT) & ~(u64)1}); }

/* On the event's day and the next one; without a day once. */
static void emit_days(join_work *w, const event_in *row, u64 hash) {
    i32 day = row->fact.day;
    emit_key(w, row, add_number(hash, (u32)day));
    if (day != DAY_UNKNOWN) {
        emit_key(w, row, add_number(hash, (u32)(day + 1)));
    }
}

/* A mutual event's parties stand on one side. */
static u32 side_of(const event_fact *f, u32 actor) { return f->reciprocal ? DESK_SOURCE : f->actors[actor].side; }

static bool is_party(const event_fact *f, u32 actor) { return f->actors[actor].side != DESK_CLAIMER && f->actors[actor].code.len > 0; }

static bool is_repeated(const event_fact *f, u32 actor) {
    for (u32 i = 0; i < actor; i++) {
        if (is_party(f, i) && side_of(f, i) == side_of(f, actor) && span_eq(f->actors[i].code, f->actors[actor].code)) {
            return true;
        }
    }
    return false;
}

void event_keys_take(join_work *w, const void *rows, size_t count) {
    const event_in *row = rows;
    const event_fact *f = &row->fact;
    u64 sides = 0;
    u32 parties[2] = {0, 0};
    if (count != 1) {
        return;
    }
    u64 kind = f->status == DRG_STATUS_DENIED || f->status == DRG_STATUS_PLANNED ? f->status : DRG_STATUS_ACTUAL;
    u64 start = add_number(add_number(record_hash(0, f->plover), kind), f->reciprocal);
    for (u32 i = 0; i < f->actor_count; i++) {
        if (is_party(f, i) && !is_repeated(f, i) && parties[side_of(f, i)] < DESK_PARTIES) {
            u64 party = record_hash(side_of(f, i), f->actors[i].code);
            sides += party;
            parties[side_of(f, i)]++;
            emit_days(w, row, add_number(add_number(start, row->story), party));
        }
    }
    if (parties[0] + parties[1] > 0 && f->day != DAY_UNKNOWN) {
        emit_days(w, row, add_number(add_number(start, ~(u64)0), sides));
    }
}

/* ------------------------------------------------------------------ blocks */

static block_desk *open_events(join_work *w, const event_in *rows, size_t count) {
    block_desk *b = join_new(w, 1, sizeof *b);
    if (b == NULL) {
        return NULL;
    }
    block_open(b);
    for (size_t i = 0; i < count && !w->failed; i++) {
        block_add_event(w, b, &rows[i]);
    }
    return b;
}

void events_take(join_work *w, const void *rows, size_t count) {
    const event_in *given = rows;
    block_desk *b = open_events(w, given, count);
    if (b == NULL) {
        return;
    }
    w->failed = w->failed || desk_join_events(&b->d) != DRG_OK;
    for (u32 i = 0; i < count && !w->failed; i++) {
        join_emit(w, &(first_row){given[i].event, given[b->d.events.items[i].joined].event});
    }
    block_close(b);
}

/* The events of a story as they are joined, chained in their order. */
static block_desk *open_joined(join_work *w, const event_in *rows, size_t count) {
    block_desk *b = open_events(w, rows, count);
    u32 *last = join_new(w, count, sizeof *last);
    map firsts;
    map_open(&firsts, &w->memory);
    for (u32 i = 0; i < count && !w->failed; i++) {
        desk_event *e = &b->d.events.items[i];
        u32 first = map_find(&firsts, rows[i].joined);
        e->next = NONE;
        if (first == NONE) {
            first = i;
            w->failed |= !map_set(&firsts, rows[i].joined, i);
        } else {
            b->d.events.items[last[first]].next = i;
        }
        e->joined = first;
        last[first] = i;
    }
    return b;
}

static span print_word(const desk *d, symbol word) { return word == NONE ? SPAN("") : symbols_text(&d->words, word); }

static void emit_joined(join_work *w, const block_desk *b, const event_in *rows, const desk_joined *j) {
    char day[16];
    const desk *d = &b->d;
    join_emit(w, &(joined_out){
        .event = rows[j->first].event, .events = j->events, .reports = j->reports, .outlets = j->outlets, .owners = j->witnesses,
        .plover = rows[j->first].fact.plover, .cameo = print_word(d, j->cameo), .status = span_of(shape_status_names[j->status]),
        .standing = span_of(standing_names[j->standing]), .date = j->day == DAY_UNKNOWN ? SPAN("") : calendar_print(j->day, day),
        .place = print_word(d, j->place), .country = print_word(d, j->country), .dead = j->dead, .injured = j->injured,
        .arrested = j->arrested, .background = j->background});
}

void joined_take(join_work *w, const void *rows, size_t count) {
    block_desk *b = open_joined(w, rows, count);
    if (b == NULL) {
        return;
    }
    w->failed = w->failed || desk_settle(&b->d) != DRG_OK;
    for (u32 i = 0; i < b->d.joined.count && !w->failed; i++) {
        emit_joined(w, b, rows, &b->d.joined.items[i]);
    }
    block_close(b);
}

/* ------------------------------------------------------------------ disputes */

/* Inside of events first, in the order of these; then inside of stories; then about offices. */
static void emit_disputes(join_work *w, const block_desk *b, const event_in *rows, bool offices) {
    const desk *d = &b->d;
    u32 number = 0;
    for (u32 i = 0; i < d->disputes.count; i++) {
        const desk_dispute *row = &d->disputes.items[i];
        bool inside = row->field <= DISPUTE_PLACE;
        number = i > 0 && d->disputes.items[i - 1].number == row->number ? number + 1 : 0;
        join_emit(w, &(dispute_out){
            .pass = offices ? 2 : inside ? 0 : 1, .block = inside ? rows[row->joined].event : rows[0].block,
            .turn = inside ? row->field : row->number, .number = number, .joined = rows[row->joined].joined, .event = rows[row->event].event,
            .field = span_of(dispute_names[row->field]), .value = print_word(d, row->value), .speaker = print_word(d, row->speaker)});
    }
}

void disputes_take(join_work *w, const void *rows, size_t count) {
    block_desk *b = open_joined(w, rows, count);
    if (b == NULL) {
        return;
    }
    w->failed = w->failed || desk_settle(&b->d) != DRG_OK;
    emit_disputes(w, b, rows, false);
    block_close(b);
}

void offices_take(join_work *w, const void *rows, size_t count) {
    block_desk *b = open_joined(w, rows, count);
    if (b == NULL) {
        return;
    }
    w->failed = w->failed || desk_compare_offices(&b->d) != DRG_OK;
    emit_disputes(w, b, rows, true);
    block_close(b);
}

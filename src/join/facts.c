// SPDX-License-Identifier: Apache-2.0
/* What joining needs of a report's records, as the desk reads it from its tables (store/join.c):
 *
 *     event "Iran and Syria signed an accord"  ->  AGREE, IRN and SYR with their names, day 18452, no town
 *
 * One row a report; a problem without a report is none. */
#include "join/step.h"
#include "record/pacts.h"
#include "record/work.h"
#include "store/inside.h"

static u64 hash_text(u64 hash, span text) { return record_hash(hash, text); }
static u64 hash_number(u64 hash, i64 number) { return record_hash(hash, (span){(const char *)&number, sizeof number}); }

/* ------------------------------------------------------------------ events */

static size_t add_side(fact_actor *to, const drg_actor *actors, size_t count, u32 side) {
    for (size_t i = 0; i < count; i++) {
        to[i] = (fact_actor){desk_primary(actors[i].code), actors[i].name, actors[i].title, side};
    }
    return count;
}

static event_fact read_event(join_work *w, const drg_records *r, const drg_event *e) {
    char sides[256];
    i64 day = 0;
    bool whole = story_key(r, e, sides, &day);
    fact_actor *actors = join_new(w, e->claimed_count + e->source_count + e->target_count, sizeof *actors);
    event_fact f = {.id = e->id, .plover = e->plover, .cameo = e->cameo, .trigger = e->trigger, .status = e->status, .actors = actors};
    if (e->place != NULL) {
        f.place = e->place->name;
        f.country = e->place->country;
        f.town = desk_is_town(e->place->kind);
    }
    f.reciprocal = e->reciprocal;
    f.background = e->background;
    f.dated = span_eq(e->date_basis, SPAN("said"));
    f.day = whole ? (int)day : DAY_UNKNOWN;
    f.dead = e->dead;
    f.injured = e->injured;
    f.arrested = e->arrested;
    if (actors != NULL) {
        f.actor_count = add_side(actors, e->claimed_by, e->claimed_count, DESK_CLAIMER);
        f.actor_count += add_side(actors + f.actor_count, e->source, e->source_count, DESK_SOURCE);
        f.actor_count += add_side(actors + f.actor_count, e->target, e->target_count, DESK_TARGET);
    }
    return f;
}

static u64 hash_event(u64 hash, const event_fact *f) {
    const span texts[] = {f->id, f->plover, f->cameo, f->trigger, f->place, f->country};
    const i64 numbers[] = {f->status, f->town, f->reciprocal, f->background, f->dated, f->day, f->dead, f->injured, f->arrested};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        hash = hash_text(hash, texts[i]);
    }
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        hash = hash_number(hash, numbers[i]);
    }
    for (size_t i = 0; i < f->actor_count; i++) {
        hash = hash_text(hash_text(hash_text(hash_number(hash, f->actors[i].side), f->actors[i].code), f->actors[i].name), f->actors[i].title);
    }
    return hash;
}

/* ------------------------------------------------------------------ agreements */

static bool is_among(const drg_text *texts, size_t count, span text) {
    size_t i = 0;
    while (i < count && !span_eq(texts[i], text)) {
        i++;
    }
    return i < count;
}

/* Sums do not mind the order of the parties. */
static agreement_fact read_agreement(join_work *w, const facts_row *row, const drg_agreement *g) {
    drg_text *parties = join_new(w, g->party_count, sizeof *parties);
    agreement_fact f = {.id = g->id, .name = g->name, .kind = g->kind, .stage = g->stage, .place = g->place, .parties = parties};
    f.date = desk_stage_day(g->date, DAY_UNKNOWN) != DAY_UNKNOWN ? g->date : SPAN("");
    f.day = desk_stage_day(g->date, row->day);
    for (size_t i = 0; i < g->party_count && parties != NULL; i++) {
        span code = pact_party(g->parties[i].code);
        if (code.len > 0 && !is_among(parties, f.party_count, code)) {
            parties[f.party_count++] = code;
            f.key += record_hash(0, code);
        }
    }
    return f;
}

static u64 hash_agreement(u64 hash, const agreement_fact *f) {
    const span texts[] = {f->id, f->name, f->kind, f->stage, f->place, f->date};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        hash = hash_text(hash, texts[i]);
    }
    for (size_t i = 0; i < f->party_count; i++) {
        hash = hash_text(hash, f->parties[i]);
    }
    return hash;
}

static bool is_known(const agreement_fact *list, size_t count, span id) {
    size_t i = 0;
    while (i < count && !span_eq(list[i].id, id)) {
        i++;
    }
    return i < count;
}

/* ------------------------------------------------------------------ the report */

static bool is_medium(const drg_actor *speaker) {
    span code = speaker->code;
    return code.len > 4 && span_eq(span_cut(code, code.len - 4, code.len), SPAN(" MED"));
}

static void read_media(join_work *w, const drg_records *r, facts_row *row) {
    drg_text *media = join_new(w, r->claim_count, sizeof *media);
    row->media = media;
    for (size_t i = 0; i < r->claim_count && media != NULL; i++) {
        if (is_medium(&r->claims[i].speaker) && !is_among(media, row->media_count, r->claims[i].speaker.name)) {
            media[row->media_count++] = r->claims[i].speaker.name;
        }
    }
}

void facts_take(join_work *w, const void *rows, size_t count) {
    const drg_records *r = rows;
    if (count != 1 || r->id.ptr == NULL) {
        return;
    }
    event_fact *events = join_new(w, r->event_count, sizeof *events);
    agreement_fact *agreements = join_new(w, r->agreement_count, sizeof *agreements);
    facts_row row = {.id = r->id, .date = r->date, .outlet = r->outlet, .owner = r->owner, .side = r->side, .sketch = r->sketch};
    row.day = calendar_parse_iso(r->date);
    row.sources = r->stated_sources;
    row.source_count = r->stated_source_count;
    row.events = events;
    row.agreements = agreements;
    read_media(w, r, &row);
    u64 hash = hash_text(hash_text(hash_text(hash_text(hash_text(0, r->date), r->outlet), r->owner), r->side), r->sketch);
    for (size_t i = 0; i < r->event_count && events != NULL; i++) {
        events[i] = read_event(w, r, &r->events[i]);
        row.event_count++;
        hash = hash_event(hash, &events[i]);
    }
    for (size_t i = 0; i < r->agreement_count && agreements != NULL; i++) {
        if (!is_known(agreements, row.agreement_count, r->agreements[i].id)) {
            agreements[row.agreement_count] = read_agreement(w, &row, &r->agreements[i]);
            hash = hash_agreement(hash, &agreements[row.agreement_count++]);
        }
    }
    row.content = hash >> 1;
    if (!w->failed) {
        join_emit(w, &row);
    }
}

// SPDX-License-Identifier: Apache-2.0
/* The last stage: deeds become events, statements claims, signings agreements.  Ids are hashes of
 * the report's id and the record's own content, so the same report gives the same ids for ever. */
#include "record/record.h"

#include "base/table.h"
#include "record/background.h"
#include "record/date.h"
#include "record/join.h"
#include "record/work.h"
#include "what/category.h"
#include "what/what.h"
#include "when/when.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

static double read_number(span text) {
    char buffer[32];
    size_t len = text.len < sizeof buffer - 1 ? text.len : sizeof buffer - 1;
    memcpy(buffer, text.ptr, len);
    buffer[len] = '\0';
    return strtod(buffer, NULL);
}

drg_status record_open(record_tables **out, knowledge *k, const what_tables *frames, drg_error *error) {
    record_tables *tables = *out = arena_new(&k->memory, record_tables, 1);
    if (tables == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "record", 0, "out of memory");
    }
    tables->frames = frames;
    tables->known = k;
    map_open(&tables->codes, &k->memory);
    table file;
    DRG_TRY(table_open(&file, k, "world/cameo.tsv", error));
    while (table_next(&file)) {
        cameo_entry *entry = list_push(&k->memory, &tables->entries);
        symbol code = symbols_add(&k->words, table_field(&file, "code"));
        if (entry == NULL || !map_set(&tables->codes, code, tables->entries.count - 1)) {
            return drg_fail(error, DRG_ERROR_MEMORY, "record", 0, "out of memory");
        }
        *entry = (cameo_entry){read_number(table_field(&file, "goldstein")), (int)read_number(table_field(&file, "quad")),
                               table_field(&file, "contexts")};
    }
    DRG_TRY(confidence_open(&tables->confidence, k, error));
    DRG_TRY(record_pacts_open(&tables->pacts, k, error));
    DRG_TRY(record_outlets_open(&tables->outlets, k, error));
    return record_words_open(&tables->words, k, error);
}

u64 record_signs(const record_tables *tables, const deed *d, bool for_it) { return d->signs & confidence_speaking(tables->confidence, for_it); }

void record_close(record_tables *tables) { (void)tables; /* everything is in the run arena */ }

/* ------------------------------------------------------------------ ids */

span record_make_id(report *r, u64 hash) {
    char text[17];
    snprintf(text, sizeof text, "%016llx", (unsigned long long)hash);
    return record_text(r, (span){text, 16});
}

u64 record_hash(u64 hash, span text) { return XXH3_64bits_withSeed(text.ptr, text.len, hash); }

u64 record_hash_actors(u64 hash, const drg_actor *actors, size_t count) {
    for (size_t i = 0; i < count; i++) {
        hash = record_hash(hash, actors[i].code);
        hash = record_hash(hash, actors[i].name);
    }
    return hash;
}

/* ------------------------------------------------------------------ events */

static int quad_of(category plover) {
    return plover <= CATEGORY_CONCEDE ? 1 : plover <= CATEGORY_RETREAT ? 2 : plover <= CATEGORY_THREATEN ? 3 : 4;
}

static span word_text(const report *r, symbol id) { return id == NONE ? SPAN("") : symbols_text(&r->words, id); }

static bool names_context(span list, span name) {
    while (list.len > 0) {
        if (span_eq(span_next_field(&list, ';'), name)) {
            return true;
        }
    }
    return false;
}

#define CONTEXT_ROOM 600

/* What the code says by itself, then what the words of the sentence say: "diplomatic;election". */
static span join_contexts(record_work *w, const deed *d, span by_code) {
    char joined[CONTEXT_ROOM];
    size_t size = by_code.len < sizeof joined ? by_code.len : 0;
    if (size > 0) {
        memcpy(joined, by_code.ptr, size);
    }
    for (u32 i = 0; i < 64 && d->contexts != 0; i++) {
        span name = d->contexts >> i & 1 ? what_context_name(w->tables->frames, i) : SPAN("");
        if (name.len > 0 && size + name.len + 1 < sizeof joined && !names_context(by_code, name)) {
            joined[size] = ';';
            size += size > 0;
            memcpy(joined + size, name.ptr, name.len);
            size += name.len;
        }
    }
    return size == by_code.len ? by_code : record_text(w->r, (span){joined, size});
}

static void write_code(record_work *w, const deed *d, drg_event *e) {
    e->cameo = word_text(w->r, d->cameo);
    e->mode = word_text(w->r, d->mode);
    e->plover = span_of(what_category_name(d->plover));
    e->quad = d->plover < CATEGORY_COUNT ? quad_of((category)d->plover) : 0;
    u32 entry = map_find(&w->tables->codes, d->cameo);
    if (entry != NONE) {
        e->quad = e->quad == 0 ? w->tables->entries.items[entry].quad : e->quad;
        e->goldstein = w->tables->entries.items[entry].goldstein;
        e->contexts = w->tables->entries.items[entry].contexts;
    }
    e->contexts = join_contexts(w, d, e->contexts);
}

static void write_why(record_work *w, const deed *d, drg_event *e) {
    const predicate *p = &w->r->predicates.items[d->predicate];
    source_line at = what_frame_line(w->tables->frames, d->frame);
    span file = knowledge_file_name(w->tables->known, at.file);
    char entry[300];
    int size = snprintf(entry, sizeof entry, "%.*s:%u", (int)file.len, file.ptr, at.line);
    e->frame = what_frame_name(w->tables->frames, d->frame);
    e->entry = record_text(w->r, (span){entry, (size_t)size});
    e->trigger = report_form(w->r, p->head);
    if (p->support != NONE) {
        u32 first = p->support < p->head ? p->support : p->head, last = p->support < p->head ? p->head : p->support;
        range words = {report_token(w->r, first)->text.start, report_token(w->r, last)->text.end};
        if (words.end - words.start <= 60) {
            e->trigger = report_cut(w->r, words);
        }
    }
}

static void write_date(record_work *w, const deed *d, drg_event *e) {
    static const char *const basis[] = {"", "said", "said", "said", "inherited", "inherited", "report"};
    u32 timed = d->timex != NONE ? d->timex : d->shared;
    timex t = timed != NONE ? w->r->timexes.items[timed] : (timex){.grain = GRAIN_VAGUE};
    t.grain = d->dating == DATING_LOOKBACK && t.last - t.start < 366 ? GRAIN_YEAR : t.grain;
    span value = d->dating == DATING_REPORT ? w->r->date : when_format(&t, w->r->memory), rest = value;
    e->date = span_next_field(&rest, '/');
    e->date = span_eq(e->date, SPAN("..")) ? SPAN("") : e->date;
    e->date_end = rest.len > 0 ? rest : SPAN("");
    e->date_basis = value.len > 0 ? span_of(basis[d->dating]) : SPAN("");
}

static void write_place(record_work *w, const deed *d, drg_event *e) {
    static const char *const kinds[] = {"city", "site", "region", "country", "water", "area"};
    if (d->place == NONE) {
        return;
    }
    const place *p = &w->r->places.items[d->place];
    drg_place *out = arena_new(w->r->memory, drg_place, 1);
    if (out != NULL) {
        range words = {report_token(w->r, p->first)->text.start, report_token(w->r, p->end - 1)->text.end};
        *out = (drg_place){.name = p->name, .country = record_text(w->r, span_of(p->country)), .lat = p->lat, .lon = p->lon};
        out->geonameid = p->geonameid;
        out->kind = span_of(kinds[p->kind]);
        out->at = record_points(w->r, words);
        e->place = out;
    }
}

static void take_larger(int *into, i32 value) { *into = value > *into ? value : *into; }

/* A general code (140) gives way to one that says more under the same root (145, 1411). */
static bool is_more_exact(const report *r, const deed *d, const deed *than) {
    span code = symbols_text(&r->words, d->cameo), held = symbols_text(&r->words, than->cameo);
    bool general = held.len < 3 || (held.len == 3 && held.ptr[2] == '0');
    return general && code.len >= 3 && span_eq(span_cut(code, 0, 2), span_cut(held, 0, held.len < 2 ? held.len : 2)) && code.ptr[2] != '0';
}

/* A date of its own that any deed has is the event's; one that the narrative lends goes before the report's. */
static bool is_better_dated(const deed *d, const deed *than) {
    bool own = d->timex != NONE && d->dating <= DATING_BESIDE, lent = d->dating == DATING_NARRATIVE || d->dating == DATING_LOOKBACK;
    return than->timex == NONE && (own || (lent && (than->dating == DATING_REPORT || than->dating == DATING_NONE)));
}

/* Adds words to the `count` of `list`; of two that hold each other ("accord signed by Oman", "signed by Oman") the
 * longer stays, in the earlier place.  Compared are the last EVIDENCE_BACK. */
#define EVIDENCE_BACK 8

static size_t add_evidence(report *r, drg_evidence *list, size_t count, range words) {
    drg_evidence new = {record_points(r, words), report_cut(r, words)};
    for (size_t i = count > EVIDENCE_BACK ? count - EVIDENCE_BACK : 0; i < count; i++) {
        bool inside = list[i].at.start <= new.at.start && new.at.end <= list[i].at.end;
        bool around = new.at.start <= list[i].at.start && list[i].at.end <= new.at.end;
        if (inside || around) {
            list[i] = inside ? list[i] : new;
            return count;
        }
    }
    list[count] = new;
    return count + 1;
}

/* All deeds of one event, the first of them leading. */
static void write_event(record_work *w, u32 lead) {
    report *r = w->r;
    drg_event *e = &w->events[w->event_count];
    const deed *first = &r->deeds.items[lead], *best = first;
    actor_list source = {.count = 0}, target = {.count = 0}, claimers = {.count = 0};
    u32 evidence_count = 0, timed = lead, placed = NONE;
    *e = (drg_event){.dead = -1, .injured = -1, .arrested = -1, .background = true, .status = DRG_STATUS_DENIED};
    u32 end = r->deeds.count - lead > JOIN_WINDOW ? lead + JOIN_WINDOW + 1 : r->deeds.count;
    for (u32 i = lead; i < end; i++) {
        const deed *d = &r->deeds.items[i];
        if (i != lead && d->same_as != lead) {
            continue;
        }
        for (u32 k = d->first_source; k < d->end_source; k++) {
            actor_add(r, r->parties.items[k], &source);
        }
        for (u32 k = d->first_target; k < d->end_target; k++) {
            actor_add(r, r->parties.items[k], &target);
        }
        for (u32 k = d->first_claimer; k < d->end_claimer; k++) {
            actor_add(r, r->parties.items[k], &claimers);
        }
        w->event_of[i] = (u32)w->event_count;
        evidence_count++;
        e->reciprocal |= d->reciprocal;
        e->background &= d->background;
        best = is_more_exact(r, d, best) ? d : best;
        timed = is_better_dated(d, &r->deeds.items[timed]) ? i : timed;
        placed = placed == NONE && d->place != NONE ? i : placed;
        e->confidence = (double)d->confidence > e->confidence ? (double)d->confidence : e->confidence;
        take_larger(&e->dead, d->dead);
        take_larger(&e->injured, d->injured);
        take_larger(&e->arrested, d->arrested);
    }
    e->status = (drg_event_status)first->status;
    e->source = actor_keep(r, &source, &e->source_count);
    e->target = actor_keep(r, &target, &e->target_count);
    e->claimed_by = e->status == DRG_STATUS_ACTUAL ? NULL : actor_keep(r, &claimers, &e->claimed_count);
    drg_evidence *evidence = arena_new(r->memory, drg_evidence, evidence_count);
    for (u32 i = lead; i < end && evidence != NULL; i++) {
        if (i == lead || r->deeds.items[i].same_as == lead) {
            e->evidence_count = add_evidence(r, evidence, e->evidence_count, r->deeds.items[i].evidence);
        }
    }
    e->evidence = evidence;
    e->sentence = report_token(r, r->predicates.items[first->predicate].head)->sentence + 1;
    write_code(w, best, e);
    write_why(w, first, e);
    write_date(w, &r->deeds.items[timed], e);
    write_place(w, placed == NONE ? first : &r->deeds.items[placed], e);
    u64 hash = record_hash(XXH3_64bits(r->id.ptr, r->id.len), e->plover);
    hash = record_hash(record_hash_actors(record_hash_actors(hash, e->source, e->source_count), e->target, e->target_count), e->cameo);
    u32 trigger = report_token(r, r->predicates.items[first->predicate].head)->text.start;
    hash = record_hash(record_hash(hash, e->frame), (span){(const char *)&trigger, sizeof trigger});
    e->id = record_make_id(r, record_hash(hash, e->evidence_count ? e->evidence[0].text : SPAN("")));
    w->lead_of[w->event_count++] = lead;
}

/* A negation that nobody vouches for says only that nothing happened. */
static bool is_mere_absence(const deed *d) { return d->status == DRG_STATUS_DENIED && d->first_claimer == d->end_claimer; }

static drg_status write_events(record_work *w) {
    u32 count = w->r->deeds.count;
    w->events = arena_new(w->r->memory, drg_event, count + 1);
    w->event_of = arena_new(w->r->memory, u32, count + 1);
    w->lead_of = arena_new(w->r->memory, u32, count + 1);
    if (w->events == NULL || w->event_of == NULL || w->lead_of == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < count; i++) {
        w->event_of[i] = NONE;
    }
    for (u32 i = 0; i < count; i++) {
        if (w->r->deeds.items[i].same_as == NONE && !is_mere_absence(&w->r->deeds.items[i])) {
            write_event(w, i);
        }
    }
    return DRG_OK;
}

static void write_report(const record_tables *tables, report *r) {
    drg_records *out = &r->records;
    record_name_outlet(tables->outlets, r);
    span side = out->side;
    *out = (drg_records){.id = r->id, .url = r->url, .outlet = r->outlet, .owner = r->owner, .title = r->title, .byline = r->byline};
    out->side = side;
    out->date = r->date;
    out->lang = r->lang;
    out->text = r->text;
    out->words = r->tokens.count;
    out->stated_sources = r->stated_sources.items;
    out->stated_source_count = r->stated_sources.count;
    drg_text *credits = arena_new(r->memory, drg_text, r->blocks.count + 1);
    drg_text *furniture = arena_new(r->memory, drg_text, r->blocks.count + 1);
    out->credits = credits;
    out->furniture = furniture;
    for (u32 i = 0; i < r->blocks.count && credits != NULL && furniture != NULL; i++) {
        span words = report_cut(r, r->blocks.items[i].text);
        if (r->blocks.items[i].kind == BLOCK_CAPTION && out->caption.len == 0) {
            out->caption = words;
        } else if (r->blocks.items[i].kind == BLOCK_CREDIT) {
            credits[out->credit_count++] = words;
        } else if (r->blocks.items[i].kind == BLOCK_FURNITURE) {
            furniture[out->furniture_count++] = words;
        }
    }
}

static drg_status write_contradictions(report *r) {
    drg_contradiction *out = arena_new(r->memory, drg_contradiction, r->conflicts.count + 1);
    if (out == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < r->conflicts.count; i++) {
        const office_conflict *c = &r->conflicts.items[i];
        out[i] = (drg_contradiction){.name = r->entities.items[c->entity].name, .entity = c->entity};
        out[i].office = (drg_evidence){record_points(r, c->first), report_cut(r, c->first)};
        out[i].other = (drg_evidence){record_points(r, c->other), report_cut(r, c->other)};
    }
    r->records.contradictions = out;
    r->records.contradiction_count = r->conflicts.count;
    return DRG_OK;
}

drg_status record_run(const record_tables *tables, report *r, drg_error *error) {
    record_work w = {.tables = tables, .r = r};
    write_report(tables, r);
    date_deeds(r);
    background_mark(r);
    drg_status status = join_deeds(r);
    confidence_rate(tables->confidence, what_frame_count(tables->frames), r);
    if (status == DRG_OK) {
        status = write_events(&w);
    }
    r->records.events = w.events;
    r->records.event_count = w.event_count;
    if (status == DRG_OK) {
        status = write_contradictions(r);
    }
    if (status == DRG_OK) {
        status = record_claims(&w);
    }
    if (status == DRG_OK) {
        status = record_agreements(&w);
    }
    if (status == DRG_OK) {
        status = record_stages(&w);
    }
    if (status == DRG_OK) {
        status = record_assess(&w);
    }
    if (status == DRG_OK) {
        status = record_owed(&w);
    }
    if (status == DRG_OK) {
        status = record_complete_agreements(&w);
    }
    if (status == DRG_OK) {
        status = record_fold_agreements(&w);
    }
    if (status == DRG_OK) {
        status = record_promises(&w);
    }
    if (status == DRG_OK) {
        status = record_draw(&w);
    }
    if (status == DRG_OK) {
        status = record_withhold(&w);
    }
    r->records.problems = r->problems.items;
    r->records.problem_count = r->problems.count;
    return status == DRG_OK ? status : drg_fail(error, status, "record", 0, "report needs more than its memory cap");
}

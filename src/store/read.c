// SPDX-License-Identifier: Apache-2.0
/* Rows become records again: each kind of row is read into one growing list, then handed to the record it belongs to. */
#include "store/read.h"

#include "store/inside.h"

static span take(store_reader *r, sql_query *q, int column) {
    span text = query_text(q, column);
    span copy = text.len > 0 ? arena_copy(r->memory, text) : SPAN("");
    if (text.len > 0 && copy.ptr == NULL) {
        r->status = DRG_ERROR_MEMORY;
        return SPAN("");
    }
    return copy;
}

static u32 take_u32(sql_query *q, int column) { return (u32)query_number(q, column); }
static int take_count(sql_query *q, int column) { return query_is_null(q, column) ? -1 : (int)query_number(q, column); }

/* A question about the rows of one report, event, claim or agreement. */
static sql_query *ask_for(store_reader *r, const char *sql, span id) {
    sql_query *q = r->status == DRG_OK ? database_ask(r->s->base, sql) : NULL;
    query_put_text(q, 1, id);
    return q;
}

/* Room for one more of a list; NULL when memory is out, which is kept. */
#define PUSH(r, list) list_room((r), list_push((r)->memory, &(list)))
static void *list_room(store_reader *r, void *room) {
    r->status = room == NULL ? DRG_ERROR_MEMORY : r->status;
    return room;
}

typedef LIST(drg_actor) actor_rows;
typedef LIST(drg_evidence) evidence_rows;
typedef LIST(drg_text) text_rows;

/* Columns from `first` on: code, name, title, entity, start, stop, text. */
#define ACTOR_COLUMNS "code, name, title, entity, start, stop, text"
static drg_actor take_actor(store_reader *r, sql_query *q, int first) {
    drg_actor a = {.code = take(r, q, first), .name = take(r, q, first + 1), .title = take(r, q, first + 2)};
    a.entity = query_is_null(q, first + 3) ? NONE : take_u32(q, first + 3);
    a.at = (drg_extent){take_u32(q, first + 4), take_u32(q, first + 5)};
    a.text = take(r, q, first + 6);
    return a;
}

static drg_evidence take_evidence(store_reader *r, sql_query *q, int first) {
    return (drg_evidence){{take_u32(q, first), take_u32(q, first + 1)}, take(r, q, first + 2)};
}

static actor_rows read_actors(store_reader *r, sql_query *q, const char *side) {
    actor_rows found = {.count = 0};
    query_put_text(q, 2, span_of(side));
    while (query_next(q)) {
        drg_actor *a = PUSH(r, found);
        if (a != NULL) {
            *a = take_actor(r, q, 0);
        }
    }
    return found;
}

static evidence_rows read_evidence(store_reader *r, sql_query *q) {
    evidence_rows found = {.count = 0};
    while (query_next(q)) {
        drg_evidence *e = PUSH(r, found);
        if (e != NULL) {
            *e = take_evidence(r, q, 0);
        }
    }
    return found;
}

/* ------------------------------------------------------------------ events */

static actor_rows read_side(store_reader *r, span event, const char *side) {
    return read_actors(r, ask_for(r, "SELECT " ACTOR_COLUMNS " FROM actors WHERE event = ?1 AND side = ?2 ORDER BY number", event), side);
}

static void read_parts(store_reader *r, drg_event *e) {
    actor_rows source = read_side(r, e->id, "source"), target = read_side(r, e->id, "target"), claimer = read_side(r, e->id, "claimer");
    evidence_rows words = read_evidence(r, ask_for(r, "SELECT start, stop, text FROM evidence WHERE event = ?1 ORDER BY number", e->id));
    e->source = source.items;
    e->source_count = source.count;
    e->target = target.items;
    e->target_count = target.count;
    e->claimed_by = claimer.items;
    e->claimed_count = claimer.count;
    e->evidence = words.items;
    e->evidence_count = words.count;
}

static const drg_place *take_place(store_reader *r, sql_query *q, int first) {
    drg_place *p = query_is_null(q, first) ? NULL : arena_new(r->memory, drg_place, 1);
    if (p != NULL) {
        *p = (drg_place){.name = take(r, q, first), .country = take(r, q, first + 1), .kind = take(r, q, first + 5)};
        p->lat = query_real(q, first + 2);
        p->lon = query_real(q, first + 3);
        p->geonameid = take_u32(q, first + 4);
        p->at = (drg_extent){take_u32(q, first + 6), take_u32(q, first + 7)};
    }
    return p;
}

static drg_event_status status_of(span name) {
    for (int i = DRG_STATUS_ACTUAL; i <= DRG_STATUS_PLANNED; i++) {
        if (span_eq(name, span_of(store_status_names[i]))) {
            return (drg_event_status)i;
        }
    }
    return DRG_STATUS_ACTUAL;
}

static const char sql_events[] =
    "SELECT id, plover, mode, cameo, contexts, goldstein, quad, reciprocal, status, date, date_end, date_basis, dead, injured, arrested,"
    " background, frame, trigger, entry, confidence, sentence, story, place, country, lat, lon, geonameid, place_kind, place_start, place_stop"
    " FROM events WHERE report = ?1 ORDER BY number";

static drg_event take_event(store_reader *r, sql_query *q) {
    drg_event e = {.id = take(r, q, 0), .plover = take(r, q, 1), .mode = take(r, q, 2), .cameo = take(r, q, 3), .contexts = take(r, q, 4)};
    e.goldstein = query_real(q, 5);
    e.quad = (int)query_number(q, 6);
    e.reciprocal = query_number(q, 7) != 0;
    e.status = status_of(query_text(q, 8));
    e.date = take(r, q, 9);
    e.date_end = take(r, q, 10);
    e.date_basis = take(r, q, 11);
    e.dead = take_count(q, 12);
    e.injured = take_count(q, 13);
    e.arrested = take_count(q, 14);
    e.background = query_number(q, 15) != 0;
    e.frame = take(r, q, 16);
    e.trigger = take(r, q, 17);
    e.entry = take(r, q, 18);
    e.confidence = query_real(q, 19);
    e.sentence = take_u32(q, 20);
    e.place = take_place(r, q, 22);
    return e;
}

static void read_events(store_reader *r) {
    LIST(drg_event) events = {.count = 0};
    text_rows stories = {.count = 0};
    sql_query *q = ask_for(r, sql_events, r->records.id);
    while (query_next(q)) {
        drg_event *e = PUSH(r, events);
        drg_text *story = PUSH(r, stories);
        if (e != NULL && story != NULL) {
            *e = take_event(r, q);
            *story = take(r, q, 21);
        }
    }
    for (u32 i = 0; i < events.count; i++) {
        read_parts(r, &events.items[i]);
    }
    r->records.events = events.items;
    r->records.event_count = events.count;
    r->stories = stories.items;
}

/* ------------------------------------------------------------------ claims */

static u32 index_of_event(const store_reader *r, span id) {
    for (u32 i = 0; i < r->records.event_count; i++) {
        if (span_eq(r->records.events[i].id, id)) {
            return i;
        }
    }
    return NONE;
}

static void read_claim_parts(store_reader *r, drg_claim *c) {
    LIST(u32) events = {.count = 0};
    actor_rows about = {.count = 0};
    evidence_rows words = read_evidence(r, ask_for(r, "SELECT start, stop, text FROM claim_parts WHERE claim = ?1 ORDER BY number", c->id));
    sql_query *q = ask_for(r, "SELECT " ACTOR_COLUMNS " FROM claim_about WHERE claim = ?1 ORDER BY number", c->id);
    while (query_next(q)) {
        drg_actor *a = PUSH(r, about);
        if (a != NULL) {
            *a = take_actor(r, q, 0);
        }
    }
    q = ask_for(r, "SELECT event FROM claim_events WHERE claim = ?1 ORDER BY number, event", c->id);
    while (query_next(q)) {
        u32 at = index_of_event(r, query_text(q, 0)), *room = at != NONE ? PUSH(r, events) : NULL;
        if (room != NULL) {
            *room = at;
        }
    }
    c->content = words.items;
    c->content_count = words.count;
    c->about = about.items;
    c->about_count = about.count;
    c->events = events.items;
    c->event_count = events.count;
}

static void read_claims(store_reader *r) {
    LIST(drg_claim) claims = {.count = 0};
    sql_query *q = ask_for(r, "SELECT id, code, name, title, entity, speaker_start, speaker_stop, speaker, act, direct, channel, start, stop, cue"
                              " FROM claims WHERE report = ?1 ORDER BY number", r->records.id);
    while (query_next(q)) {
        drg_claim *c = PUSH(r, claims);
        if (c != NULL) {
            *c = (drg_claim){.id = take(r, q, 0), .speaker = take_actor(r, q, 1), .act = take(r, q, 8), .channel = take(r, q, 10)};
            c->direct = query_number(q, 9) != 0;
            c->cue = take_evidence(r, q, 11);
        }
    }
    for (u32 i = 0; i < claims.count; i++) {
        read_claim_parts(r, &claims.items[i]);
    }
    r->records.claims = claims.items;
    r->records.claim_count = claims.count;
}

/* ------------------------------------------------------------------ agreements */

static actor_rows read_role(store_reader *r, span agreement, const char *role) {
    return read_actors(r, ask_for(r, "SELECT " ACTOR_COLUMNS " FROM agreement_parties WHERE agreement = ?1 AND role = ?2 ORDER BY number",
                                  agreement), role);
}

static evidence_rows read_words(store_reader *r, span agreement, const char *kind) {
    sql_query *q = ask_for(r, "SELECT start, stop, text FROM agreement_parts WHERE agreement = ?1 AND kind = ?2 ORDER BY number", agreement);
    query_put_text(q, 2, span_of(kind));
    return read_evidence(r, q);
}

static void read_assessments(store_reader *r, drg_agreement *g) {
    actor_rows of = read_role(r, g->id, "of"), by = read_role(r, g->id, "judge");
    drg_assessment *out = arena_new(r->memory, drg_assessment, of.count + 1);
    sql_query *q = ask_for(r, "SELECT start, stop, text, kind FROM agreement_parts WHERE agreement = ?1 AND kind IN ('kept', 'broken', 'unclear')"
                              " ORDER BY number", g->id);
    for (u32 i = 0; out != NULL && query_next(q) && i < of.count && i < by.count; i++) {
        out[g->assessment_count++] = (drg_assessment){of.items[i], by.items[i], take(r, q, 3), take_evidence(r, q, 0)};
    }
    query_reset(q);
    g->assessments = out;
}

static void read_agreement_parts(store_reader *r, drg_agreement *g) {
    actor_rows parties = read_role(r, g->id, "party"), signatories = read_role(r, g->id, "signatory");
    actor_rows by = read_role(r, g->id, "by"), to = read_role(r, g->id, "to");
    evidence_rows provisions = read_words(r, g->id, "provision"), words = read_words(r, g->id, "undertaking");
    drg_undertaking *undertakings = arena_new(r->memory, drg_undertaking, words.count + 1);
    for (u32 i = 0; i < words.count && i < by.count && i < to.count && undertakings != NULL; i++) {
        undertakings[g->undertaking_count++] = (drg_undertaking){by.items[i], to.items[i], words.items[i]};
    }
    g->parties = parties.items;
    g->party_count = parties.count;
    g->signatories = signatories.items;
    g->signatory_count = signatories.count;
    g->provisions = provisions.items;
    g->provision_count = provisions.count;
    g->undertakings = undertakings;
    read_assessments(r, g);
}

static void read_agreements(store_reader *r) {
    LIST(drg_agreement) agreements = {.count = 0};
    sql_query *q = ask_for(r, "SELECT id, name, kind, stage, date, place FROM agreements WHERE report = ?1 ORDER BY number", r->records.id);
    while (query_next(q)) {
        drg_agreement *g = PUSH(r, agreements);
        if (g != NULL) {
            *g = (drg_agreement){.id = take(r, q, 0), .name = take(r, q, 1), .kind = take(r, q, 2), .stage = take(r, q, 3)};
            g->date = take(r, q, 4);
            g->place = take(r, q, 5);
        }
    }
    for (u32 i = 0; i < agreements.count; i++) {
        read_agreement_parts(r, &agreements.items[i]);
    }
    r->records.agreements = agreements.items;
    r->records.agreement_count = agreements.count;
}

/* ------------------------------------------------------------------ the report */

static void read_problems(store_reader *r) {
    LIST(drg_problem) problems = {.count = 0};
    sql_query *q = ask_for(r, "SELECT input, stage, code, message, at FROM problems WHERE report = ?1 ORDER BY number", r->records.id);
    while (query_next(q)) {
        drg_problem *p = PUSH(r, problems);
        if (p != NULL) {
            *p = (drg_problem){take(r, q, 0), take(r, q, 1), take(r, q, 2), take(r, q, 3), (u64)query_number(q, 4)};
        }
    }
    r->records.problems = problems.items;
    r->records.problem_count = problems.count;
}

static text_rows read_texts(store_reader *r, const char *kind) {
    text_rows found = {.count = 0};
    sql_query *q = ask_for(r, "SELECT text FROM report_texts WHERE report = ?1 AND kind = ?2 ORDER BY number", r->records.id);
    query_put_text(q, 2, span_of(kind));
    while (query_next(q)) {
        drg_text *text = PUSH(r, found);
        if (text != NULL) {
            *text = take(r, q, 0);
        }
    }
    return found;
}

#define REPORT_COLUMNS "id, url, outlet, owner, title, date, lang, words, caption, text, run, content, coalesce(copy_of, ''), side, sketch"

static void take_report(store_reader *r, sql_query *q) {
    drg_records *out = &r->records;
    *out = (drg_records){.id = take(r, q, 0), .url = take(r, q, 1), .outlet = take(r, q, 2), .owner = take(r, q, 3), .title = take(r, q, 4)};
    out->date = take(r, q, 5);
    out->lang = take(r, q, 6);
    out->words = (size_t)query_number(q, 7);
    out->caption = take(r, q, 8);
    out->text = take(r, q, 9);
    r->run = query_number(q, 10);
    r->content = take(r, q, 11);
    r->copy_of = take(r, q, 12);
    out->side = take(r, q, 13);
    out->sketch = arena_copy(r->memory, query_bytes(q, 14));
}

static void read_rest(store_reader *r) {
    text_rows sources = read_texts(r, "source"), credits = read_texts(r, "credit"), furniture = read_texts(r, "furniture");
    drg_records *out = &r->records;
    out->stated_sources = sources.items;
    out->stated_source_count = sources.count;
    out->credits = credits.items;
    out->credit_count = credits.count;
    out->furniture = furniture.items;
    out->furniture_count = furniture.count;
    read_events(r);
    read_claims(r);
    read_agreements(r);
    read_problems(r);
}

void store_read_open(store_reader *r, store *s, arena *memory) {
    *r = (store_reader){.s = s, .memory = memory};
    r->reports = database_stream(s->base, "SELECT " REPORT_COLUMNS " FROM reports ORDER BY date, id");
}

bool store_read_next(store_reader *r) {
    if (r->status != DRG_OK || !query_next(r->reports)) {
        r->reports = NULL;
        return false;
    }
    arena_reset(r->memory);
    take_report(r, r->reports);
    read_rest(r);
    return r->status == DRG_OK;
}

drg_status store_read_check(store_reader *r, drg_error *error) {
    query_reset(r->reports);
    DRG_TRY(database_check(r->s->base, error));
    return r->status == DRG_OK ? DRG_OK : drg_fail(error, r->status, database_name(r->s->base), 0, "a report needs more memory than there is");
}

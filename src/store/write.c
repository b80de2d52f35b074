// SPDX-License-Identifier: Apache-2.0
/* One report's records into the tables.  Everything goes through one `adder` that stops at the first
 * failure, so that the row functions below read as lists of columns. */
#include "store/inside.h"

typedef struct {
    store *s;
    sqlite3_stmt *row; /* being filled */
    int at;            /* its last column */
    drg_status status;
    drg_error *error;
} adder;

static void open_row(adder *a, store_sql which) {
    a->at = 0;
    a->row = a->status == DRG_OK ? store_prepare(a->s, which, a->error) : NULL;
    if (a->row == NULL && a->status == DRG_OK) {
        a->status = DRG_ERROR_STORE;
    }
}

static void close_row(adder *a) {
    if (a->status == DRG_OK) {
        a->status = store_do(a->s, a->row, a->error);
    }
}

static void put_text(adder *a, span text) {
    a->at++;
    if (a->status == DRG_OK) {
        store_bind_text(a->row, a->at, text);
    }
}

static void put_number(adder *a, i64 value) {
    a->at++;
    if (a->status == DRG_OK) {
        sqlite3_bind_int64(a->row, a->at, value);
    }
}

static void put_real(adder *a, double value) {
    a->at++;
    if (a->status == DRG_OK) {
        sqlite3_bind_double(a->row, a->at, value);
    }
}

static void put_nothing(adder *a) { a->at++; /* bindings are cleared: NULL */ }

static void put_count(adder *a, int value) {
    if (value < 0) {
        put_nothing(a);
    } else {
        put_number(a, value);
    }
}

static void put_extent(adder *a, drg_extent at) {
    put_number(a, at.start);
    put_number(a, at.end);
}

/* ------------------------------------------------------------------ the report */

static drg_status settle_run(store *s, drg_error *error) {
    if (s->run_id != 0) {
        return DRG_OK;
    }
    for (int pass = 0; pass < 2; pass++) {
        sqlite3_stmt *statement = store_prepare(s, SQL_FIND_RUN, error);
        if (statement == NULL) {
            return DRG_ERROR_STORE;
        }
        store_bind_text(statement, 1, span_of(s->run.program));
        store_bind_text(statement, 2, s->run.model);
        store_bind_text(statement, 3, s->run.words);
        if (sqlite3_step(statement) == SQLITE_ROW) {
            s->run_id = sqlite3_column_int64(statement, 0);
        }
        sqlite3_reset(statement);
        if (s->run_id != 0 || pass == 1) {
            break;
        }
        adder a = {.s = s, .error = error};
        open_row(&a, SQL_ADD_RUN);
        put_text(&a, span_of(s->run.program));
        put_text(&a, s->run.model);
        put_text(&a, s->run.words);
        close_row(&a);
        DRG_TRY(a.status);
    }
    return s->run_id != 0 ? DRG_OK : store_fail(s, sqlite3_errcode(s->file), error);
}

static void add_report(adder *a, const drg_records *r, span content, const char *copy_of, const copies_sketch *sketch) {
    open_row(a, SQL_ADD_REPORT);
    put_text(a, r->id);
    put_number(a, a->s->run_id);
    put_text(a, content);
    put_text(a, r->url);
    put_text(a, r->outlet);
    put_text(a, r->owner);
    put_text(a, r->title);
    put_text(a, r->date);
    put_text(a, r->lang);
    put_number(a, (i64)r->words);
    put_text(a, r->caption);
    put_text(a, r->text);
    if (copy_of[0] != '\0') {
        put_text(a, span_of(copy_of));
    } else {
        put_nothing(a);
    }
    if (a->status == DRG_OK) {
        sqlite3_bind_blob(a->row, ++a->at, sketch, sizeof *sketch, SQLITE_STATIC);
    }
    close_row(a);
}

static void add_texts(adder *a, span report, const char *kind, const drg_text *texts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        open_row(a, SQL_ADD_TEXT);
        put_text(a, report);
        put_text(a, span_of(kind));
        put_number(a, (i64)i);
        put_text(a, texts[i]);
        close_row(a);
    }
}

/* ------------------------------------------------------------------ events */

static void add_parties(adder *a, span event, const char *side, const drg_actor *actors, size_t count) {
    for (size_t i = 0; i < count; i++) {
        open_row(a, SQL_ADD_PARTY);
        put_text(a, event);
        put_text(a, span_of(side));
        put_number(a, (i64)i);
        put_text(a, actors[i].code);
        put_text(a, actors[i].name);
        put_text(a, actors[i].title);
        if (actors[i].entity == NONE) {
            put_nothing(a);
        } else {
            put_number(a, actors[i].entity);
        }
        put_extent(a, actors[i].at);
        put_text(a, actors[i].text);
        close_row(a);
    }
}

static void put_place(adder *a, const drg_place *place) {
    if (place == NULL) {
        for (int i = 0; i < 6; i++) {
            put_nothing(a);
        }
        return;
    }
    put_text(a, place->name);
    put_text(a, place->country);
    put_real(a, place->lat);
    put_real(a, place->lon);
    put_number(a, place->geonameid);
    put_text(a, place->kind);
}

static void add_event_row(adder *a, span report, const drg_event *e, const char *sides, i64 day, const char *story) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    open_row(a, SQL_ADD_EVENT);
    put_text(a, e->id);
    put_text(a, report);
    put_text(a, e->plover);
    put_text(a, e->mode);
    put_text(a, e->contexts);
    put_text(a, e->cameo);
    put_real(a, e->goldstein);
    put_number(a, e->quad);
    put_number(a, e->reciprocal);
    put_text(a, span_of(statuses[e->status]));
    put_text(a, e->date);
    put_text(a, e->date_end);
    put_text(a, e->date_basis);
    put_place(a, e->place);
    put_count(a, e->dead);
    put_count(a, e->injured);
    put_count(a, e->arrested);
    put_number(a, e->background);
    put_text(a, e->frame);
    put_text(a, e->trigger);
    put_text(a, e->entry);
    put_real(a, e->confidence);
    put_text(a, span_of(sides));
    if (day == INT64_MIN) {
        put_nothing(a);
    } else {
        put_number(a, day);
    }
    put_text(a, span_of(story));
    close_row(a);
}

static void add_event(adder *a, const drg_records *records, const drg_event *e) {
    char sides[256], story[64];
    i64 day;
    if (a->status == DRG_OK) {
        a->status = story_of_event(a->s, records, e, sides, &day, story, a->error);
    }
    if (a->status != DRG_OK) {
        return;
    }
    add_event_row(a, records->id, e, sides, day, story);
    add_parties(a, e->id, "source", e->source, e->source_count);
    add_parties(a, e->id, "target", e->target, e->target_count);
    add_parties(a, e->id, "claimer", e->claimed_by, e->claimed_count);
    for (size_t i = 0; i < e->evidence_count; i++) {
        open_row(a, SQL_ADD_EVIDENCE);
        put_text(a, e->id);
        put_number(a, (i64)i);
        put_extent(a, e->evidence[i].at);
        put_text(a, e->evidence[i].text);
        close_row(a);
    }
}

/* ------------------------------------------------------------------ claims, agreements, problems */

static void add_claim(adder *a, const drg_records *records, const drg_claim *c) {
    open_row(a, SQL_ADD_CLAIM);
    put_text(a, c->id);
    put_text(a, records->id);
    put_text(a, c->speaker.code);
    put_text(a, c->speaker.name);
    put_text(a, c->speaker.title);
    put_text(a, c->act);
    put_number(a, c->direct);
    put_text(a, c->channel);
    put_text(a, c->cue.text);
    put_extent(a, c->cue.at);
    close_row(a);
    for (size_t i = 0; i < c->content_count; i++) {
        open_row(a, SQL_ADD_CLAIM_PART);
        put_text(a, c->id);
        put_number(a, (i64)i);
        put_extent(a, c->content[i].at);
        put_text(a, c->content[i].text);
        close_row(a);
    }
    for (size_t i = 0; i < c->about_count; i++) {
        open_row(a, SQL_ADD_CLAIM_ABOUT);
        put_text(a, c->id);
        put_number(a, (i64)i);
        put_text(a, c->about[i].code);
        put_text(a, c->about[i].name);
        close_row(a);
    }
    for (size_t i = 0; i < c->event_count; i++) {
        open_row(a, SQL_ADD_CLAIM_EVENT);
        put_text(a, c->id);
        put_text(a, records->events[c->events[i]].id);
        close_row(a);
    }
}

static void add_members(adder *a, span agreement, const char *role, const drg_actor *actors, size_t count) {
    for (size_t i = 0; i < count; i++) {
        open_row(a, SQL_ADD_AGREEMENT_PARTY);
        put_text(a, agreement);
        put_text(a, span_of(role));
        put_number(a, (i64)i);
        put_text(a, actors[i].code);
        put_text(a, actors[i].name);
        close_row(a);
    }
}

static void add_agreement(adder *a, const drg_records *records, const drg_agreement *g) {
    open_row(a, SQL_ADD_AGREEMENT);
    put_text(a, g->id);
    put_text(a, records->id);
    put_text(a, g->name);
    put_text(a, g->kind);
    put_text(a, g->stage);
    put_text(a, g->date);
    put_text(a, g->place);
    close_row(a);
    add_members(a, g->id, "party", g->parties, g->party_count);
    add_members(a, g->id, "signatory", g->signatories, g->signatory_count);
}

static void add_problem(adder *a, const drg_records *records, const drg_problem *p) {
    open_row(a, SQL_ADD_PROBLEM);
    put_text(a, records->id);
    put_text(a, p->doc);
    put_text(a, p->stage);
    put_text(a, p->code);
    put_text(a, p->message);
    put_number(a, (i64)p->offset);
    close_row(a);
}

drg_status store_write_report(store *s, const drg_records *records, span content, drg_error *error) {
    copies_sketch sketch;
    char copy_of[64];
    adder a = {.s = s, .error = error};
    DRG_TRY(settle_run(s, error));
    copies_draw(records->text, &sketch);
    DRG_TRY(story_find_copied(s, records->id, &sketch, copy_of, error));
    add_report(&a, records, content, copy_of, &sketch);
    add_texts(&a, records->id, "source", records->stated_sources, records->stated_source_count);
    add_texts(&a, records->id, "credit", records->credits, records->credit_count);
    add_texts(&a, records->id, "furniture", records->furniture, records->furniture_count);
    for (size_t i = 0; i < records->event_count; i++) {
        add_event(&a, records, &records->events[i]);
    }
    for (size_t i = 0; i < records->claim_count; i++) {
        add_claim(&a, records, &records->claims[i]);
    }
    for (size_t i = 0; i < records->agreement_count; i++) {
        add_agreement(&a, records, &records->agreements[i]);
    }
    for (size_t i = 0; i < records->problem_count; i++) {
        add_problem(&a, records, &records->problems[i]);
    }
    DRG_TRY(a.status);
    return story_remember(s, records->id, &sketch, error);
}

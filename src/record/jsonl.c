// SPDX-License-Identifier: Apache-2.0
/* Records as JSON lines: one object a line, keys always in the same order, numbers in a fixed form. */
#include "base/out.h"

typedef struct {
    out_bytes out;
    bool comma;
} writer;

static void key(writer *w, const char *name) {
    bool first = !w->comma;
    out_key(&w->out, &first, name);
    w->comma = true;
}

static void open_object(writer *w) {
    out_put(&w->out, "{", 1);
    w->comma = false;
}

static void close_object(writer *w) {
    out_put(&w->out, "}", 1);
    w->comma = true;
}

static void field(writer *w, const char *name, span value) {
    key(w, name);
    out_json(&w->out, value);
}

static void field_number(writer *w, const char *name, double value, int decimals) {
    key(w, name);
    out_format(&w->out, "%.*f", decimals, value);
}

static void field_bool(writer *w, const char *name, bool value) {
    key(w, name);
    out_text(&w->out, value ? "true" : "false");
}

static void field_extent(writer *w, drg_extent at) {
    field_number(w, "start", at.start, 0);
    field_number(w, "end", at.end, 0);
}

static void open_line(writer *w, const char *type, span doc, span id) {
    open_object(w);
    field(w, "type", span_of(type));
    field(w, "doc", doc);
    if (id.len > 0) {
        field(w, "id", id);
    }
}

static void close_line(writer *w) {
    close_object(w);
    out_put(&w->out, "\n", 1);
}

static void put_actor(writer *w, const drg_actor *a) {
    open_object(w);
    field(w, "code", a->code);
    field(w, "name", a->name);
    field(w, "title", a->title);
    if (a->entity != NONE) {
        field_number(w, "entity", a->entity, 0);
    }
    field_extent(w, a->at);
    field(w, "text", a->text);
    close_object(w);
}

static void field_actors(writer *w, const char *name, const drg_actor *actors, size_t count) {
    key(w, name);
    out_put(&w->out, "[", 1);
    for (size_t i = 0; i < count; i++) {
        out_put(&w->out, ",", i > 0);
        put_actor(w, &actors[i]);
    }
    out_put(&w->out, "]", 1);
    w->comma = true;
}

static void put_evidence(writer *w, const drg_evidence *e) {
    open_object(w);
    field_extent(w, e->at);
    field(w, "text", e->text);
    close_object(w);
}

static void field_evidence(writer *w, const char *name, const drg_evidence *evidence, size_t count) {
    key(w, name);
    out_put(&w->out, "[", 1);
    for (size_t i = 0; i < count; i++) {
        out_put(&w->out, ",", i > 0);
        put_evidence(w, &evidence[i]);
    }
    out_put(&w->out, "]", 1);
    w->comma = true;
}

static void field_texts(writer *w, const char *name, const drg_text *texts, size_t count) {
    key(w, name);
    out_put(&w->out, "[", 1);
    for (size_t i = 0; i < count; i++) {
        out_put(&w->out, ",", i > 0);
        out_json(&w->out, texts[i]);
    }
    out_put(&w->out, "]", 1);
}

/* "a;b" as ["a","b"]. */
static void field_split(writer *w, const char *name, span list) {
    key(w, name);
    out_put(&w->out, "[", 1);
    for (bool first = true; list.len > 0; first = false) {
        out_put(&w->out, ",", !first);
        out_json(&w->out, span_trim(span_next_field(&list, ';')));
    }
    out_put(&w->out, "]", 1);
}

static void put_contradictions(writer *w, const drg_records *r) {
    key(w, "contradictions");
    out_put(&w->out, "[", 1);
    for (size_t i = 0; i < r->contradiction_count; i++) {
        const drg_contradiction *c = &r->contradictions[i];
        out_put(&w->out, ",", i > 0);
        open_object(w);
        field(w, "name", c->name);
        field_number(w, "entity", (double)c->entity, 0);
        key(w, "office");
        put_evidence(w, &c->office);
        key(w, "other");
        put_evidence(w, &c->other);
        close_object(w);
    }
    out_put(&w->out, "]", 1);
}

static void put_report(writer *w, const drg_records *r) {
    open_object(w);
    field(w, "type", SPAN("report"));
    field(w, "id", r->id);
    field(w, "url", r->url);
    field(w, "outlet", r->outlet);
    field(w, "owner", r->owner);
    field(w, "title", r->title);
    field(w, "date", r->date);
    field(w, "byline", r->byline);
    field(w, "lang", r->lang);
    field_number(w, "words", (double)r->words, 0);
    field_texts(w, "stated_sources", r->stated_sources, r->stated_source_count);
    field_texts(w, "credits", r->credits, r->credit_count);
    field(w, "caption", r->caption);
    field_texts(w, "furniture", r->furniture, r->furniture_count);
    put_contradictions(w, r);
    close_line(w);
}

static void put_place(writer *w, const drg_place *p) {
    key(w, "place");
    if (p == NULL) {
        out_text(&w->out, "null");
        return;
    }
    open_object(w);
    field(w, "name", p->name);
    field(w, "country", p->country);
    field_number(w, "lat", p->lat, 5);
    field_number(w, "lon", p->lon, 5);
    field_number(w, "geonameid", p->geonameid, 0);
    field(w, "kind", p->kind);
    field_extent(w, p->at);
    close_object(w);
}

static void put_size(writer *w, const drg_event *e) {
    key(w, "size");
    open_object(w);
    if (e->dead >= 0) {
        field_number(w, "dead", e->dead, 0);
    }
    if (e->injured >= 0) {
        field_number(w, "injured", e->injured, 0);
    }
    if (e->arrested >= 0) {
        field_number(w, "arrested", e->arrested, 0);
    }
    close_object(w);
}

static void put_event(writer *w, span doc, const drg_event *e) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    open_line(w, "event", doc, e->id);
    field(w, "plover", e->plover);
    field(w, "mode", e->mode);
    field_split(w, "contexts", e->contexts);
    field(w, "cameo", e->cameo);
    field_number(w, "goldstein", e->goldstein, 1);
    field_number(w, "quad", e->quad, 0);
    field_actors(w, "source", e->source, e->source_count);
    field_actors(w, "target", e->target, e->target_count);
    field_bool(w, "reciprocal", e->reciprocal);
    field(w, "status", span_of(statuses[e->status]));
    field_actors(w, "claimed_by", e->claimed_by, e->claimed_count);
    field(w, "date", e->date);
    field(w, "date_end", e->date_end);
    field(w, "date_basis", e->date_basis);
    put_place(w, e->place);
    put_size(w, e);
    field_bool(w, "background", e->background);
    field_evidence(w, "evidence", e->evidence, e->evidence_count);
    field_number(w, "sentence", e->sentence, 0);
    key(w, "why");
    open_object(w);
    field(w, "frame", e->frame);
    field(w, "trigger", e->trigger);
    field(w, "entry", e->entry);
    close_object(w);
    field_number(w, "confidence", e->confidence, 2);
    close_line(w);
}

static void put_claim(writer *w, const drg_records *r, const drg_claim *c) {
    open_line(w, "claim", r->id, c->id);
    key(w, "speaker");
    put_actor(w, &c->speaker);
    key(w, "cue");
    put_evidence(w, &c->cue);
    field_evidence(w, "content", c->content, c->content_count);
    field_bool(w, "direct", c->direct);
    field(w, "channel", c->channel);
    field(w, "act", c->act);
    field_actors(w, "about", c->about, c->about_count);
    key(w, "events");
    out_put(&w->out, "[", 1);
    for (size_t i = 0; i < c->event_count; i++) {
        out_put(&w->out, ",", i > 0);
        out_json(&w->out, r->events[c->events[i]].id);
    }
    out_put(&w->out, "]", 1);
    close_line(w);
}

static void put_agreement(writer *w, span doc, const drg_agreement *a) {
    open_line(w, "agreement", doc, a->id);
    field(w, "name", a->name);
    field(w, "kind", a->kind);
    field_actors(w, "parties", a->parties, a->party_count);
    field_actors(w, "signatories", a->signatories, a->signatory_count);
    field(w, "stage", a->stage);
    field(w, "date", a->date);
    field(w, "place", a->place);
    field_evidence(w, "provisions", a->provisions, a->provision_count);
    key(w, "undertakings");
    out_put(&w->out, "[", 1);
    for (size_t i = 0; i < a->undertaking_count; i++) {
        out_put(&w->out, ",", i > 0);
        open_object(w);
        key(w, "by");
        put_actor(w, &a->undertakings[i].by);
        key(w, "to");
        put_actor(w, &a->undertakings[i].to);
        key(w, "span");
        put_evidence(w, &a->undertakings[i].at);
        close_object(w);
    }
    out_put(&w->out, "]", 1);
    w->comma = true;
    key(w, "assessments");
    out_put(&w->out, "[", 1);
    for (size_t i = 0; i < a->assessment_count; i++) {
        out_put(&w->out, ",", i > 0);
        open_object(w);
        key(w, "of");
        put_actor(w, &a->assessments[i].of);
        field(w, "verdict", a->assessments[i].verdict);
        key(w, "by");
        put_actor(w, &a->assessments[i].by);
        key(w, "span");
        put_evidence(w, &a->assessments[i].at);
        close_object(w);
    }
    out_put(&w->out, "]", 1);
    close_line(w);
}

static void put_problem(writer *w, const drg_problem *p) {
    open_line(w, "problem", p->doc, SPAN(""));
    field(w, "stage", p->stage);
    field(w, "code", p->code);
    field(w, "message", p->message);
    field_number(w, "offset", (double)p->offset, 0);
    close_line(w);
}

drg_status drg_records_write_jsonl(const drg_records *records, drg_sink sink, void *user) {
    writer w = {.comma = false};
    out_open(&w.out, sink, user);
    put_report(&w, records);
    for (size_t i = 0; i < records->event_count; i++) {
        put_event(&w, records->id, &records->events[i]);
    }
    for (size_t i = 0; i < records->claim_count; i++) {
        put_claim(&w, records, &records->claims[i]);
    }
    for (size_t i = 0; i < records->agreement_count; i++) {
        put_agreement(&w, records->id, &records->agreements[i]);
    }
    for (size_t i = 0; i < records->problem_count; i++) {
        put_problem(&w, &records->problems[i]);
    }
    return out_flush(&w.out);
}

drg_status drg_problem_write_jsonl(const drg_problem *problem, drg_sink sink, void *user) {
    writer w = {.comma = false};
    out_open(&w.out, sink, user);
    put_problem(&w, problem);
    return out_flush(&w.out);
}

// SPDX-License-Identifier: Apache-2.0
/* One report's records into the tables, as lists of columns and values.  Failures are kept by the database,
 * and nothing is written behind the first one. */
#include "store/inside.h"

static value text(span words) { return value_text(words); }
static value number(i64 n) { return value_number(n); }
static value flag(bool yes) { return value_number(yes); }
static value count(int n) { return n < 0 ? value_nothing() : value_number(n); }
static value word(const char *words) { return value_text(span_of(words)); }
static value entity(u32 n) { return n == NONE ? value_nothing() : value_number(n); }

#define ACTOR_VALUES(a) \
    text((a)->code), text((a)->name), text((a)->title), entity((a)->entity), number((a)->at.start), number((a)->at.end), text((a)->text)

/* ------------------------------------------------------------------ the report */

static void find_run(store *s) {
    sql_query *find = database_ask(s->base, "SELECT id FROM runs WHERE program = ?1 AND model = ?2 AND words = ?3 AND options = ?4");
    query_put_text(find, 1, span_of(s->run.program));
    query_put_text(find, 2, s->run.model);
    query_put_text(find, 3, s->run.words);
    query_put_text(find, 4, span_of(s->run.options));
    s->run_id = query_next(find) ? query_number(find, 0) : 0;
    query_reset(find);
}

static void settle_run(store *s) {
    if (s->run_id == 0) {
        find_run(s);
    }
    if (s->run_id == 0) {
        database_add(s->base, "runs(program, model, words, options)", word(s->run.program), text(s->run.model), text(s->run.words),
                     word(s->run.options));
        find_run(s);
    }
}

static void add_report(store *s, const drg_records *r, span content) {
    database_add(s->base, "reports(id, run, content, url, outlet, owner, title, date, lang, words, caption, text, side, sketch)",
                 text(r->id), number(s->run_id), text(content), text(r->url), text(r->outlet), text(r->owner), text(r->title),
                 text(r->date), text(r->lang), number((i64)r->words), text(r->caption), text(r->text),
                 text(r->side), value_bytes(r->sketch));
}

static void add_texts(sql_base *d, span report, const char *kind, const drg_text *texts, size_t many) {
    for (size_t i = 0; i < many; i++) {
        database_add(d, "report_texts(report, kind, number, text)", text(report), word(kind), number((i64)i), text(texts[i]));
    }
}

/* ------------------------------------------------------------------ events */

static void add_parties(sql_base *d, span event, const char *side, const drg_actor *actors, size_t many) {
    for (size_t i = 0; i < many; i++) {
        database_add(d, "actors(event, side, number, code, name, title, entity, start, stop, text)", text(event), word(side),
                     number((i64)i), ACTOR_VALUES(&actors[i]));
    }
}

const char *const store_status_names[] = {"actual", "claimed", "denied", "planned"};

static void add_event_row(sql_base *d, const drg_records *records, const drg_event *e) {
    const drg_place *p = e->place;
    char sides[256];
    i64 day;
    bool whole_day = story_key(records, e, sides, &day);
    span date = e->date.len > 0 ? e->date : records->date, shown = span_cut(date, 0, date.len < 10 ? date.len : 10);
    database_add(d, "events(id, report, plover, mode, contexts, cameo, goldstein, quad, reciprocal, status, date, date_end, date_basis,"
                    " place, country, lat, lon, geonameid, place_kind, place_start, place_stop, dead, injured, arrested, background,"
                    " frame, trigger, entry, confidence, sentence, sides, day, story,"
                    " shown)",
                 text(e->id), text(records->id), text(e->plover), text(e->mode), text(e->contexts), text(e->cameo),
                 value_real(e->goldstein), number(e->quad), flag(e->reciprocal), word(store_status_names[e->status]), text(e->date),
                 text(e->date_end), text(e->date_basis), p ? text(p->name) : value_nothing(), p ? text(p->country) : value_nothing(),
                 p ? value_real(p->lat) : value_nothing(), p ? value_real(p->lon) : value_nothing(),
                 p ? number(p->geonameid) : value_nothing(), p ? text(p->kind) : value_nothing(),
                 p ? number(p->at.start) : value_nothing(), p ? number(p->at.end) : value_nothing(), count(e->dead), count(e->injured),
                 count(e->arrested), flag(e->background), text(e->frame), text(e->trigger), text(e->entry), value_real(e->confidence), number(e->sentence),
                 word(sides), whole_day ? number(day) : value_nothing(), word(""), text(shown));
    counts_add_event(d, e, shown);
}

static void add_event(sql_base *d, const drg_records *records, const drg_event *e) {
    add_event_row(d, records, e);
    add_parties(d, e->id, "source", e->source, e->source_count);
    add_parties(d, e->id, "target", e->target, e->target_count);
    add_parties(d, e->id, "claimer", e->claimed_by, e->claimed_count);
    for (size_t i = 0; i < e->evidence_count; i++) {
        const drg_evidence *words = &e->evidence[i];
        database_add(d, "evidence(event, number, start, stop, text)", text(e->id), number((i64)i), number(words->at.start),
                     number(words->at.end), text(words->text));
    }
}

/* ------------------------------------------------------------------ claims, agreements, problems */

static void add_claim(sql_base *d, const drg_records *records, const drg_claim *c) {
    const drg_actor *by = &c->speaker;
    database_add_once(d, "claims(id, report, code, name, title, entity, speaker_start, speaker_stop, speaker, act, direct, channel, cue,"
                         " start, stop)",
                      text(c->id), text(records->id), ACTOR_VALUES(by), text(c->act), flag(c->direct), text(c->channel),
                      text(c->cue.text), number(c->cue.at.start), number(c->cue.at.end));
    for (size_t i = 0; i < c->content_count; i++) {
        const drg_evidence *words = &c->content[i];
        database_add_once(d, "claim_parts(claim, number, start, stop, text)", text(c->id), number((i64)i), number(words->at.start),
                          number(words->at.end), text(words->text));
    }
    for (size_t i = 0; i < c->about_count; i++) {
        database_add_once(d, "claim_about(claim, number, code, name, title, entity, start, stop, text)", text(c->id), number((i64)i),
                          ACTOR_VALUES(&c->about[i]));
    }
    for (size_t i = 0; i < c->event_count; i++) {
        database_add_once(d, "claim_events(claim, event, number)", text(c->id), text(records->events[c->events[i]].id), number((i64)i));
    }
}

static void add_member(sql_base *d, span agreement, const char *role, size_t at, const drg_actor *who) {
    database_add_once(d, "agreement_parties(agreement, role, number, code, name, title, entity, start, stop, text)", text(agreement),
                      word(role), number((i64)at), ACTOR_VALUES(who));
}

static void add_part(sql_base *d, span agreement, const char *kind, size_t at, const drg_evidence *words) {
    database_add_once(d, "agreement_parts(agreement, kind, number, start, stop, text)", text(agreement), word(kind), number((i64)at),
                      number(words->at.start), number(words->at.end), text(words->text));
}

/* Verdicts are kinds of parts. */
static const char *verdict_name(span verdict) {
    static const char *const names[] = {"kept", "broken", "unclear"};
    u32 i = 0;
    while (i < COUNT_OF(names) - 1 && !span_eq(verdict, span_of(names[i]))) {
        i++;
    }
    return names[i];
}

static void add_agreement(sql_base *d, const drg_records *records, const drg_agreement *g) {
    database_add_once(d, "agreements(id, report, name, kind, stage, date, place)", text(g->id), text(records->id), text(g->name),
                      text(g->kind), text(g->stage), text(g->date), text(g->place));
    for (size_t i = 0; i < g->party_count; i++) {
        add_member(d, g->id, "party", i, &g->parties[i]);
    }
    for (size_t i = 0; i < g->signatory_count; i++) {
        add_member(d, g->id, "signatory", i, &g->signatories[i]);
    }
    for (size_t i = 0; i < g->provision_count; i++) {
        add_part(d, g->id, "provision", i, &g->provisions[i]);
    }
    for (size_t i = 0; i < g->undertaking_count; i++) {
        add_part(d, g->id, "undertaking", i, &g->undertakings[i].at);
        add_member(d, g->id, "by", i, &g->undertakings[i].by);
        add_member(d, g->id, "to", i, &g->undertakings[i].to);
    }
    for (size_t i = 0; i < g->assessment_count; i++) {
        add_part(d, g->id, verdict_name(g->assessments[i].verdict), i, &g->assessments[i].at);
        add_member(d, g->id, "of", i, &g->assessments[i].of);
        add_member(d, g->id, "judge", i, &g->assessments[i].by);
    }
}

static void add_problem(sql_base *d, value report, const drg_problem *p) {
    database_add_once(d, "problems(report, input, stage, code, message, at)", report, text(p->doc), text(p->stage), text(p->code),
                      text(p->message), number((i64)p->offset));
}

void write_problem(sql_base *d, const drg_problem *problem) { add_problem(d, value_nothing(), problem); }

void write_report(store *s, const drg_records *records, span content) {
    sql_base *d = s->base;
    settle_run(s);
    add_report(s, records, content);
    search_add_report(d, records->id);
    add_texts(d, records->id, "source", records->stated_sources, records->stated_source_count);
    add_texts(d, records->id, "credit", records->credits, records->credit_count);
    add_texts(d, records->id, "furniture", records->furniture, records->furniture_count);
    for (size_t i = 0; i < records->event_count; i++) {
        add_event(d, records, &records->events[i]);
    }
    for (size_t i = 0; i < records->claim_count; i++) {
        add_claim(d, records, &records->claims[i]);
    }
    for (size_t i = 0; i < records->agreement_count; i++) {
        add_agreement(d, records, &records->agreements[i]);
    }
    for (size_t i = 0; i < records->problem_count; i++) {
        add_problem(d, text(records->id), &records->problems[i]);
    }
}

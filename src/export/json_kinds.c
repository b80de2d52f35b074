// SPDX-License-Identifier: Apache-2.0
/* jsonl: the event record of `code --to jsonl`, with what is known across reports behind it.
 * geojson: the events that have a place, as a FeatureCollection (RFC 7946). */
#include "export/inside.h"

static void put_flag(exporter *x, bool *first, const char *name, bool flag) {
    out_key(&x->out, first, name);
    out_text(&x->out, flag ? "true" : "false");
}

static void put_actors(exporter *x, bool *first, const char *name, const drg_actor *actors, size_t count) {
    out_key(&x->out, first, name);
    out_text(&x->out, "[");
    for (size_t i = 0; i < count; i++) {
        bool inner = true;
        out_text(&x->out, i > 0 ? ",{" : "{");
        out_member(&x->out, &inner, "code", actors[i].code);
        out_member(&x->out, &inner, "name", actors[i].name);
        out_member(&x->out, &inner, "title", actors[i].title);
        export_member(x, &inner, "start", "%.0f", actors[i].at.start);
        export_member(x, &inner, "end", "%.0f", actors[i].at.end);
        out_member(&x->out, &inner, "text", actors[i].text);
        out_text(&x->out, "}");
    }
    out_text(&x->out, "]");
}

static void put_contexts(exporter *x, bool *first, span list) {
    out_key(&x->out, first, "contexts");
    out_text(&x->out, "[");
    for (bool any = false; list.len > 0; any = true) {
        out_text(&x->out, any ? "," : "");
        out_json(&x->out, span_trim(span_next_field(&list, ';')));
    }
    out_text(&x->out, "]");
}

static void put_place(exporter *x, bool *first, const drg_place *p) {
    out_key(&x->out, first, "place");
    if (p == NULL) {
        out_text(&x->out, "null");
        return;
    }
    bool inner = true;
    out_text(&x->out, "{");
    out_member(&x->out, &inner, "name", p->name);
    out_member(&x->out, &inner, "country", p->country);
    export_member(x, &inner, "lat", "%.5f", p->lat);
    export_member(x, &inner, "lon", "%.5f", p->lon);
    export_member(x, &inner, "geonameid", "%.0f", p->geonameid);
    out_member(&x->out, &inner, "kind", p->kind);
    out_text(&x->out, "}");
}

static void put_evidence(exporter *x, bool *first, const drg_event *e) {
    out_key(&x->out, first, "evidence");
    out_text(&x->out, "[");
    for (size_t i = 0; i < e->evidence_count; i++) {
        bool inner = true;
        out_text(&x->out, i > 0 ? ",{" : "{");
        export_member(x, &inner, "start", "%.0f", e->evidence[i].at.start);
        export_member(x, &inner, "end", "%.0f", e->evidence[i].at.end);
        out_member(&x->out, &inner, "text", e->evidence[i].text);
        out_text(&x->out, "}");
    }
    out_text(&x->out, "]");
}

/* Every field, as members of the object that is open. */
static void put_event(exporter *x, bool *first, const ask_row *row) {
    const drg_event *e = &row->event;
    out_member(&x->out, first, "event", row->story);
    out_member(&x->out, first, "plover", e->plover);
    out_member(&x->out, first, "mode", e->mode);
    put_contexts(x, first, e->contexts);
    out_member(&x->out, first, "cameo", e->cameo);
    export_member(x, first, "goldstein", "%.1f", e->goldstein);
    export_member(x, first, "quad", "%.0f", e->quad);
    put_actors(x, first, "source", e->source, e->source_count);
    put_actors(x, first, "target", e->target, e->target_count);
    put_flag(x, first, "reciprocal", e->reciprocal);
    out_member(&x->out, first, "status", span_of(export_status(e)));
    put_actors(x, first, "claimed_by", e->claimed_by, e->claimed_count);
    out_member(&x->out, first, "date", e->date);
    out_member(&x->out, first, "date_end", e->date_end);
    out_member(&x->out, first, "date_basis", e->date_basis);
    put_place(x, first, e->place);
    export_size_member(x, first, e);
    put_flag(x, first, "background", e->background);
    put_evidence(x, first, e);
    export_member(x, first, "sentence", "%.0f", e->sentence);
    out_key(&x->out, first, "why");
    bool inner = true;
    out_text(&x->out, "{");
    out_member(&x->out, &inner, "frame", e->frame);
    out_member(&x->out, &inner, "trigger", e->trigger);
    out_member(&x->out, &inner, "entry", e->entry);
    out_text(&x->out, "}");
    export_member(x, first, "confidence", "%.2f", e->confidence);
    export_member(x, first, "reports", "%.0f", row->reports);
    export_member(x, first, "outlets", "%.0f", row->outlets);
    export_member(x, first, "witnesses", "%.0f", row->witnesses);
    out_member(&x->out, first, "outlet", row->report.outlet);
    out_member(&x->out, first, "url", row->report.url);
    out_member(&x->out, first, "report_date", row->report.date);
}

static void nothing(exporter *x) { (void)x; }

static void event_jsonl(exporter *x, const export_event *e) {
    bool first = true;
    out_text(&x->out, "{");
    out_member(&x->out, &first, "type", SPAN("event"));
    out_member(&x->out, &first, "doc", e->row->report.id);
    out_member(&x->out, &first, "id", e->row->event.id);
    put_event(x, &first, e->row);
    out_text(&x->out, "}\n");
    x->tally.rows++;
}

static void begin_geojson(exporter *x) {
    bool first = true;
    out_text(&x->out, "{\"type\":\"FeatureCollection\",\"dragoman\":{");
    export_put_run(x, &first);
    out_text(&x->out, "},\"features\":[");
}

static void event_geojson(exporter *x, const export_event *e) {
    const drg_place *p = e->row->event.place;
    bool first = true;
    if (p == NULL) {
        return;
    }
    out_text(&x->out, x->tally.rows++ > 0 ? ",\n" : "\n");
    out_format(&x->out, "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.5f,%.5f]},\"id\":", p->lon, p->lat);
    out_json(&x->out, e->row->event.id);
    out_text(&x->out, ",\"properties\":{");
    out_member(&x->out, &first, "doc", e->row->report.id);
    put_event(x, &first, e->row);
    out_text(&x->out, "}}");
}

static void end_geojson(exporter *x) { out_text(&x->out, "\n]}\n"); }

const export_format export_jsonl = {"jsonl", ASK_EVENTS, nothing, event_jsonl, nothing};
const export_format export_geojson = {"geojson", ASK_EVENTS, begin_geojson, event_geojson, end_geojson};

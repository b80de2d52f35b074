// SPDX-License-Identifier: Apache-2.0
/* PLOVER records (manual of 2021): one JSON object a line.  A mutual event lists all parties as `actor`.
 * What has no place in PLOVER (status, who claims it, the reports) stands in `comment` and `cite_info`. */
#include "export/inside.h"

static void put_entities(exporter *x, bool *first, const char *name, const drg_actor *actors, size_t count) {
    out_key(&x->out, first, name);
    out_text(&x->out, "[");
    for (size_t i = 0; i < count; i++) {
        bool inner = true;
        span primary = actor_primary(&actors[i]);
        out_text(&x->out, i > 0 ? ",{" : "{");
        out_member(&x->out, &inner, "code", primary.len > 0 ? primary : SPAN("---"));
        out_member(&x->out, &inner, "sector", actor_sector(&actors[i]));
        out_member(&x->out, &inner, "entity_text", actors[i].text);
        out_member(&x->out, &inner, "identifier_text", actors[i].name);
        out_member(&x->out, &inner, "office", actors[i].title);
        out_text(&x->out, "}");
    }
    out_text(&x->out, "]");
}

static void put_texts(exporter *x, bool *first, const char *name, span list) {
    out_key(&x->out, first, name);
    out_text(&x->out, "[");
    for (bool any = false; list.len > 0; any = true) {
        out_text(&x->out, any ? "," : "");
        out_json(&x->out, span_trim(span_next_field(&list, ';')));
    }
    out_text(&x->out, "]");
}

/* 5 below a town, 4 town, 3 district, 2 province, 1 country. */
static int resolution(span kind) {
    return span_eq(kind, SPAN("country")) ? 1 : span_eq(kind, SPAN("region")) ? 2 : span_eq(kind, SPAN("site")) ? 5 : span_eq(kind, SPAN("city")) ? 4 : 3;
}

static void put_place(exporter *x, bool *first, const drg_place *p) {
    if (p == NULL) {
        return;
    }
    bool inner = true, region = span_eq(p->kind, SPAN("region")), city = span_eq(p->kind, SPAN("city"));
    out_key(&x->out, first, "event_loc");
    out_text(&x->out, "{");
    out_member(&x->out, &inner, "resolved_place", p->name);
    export_member(x, &inner, "geonameid", "%.0f", p->geonameid);
    export_member(x, &inner, "lat", "%.5f", p->lat);
    export_member(x, &inner, "lon", "%.5f", p->lon);
    out_member(&x->out, &inner, "city", city ? p->name : SPAN(""));
    out_member(&x->out, &inner, "province", region ? p->name : SPAN(""));
    out_member(&x->out, &inner, "country", country_name(x, p->country));
    out_member(&x->out, &inner, "country_code", p->country);
    export_member(x, &inner, "resolution", "%.0f", resolution(p->kind));
    out_text(&x->out, "}");
}

static void put_words(exporter *x, bool *first, const drg_event *e) {
    out_key(&x->out, first, "event_text");
    out_text(&x->out, "[");
    for (size_t i = 0; i < e->evidence_count; i++) {
        out_text(&x->out, i > 0 ? "," : "");
        out_json(&x->out, e->evidence[i].text);
    }
    out_text(&x->out, "]");
    if (e->evidence_count > 0) {
        bool inner = true;
        out_key(&x->out, first, "text_info");
        out_text(&x->out, "{");
        if (e->sentence > 0) {
            export_member(x, &inner, "sequence", "%.0f", e->sentence);
        }
        export_member(x, &inner, "start", "%.0f", e->evidence[0].at.start);
        export_member(x, &inner, "end", "%.0f", e->evidence[0].at.end);
        out_text(&x->out, "}");
    }
}

static void put_cite(exporter *x, bool *first, const ask_row *row) {
    bool inner = true;
    out_key(&x->out, first, "cite_info");
    out_text(&x->out, "{");
    out_member(&x->out, &inner, "corpus", row->report.id);
    out_member(&x->out, &inner, "url", row->report.url);
    out_member(&x->out, &inner, "title", row->report.title);
    out_member(&x->out, &inner, "language", row->report.lang);
    out_member(&x->out, &inner, "publication", row->report.outlet);
    out_member(&x->out, &inner, "coder", SPAN("dragoman"));
    out_member(&x->out, &inner, "codebook", SPAN("PLOVER 2021"));
    out_member(&x->out, &inner, "version", span_of(drg_version()));
    out_text(&x->out, "}");
}

static void put_comment(exporter *x, bool *first, const ask_row *row) {
    char text[512];
    const drg_event *e = &row->event;
    size_t used = (size_t)snprintf(text, sizeof text, "status %s", export_status(e));
    for (size_t i = 0; i < e->claimed_count && used + e->claimed_by[i].name.len + 8 < sizeof text; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s", i > 0 ? ", " : " by ", (int)e->claimed_by[i].name.len, e->claimed_by[i].name.ptr);
    }
    if (used < 400) {
        used += (size_t)snprintf(text + used, sizeof text - used, "; reports %u, outlets %u; frame %.*s", row->reports, row->outlets,
                                 (int)(e->frame.len < 40 ? e->frame.len : 40), e->frame.ptr);
    }
    out_member(&x->out, first, "comment", (span){text, used});
}

static void event(exporter *x, const export_event *given) {
    const ask_row *row = given->row;
    const drg_event *e = &row->event;
    int tenths = plover_tenths(x, e);
    bool first = true;
    char quad[2] = {plover_quad(x, e), '\0'};
    out_text(&x->out, "{");
    out_member(&x->out, &first, "id", row->story);
    out_key(&x->out, &first, "has_event");
    out_text(&x->out, "true");
    out_member(&x->out, &first, "date", export_day(row));
    if (e->date_end.len > 0) {
        out_member(&x->out, &first, "enddate", e->date_end);
    }
    put_entities(x, &first, "actor", e->source, e->source_count);
    put_entities(x, &first, "recipient", e->target, e->target_count);
    put_texts(x, &first, "event", e->plover);
    put_place(x, &first, e->place);
    put_words(x, &first, e);
    out_member(&x->out, &first, "quad_code", span_of(quad));
    if (tenths != INT32_MIN) {
        export_member(x, &first, "event_scale", "%.1f", tenths / 10.0);
    }
    put_texts(x, &first, "mode", e->mode);
    put_texts(x, &first, "context", e->contexts);
    export_size_member(x, &first, e);
    put_cite(x, &first, row);
    put_comment(x, &first, row);
    out_text(&x->out, "}\n");
    x->tally.rows++;
}

static void nothing(exporter *x) { (void)x; }

const export_format export_plover = {"plover", ASK_EVENTS, nothing, event, nothing};

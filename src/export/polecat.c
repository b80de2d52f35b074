// SPDX-License-Identifier: Apache-2.0
/* POLECAT (Dataverse AJGVIT): 40 columns, tab-separated, with header.  A row is a pair of actors.  COW codes,
 * Wikipedia ids, the story's lists of people and places, district and city of a district stay empty. */
#include "export/inside.h"

static void begin(exporter *x) {
    if (x->plan->no_header) {
        return;
    }
    out_text(&x->out, "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\t"
                      "Primary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\tRecipient Country\t"
                      "Recipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\t"
                      "Placename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\t"
                      "Publication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion\n");
}

static void put_actor(exporter *x, bool *any, const drg_actor *a) {
    if (a == NULL) {
        export_empty_cells(x, any, 8);
        return;
    }
    export_cell(x, any, a->name);
    export_cell(x, any, country_name(x, actor_primary(a)).len > 0 ? actor_primary(a) : SPAN(""));
    export_empty_cells(x, any, 1);
    export_cell(x, any, actor_sector(a));
    export_cell(x, any, actor_sector(a));
    export_cell(x, any, a->title);
    export_cell(x, any, a->text);
    export_empty_cells(x, any, 1);
}

static void put_place(exporter *x, bool *any, const drg_place *p) {
    if (p == NULL) {
        export_empty_cells(x, any, 10);
        return;
    }
    bool region = span_eq(p->kind, SPAN("region")), country = span_eq(p->kind, SPAN("country"));
    export_cell(x, any, p->name);
    export_cell(x, any, region || country ? SPAN("") : p->name);
    export_empty_cells(x, any, 1);
    export_cell(x, any, region ? p->name : SPAN(""));
    export_cell(x, any, country_name(x, p->country));
    export_number_cell(x, any, "%.5f", p->lat);
    export_number_cell(x, any, "%.5f", p->lon);
    if (p->geonameid > 0) {
        export_number_cell(x, any, "%.0f", p->geonameid);
    } else {
        export_empty_cells(x, any, 1);
    }
    export_empty_cells(x, any, 1);
    export_cell(x, any, p->kind);
}

static void put_pair(exporter *x, const export_event *given, const export_pair *pair) {
    const ask_row *row = given->row;
    static const char *const quads[] = {"", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"};
    const drg_event *e = &row->event;
    int tenths = plover_tenths(x, e);
    bool any = false;
    export_cell(x, &any, row->story);
    out_format(&x->out, "-%u", pair->number);
    export_cell(x, &any, export_day(row));
    export_cell(x, &any, e->plover);
    export_cell(x, &any, e->mode);
    if (tenths != INT32_MIN) {
        export_number_cell(x, &any, "%.1f", tenths / 10.0);
    } else {
        export_empty_cells(x, &any, 1);
    }
    export_cell(x, &any, span_of(quads[plover_quad(x, e) - '0']));
    export_cell(x, &any, e->contexts);
    put_actor(x, &any, pair->source);
    put_actor(x, &any, pair->target);
    put_place(x, &any, e->place);
    export_cell(x, &any, row->report.outlet);
    export_cell(x, &any, row->report.date);
    export_empty_cells(x, &any, 3);
    export_cell(x, &any, row->report.lang);
    export_cell(x, &any, span_of(drg_version()));
    out_text(&x->out, "\n");
    x->tally.rows++;
}

static void event(exporter *x, const export_event *e) { export_each_pair(x, e, put_pair); }

static void end(exporter *x) { (void)x; }

const export_format export_polecat = {"polecat", ASK_EVENTS, begin, event, end};

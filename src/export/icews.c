// SPDX-License-Identifier: Apache-2.0
/* ICEWS (Dataverse 28075): 20 columns, tab-separated, with header; names and English words, not codes.
 * A row is a pair of actors. */
#include "export/inside.h"

static void begin(exporter *x) {
    if (!x->plan->no_header) {
        out_text(&x->out, "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\t"
                          "Target Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n");
    }
}

static void put_actor(exporter *x, bool *any, const drg_actor *a) {
    span country = country_name(x, actor_primary(a));
    export_cell(x, any, a == NULL ? SPAN("") : a->name.len > 0 ? a->name : country);
    export_cell(x, any, sector_word(x, actor_sector(a)));
    export_cell(x, any, country);
}

static void put_pair(exporter *x, const export_event *given, const export_pair *pair) {
    const ask_row *row = given->row;
    const drg_event *e = &row->event;
    const drg_place *p = e->place;
    bool any = false, region = p != NULL && span_eq(p->kind, SPAN("region")), country = p != NULL && span_eq(p->kind, SPAN("country"));
    export_number_cell(x, &any, "%.0f", (double)export_number(row->story, pair->number));
    export_cell(x, &any, export_day(row));
    put_actor(x, &any, pair->source);
    export_cell(x, &any, cameo_name(x, e->cameo));
    export_cell(x, &any, e->cameo);
    export_number_cell(x, &any, "%.1f", e->goldstein);
    put_actor(x, &any, pair->target);
    export_cell(x, &any, row->report.id);
    export_sentence_cell(x, &any, e->sentence);
    export_cell(x, &any, row->report.outlet);
    export_cell(x, &any, p != NULL && !region && !country ? p->name : SPAN(""));
    export_empty_cells(x, &any, 1);
    export_cell(x, &any, region ? p->name : SPAN(""));
    export_cell(x, &any, p != NULL ? country_name(x, p->country) : SPAN(""));
    if (p != NULL) {
        export_number_cell(x, &any, "%.5f", p->lat);
        export_number_cell(x, &any, "%.5f", p->lon);
    } else {
        export_empty_cells(x, &any, 2);
    }
    out_text(&x->out, "\n");
    x->tally.rows++;
}

static void event(exporter *x, const export_event *e) { export_each_pair(x, e, put_pair); }

static void end(exporter *x) { (void)x; }

const export_format export_icews = {"icews", ASK_EVENTS, begin, event, end};

// SPDX-License-Identifier: Apache-2.0
/* GDELT 1.0 (58 columns), GDELT 2.0 (61: a second division beside the first of each place) and the 2.0
 * mentions (16).  Tab-separated, no header.
 *
 * A row is a pair of actors.  What we do not know stays empty: tone, ethnic and religious codes, places of
 * the actors.  NumMentions, NumArticles: tellings and reports; NumSources: outlets. */
#include "export/inside.h"

static void put_date(exporter *x, bool *any, const ask_row *row) {
    span day = export_day(row);
    if (day.len < 10) {
        export_empty_cells(x, any, 4);
        return;
    }
    int year = 0, month = (day.ptr[5] - '0') * 10 + day.ptr[6] - '0', of_month = (day.ptr[8] - '0') * 10 + day.ptr[9] - '0';
    for (int i = 0; i < 4; i++) {
        year = year * 10 + day.ptr[i] - '0';
    }
    double fraction = ((month - 1) * 30 + of_month) / 365.0;
    export_number_cell(x, any, "%08.0f", year * 10000 + month * 100 + of_month);
    export_number_cell(x, any, "%06.0f", year * 100 + month);
    export_number_cell(x, any, "%04.0f", year);
    export_number_cell(x, any, "%.4f", year + (fraction < 0.9999 ? fraction : 0.9999));
}

static void put_capitals(exporter *x, bool *any, span name) {
    char text[256];
    size_t size = name.len < sizeof text ? name.len : sizeof text;
    for (size_t i = 0; i < size; i++) {
        text[i] = ascii_to_upper(name.ptr[i]);
    }
    export_cell(x, any, (span){text, size});
}

static void put_actor(exporter *x, bool *any, const drg_actor *a) {
    char code[16];
    if (a == NULL) {
        export_empty_cells(x, any, 10);
        return;
    }
    span primary = actor_primary(a), sector = actor_sector(a), country = country_name(x, primary);
    export_cell(x, any, actor_cameo(x, a, code));
    put_capitals(x, any, a->name.len > 0 ? a->name : country);
    export_cell(x, any, country.len > 0 ? primary : SPAN(""));
    export_cell(x, any, actor_group(x, a));
    export_empty_cells(x, any, 3);
    export_cell(x, any, sector);
    export_empty_cells(x, any, 2);
}

static void put_no_place(exporter *x, bool *any, bool second) {
    export_cell(x, any, SPAN("0"));
    export_empty_cells(x, any, second ? 7 : 6);
}

/* 1 country, 2 US state, 3 US city, 4 world city, 5 world state. */
static char place_type(const drg_place *p) {
    bool american = span_eq(p->country, SPAN("USA"));
    if (span_eq(p->kind, SPAN("country"))) {
        return '1';
    }
    return span_eq(p->kind, SPAN("region")) ? (american ? '2' : '5') : american ? '3' : '4';
}

static void put_place(exporter *x, bool *any, const drg_place *p, bool second) {
    if (p == NULL) {
        put_no_place(x, any, second);
        return;
    }
    char type[2] = {place_type(p), '\0'}, name[512];
    const struct country_fact *country = country_of(x, p->country);
    span state = country != NULL ? country->name : SPAN(""), fips = country != NULL ? country->fips : SPAN("");
    bool whole = type[0] == '1';
    int size = snprintf(name, sizeof name, "%.*s%s%.*s", (int)(p->name.len < 200 ? p->name.len : 200), p->name.ptr, whole || state.len == 0 ? "" : ", ",
                        whole ? 0 : (int)(state.len < 200 ? state.len : 200), state.ptr);
    export_cell(x, any, span_of(type));
    export_cell(x, any, (span){name, (size_t)size});
    export_cell(x, any, fips);
    export_cell(x, any, whole ? fips : SPAN(""));
    export_empty_cells(x, any, second ? 1 : 0);
    export_number_cell(x, any, "%.5f", p->lat);
    export_number_cell(x, any, "%.5f", p->lon);
    if (whole || p->geonameid == 0) {
        export_cell(x, any, fips);
    } else {
        export_number_cell(x, any, "%.0f", p->geonameid);
    }
}

/* "2020-07-09T10:30:00Z" as 20200709103000, noughts where no time is told; only the day when `size` is 8. */
static void put_stamp(exporter *x, bool *any, span date, size_t size) {
    char digits[16] = "00000000000000";
    size_t used = 0;
    for (size_t i = 0; i < date.len && used < 14; i++) {
        if (ascii_is_digit((unsigned char)date.ptr[i])) {
            digits[used++] = date.ptr[i];
        }
    }
    export_cell(x, any, used >= 8 ? (span){digits, size} : SPAN(""));
}

static span address_of(span url, span report) { return url.len > 0 ? url : report; }

static void put_pair(exporter *x, const export_event *given, const export_pair *pair, bool second) {
    const ask_row *row = given->row;
    const drg_event *e = &row->event;
    bool any = false;
    export_number_cell(x, &any, "%.0f", (double)export_number(row->story, pair->number));
    put_date(x, &any, row);
    put_actor(x, &any, pair->source);
    put_actor(x, &any, pair->target);
    export_cell(x, &any, e->background ? SPAN("0") : SPAN("1"));
    export_cell(x, &any, e->cameo);
    export_cell(x, &any, span_cut(e->cameo, 0, e->cameo.len < 3 ? e->cameo.len : 3));
    export_cell(x, &any, category_root(e));
    export_number_cell(x, &any, "%.0f", quad_class(x, e, false));
    export_number_cell(x, &any, "%.1f", e->goldstein);
    export_number_cell(x, &any, "%.0f", given->count);
    export_number_cell(x, &any, "%.0f", row->outlets > 0 ? row->outlets : 1);
    export_number_cell(x, &any, "%.0f", row->reports);
    export_empty_cells(x, &any, 1);
    put_no_place(x, &any, second);
    put_no_place(x, &any, second);
    put_place(x, &any, e->place, second);
    put_stamp(x, &any, row->report.date, second ? 14 : 8);
    export_cell(x, &any, address_of(row->report.url, row->report.id));
    out_text(&x->out, "\n");
    x->tally.rows++;
}

static void event_first(exporter *x, const export_event *e) {
    for (export_pair pair = {0}; export_next_pair(&e->row->event, &pair);) {
        put_pair(x, e, &pair, false);
    }
}

static void event_second(exporter *x, const export_event *e) {
    for (export_pair pair = {0}; export_next_pair(&e->row->event, &pair);) {
        put_pair(x, e, &pair, true);
    }
}

static void put_mention(exporter *x, const export_event *given, const export_pair *pair, const export_telling *t) {
    bool any = false;
    export_number_cell(x, &any, "%.0f", (double)export_number(given->row->story, pair->number));
    put_stamp(x, &any, export_day(given->row), 14);
    put_stamp(x, &any, t->date, 14);
    export_cell(x, &any, t->url.len > 0 ? SPAN("1") : SPAN("2")); /* web, or a citation alone */
    export_cell(x, &any, t->outlet);
    export_cell(x, &any, address_of(t->url, t->report));
    export_sentence_cell(x, &any, t->sentence);
    export_number_cell(x, &any, "%.0f", (double)t->source_start);
    export_number_cell(x, &any, "%.0f", (double)t->target_start);
    export_number_cell(x, &any, "%.0f", (double)t->start);
    export_cell(x, &any, SPAN("1"));
    export_number_cell(x, &any, "%.0f", 10.0 * (double)(int)(t->confidence * 10 + 0.5));
    export_empty_cells(x, &any, 3);
    export_cell(x, &any, t->event);
    out_text(&x->out, "\n");
    x->tally.rows++;
}

static void event_mentions(exporter *x, const export_event *e) {
    for (export_pair pair = {0}; export_next_pair(&e->row->event, &pair);) {
        for (u32 i = 0; i < e->count; i++) {
            put_mention(x, e, &pair, &e->tellings[i]);
        }
    }
}

static void nothing(exporter *x) { (void)x; }

const export_format export_gdelt1 = {"gdelt1", ASK_TELLINGS, nothing, event_first, nothing};
const export_format export_gdelt2 = {"gdelt2", ASK_TELLINGS, nothing, event_second, nothing};
const export_format export_mentions = {"gdelt2-mentions", ASK_TELLINGS, nothing, event_mentions, nothing};

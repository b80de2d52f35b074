// SPDX-License-Identifier: Apache-2.0
/* Our own fields: csv, one event a row.  Lists inside a cell are parted by "; ". */
#include "export/rows.h"

#include "export/inside.h"

typedef struct {
    out_bytes *out;
    bool any;
} line;

static void part(line *l) {
    out_text(l->out, l->any ? "," : "");
    l->any = true;
}

static void cell(line *l, span text) {
    part(l);
    out_csv(l->out, text);
}

static void number(line *l, const char *format, double value_, bool there) {
    part(l);
    if (there) {
        out_format(l->out, format, value_);
    }
}

typedef enum { CODES, NAMES, TITLES } actor_part;

static void actors(line *l, const drg_actor *list, size_t count, actor_part which) {
    char text[2048];
    size_t used = 0, said = 0;
    for (size_t i = 0; i < count; i++) {
        span s = which == CODES ? list[i].code : which == NAMES ? list[i].name : list[i].title;
        said += s.len;
        if (used + s.len + 3 < sizeof text) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s", i > 0 ? "; " : "", (int)s.len, s.ptr);
        }
    }
    cell(l, (span){text, said > 0 ? used : 0});
}

void rows_put_header(out_bytes *out) {
    out_text(out, "event,telling,report,url,outlet,owner,report_date,title,date,date_end,date_basis,plover,mode,contexts,cameo,goldstein,quad,"
                  "source,source_name,source_title,target,target_name,target_title,mutual,status,claimed_by,claimed_by_name,"
                  "place,country,lat,lon,geonameid,place_kind,dead,injured,arrested,background,confidence,reports,outlets,witnesses,"
                  "sentence,start,end,evidence,trigger,frame,entry\r\n");
}

static void put_place(line *l, const drg_place *p) {
    cell(l, p != NULL ? p->name : SPAN(""));
    cell(l, p != NULL ? p->country : SPAN(""));
    number(l, "%.5f", p != NULL ? p->lat : 0, p != NULL);
    number(l, "%.5f", p != NULL ? p->lon : 0, p != NULL);
    number(l, "%.0f", p != NULL ? p->geonameid : 0, p != NULL && p->geonameid > 0);
    cell(l, p != NULL ? p->kind : SPAN(""));
}

static void put_parties(line *l, const drg_event *e) {
    actors(l, e->source, e->source_count, CODES);
    actors(l, e->source, e->source_count, NAMES);
    actors(l, e->source, e->source_count, TITLES);
    actors(l, e->target, e->target_count, CODES);
    actors(l, e->target, e->target_count, NAMES);
    actors(l, e->target, e->target_count, TITLES);
    cell(l, e->reciprocal ? SPAN("true") : SPAN("false"));
    cell(l, span_of(export_status(e)));
    actors(l, e->claimed_by, e->claimed_count, CODES);
    actors(l, e->claimed_by, e->claimed_count, NAMES);
}

void rows_put(out_bytes *out, const ask_row *row) {
    const drg_event *e = &row->event;
    const drg_records *r = &row->report;
    line l = {out, false};
    const span head[] = {row->story, e->id, r->id, r->url, r->outlet, r->owner, r->date, r->title, e->date, e->date_end, e->date_basis,
                         e->plover, e->mode, e->contexts, e->cameo};
    for (size_t i = 0; i < COUNT_OF(head); i++) {
        cell(&l, head[i]);
    }
    number(&l, "%.1f", e->goldstein, true);
    number(&l, "%.0f", e->quad, true);
    put_parties(&l, e);
    put_place(&l, e->place);
    number(&l, "%.0f", e->dead, e->dead >= 0);
    number(&l, "%.0f", e->injured, e->injured >= 0);
    number(&l, "%.0f", e->arrested, e->arrested >= 0);
    cell(&l, e->background ? SPAN("true") : SPAN("false"));
    number(&l, "%.2f", e->confidence, true);
    number(&l, "%.0f", row->reports, true);
    number(&l, "%.0f", row->outlets, true);
    number(&l, "%.0f", row->witnesses, true);
    bool said = e->evidence_count > 0;
    number(&l, "%.0f", e->sentence, e->sentence > 0);
    number(&l, "%.0f", said ? e->evidence[0].at.start : 0, said);
    number(&l, "%.0f", said ? e->evidence[0].at.end : 0, said);
    cell(&l, said ? e->evidence[0].text : SPAN(""));
    cell(&l, e->trigger);
    cell(&l, e->frame);
    cell(&l, e->entry);
    out_text(out, "\r\n");
}

static void begin_csv(exporter *x) {
    if (!x->plan->no_header) {
        rows_put_header(&x->out);
    }
}

static void event_csv(exporter *x, const export_event *given) {
    rows_put(&x->out, given->row);
    x->tally.rows++;
}

static void end_csv(exporter *x) { (void)x; }

const export_format export_csv = {"csv", ASK_EVENTS, begin_csv, event_csv, end_csv};

// SPDX-License-Identifier: Apache-2.0
#include "cli/csv.h"

#define ROW_ROOM 16384

typedef struct {
    char bytes[ROW_ROOM];
    size_t used;
} row;

static void put(row *r, const char *text, size_t len) {
    size_t room = ROW_ROOM - r->used;
    len = len < room ? len : room;
    memcpy(r->bytes + r->used, text, len);
    r->used += len;
}

static void put_quoted(row *r, span s) {
    for (size_t i = 0; i < s.len; i++) {
        put(r, "\"\"", s.ptr[i] == '"' ? 1 : 0);
        put(r, s.ptr + i, 1);
    }
}

static void put_field(row *r, span value) {
    put(r, ",", r->used > 0);
    put(r, "\"", 1);
    put_quoted(r, value);
    put(r, "\"", 1);
}

static void put_actors(row *r, const drg_actor *actors, size_t count, bool names) {
    put(r, ",\"", 2);
    for (size_t i = 0; i < count; i++) {
        put(r, "; ", i > 0 ? 2 : 0);
        put_quoted(r, names ? actors[i].name : actors[i].code);
    }
    put(r, "\"", 1);
}

static void put_number(row *r, int value) {
    char text[16];
    int size = snprintf(text, sizeof text, ",%d", value);
    put(r, value < 0 ? "," : text, value < 0 ? 1 : (size_t)size);
}

drg_status csv_write_header(drg_sink sink, void *user) {
    static const char header[] =
        "event,report,outlet,report_date,date,plover,mode,cameo,goldstein,quad,source,source_name,target,target_name,"
        "reciprocal,status,claimed_by,place,country,lat,lon,dead,injured,arrested,background,confidence,evidence,frame,entry\r\n";
    return sink(user, header, sizeof header - 1);
}

static void fill_row(row *r, const drg_records *records, const drg_event *e) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    char number[64];
    put_field(r, e->id);
    put_field(r, records->id);
    put_field(r, records->outlet);
    put_field(r, records->date);
    put_field(r, e->date);
    put_field(r, e->plover);
    put_field(r, e->mode);
    put_field(r, e->cameo);
    put(r, number, (size_t)snprintf(number, sizeof number, ",%.1f,%d", e->goldstein, e->quad));
    put_actors(r, e->source, e->source_count, false);
    put_actors(r, e->source, e->source_count, true);
    put_actors(r, e->target, e->target_count, false);
    put_actors(r, e->target, e->target_count, true);
    put_field(r, e->reciprocal ? SPAN("true") : SPAN("false"));
    put_field(r, span_of(statuses[e->status]));
    put_actors(r, e->claimed_by, e->claimed_count, false);
    put_field(r, e->place ? e->place->name : SPAN(""));
    put_field(r, e->place ? e->place->country : SPAN(""));
    if (e->place != NULL) {
        put(r, number, (size_t)snprintf(number, sizeof number, ",%.5f,%.5f", e->place->lat, e->place->lon));
    } else {
        put(r, ",,", 2);
    }
    put_number(r, e->dead);
    put_number(r, e->injured);
    put_number(r, e->arrested);
    put_field(r, e->background ? SPAN("true") : SPAN("false"));
    put(r, number, (size_t)snprintf(number, sizeof number, ",%.2f", e->confidence));
    put_field(r, e->evidence_count ? e->evidence[0].text : SPAN(""));
    put_field(r, e->frame);
    put_field(r, e->entry);
    put(r, "\r\n", 2);
}

drg_status csv_write_events(const drg_records *records, drg_sink sink, void *user) {
    for (size_t i = 0; i < records->event_count; i++) {
        row r = {.used = 0};
        fill_row(&r, records, &records->events[i]);
        DRG_TRY(sink(user, r.bytes, r.used));
    }
    return DRG_OK;
}

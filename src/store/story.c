// SPDX-License-Identifier: Apache-2.0
/* Across reports: which report copies which, and which events are the same.
 *
 * Near copies are found through the bands of their sketches: only reports that share a band are
 * compared.  The first report of a group is the one that the others are copies of.
 *
 * The same event in two reports has the same category, the same primary actors on both sides (in a
 * mutual event: together), a day at most one apart, no other town, and a status that can be the same
 * (what one outlet states, another may only quote a claim of; a plan or a denial is no deed):
 *
 * Only the first event of a story is compared, so that a story of a thousand reports costs no more.
 *
 *     A, 8 July   "Iran and Syria signed an accord"                AGREE  IRN SYR     8 July
 *     B, 9 July   "The pact that Tehran and Damascus signed ..."   AGREE  IRN SYR     8 July */
#include "base/calendar.h"
#include "store/inside.h"

#define CODES_ROOM 32

#define CANDIDATES 8 /* reports that share a band and are compared */

typedef struct {
    char id[64];
    copies_sketch sketch;
} sketched;

static void keep(char out[64], span text) { snprintf(out, 64, "%.*s", (int)(text.len < 63 ? text.len : 63), text.ptr); }

/* ------------------------------------------------------------------ near copies */

static int find_candidates(sql_base *d, const sketched *report, u32 band, char out[CANDIDATES][64]) {
    int count = 0;
    sql_query *find = database_ask(d, "SELECT report FROM copy_bands WHERE band = ?1 AND key = ?2 ORDER BY report LIMIT 8");
    query_put_number(find, 1, band);
    query_put_number(find, 2, (i64)copies_band(&report->sketch, band));
    while (count < CANDIDATES && query_next(find)) {
        keep(out[count++], query_text(find, 0));
    }
    query_reset(find);
    return count;
}

/* The report that this one is a near copy of, or "". */
static void find_copied(sql_base *d, const sketched *report, char found[64]) {
    double best = COPY_LIKENESS;
    found[0] = '\0';
    for (u32 band = 0; band < SKETCH_BANDS && report->sketch.runs > 0; band++) {
        char candidates[CANDIDATES][64];
        int count = find_candidates(d, report, band, candidates);
        for (int i = 0; i < count; i++) {
            sql_query *get = database_ask(d, "SELECT sketch, coalesce(copy_of, id) FROM reports WHERE id = ?1");
            query_put_text(get, 1, span_of(candidates[i]));
            span sketch = query_next(get) ? query_bytes(get, 0) : SPAN("");
            if (sketch.len == sizeof report->sketch) {
                copies_sketch other;
                memcpy(&other, sketch.ptr, sizeof other);
                double likeness = copies_likeness(&report->sketch, &other);
                span root = query_text(get, 1);
                if (likeness > best && !span_eq(root, span_of(report->id))) {
                    best = likeness;
                    keep(found, root);
                }
            }
            query_reset(get);
        }
    }
}

static void remember(sql_base *d, const sketched *report) {
    for (u32 band = 0; band < SKETCH_BANDS && report->sketch.runs > 0; band++) {
        database_add_once(d, "copy_bands(band, key, report)", value_number(band), value_number((i64)copies_band(&report->sketch, band)),
                          value_text(span_of(report->id)));
    }
}

/* ------------------------------------------------------------------ the same event */

static size_t add_primaries(const drg_actor *actors, size_t count, char codes[CODES_ROOM][4], size_t used) {
    for (size_t i = 0; i < count && used < CODES_ROOM; i++) {
        char code[4] = {0};
        memcpy(code, actors[i].code.ptr, actors[i].code.len < 3 ? actors[i].code.len : 3);
        size_t at = 0;
        while (at < used && strcmp(codes[at], code) < 0) {
            at++;
        }
        if (code[0] == '-' || (at < used && strcmp(codes[at], code) == 0)) {
            continue;
        }
        memmove(codes[at + 1], codes[at], (used - at) * 4);
        memcpy(codes[at], code, 4);
        used++;
    }
    return used;
}

/* "AGREE IRN+SYR", "ASSAULT ISR > SYR": category and sorted primaries; false without any actor. */
static bool print_sides(const drg_event *e, char out[256]) {
    char source[CODES_ROOM + 1][4], target[CODES_ROOM + 1][4];
    size_t sources = add_primaries(e->source, e->source_count, source, 0), targets = 0;
    if (e->reciprocal) {
        sources = add_primaries(e->target, e->target_count, source, sources);
    } else {
        targets = add_primaries(e->target, e->target_count, target, 0);
    }
    size_t used = (size_t)snprintf(out, 256, "%.*s ", (int)e->plover.len, e->plover.ptr);
    for (size_t i = 0; i < sources && used < 128; i++) {
        used += (size_t)snprintf(out + used, 256 - used, "%s%s", i ? "+" : "", source[i]);
    }
    used += (size_t)snprintf(out + used, 256 - used, "%s", e->reciprocal ? "" : " > ");
    for (size_t i = 0; i < targets && used < 250; i++) {
        used += (size_t)snprintf(out + used, 256 - used, "%s%s", i ? "+" : "", target[i]);
    }
    return sources + targets > 0;
}

bool story_key(const drg_records *records, const drg_event *event, char sides[256], i64 *day) {
    span date = event->date.len > 0 ? event->date : records->date;
    i32 found = date.len == 10 ? calendar_parse_iso(date) : DAY_UNKNOWN;
    *day = found;
    return print_sides(event, sides) && found != DAY_UNKNOWN;
}

static const char sql_find_story[] =
    "SELECT e.story FROM events e JOIN events n ON n.id = ?1"
    " WHERE e.story = e.id AND e.sides = n.sides AND e.day BETWEEN n.day - 1 AND n.day + 1 AND e.report <> n.report"
    " AND (e.status IN ('actual', 'claimed')) = (n.status IN ('actual', 'claimed')) AND (e.status = n.status OR e.status IN ('actual', 'claimed'))"
    " AND (e.place IS NULL OR n.place IS NULL OR e.place = n.place OR e.place_kind NOT IN ('city', 'site') OR n.place_kind NOT IN ('city', 'site'))"
    " AND NOT EXISTS(SELECT 1 FROM events o WHERE o.story = e.story AND o.report = n.report)"
    " ORDER BY e.cameo = n.cameo DESC, e.place IS NOT DISTINCT FROM n.place DESC, e.shown, e.id LIMIT 1";

/* The story an event belongs to: the first event that tells the same, or itself. */
static void join_event(sql_base *d, const char *event) {
    char story[64];
    sql_query *find = database_ask(d, sql_find_story);
    query_put_text(find, 1, span_of(event));
    keep(story, query_next(find) ? query_text(find, 0) : span_of(event));
    query_reset(find);
    sql_query *set = database_ask(d, "UPDATE events SET story = ?2 WHERE id = ?1");
    query_put_text(set, 1, span_of(event));
    query_put_text(set, 2, span_of(story));
    query_run(set);
}

static void join_events(sql_base *d, const char *report) {
    for (bool more = true; more;) {
        char event[64];
        sql_query *find = database_ask(d, "SELECT id FROM events WHERE report = ?1 AND story = '' ORDER BY number LIMIT 1");
        query_put_text(find, 1, span_of(report));
        more = query_next(find);
        keep(event, more ? query_text(find, 0) : SPAN(""));
        query_reset(find);
        if (more) {
            join_event(d, event);
        }
    }
}

static void join_report(sql_base *d, const sketched *report) {
    char copied[64];
    find_copied(d, report, copied);
    sql_query *set = database_ask(d, "UPDATE reports SET joined = 1, copy_of = ?2 WHERE id = ?1");
    query_put_text(set, 1, span_of(report->id));
    if (copied[0] != '\0') {
        query_put_text(set, 2, span_of(copied));
    }
    query_run(set);
    remember(d, report);
    join_events(d, report->id);
}

/* All over again, so that what comes out is a function of the reports that are there, however they came. */
static void begin_anew(sql_base *d) {
    sql_query *find = database_ask(d, "SELECT 1 FROM reports WHERE joined = 0 LIMIT 1");
    bool changed = query_next(find);
    query_reset(find);
    if (changed) {
        query_run(database_ask(d, "UPDATE reports SET joined = 0, copy_of = NULL"));
        query_run(database_ask(d, "UPDATE events SET story = ''"));
        query_run(database_ask(d, "DELETE FROM copy_bands"));
    }
}

drg_status story_join(store *s, drg_error *error) {
    begin_anew(s->base);
    for (bool more = true; more;) {
        sketched report;
        sql_query *find = database_ask(s->base, "SELECT id, sketch FROM reports WHERE joined = 0 ORDER BY date, id LIMIT 1");
        more = query_next(find);
        span sketch = more ? query_bytes(find, 1) : SPAN("");
        keep(report.id, more ? query_text(find, 0) : SPAN(""));
        memset(&report.sketch, 0, sizeof report.sketch);
        memcpy(&report.sketch, sketch.ptr, sketch.len == sizeof report.sketch ? sketch.len : 0);
        query_reset(find);
        if (more) {
            join_report(s->base, &report);
        }
    }
    return database_check(s->base, error);
}

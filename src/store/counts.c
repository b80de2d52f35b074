// SPDX-License-Identifier: Apache-2.0
/* Counts that the page asks for at every turn, kept so that it need not count the events themselves.
 *
 *   dyads        each pair of primaries that an event is between, in both directions where it is mutual:
 *                "Kenya and Ethiopia signed an accord on 12 March" -> KEN ETH 2024-03-12, ETH KEN 2024-03-12
 *   day_counts   by country of the place ("" where none is named, "*" for all together), day, category and status
 *   dyad_counts  by source, target, month, category and status
 *
 * Three counts each: `events`, where an event that several reports tell counts once, in the row of the telling that
 * leads its story; `tellings`; `reports`.
 *
 * A row of a day or a dyad's month is counted anew at the end of a run when an event in it came, went, or changed
 * its story (events.counted tells with which story an event was last counted), so that the counts are a function of
 * the events alone.  What is to be counted anew is itself a table: a killed run leaves it to the next. */
#include "store/inside.h"

/* "IRN MIL" -> "IRN"; empty for an actor without code. */
static span primary_of(const drg_actor *a) { return a->code.len < 3 || a->code.ptr[0] == '-' ? SPAN("") : span_cut(a->code, 0, 3); }

void counts_add_event(sql_base *d, const drg_event *e, span shown) {
    const drg_actor *others = e->reciprocal ? e->source : e->target;
    size_t other_count = e->reciprocal ? e->source_count : e->target_count;
    for (size_t i = 0; i < e->source_count; i++) {
        for (size_t k = 0; k < other_count; k++) {
            span source = primary_of(&e->source[i]), target = primary_of(&others[k]);
            if (source.len > 0 && target.len > 0 && !span_eq(source, target)) {
                database_add_once(d, "dyads(source, target, shown, event, plover)", value_text(source), value_text(target),
                                  value_text(shown), value_text(e->id), value_text(e->plover));
            }
        }
    }
}

static void run_for(sql_base *d, const char *sql, span report) {
    sql_query *q = database_ask(d, sql);
    query_put_text(q, 1, report);
    query_run(q);
}

void counts_drop_report(sql_base *d, span report) {
    run_for(d, "INSERT INTO stale_days SELECT DISTINCT shown FROM events WHERE report = ?1 ON CONFLICT DO NOTHING", report);
    run_for(d, "INSERT INTO stale_dyads SELECT DISTINCT y.source, y.target, substr(y.shown, 1, 7) FROM events e JOIN dyads y ON y.event = e.id"
               " WHERE e.report = ?1 ON CONFLICT DO NOTHING", report);
}

static const char *const refresh[] = {
    "INSERT INTO stale_days SELECT DISTINCT shown FROM events WHERE counted <> story ON CONFLICT DO NOTHING",
    "INSERT INTO stale_dyads SELECT DISTINCT y.source, y.target, substr(y.shown, 1, 7) FROM events e JOIN dyads y ON y.event = e.id"
    " WHERE e.counted <> e.story ON CONFLICT DO NOTHING",
    "DELETE FROM day_counts WHERE day IN (SELECT day FROM stale_days)",
    "INSERT INTO day_counts(day, country, plover, status, events, tellings, reports)"
    " SELECT shown, coalesce(country, ''), plover, status, sum(CASE WHEN story = id THEN 1 ELSE 0 END), count(*), count(DISTINCT report)"
    " FROM events WHERE shown IN (SELECT day FROM stale_days) GROUP BY shown, coalesce(country, ''), plover, status",
    "INSERT INTO day_counts(day, country, plover, status, events, tellings, reports)"
    " SELECT shown, '*', plover, status, sum(CASE WHEN story = id THEN 1 ELSE 0 END), count(*), count(DISTINCT report)"
    " FROM events WHERE shown IN (SELECT day FROM stale_days) GROUP BY shown, plover, status",
    "DELETE FROM dyad_counts WHERE (source, target, month) IN (SELECT source, target, month FROM stale_dyads)",
    "INSERT INTO dyad_counts(source, target, month, plover, status, events, tellings, reports)"
    " SELECT t.source, t.target, t.month, y.plover, e.status, sum(CASE WHEN e.story = e.id THEN 1 ELSE 0 END), count(*),"
    " count(DISTINCT e.report) FROM stale_dyads t JOIN dyads y ON y.source = t.source AND y.target = t.target"
    " AND y.shown >= t.month AND substr(y.shown, 1, 7) = t.month JOIN events e ON e.id = y.event"
    " GROUP BY t.source, t.target, t.month, y.plover, e.status",
    "UPDATE events SET counted = story WHERE counted <> story",
    "DELETE FROM stale_days",
    "DELETE FROM stale_dyads",
};

static bool is_stale(sql_base *d) {
    sql_query *q = database_ask(d, "SELECT 1 WHERE EXISTS(SELECT 1 FROM events WHERE counted <> story) OR EXISTS(SELECT 1 FROM stale_days)");
    bool stale = query_next(q);
    query_reset(q);
    return stale;
}

void counts_refresh(sql_base *d) {
    for (size_t i = 0; i < COUNT_OF(refresh) && (i > 0 || is_stale(d)); i++) {
        query_run(database_ask(d, refresh[i]));
    }
}

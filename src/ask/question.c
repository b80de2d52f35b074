// SPDX-License-Identifier: Apache-2.0
/* A filter and a shape to one statement.
 *
 *     WITH hits AS (the tellings that fit; for events: the first of each event),
 *          picked AS (the hits, sorted and cut to the limit)
 *     SELECT columns FROM picked JOIN events JOIN reports ORDER BY the same
 *
 * Only what is picked has its columns read, so that a page of fifty rows costs fifty rows. */
#include "ask/inside.h"

/* What has no whole day comes last, whichever way round. */
#define DATE_DOWN "coalesce(e.day, -99999999)"

static const struct {
    const char *name, *sql; /* of events e */
} sorts[] = {
    {"date", "coalesce(e.day, 99999999)"}, {"number", "e.number"},          {"reports", ask_reports_sql}, {"outlets", ask_outlets_sql},
    {"conf", "e.confidence"},              {"class", "e.plover"},           {"goldstein", "e.goldstein"},
};

static void put_where(ask_build *out, const ask_filter *filter) {
    if (filter->where.len > 0) {
        ask_put(out, " WHERE ");
        ask_put_build(out, &filter->where);
    }
}

static void put_from(ask_build *out, const ask_filter *filter, bool reports) {
    ask_put(out, " FROM events e");
    if (reports || filter->needs_report) {
        ask_put(out, " JOIN reports r ON r.id = e.report");
    }
}

static void put_hits(ask_build *out, const ask_filter *filter, ask_shape shape) {
    const char *sort = sorts[0].sql;
    for (size_t i = 0; i < COUNT_OF(sorts) && filter->sort != NULL; i++) {
        sort = strcmp(sorts[i].name, filter->sort) == 0 ? sorts[i].sql : sort;
    }
    sort = sort == sorts[0].sql && filter->descending ? DATE_DOWN : sort;
    ask_put(out, shape == ASK_REPORTS ? "WITH hits AS (SELECT e.number AS number" : "WITH hits AS (SELECT min(e.number) AS number");
    put_from(out, filter, false);
    put_where(out, filter);
    ask_put(out, shape == ASK_REPORTS ? ")" : " GROUP BY e.story)");
    ask_put(out, ", picked AS (SELECT h.number AS number, e.story AS story, ");
    ask_put(out, sort);
    ask_put(out, " AS sort FROM hits h JOIN events e ON e.number = h.number ORDER BY sort");
    ask_put(out, filter->descending ? " DESC, h.number" : ", h.number");
    if (filter->limit > 0) {
        ask_put(out, " LIMIT ");
        ask_put_number(out, filter->limit);
    }
    ask_put(out, ")");
}

static void put_columns(ask_build *out) {
    ask_put(out, " SELECT e.number, e.id, e.story, e.plover, e.mode, e.contexts, e.cameo, e.goldstein, e.quad, e.reciprocal, e.status,"
                 " e.date, e.date_end, e.date_basis, e.place, e.country, e.lat, e.lon, e.geonameid, e.place_kind, e.place_start,"
                 " e.place_stop, e.dead, e.injured, e.arrested, e.background, e.frame, e.trigger, e.entry, e.confidence, e.sentence,"
                 " r.id, r.url, r.outlet, r.owner, r.title, r.date, r.lang, r.words, ");
    ask_put(out, ask_reports_sql);
    ask_put(out, ", ");
    ask_put(out, ask_outlets_sql);
    ask_put(out, ", ");
    ask_put(out, ask_witnesses_sql);
    ask_put(out, ", CASE WHEN e.number = p.number THEN 1 ELSE 0 END FROM picked p JOIN events e ON ");
}

void ask_build_rows(ask_build *out, const ask_filter *filter, ask_shape shape) {
    put_hits(out, filter, shape);
    put_columns(out);
    ask_put(out, shape == ASK_TELLINGS ? "e.story = p.story" : "e.number = p.number");
    ask_put(out, " JOIN reports r ON r.id = e.report ORDER BY p.sort");
    ask_put(out, filter->descending ? " DESC" : "");
    ask_put(out, ", p.number, CASE WHEN e.number = p.number THEN 0 ELSE 1 END, e.number");
}

void ask_build_numbers(ask_build *out, const i64 *numbers, u32 count) {
    ask_put(out, "WITH picked(number, place) AS (VALUES ");
    for (u32 i = 0; i < count; i++) {
        ask_put(out, i > 0 ? ", (" : "(");
        ask_put_number(out, numbers[i]);
        ask_put(out, ", ");
        ask_put_number(out, i);
        ask_put(out, ")");
    }
    ask_put(out, ")");
    put_columns(out);
    ask_put(out, "e.number = p.number JOIN reports r ON r.id = e.report ORDER BY p.place");
}

static const char counted[] =
    "count(DISTINCT e.story) AS events, count(DISTINCT e.report) AS reports, count(DISTINCT CASE WHEN r.outlet <> '' THEN r.outlet END) AS outlets";

void ask_build_count(ask_build *out, const ask_filter *filter) {
    ask_put(out, "SELECT ");
    ask_put(out, counted);
    put_from(out, filter, true);
    put_where(out, filter);
}

/* ------------------------------------------------------------------ groups */

const char ask_groups[] = "day|month|year|category|cameo|status|source|target|dyad|place|country|outlet|owner|speaker|lang";

#define ACTORS(alias, side) " JOIN actors " alias " ON " alias ".event = e.id AND " alias ".side = '" side "'"

static const struct {
    const char *name, *sql, *join;
    bool by_name; /* in order of names; else the most frequent first */
} groups[] = {
    {"day", "e.shown", "", true},
    {"month", "substr(e.shown, 1, 7)", "", true},
    {"year", "substr(e.shown, 1, 4)", "", true},
    {"category", "e.plover", "", false},
    {"cameo", "e.cameo", "", true},
    {"status", "e.status", "", false},
    {"source", "substr(a.code, 1, 3)", ACTORS("a", "source"), false},
    {"target", "substr(a.code, 1, 3)", ACTORS("a", "target"), false},
    {"dyad", "substr(a.code, 1, 3) || (CASE WHEN e.reciprocal = 1 THEN ' + ' ELSE ' > ' END) || substr(c.code, 1, 3)",
     " JOIN actors a ON a.event = e.id AND a.side = 'source' JOIN actors c ON c.event = e.id AND ((e.reciprocal = 0 AND c.side = 'target')"
     " OR (e.reciprocal = 1 AND c.side = 'source' AND substr(a.code, 1, 3) < substr(c.code, 1, 3)))", false},
    {"place", "coalesce(e.place, '')", "", false},
    {"country", "coalesce(e.country, '')", "", false},
    {"outlet", "r.outlet", "", false},
    {"owner", "r.owner", "", false},
    {"speaker", "a.code", ACTORS("a", "claimer"), false},
    {"lang", "r.lang", "", false},
};

void ask_build_groups(ask_build *out, const ask_filter *filter, const char *group) {
    size_t at = 0;
    while (at + 1 < COUNT_OF(groups) && strcmp(groups[at].name, group) != 0) {
        at++;
    }
    ask_put(out, "SELECT ");
    ask_put(out, groups[at].sql);
    ask_put(out, " AS name, ");
    ask_put(out, counted);
    put_from(out, filter, true);
    ask_put(out, groups[at].join);
    put_where(out, filter);
    ask_put(out, " GROUP BY 1 ORDER BY ");
    ask_put(out, groups[at].by_name ? "1" : "2 DESC, 1");
    if (filter->limit > 0) {
        ask_put(out, " LIMIT ");
        ask_put_number(out, filter->limit);
    }
}

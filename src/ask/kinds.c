// SPDX-License-Identifier: Apache-2.0
/* In: a kind of rows ("disputes") and a filter.  Out: one statement.
 *
 *     SELECT columns FROM disputes d ... WHERE d.dispute IN (SELECT v.dispute FROM events e ... WHERE conditions) ORDER BY ...
 *
 * The conditions speak of single tellings, as everywhere; what holds a telling that fits is shown whole.  So
 * outlet=presstv.com lists the disputes in which Press TV says something, with all who say otherwise.
 *
 * A column is for the eye (table, md), for programs (csv, jsonl), or for both. */
#include "ask/inside.h"

#define NAMES_OF(table, where)                                                                                                   \
    "(SELECT {concat}(CASE WHEN z.name <> '' THEN z.name ELSE z.code END, ', ') FROM (SELECT name, code FROM " table " WHERE " where \
    " ORDER BY number) z)"
#define CODES_OF(table, where) "(SELECT {concat}(z.code, '; ') FROM (SELECT code FROM " table " WHERE " where " ORDER BY number) z)"
#define SIDE(side) "event = l.id AND side = '" side "'"
#define WHO NAMES_OF("actors", SIDE("source"))
#define WHOM "CASE WHEN l.reciprocal = 1 THEN '(each other)' ELSE " NAMES_OF("actors", SIDE("target")) " END"
#define OUTLETS_OF(reports) "count(DISTINCT CASE WHEN " reports ".outlet <> '' THEN " reports ".outlet END)"

/* What a reader knows a report by. */
#define REPORT_SEEN(report) "CASE WHEN " report ".title <> '' THEN " report ".title ELSE " report ".id END"

/* The tellings of events; the reports, with their events where they have any; what reports say of agreements; claims. */
#define EVENTS " FROM events e JOIN reports r ON r.id = e.report"
#define REPORTS " FROM reports r LEFT JOIN events e ON e.report = r.id"
#define STAGES " FROM accord_stages e JOIN reports r ON r.id = e.report"

#define NOT_IN_TABLE 0
#define REPORT_DAY "substr(r.date, 1, 10)"

static const ask_column joined_columns[] = {
    {"event", "x.event", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"date", "x.date", 10, false, ASK_BOTH},
    {"who", WHO, 30, false, ASK_BOTH},
    {"what", "x.plover || ' ' || x.cameo || ' ' || l.trigger", 30, false, ASK_EYE},
    {"plover", "x.plover", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"cameo", "x.cameo", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"trigger", "l.trigger", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"whom", WHOM, 30, false, ASK_BOTH},
    {"source", CODES_OF("actors", SIDE("source")), NOT_IN_TABLE, false, ASK_PROGRAM},
    {"target", CODES_OF("actors", SIDE("target")), NOT_IN_TABLE, false, ASK_PROGRAM},
    {"mutual", "CASE WHEN l.reciprocal = 1 THEN 'true' ELSE 'false' END", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"where", "x.place", 14, false, ASK_EYE},
    {"place", "x.place", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"country", "x.country", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"size", "trim(coalesce(x.dead || ' dead ', '') || coalesce(x.injured || ' injured ', '') || coalesce(x.arrested || ' arrested', ''))", 20,
     false, ASK_EYE},
    {"dead", "x.dead", NOT_IN_TABLE, true, ASK_PROGRAM},
    {"injured", "x.injured", NOT_IN_TABLE, true, ASK_PROGRAM},
    {"arrested", "x.arrested", NOT_IN_TABLE, true, ASK_PROGRAM},
    {"status", "x.status", 7, false, ASK_BOTH},
    {"standing", "x.standing", 11, false, ASK_BOTH},
    {"background", "CASE WHEN x.background = 1 THEN 'true' ELSE 'false' END", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"events", "x.events", 6, true, ASK_BOTH},
    {"reports", "x.reports", 7, true, ASK_BOTH},
    {"outlets", "x.outlets", 7, true, ASK_BOTH},
    {"owners", "x.owners", 6, true, ASK_BOTH},
    {"first seen", "trim(x.first_date || ' ' || x.first_outlet)", 30, false, ASK_EYE},
    {"first_date", "x.first_date", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"first_outlet", "x.first_outlet", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"first_report", "x.first_report", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"story", "x.story", NOT_IN_TABLE, false, ASK_PROGRAM},
    {NULL, NULL, 0, false, ASK_BOTH}};

static const ask_column story_columns[] = {
    {"story", "q.story", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"began", "s.began", 10, false, ASK_BOTH},
    {"reports", "s.reports", 7, true, ASK_BOTH},
    {"outlets", "s.outlets", 7, true, ASK_BOTH},
    {"date", "q.date", 10, false, ASK_BOTH},
    {"outlet", "q.outlet", 24, false, ASK_BOTH},
    {"report", REPORT_SEEN("q"), 60, false, ASK_EYE},
    {"title", "q.title", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"told", "CASE WHEN q.id = q.story THEN 'first' WHEN q.copy_of IS NOT NULL THEN 'copy' ELSE '' END", 5, false, ASK_BOTH},
    {"events", "(SELECT count(*) FROM events n WHERE n.report = q.id)", 6, true, ASK_BOTH},
    {"report", "q.id", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"url", "q.url", NOT_IN_TABLE, false, ASK_PROGRAM},
    {NULL, NULL, 0, false, ASK_BOTH}};

static const ask_column copy_columns[] = {
    {"date", "c.date", 10, false, ASK_BOTH},
    {"outlet", "c.outlet", 24, false, ASK_BOTH},
    {"report", REPORT_SEEN("c"), 50, false, ASK_EYE},
    {"title", "c.title", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"report", "c.id", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"url", "c.url", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"first_date", "q.date", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"repeats", "q.outlet", 24, false, ASK_EYE},
    {"first report", REPORT_SEEN("q"), 50, false, ASK_EYE},
    {"first_outlet", "q.outlet", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"first_title", "q.title", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"first_report", "q.id", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"first_url", "q.url", NOT_IN_TABLE, false, ASK_PROGRAM},
    {NULL, NULL, 0, false, ASK_BOTH}};

static const ask_column dispute_columns[] = {
    {"dispute", "d.dispute", 7, true, ASK_BOTH},
    {"field", "d.field", 8, false, ASK_BOTH},
    {"value", "d.value", 30, false, ASK_BOTH},
    {"speaker", "d.speaker", 24, false, ASK_BOTH},
    {"outlet", "d.outlet", 24, false, ASK_BOTH},
    {"date", "q.date", 10, false, ASK_BOTH},
    {"report", REPORT_SEEN("q"), 40, false, ASK_EYE},
    {"report", "d.report", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"title", "q.title", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"who", WHO, 24, false, ASK_BOTH},
    {"what", "l.plover || ' ' || l.cameo || ' ' || l.trigger", 26, false, ASK_EYE},
    {"plover", "l.plover", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"cameo", "l.cameo", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"trigger", "l.trigger", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"whom", WHOM, 24, false, ASK_BOTH},
    {"words", "(SELECT v.text FROM evidence v WHERE v.event = l.id AND v.number = 0)", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"event", "d.event", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"said_by", "d.said_by", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"story", "d.story", NOT_IN_TABLE, false, ASK_PROGRAM},
    {NULL, NULL, 0, false, ASK_BOTH}};

#define PARTIES(role, number) "agreement = " number " AND role = '" role "'"
#define ONE_PARTY(role) \
    "(SELECT CASE WHEN w.name <> '' THEN w.name ELSE w.code END FROM agreement_parties w WHERE w.agreement = p.agreement AND w.role = '" role \
    "' AND w.number = p.number)"
/* "broken by Ethiopia, says Kenya": parts and parties of one assessment have one number. */
#define ASSESSED                                                                                                                \
    "(SELECT {concat}(z.said, '; ') FROM (SELECT p.kind || coalesce(' by ' || " ONE_PARTY("of") ", '') || coalesce(', says ' || " ONE_PARTY("judge") \
    ", '') AS said FROM agreement_parts p WHERE p.agreement = s.agreement AND p.kind IN ('kept', 'broken') ORDER BY p.number, p.kind) z)"
#define UNDERTAKEN                                                                                                              \
    "(SELECT {concat}(z.said, '; ') FROM (SELECT coalesce(" ONE_PARTY("by") " || ': ', '') || p.text AS said FROM agreement_parts p"  \
    " WHERE p.agreement = s.agreement AND p.kind = 'undertaking' ORDER BY p.number) z)"

static const ask_column agreement_columns[] = {
    {"number", "c.number", 6, true, ASK_BOTH},
    {"name", "c.name", 26, false, ASK_BOTH},
    {"kind", "c.kind", 12, false, ASK_BOTH},
    {"parties", NAMES_OF("agreement_parties", PARTIES("party", "c.accord")), 26, false, ASK_BOTH},
    {"party_codes", CODES_OF("agreement_parties", PARTIES("party", "c.accord")), NOT_IN_TABLE, false, ASK_PROGRAM},
    {"stage", "s.stage", 10, false, ASK_BOTH},
    {"date", "s.date", 10, false, ASK_BOTH},
    {"place", "s.place", 14, false, ASK_BOTH},
    {"assessed", ASSESSED, 40, false, ASK_BOTH},
    {"undertaken", UNDERTAKEN, 40, false, ASK_BOTH},
    {"outlet", "q.outlet", 24, false, ASK_BOTH},
    {"report", "s.report", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"title", "q.title", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"agreement", "s.agreement", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"accord", "c.accord", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"reports", "c.reports", NOT_IN_TABLE, true, ASK_PROGRAM},
    {"owners", "c.owners", NOT_IN_TABLE, true, ASK_PROGRAM},
    {NULL, NULL, 0, false, ASK_BOTH}};

static const ask_column repeat_columns[] = {{"outlet", "p.outlet", 40, false, ASK_BOTH},
                                            {"repeats", "p.cited", 40, false, ASK_BOTH},
                                            {"how", "p.kind", 6, false, ASK_BOTH},
                                            {"reports", "p.reports", 7, true, ASK_BOTH},
                                            {NULL, NULL, 0, false, ASK_BOTH}};

#define ABOUT NAMES_OF("claim_about", "claim = c.id")

static const ask_column claim_columns[] = {
    {"claim", "c.id", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"date", "substr(q.date, 1, 10)", 10, false, ASK_BOTH},
    {"speaker", "CASE WHEN c.name <> '' THEN c.name ELSE c.speaker END", 26, false, ASK_BOTH},
    {"speaker_code", "c.code", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"speaker_title", "c.title", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"act", "c.act", 8, false, ASK_BOTH},
    {"cue", "c.cue", 14, false, ASK_BOTH},
    {"direct", "CASE WHEN c.direct = 1 THEN 'true' ELSE 'false' END", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"channel", "c.channel", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"said", "(SELECT {concat}(z.text, ' ... ') FROM (SELECT text FROM claim_parts WHERE claim = c.id ORDER BY number) z)", 60, false, ASK_BOTH},
    {"about", ABOUT, 26, false, ASK_BOTH},
    {"about_codes", CODES_OF("claim_about", "claim = c.id"), NOT_IN_TABLE, false, ASK_PROGRAM},
    {"events", "(SELECT count(*) FROM claim_events k WHERE k.claim = c.id)", 6, true, ASK_BOTH},
    {"outlet", "q.outlet", 24, false, ASK_BOTH},
    {"report", "q.id", NOT_IN_TABLE, false, ASK_PROGRAM},
    {"title", "q.title", NOT_IN_TABLE, false, ASK_PROGRAM},
    {NULL, NULL, 0, false, ASK_BOTH}};

const char ask_kind_names[] = "events|joined|stories|copies|disputes|agreements|repeats|claims";

static const ask_kind kinds[] = {
    {.name = "events"},
    {.name = "joined",
     .key = "x.event",
     .hits = "SELECT e.story" EVENTS,
     .from = "joined x JOIN events l ON l.id = x.event",
     .order = "CASE WHEN x.date = '' THEN 1 ELSE 0 END, x.date, x.number",
     .columns = joined_columns,
     .totals = {{"events", "count(*)"}, {"tellings", "coalesce(sum(x.events), 0)"}}},
    {.name = "stories",
     .day = REPORT_DAY,
     .own = {{"reports", "(SELECT count(*) FROM reports n WHERE n.story = r.story)"},
             {"outlets", "(SELECT " OUTLETS_OF("n") " FROM reports n WHERE n.story = r.story)"}},
     .key = "q.story",
     .hits = "SELECT r.story" REPORTS,
     .from = "reports q JOIN (SELECT story, min(date) AS began, count(*) AS reports, " OUTLETS_OF("m") " AS outlets FROM reports m GROUP BY story) s"
             " ON s.story = q.story",
     .order = "s.began, q.story, CASE WHEN q.id = q.story THEN 0 ELSE 1 END, q.date, q.id",
     .columns = story_columns,
     .totals = {{"stories", "count(DISTINCT q.story)"}, {"reports", "count(*)"}}},
    {.name = "copies",
     .day = REPORT_DAY,
     .own = {{"reports", "f.reports"}, {"outlets", "f.outlets"}},
     .key = "c.copy_of",
     .hits = "SELECT f.first" REPORTS " JOIN (SELECT coalesce(copy_of, id) AS first, count(*) AS reports, " OUTLETS_OF("m") " AS outlets FROM reports m"
             " GROUP BY coalesce(copy_of, id)) f ON f.first = coalesce(r.copy_of, r.id)",
     .from = "reports c JOIN reports q ON q.id = c.copy_of",
     .order = "q.date, q.id, c.date, c.id",
     .columns = copy_columns,
     .totals = {{"copies", "count(*)"}, {"originals", "count(DISTINCT c.copy_of)"}}},
    {.name = "disputes",
     .key = "d.dispute",
     .hits = "SELECT v.dispute" EVENTS " JOIN disputes v ON v.said_by = e.id",
     .from = "disputes d JOIN events l ON l.id = d.said_by JOIN reports q ON q.id = d.report",
     .order = "d.dispute, d.number",
     .columns = dispute_columns,
     .totals = {{"disputes", "count(DISTINCT d.dispute)"}, {"vouchers", "count(*)"}}},
    {.name = "agreements",
     .words = "actor dyad since until date place outlet owner lang text report reports limit",
     .day = "e.date",
     .parties = true,
     .own = {{"reports", "(SELECT n.reports FROM accords n WHERE n.accord = e.accord)"}},
     .key = "c.accord",
     .hits = "SELECT e.accord" STAGES,
     .from = "accords c JOIN accord_stages s ON s.accord = c.accord JOIN reports q ON q.id = s.report",
     .order = "c.number, s.number",
     .columns = agreement_columns,
     .totals = {{"agreements", "count(DISTINCT c.accord)"}, {"stages", "count(*)"}}},
    {.name = "repeats",
     .words = "outlet reports limit",
     .own = {{"reports", "r.reports"}},
     .key = "(p.outlet, p.cited, p.kind)",
     .hits = "SELECT r.by_outlet, r.cited, r.kind FROM (SELECT outlet, outlet AS by_outlet, cited, kind, reports FROM repeats"
             " UNION SELECT cited, outlet, cited, kind, reports FROM repeats) r",
     .from = "repeats p",
     .order = "p.reports DESC, p.outlet, p.cited, p.kind",
     .columns = repeat_columns,
     .totals = {{"pairs", "count(*)"}, {"outlets", "count(DISTINCT p.outlet)"}}},
    {.name = "claims",
     .words = "speaker actor since until date outlet owner lang text report limit",
     .day = REPORT_DAY,
     .claims = true,
     .key = "c.id",
     .hits = "SELECT e.id FROM claims e JOIN reports r ON r.id = e.report",
     .from = "claims c JOIN reports q ON q.id = c.report",
     .order = "q.date, q.id, c.start, c.id",
     .columns = claim_columns,
     .totals = {{"claims", "count(*)"}, {"reports", "count(DISTINCT c.report)"}}},
};

const ask_kind *ask_kind_find(const char *name) {
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            return kinds[i].columns != NULL ? &kinds[i] : NULL;
        }
    }
    return NULL;
}

bool ask_kind_takes(const ask_kind *of, span word) {
    if (of == NULL || of->words == NULL) {
        return of == NULL || !span_eq(word, SPAN("sort"));
    }
    for (span rest = span_of(of->words); rest.len > 0;) {
        if (span_eq(span_next_field(&rest, ' '), word)) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------ statements */

static void put_column(ask_build *out, const char *name, const char *sql, bool first) {
    ask_put(out, first ? "SELECT " : ", ");
    ask_put(out, sql);
    ask_put(out, " AS \"");
    ask_put(out, name);
    ask_put(out, "\"");
}

static void put_from(ask_build *out, const ask_filter *filter, const ask_kind *of) {
    ask_put(out, " FROM ");
    ask_put(out, of->from);
    if (filter->where.len > 0) {
        ask_put(out, " WHERE ");
        ask_put(out, of->key);
        ask_put(out, " IN (");
        ask_put(out, of->hits);
        ask_put(out, " WHERE ");
        ask_put_build(out, &filter->where);
        ask_put(out, ")");
    }
}

void ask_build_kind(ask_build *out, const ask_filter *filter, const ask_kind *of, ask_reader reader) {
    bool first = true;
    for (const ask_column *c = of->columns; c->name != NULL; c++) {
        if (c->reader & reader) {
            put_column(out, c->name, c->sql, first);
            first = false;
        }
    }
    put_from(out, filter, of);
    ask_put(out, " ORDER BY ");
    ask_put(out, of->order);
    if (filter->limit > 0) {
        ask_put(out, " LIMIT ");
        ask_put_number(out, filter->limit);
    }
}

void ask_build_kind_count(ask_build *out, const ask_filter *filter, const ask_kind *of) {
    for (size_t i = 0; i < COUNT_OF(of->totals); i++) {
        put_column(out, of->totals[i].name, of->totals[i].sql, i == 0);
    }
    put_from(out, filter, of);
}

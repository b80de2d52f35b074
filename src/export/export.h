// SPDX-License-Identifier: Apache-2.0
/* Events of a desk in the formats that users of event data expect.
 *
 *     export_plan plan = {.kind = export_kind_find("gdelt2"), .filter = &filter, .facts = &facts};
 *     export_write(desk, &plan, sink, user, &error);
 *
 * Rows stream in one fixed order: the question's (by day, then by number).  Every row names the event, and
 * so leads back to reports, words and reason.  docs/asking.md has each format's columns. */
#ifndef DRG_EXPORT_EXPORT_H
#define DRG_EXPORT_EXPORT_H

#include "ask/ask.h"
#include "base/knowledge.h"

/* ------------------------------------------------------------------ facts.c */

/* What formats say that a desk does not hold. */
typedef struct {
    knowledge known;
    map countries;  /* ISO alpha-3 symbol -> row of country_rows */
    struct country_fact { span name, fips; } *country_rows;
    map cameo;      /* code symbol -> row of cameo_names */
    span *cameo_names;
    map bodies;     /* primary symbol -> row of body_rows: international bodies in CAMEO's codes */
    struct body_fact { span code, group; } *body_rows;
    map sectors;    /* sector symbol -> row of sector_names */
    span *sector_names;
    u8 quads[100][2]; /* by CAMEO root: GDELT's class, Phoenix's */
    map scores;     /* category, or category and mode -> PLOVER's quad and score: facts.c */
} export_facts;

drg_status export_facts_open(export_facts *facts, const char *folder, drg_error *error);
void export_facts_close(export_facts *facts);

/* ------------------------------------------------------------------ exporter.c */

typedef struct {
    const char *name, *ending, *help;
    bool carries_run; /* the file itself names the run; others need the sidecar */
    bool deeds_only;  /* has no status: what is denied or planned would read as done */
    bool of_joined;   /* rows are events out of all their reports */
} export_kind;
extern const export_kind export_kinds[]; /* ends with a NULL name */
const export_kind *export_kind_find(const char *name);

typedef struct {
    const export_kind *kind;
    const ask_filter *filter;
    const export_facts *facts;
    bool tellings;   /* csv, jsonl, geojson: a row for every telling, not one an event */
    bool one_a_day;  /* phoenix: each (day, source, target, code) once */
    bool no_header;  /* csv, icews, polecat, joined: none */
} export_plan;

typedef struct {
    u64 events, rows;
} export_tally;

drg_status export_write(sql_base *desk, const export_plan *plan, drg_sink sink, void *user, export_tally *tally, drg_error *error);
/* The run: program, filter, and the model and word lists of all runs in the desk; one JSON object and a line end. */
drg_status export_write_run(sql_base *desk, const export_plan *plan, drg_sink sink, void *user, drg_error *error);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Events against a user's own gold.
 *
 *   set.c     gold or system, from JSON files or from records        -> score_set
 *   match.c   the events of one report, gold against system          -> one-to-one pairs
 *   events.c  the pairs of all reports                               -> counts by level, field and category
 *
 * Three levels, each with its own one-to-one assignment inside a report:
 *
 *   what       same category, and evidence that overlaps or at least one shared primary actor
 *   who-whom   same category, and a shared primary actor on each side (both empty counts as shared;
 *              a mutual event compares both its sides together)
 *   sector     who-whom, and the sector of every shared primary agrees
 *
 * A gold event marked "certain": false is worth nothing either way. */
#ifndef DRG_SCORE_SCORE_H
#define DRG_SCORE_SCORE_H

#include "base/arena.h"
#include "base/symbols.h"

typedef struct {
    span plover, cameo, status, date;
    span place, country;          /* "Damascus", "SYR" */
    const span *source, *target;  /* "IRN MIL" */
    u32 source_count, target_count;
    const span *evidence;         /* the words */
    u32 evidence_count;
    bool reciprocal, certain;
} score_event;

typedef struct {
    span id, title, date, outlet, url, lang, text; /* text empty: not given */
    bool counted;                                  /* it has gold, be it an empty list */
    LIST(score_event) events;
} score_report;

typedef struct {
    arena *memory;
    symbols ids;                /* a report's symbol is its index */
    LIST(score_report) reports; /* in the order met */
    u32 events, texts;
} score_set;

/* ------------------------------------------------------------------ set.c */
void score_set_open(score_set *set, arena *memory);
/* Reads a file, or a folder of .json files: values one after another, each of them
 *     {"id": ..., "events": [...], "text": ...}       a report with its events
 *     {"type": "event", "doc": ..., "plover": ...}    our own records; report lines count too
 *     {"id": ..., "text": ...}                        a text for a report that has its events elsewhere
 * `texts_only`: takes texts for the reports that are there and passes the rest over. */
drg_status score_set_read(score_set *set, const char *path, bool texts_only, drg_error *error);
/* The report with this id, made if new; NULL when memory is out. */
score_report *score_set_report(score_set *set, span id);
const score_report *score_set_find(const score_set *set, span id);
/* Adds the events of a coded report. */
drg_status score_set_add(score_set *set, const drg_records *records, drg_error *error);
/* One event under a report; all its texts are copied. */
bool score_set_add_event(score_set *set, span doc, const drg_event *event);

/* ------------------------------------------------------------------ match.c */
typedef enum { SCORE_WHAT, SCORE_WHO_WHOM, SCORE_SECTOR, SCORE_LEVELS } score_level;
/* pair[g] = index of the system event that gold event g is matched to, or NONE. False: memory is out. */
bool score_match(const score_report *gold, const score_report *system, score_level level, arena *scratch, u32 *pair);

/* ------------------------------------------------------------------ events.c */
typedef struct {
    u64 right, false_alarms, missed; /* TP, FP, FN */
} score_count;

/* What a pair matched at the who-whom level may also have right. */
typedef enum { SCORE_ROOT, SCORE_CAMEO, SCORE_STATUS, SCORE_DATE, SCORE_PLACE, SCORE_FIELDS } score_field;

typedef struct {
    span category;
    score_count counts[SCORE_LEVELS];
} score_category;

typedef struct {
    score_count levels[SCORE_LEVELS];
    u64 fields[SCORE_FIELDS];                   /* right, of levels[SCORE_WHO_WHOM].right */
    LIST(score_category) categories;            /* by name */
    u64 reports, gold, uncertain, system;       /* events; uncertain: of gold */
} score_table;

typedef enum { SCORE_FOUND, SCORE_MISSED, SCORE_FALSE } score_verdict;
/* Is told every certain gold event found or missed, and every false alarm, report by report. */
typedef void (*score_listener)(void *user, span report, score_verdict verdict, const score_event *event);
typedef struct {
    score_level level; /* whose matches are told */
    score_listener tell; /* NULL: nobody listens */
    void *user;
} score_wish;

const char *score_level_name(score_level level);
const char *score_field_name(score_field field);
drg_status score_compare(const score_set *gold, const score_set *system, const score_wish *wish, score_table *out, arena *memory);

#endif

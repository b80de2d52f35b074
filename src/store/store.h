// SPDX-License-Identifier: Apache-2.0
/* Records in one SQLite file, written by one thread.
 *
 *   store_open -> (store_add | store_add_problem)* -> store_finish -> store_close
 *
 * A batch of reports is one transaction: a run that is killed leaves a consistent file that holds whole
 * reports, and running again adds what is missing.  A report whose records are in the file already
 * changes nothing; one that comes out differently replaces its old records.
 *
 *   schema.c  the tables, and the check that a file is ours
 *   store.c   opening, batches, errors in words
 *   write.c   one report's records into the tables
 *   story.c   near copies among the reports, the same event in several reports
 *   rows.c    rows for people, counts */
#ifndef DRG_STORE_STORE_H
#define DRG_STORE_STORE_H

#include "base/base.h"

typedef struct store store;

typedef struct {
    const char *program; /* version */
    drg_text model, words; /* hashes */
} store_run;

/* `path` NULL: a database of this process alone, gone when closed. `run` NULL: to read only. */
drg_status store_open(store **out, const char *path, const store_run *run, drg_error *error);
drg_status store_add(store *s, const drg_records *records, drg_error *error);
drg_status store_add_problem(store *s, const drg_problem *problem, drg_error *error);
drg_status store_finish(store *s, drg_error *error);
/* Drops what was not finished. NULL is allowed. */
void store_close(store *s);

/* One event as it is told in all reports, in the order of dates. Texts live until the next call. */
typedef struct {
    drg_text when, who, what, whom, where, status, according;
    u32 reports;   /* that tell it */
    u32 witnesses; /* of them, owners apart and copies not counted */
    bool background;
} store_row;
drg_status store_rows_open(store *s, drg_error *error);
bool store_rows_next(store *s, store_row *row);

typedef struct {
    i64 reports, copies, events, stories, claims, agreements, problems, runs;
} store_counts;
drg_status store_count(store *s, store_counts *out, drg_error *error);

#endif

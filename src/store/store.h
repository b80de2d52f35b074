// SPDX-License-Identifier: Apache-2.0
/* The desk: records in one SQLite file or on a PostgreSQL server, written by one thread.
 *
 *   store_open -> (store_add | store_add_problem)* -> store_finish -> store_close
 *
 * A batch of reports is one transaction: a run that is killed leaves a consistent desk that holds whole
 * reports, and running again adds what is missing.  A report whose records are there already changes
 * nothing; one that comes out differently replaces its old records.  What goes across reports is worked
 * out at the end of a run, by store_finish.
 *
 *   database.h   one way to talk to both kinds: database.c, and the drivers sqlite.c and postgres.c
 *   schema.c     the tables, their versions
 *   store.c      opening, batches
 *   write.c      one report's records into the tables
 *   story.c      what an event is looked up by
 *   join.c       copies, stories, joined events, disputes, agreements over time
 *   counts.c     counts by day and by dyad, kept for the page
 *   search.c     words in titles and texts
 *   read.h       records back out, as they went in
 *   merge.h      one desk out of several
 *   rows.c       rows for people */
#ifndef DRG_STORE_STORE_H
#define DRG_STORE_STORE_H

#include "store/database.h"

typedef struct store store;

typedef struct {
    const char *program; /* version */
    drg_text model, words; /* hashes */
    const char *options;   /* those of the command that change records; may be NULL */
} store_run;

/* `address`: a file, "postgresql://user@host/name", or NULL: a desk of this process alone, gone when closed.
 * `run` NULL: to read only. Its texts must live as long as the store. */
drg_status store_open(store **out, const char *address, const store_run *run, drg_error *error);
drg_status store_add(store *s, const drg_records *records, drg_error *error);
drg_status store_add_problem(store *s, const drg_problem *problem, drg_error *error);
/* How many of the reports added changed nothing, because the same records were there already. */
u64 store_known(const store *s);
/* Makes what came so far safe; what goes across reports still waits for store_finish, which goes over all of them. */
drg_status store_finish_batch(store *s, drg_error *error);
drg_status store_finish(store *s, drg_error *error);
/* Drops what was not finished. NULL is allowed. */
void store_close(store *s);
/* For questions of one's own: see database.h. */
sql_base *store_database(store *s);

/* One event as it is told in all reports, in the order of dates. Texts live until the next call. */
typedef struct {
    drg_text when, who, what, whom, where, status, according;
    u32 reports;   /* that tell it */
    u32 witnesses; /* of them, owners apart and copies not counted */
    bool background;
} store_row;
drg_status store_rows_open(store *s, drg_error *error);
bool store_rows_next(store *s, store_row *row);
/* Behind the last row: whether it was the last one. */
drg_status store_rows_check(store *s, drg_error *error);

/* Reports whose title or text holds the words, the newest first: words, "words in order", beginning*, -without. */
typedef struct {
    drg_text report, title, outlet, date; /* until the next call */
} store_hit;
drg_status store_search_open(store *s, drg_text words, u32 limit, u32 skip, drg_error *error);
bool store_search_next(store *s, store_hit *hit);
/* For a question of one's own over `reports r`: the condition, whose one value ?1 store_search_write makes of the words
 * (false: there are none, or more than `room` bytes of them). */
const char *store_search_condition(const store *s);
bool store_search_write(const store *s, drg_text words, char *out, size_t room);

typedef struct {
    i64 reports, copies, events, stories, claims, agreements, problems, runs;
} store_counts;
drg_status store_count(store *s, store_counts *out, drg_error *error);

#endif

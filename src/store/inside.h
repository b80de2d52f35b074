// SPDX-License-Identifier: Apache-2.0
/* What the files of src/store share. */
#ifndef DRG_STORE_INSIDE_H
#define DRG_STORE_INSIDE_H

#include "store/database.h"
#include "store/store.h"

struct store {
    sql_base *base;
    store_run run;
    i64 run_id;         /* 0: not written yet */
    u32 in_batch;       /* reports since the last commit */
    u64 known;          /* given whose records were there already */
    bool writing;       /* a transaction is open */
    sql_query *rows;    /* of store_rows_open */
    sql_query *hits;    /* of store_search_open */
    bool hit_waits;     /* its first row was taken already */
    char cells[4][512]; /* of the row that store_rows_next gave last */
};

/* schema.c: makes the tables of an empty database, brings an older one up to date, refuses what is not ours. */
drg_status schema_check(sql_base *d, bool writing, drg_error *error);
/* write.c: failures are kept by the database. */
void write_report(store *s, const drg_records *records, span content);
void write_problem(sql_base *d, const drg_problem *problem);
/* story.c: category and sides of an event, "AGREE IRN+SYR", and its day; false where it cannot be compared. */
bool story_key(const drg_records *records, const drg_event *event, char sides[256], i64 *day);
/* join.c: what goes across reports, at the end of a run. */
drg_status story_join(store *s, drg_error *error);

extern const char *const store_status_names[]; /* by drg_event_status */
/* store.c: store_add for records whose hash is known. */
drg_status store_add_hashed(store *s, const drg_records *records, span content, drg_error *error);
/* counts.c: failures are kept by the database. */
void counts_add_event(sql_base *d, const drg_event *e, span shown);
void counts_drop_report(sql_base *d, span report); /* before its rows go */
void counts_refresh(sql_base *d);
/* search.c */
void search_make_index(sql_base *d);
void search_add_report(sql_base *d, span report);
void search_drop_report(sql_base *d, span report); /* before its row goes */

#endif

// SPDX-License-Identifier: Apache-2.0
/* What the files of src/store share. */
#ifndef DRG_STORE_INSIDE_H
#define DRG_STORE_INSIDE_H

#include <sqlite3.h>

#include "record/copies.h"
#include "store/store.h"

/* Every statement is prepared once, under its number. */
typedef enum {
    SQL_BEGIN, SQL_COMMIT, SQL_ROLLBACK,
    SQL_FIND_RUN, SQL_ADD_RUN, SQL_FIND_REPORT, SQL_DROP_REPORT, SQL_ADD_REPORT, SQL_ADD_TEXT,
    SQL_ADD_EVENT, SQL_ADD_PARTY, SQL_ADD_EVIDENCE,
    SQL_ADD_CLAIM, SQL_ADD_CLAIM_PART, SQL_ADD_CLAIM_EVENT, SQL_ADD_CLAIM_ABOUT,
    SQL_ADD_AGREEMENT, SQL_ADD_AGREEMENT_PARTY, SQL_ADD_PROBLEM,
    SQL_ADD_BAND, SQL_FIND_BAND, SQL_GET_SKETCH, SQL_FIND_STORY,
    SQL_ROWS, SQL_PARTIES,
    SQL_COUNT
} store_sql;

struct store {
    sqlite3 *file;
    sqlite3_stmt *ready[SQL_COUNT];
    char path[256];     /* for messages */
    store_run run;
    i64 run_id;         /* 0: not written yet */
    u32 in_batch;       /* reports since the last commit */
    bool writing;       /* a transaction is open */
    char cells[6][512]; /* of the row that store_rows_next gave last */
};

const char *store_sql_text(store_sql which);
drg_status store_check_schema(store *s, bool writing, drg_error *error);
/* The error of the last SQLite call, in words that say what to do. */
drg_status store_fail(store *s, int code, drg_error *error);

/* A statement, reset and ready for values; store_sql_text is prepared on first use. NULL: told in error. */
sqlite3_stmt *store_prepare(store *s, store_sql which, drg_error *error);
void store_bind_text(sqlite3_stmt *statement, int at, span text);
/* Runs a statement to its end. */
drg_status store_do(store *s, sqlite3_stmt *statement, drg_error *error);

/* write.c */
drg_status store_write_report(store *s, const drg_records *records, span content, drg_error *error);
/* story.c: the report that this one is a near copy of, and the story an event belongs to. */
drg_status story_find_copied(store *s, span report, const copies_sketch *sketch, char found[64], drg_error *error);
drg_status story_remember(store *s, span report, const copies_sketch *sketch, drg_error *error);
drg_status story_of_event(store *s, const drg_records *records, const drg_event *event, char key[256], i64 *day, char story[64], drg_error *error);

#endif

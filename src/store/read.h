// SPDX-License-Identifier: Apache-2.0
/* Records back out of a desk, as they went in: the same drg_records that the coder gave.
 *
 *     store_reader reader;
 *     store_read_open(&reader, s, &memory);
 *     while (store_read_next(&reader)) {
 *         use(&reader.records);
 *     }
 *     DRG_TRY(store_read_check(&reader, error));
 *
 * Reports come by date and id, so that the same reports come in the same order whatever desk they lie in.
 * Records live in `memory`, which is reset for each report.  What two records of a report share to the last byte
 * (a claim made twice in the same words) is there once. */
#ifndef DRG_STORE_READ_H
#define DRG_STORE_READ_H

#include "base/arena.h"
#include "store/store.h"

typedef struct {
    store *s;
    arena *memory;
    sql_query *reports;
    drg_records records;
    i64 run;                    /* runs.id */
    drg_text content;           /* hash of the records */
    drg_text copy_of;           /* empty: none */
    const drg_text *stories;    /* [records.event_count] id of the first telling */
    drg_status status;
} store_reader;

void store_read_open(store_reader *r, store *s, arena *memory);
bool store_read_next(store_reader *r);
drg_status store_read_check(store_reader *r, drg_error *error);

#endif

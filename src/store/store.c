// SPDX-License-Identifier: Apache-2.0
/* Opening, batches, what is new and what is not. */
#include "store/inside.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define BATCH 256 /* reports a transaction */

static void begin(store *s) {
    if (!s->writing) {
        database_begin(s->base);
        s->writing = true;
        s->in_batch = 0;
    }
}

static void commit(store *s) {
    if (s->writing) {
        database_commit(s->base);
        s->writing = false;
    }
}

drg_status store_finish(store *s, drg_error *error) {
    begin(s);
    DRG_TRY(database_check(s->base, error));
    DRG_TRY(story_join(s, error));
    counts_refresh(s->base);
    commit(s);
    return database_check(s->base, error);
}

drg_status store_open(store **out, const char *address, const store_run *run, drg_error *error) {
    store *s = *out = calloc(1, sizeof *s);
    if (s == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, address, 0, "out of memory");
    }
    s->run = run != NULL ? *run : (store_run){0};
    drg_status status = database_open(&s->base, address, run != NULL ? DATABASE_WRITE : DATABASE_READ, error);
    if (status == DRG_OK) {
        status = schema_check(s->base, run != NULL, error);
    }
    if (status != DRG_OK) {
        store_close(s);
        *out = NULL;
    }
    return status;
}

void store_close(store *s) {
    if (s != NULL) {
        database_close(s->base); /* an open transaction is rolled back */
        free(s);
    }
}

u64 store_known(const store *s) { return s->known; }

sql_base *store_database(store *s) { return s->base; }

static drg_status hash_bytes(void *user, const char *bytes, size_t size) {
    u64 *hash = user;
    *hash = XXH3_64bits_withSeed(bytes, size, *hash);
    return DRG_OK;
}

/* Every byte that the report gave and that came out of it: the same digits mean nothing new. */
static drg_status hash_records(const drg_records *records, char digits[17]) {
    u64 hash = XXH3_64bits(records->text.ptr, records->text.len);
    DRG_TRY(drg_records_write_jsonl(records, hash_bytes, &hash));
    snprintf(digits, 17, "%016llx", (unsigned long long)hash);
    return DRG_OK;
}

/* Drops what is there of a report with other records; false: the same are there already. */
static bool make_way(store *s, span report, span content) {
    sql_query *find = database_ask(s->base, "SELECT content FROM reports WHERE id = ?1");
    query_put_text(find, 1, report);
    bool known = query_next(find), same = known && span_eq(query_text(find, 0), content);
    query_reset(find);
    if (known && !same) {
        counts_drop_report(s->base, report);
        search_drop_report(s->base, report);
        sql_query *drop = database_ask(s->base, "DELETE FROM reports WHERE id = ?1");
        query_put_text(drop, 1, report);
        query_run(drop);
    }
    return !same;
}

drg_status store_add_hashed(store *s, const drg_records *records, span content, drg_error *error) {
    begin(s);
    if (make_way(s, records->id, content)) {
        write_report(s, records, content);
    } else {
        s->known++;
    }
    if (++s->in_batch >= BATCH) {
        commit(s);
    }
    return database_check(s->base, error);
}

drg_status store_add(store *s, const drg_records *records, drg_error *error) {
    char digits[17];
    DRG_TRY(hash_records(records, digits));
    return store_add_hashed(s, records, (span){digits, 16}, error);
}

drg_status store_finish_batch(store *s, drg_error *error) {
    commit(s);
    return database_check(s->base, error);
}

drg_status store_add_problem(store *s, const drg_problem *problem, drg_error *error) {
    begin(s);
    write_problem(s->base, problem);
    return database_check(s->base, error);
}

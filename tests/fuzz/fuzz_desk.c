// SPDX-License-Identifier: Apache-2.0
/* A damaged database: opening, counting, listing, searching, reading back and writing one report into it may fail with
 * a message, and do nothing worse. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define REPORT_BYTES ((size_t)64 << 20)

static void check(drg_status status, const drg_error *error) {
    if (status != DRG_OK && error->message[0] == '\0') {
        abort(); /* a failure that says nothing */
    }
}

static drg_status count_bytes(void *user, const char *bytes, size_t size) {
    (void)bytes;
    *(size_t *)user += size;
    return DRG_OK;
}

static void read_all(store *s) {
    drg_error error = {0};
    store_counts counts;
    store_row row;
    store_hit hit;
    store_reader reader;
    arena memory;
    size_t written = 0;
    check(store_count(s, &counts, &error), &error);
    if (store_rows_open(s, &error) == DRG_OK) {
        while (store_rows_next(s, &row)) {
            written += row.what.len + row.who.len;
        }
        check(store_rows_check(s, &error), &error);
    }
    if (store_search_open(s, SPAN("accord \"the border\" ken* -rain"), 20, 0, &error) == DRG_OK) {
        while (store_search_next(s, &hit)) {
            written += hit.title.len;
        }
    }
    database_check(store_database(s), &error);
    arena_open(&memory, REPORT_BYTES);
    store_read_open(&reader, s, &memory);
    while (store_read_next(&reader)) {
        drg_records_write_jsonl(&reader.records, count_bytes, &written);
    }
    check(store_read_check(&reader, &error), &error);
    arena_close(&memory);
}

static void write_one(store *s) {
    drg_error error = {0};
    drg_records r = {.id = SPAN("fuzz"), .text = SPAN("Kenya and Ethiopia signed an accord."), .date = SPAN("2024-03-12"), .lang = SPAN("en")};
    drg_status status = store_add(s, &r, &error);
    check(status, &error);
    if (status == DRG_OK) {
        check(store_finish(s, &error), &error);
    }
}

static void open_desk(const char *path, bool writing) {
    store *s;
    drg_error error = {0};
    store_run run = {.program = "fuzz", .model = SPAN(""), .words = SPAN("")};
    drg_status status = store_open(&s, path, writing ? &run : NULL, &error);
    check(status, &error);
    if (status == DRG_OK && writing) {
        write_one(s);
    } else if (status == DRG_OK) {
        read_all(s);
    }
    store_close(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    char path[64];
    const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(path, sizeof path, "%s/dragoman-fuzz-%ld.db", folder, (long)getpid());
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0) {
        abort(); /* nothing would be tested */
    }
    bool whole = write(file, bytes, size) == (ssize_t)size;
    close(file);
    if (whole) {
        open_desk(path, false);
        open_desk(path, true);
    }
    unlink(path);
    return 0;
}

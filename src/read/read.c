// SPDX-License-Identifier: Apache-2.0
#include "read/read.h"

struct read_tables {
    knowledge *known;
};

drg_status read_open(read_tables **out, knowledge *k, drg_error *error) {
    *out = arena_new(&k->memory, read_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "read", 0, "out of memory");
    }
    (*out)->known = k;
    return DRG_OK;
}

drg_status read_run(const read_tables *tables, report *r, drg_error *error) {
    (void)tables;
    (void)r;
    (void)error;
    return DRG_OK;
}

void read_close(read_tables *tables) { (void)tables; }

void read_identify(report *r) { r->id = r->given.id; }

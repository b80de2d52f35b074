// SPDX-License-Identifier: Apache-2.0
#include "what/what.h"

struct what_tables {
    knowledge *known;
};

drg_status what_open(what_tables **out, knowledge *k, drg_error *error) {
    *out = arena_new(&k->memory, what_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "what", 0, "out of memory");
    }
    (*out)->known = k;
    return DRG_OK;
}

drg_status what_run(const what_tables *tables, report *r, drg_error *error) {
    (void)tables;
    (void)r;
    (void)error;
    return DRG_OK;
}

void what_close(what_tables *tables) { (void)tables; }

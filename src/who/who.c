// SPDX-License-Identifier: Apache-2.0
#include "who/who.h"

struct who_tables {
    knowledge *known;
};

drg_status who_open(who_tables **out, knowledge *k, where_tables *places, drg_error *error) {
    (void)places;
    *out = arena_new(&k->memory, who_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    (*out)->known = k;
    return DRG_OK;
}

drg_status who_run(const who_tables *tables, report *r, drg_error *error) {
    (void)tables;
    (void)r;
    (void)error;
    return DRG_OK;
}

void who_close(who_tables *tables) { (void)tables; }

// SPDX-License-Identifier: Apache-2.0
#include "text/text.h"

struct text_tables {
    knowledge *known;
};

drg_status text_open(text_tables **out, knowledge *k, drg_error *error) {
    *out = arena_new(&k->memory, text_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "text", 0, "out of memory");
    }
    (*out)->known = k;
    return DRG_OK;
}

drg_status text_run(const text_tables *tables, report *r, drg_error *error) {
    (void)tables;
    (void)r;
    (void)error;
    return DRG_OK;
}

void text_close(text_tables *tables) { (void)tables; }

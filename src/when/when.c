// SPDX-License-Identifier: Apache-2.0
#include "when/when.h"

struct when_tables {
    knowledge *known;
};

drg_status when_open(when_tables **out, knowledge *k, drg_error *error) {
    *out = arena_new(&k->memory, when_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "when", 0, "out of memory");
    }
    (*out)->known = k;
    return DRG_OK;
}

drg_status when_run(const when_tables *tables, report *r, drg_error *error) {
    (void)tables;
    (void)r;
    (void)error;
    return DRG_OK;
}

void when_close(when_tables *tables) { (void)tables; }

span when_format(const timex *t, arena *memory) {
    (void)t;
    (void)memory;
    return (span){"", 0};
}

u32 when_timex_of(const report *r, u32 at) {
    (void)r;
    (void)at;
    return NONE;
}

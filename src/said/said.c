// SPDX-License-Identifier: Apache-2.0
#include "said/said.h"

struct said_tables {
    knowledge *known;
};

drg_status said_open(said_tables **out, knowledge *k, drg_error *error) {
    *out = arena_new(&k->memory, said_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "said", 0, "out of memory");
    }
    (*out)->known = k;
    return DRG_OK;
}

drg_status said_run(const said_tables *tables, report *r, drg_error *error) {
    (void)tables;
    (void)r;
    (void)error;
    return DRG_OK;
}

void said_close(said_tables *tables) { (void)tables; }

const char *said_act_name(u8 act) {
    static const char *const names[STATEMENT_ACTS] = {
#define STATEMENT_ACT_NAME(name) #name,
        STATEMENT_ACT_LIST(STATEMENT_ACT_NAME)
#undef STATEMENT_ACT_NAME
    };
    return act < STATEMENT_ACTS ? names[act] : "assert";
}

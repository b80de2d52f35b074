// SPDX-License-Identifier: Apache-2.0
#include "parse/parse.h"

struct parse_model {
    knowledge *known;
};

drg_status parse_open(parse_model **out, knowledge *k, char hash[17], drg_error *error) {
    hash[0] = '\0';
    *out = arena_new(&k->memory, parse_model, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "parse", 0, "out of memory");
    }
    (*out)->known = k;
    return DRG_OK;
}

drg_status parse_run(const parse_model *tables, report *r, drg_error *error) {
    (void)tables;
    (void)r;
    (void)error;
    return DRG_OK;
}

void parse_close(parse_model *tables) { (void)tables; }

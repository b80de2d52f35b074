// SPDX-License-Identifier: Apache-2.0
/* joined: one row an event out of all its reports, csv, with the columns of `query --of joined`. */
#include "export/inside.h"

static void put_head(exporter *x, const ask_kind *of) {
    bool any = false;
    for (const ask_column *c = of->columns; c->name != NULL; c++) {
        if (c->reader & ASK_PROGRAM) {
            out_text(&x->out, any ? "," : "");
            out_csv(&x->out, span_of(c->name));
            any = true;
        }
    }
    out_text(&x->out, "\r\n");
}

drg_status export_joined(exporter *x, drg_error *error) {
    const ask_kind *of = ask_kind_find("joined");
    ask_build sql;
    ask_build_open(&sql, &x->memory);
    ask_build_kind(&sql, x->plan->filter, of, ASK_PROGRAM);
    sql_query *q = ask_start(x->desk, &sql);
    if (!x->plan->no_header) {
        put_head(x, of);
    }
    while (x->out.status == DRG_OK && query_next(q)) {
        for (int c = 0; c < query_columns(q); c++) {
            out_text(&x->out, c > 0 ? "," : "");
            out_csv(&x->out, query_text(q, c));
        }
        out_text(&x->out, "\r\n");
        x->tally.rows++;
        x->tally.events++;
    }
    query_close(q);
    return database_check(x->desk, error);
}

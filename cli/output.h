// SPDX-License-Identifier: Apache-2.0
/* Where records go: lines on standard output, a table at the end, or a database. */
#ifndef DRG_CLI_OUTPUT_H
#define DRG_CLI_OUTPUT_H

#include "base/base.h"

typedef enum { OUTPUT_NONE, OUTPUT_TABLE, OUTPUT_JSONL, OUTPUT_CSV } output_kind;

typedef struct {
    output_kind kind;
    const char *database; /* path, or NULL */
    const char *options;  /* that change records, "from=html"; may be NULL */
} output_plan;

typedef struct output output;

/* `name` NULL: nothing beside a database, a table on a terminal, else jsonl. */
bool output_kind_find(const char *name, bool database, output_kind *kind);
drg_status output_open(output **out, const output_plan *plan, const drg_engine *engine, drg_error *error);
drg_status output_records(output *out, const drg_records *records, drg_error *error);
drg_status output_problem(output *out, const drg_problem *problem, drg_error *error);
/* Makes what came so far safe in the database; `joining`: works out what goes across its reports too. */
/* Reports given so far whose records the database held already. */
u64 output_known(const output *out);
drg_status output_commit(output *out, bool joining, drg_error *error);
/* Writes what is still to come; `finished` false: the run broke off. */
drg_status output_close(output *out, bool finished, drg_error *error);

#endif

// SPDX-License-Identifier: Apache-2.0
/* What the commands that ask a desk share. */
#ifndef DRG_CLI_DESK_H
#define DRG_CLI_DESK_H

#include "ask/ask.h"
#include "cli/cli.h"
#include "cli/grid.h"
#include "store/store.h"

/* Where bytes for standard output or a file go: a drg_sink, its user a FILE. */
drg_status desk_to_file(void *user, const char *bytes, size_t size);

/* The answer of a statement as a grid on standard output; `columns` NULL: the statement's own, as texts. */
drg_status desk_print(sql_base *d, sql_query *q, grid_kind kind, const grid_column *columns, u64 *rows, drg_error *error);
grid_kind desk_kind_of(const char *to);
/* Closes standard output's buffer; tells a failure to write. */
drg_status desk_end_output(drg_status status, drg_error *error);

#endif

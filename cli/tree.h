// SPDX-License-Identifier: Apache-2.0
/* Parsed reports as CoNLL-U: what `parse` writes and `eval` scores. */
#ifndef DRG_CLI_TREE_H
#define DRG_CLI_TREE_H

#include "pipeline.h"
#include "text/conllu.h"

/* Appends the sentences of a parsed report.  Texts are copied into `memory`; false when it is out. */
bool tree_append(conllu *out, const drg_engine *engine, const report *r, span document, arena *memory);
/* The whole of a file, plain or gzip, or of standard input for "-". */
drg_status tree_read_file(const char *path, arena *memory, span *bytes, drg_error *error);
/* Reads a CoNLL-U file and names its bad lines on standard error. */
drg_status tree_read_conllu(const char *path, arena *memory, conllu *out, drg_error *error);

#endif

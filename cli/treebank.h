// SPDX-License-Identifier: Apache-2.0
/* Treebanks that `parse` and `eval` read. */
#ifndef DRG_CLI_TREEBANK_H
#define DRG_CLI_TREEBANK_H

#include "text/conllu.h"

/* The whole of a file, plain or gzip, or of standard input for "-". */
drg_status treebank_read_file(const char *path, arena *memory, span *bytes, drg_error *error);
/* Reads a CoNLL-U file and names its bad lines on standard error. */
drg_status treebank_read(const char *path, arena *memory, conllu *out, drg_error *error);

#endif

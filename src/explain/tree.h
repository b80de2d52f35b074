// SPDX-License-Identifier: Apache-2.0
/* Parsed reports as CoNLL-U: what `parse` writes and `eval` scores. */
#ifndef DRG_EXPLAIN_TREE_H
#define DRG_EXPLAIN_TREE_H

#include "pipeline.h"
#include "text/conllu.h"

/* Appends the sentences of a parsed report.  Texts are copied into `memory`; false when it is out. */
bool tree_append(conllu *out, const drg_engine *engine, const report *r, span document, arena *memory);

#endif

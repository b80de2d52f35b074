// SPDX-License-Identifier: Apache-2.0
/* Every stage of one text as JSON, and the reason for each code: what `dragoman explain` prints, from the same records. */
#ifndef DRG_SERVE_TRACE_H
#define DRG_SERVE_TRACE_H

#include "serve/inside.h"

/* Members "stages" and "sentences" of the object that is open.  `r` was coded with tracing on.  `here`: code points
 * whose sentence is marked, `start` = `end`: none. */
void trace_put(json *j, const drg_engine *engine, const report *r, const answering *a, drg_extent here);
/* "line" of "file" of the word lists is asked for by a page: is the file one of them? */
bool trace_knows_file(const drg_engine *engine, const char *file);

#endif

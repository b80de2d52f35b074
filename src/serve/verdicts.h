// SPDX-License-Identifier: Apache-2.0
/* What readers said of tellings: rows of the desk's table, the latest of a telling counts, a later one can be undone. */
#ifndef DRG_SERVE_VERDICTS_H
#define DRG_SERVE_VERDICTS_H

#include "serve/inside.h"

typedef struct {
    i64 id, seed;
    span telling, event, report, verdict, field, correct, note, judge, at, plover, words, queue;
    u32 row;           /* the telling in the image, NONE: it is there no more */
} verdict;
typedef LIST(verdict) verdict_list;

/* Those that count, by their ids. */
drg_status verdicts_read(answering *a, verdict_list *out);
/* Members of VERDICT. */
void verdicts_put(json *j, const char *name, const verdict *v);
/* PRECISION of those in the set, from that queue ("" any) with that seed (-1 any). */
drg_status verdicts_put_precision(answering *a, const char *name, const char *queue, i64 seed);

#endif

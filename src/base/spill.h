// SPDX-License-Identifier: Apache-2.0
/* Memory that lies in a temporary file, for work over any number of reports.
 *
 * A block is a piece of one file without a name, mapped in: it is read and written like any memory, but pages that are let
 * go (spill_rest) no longer count as the process's own; the system keeps them as it keeps files, writes them out when it
 * needs the room, and brings them back when they are touched.  So memory does not grow with what is held, and work that
 * goes through it in order stays fast.
 *
 * The file lies in $TMPDIR, else /var/tmp, else /tmp, and is gone when the process ends, however it ends.  Its room on
 * disk is taken before a block is handed out: a full disk is a NULL here and no fault later. */
#ifndef DRG_BASE_SPILL_H
#define DRG_BASE_SPILL_H

#include "base/base.h"

typedef struct {
    int file;    /* 0: none */
    size_t size; /* bytes of the file */
    long faults; /* of pages, by this process when it last looked */
    int status;  /* /proc/self/statm, 0: the system has none */
    long others; /* pages of files in memory before there was this one */
} spill;

/* False: no folder takes a temporary file. */
bool spill_open(spill *s);
void spill_close(spill *s);
/* `bytes` zeroed bytes, aligned to pages, or NULL. */
void *spill_take(spill *s, size_t bytes);
/* The block taken last that is still there. */
void spill_give(spill *s, void *block, size_t bytes);
/* Whether so much of the file is in memory that it should be let go; says so once. */
bool spill_is_due(spill *s);
void spill_rest(void *block, size_t bytes);

#endif

// SPDX-License-Identifier: Apache-2.0
/* One desk out of several: what coding all their inputs into one gives.
 *
 * Reports come with their records, their run and the hash that tells whether they are new.  A report that two desks
 * hold with different records is taken from the later one, as if it had been coded last.  What goes across reports is
 * worked out anew by store_finish. */
#ifndef DRG_STORE_MERGE_H
#define DRG_STORE_MERGE_H

#include "store/store.h"

typedef struct {
    u64 reports, problems; /* read */
} merge_counts;
drg_status merge_add(store *into, const char *address, merge_counts *counts, drg_error *error);

#endif

// SPDX-License-Identifier: Apache-2.0
/* What each deed is worth: actual, claimed, denied, planned. */
#ifndef DRG_SAID_STATUS_H
#define DRG_SAID_STATUS_H

#include "said/embedding.h"

/* `inside`: inside_find(). */
drg_status status_run(const embedding_tables *tables, const tree *t, const u32 *inside, report *r);

#endif

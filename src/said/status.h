// SPDX-License-Identifier: Apache-2.0
/* What each deed is worth: actual, claimed, denied, planned. */
#ifndef DRG_SAID_STATUS_H
#define DRG_SAID_STATUS_H

#include "said/embedding.h"

drg_status status_run(const embedding_tables *tables, const tree *t, report *r);

#endif

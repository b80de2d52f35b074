// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_RECORD_JOIN_H
#define DRG_RECORD_JOIN_H

#include "report.h"

/* Sets deed.same_as to the first deed of the report that is the same event, or NONE. */
void join_deeds(report *r);

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_RECORD_JOIN_H
#define DRG_RECORD_JOIN_H

#include "report.h"

/* Deeds looked back at: keeps a hostile report linear.  So all deeds of one event stand inside
 * [first, first + JOIN_WINDOW]. */
#define JOIN_WINDOW 400

/* Sets deed.same_as to the first deed of the report that is the same event, or NONE. */
drg_status join_deeds(report *r);

#endif

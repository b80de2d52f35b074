// SPDX-License-Identifier: Apache-2.0
/* What word order knows of a tree and the network may miss. */
#ifndef DRG_PARSE_MEND_ORDER_H
#define DRG_PARSE_MEND_ORDER_H

#include "report.h"

/* Hangs words where their order lets them stand, in place. */
void mend_order(report *r, const sentence *s);

#endif

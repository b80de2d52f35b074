// SPDX-License-Identifier: Apache-2.0
/* What grammar knows and the network may miss. */
#ifndef DRG_PARSE_MEND_H
#define DRG_PARSE_MEND_H

#include "report.h"

/* Makes the past participle of a sentence without finite verb its verb; false: nothing to mend. */
bool mend_finite(report *r, const sentence *s);

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_RECORD_BACKGROUND_H
#define DRG_RECORD_BACKGROUND_H

#include "report.h"

/* Fills deed.background.  After the deeds are dated. */
void background_mark(report *r);

#endif

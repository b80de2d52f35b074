// SPDX-License-Identifier: Apache-2.0
/* The country and organ of parties that their words leave open. */
#ifndef DRG_WHAT_SEAT_H
#define DRG_WHAT_SEAT_H

#include "what/frames.h"

drg_status seat_parties(report *r, const deed *d);

#endif

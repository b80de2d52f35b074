// SPDX-License-Identifier: Apache-2.0
/* The country and organ of parties that their words leave open. */
#ifndef DRG_WHAT_SEAT_H
#define DRG_WHAT_SEAT_H

#include "what/frames.h"

/* Reads world/seats.tsv.  A wrong line is a complaint; the rest loads. */
drg_status seat_open(seat_tables *tables, knowledge *k, drg_error *error);
drg_status seat_parties(const seat_tables *tables, report *r, const deed *d);

#endif

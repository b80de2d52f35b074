// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_WHAT_FILL_H
#define DRG_WHAT_FILL_H

#include "what/frames.h"

/* Looks outside the sentence for the side that a deed leaves out. */
drg_status fill_run(const frame_tables *frames, report *r);
/* The same for a deed whose source is its speaker (a mention); its target may stay open. */
drg_status fill_spoken(const frame_tables *frames, report *r, deed *d, u32 speaker);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Which reports are copies of each other: a sketch of a text that can be compared without the text.
 *
 * MinHash (Broder, On the resemblance and containment of documents, 1997): of all runs of five words,
 * SKETCH_HASHES independent hashes keep their smallest value; the share of equal values estimates
 * the share of common runs |A and B| / |A or B|.  Two agencies that report the same event in their
 * own words share almost no run of five words; a syndicated copy with a new headline shares most. */
#ifndef DRG_RECORD_COPIES_H
#define DRG_RECORD_COPIES_H

#include "base/base.h"

#define SKETCH_BANDS 24
#define SKETCH_ROWS 3
#define SKETCH_HASHES (SKETCH_BANDS * SKETCH_ROWS)
#define COPY_LIKENESS 0.4 /* from here on a report is a near copy */

typedef struct {
    u32 smallest[SKETCH_HASHES];
    u32 runs; /* of five words; 0: the text is too short to compare */
} copies_sketch;

void copies_draw(span text, copies_sketch *out);
/* 0 to 1; 0 when one of them is too short. */
double copies_likeness(const copies_sketch *a, const copies_sketch *b);
/* Two sketches that are alike agree in at least one band, as good as surely. */
u64 copies_band(const copies_sketch *sketch, u32 band);

#endif

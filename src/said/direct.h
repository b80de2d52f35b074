// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_SAID_DIRECT_H
#define DRG_SAID_DIRECT_H

#include "said/phrase.h"

/* Gives each full quotation to the draft it belongs to and lengthens that draft's content. */
void direct_run(said_work *w);

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_SAID_INSIDE_H
#define DRG_SAID_INSIDE_H

#include "said/said.h"

/* [tokens] the innermost statement of speech whose content the token is, or NONE; NULL when memory is out. */
u32 *inside_find(const report *r);

#endif

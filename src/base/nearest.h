// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_BASE_NEAREST_H
#define DRG_BASE_NEAREST_H

#include "base/base.h"

/* The one of `count` names that a mistyped one is nearest to, for "did you mean"; NULL when none is near. */
const char *nearest_name(const char *name, const char *const *names, size_t count);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Regular verb forms of the frames' verbs, where the lemma is wrong. */
#ifndef DRG_WHAT_INFLECTION_H
#define DRG_WHAT_INFLECTION_H

#include "base/base.h"
#include "base/map.h"
#include "base/symbols.h"

/* `verbs`: lemma -> anything but NONE.  The verb that `lower` is a regular form of, or NONE. */
symbol inflection_find(const symbols *words, const map *verbs, span lower);

#endif

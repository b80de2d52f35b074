// SPDX-License-Identifier: Apache-2.0
/* Which of the places that bear a name is meant. */
#ifndef DRG_WHERE_RESOLVE_H
#define DRG_WHERE_RESOLVE_H

#include "where/mention.h"

/* Sets `chosen` of every name and `choice` of every mention that its own container decides; marks names
 * that are no place of the gazetteer. */
drg_status where_resolve(report *r, where_names *names);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Names of the user's lists in a report (own_name.c); own_lists.h is how they were read. */
#ifndef DRG_WHO_OWN_H
#define DRG_WHO_OWN_H

#include "who/scene.h"

/* The meaning of the longest phrase of the lists at this token that fits, or NONE. */
u32 own_find(const scene *s, u32 at_token, u32 *end);
/* Its draft; NULL when memory is out. */
draft *own_add(scene *s, u32 chosen, u32 first, u32 end);

#endif

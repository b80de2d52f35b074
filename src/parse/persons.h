// SPDX-License-Identifier: Apache-2.0
/* The parts of persons' names, and the titles that are none (bounds.h). */
#ifndef DRG_PARSE_PERSONS_H
#define DRG_PARSE_PERSONS_H

#include "parse/bounds.h"

/* Joins what belongs to one person; places side by side too. */
void persons_join(names_work *a);
/* Takes titles, offices and peoples off names. */
void persons_shed_titles(names_work *a);

#endif

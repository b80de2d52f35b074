// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_WHAT_INHERIT_H
#define DRG_WHAT_INHERIT_H

#include "what/clause.h"

/* Adds the arguments that predicates leave to be understood; governors must be found before. */
/* "ordered two papers to close": is `clause`, which the tree hangs on an object, the complement of the verb above? */
bool inherit_is_object_control(const clause_tables *tables, const tree *t, const report *r, u32 clause);
drg_status inherit_arguments(const clause_tables *tables, const tree *t, report *r);

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_WHAT_INHERIT_H
#define DRG_WHAT_INHERIT_H

#include "what/clause.h"

/* Adds the arguments that predicates leave to be understood; governors must be found before. */
drg_status inherit_arguments(const clause_tables *tables, const tree *t, report *r);

#endif

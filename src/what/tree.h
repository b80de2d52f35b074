// SPDX-License-Identifier: Apache-2.0
/* The dependency trees of a report as child lists and spans, built once for all of what/. */
#ifndef DRG_WHAT_TREE_H
#define DRG_WHAT_TREE_H

#include "report.h"

typedef struct {
    const report *r;
    u32 *first_child;  /* [tokens] NONE at a leaf; children in text order */
    u32 *next_sibling; /* [tokens] */
    u32 *left, *right; /* [tokens] subtree as [left, right), exact when projective */
} tree;

drg_status tree_build(tree *t, const report *r, arena *memory);
/* The first child of `at` with relation `relation`, or NONE. */
u32 tree_child(const tree *t, u32 at, deprel relation);
#define TREE_EACH_CHILD(t, at, child) \
    for (u32 child = (t)->first_child[at]; child != NONE; child = (t)->next_sibling[child])

#endif

// SPDX-License-Identifier: Apache-2.0
#include "what/tree.h"

/* Climbs at most this far when spans are widened; a hostile chain of 50,000 heads stays linear. */
#define CLIMB_LIMIT 64

drg_status tree_build(tree *t, const report *r, arena *memory) {
    u32 count = r->tokens.count;
    t->r = r;
    t->first_child = arena_new(memory, u32, count + 1);
    t->next_sibling = arena_new(memory, u32, count + 1);
    t->left = arena_new(memory, u32, count + 1);
    t->right = arena_new(memory, u32, count + 1);
    if (t->first_child == NULL || t->next_sibling == NULL || t->left == NULL || t->right == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < count; i++) {
        t->first_child[i] = t->next_sibling[i] = NONE;
        t->left[i] = i;
        t->right[i] = i + 1;
    }
    for (u32 i = count; i-- > 0;) {
        u32 head = report_token(r, i)->head;
        if (head < count && head != i) {
            t->next_sibling[i] = t->first_child[head];
            t->first_child[head] = i;
        }
    }
    for (u32 i = 0; i < count; i++) {
        u32 steps = 0;
        for (u32 at = report_token(r, i)->head; at < count && steps < CLIMB_LIMIT; at = report_token(r, at)->head) {
            if (t->left[at] > i) {
                t->left[at] = i;
            }
            if (t->right[at] < i + 1) {
                t->right[at] = i + 1;
            }
            steps++;
        }
    }
    return DRG_OK;
}

u32 tree_child(const tree *t, u32 at, deprel relation) {
    TREE_EACH_CHILD(t, at, child) {
        if (report_token(t->r, child)->deprel == relation) {
            return child;
        }
    }
    return NONE;
}

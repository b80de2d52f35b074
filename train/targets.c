// SPDX-License-Identifier: Apache-2.0
/* What a word's head and relation should be: the treebank's answer mixed with the votes of larger parsers.
 *
 *     treebank 2 nsubj, votes 2:nsubj:60 2:acl:30 1:conj:10, trust 0.7
 *     head      2: 0.3 + 0.7 * 0.9    1: 0.7 * 0.1
 *     relation  nsubj: 0.3 + 0.7 * 60 / 90    acl: 0.7 * 30 / 90       learnt at the treebank's head
 *
 * Without a tree the votes stand alone, and the relation is learnt at the head that most are for. */
#include "targets.h"

static void add_target(net_target *to, u32 label, float share) {
    u32 k = 0;
    while (k < to->count && to->label[k] != label) {
        k++;
    }
    to->label[k] = label;
    to->share[k] = k < to->count ? to->share[k] + share : share;
    to->count = k < to->count ? to->count : k + 1;
}

/* Scales what is there to `whole`. */
static void scale_target(net_target *to, float whole) {
    float sum = 0;
    for (u32 k = 0; k < to->count; k++) {
        sum += to->share[k];
    }
    for (u32 k = 0; k < to->count && sum > 0; k++) {
        to->share[k] *= whole / sum;
    }
}

void targets_set(net_batch *batch, u32 t, const word *w, bool tree, u32 count, double trust) {
    net_target *heads = &batch->heads[t], *rels = &batch->rels[t];
    const word_votes *votes = w->votes != NULL && (trust > 0 || !tree) ? w->votes : NULL;
    i32 head = tree ? w->head : -1;
    heads->count = rels->count = 0;
    for (u32 k = 0; votes != NULL && k < votes->count; k++) {
        if (votes->head[k] <= count) {
            head = head < 0 ? votes->head[k] : head;
            add_target(heads, votes->head[k], votes->share[k]);
        }
    }
    for (u32 k = 0; votes != NULL && k < votes->count; k++) {
        if (votes->head[k] == head) {
            add_target(rels, votes->relation[k], votes->share[k]);
        }
    }
    float own = tree ? 1 - (float)trust : 0;
    if (tree) {
        scale_target(heads, 1 - own);
        scale_target(rels, 1 - own);
        add_target(heads, (u32)head, heads->count > 0 ? own : 1);
        add_target(rels, (u32)w->deprel, rels->count > 0 ? own : 1);
    }
    scale_target(heads, 1);
    scale_target(rels, 1);
    batch->head[t] = heads->count > 0 ? head : -1;
}

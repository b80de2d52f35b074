// SPDX-License-Identifier: Apache-2.0
/* From trained weights to a model file of integers (src/parse/model.h). */
#ifndef TRAIN_EXPORT_H
#define TRAIN_EXPORT_H

#include "fit.h"
#include "names_net.h"
#include "parse/lemma.h"

typedef struct {
    u32 *keys, *values;
    u32 count;
    lemma_script *scripts;
    u32 script_count;
} lemma_rules;

/* Learns scripts and exceptions from the words of `bank` that have lemmas and tags. */
int lemmas_learn(lemma_rules *rules, const treebank *bank);
void lemmas_free(lemma_rules *rules);

/* Writes FILE by way of FILE.new, so an older model stays until the new one is whole. */
int export_model(const trained *net, const lemma_rules *rules, const char *file);
/* Writes the model of `bytes` again with other names' layers. */
int export_names(span bytes, const names_layout *l, const real *values, const char *file);

#endif

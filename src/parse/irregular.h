// SPDX-License-Identifier: Apache-2.0
/* Lemmas that spelling does not tell: a list of irregular forms, and a second look at regular ones. */
#ifndef DRG_PARSE_IRREGULAR_H
#define DRG_PARSE_IRREGULAR_H

#include "report.h"

typedef struct {
    map lemmas; /* lower-case form << 8 | tag -> lemma */
} irregular_forms;

/* Reads lang/en/irregular.tsv. */
drg_status irregular_open(irregular_forms *forms, knowledge *k, drg_error *error);
/* The lemma of an irregular form, or NONE. */
symbol irregular_find(const irregular_forms *forms, symbol lower, u8 tag);
/* "shel", cut from "shelled", is no word that any list knows, but "shell" is; else `lemma` itself. */
symbol irregular_mend(const report *r, symbol lemma);

#endif

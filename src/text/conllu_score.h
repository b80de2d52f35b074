// SPDX-License-Identifier: Apache-2.0
/* The measures of the CoNLL 2018 shared task (Zeman et al. 2018, "CoNLL 2018 Shared Task:
 * Multilingual Parsing from Raw Text to Universal Dependencies"). */
#ifndef DRG_TEXT_CONLLU_SCORE_H
#define DRG_TEXT_CONLLU_SCORE_H

#include "text/conllu.h"

#define SCORE_LIST(X)                                                                                        \
    X(TOKENS, "Tokens") X(SENTENCES, "Sentences") X(WORDS, "Words") X(UPOS, "UPOS") X(XPOS, "XPOS")         \
    X(UFEATS, "UFeats") X(LEMMAS, "Lemmas") X(UAS, "UAS") X(LAS, "LAS") X(CLAS, "CLAS") X(LAS_FULL, "LAS:sub")
typedef enum {
#define SCORE_ENUM(name, text) SCORE_##name,
    SCORE_LIST(SCORE_ENUM)
#undef SCORE_ENUM
    SCORE_COUNT
} score_kind;

typedef struct {
    u64 gold, system, correct;
    u64 aligned; /* words of both; 0 for tokens and sentences */
} score;

/* F1 of nothing against nothing is 0, as in the official script. */
double score_precision(score s);
double score_recall(score s);
double score_f1(score s);
const char *score_name(score_kind kind);

/* Compares two annotations of the same text (blanks and invisible characters apart).  Scratch in
 * `memory`.  DRG_ERROR_INPUT when the texts differ: `error` says where. */
drg_status conllu_score(const conllu *gold, const conllu *system, arena *memory, score scores[SCORE_COUNT],
                        drg_error *error);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Which phrases mean the same?  From left to right each phrase either opens a chain or joins one of
 * those open: a linear ranker over features that a reader can follow, with weights learned from
 * GUM (lang/en/who/links.tsv, train/links.c).
 *
 *     score(phrase, chain) = sum of weight(kind of the phrase, feature, value)
 *     score(phrase, new)   = the same over the features of a phrase that is new
 *
 * The best option wins (Denis and Baldridge, "Specialized models and ranking for coreference
 * resolution", 2008; Durrett and Klein, "Easy victories and uphill battles in coreference
 * resolution", 2013).  Options: chains spoken of in the last few phrases, and, for nouns and names,
 * chains that share the noun or a word of the name, however far back; so the time is linear. */
#ifndef DRG_WHO_LINK_H
#define DRG_WHO_LINK_H

#include "who/markable.h"

#define LINK_OPTIONS 40  /* chains weighed for one phrase, at most */
#define LINK_FEATURES 36 /* of one option, at most */

/* Features: name and how many values each has.  The first lines are those of a new chain. */
#define LINK_FEATURE_LIST(X)                                                                                              \
    X(NEW, "new", 1) X(NEW_CLASS, "new-class", 18) X(NEW_ROLE, "new-role", 11) X(NEW_SEEN, "new-seen", 4)                  \
    X(NEW_SHAPE, "new-shape", 16) X(NEW_SENTENCE, "new-sentence", 4) X(NEW_NUMBER, "new-number", 3)                        \
    X(SENTENCES, "sentences", 9) X(GAP, "gap", 9) X(KIND, "kind", 16) X(FIRST_KIND, "first-kind", 16) X(ROLE, "role", 44)  \
    X(PARALLEL, "parallel", 3) X(NOUN, "noun", 8) X(NOUN_FAR, "noun-far", 40) X(NOUN_KIND, "noun-kind", 128)               \
    X(NAME, "name", 9) X(NAME_CLASS, "name-class", 27) X(NUMBER, "number", 4) X(GENDER, "gender", 4) X(CLASS, "class", 18) \
    X(CLASSES, "classes", 5) X(SIZE, "size", 5) X(TREE, "tree", 9) X(QUOTE, "quote", 4) X(SPEAKER, "speaker", 3)           \
    X(OPENED, "opened", 4) X(CODE, "code", 7) X(NUMERAL, "numeral", 3) X(NAMED, "named", 3) X(MODIFIED, "modified", 16)
typedef enum {
#define LINK_ENUM(name, text, values) LINK_##name,
    LINK_FEATURE_LIST(LINK_ENUM)
#undef LINK_ENUM
    LINK_FEATURE_COUNT
} link_feature;

typedef struct {
    u32 chain; /* NONE: a new one */
    u32 from;  /* markable of the chain that it was found by, or NONE */
    i32 score;
    u32 count;
    u16 features[LINK_FEATURES];
} link_option;

/* Chooses instead of the weights; for learning them. */
struct link_teacher {
    void *user;
    u32 (*choose)(void *user, const markables *p, u32 index, const link_option *options, u32 count);
};

u32 link_weight_count(void);
/* The weight's row in links.tsv: kind, feature, value. */
void link_weight_name(u32 id, const char **kind, const char **feature, u32 *value);
drg_status link_open(lexicon *lex, drg_error *error);
/* Fills chain and antecedent of all markables. */
drg_status link_run(markables *p, drg_error *error);
/* link_reason.c, while the report is traced: for each linked pronoun and description of an actor what it was linked to
 * and what they share. */
void link_explain(const markables *p);

#endif

// SPDX-License-Identifier: Apache-2.0
/* How sure an event is: the share of such events that are right, category and both sides.
 *
 *     "Turkey accused Greece on Monday."    tensed, dated, both political      0.87
 *     "Kenya rejected the proposal."        tensed, half                       0.43
 *
 * What can be seen of a deed is a set of signs; each adds its weight to the log-odds (a logistic model), and the signs
 * that a deed has are kept, so that explain can say why it is as sure as it is. */
#ifndef DRG_RECORD_CONFIDENCE_H
#define DRG_RECORD_CONFIDENCE_H

#include "base/knowledge.h"
#include "report.h"

/* Words of the table; in explain with blanks for the low lines. */
#define SIGN_LIST(X)                                                                                            \
    X(start) X(owner) X(alone) X(half) X(earlier) X(frame_default) X(aside) X(foe) X(ground) X(spoken) X(own_verbs) \
    X(no_source)                                                                                                  \
    X(guess) X(weak_guess) X(stateless_target) X(pronoun_source) X(pronoun_target) X(people_source)               \
    X(inherited_source) X(far_target) X(both_political) X(told_again) X(dated) X(tensed) X(infinitive)            \
    X(participle) X(planned) X(long_sentence) X(unpolitical_report) X(few_deeds) X(very_few_deeds)
enum {
#define SIGN_ENUM(name) SIGN_##name,
    SIGN_LIST(SIGN_ENUM)
#undef SIGN_ENUM
    SIGN_COUNT
};

typedef struct confidence_weights confidence_weights;

/* Reads lang/en/record/confidence.tsv. */
drg_status confidence_open(confidence_weights **out, knowledge *k, drg_error *error);
/* Fills signs and confidence of the report's deeds; after they are dated and joined.  Frames from `own_frames` on are the
 * user's own verbs: whoever writes such a list wants what it codes. */
void confidence_rate(const confidence_weights *weights, u32 own_frames, report *r);
/* Name of a sign as the table has it. */
const char *confidence_sign(u32 sign);
/* The signs that speak for a deed, or against it. */
u64 confidence_speaking(const confidence_weights *weights, bool for_it);

#endif

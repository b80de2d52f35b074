// SPDX-License-Identifier: Apache-2.0
/* One report's matching: what the parts of match.c share.
 *
 *   condition.c   does a frame's `when` or `unless` line hold here?
 *   reach.c       phrases of the verb that hang on its object
 *   side.c        who stands on the two sides of a deed
 *   context.c     which contexts its words bring a deed into
 *   topic.c       sport, the arts and trade: whole reports or passages that are not about politics
 *   content.c     which predicates are only the content or the result of another
 *   objection.c   why its sides keep a deed out
 *   judgement.c   what is said of somebody: deeds whose source is the speaker
 *   verdict.c     tells what kept frames out
 *   match.c       chooses the frame and writes the deed */
#ifndef DRG_WHAT_MATCHING_H
#define DRG_WHAT_MATCHING_H

#include "what/frames.h"
#include "what/party.h"

typedef struct {
    const frame_tables *frames;
    const clause_tables *clauses;
    const tree *t;
    report *r;
    u32 *frame_of;   /* [predicates] matched frame or NONE */
    bool *stands;    /* [predicates] the frame has the parties it needs */
    bool *absorbed;  /* [predicates] content of another deed */
    map *report_answers; /* list -> 0 or 1, for conditions on the whole report */
    u32 *result;     /* [predicates] of a nominal deed: the verb that tells its result, or NONE */
} matching;

static inline const token *matching_token(const matching *w, u32 index) { return report_token(w->r, index); }

/* condition.c */
bool condition_holds(const matching *w, const predicate *p, const condition *c);
/* A condition on the speaker, once he is known: the head of his mention. */
bool condition_speaker_holds(const matching *w, u32 speaker_head, const condition *c);
bool condition_list_holds_word(const matching *w, u32 list, u32 token_index);
bool condition_is_phrase(const matching *w, u32 head, const phrase *rest);
bool condition_argument_in_slot(const argument *a, const slot *s);
/* The subject of a complement without a predicate of its own: "said [Iran] is a threat". */
u32 condition_copular_subject(const matching *w, u32 head);

/* reach.c: the phrase with `preposition` that hangs on the verb's object or adverb, or behind the noun on a word above it; or NONE. */
u32 reach_find(const matching *w, const predicate *p, symbol preposition);
/* The phrase with `preposition` right behind a noun, whatever it hangs on, or NONE. */
u32 reach_beside(const matching *w, u32 noun, symbol preposition);

/* side.c: fills both sides; a reciprocal deed has all its parties in `source`. */
/* A doer whom the words name, if they tell nobody we know, leaves no room for a default: "They accused Chad". */
bool side_doer_is_unknown(const report *r, const predicate *p, const frame *f);
/* struck.c: the place an attack is named by goes to its target; ground that it hits is a target. */
void struck_move_place(const matching *w, const predicate *p, party_list *source, party_list *target);
void struck_collect_doer(const matching *w, const predicate *p, party_list *source); /* who fired the weapon that hit */
void struck_collect_ground(const matching *w, const predicate *p, const party_list *source, party_list *target);
void side_collect(const matching *w, u32 predicate_index, const frame *f, party_list *source, party_list *target);

/* judgement.c: a deed for the predicate whose source is still open, if a frame with `source speaker` fits. */
drg_status judgement_add(const matching *w, u32 predicate_index);
/* Gives such a deed its source; `*stands` false: it is to be dropped (what_credit). */
drg_status judgement_credit(const matching *w, const what_hearing *heard, bool *stands);

/* context.c: bits of frames->contexts. */
u64 context_find(const matching *w, const predicate *p);
/* match.c: adds a deed, of which predicate, frame, category, codes and reciprocity are filled in. */
drg_status matching_write_deed(const matching *w, const deed *made, const party_list *source, const party_list *target);

/* match.c: how well a trigger's frame fits, -1 when it does not; are the words behind its verb there; the triggers by
 * lemma that a predicate may have. */
int match_trigger_score(const matching *w, const predicate *p, const trigger *t);
bool match_has_words_behind(const matching *w, const predicate *p, const trigger *t);
const map *match_triggers_like(const matching *w, const predicate *p);
#define RANKED 4 /* frames that may be tried for one predicate */
/* The frames that fit, best first, of those whose source is the speaker or of the others; returns how many. */
u32 match_rank_frames(const matching *w, const predicate *p, bool spoken, u32 ranked[RANKED]);
const code_rule *match_choose_code(const matching *w, const predicate *p, const frame *f);

/* objection.c: why a predicate with such sides is no deed of the frame's, or NULL; "blamed each other": each of its subjects the other. */
const char *objection_to(const matching *w, const predicate *p, const frame *f, const party_list *source, const party_list *target);
bool objection_is_mutual(const matching *w, const predicate *p);

/* verdict.c: adds reasons; of the frame that came nearest where none fits, and of every one that was tried. */
void verdict_tell_nearest(const matching *w, const predicate *p);
void verdict_tell_frames(const matching *w, u32 index);

/* content.c: fills w->absorbed and w->result; frames must be chosen before. */
void content_find(const matching *w);

/* topic.c.  Must be opened before it is asked; false: out of memory. */
bool topic_open(const matching *w);
/* The guard that the whole report trips, or NULL: a report on a cup final holds no ultimatum. */
const topic_guard *topic_of_report(const matching *w);
/* The same for the words around a token. */
const topic_guard *topic_around(const matching *w, u32 index);
/* Is an office of no named body ("a spokesman") one of a company here? */
bool topic_is_private(const frame_tables *frames, const report *r);

#endif

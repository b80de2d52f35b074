// SPDX-License-Identifier: Apache-2.0
/* What agreements are told by: the words of lang/en/record/pacts.tsv and stages.tsv, and names of agreements. */
#ifndef DRG_RECORD_PACTS_H
#define DRG_RECORD_PACTS_H

#include "report.h"

#define PACT_WORD_LIST(X) \
    X(none) X(pact) X(kept) X(broken) X(turns) X(doubts) X(duty) X(owes) X(under) X(toward) X(party) X(does) X(past) X(idle)
typedef enum {
#define PACT_WORD_ENUM(name) WORD_##name,
    PACT_WORD_LIST(PACT_WORD_ENUM)
#undef PACT_WORD_ENUM
    PACT_WORD_COUNT
} pact_word;

/* In the order in which an agreement goes through them; on one day they stand in this order. */
typedef enum {
    PACT_PROPOSED,
    PACT_NEGOTIATED,
    PACT_AGREED,
    PACT_INITIALLED,
    PACT_DENIED, /* its signing */
    PACT_SIGNED,
    PACT_RATIFIED,
    PACT_IN_FORCE,
    PACT_EXTENDED,
    PACT_VIOLATED, /* somebody says so */
    PACT_SUSPENDED,
    PACT_EXPIRED,
    PACT_ENDED, /* broken off, or a party left */
    PACT_STAGES
} pact_stage;
extern const char *const pact_stage_names[PACT_STAGES];
/* PACT_STAGES when there is no such stage. */
pact_stage pact_stage_named(span name);

typedef struct record_pacts record_pacts;

drg_status record_pacts_open(record_pacts **out, knowledge *k, drg_error *error);
/* Of a preposition, verb or noun: bits 1 << pact_word. */
u32 pact_words_of(const record_pacts *pacts, const report *r, symbol lemma);
bool pact_is(const record_pacts *pacts, const report *r, u32 token_index, pact_word kind);

/* What an agreement is about, by the first word of lang/en/record/kinds.tsv in tokens [first, end): "military", "trade";
 * empty when there is none.  Lives as long as the tables. */
span pact_kind_of(const record_pacts *pacts, const report *r, u32 first, u32 end);

/* Where an agreement stands by the word `cue`: "object", "subject" or a preposition; PACT_STAGES when they say no stage. */
typedef struct {
    u32 cue;      /* token */
    symbol lemma; /* of the cue, with its particle */
    span place;
} pact_place;
pact_stage pact_stage_of(const record_pacts *pacts, const report *r, const pact_place *at);

/* Which party a code stands for: the state or body ("KEN GOV": "KEN"), but those who fight or oppose a state are one of
 * their own ("COL REB").  Empty: nobody that is known. */
span pact_party(span code);

/* A name's last word is what it is ("accord", "deal"), the words before it are its subject. */
typedef enum { NAMES_DIFFER, NAMES_SILENT, NAMES_AGREE } pact_names;
/* SILENT: one of them names no subject. */
pact_names pact_compare_names(span a, span b);

#endif

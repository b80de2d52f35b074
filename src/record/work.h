// SPDX-License-Identifier: Apache-2.0
/* One report's records in the making; shared by record.c, claim.c, agreement.c and draw.c. */
#ifndef DRG_RECORD_WORK_H
#define DRG_RECORD_WORK_H

#include "record/actor.h"
#include "record/confidence.h"
#include "record/pacts.h"
#include "record/record.h"

typedef struct {
    double goldstein;
    int quad;
    span contexts;
} cameo_entry;

typedef struct record_words record_words;
typedef struct record_outlets record_outlets;

struct record_tables {
    const what_tables *frames;
    const knowledge *known;
    record_words *words; /* how rare they are */
    record_outlets *outlets;
    record_pacts *pacts;
    confidence_weights *confidence;
    map codes;           /* cameo symbol -> entry */
    LIST(cameo_entry) entries;
};

typedef struct {
    const record_tables *tables;
    report *r;
    drg_event *events;   /* [deeds.count] */
    size_t event_count;
    u32 *lead_of;        /* [event_count] its first deed */
    u32 *event_of;       /* [deeds.count] event of the deed, or NONE */
    u32 *agreement_of;   /* [event_count] agreement made of the event, or NONE */
} record_work;

/* Ids are hashes of content, chained: the report's id, then what the record says. */
u64 record_hash(u64 hash, span text);
u64 record_hash_actors(u64 hash, const drg_actor *actors, size_t count);
/* 16 hex digits in the report's arena. */
span record_make_id(report *r, u64 hash);

/* Fill the report's records from its statements, and from the events written before. */
drg_status record_claims(record_work *w);
drg_status record_agreements(record_work *w);
/* What the noun `head` of an agreement is called, and what it is about (empty: not said): "gas transit deal", "energy". */
typedef struct {
    span words, kind;
} pact_name;
pact_name record_name_pact(const record_pacts *pacts, const report *r, u32 head);
/* States and bodies behind `actors`; those of them that are persons sign for one. */
void record_add_parties(report *r, const drg_actor *actors, size_t count, actor_list *parties, actor_list *signatories);
/* The innermost statement whose content holds the byte, NONE else; one whose cue is `but`, or honours or breaks an
 * agreement ("Iran honoured the deal" is no praise of it), does not count. */
u32 record_statement_around(const record_pacts *pacts, const report *r, u32 byte, u32 but);
drg_actor record_nobody(void);
/* Of a mention; nobody for NONE. */
drg_actor record_actor(report *r, u32 mention_index);
/* The verb is told as done: neither negated nor possible, or what a verb of kind does ("agreed to") has brought about. */
bool record_has_come_about(const record_pacts *pacts, const report *r, u32 verb);
/* The sentence of the token. */
drg_evidence record_sentence(const report *r, u32 token_index);
/* Each adds agreements: those that have come to a stage (stage.c), are said to be kept or broken (assess.c), under which
 * somebody owes something (owed.c).  Then those named without their parties get them from the report's others. */
drg_status record_stages(record_work *w);
drg_status record_assess(record_work *w);
drg_status record_owed(record_work *w);
/* A copy of the agreements so far with room for `more` behind them; NULL when memory is out. */
drg_agreement *record_make_room(report *r, size_t more);
drg_status record_complete_agreements(record_work *w);
/* Adds what one party promises another to the agreement between them (promise.c). */
drg_status record_promises(record_work *w);
/* Makes one of those that are one (fold.c). */
drg_status record_fold_agreements(record_work *w);

/* withhold.c: leaves out the events that are less sure than asked for, last of all: agreements were read from them too. */
drg_status record_withhold(record_work *w);

/* draw.c: the report's sketch, for joining. */
drg_status record_words_open(record_words **out, knowledge *k, drg_error *error);
drg_status record_draw(record_work *w);

/* outlet.c: fills in outlet, owner and side of the report. */
drg_status record_outlets_open(record_outlets **out, knowledge *k, drg_error *error);
void record_name_outlet(const record_outlets *outlets, report *r);

#endif

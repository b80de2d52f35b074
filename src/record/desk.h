// SPDX-License-Identifier: Apache-2.0
/* All reports of a desk and what they tell, small enough to be held at once: no texts.  Reports stand in the order of
 * their dates, then ids; events and agreements in the order of their reports, then in the report's own.  So everything
 * that is worked out here is a function of the set of reports, whatever the order in which they came.
 *
 *   family.c   which reports are copies         stories.c  which tell the same story
 *   events.c   which events are one event       dispute.c  where they differ, and how the event stands
 *   accord.c   which agreements are one, and how it went on */
#ifndef DRG_RECORD_DESK_H
#define DRG_RECORD_DESK_H

#include "base/calendar.h"
#include "base/map.h"
#include "base/symbols.h"
#include "record/sketch.h"

typedef struct {
    span id;
    symbol outlet, owner; /* NONE when unknown */
    symbol side;          /* the party it speaks for, by its code: an outlet of a state; NONE else */
    i32 day;              /* DAY_UNKNOWN without a whole date */
    u32 family, story;    /* first report of its family of copies, of its story */
    symbol witness;       /* who answers for it: of the first of its family the owner, else the outlet, else the report */
    const sketch *sketch;
} desk_report;

typedef enum { DESK_SOURCE, DESK_TARGET, DESK_CLAIMER } desk_side;

#define DESK_PARTIES 24 /* looked at on each side of an event */

typedef struct {
    symbol code; /* the primary alone: "IRN", "UNO"; NONE unknown */
    symbol name, title;
    u8 side;     /* desk_side */
} desk_actor;

typedef struct {
    span id;
    u32 report;
    symbol plover, cameo, trigger, place, country; /* place and country NONE when unknown */
    u8 status;                                     /* drg_event_status */
    bool town, reciprocal, background, dated;      /* town: the place is a city or a site; dated: the words say when */
    i32 day;                                       /* DAY_UNKNOWN without a whole date */
    i32 dead, injured, arrested;                   /* -1 not said */
    u32 first_actor, end_actor;                    /* desk.actors */
    u32 joined;                                    /* index of the first event that is the same */
    u32 next;                                      /* the next one of the same, or NONE */
} desk_event;

typedef struct {
    span id;
    u32 report;
    symbol name, kind, stage, place;
    symbol date; /* of what it tells, as it is known: "1998"; NONE unsaid */
    i32 day;     /* the first day of that, else the report's */
    u8 rank;     /* pact_stage */
    u32 first_party, end_party; /* desk.parties: each once */
    u32 accord, next;           /* as joined and next of an event, by day, then rank */
} desk_agreement;

/* One value of something that is told in two ways, and who vouches for it. */
typedef struct {
    u32 number;     /* which dispute */
    u32 event;      /* the voucher's own event */
    u32 joined;     /* first event of the joined event that it is about */
    u8 field;       /* dispute_field */
    symbol value;
    symbol speaker; /* who vouches, where it is not the report itself; NONE else */
} desk_dispute;

typedef enum { DISPUTE_DEAD, DISPUTE_INJURED, DISPUTE_ARRESTED, DISPUTE_DATE, DISPUTE_PLACE, DISPUTE_DENIAL, DISPUTE_DOER, DISPUTE_OFFICE } dispute_field;
extern const char *const dispute_names[];

typedef enum { STANDING_SINGLE, STANDING_INDEPENDENT, STANDING_ONE_SIDE, STANDING_CONTESTED, STANDING_PLANNED, STANDING_DENIED } desk_standing;
extern const char *const standing_names[];

/* One joined event: counts apart, and of each field the value that most independent owners give. */
typedef struct {
    u32 first; /* event */
    u32 events, reports, outlets, witnesses;
    symbol cameo, place, country;
    u8 status, standing;
    i32 day, dead, injured, arrested;
    bool background; /* in all of them */
} desk_joined;

/* One agreement out of all its records. */
typedef struct {
    u32 first, last; /* by day, then rank */
    u32 reports, witnesses;
    symbol name, kind;
} desk_accord;

typedef struct {
    arena memory;
    symbols words;
    LIST(desk_report) reports;
    LIST(desk_actor) actors;
    LIST(desk_event) events;
    LIST(desk_agreement) agreements;
    LIST(symbol) parties;
    LIST(desk_joined) joined;
    LIST(desk_dispute) disputes;
} desk;

void desk_open(desk *d);
void desk_close(desk *d);
symbol desk_word(desk *d, span text); /* NONE for an empty text */
span desk_primary(span code);         /* "IRN MIL" -> "IRN"; empty where nobody is known */
bool desk_is_town(span place_kind);
drg_event_status desk_status(span name); /* "planned" */
/* The day of what an agreement's date tells, `other` where it tells none. */
i32 desk_stage_day(span date, i32 other);

/* In this order; each reads what those before it filled in. */
drg_status desk_join_reports(desk *d);    /* family, story, witness */
drg_status desk_join_events(desk *d);     /* event.joined, event.next */
drg_status desk_settle(desk *d);          /* joined, and the disputes inside of events and stories */
drg_status desk_compare_offices(desk *d); /* those about a person's office */
drg_status desk_join_agreements(desk *d);

/* The steps of desk_join_agreements: records with the same parties, two and more (`whole`) or one, which have no accord yet;
 * records with one party to whole ones; then the stages of each. */
drg_status desk_join_alike(desk *d, bool whole);
drg_status desk_join_parts(desk *d);
drg_status desk_chain_stages(desk *d);
/* `room`: for as many symbols as there are agreements. */
desk_accord desk_sum_accord(const desk *d, u32 first, symbol *room);

#endif

// SPDX-License-Identifier: Apache-2.0
/* What goes into the steps of joining and comes out of them, a struct a row.
 *
 * Reports are numbered in the desk's order, of their dates, then ids; events and agreements in the order of their reports,
 * then in the report's own.  A `block` is what rows must be looked at together; its rows come one after another, in the
 * order of their numbers. */
#ifndef DRG_JOIN_ROWS_H
#define DRG_JOIN_ROWS_H

#include "batch/shape.h"

/* ------------------------------------------------------------------ what joining reads of a report (facts.c) */

typedef struct {
    drg_text code, name, title; /* code: the primary alone; empty unknown */
    u32 side;                   /* desk_side */
} fact_actor;

typedef struct {
    drg_text id, plover, cameo, trigger, place, country;
    drg_event_status status;
    bool town, reciprocal, background, dated;
    int day;                     /* DAY_UNKNOWN without a whole date */
    int dead, injured, arrested; /* -1 not said */
    const fact_actor *actors;    /* claimers, sources, targets */
    size_t actor_count;
} event_fact;

typedef struct {
    drg_text id, name, kind, stage, place, date;
    int day;
    const drg_text *parties; /* each once */
    size_t party_count;
    u64 key;                 /* the same for the same set of parties */
} agreement_fact;

typedef struct {
    drg_text id, date, outlet, owner, side, sketch;
    int day;
    u64 content;             /* hash of all of it */
    const drg_text *sources; /* that it names */
    const drg_text *media;   /* that it lets speak; each once */
    size_t source_count, media_count;
    const event_fact *events;
    const agreement_fact *agreements;
    size_t event_count, agreement_count;
} facts_row;

/* ------------------------------------------------------------------ copies (copies.c) */

typedef struct { u64 number; drg_text sketch; } sketch_row;
typedef struct { u64 run, number; } run_row;
typedef struct { u64 a, b; drg_text sketch_a, sketch_b; } pair_row;
typedef struct { u64 a, b; } edge_row;
typedef struct { u64 number, first; } first_row;

/* ------------------------------------------------------------------ stories (likeness.c) */

typedef struct { u64 word, number; } word_row;
typedef struct { u64 word, reports; } word_spread;
typedef struct {
    u64 number, all; /* reports that lead their family */
    drg_text sketch;
    const word_spread *spread;
    size_t spread_count;
} weigh_row;
typedef struct {
    u64 number, norm;
    drg_text terms; /* packed: story_term, 8 bytes each */
} weight_row;
typedef struct {
    u64 block, cell, number, norm;
    int day;
    drg_text terms;
} compare_row;
typedef struct { u64 a, b, likeness; } likeness_row;
typedef struct { u64 block; likeness_row edge; } link_row;

/* ------------------------------------------------------------------ events (events.c) */

typedef struct {
    u64 block, event, report, story, joined; /* story: of its report; joined: the first event that is the same */
    drg_text outlet, witness, side;          /* side: of the first report of the family */
    event_fact fact;
} event_in;

typedef struct {
    u64 event, events, reports, outlets, owners;
    drg_text plover, cameo, status, standing, date, place, country;
    int dead, injured, arrested;
    bool background;
} joined_out;

/* Disputes are numbered by (pass, block, turn), their rows by `number`. */
typedef struct {
    u64 pass, block, turn;
    u32 number;
    u64 joined, event;
    drg_text field, value, speaker;
} dispute_out;

/* ------------------------------------------------------------------ agreements (accords.c) */

#define NO_ACCORD UINT64_MAX
typedef struct {
    u64 block, agreement, report, story, accord; /* accord: NO_ACCORD where none is known yet */
    drg_text witness, report_id;
    agreement_fact fact;
} agreement_in;

typedef struct { drg_text stage, date, place, agreement, report; } stage_out;
typedef struct {
    u64 accord, reports, owners;
    drg_text id, name, kind, stage, first_date, last_date;
    const stage_out *stages;
    size_t stage_count;
} accord_out;

extern const shape shape_told, shape_facts, shape_sketch_in, shape_run, shape_pair, shape_edge, shape_first, shape_word, shape_weigh, shape_weight,
    shape_compare, shape_likeness, shape_link, shape_event_in, shape_joined, shape_dispute, shape_agreement_in, shape_accord;

#endif

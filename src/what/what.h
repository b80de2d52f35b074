// SPDX-License-Identifier: Apache-2.0
/* From trees and mentions to deeds.
 *
 *   clause.c   tree     -> predicates with arguments (voice, control, coordination undone)
 *   frames.c   lang/en/frames/ -> frames: what a predicate with such arguments means
 *   match.c    predicates x frames -> deeds with category, code and parties (condition.c, side.c, content.c)
 *   party.c    an argument's words -> the actors it stands for
 *   fill.c     the side that the words leave out */
#ifndef DRG_WHAT_WHAT_H
#define DRG_WHAT_WHAT_H

#include "report.h"
#include "what/tree.h"

typedef struct what_tables what_tables;

drg_status what_open(what_tables **out, knowledge *k, drg_error *error);
drg_status what_run(const what_tables *tables, report *r, drg_error *error);
void what_close(what_tables *tables);

/* Who was heard to say the words of a deed that waits for its speaker. */
typedef struct {
    u32 deed;
    u32 speaker; /* mention, or NONE: nobody */
    u32 cue;     /* predicate of "said", or NONE */
} what_hearing;

/* Gives such deeds their source; drops those of nobody, those whose frame does not want this speaker, and what he says
 * of his own side.  `heard` names each of them once, in the order of r->deeds. */
drg_status what_credit(const what_tables *tables, const tree *t, report *r, const what_hearing *heard, u32 count);

/* For records and explain.  Texts live as long as the tables. */
const char *what_category_name(u32 plover);
u8 what_category_find(span name); /* CATEGORY_COUNT: none of PLOVER's */
span what_frame_name(const what_tables *tables, u32 index);
source_line what_frame_line(const what_tables *tables, u32 index);
/* The context of one bit of deed.contexts; empty past the last. */
span what_context_name(const what_tables *tables, u32 index);
u32 what_frame_count(const what_tables *tables);

/* Complains of frames and examples in which no single line is wrong. */
drg_status what_check(const what_tables *tables, knowledge *k, drg_error *error);

/* What our frames may give. */
typedef struct {
    span cameo, mode; /* mode empty: none */
} what_code;
u32 what_frame_category(const what_tables *tables, u32 index);
u32 what_code_count(const what_tables *tables, u32 index);
what_code what_frame_code(const what_tables *tables, u32 index, u32 nth);

/* A frame's own examples: "+ sentence > expected", "* sentence" (nothing may come out). */
typedef struct {
    u32 frame;
    source_line where;
    bool starred;
    span sentence;
    span expected; /* events parted by ';', each "ASSAULT 195 ISR > SYR MIL [status]" */
} frame_example;
u32 what_example_count(const what_tables *tables);
const frame_example *what_example(const what_tables *tables, u32 index);

#endif

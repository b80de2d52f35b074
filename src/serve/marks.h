// SPDX-License-Identifier: Apache-2.0
/* A text cut into runs wherever a mark begins or ends, so that a page shows text by text and never counts characters:
 *
 *     Kenya and Ethiopia signed.     marks 0 [0, 5) KEN, 1 [10, 18) ETH, 2 [0, 25) the deed
 *     {"Kenya", 0 2} {" and ", 2} {"Ethiopia", 1 2} {" signed", 2} {".", }
 *
 * Each mark has a lane, the line under the text in which it is drawn; marks that overlap have different ones. */
#ifndef DRG_SERVE_MARKS_H
#define DRG_SERVE_MARKS_H

#include "serve/inside.h"

typedef struct {
    const char *kind;     /* deed trigger actor place date speaker cue quote agreement */
    drg_extent at;        /* code points of the whole text */
    const char *what;     /* what `id` is: events claims agreements; NULL: nothing */
    span id;              /* several with '\x1f' between */
    span side, code, name;
    bool direct;
    u32 lane;
} mark;
typedef LIST(mark) mark_list;

/* Adds a mark that lives as long as the request; one of the same kind, words and code gets the id besides. */
bool marks_add(answering *a, mark_list *all, mark m);
/* Marks of a report as the desk has them. */
drg_status marks_read(answering *a, mark_list *all, span report);
/* What only coding the text again tells: dates, and the words that fired.  False: the text comes out otherwise now. */
bool marks_read_again(answering *a, mark_list *all, const drg_report *given);
/* Sorts them and gives them their lanes; those outside of `part` go. */
void marks_arrange(mark_list *all, drg_extent part);
/* Members "runs", "paragraphs" and "marks": the code points of `part` of the text. */
drg_status marks_put(answering *a, span text, const mark_list *all, drg_extent part);

#endif

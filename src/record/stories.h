// SPDX-License-Identifier: Apache-2.0
/* Which reports tell the same story: the same happening and what follows from it within days.
 *
 * Likeness of two reports is the cosine of their terms, weighed by (1 + log2 count) * log2(N / n): n of N reports have
 * the word, the desk's own reports counted together with the documents at large that lang/en/record/words.tsv was made
 * from, so that a desk of three reports is weighed soundly too.  It falls by an eighth for every day between two
 * reports; STORY_DAYS apart there is none.
 *
 * Clusters come from average linkage (Sokal and Michener, 1958): the two clusters whose reports are most alike on average
 * are joined, as long as that average is at least STORY_LEAST.  Only likenesses above STORY_FLOOR are kept, the
 * STORY_KEPT best to earlier reports of each, found through lists of reports by word; a word in very many reports opens
 * no list.  The first report of a family of copies stands for all of it.
 *
 * A function of the sketches, days and families in their order alone; whole numbers and square roots only, so the
 * same on every machine.  Limit: reports without a date are only compared with each other. */
#ifndef DRG_RECORD_STORIES_H
#define DRG_RECORD_STORIES_H

#include "record/sketch.h"

#define STORY_FLOOR 0.05
#define STORY_KEPT 64
#define STORY_DAYS 8

typedef struct {
    const sketch *sketch;
    i32 day;    /* since 1970-01-01, INT32_MIN unknown; never falls from one report to the next */
    u32 family; /* index of the first report of its family of copies */
} story_report;

/* `first[i]`: the first report of i's story. */
drg_status stories_find(const story_report *reports, u32 count, u32 *first, arena *scratch);

/* ------------------------------------------------------------------ in pieces, for reports that lie on many machines */

/* A term of a report that opens a list, with its weight. */
typedef struct {
    u32 word, weight;
} story_term;

/* Weighs a sketch's terms: `spread[k]` of `all` reports have term k.  Those of too many are left out of `terms`
 * (room for SKETCH_TERMS).  Returns the square of the length of the vector of all. */
u64 story_weigh(const sketch *s, const u32 *spread, u32 all, story_term *terms, u32 *term_count);

typedef struct {
    const story_term *terms;
    u32 term_count;
    i32 day;
    u64 norm;  /* what story_weigh returned */
    u32 cell;
} story_node;

/* linkage.c: `edges` of nodes 0 .. count - 1, both ways round not needed; joins while the average likeness is at least
 * `least`; `first[i]` becomes the smallest node of i's cluster. */
typedef struct {
    u32 a, b, likeness; /* 0 to LINKAGE_ONE */
} linkage_edge;
#define LINKAGE_ONE 65536
#define STORY_LEAST (LINKAGE_ONE / 5) /* a likeness of 0.20 */
typedef LIST(linkage_edge) story_edges;

/* The likenesses of nodes, in the order of their days, to earlier ones, STORY_KEPT of each.  `across`: only of nodes of two
 * cells.  Clusters never reach over a gap where every likeness is under STORY_LEAST, so that reports without one above it
 * between them may be joined apart. */
drg_status stories_compare(const story_node *nodes, u32 count, bool across, story_edges *edges, arena *memory);

drg_status linkage_join(const linkage_edge *edges, size_t edge_count, u32 count, u32 least, u32 *first, arena *scratch);

#endif

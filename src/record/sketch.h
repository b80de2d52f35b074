// SPDX-License-Identifier: Apache-2.0
/* What joining needs of a report in place of its text: under a kilobyte.
 *
 * Runs.  All runs of SKETCH_RUN words are hashed; the SKETCH_RUNS smallest hashes are kept (all of them when
 * there are no more).  Of two sketches the hashes under both cut-offs are a fair sample of all runs of both
 * texts, so that their shares estimate resemblance |A and B| / |A or B| and, what matters for a copy that was
 * cut in half, containment |A and B| / min(|A|, |B|)  (Broder, On the resemblance and containment of documents,
 * 1997; the common cut-off: Cohen and Kaplan, Summarizing data using bottom-k sketches, 2007).
 *
 * Terms.  The SKETCH_TERMS words that tell most of what the report is about, each with its count and with how
 * rare it is in news at large.
 *
 * A word enters a run by its skeleton: the first letter and the consonants, so that "colour", "color" and
 * "organise", "organize" are one:
 *
 *     "The defence ministry's programme"  ->  th dfns mnstrs prgrm */
#ifndef DRG_RECORD_SKETCH_H
#define DRG_RECORD_SKETCH_H

#include "base/arena.h"

#define SKETCH_RUN 5
#define SKETCH_FIGURE 1u /* bit of a run's hash: a word with a digit is among its words */
#define SKETCH_RUNS 192
#define SKETCH_TERMS 64
#define SKETCH_BYTES (12 + SKETCH_RUNS * 4 + SKETCH_TERMS * 6)

typedef struct {
    u32 word; /* hash of the lemma, or of an event or place key */
    u8 count; /* occurrences, those in the lead twice */
    u8 rare;  /* 16 * log2(N / n): it stands in n of N documents at large */
} sketch_term;

typedef struct {
    u32 run_count; /* different runs of the text */
    u32 kept, term_count;
    u32 runs[SKETCH_RUNS];           /* ascending */
    sketch_term terms[SKETCH_TERMS]; /* by word */
} sketch;

/* Takes the runs of words in; texts follow each other as if they were one. */
typedef struct {
    u64 words[SKETCH_RUN];
    u32 count; /* words so far */
    u32 room, used;
    u32 *hashes;
    arena *memory;
} sketch_runs;

void sketch_runs_open(sketch_runs *all, arena *memory);
/* False when memory is out. */
bool sketch_runs_add(sketch_runs *all, span text);
void sketch_runs_close(sketch_runs *all, sketch *out);

/* Keeps the best of `terms` (any order, each word once; reordered). */
void sketch_set_terms(sketch *out, sketch_term *terms, u32 count);
u32 sketch_word(span word);
/* 16 * log2(n), n > 0, in whole numbers. */
u32 sketch_log(u32 n);

/* Runs under both cut-offs: in both texts, in the one with fewer; and the same of runs that hold a figure. */
typedef struct {
    u32 shared, smaller, shared_figures, smaller_figures;
} sketch_overlap;
sketch_overlap sketch_compare(const sketch *a, const sketch *b);

/* To bytes and back, the same on every machine. */
size_t sketch_pack(const sketch *s, unsigned char out[SKETCH_BYTES]);
bool sketch_unpack(span bytes, sketch *out);

#endif

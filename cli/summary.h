// SPDX-License-Identifier: Apache-2.0
/* What a run has done so far, and its last line. */
#ifndef DRG_CLI_SUMMARY_H
#define DRG_CLI_SUMMARY_H

#include "base/base.h"

#define SUMMARY_LANGUAGES 64

typedef struct {
    u64 reports, events, problems;
    u64 known;  /* reports whose records the desk held already */
    u64 passed; /* records of archives that are no pages */
    struct {
        char name[12];
        u64 reports;
    } languages[SUMMARY_LANGUAGES]; /* of reports that were not coded for theirs, by name */
    u32 language_count;
} summary;

/* Counts a coded report, problems and all. */
void summary_add(summary *s, const drg_records *records);
/* "12 reports (2 known already), 30 events, 3 problems (--errors FILE lists them); other languages: de 2, fr 1" */
void summary_print(const summary *s, FILE *out, bool errors_are_listed);

#endif

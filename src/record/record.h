// SPDX-License-Identifier: Apache-2.0
/* From the stages' arrays to the public records of one report.
 *
 *   join.c    deeds of the same event inside the report -> one event with several evidences
 *   actor.c   mentions -> parties as they are written out
 *   record.c  everything else: claims, agreements, ids, scores
 *   jsonl.c   records -> JSON lines */
#ifndef DRG_RECORD_RECORD_H
#define DRG_RECORD_RECORD_H

#include "report.h"

typedef struct what_tables what_tables;
typedef struct record_tables record_tables;

drg_status record_open(record_tables **out, knowledge *k, const what_tables *frames, drg_error *error);
drg_status record_run(const record_tables *tables, report *r, drg_error *error);
void record_close(record_tables *tables);
/* Those of a deed's signs (record/confidence.h) that speak for it, or against it. */
u64 record_signs(const record_tables *tables, const deed *d, bool for_it);

#endif

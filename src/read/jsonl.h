// SPDX-License-Identifier: Apache-2.0
/* One JSON record to one report. */
#ifndef DRG_READ_JSONL_H
#define DRG_READ_JSONL_H

#include "base/arena.h"

typedef struct json_reader json_reader; /* keeps the parser between records */

typedef enum { JSONL_RECORD, JSONL_CUT, JSONL_BAD, JSONL_NO_MEMORY } jsonl_answer;

json_reader *jsonl_new(void);
void jsonl_free(json_reader *reader);
/* Reads the record in `line` into `out`, texts copied to `memory`.  JSONL_CUT: the line ends inside
 * the record.  For both CUT and BAD `why` (ends with a NUL) tells what is wrong and `*at` the byte. */
jsonl_answer jsonl_read(json_reader *reader, span line, arena *memory, drg_report *out, char why[160], size_t *at);

#endif

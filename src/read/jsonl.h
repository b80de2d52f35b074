// SPDX-License-Identifier: Apache-2.0
/* One JSON record to one report. */
#ifndef DRG_READ_JSONL_H
#define DRG_READ_JSONL_H

#include "read/field.h"

typedef struct json_reader json_reader; /* keeps the parser between records */

typedef enum { JSONL_RECORD, JSONL_CUT, JSONL_BAD, JSONL_NO_MEMORY } jsonl_answer;

json_reader *jsonl_new(void);
void jsonl_free(json_reader *reader);
typedef struct {
    char why[160]; /* ends with a NUL */
    size_t at;     /* byte of the record */
} json_complaint;

/* Reads the record in `line` into `out`, texts copied to `memory`.  JSONL_CUT: the line ends inside
 * the record.  For both CUT and BAD the complaint tells what is wrong. */
jsonl_answer jsonl_read(json_reader *reader, const field_map *fields, span line, arena *memory, drg_report *out,
                        json_complaint *complaint);

#endif

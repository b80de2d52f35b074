// SPDX-License-Identifier: Apache-2.0
/* The engine (tables of every stage, shared, read only) and one report's way through it. */
#ifndef DRG_PIPELINE_H
#define DRG_PIPELINE_H

#include "report.h"

typedef struct text_tables text_tables;
typedef struct read_tables read_tables;
typedef struct parse_model parse_model;
typedef struct who_tables who_tables;
typedef struct when_tables when_tables;
typedef struct where_tables where_tables;
typedef struct what_tables what_tables;
typedef struct said_tables said_tables;
typedef struct record_tables record_tables;

struct drg_engine {
    knowledge known;
    size_t report_bytes;
    double least_confidence;
    read_tables *read;
    text_tables *text;
    parse_model *parse;
    where_tables *where; /* before who: who asks it whether a name is a place */
    who_tables *who;
    when_tables *when;
    what_tables *what;
    said_tables *said;
    record_tables *record;
    char model_hash[17], words_hash[17];
};

struct drg_coder {
    const drg_engine *engine;
    arena memory;
    report report;
};

/* Opens `r` on the coder's arena (which it resets) for the given report. */
void report_open(report *r, const drg_engine *engine, arena *memory, const drg_report *given);
/* Runs the stages up to and including `last` over an opened report.  A report that ends early
 * has a problem that says why.  Only memory and internal errors are returned. */
drg_status pipeline_run(const drg_engine *engine, report *r, stage last, drg_error *error);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Coded reports, one after another, for programs that print what a stage made of them. */
#ifndef DRG_BENCH_CODED_H
#define DRG_BENCH_CODED_H

#include <json-c/json.h>

#include "pipeline.h"

typedef void coded_print(const drg_engine *engine, const report *r, struct json_object *given);
/* The main of such a program: codes each line of the file that the arguments name, a JSON object with "id" and "text" at
 * least, and prints it.  Returns the exit status: 2 and a message where the file or the data folder cannot be read. */
int coded_main(int argc, char **argv, coded_print *print);

#endif

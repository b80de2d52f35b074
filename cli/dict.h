// SPDX-License-Identifier: Apache-2.0
/* The commands below dragoman dict, each in a file of its own. */
#ifndef DRG_CLI_DICT_H
#define DRG_CLI_DICT_H

#include "cli/cli.h"
#include "pipeline.h"
#include "what/category.h"
#include "what/what.h"
#include "who/who.h"

#define DICT_EXAMPLE_DAY "2024-06-14" /* of the reports that the frames' examples are coded as */

/* "ASSAULT 190  SYR REB > SYR  claimed" */
void dict_write_event(const drg_event *e, char *out, size_t room);
void dict_print_event(const drg_event *e, const char *label);

/* Each returns the exit code. */
int dict_print_codebook(drg_engine *engine);
int dict_why(const drg_engine *engine, const char *sentence_text); /* NULL: a message */
/* The first operand is "diff". */
int dict_print_difference(const drg_engine *after, const cli_command *command, const cli_arguments *arguments);

#endif

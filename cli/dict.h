// SPDX-License-Identifier: Apache-2.0
/* The commands below dragoman dict, each in a file of its own. */
#ifndef DRG_CLI_DICT_H
#define DRG_CLI_DICT_H

#include "cli/cli.h"
#include "pipeline.h"
#include "what/what.h"

/* Each returns the exit code. */
int dict_print_codebook(drg_engine *engine);

#endif

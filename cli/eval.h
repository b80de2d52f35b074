// SPDX-License-Identifier: Apache-2.0
/* The two things that `dragoman eval` scores: trees and events. */
#ifndef DRG_CLI_EVAL_H
#define DRG_CLI_EVAL_H

#include "cli/cli.h"

#define EVAL_BYTES ((size_t)8 << 30)

/* Both return an exit code, the message out. */
int eval_conllu(const cli_command *command, const cli_arguments *arguments);
int eval_events(const cli_command *command, const cli_arguments *arguments);

#endif

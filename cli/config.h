// SPDX-License-Identifier: Apache-2.0
/* Defaults for options, from a file of the user's: see config.c. */
#ifndef DRG_CLI_CONFIG_H
#define DRG_CLI_CONFIG_H

#include "cli/cli.h"

/* The file that is read, or NULL when there is none. */
const char *config_path(void);
/* Gives the options that are not set their defaults.  EXIT_USE: the message is out. */
int config_apply(const cli_command *command, cli_arguments *arguments);
/* What it sets, a line each, for `info`. */
void config_print(FILE *out);

#endif

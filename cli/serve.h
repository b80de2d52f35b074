// SPDX-License-Identifier: Apache-2.0
/* What `dragoman serve` was asked for; serve_run.c, which needs libmicrohttpd, does it. */
#ifndef DRG_CLI_SERVE_H
#define DRG_CLI_SERVE_H

#include "cli/cli.h"

typedef struct {
    const cli_command *command;
    const cli_arguments *arguments;
    const char *desk, *listen, *token; /* NULL: not given */
    drg_options engine;
    int port;        /* -1: no such port */
    bool open;       /* the browser */
    bool read_only;
    bool beyond;     /* listens where others than this machine can reach it */
} serve_command;

/* Serves until a signal; the exit code. */
int serve_run(const serve_command *c);

#endif

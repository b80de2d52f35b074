// SPDX-License-Identifier: Apache-2.0
#include "cli/serve.h"

int serve_run(const serve_command *c) {
    (void)c;
    fprintf(stderr, "dragoman serve: this program was built without libmicrohttpd: install libmicrohttpd-dev and build again\n");
    return EXIT_STOPPED;
}

// SPDX-License-Identifier: Apache-2.0
#include "cli/cli.h"
#include "cli/watch.h"

int watch_run(const watch_plan *plan, const drg_engine *engine) {
    (void)plan;
    (void)engine;
    fprintf(stderr, "dragoman watch: this program was built without libcurl: install libcurl4-openssl-dev and build again\n");
    return EXIT_STOPPED;
}

// SPDX-License-Identifier: Apache-2.0
#include "dragoman.h"

#include <stdio.h>

int main(void) {
    drg_engine *engine;
    drg_error error = {0};
    if (drg_engine_open(NULL, &engine, &error) != DRG_OK) {
        fprintf(stderr, "dragoman: %s: %s\n", error.source, error.message);
        return 1;
    }
    drg_engine_close(engine);
    printf("dragoman %s\n", drg_version());
    return 0;
}

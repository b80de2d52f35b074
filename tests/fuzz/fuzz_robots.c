// SPDX-License-Identifier: Apache-2.0
/* Any bytes as a robots.txt, asked about its own last line as a path; robots.txt itself is always allowed. */
#include "fetch/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    arena memory;
    robots rules;
    span file = {(const char *)bytes, size}, path = file;
    for (size_t i = size; i > 0; i--) {
        if (bytes[i - 1] == '\n') {
            path = span_cut(file, i, size);
            break;
        }
    }
    arena_open(&memory, (size_t)256 << 20);
    if (!robots_read(file, SPAN("dragoman"), &memory, &rules) || !robots_allows(&rules, SPAN("/robots.txt")) || rules.delay < 0) {
        fprintf(stderr, "robots: a law is broken\n");
        abort();
    }
    robots_allows(&rules, path);
    arena_close(&memory);
    return 0;
}

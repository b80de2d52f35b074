// SPDX-License-Identifier: Apache-2.0
/* Any bytes that are UTF-8 are cut, and the laws of text_laws.c hold. */
#include "../text_laws.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static knowledge known; /* opened once a process */
    static text_tables *tables;
    drg_error error;
    const char *folder = getenv("DRAGOMAN_DATA");
    if (tables == NULL && (knowledge_open(&known, folder ? folder : ".", &error) != DRG_OK || text_open(&tables, &known, &error) != DRG_OK)) {
        fprintf(stderr, "%s: %s\n", error.source, error.message);
        abort();
    }
    span text = {(const char *)bytes, size};
    if (!utf8_is_valid(text)) {
        return 0;
    }
    arena memory;
    arena_open(&memory, (size_t)256 << 20);
    report r = {.memory = &memory, .text = text};
    symbols_open(&r.words, &known.words, &memory);
    if (text_laws_block(&r) && text_run(tables, &r, &error) == DRG_OK) {
        const char *broken = text_laws_broken(&r);
        if (broken != NULL) {
            fprintf(stderr, "%s\n", broken);
            abort();
        }
    }
    arena_close(&memory);
    return 0;
}

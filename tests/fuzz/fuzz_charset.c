// SPDX-License-Identifier: Apache-2.0
/* The first line names a charset, what follows is written in it: UTF-8 comes out, whatever both are. */
#include "base/utf8.h"
#include "read/charset.h"

static void demand(bool holds, const char *law) {
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", law);
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    arena memory;
    arena_open(&memory, (size_t)256 << 20);
    span text = {(const char *)bytes, size}, name = span_next_field(&text, '\n');
    size_t bad, first;
    span out = charset_named(&memory, text, name);
    demand(out.ptr != NULL || text.len == 0, "memory suffices");
    demand(utf8_is_valid(charset_repair(&memory, out, &bad, &first)), "what is repaired is UTF-8");
    demand(out.len == 0 || bad == 0, "what was turned needs no repair");
    demand(out.len <= text.len * 3 + 8, "text does not grow without end");
    charset_is_binary(text);
    arena_close(&memory);
    return 0;
}

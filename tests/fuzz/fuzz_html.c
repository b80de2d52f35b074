// SPDX-License-Identifier: Apache-2.0
/* Any bytes as a page, and the same bytes as a text, must come out as valid UTF-8 with blocks in
 * order inside it.  A first byte T means text ("Title: ..."), any other a page. */
#include "pipeline.h"
#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static drg_engine engine; /* only knowledge and read */
static arena memory;
static report r;

static void open_once(void) {
    static bool is_open;
    drg_error error = {0};
    const char *data = getenv("DRAGOMAN_DATA");
    if (is_open) {
        return;
    }
    if (knowledge_open(&engine.known, data != NULL ? data : ".", &error) != DRG_OK ||
        read_open(&engine.read, &engine.known, &error) != DRG_OK) {
        fprintf(stderr, "%s: %s\n", error.source, error.message);
        abort();
    }
    arena_open(&memory, (size_t)64 << 20);
    is_open = true;
}

static void require(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    open_once();
    span body = {(const char *)bytes, size};
    bool as_text = size > 0 && bytes[0] == 'T';
    drg_report given = {.text = as_text ? body : (span){"", 0}, .html = as_text ? (span){"", 0} : body};
    report_open(&r, &engine, &memory, &given);
    drg_status status = read_run(engine.read, &r, NULL);
    if (status == DRG_ERROR_MEMORY) {
        return 0;
    }
    require(status == DRG_OK, "only memory fails");
    require(utf8_is_valid(r.text), "the text is UTF-8");
    require(utf8_is_valid(r.title) && utf8_is_valid(r.outlet) && utf8_is_valid(r.url) && utf8_is_valid(r.lang),
            "what describes it too");
    u32 last = 0;
    for (u32 i = 0; i < r.blocks.count; i++) {
        range at = r.blocks.items[i].text;
        require(at.start >= last && at.end > at.start && at.end <= r.text.len,
                "blocks are in order, not empty, inside the text");
        require(utf8_is_valid(report_cut(&r, at)), "blocks are cut between characters");
        last = at.end;
    }
    return 0;
}

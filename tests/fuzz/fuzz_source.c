// SPDX-License-Identifier: Apache-2.0
/* Any bytes as one kind of input (FUZZ_KIND) end, cost bounded work, and give the same items each time;
 * a report has a text or a page or neither, a problem says what is wrong. */
#include "read/source.h"
#include "read/unpack.h"

static void demand(bool holds, const char *law) {
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", law);
        abort();
    }
}

/* Sums up all items, so that two runs can be compared. */
static u64 run(span bytes, source_kind kind) {
    source *s;
    source_item item;
    u64 sum = 0, items = 0;
    demand(source_open_bytes(&s, bytes, "memory", kind, NULL) == DRG_OK, "opening needs no memory to speak of");
    demand(source_map(s, "title=head.0.line,byline=by", NULL) == DRG_OK, "the map is good");
    source_item_open(&item);
    while (source_next(s, &item) != SOURCE_END) {
        const drg_report *r = &item.report;
        demand(item.what == SOURCE_REPORT || (item.problem.code.len > 0 && item.problem.message.len > 0), "a problem says what it is");
        demand(++items <= bytes.len * 2 + 16 || unpack_tell(bytes) != PACK_NONE, "no more items than bytes");
        sum = sum * 31 + r->text.len + r->html.len * 3 + r->title.len * 5 + item.problem.offset * 7 + (u64)item.what;
    }
    sum = sum * 31 + source_failures(s) + source_passed(s);
    source_item_close(&item);
    source_close(s);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    span given = {(const char *)bytes, size};
    source_kind kind;
    demand(source_kind_find(FUZZ_KIND, &kind), "the kind is known");
    demand(run(given, kind) == run(given, kind), "the same bytes give the same items");
    return 0;
}

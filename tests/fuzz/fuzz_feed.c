// SPDX-License-Identifier: Apache-2.0
/* Any bytes as a feed: every text of every item is UTF-8 if it is not the link as given, items have no
 * more than the limits, and the same bytes give the same items. */
#include "base/utf8.h"
#include "read/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

static void check_item(const feed_item *item, size_t size) {
    const drg_report *r = &item->report;
    const span texts[] = {r->title, r->url, r->date, r->outlet, r->lang, item->guid, r->text, r->html};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        require(texts[i].len == 0 || utf8_is_valid(texts[i]), "every text is UTF-8");
        require(texts[i].len <= size * 16 + 256, "no text outgrows the feed");
    }
    require(r->text.len == 0 || r->html.len == 0, "a body is text or a page");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    arena memory;
    arena_open(&memory, (size_t)1 << 30);
    feed first, second;
    span given = {(const char *)bytes, size};
    feed_is(given);
    require(feed_read(given, "", &memory, &first), "reading needs more memory than it may");
    for (u32 i = 0; i < first.items.count; i++) {
        check_item(&first.items.items[i], size);
    }
    require(feed_read(given, "", &memory, &second), "reading again needs more memory");
    require(first.items.count == second.items.count && strcmp(first.damage, second.damage) == 0, "the same bytes read the same");
    arena_close(&memory);
    return 0;
}

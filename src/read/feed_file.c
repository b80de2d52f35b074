// SPDX-License-Identifier: Apache-2.0
/* In: a saved RSS or Atom file.   Out: a report an item, and what of the feed could not be read. */
#include "read/feed.h"
#include "read/format.h"

#define FEED_MEMORY ((size_t)512 << 20)

typedef struct {
    arena memory;
    feed feed;
    u32 next;
    bool told; /* the damage */
} feed_file;

static source_what give_up(source *s, source_item *item, const char *code, const char *why) {
    s->failures++;
    return format_tell(item, code, 0, "%s", why);
}

/* Reads the whole file.  SOURCE_REPORT: it is a feed; SOURCE_END: a failure that will be told. */
static source_what open_feed(source *s, source_item *item) {
    feed_file *f = s->own = calloc(1, sizeof *f);
    bool too_large = stream_fill(&s->stream, FEED_CAP);
    span bytes = stream_window(&s->stream);
    stream_skip(&s->stream, bytes.len);
    if (f == NULL) {
        return give_up(s, item, "too-large", "out of memory");
    }
    arena_open(&f->memory, FEED_MEMORY);
    if (format_has_failed(s)) {
        return SOURCE_END;
    }
    if (too_large) {
        s->stream.at_end = true;
        return give_up(s, item, "too-large", "more than 64 MiB in one feed");
    }
    if (!feed_read(bytes, "", &f->memory, &f->feed)) {
        f->feed.items.count = 0;
        return give_up(s, item, "too-large", "out of memory for this feed");
    }
    return f->feed.is_feed ? SOURCE_REPORT : give_up(s, item, "feed", "neither RSS nor Atom");
}

static bool copy_report(arena *memory, const drg_report *from, drg_report *to) {
    drg_report report = *from;
    bool whole = true;
    for (u32 i = 0; i < FIELD_COUNT; i++) {
        span value = *field_of(&report, (field)i), copy = value.len > 0 ? arena_copy(memory, value) : SPAN("");
        *field_of(to, (field)i) = copy;
        whole = whole && copy.ptr != NULL;
    }
    return whole;
}

static source_what next_feed_item(source *s, source_item *item) {
    if (s->own == NULL) {
        source_what what = s->line++ == 0 ? open_feed(s, item) : SOURCE_END;
        if (what != SOURCE_REPORT) {
            return what;
        }
    }
    feed_file *f = s->own;
    if (f->next < f->feed.items.count) {
        bool whole = copy_report(&item->memory, &f->feed.items.items[f->next++].report, &item->report);
        return whole ? SOURCE_REPORT : format_tell(item, "too-large", 0, "item %u: out of memory", f->next);
    }
    if (!f->told && f->feed.damage[0] != '\0') {
        f->told = true;
        return format_tell(item, "feed", 0, "%s", f->feed.damage);
    }
    return SOURCE_END;
}

static void close_feed(source *s) {
    feed_file *f = s->own;
    if (f != NULL) {
        arena_close(&f->memory);
        free(f);
    }
}

static bool is_feed(const source *s, span head) {
    (void)s;
    return feed_is(head);
}

const source_format format_feed = {
    .names = "feed", .endings = ".rss .atom .rdf", .fits = is_feed, .next = next_feed_item, .close = close_feed};

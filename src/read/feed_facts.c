// SPDX-License-Identifier: Apache-2.0
/* In: FEED_TITLE "Q&amp;A: envoys meet", FEED_DATE "Thu, 02 May 2024 23:30:00 -0500", FEED_BODY "&lt;p>Envoys ..."
 * Out: a drg_report with plain title, ISO day, absolute address and body.
 *
 * A body that is HTML is set inside an article element, so that the page reader takes all of it for the
 * report. */
#include "read/feed_facts.h"

#include <libxml/uri.h>

#include "read/stamp.h"

#define LINK_ROOM 4096u

static u32 number_of(span text) {
    u32 value = 0;
    for (size_t i = 0; i < text.len && i < 7 && ascii_is_digit((unsigned char)text.ptr[i]); i++) {
        value = value * 10 + (u32)(text.ptr[i] - '0');
    }
    return value;
}

/* sy:updatePeriod and its frequency, in minutes. */
static u32 minutes_of_period(span period, span frequency) {
    static const struct {
        const char *name;
        u32 minutes;
    } periods[] = {{"hourly", 60}, {"daily", 1440}, {"weekly", 10080}, {"monthly", 43200}, {"yearly", 525600}};
    u32 times = number_of(frequency) > 0 ? number_of(frequency) : 1;
    for (size_t i = 0; i < COUNT_OF(periods); i++) {
        if (span_eq(period, span_of(periods[i].name))) {
            return periods[i].minutes / times;
        }
    }
    return 0;
}

void feed_take_channel(feed *out, const feed_facts *channel) {
    out->title = channel->value[FEED_TITLE];
    out->link = channel->value[FEED_LINK];
    out->lang = channel->value[FEED_LANG];
    out->ttl = number_of(channel->value[FEED_TTL]);
    if (out->ttl == 0) {
        out->ttl = minutes_of_period(channel->value[FEED_PERIOD], channel->value[FEED_FREQUENCY]);
    }
}

void feed_take_hour(feed *out, span hour) {
    u32 value = number_of(hour);
    if (hour.len > 0 && value <= 24) {
        out->skip_hours |= 1u << value % 24;
    }
}

void feed_take_day(feed *out, span day) {
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (size_t i = 0; i < COUNT_OF(names) && day.len >= 3; i++) {
        const char lower[] = {ascii_to_lower(day.ptr[0]), ascii_to_lower(day.ptr[1]), ascii_to_lower(day.ptr[2])};
        out->skip_days |= (u8)((memcmp(lower, names[i], 3) == 0) << i);
    }
}

/* ------------------------------------------------------------------ an item */

static bool is_absolute(span address) {
    size_t at = 0;
    while (at < address.len && (ascii_is_alnum((unsigned char)address.ptr[at]) || strchr("+-.", address.ptr[at]) != NULL) &&
           address.ptr[at] != '\0') {
        at++;
    }
    return at > 0 && at < address.len && address.ptr[at] == ':';
}

/* The link; where there is none, a guid that is an address. A relative one is seen from the feed's own. */
static span link_of(const feed_facts *item, const feed_facts *channel, arena *memory) {
    span link = item->value[FEED_LINK], guid = item->value[FEED_GUID];
    if (link.len == 0 && (span_starts(guid, SPAN("http://")) || span_starts(guid, SPAN("https://")))) {
        return guid;
    }
    span base = item->base.len > 0 ? item->base : channel->base.len > 0 ? channel->base : channel->value[FEED_LINK];
    if (link.len == 0 || is_absolute(link) || !is_absolute(base) || link.len + base.len > LINK_ROOM) {
        return link;
    }
    span copy = arena_copy(memory, link), under = arena_copy(memory, base);
    xmlChar *whole = copy.ptr != NULL && under.ptr != NULL ? xmlBuildURI((const xmlChar *)copy.ptr, (const xmlChar *)under.ptr) : NULL;
    span out = whole != NULL ? arena_copy(memory, span_of((const char *)whole)) : link;
    xmlFree(whole);
    return out.ptr != NULL ? out : link;
}

static span date_of(span written, arena *memory) {
    stamp when;
    char text[16];
    return stamp_read(written, &when) ? arena_copy(memory, calendar_print(when.day, text)) : written;
}

/* Text stays text; HTML is made a page whose article it is. */
static bool take_body(drg_report *out, const feed_facts *item, arena *memory, feed_text *scratch) {
    span body = item->value[FEED_BODY];
    if (!item->is_markup[FEED_BODY]) {
        out->text = body;
        return true;
    }
    scratch->size = 0;
    feed_text_add(scratch, SPAN("<!DOCTYPE html><meta charset=\"utf-8\"><article>"));
    feed_text_add(scratch, body);
    feed_text_add(scratch, SPAN("</article>"));
    out->html = arena_copy(memory, feed_text_get(scratch));
    return out->html.ptr != NULL;
}

bool feed_take_item(feed *out, const feed_facts *item, const feed_facts *channel, arena *memory, feed_text *scratch) {
    feed_item *made = list_push(memory, &out->items);
    if (made == NULL) {
        return false;
    }
    made->guid = item->value[FEED_GUID];
    drg_report *r = &made->report;
    r->title = item->value[FEED_TITLE];
    r->url = link_of(item, channel, memory);
    r->date = date_of(item->value[FEED_DATE], memory);
    r->outlet = item->value[FEED_SOURCE].len > 0 ? item->value[FEED_SOURCE] : channel->value[FEED_TITLE];
    r->byline = item->value[FEED_AUTHOR];
    r->lang = item->value[FEED_LANG].len > 0 ? item->value[FEED_LANG] : channel->value[FEED_LANG];
    return take_body(r, item, memory, scratch) && (r->date.ptr != NULL || item->value[FEED_DATE].len == 0) && !scratch->no_memory;
}

// SPDX-License-Identifier: Apache-2.0
/* In:  Subject: Talks resume in Vienna          Out: title, date, byline, outlet ... and the text
 *      From: Anna Smith <anna@wire.example>          "Anna Smith", "wire.example"
 *      Date: Thu, 2 May 2024 08:30:00 +0000
 *
 *      VIENNA (EW) - Envoys met ...
 *
 * One header serves letters, wire copy and our own plain texts: lines "Name: value" with at least
 * one of the names below and a blank line behind them.  Where other names stand among them (mail
 * has dozens), two of ours are asked for, so that prose with colons stays prose. */
#include "read/fold.h"
#include "read/format.h"
#include "read/mime.h"

#define HEADER_LINES 200u
#define NOTHING FIELD_COUNT

static const struct {
    const char *name;
    field to;
} header_names[] = {
    {"title", FIELD_TITLE},        {"subject", FIELD_TITLE}, {"headline", FIELD_TITLE},     {"date", FIELD_DATE},
    {"outlet", FIELD_OUTLET},      {"id", FIELD_ID},         {"organization", FIELD_OUTLET}, {"url", FIELD_URL},
    {"message-id", FIELD_ID},      {"lang", FIELD_LANG},     {"content-language", FIELD_LANG},
    {"archived-at", FIELD_URL},    {"from", FIELD_BYLINE},   {"byline", FIELD_BYLINE},      {"author", FIELD_BYLINE},
    {"fetched", FIELD_FETCHED},
};

static field find_field(span name) {
    for (size_t i = 0; i < COUNT_OF(header_names); i++) {
        if (equals_caseless(name, span_of(header_names[i].name))) {
            return header_names[i].to;
        }
    }
    return NOTHING;
}

typedef struct {
    span values[FIELD_COUNT]; /* as written; len 0: not there */
    mime_head mime;
} header;

/* Takes the header off `*text`; false, and nothing taken, when there is none. */
static bool take_header(span *text, header *out) {
    span rest = *text, name, value;
    u32 known = 0, others = 0;
    *out = (header){0};
    span before = rest;
    while (known + others < HEADER_LINES && mime_next_header(&rest, &name, &value)) {
        field to = find_field(name);
        bool is_mime = mime_take(&out->mime, name, value);
        known += to != NOTHING;
        others += to == NOTHING && !is_mime;
        if (to != NOTHING && out->values[to].len == 0) {
            out->values[to] = value;
        }
        before = rest;
    }
    bool closed = rest.ptr != before.ptr; /* by a blank line, which was taken off */
    if (known == 0 || (others > 0 && known < 2) || !closed) {
        return false;
    }
    *text = rest;
    return true;
}

bool mail_has_header(span text) {
    header found;
    return take_header(&text, &found);
}

/* "Anna Smith <anna@wire.example>" or "anna@wire.example (Anna Smith)": the name and the host. */
static void take_sender(span sender, span *name, span *host) {
    const char *open = sender.len ? memchr(sender.ptr, '<', sender.len) : NULL;
    const char *at = sender.len ? memchr(sender.ptr, '@', sender.len) : NULL;
    const char *bracket = sender.len ? memchr(sender.ptr, '(', sender.len) : NULL;
    *host = (span){"", 0};
    if (at != NULL) {
        *host = (span){at + 1, 0};
        while (host->ptr + host->len < sender.ptr + sender.len && strchr(">) \t", host->ptr[host->len]) == NULL) {
            host->len++;
        }
    }
    if (open != NULL) {
        *name = span_trim((span){sender.ptr, (size_t)(open - sender.ptr)});
    } else if (at != NULL && bracket != NULL) {
        span inside = {bracket + 1, (size_t)(sender.ptr + sender.len - bracket - 1)};
        *name = span_trim(span_next_field(&inside, ')'));
    } else {
        *name = at == NULL ? sender : (span){"", 0};
    }
    if (name->len >= 2 && name->ptr[0] == '"' && name->ptr[name->len - 1] == '"') {
        *name = span_cut(*name, 1, name->len - 1);
    }
}

static void take_values(source_item *item, const header *h) {
    for (u32 f = 0; f < FIELD_COUNT; f++) {
        if (h->values[f].len > 0) {
            *field_of(&item->report, (field)f) = mime_words(&item->memory, h->values[f]);
        }
    }
    span host, *id = &item->report.id;
    take_sender(item->report.byline, &item->report.byline, &host);
    if (item->report.outlet.len == 0) {
        item->report.outlet = host;
    }
    if (id->len > 2 && id->ptr[0] == '<' && id->ptr[id->len - 1] == '>') {
        *id = span_cut(*id, 1, id->len - 1);
    }
}

source_what mail_take(source *s, source_item *item, span bytes, u64 offset) {
    (void)s;
    header h;
    span text = arena_copy(&item->memory, bytes);
    if (text.ptr == NULL) {
        return format_tell(item, "too-large", offset, "out of memory for this text");
    }
    if (!take_header(&text, &h)) {
        item->report.text = text;
        return SOURCE_REPORT;
    }
    take_values(item, &h);
    text = mime_choose(&h.mime, text);
    text = mime_decode(&item->memory, &h.mime, text);
    if (text.ptr == NULL) {
        return format_tell(item, "too-large", offset, "out of memory for this text");
    }
    if (equals_caseless(h.mime.type, SPAN("text/html"))) {
        item->report.html = text;
    } else if (h.mime.type.len > 0 && !starts_caseless(h.mime.type, SPAN("text/"))) {
        return format_tell(item, "no-text", offset, "a letter of type %.*s, without a part that is text or a page",
                           (int)(h.mime.type.len > 60 ? 60 : h.mime.type.len), h.mime.type.ptr);
    } else {
        item->report.text = text;
    }
    return SOURCE_REPORT;
}

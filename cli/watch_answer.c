// SPDX-License-Identifier: Apache-2.0
/* In: an answer.   Out: from a feed, new items; from a page, a report in the desk.
 *
 * An item is known by its link, so that two feeds of one site that show the same report make one of it; by the
 * feed and its guid where the link leads to no page of its own.  The same key is the report's id in the desk. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "cli/watch.h"
#include "base/calendar.h"
#include "read/charset.h"
#include "read/feed.h"

#define ATTEMPTS 4u
#define FIRST_RETRY (5 * MINUTE)
#define COMMIT_EVERY 64u
#define GONE_WAIT (7 * DAY)
#define SHORTEST_EVERY (5 * MINUTE) /* for hosts other than this machine */

/* ------------------------------------------------------------------ the desk */

drg_status watch_commit(watch *w, drg_error *error) {
    DRG_TRY(output_commit(w->out, false, error));
    if (w->done_count > 0) {
        state_begin(w->state);
        for (u32 i = 0; i < w->done_count; i++) {
            state_finish_item(w->state, w->done[i]);
        }
        state_commit(w->state);
        w->done_count = 0;
    }
    return state_check(w->state, error);
}

/* The item's report is written, or there will be none. */
static drg_status end_item(watch *w, errand *e, drg_error *error) {
    if (w->done == NULL && (w->done = calloc(COMMIT_EVERY, sizeof *w->done)) == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "watch", 0, "out of memory");
    }
    memcpy(w->done[w->done_count++], e->key, sizeof e->key);
    e->is_done = true;
    return w->done_count == COMMIT_EVERY ? watch_commit(w, error) : DRG_OK;
}

static bool has_no_text(const drg_records *records) {
    static const char *const codes[] = {"no-text", "empty", "binary"};
    for (size_t i = 0; i < records->problem_count; i++) {
        for (size_t c = 0; c < COUNT_OF(codes); c++) {
            if (span_eq(records->problems[i].code, span_of(codes[c]))) {
                return true;
            }
        }
    }
    return false;
}

static drg_status write_records(watch *w, errand *e, drg_error *error) {
    const drg_records *records = drg_coder_records(w->coder);
    w->reports++;
    w->has_unjoined = true;
    w->events += records->event_count;
    w->problems += records->problem_count;
    DRG_TRY(output_records(w->out, records, error));
    return end_item(w, e, error);
}

/* ------------------------------------------------------------------ items */

static bool is_page(const watch *w, const fetch_address *address) {
    return !w->plan->no_pages && !address->has_user && strcmp(address->path, "/") != 0;
}

bool watch_queue_item(watch *w, u32 of_feed, const state_item *item) {
    fetch_address address;
    char why[100];
    errand e = {.feed = of_feed, .host = NONE, .due = item->next, .attempts = item->attempts, .is_item = true};
    memcpy(e.key, item->key, sizeof e.key);
    bool fetches = fetch_address_read(item->url, NULL, &address, why) && is_page(w, &address);
    if (fetches) {
        e.host = watch_find_host(w, &address);
    }
    e.url = strdup(fetches ? address.text : "");
    if (e.url == NULL || (fetches && e.host == NONE) || watch_add_errand(w, &e) == NULL) {
        free(e.url);
        return false;
    }
    return true;
}

static void make_key(const feed_item *item, span shown_by, const fetch_address *link, char key[STATE_KEY]) {
    bool is_own = link != NULL && strcmp(link->path, "/") != 0;
    const drg_report *r = &item->report;
    span parts[] = {shown_by, item->guid, r->title, r->date};
    XXH3_state_t hash;
    XXH3_INITSTATE(&hash);
    XXH3_128bits_reset(&hash);
    if (is_own) {
        XXH3_128bits_update(&hash, link->text, strlen(link->text));
    }
    for (size_t i = 0; i < (is_own ? 0u : item->guid.len > 0 ? 2u : 4u); i++) {
        XXH3_128bits_update(&hash, "\n", 1);
        XXH3_128bits_update(&hash, parts[i].len > 0 ? parts[i].ptr : "", parts[i].len);
    }
    XXH128_hash_t digest = XXH3_128bits_digest(&hash);
    snprintf(key, STATE_KEY, "%016llx%016llx", (unsigned long long)digest.high64, (unsigned long long)digest.low64);
}

/* Keeps the item if it is new, and queues it. False when memory is out. */
static bool keep_item(watch *w, u32 of_feed, const feed_item *item, i64 now) {
    fetch_address base, link;
    char why[100], day[16];
    const watched_feed *f = &w->feeds[of_feed];
    const drg_report *r = &item->report;
    /* A relative link does not inherit the feed's password. */
    bool has_link = r->url.len > 0 && fetch_address_read(f->shown, NULL, &base, why) && fetch_address_read(r->url, &base, &link, why);
    state_item made = {.feed = f->address, .title = r->title, .date = r->date, .outlet = r->outlet, .byline = r->byline, .lang = r->lang};
    made.fetched = calendar_print((i32)(now / DAY), day);
    made.url = has_link ? span_of(link.text) : r->url;
    made.is_markup = r->html.len > 0;
    made.body = made.is_markup ? r->html : r->text;
    make_key(item, f->address, has_link ? &link : NULL, made.key);
    if (!state_add_item(w->state, &made, now)) {
        return true;
    }
    w->new_items++;
    return watch_queue_item(w, of_feed, &made);
}

/* What the feed knows of the item, as a report. */
static drg_report describe(const watch *w, const errand *e, const state_item *item) {
    const char *outlet = w->feeds[e->feed].listed->outlet;
    return (drg_report){.id = span_of(e->key), .url = item->url, .title = item->title, .date = item->date,
                        .outlet = outlet[0] != '\0' ? span_of(outlet) : item->outlet, .byline = item->byline, .fetched = item->fetched};
}

drg_status watch_code_item(watch *w, errand *e, const char *code, const char *why, drg_error *error) {
    arena memory;
    state_item item = {0};
    drg_status status = DRG_OK;
    arena_open(&memory, (size_t)64 << 20);
    bool found = state_get_item(w->state, e->key, &memory, &item);
    span doc = item.url.len > 0 ? item.url : item.title;
    if (found && code != NULL) {
        status = watch_tell(w, doc, code, why, error);
    }
    if (status == DRG_OK && found && item.body.len > 0) {
        drg_report given = describe(w, e, &item);
        given.lang = item.lang;
        *(item.is_markup ? &given.html : &given.text) = item.body;
        status = drg_coder_code(w->coder, &given, error);
        status = status == DRG_OK ? write_records(w, e, error) : status;
    } else if (status == DRG_OK) {
        if (found && code == NULL) {
            status = watch_tell(w, doc, "empty", "the feed gives no text for it", error);
        }
        status = status == DRG_OK ? end_item(w, e, error) : status;
    }
    arena_close(&memory);
    return status;
}

/* ------------------------------------------------------------------ pages */

/* Puts the errand back to its start, for another try. */
static drg_status retry_page(watch *w, errand *e, const fetch_answer *answer, const char *why, drg_error *error) {
    fetch_address address;
    state_item item;
    arena memory;
    char reason[100];
    i64 now = watch_now();
    if (++e->attempts >= ATTEMPTS) {
        return watch_code_item(w, e, "page-unreachable", why, error);
    }
    arena_open(&memory, (size_t)64 << 20);
    bool good = state_get_item(w->state, e->key, &memory, &item) && fetch_address_read(item.url, NULL, &address, reason);
    char *url = good ? strdup(address.text) : NULL;
    u32 at = good ? watch_find_host(w, &address) : NONE;
    arena_close(&memory);
    if (url == NULL || at == NONE) {
        free(url);
        return watch_code_item(w, e, "page-unreachable", why, error);
    }
    free(e->url);
    e->url = url;
    e->host = at;
    e->hops = 0;
    e->due = schedule_retry(now, w->hosts[at]->is_local ? SECOND / 5 : FIRST_RETRY, e->attempts,
                            schedule_read_retry_after(span_of(answer->retry_after), now));
    state_delay_item(w->state, e->key, e->attempts, e->due);
    watch_log("%s: %s; tried again in %lld s", e->url, why, (long long)((e->due - now) / 1000));
    return state_check(w->state, error);
}

/* Codes the page; the feed's text where the page has none. */
static drg_status code_page(watch *w, errand *e, const fetch_answer *answer, drg_error *error) {
    arena memory;
    state_item item;
    arena_open(&memory, (size_t)256 << 20);
    if (!state_get_item(w->state, e->key, &memory, &item)) {
        arena_close(&memory);
        e->is_done = true;
        return state_check(w->state, error);
    }
    drg_report given = describe(w, e, &item);
    span text = charset_named(&memory, answer->body, span_of(answer->charset));
    *(strcmp(answer->type, "text/plain") == 0 ? &given.text : &given.html) = text;
    drg_status status = text.ptr != NULL ? drg_coder_code(w->coder, &given, error) : DRG_OK;
    bool is_empty = text.ptr == NULL || (status == DRG_OK && has_no_text(drg_coder_records(w->coder)));
    if (status == DRG_OK && !(is_empty && item.body.len > 0)) {
        status = write_records(w, e, error);
    }
    arena_close(&memory);
    return status == DRG_OK && !e->is_done ? watch_code_item(w, e, "page-no-text", "no running text on its page: the feed's own is taken", error)
                                           : status;
}

drg_status watch_take_page(watch *w, errand *e, const fetch_answer *answer, drg_error *error) {
    static const char *const types[] = {"", "text/html", "application/xhtml+xml", "text/plain"};
    char why[160];
    bool answered = answer->outcome == FETCH_ANSWERED;
    snprintf(why, sizeof why, answered ? "the server says %s%ld" : "%s", answered ? "" : answer->why, answer->status);
    if (answer->outcome == FETCH_FORBIDDEN || answer->outcome == FETCH_TOO_LARGE) {
        return watch_code_item(w, e, answer->outcome == FETCH_FORBIDDEN ? "private" : "too-large", why, error);
    }
    if (!answered || answer->status >= 500 || answer->status == 429 || answer->status == 408) {
        return retry_page(w, e, answer, why, error);
    }
    if (answer->status < 200 || answer->status >= 300) {
        return watch_code_item(w, e, "page-gone", why, error);
    }
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        if (strcmp(answer->type, types[i]) == 0) {
            return code_page(w, e, answer, error);
        }
    }
    snprintf(why, sizeof why, "its page is %s, not text", answer->type);
    return watch_code_item(w, e, "page-type", why, error);
}

/* ------------------------------------------------------------------ feeds */

static i64 interval(const watch *w, const watched_feed *f) {
    i64 every = f->listed->every > 0 ? f->listed->every : w->plan->every;
    return f->listed->address.is_local || every > SHORTEST_EVERY ? every : SHORTEST_EVERY;
}

/* The feed as it was listed again, not where it was redirected to. */
static void rewind_feed(watch *w, errand *e, i64 next) {
    const fetch_address *address = &w->feeds[e->feed].listed->address;
    char *url = strdup(address->text);
    w->no_memory = w->no_memory || url == NULL;
    if (url != NULL) {
        free(e->url);
        e->url = url;
    }
    e->host = watch_find_host(w, address);
    e->hops = 0;
    e->due = w->feeds[e->feed].known.next = next;
}

drg_status watch_fail_feed(watch *w, errand *e, const char *code, const char *why, i64 until, drg_error *error) {
    watched_feed *f = &w->feeds[e->feed];
    i64 now = watch_now();
    f->known.failures++;
    w->failed_feeds++;
    rewind_feed(w, e, schedule_retry(now, interval(w, f), f->known.failures, until > now ? until - now : SCHEDULE_UNSAID));
    state_put_feed(w->state, f->address, &f->known);
    DRG_TRY(state_check(w->state, error));
    return watch_tell(w, f->shown, code, why, error);
}

static void note_success(watch *w, errand *e, const fetch_answer *answer, i64 now) {
    watched_feed *f = &w->feeds[e->feed];
    schedule_wishes wishes = f->known.wishes;
    wishes.max_age = schedule_read_max_age(span_of(answer->cache_control));
    wishes.retry_after = SCHEDULE_UNSAID;
    f->known.failures = 0;
    rewind_feed(w, e, schedule_next(now, interval(w, f), &wishes));
    state_put_feed(w->state, f->address, &f->known);
}

/* The items, oldest first, and the validators in one transaction. */
static drg_status keep_items(watch *w, errand *e, const feed *read, const fetch_answer *answer, drg_error *error) {
    watched_feed *f = &w->feeds[e->feed];
    u64 before = w->new_items;
    u32 at = e->feed;
    i64 now = watch_now();
    f->known.wishes = (schedule_wishes){SCHEDULE_UNSAID, SCHEDULE_UNSAID, read->ttl * MINUTE, read->skip_hours, read->skip_days};
    snprintf(f->known.etag, sizeof f->known.etag, "%s", answer->etag);
    snprintf(f->known.modified, sizeof f->known.modified, "%s", answer->modified);
    state_begin(w->state);
    for (u32 i = read->items.count; i > 0; i--) {
        if (!keep_item(w, at, &read->items.items[i - 1], now)) {
            w->no_memory = true;
        }
    }
    note_success(w, e, answer, now);
    state_commit(w->state);
    if (w->new_items > before) {
        watch_log("%.*s: %llu new of %u", (int)f->shown.len, f->shown.ptr, (unsigned long long)(w->new_items - before), read->items.count);
    }
    return state_check(w->state, error);
}

static drg_status read_items(watch *w, errand *e, const fetch_answer *answer, drg_error *error) {
    watched_feed *f = &w->feeds[e->feed];
    arena memory;
    feed read;
    arena_open(&memory, (size_t)512 << 20);
    drg_status status = feed_read(answer->body, answer->charset, &memory, &read)
                            ? DRG_OK
                            : drg_fail(error, DRG_ERROR_MEMORY, f->listed->address.origin, 0, "out of memory");
    if (status == DRG_OK && !read.is_feed) {
        status = watch_fail_feed(w, e, "not-feed", "what is there is no feed: name the address of an RSS or Atom feed", 0, error);
    } else if (status == DRG_OK) {
        status = keep_items(w, e, &read, answer, error);
        if (status == DRG_OK && (read.damage[0] != '\0' || answer->outcome == FETCH_TOO_LARGE)) {
            status = watch_tell(w, f->shown, "damaged", read.damage[0] != '\0' ? read.damage : answer->why, error);
        }
    }
    arena_close(&memory);
    return status;
}

drg_status watch_take_feed(watch *w, errand *e, const fetch_answer *answer, drg_error *error) {
    watched_feed *f = &w->feeds[e->feed];
    char why[160];
    i64 now = watch_now();
    w->polls++;
    f->known.is_private = e->hops == 0 ? answer->is_private : f->known.is_private;
    bool has_body = answer->outcome == FETCH_TOO_LARGE || answer->outcome == FETCH_ANSWERED;
    if (!has_body) {
        return watch_fail_feed(w, e, answer->outcome == FETCH_FORBIDDEN ? "private" : "unreachable", answer->why, 0, error);
    }
    if (answer->status == 304) {
        note_success(w, e, answer, now);
        return state_check(w->state, error);
    }
    if (answer->status >= 200 && answer->status < 300) {
        return read_items(w, e, answer, error);
    }
    i64 wish = schedule_read_retry_after(span_of(answer->retry_after), now);
    snprintf(why, sizeof why, "the server says %ld", answer->status);
    return watch_fail_feed(w, e, answer->status == 410 ? "gone" : "unreachable", why,
                           answer->status == 410 ? now + GONE_WAIT : wish >= 0 ? now + wish : 0, error);
}

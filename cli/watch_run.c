// SPDX-License-Identifier: Apache-2.0
/* Errands, one after another: what is due, whose host may be asked, which slot is free.
 *
 *   feed due 10:00 -> robots.txt of its host -> the feed -> two new items -> page, a pause, page -> feed due 10:30
 *
 * A redirect sends its errand through the same gate again under the new address, so the robots.txt and the
 * pause of the new host hold too.  With --once nothing is waited for that is longer than PATIENCE. */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/watch.h"

#define HOPS 5u
#define PATIENCE MINUTE
#define JOIN_PATIENCE (5 * SECOND) /* a longer comparison is left to the next run when a signal came */
#define FEED_SIZE ((size_t)16 << 20)
#define PAGE_SIZE ((size_t)8 << 20)
#define REMEMBERED (400 * DAY)
#define LOOK_MS ((i64)1000) /* the longest sleep between two looks for Ctrl-C */

i64 watch_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (i64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void watch_log(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("dragoman watch: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

drg_status watch_tell(watch *w, span doc, const char *code, const char *message, drg_error *error) {
    drg_problem problem = {.doc = doc, .stage = SPAN("watch"), .code = span_of(code), .message = span_of(message)};
    w->problems++;
    watch_log("%.*s: %s", (int)doc.len, doc.ptr, message);
    return output_problem(w->out, &problem, error);
}

/* ------------------------------------------------------------------ lists that grow */

static bool make_room(void **items, u32 count, u32 *room, size_t size) {
    if (count < *room) {
        return true;
    }
    u32 wider = *room > 0 ? *room * 2 : 64;
    void *moved = realloc(*items, wider * size);
    if (moved == NULL) {
        return false;
    }
    *items = moved;
    *room = wider;
    return true;
}

errand *watch_add_errand(watch *w, const errand *made) {
    errand *e = malloc(sizeof *e);
    if (e == NULL || !make_room((void **)&w->errands, w->errand_count, &w->errand_room, sizeof *w->errands)) {
        free(e);
        w->no_memory = true;
        return NULL;
    }
    *e = *made;
    w->errands[w->errand_count++] = e;
    return e;
}

u32 watch_find_host(watch *w, const fetch_address *address) {
    for (u32 i = 0; i < w->host_count; i++) {
        if (strcmp(w->hosts[i]->origin, address->origin) == 0) {
            return i;
        }
    }
    host *h = malloc(sizeof *h);
    if (h == NULL || !make_room((void **)&w->hosts, w->host_count, &w->host_room, sizeof *w->hosts) ||
        !host_open(h, address, w->state, span_of(w->token))) {
        free(h);
        w->no_memory = true;
        return NONE;
    }
    w->hosts[w->host_count++] = h;
    return w->host_count - 1;
}

static void drop_done_errands(watch *w) {
    u32 kept = 0;
    for (u32 i = 0; i < w->errand_count; i++) {
        errand *e = w->errands[i];
        if (e->is_done) {
            free(e->url);
            free(e);
        } else {
            w->errands[kept++] = e;
        }
    }
    w->errand_count = kept;
}

/* ------------------------------------------------------------------ sending */

static slot *free_slot(watch *w) {
    for (u32 i = 0; i < w->plan->jobs; i++) {
        if (w->slots[i].of == NULL) {
            return &w->slots[i];
        }
    }
    return NULL;
}

static bool is_private_allowed(const watch *w, const errand *e) {
    bool named_by_user = !e->is_item && e->hops == 0;
    return named_by_user || w->feeds[e->feed].known.is_private;
}

/* Sends `address` on the slot, for its errand or for the robots.txt that the errand needs. */
static void send_slot(watch *w, slot *s, const char *address) {
    errand *e = s->of;
    const state_feed *known = &w->feeds[e->feed].known;
    bool is_feed = !e->is_item && !s->asks_robots;
    fetch_request request = {.address = address, .private_allowed = is_private_allowed(w, e), .user = (u64)(s - w->slots)};
    request.size_cap = s->asks_robots ? ROBOTS_CAP : is_feed ? FEED_SIZE : PAGE_SIZE;
    if (is_feed) {
        request.accept = "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1";
        request.etag = known->etag;
        request.modified = known->modified;
    } else if (!s->asks_robots) {
        request.accept = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1";
    }
    char *copy = malloc(strlen(address) + 1);
    if (copy == NULL || !fetch_start(w->net, &request)) {
        w->no_memory = true;
        free(copy);
        s->of = NULL;
        return;
    }
    memcpy(copy, address, strlen(address) + 1);
    free(s->url);
    s->url = copy;
    e->busy = true;
    w->hosts[s->host]->busy = true;
}

static void start(watch *w, errand *e, bool asks_robots) {
    slot *s = free_slot(w);
    char file[400];
    free(s->url);
    *s = (slot){.of = e, .asks_robots = asks_robots, .host = e->host};
    snprintf(file, sizeof file, "%s/robots.txt", w->hosts[e->host]->origin);
    send_slot(w, s, asks_robots ? file : e->url);
}

static drg_status refuse(watch *w, errand *e, const char *code, const char *why, i64 until, drg_error *error) {
    return e->is_item ? watch_code_item(w, e, code, why, error) : watch_fail_feed(w, e, code, why, until, error);
}

/* Does what can be done for one errand now; `*wake`: when to look again. */
static drg_status consider(watch *w, errand *e, i64 now, i64 *wake, drg_error *error) {
    fetch_address address;
    char why[100];
    i64 until = e->due;
    if (e->busy || e->is_done || (w->plan->once && e->due > w->started)) {
        return DRG_OK;
    }
    if (e->due <= now && e->host == NONE) {
        return watch_code_item(w, e, NULL, "", error);
    }
    if (e->due <= now && free_slot(w) != NULL) {
        host *h = w->hosts[e->host];
        if (!fetch_address_read(span_of(e->url), NULL, &address, why)) {
            return refuse(w, e, "address", why, 0, error);
        }
        gate answer = host_gate(h, span_of(address.path), is_private_allowed(w, e), now, &until);
        switch (answer) {
            case GATE_OPEN:
            case GATE_ASK:
                start(w, e, answer == GATE_ASK);
                return DRG_OK;
            case GATE_CLOSED:
                return refuse(w, e, "robots", "robots.txt of its host does not allow it", now + DAY, error);
            case GATE_FORBIDDEN:
                return refuse(w, e, "private", "its host is in a private network, the feed is not", 0, error);
            case GATE_SILENT:
                if (!e->is_item) {
                    return watch_fail_feed(w, e, "robots-unreachable", "robots.txt of its host cannot be had", until, error);
                }
                e->due = until;
                return DRG_OK;
            case GATE_WAIT:
                break;
        }
    } else if (e->due <= now) {
        return DRG_OK; /* an answer will free a slot */
    }
    if (!w->plan->once || until <= now + PATIENCE) {
        *wake = until < *wake ? until : *wake;
    }
    return DRG_OK;
}

static drg_status consider_all(watch *w, i64 now, i64 *wake, drg_error *error) {
    drg_status status = DRG_OK;
    for (u32 i = 0; i < w->errand_count && status == DRG_OK && !interrupt_came(); i++) {
        status = consider(w, w->errands[i], now, wake, error);
    }
    drop_done_errands(w);
    return status == DRG_OK && w->no_memory ? drg_fail(error, DRG_ERROR_MEMORY, "watch", 0, "out of memory") : status;
}

/* ------------------------------------------------------------------ answers */

static bool is_redirect(const fetch_answer *a) {
    return a->outcome == FETCH_ANSWERED && a->location[0] != '\0' &&
           (a->status == 301 || a->status == 302 || a->status == 303 || a->status == 307 || a->status == 308);
}

static bool resolve(const char *from, const char *location, fetch_address *out, char why[100]) {
    fetch_address base;
    return fetch_address_read(span_of(from), NULL, &base, why) && fetch_address_read(span_of(location), &base, out, why);
}

static drg_status take_robots(watch *w, slot *s, const fetch_answer *answer, drg_error *error) {
    fetch_address to;
    char why[240];
    errand *e = s->of;
    host *h = w->hosts[s->host];
    if (is_redirect(answer) && s->hops < HOPS && resolve(s->url, answer->location, &to, why)) {
        s->hops++;
        send_slot(w, s, to.text);
        return DRG_OK;
    }
    if (!host_take_robots(h, answer, span_of(w->token), watch_now(), w->state)) {
        w->no_memory = true;
    }
    s->of = NULL;
    e->busy = false;
    if (h->known.since == 0 || h->known.is_known) {
        return state_check(w->state, error);
    }
    char doc[400];
    snprintf(doc, sizeof doc, "%s/robots.txt", h->origin);
    snprintf(why, sizeof why, "cannot be had (%s): nothing is fetched from this host until it answers",
             answer->outcome == FETCH_ANSWERED ? "the server fails" : answer->why);
    return watch_tell(w, span_of(doc), "robots-unreachable", why, error);
}

/* Sends the errand to where the redirect points, through that host's gate. */
static drg_status follow(watch *w, errand *e, const fetch_answer *answer, drg_error *error) {
    fetch_address to;
    char why[100], text[200];
    if (e->hops >= HOPS) {
        return refuse(w, e, "redirect", "redirected too many times", 0, error);
    }
    if (!resolve(e->url, answer->location, &to, why)) {
        snprintf(text, sizeof text, "redirected to \"%.60s\": %s", answer->location, why);
        return refuse(w, e, "redirect", text, 0, error);
    }
    char *copy = malloc(strlen(to.text) + 1);
    u32 at = watch_find_host(w, &to);
    if (copy == NULL || at == NONE) {
        free(copy);
        w->no_memory = true;
        return DRG_OK;
    }
    memcpy(copy, to.text, strlen(to.text) + 1);
    free(e->url);
    e->url = copy;
    e->host = at;
    e->hops++;
    return DRG_OK;
}

static drg_status take_answer(watch *w, const fetch_answer *answer, drg_error *error) {
    slot *s = &w->slots[answer->user];
    errand *e = s->of;
    if (s->asks_robots) {
        return take_robots(w, s, answer, error);
    }
    host *h = w->hosts[s->host];
    i64 now = watch_now();
    bool is_busy = answer->status == 429 || answer->status == 503;
    host_rest(h, now, w->plan->pause, is_busy ? schedule_read_retry_after(span_of(answer->retry_after), now) : SCHEDULE_UNSAID);
    s->of = NULL;
    e->busy = false;
    if (is_redirect(answer)) {
        return follow(w, e, answer, error);
    }
    return e->is_item ? watch_take_page(w, e, answer, error) : watch_take_feed(w, e, answer, error);
}

/* Compares the events of all reports when nothing waits to be coded. That goes over the whole desk, so it may
 * take a twentieth of the time at most. */
static drg_status join_reports(watch *w, drg_error *error) {
    i64 now = watch_now();
    bool items_wait = false;
    for (u32 i = 0; i < w->errand_count; i++) {
        items_wait = items_wait || (w->errands[i]->is_item && w->errands[i]->due <= now);
    }
    if (!w->has_unjoined || items_wait || now < w->join_at) {
        return DRG_OK;
    }
    DRG_TRY(output_commit(w->out, true, error));
    w->has_unjoined = false;
    w->join_cost = watch_now() - now;
    w->join_at = now + 20 * w->join_cost;
    return DRG_OK;
}

static drg_status run_loop(watch *w, drg_error *error) {
    drg_status status = DRG_OK;
    while (status == DRG_OK && !interrupt_came()) {
        i64 wake = INT64_MAX, now = watch_now();
        fetch_answer answer;
        DRG_TRY(consider_all(w, now, &wake, error));
        if (w->plan->once && wake == INT64_MAX && fetch_count(w->net) == 0) {
            break;
        }
        bool has_answer = fetch_wait(w->net, 0, &answer);
        if (!has_answer) {
            DRG_TRY(watch_commit(w, error));
            DRG_TRY(join_reports(w, error));
            i64 sleep = wake - watch_now();
            has_answer = fetch_wait(w->net, sleep < 0 ? 0 : sleep < LOOK_MS ? sleep : LOOK_MS, &answer);
        }
        status = has_answer ? take_answer(w, &answer, error) : DRG_OK;
    }
    return status == DRG_OK ? watch_commit(w, error) : status;
}

/* ------------------------------------------------------------------ begin and end */

static span show(watch *w, const fetch_address *address) {
    char text[sizeof address->origin + sizeof address->path];
    int size = snprintf(text, sizeof text, "%s%s", address->origin, address->path);
    span copy = arena_copy(&w->memory, (span){text, (size_t)size});
    return copy.ptr != NULL ? copy : span_of(address->origin);
}

static drg_status open_feeds(watch *w, drg_error *error) {
    w->feeds = calloc(w->list.feeds.count + 1, sizeof *w->feeds);
    if (w->feeds == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "watch", 0, "out of memory");
    }
    for (u32 i = 0; i < w->list.feeds.count; i++) {
        watched_feed *f = &w->feeds[i];
        f->listed = &w->list.feeds.items[i];
        f->address = span_of(f->listed->address.text);
        f->shown = show(w, &f->listed->address);
        state_get_feed(w->state, f->address, &f->known);
        errand e = {.url = strdup(f->listed->address.text), .feed = i, .host = watch_find_host(w, &f->listed->address), .due = f->known.next};
        e.due = e.due > w->started + 2 * SCHEDULE_WISH_CAP ? 0 : e.due; /* the clock was set back */
        if (e.url == NULL || e.host == NONE || watch_add_errand(w, &e) == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, "watch", 0, "out of memory");
        }
        if (w->plan->once && e.due > w->started) {
            watch_log("%.*s: not due for %lld s", (int)f->shown.len, f->shown.ptr, (long long)((e.due - w->started) / 1000));
        }
    }
    return state_check(w->state, error);
}

/* The items that an earlier run did not come to. Those of a feed that is no longer listed wait for its return. */
static drg_status open_items(watch *w, drg_error *error) {
    arena memory;
    state_items items = {0};
    arena_open(&memory, (size_t)1 << 30);
    bool good = state_list_items(w->state, &memory, &items);
    for (u32 i = 0; i < items.count && good; i++) {
        const state_item *item = &items.items[i];
        for (u32 f = 0; f < w->list.feeds.count; f++) {
            if (span_eq(w->feeds[f].address, item->feed)) {
                good = watch_queue_item(w, f, item);
                break;
            }
        }
    }
    arena_close(&memory);
    return good ? state_check(w->state, error) : drg_fail(error, DRG_ERROR_MEMORY, "watch", 0, "out of memory");
}

static drg_status tell_list(watch *w, drg_error *error) {
    for (u32 i = 0; i < w->list.complaints.count; i++) {
        const list_complaint *c = &w->list.complaints.items[i];
        drg_problem problem = {.doc = span_of(w->plan->list), .stage = SPAN("watch"), .code = SPAN("list"), .message = c->what, .offset = c->line};
        watch_log("%s:%u: %.*s", w->plan->list, c->line, (int)c->what.len, c->what.ptr);
        w->problems++;
        DRG_TRY(output_problem(w->out, &problem, error));
    }
    if (w->list.feeds.count == 0) {
        return drg_fail(error, DRG_ERROR_USE, w->plan->list, 0, "names no feed: write one address a line");
    }
    return DRG_OK;
}

static drg_status open_all(watch *w, const drg_engine *engine, drg_error *error) {
    output_plan to = {OUTPUT_NONE, w->plan->desk};
    fetch_limits limits = {w->plan->agent, w->plan->time_cap};
    DRG_TRY(watch_list_read(w->plan->list, &w->memory, &w->list, error));
    DRG_TRY(output_open(&w->out, &to, engine, error));
    DRG_TRY(state_open(&w->state, w->plan->state, error));
    DRG_TRY(tell_list(w, error));
    DRG_TRY(drg_coder_new(engine, &w->coder, error));
    DRG_TRY(fetch_open(&w->net, &limits, error));
    state_forget(w->state, w->started - REMEMBERED);
    DRG_TRY(open_feeds(w, error));
    return open_items(w, error);
}

static void close_all(watch *w) {
    fetch_close(w->net);
    for (u32 i = 0; i < w->errand_count; i++) {
        w->errands[i]->is_done = true;
    }
    drop_done_errands(w);
    for (u32 i = 0; i < w->host_count; i++) {
        host_close(w->hosts[i]);
        free(w->hosts[i]);
    }
    for (u32 i = 0; i < COUNT_OF(w->slots); i++) {
        free(w->slots[i].url);
    }
    state_close(w->state);
    drg_coder_free(w->coder);
    free(w->errands);
    free(w->hosts);
    free(w->feeds);
    free(w->done);
    arena_close(&w->memory);
}

static int finish(watch *w, drg_status status, drg_error *error) {
    if (w->out != NULL) {
        bool joins = status == DRG_OK && !(interrupt_came() && w->join_cost > JOIN_PATIENCE);
        drg_status closed = output_close(w->out, joins, status == DRG_OK ? error : NULL);
        status = status == DRG_OK ? closed : status;
    }
    if (status != DRG_OK) {
        error->status = status;
        return status == DRG_ERROR_INPUT ? (cli_report_error(error), EXIT_INPUT) : cli_report_error(error);
    }
    watch_log("%llu polls, %llu new items, %llu reports, %llu events, %llu problems", (unsigned long long)w->polls,
              (unsigned long long)w->new_items, (unsigned long long)w->reports, (unsigned long long)w->events,
              (unsigned long long)w->problems);
    if (interrupt_came()) {
        watch_log("interrupted; what is finished is kept, the same command goes on");
        return EXIT_INTERRUPTED;
    }
    return w->failed_feeds > 0 || w->list.complaints.count > 0 ? EXIT_INPUT : EXIT_DONE;
}

int watch_run(const watch_plan *plan, const drg_engine *engine) {
    watch *w = calloc(1, sizeof *w);
    drg_error error = {0};
    if (w == NULL) {
        drg_fail(&error, DRG_ERROR_MEMORY, "watch", 0, "out of memory");
        return cli_report_error(&error);
    }
    w->plan = plan;
    w->started = watch_now();
    snprintf(w->token, sizeof w->token, "%.*s", (int)strcspn(plan->agent, "/ "), plan->agent);
    arena_open(&w->memory, (size_t)256 << 20);
    signal(SIGPIPE, SIG_IGN);
    interrupt_watch();
    drg_status status = open_all(w, engine, &error);
    if (status == DRG_OK) {
        status = run_loop(w, &error);
    }
    int code = finish(w, status, &error);
    close_all(w);
    free(w);
    return code;
}

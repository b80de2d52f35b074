// SPDX-License-Identifier: Apache-2.0
/* In: the answers of one host.   Out: may this be fetched, and when?
 *
 * After RFC 9309, section 2.3.1: a robots.txt that is there counts for a day at most; one that is not (404 and
 * its like) allows everything; one that cannot be had (500, 429, no connection) forbids everything, unless an
 * older copy is known, until the host has been silent for thirty days. */
#include "fetch/host.h"

#define FRESH_LEAST HOUR
#define FRESH_MOST DAY
#define FIRST_RETRY (5 * MINUTE)
#define FIRST_RETRY_LOCAL SECOND
#define SILENCE (30 * DAY)

static bool read_rules(host *h, span agent) { return robots_read(h->known.robots, agent, &h->memory, &h->rules); }

bool host_open(host *h, const fetch_address *address, state *memory, span agent) {
    *h = (host){.is_local = address->is_local};
    snprintf(h->origin, sizeof h->origin, "%s", address->origin);
    arena_open(&h->memory, (size_t)16 << 20);
    state_get_host(memory, span_of(h->origin), &h->memory, &h->known);
    return read_rules(h, agent);
}

void host_close(host *h) { arena_close(&h->memory); }

gate host_gate(const host *h, span path, bool private_allowed, i64 now, i64 *until) {
    *until = h->free_at;
    if (h->forbidden && !private_allowed) {
        return GATE_FORBIDDEN;
    }
    if (h->busy || now < h->free_at) {
        *until = h->busy ? INT64_MAX : h->free_at;
        return GATE_WAIT;
    }
    if (now >= h->known.expires || h->known.expires > now + 2 * SCHEDULE_WISH_CAP) { /* the clock may have been set back */
        return GATE_ASK;
    }
    if (!h->known.is_known && h->known.since > 0 && now - h->known.since < SILENCE) {
        *until = h->known.expires;
        return GATE_SILENT;
    }
    return robots_allows(&h->rules, path) ? GATE_OPEN : GATE_CLOSED;
}

void host_rest(host *h, i64 now, i64 pause, i64 retry_after) {
    i64 least = h->is_local ? 0 : SECOND;
    pause = pause > least ? pause : least;
    pause = pause > h->rules.delay ? pause : h->rules.delay;
    h->busy = false;
    h->free_at = schedule_retry(now, pause, 1, retry_after);
}

bool host_take_robots(host *h, const fetch_answer *answer, span agent, i64 now, state *memory) {
    i64 age = schedule_read_max_age(span_of(answer->cache_control));
    bool answered = answer->outcome == FETCH_ANSWERED || answer->outcome == FETCH_TOO_LARGE;
    h->busy = false;
    if (answer->outcome == FETCH_FORBIDDEN) {
        h->forbidden = true;
        return true;
    }
    if (answered && answer->status < 500 && answer->status != 429) {
        bool there = answer->status >= 200 && answer->status < 300;
        age = age < 0 || age > FRESH_MOST ? FRESH_MOST : age < FRESH_LEAST ? FRESH_LEAST : age;
        arena_reset(&h->memory);
        h->known = (state_host){.is_known = true, .expires = now + age};
        h->known.robots = there ? arena_copy(&h->memory, answer->body) : (span){"", 0};
        if (h->known.robots.ptr == NULL || !read_rules(h, agent)) {
            return false;
        }
    } else {
        h->known.failures++;
        h->known.since = h->known.since > 0 ? h->known.since : now;
        h->known.expires = schedule_retry(now, h->is_local ? FIRST_RETRY_LOCAL : FIRST_RETRY, h->known.failures,
                                          schedule_read_retry_after(span_of(answer->retry_after), now));
    }
    state_put_host(memory, span_of(h->origin), &h->known);
    return true;
}

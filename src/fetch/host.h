// SPDX-License-Identifier: Apache-2.0
/* One host: its robots.txt, and when it may be asked the next time. */
#ifndef DRG_FETCH_HOST_H
#define DRG_FETCH_HOST_H

#include "fetch/request.h"
#include "fetch/robots.h"
#include "fetch/state.h"

typedef struct {
    char origin[300]; /* "https://news.example" */
    bool is_local;    /* this machine: no least pause */
    arena memory;     /* of rules and known.robots */
    robots rules;
    state_host known;
    i64 free_at;      /* the next request not before */
    bool busy;        /* one is under way */
    bool forbidden;   /* in a private network, and asked for by a feed that is not */
} host;

typedef enum {
    GATE_OPEN,
    GATE_WAIT,      /* come back at `until` */
    GATE_ASK,       /* robots.txt has to be asked for first */
    GATE_CLOSED,    /* robots.txt says no */
    GATE_SILENT,    /* robots.txt cannot be had: nothing is fetched before `until` */
    GATE_FORBIDDEN, /* see host.forbidden */
} gate;

bool host_open(host *h, const fetch_address *address, state *memory, span agent);
void host_close(host *h);
/* May this path be asked for now? */
gate host_gate(const host *h, span path, bool private_allowed, i64 now, i64 *until);
/* Notes that a request ended: the next one comes a pause later, or when the server says. */
void host_rest(host *h, i64 now, i64 pause, i64 retry_after);
/* Takes the answer to /robots.txt (redirects are followed by the caller) and keeps it. False: memory is out. */
bool host_take_robots(host *h, const fetch_answer *answer, span agent, i64 now, state *memory);

#endif

// SPDX-License-Identifier: Apache-2.0
/* dragoman watch, in four rooms:
 *
 *   watch.c         the command line
 *   watch_list.c    the file that names the feeds
 *   watch_run.c     errands: which address is asked for next, and when
 *   watch_answer.c  what is done with an answer: items out of feeds, reports out of pages
 *
 * An errand is a feed to be polled or an item to be coded.  Everything runs in one thread; requests wait
 * together (fetch/request.h).  The desk is committed before the state, so that a crash between the two does a
 * piece of work twice under the same id and never loses one. */
#ifndef DRG_CLI_WATCH_H
#define DRG_CLI_WATCH_H

#include "cli/output.h"

#ifdef DRG_WATCH
#include "cli/watch_list.h"
#include "fetch/host.h"
#endif

typedef struct {
    const char *list, *desk, *state, *agent;
    i64 every, pause, time_cap; /* ms */
    u32 jobs;                   /* requests under way at once */
    bool once, no_pages;
} watch_plan;

/* watch_run.c, or no_watch.c where the program was built without libcurl. */
int watch_run(const watch_plan *plan, const drg_engine *engine);

#ifdef DRG_WATCH
typedef struct {
    char *url;           /* heap; where it is now: redirects change it */
    u32 feed, host;      /* indices */
    i64 due;             /* not before */
    u32 hops, attempts;
    bool is_item, busy, is_done;
    char key[STATE_KEY]; /* of an item */
} errand;

typedef struct {
    const listed_feed *listed;
    state_feed known;
    span address; /* as listed */
    span shown;   /* the same without a password */
} watched_feed;

typedef struct {
    errand *of;       /* NULL: free */
    bool asks_robots;
    u32 host, hops;   /* hops: of robots.txt */
    char *url;        /* heap */
} slot;

typedef struct watch {
    const watch_plan *plan;
    char token[64];   /* our name in robots.txt */
    arena memory;     /* of the list */
    watch_list list;
    watched_feed *feeds;
    errand **errands; /* the feeds' first, then items in the order of coming */
    u32 errand_count, errand_room;
    host **hosts;
    u32 host_count, host_room;
    slot slots[64];
    fetcher *net;
    state *state;
    output *out;
    drg_coder *coder;
    char (*done)[STATE_KEY]; /* items whose reports wait for the desk's commit */
    u32 done_count, done_room;
    i64 started, join_at, join_cost; /* when events of different reports are next compared, and how long it took */
    bool has_unjoined;
    u64 polls, new_items, reports, events, problems, failed_feeds;
    bool no_memory;
} watch;

i64 watch_now(void);
void watch_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A problem record and a line of log. */
drg_status watch_tell(watch *w, span doc, const char *code, const char *message, drg_error *error);
errand *watch_add_errand(watch *w, const errand *made);
/* The index of an address's host, or NONE when memory is out. */
u32 watch_find_host(watch *w, const fetch_address *address);

/* watch_answer.c */
/* An errand for an item that waits, under the way to its page if one is to be fetched.  False: memory is out. */
bool watch_queue_item(watch *w, u32 of_feed, const state_item *item);
drg_status watch_take_feed(watch *w, errand *e, const fetch_answer *answer, drg_error *error);
drg_status watch_take_page(watch *w, errand *e, const fetch_answer *answer, drg_error *error);
/* A feed that cannot be asked for: tells it, and when it is tried again (0: as after any failure). */
drg_status watch_fail_feed(watch *w, errand *e, const char *code, const char *why, i64 until, drg_error *error);
/* An item's report from the feed's own text; `code` (may be NULL) and `why` say what is wrong with its page. */
drg_status watch_code_item(watch *w, errand *e, const char *code, const char *why, drg_error *error);
/* Commits the desk, then marks the items that are in it. */
drg_status watch_commit(watch *w, drg_error *error);
#endif

#endif

// SPDX-License-Identifier: Apache-2.0
/* What a watch knows between two runs: a small SQLite file of its own beside the desk.
 *
 *   feeds   validators, the feed's wishes, when to ask next
 *   items   each item ever seen, by its key; until its report is in the desk, also all that the feed said of it
 *   hosts   robots.txt, and until when it counts
 *
 * Every call that writes is one transaction, or stands inside state_begin ... state_commit.  After a failure
 * all later calls do nothing, so only state_check has to be asked. */
#ifndef DRG_FETCH_STATE_H
#define DRG_FETCH_STATE_H

#include "base/arena.h"
#include "fetch/schedule.h"

typedef struct state state;

typedef struct {
    char etag[256], modified[64];
    schedule_wishes wishes; /* max_age and retry_after unsaid */
    i64 next;               /* when to ask; 0: at once */
    u32 failures;           /* in a row */
    bool is_private;        /* its host was found in a private network */
} state_feed;

#define STATE_KEY 33 /* 32 hex digits, NUL */
typedef struct {
    char key[STATE_KEY];
    span feed; /* its address */
    span url, title, date, outlet, byline, lang, body;
    span fetched;   /* day it was first seen, ISO */
    bool is_markup; /* the body is HTML */
    u32 attempts;
    i64 next;
} state_item;

typedef struct {
    span robots;    /* the file; empty: everything is allowed */
    bool is_known;  /* an answer was had once */
    i64 expires;    /* of the file, or of the failure */
    i64 since;      /* failing since; 0: it does not fail */
    u32 failures;
} state_host;

drg_status state_open(state **out, const char *path, drg_error *error);
void state_close(state *s);
/* DRG_OK, or what failed first. */
drg_status state_check(const state *s, drg_error *error);
void state_begin(state *s);
void state_commit(state *s);

/* Fills `out`; a feed never asked for is all zero. */
void state_get_feed(state *s, span address, state_feed *out);
void state_put_feed(state *s, span address, const state_feed *feed);
/* True: the item is new, and is kept until state_finish_item; false: it was seen before, `now` is noted. */
bool state_add_item(state *s, const state_item *item, i64 now);
void state_delay_item(state *s, const char *key, u32 attempts, i64 next);
void state_finish_item(state *s, const char *key);
/* The items that wait, oldest first: key, feed, url, attempts, next; texts in `memory`. */
typedef LIST(state_item) state_items;
bool state_list_items(state *s, arena *memory, state_items *out);
/* All of one item; false: there is none. */
bool state_get_item(state *s, const char *key, arena *memory, state_item *out);
/* False: never asked.  The robots text lives in `memory`. */
bool state_get_host(state *s, span origin, arena *memory, state_host *out);
void state_put_host(state *s, span origin, const state_host *host);
/* Forgets items no feed has shown since `before`. */
void state_forget(state *s, i64 before);

#endif

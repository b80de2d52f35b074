// SPDX-License-Identifier: Apache-2.0
/* The file that names the feeds: one a line, ADDRESS [INTERVAL] [OUTLET].
 *
 *     # the harbour towns
 *     https://harbour.example/rss.xml
 *     https://quay.example/atom        2h   The Quay
 *     https://minutes.example/feed          "20 Minutes" */
#ifndef DRG_CLI_WATCH_LIST_H
#define DRG_CLI_WATCH_LIST_H

#include "base/arena.h"
#include "fetch/address.h"

typedef struct {
    fetch_address address;
    char *outlet; /* empty: what the feed calls itself */
    i64 every;    /* ms; 0: as for all */
} listed_feed;

typedef struct {
    u32 line;
    span what;
} list_complaint;

typedef struct {
    LIST(listed_feed) feeds;
    LIST(list_complaint) complaints; /* lines that are passed over, and why */
} watch_list;

/* DRG_ERROR_INPUT: the file cannot be read. */
drg_status watch_list_read(const char *path, arena *memory, watch_list *out, drg_error *error);

#endif

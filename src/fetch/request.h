// SPDX-License-Identifier: Apache-2.0
/* Requests over HTTP, many under way at once, in one thread.
 *
 *     fetch_open(&f, &limits, &error);
 *     fetch_start(f, &request);                                  any number of times
 *     while (fetch_wait(f, 1000, &answer)) ...                   one finished request a call
 *     fetch_close(f);                                            drops what is under way
 *
 * What is fixed: http and https only, certificates verified, no cookies, no redirect followed (the answer
 * says where to), no more than size_cap unpacked bytes kept, no address of a private network unless allowed. */
#ifndef DRG_FETCH_REQUEST_H
#define DRG_FETCH_REQUEST_H

#include "fetch/address.h"

typedef struct fetcher fetcher;

typedef struct {
    const char *agent; /* User-Agent */
    i64 time_cap;      /* ms for a whole request */
} fetch_limits;

typedef struct {
    const char *address;
    const char *accept;          /* header, or NULL */
    const char *etag, *modified; /* validators of the copy we have; "" or NULL: none */
    size_t size_cap;             /* bytes */
    bool private_allowed;        /* may the host be in a private network? */
    u64 user;                    /* comes back with the answer */
} fetch_request;

typedef enum {
    FETCH_ANSWERED,  /* see status */
    FETCH_TOO_LARGE, /* body holds its first size_cap bytes */
    FETCH_TIMED_OUT,
    FETCH_FORBIDDEN, /* a private address */
    FETCH_FAILED,    /* no connection, no host, a bad certificate ...: see why */
} fetch_outcome;

typedef struct {
    u64 user;
    fetch_outcome outcome;
    long status; /* 200, 304 ...; 0 when there was no answer */
    span body;   /* lives until the next call */
    bool is_private;
    char etag[256], modified[64], type[80], charset[40], retry_after[64], cache_control[160], location[ADDRESS_ROOM];
    char why[120]; /* "time ran out after 30 s"; empty when answered */
} fetch_answer;

drg_status fetch_open(fetcher **out, const fetch_limits *limits, drg_error *error);
void fetch_close(fetcher *f);
/* False when memory is out. */
bool fetch_start(fetcher *f, const fetch_request *request);
/* Waits at most `ms`, for less when a signal comes; true: `answer` is filled. */
bool fetch_wait(fetcher *f, i64 ms, fetch_answer *answer);
u32 fetch_count(const fetcher *f); /* under way */

#endif

// SPDX-License-Identifier: Apache-2.0
/* The page's server: a desk behind an API (docs/api.md), and the page itself.
 *
 *   serve_open -> (serve_answer*) -> serve_close         without a network: tests and fuzzing
 *   serve_open -> serve_listen -> ... -> serve_hang_up -> serve_close
 *
 *   request.h    one request, whoever brought it: names, values, checks
 *   api.c        which path is answered by what; errors; limits
 *   server.c     the only file that knows of HTTP: libmicrohttpd, sockets, headers
 *   bundle.h     the page's files, built into the program
 *   desk.c       connections to the desk, the engine, and the image that is kept up to date behind the requests
 *   image.h      the desk in memory; choose.h filter words over it; tally.h counts by group
 *   explore.c events.c why.c reader.c dyads.c actors.c accords.c claims.c sources.c audit.c verdicts.c runs.c sql.c suggest.c
 *                what each screen asks
 *   exports.c    files, streamed
 *
 * Threads: serve_answer may be called by any number of them at once. */
#ifndef DRG_SERVE_SERVE_H
#define DRG_SERVE_SERVE_H

#include "dragoman.h"
#include "serve/request.h"

typedef struct serve serve;

typedef struct {
    const char *address;   /* of the desk */
    drg_options engine;    /* data folder and lists; what they point to must live until serve_close */
    const char *token;     /* that lets write; NULL: nothing can be written */
    bool guarded;          /* every request under /api needs the token */
    bool read_only;        /* nothing is written, not even with it */
} serve_options;

/* Opens the desk and begins to read it behind the caller's back. */
drg_status serve_open(serve **out, const serve_options *options, drg_error *error);
void serve_close(serve *s);
/* Waits until the desk has been read, or could not be: then the reason. */
drg_status serve_wait(serve *s, drg_error *error);

typedef drg_status (*serve_stream)(void *user, drg_sink sink, void *sink_user);
typedef struct {
    int status;            /* of HTTP */
    const char *type;      /* Content-Type */
    char *bytes;           /* the owner's to free */
    size_t len;
    char file[96];         /* to be saved under this name; empty: shown */
    /* Instead of bytes: writes all of them into a sink, and frees `user`. */
    serve_stream stream;
    void *user;
    void (*drop)(void *user); /* where it is never streamed */
} serve_answered;
void serve_answer(serve *s, const serve_request *r, serve_answered *out);

/* ------------------------------------------------------------------ server.c */

typedef struct {
    const char *listen;    /* NULL: loopback only */
    int port;              /* 0: any that is free */
    const char *host;      /* a name that Host may have besides; NULL */
} serve_place;

typedef struct serve_listener serve_listener;
drg_status serve_listen(serve_listener **out, serve *s, const serve_place *place, drg_error *error);
int serve_port(const serve_listener *l);
/* Finishes what is being answered. */
void serve_hang_up(serve_listener *l);

#endif

// SPDX-License-Identifier: Apache-2.0
/* What goes back over a connection, with the headers that keep a browser safe: an error, an answer of the API (whole, or
 * streamed by a thread of its own through a pipe), a file of the page. */
#ifndef DRG_SERVE_RESPONSE_H
#define DRG_SERVE_RESPONSE_H

#include <microhttpd.h>
#include <pthread.h>

#include "serve/serve.h"

/* Lets few answers be streamed at once. */
typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t turned;
    u32 running;
    bool closed;
} stream_gate;
void gate_open(stream_gate *gate);
/* Waits for those that are being streamed. */
void gate_close(stream_gate *gate);

const char *response_header_of(struct MHD_Connection *c, const char *name); /* NULL: not sent */
enum MHD_Result response_send_error(struct MHD_Connection *c, int status, const char *code, const char *message);
enum MHD_Result response_send_answer(stream_gate *gate, struct MHD_Connection *c, serve_answered *answer);
enum MHD_Result response_send_page(struct MHD_Connection *c, const char *path);

#endif

// SPDX-License-Identifier: Apache-2.0
/* HTTP around the API and the page: requests, limits, connections.
 *
 * A connection has a thread of its own, so that one that waits for a slow question keeps nobody else waiting.  Where a
 * request is not whole 30 seconds after it could begin, its connection is closed by a watchman, whatever trickles in. */
#include <microhttpd.h>

#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/inside.h"
#include "serve/response.h"
#include "serve/sockets.h"

#define BODY_BYTES ((size_t)256 << 10)
#define HEAD_BYTES ((size_t)24 << 10) /* of a connection: request line, headers, and what we put before an answer */
#define CONNECTIONS 256
#define PATIENCE 30 /* seconds */

typedef struct {
    int socket;     /* -1: free */
    i64 since;      /* a request can begin, in seconds */
    bool answering; /* one is whole, and is being answered */
} connection_slot;

struct serve_listener {
    serve *s;
    serve_place place;
    bool loopback;
    int port;
    struct MHD_Daemon *daemons[2];
    pthread_mutex_t lock;
    pthread_cond_t turned;
    connection_slot slots[CONNECTIONS * 2];
    stream_gate gate;
    bool ending, watching;
    pthread_t watchman;
};

/* One request while it comes in. */
typedef struct {
    char *body;
    size_t len, room;
    bool too_large, bad_argument;
    serve_request request;
} incoming;

static i64 seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (i64)now.tv_sec;
}

/* ------------------------------------------------------------------ requests */

static enum MHD_Result take_argument(void *user, enum MHD_ValueKind kind, const char *name, size_t name_size, const char *text, size_t text_size) {
    incoming *in = user;
    (void)kind;
    in->bad_argument |= strlen(name) != name_size || (text != NULL && strlen(text) != text_size);
    request_add(&in->request, name, text);
    return MHD_YES;
}

static bool take_body(incoming *in, const char *bytes, size_t size) {
    if (in->too_large || size > BODY_BYTES - in->len) {
        in->too_large = true;
        return true;
    }
    if (in->len + size + 1 > in->room) {
        size_t room = (in->len + size + 1) * 2;
        char *wider = realloc(in->body, room);
        if (wider == NULL) {
            return false;
        }
        in->body = wider;
        in->room = room;
    }
    memcpy(in->body + in->len, bytes, size);
    in->len += size;
    in->body[in->len] = '\0';
    return true;
}

/* NULL, or the code of what is wrong with who asks. */
static const char *judge(const serve_listener *l, struct MHD_Connection *c, const char **message) {
    const char *host = response_header_of(c, "Host"), *site = response_header_of(c, "Sec-Fetch-Site");
    if (!request_host_is_good(host, l->loopback, l->place.host)) {
        *message = "the page is served under the address that dragoman serve has printed, and under no other name";
        return "host";
    }
    bool foreign = site != NULL && strcmp(site, "cross-site") == 0 && strcmp("navigate", response_header_of(c, "Sec-Fetch-Mode") != NULL ? response_header_of(c, "Sec-Fetch-Mode") : "") != 0;
    if (foreign || !request_origin_is_good(response_header_of(c, "Origin"), host)) {
        *message = "another site asked: only the page itself may";
        return "origin";
    }
    return NULL;
}

static void mark_answering(serve_listener *l, struct MHD_Connection *c, bool whole) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    connection_slot *slot = info != NULL ? info->socket_context : NULL;
    pthread_mutex_lock(&l->lock);
    if (slot != NULL) {
        slot->answering = whole;
        slot->since = seconds_now();
    }
    pthread_mutex_unlock(&l->lock);
}

static enum MHD_Result answer_whole(serve_listener *l, struct MHD_Connection *c, const char *path, const char *method, incoming *in) {
    serve_answered answer;
    mark_answering(l, c, true);
    bool get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    if (strncmp(path, "/api/", 5) != 0) {
        return get ? response_send_page(c, path) : response_send_error(c, 405, "method", "the page is only to be read");
    }
    if (in->too_large) {
        return response_send_error(c, 413, "large", "the body has more than 256 kB");
    }
    in->request.method = get ? "GET" : method;
    in->request.path = path;
    in->request.token = response_header_of(c, "Dragoman-Token");
    in->request.body = (span){in->body != NULL ? in->body : "", in->len};
    MHD_get_connection_values_n(c, MHD_GET_ARGUMENT_KIND, take_argument, in);
    in->request.overfull |= in->bad_argument;
    serve_answer(l->s, &in->request, &answer);
    return response_send_answer(&l->gate, c, &answer);
}

static enum MHD_Result handle(void *user, struct MHD_Connection *c, const char *path, const char *method, const char *version, const char *upload,
                              size_t *size, void **held) {
    serve_listener *l = user;
    incoming *in = *held;
    const char *message = "";
    (void)version;
    if (in == NULL) {
        const char *code = judge(l, c, &message);
        if (code != NULL) {
            return response_send_error(c, 403, code, message);
        }
        *held = calloc(1, sizeof *in);
        return *held != NULL ? MHD_YES : MHD_NO;
    }
    if (*size > 0) {
        bool taken = take_body(in, upload, *size);
        *size = 0;
        return taken ? MHD_YES : MHD_NO;
    }
    return answer_whole(l, c, path, method, in);
}

static void complete(void *user, struct MHD_Connection *c, void **held, enum MHD_RequestTerminationCode code) {
    incoming *in = *held;
    (void)code;
    if (in != NULL) {
        free(in->body);
        free(in);
    }
    *held = NULL;
    mark_answering(user, c, false);
}

/* ------------------------------------------------------------------ connections */

static void note_connection(void *user, struct MHD_Connection *c, void **held, enum MHD_ConnectionNotificationCode code) {
    serve_listener *l = user;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
    pthread_mutex_lock(&l->lock);
    connection_slot *slot = *held;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED && slot != NULL) {
        slot->socket = -1;
        *held = NULL;
    }
    for (size_t i = 0; code == MHD_CONNECTION_NOTIFY_STARTED && slot == NULL && info != NULL && i < COUNT_OF(l->slots); i++) {
        if (l->slots[i].socket < 0) {
            slot = &l->slots[i];
            *slot = (connection_slot){info->connect_fd, seconds_now(), false};
            *held = slot;
        }
    }
    pthread_mutex_unlock(&l->lock);
}

static void *watch_connections(void *user) {
    serve_listener *l = user;
    pthread_mutex_lock(&l->lock);
    while (!l->ending) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += 1;
        pthread_cond_timedwait(&l->turned, &l->lock, &until);
        for (size_t i = 0; i < COUNT_OF(l->slots); i++) {
            connection_slot *slot = &l->slots[i];
            if (slot->socket >= 0 && !slot->answering && seconds_now() - slot->since > PATIENCE) {
                shutdown(slot->socket, SHUT_RDWR);
            }
        }
    }
    pthread_mutex_unlock(&l->lock);
    return NULL;
}

/* ------------------------------------------------------------------ life */

static drg_status start_daemon(serve_listener *l, int socket_, int at, drg_error *error) {
    l->daemons[at] = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL | MHD_USE_ITC, 0, NULL, NULL, handle, l, MHD_OPTION_LISTEN_SOCKET, socket_,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)PATIENCE, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)HEAD_BYTES, MHD_OPTION_NOTIFY_COMPLETED, complete, l, MHD_OPTION_NOTIFY_CONNECTION, note_connection, l, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_END);
    if (l->daemons[at] == NULL) {
        close(socket_);
        return drg_fail(error, DRG_ERROR_MEMORY, "", 0, "the server could not be started");
    }
    return DRG_OK;
}

static drg_status listen_all(serve_listener *l, drg_error *error) {
    serve_sockets sockets;
    DRG_TRY(sockets_open(&sockets, &l->place, error));
    l->port = sockets.port;
    l->loopback = sockets.loopback;
    drg_status status = DRG_OK;
    for (int i = 0; i < sockets.count; i++) {
        if (status == DRG_OK) {
            status = start_daemon(l, sockets.at[i], i, error);
        } else {
            close(sockets.at[i]);
        }
    }
    return status;
}

drg_status serve_listen(serve_listener **out, serve *s, const serve_place *where, drg_error *error) {
    serve_listener *l = *out = calloc(1, sizeof *l);
    if (l == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "", 0, "out of memory");
    }
    l->s = s;
    l->place = *where;
    for (size_t i = 0; i < COUNT_OF(l->slots); i++) {
        l->slots[i].socket = -1;
    }
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->turned, NULL);
    gate_open(&l->gate);
    signal(SIGPIPE, SIG_IGN); /* whoever stops reading is told by the call that writes */
    drg_status status = listen_all(l, error);
    l->watching = status == DRG_OK && pthread_create(&l->watchman, NULL, watch_connections, l) == 0;
    if (status != DRG_OK) {
        serve_hang_up(l);
        *out = NULL;
    }
    return status;
}

int serve_port(const serve_listener *l) { return l->port; }

void serve_hang_up(serve_listener *l) {
    if (l == NULL) {
        return;
    }
    pthread_mutex_lock(&l->lock);
    l->ending = true;
    pthread_cond_broadcast(&l->turned);
    pthread_mutex_unlock(&l->lock);
    for (int i = 0; i < 2; i++) {
        if (l->daemons[i] != NULL) {
            MHD_stop_daemon(l->daemons[i]);
        }
    }
    if (l->watching) {
        pthread_join(l->watchman, NULL);
    }
    gate_close(&l->gate);
    pthread_cond_destroy(&l->turned);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

// SPDX-License-Identifier: Apache-2.0
/* HTTP around the API and the page: sockets, headers, limits.
 *
 * A connection has a thread of its own, so that one that waits for a slow question keeps nobody else waiting.  Where a
 * request is not whole 30 seconds after it could begin, its connection is closed by a watchman, whatever trickles in. */
#include <microhttpd.h>

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/bundle.h"
#include "serve/inside.h"

#define BODY_BYTES ((size_t)256 << 10)
#define HEAD_BYTES ((size_t)24 << 10) /* of a connection: request line, headers, and what we put before an answer */
#define CONNECTIONS 256
#define PATIENCE 30 /* seconds */
#define STREAMS 4

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
    u32 streams;
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

/* ------------------------------------------------------------------ answers */

static const char *const safe_headers[][2] = {
    {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self';"
                                " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
};

static void add_safe_headers(struct MHD_Response *response) {
    for (size_t i = 0; i < COUNT_OF(safe_headers); i++) {
        MHD_add_response_header(response, safe_headers[i][0], safe_headers[i][1]);
    }
}

static enum MHD_Result send_response(struct MHD_Connection *c, int status, struct MHD_Response *response) {
    if (response == NULL) {
        return MHD_NO;
    }
    add_safe_headers(response);
    enum MHD_Result sent = MHD_queue_response(c, (unsigned)status, response);
    MHD_destroy_response(response);
    return sent;
}

static enum MHD_Result send_error(struct MHD_Connection *c, int status, const char *code, const char *message) {
    char text[400];
    int len = snprintf(text, sizeof text, "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}", code, message);
    struct MHD_Response *response = MHD_create_response_from_buffer((size_t)len, text, MHD_RESPMEM_MUST_COPY);
    if (response != NULL) {
        MHD_add_response_header(response, "Content-Type", "application/json; charset=utf-8");
        MHD_add_response_header(response, "Cache-Control", "no-store");
    }
    return send_response(c, status, response);
}

/* ------------------------------------------------------------------ streams */

typedef struct {
    serve_listener *l;
    serve_stream stream;
    void *user;
    int pipe;
} streaming;

static drg_status write_to_pipe(void *user, const char *bytes, size_t size) {
    int pipe_end = *(int *)user;
    while (size > 0) {
        ssize_t written = write(pipe_end, bytes, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return DRG_ERROR_OUTPUT; /* nobody reads any more */
        }
        bytes += written;
        size -= (size_t)written;
    }
    return DRG_OK;
}

static void end_stream(serve_listener *l) {
    pthread_mutex_lock(&l->lock);
    l->streams--;
    pthread_cond_broadcast(&l->turned);
    pthread_mutex_unlock(&l->lock);
}

static void *run_stream(void *user) {
    streaming *w = user;
    w->stream(w->user, write_to_pipe, &w->pipe);
    close(w->pipe);
    end_stream(w->l);
    free(w);
    return NULL;
}

static bool claim_stream(serve_listener *l) {
    pthread_mutex_lock(&l->lock);
    bool free_one = l->streams < STREAMS && !l->ending;
    l->streams += free_one;
    pthread_mutex_unlock(&l->lock);
    return free_one;
}

/* A thread writes into a pipe that the connection's thread reads from; -1: it could not be had. */
static int start_stream(serve_listener *l, const serve_answered *answer) {
    int ends[2];
    pthread_t thread;
    streaming *w = malloc(sizeof *w);
    if (w == NULL || pipe(ends) != 0) {
        free(w);
        return -1;
    }
    *w = (streaming){l, answer->stream, answer->user, ends[1]};
    if (pthread_create(&thread, NULL, run_stream, w) != 0) {
        close(ends[0]);
        close(ends[1]);
        free(w);
        return -1;
    }
    pthread_detach(thread);
    return ends[0];
}

static enum MHD_Result send_stream(serve_listener *l, struct MHD_Connection *c, const serve_answered *answer) {
    if (!claim_stream(l)) {
        answer->drop(answer->user);
        return send_error(c, 429, "busy", "too many files at once: ask again when one is done");
    }
    int from = start_stream(l, answer);
    if (from < 0) {
        answer->drop(answer->user);
        end_stream(l);
        return send_error(c, 500, "broken", "no pipe or thread could be had");
    }
    struct MHD_Response *response = MHD_create_response_from_pipe(from);
    if (response == NULL) {
        close(from);
        return MHD_NO;
    }
    char disposition[160];
    snprintf(disposition, sizeof disposition, "attachment; filename=\"%s\"", answer->file);
    MHD_add_response_header(response, "Content-Type", answer->type);
    MHD_add_response_header(response, "Content-Disposition", disposition);
    MHD_add_response_header(response, "Cache-Control", "no-store");
    return send_response(c, answer->status, response);
}

static enum MHD_Result send_answer(serve_listener *l, struct MHD_Connection *c, serve_answered *answer) {
    if (answer->stream != NULL) {
        return send_stream(l, c, answer);
    }
    char disposition[160];
    struct MHD_Response *response = MHD_create_response_from_buffer(answer->len, answer->bytes != NULL ? answer->bytes : (void *)"",
                                                                    answer->bytes != NULL ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (response == NULL) {
        free(answer->bytes);
        return MHD_NO;
    }
    MHD_add_response_header(response, "Content-Type", answer->type);
    MHD_add_response_header(response, "Cache-Control", "no-store");
    if (answer->file[0] != '\0') {
        snprintf(disposition, sizeof disposition, "attachment; filename=\"%s\"", answer->file);
        MHD_add_response_header(response, "Content-Disposition", disposition);
    }
    if (answer->status == 503 || answer->status == 429) {
        MHD_add_response_header(response, "Retry-After", "1");
    }
    return send_response(c, answer->status, response);
}

/* ------------------------------------------------------------------ the page */

static const bundle_file *find_file(const char *path) {
    for (const bundle_file *f = bundle_files; f->path != NULL; f++) {
        if (strcmp(f->path, path) == 0) {
            return f;
        }
    }
    return NULL;
}

static const char *header_of(struct MHD_Connection *c, const char *name) { return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name); }

/* Views are paths of the page's own: what names no file is the page. */
static enum MHD_Result send_page(struct MHD_Connection *c, const char *path) {
    const bundle_file *file = find_file(path), *page = find_file("/index.html");
    const char *last = strrchr(path, '/'), *accepts = header_of(c, "Accept-Encoding"), *has = header_of(c, "If-None-Match");
    if (file == NULL && (page == NULL || (last != NULL && strchr(last, '.') != NULL) || strncmp(path, "/assets/", 8) == 0)) {
        return send_error(c, 404, "unknown", "the page has no such file");
    }
    file = file != NULL ? file : page;
    bool packed = file->packed != NULL && accepts != NULL && strstr(accepts, "gzip") != NULL, same = has != NULL && strcmp(has, file->tag) == 0;
    const unsigned char *bytes = packed ? file->packed : file->bytes;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(same ? 0 : packed ? file->packed_len : file->len, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
    if (response == NULL) {
        return MHD_NO;
    }
    MHD_add_response_header(response, "Content-Type", file->type);
    MHD_add_response_header(response, "ETag", file->tag);
    MHD_add_response_header(response, "Vary", "Accept-Encoding");
    MHD_add_response_header(response, "Cache-Control", strncmp(file->path, "/assets/", 8) == 0 ? "max-age=31536000, immutable" : "no-cache");
    if (packed && !same) {
        MHD_add_response_header(response, "Content-Encoding", "gzip");
    }
    return send_response(c, same ? 304 : 200, response);
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
    const char *host = header_of(c, "Host"), *site = header_of(c, "Sec-Fetch-Site");
    if (!request_host_is_good(host, l->loopback, l->place.host)) {
        *message = "the page is served under the address that dragoman serve has printed, and under no other name";
        return "host";
    }
    bool foreign = site != NULL && strcmp(site, "cross-site") == 0 && strcmp("navigate", header_of(c, "Sec-Fetch-Mode") != NULL ? header_of(c, "Sec-Fetch-Mode") : "") != 0;
    if (foreign || !request_origin_is_good(header_of(c, "Origin"), host)) {
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
        return get ? send_page(c, path) : send_error(c, 405, "method", "the page is only to be read");
    }
    if (in->too_large) {
        return send_error(c, 413, "large", "the body has more than 256 kB");
    }
    in->request.method = get ? "GET" : method;
    in->request.path = path;
    in->request.token = header_of(c, "Dragoman-Token");
    in->request.body = (span){in->body != NULL ? in->body : "", in->len};
    MHD_get_connection_values_n(c, MHD_GET_ARGUMENT_KIND, take_argument, in);
    in->request.overfull |= in->bad_argument;
    serve_answer(l->s, &in->request, &answer);
    return send_answer(l, c, &answer);
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
            return send_error(c, 403, code, message);
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

/* ------------------------------------------------------------------ sockets */

static bool is_loopback(const struct sockaddr *address) {
    static const unsigned char six[16] = {[15] = 1};
    if (address->sa_family == AF_INET) {
        return (ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24) == 127;
    }
    return address->sa_family == AF_INET6 && memcmp(&((const struct sockaddr_in6 *)address)->sin6_addr, six, 16) == 0;
}

static void set_port(struct sockaddr *address, int port) {
    if (address->sa_family == AF_INET) {
        ((struct sockaddr_in *)address)->sin_port = htons((uint16_t)port);
    } else {
        ((struct sockaddr_in6 *)address)->sin6_port = htons((uint16_t)port);
    }
}

static int port_of(int socket_) {
    struct sockaddr_storage own;
    socklen_t size = sizeof own;
    if (getsockname(socket_, (struct sockaddr *)&own, &size) != 0) {
        return 0;
    }
    return ntohs(own.ss_family == AF_INET ? ((struct sockaddr_in *)&own)->sin_port : ((struct sockaddr_in6 *)&own)->sin6_port);
}

static int listen_at(struct sockaddr *address, socklen_t size, int port) {
    int one = 1, made = socket(address->sa_family, SOCK_STREAM, 0);
    if (made < 0) {
        return -1;
    }
    set_port(address, port);
    setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (address->sa_family == AF_INET6) {
        setsockopt(made, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    }
    if (bind(made, address, size) != 0 || listen(made, 128) != 0) {
        int why = errno;
        close(made);
        errno = why;
        return -1;
    }
    return made;
}

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

/* Sockets at all the addresses and one port; the errno of the first that fails for another reason than that the machine
 * has no such address. */
static int open_sockets(serve_listener *l, struct addrinfo *found, int sockets[2], int *count) {
    *count = 0;
    l->port = l->place.port;
    for (struct addrinfo *a = found; a != NULL && *count < 2; a = a->ai_next) {
        int made = listen_at(a->ai_addr, a->ai_addrlen, l->port);
        if (made < 0 && errno != EADDRNOTAVAIL && errno != EAFNOSUPPORT) {
            int why = errno;
            while (*count > 0) {
                close(sockets[--*count]);
            }
            return why;
        }
        if (made >= 0) {
            l->port = port_of(made);
            l->loopback = l->loopback && is_loopback(a->ai_addr);
            sockets[(*count)++] = made;
        }
    }
    return *count > 0 ? 0 : EADDRNOTAVAIL;
}

static drg_status listen_all(serve_listener *l, const char *where, struct addrinfo *found, drg_error *error) {
    int sockets[2], count, why = EADDRINUSE;
    for (int tries = l->place.port == 0 ? 16 : 1; tries > 0 && why == EADDRINUSE; tries--) {
        why = open_sockets(l, found, sockets, &count); /* a port that is free at one address may be taken at the other */
    }
    if (why != 0) {
        return why == EADDRINUSE ? drg_fail(error, DRG_ERROR_USE, "", 0, "port %d is taken: choose another with --port, or 0 for any that is free", l->place.port)
                                 : drg_fail(error, DRG_ERROR_USE, "", 0, "cannot listen at %s, port %d: %s", where, l->place.port, strerror(why));
    }
    for (int i = 0; i < count; i++) {
        DRG_TRY(start_daemon(l, sockets[i], i, error));
    }
    return DRG_OK;
}

/* Both loopback addresses, the first of which gives the port; one is enough where the machine has but one. */
static drg_status listen_everywhere(serve_listener *l, drg_error *error) {
    struct addrinfo wanted = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST}, *four = NULL, *six = NULL, *found = NULL;
    if (l->place.listen != NULL) {
        wanted.ai_flags = 0;
        int code = getaddrinfo(l->place.listen, NULL, &wanted, &found);
        if (code != 0) {
            return drg_fail(error, DRG_ERROR_USE, "", 0, "--listen %s: %s", l->place.listen, gai_strerror(code));
        }
        drg_status status = listen_all(l, l->place.listen, found, error);
        freeaddrinfo(found);
        return status;
    }
    if (getaddrinfo("127.0.0.1", NULL, &wanted, &four) == 0 && getaddrinfo("::1", NULL, &wanted, &six) == 0) {
        four->ai_next = six;
    }
    drg_status status = four != NULL ? listen_all(l, "127.0.0.1", four, error) : drg_fail(error, DRG_ERROR_USE, "", 0, "this machine has no loopback address");
    if (four != NULL) {
        four->ai_next = NULL;
        freeaddrinfo(four);
    }
    if (six != NULL) {
        freeaddrinfo(six);
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
    l->loopback = true;
    for (size_t i = 0; i < COUNT_OF(l->slots); i++) {
        l->slots[i].socket = -1;
    }
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->turned, NULL);
    signal(SIGPIPE, SIG_IGN); /* whoever stops reading is told by the call that writes */
    drg_status status = listen_everywhere(l, error);
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
    pthread_mutex_lock(&l->lock);
    while (l->streams > 0) {
        pthread_cond_wait(&l->turned, &l->lock);
    }
    pthread_mutex_unlock(&l->lock);
    pthread_cond_destroy(&l->turned);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

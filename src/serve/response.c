// SPDX-License-Identifier: Apache-2.0
#include "serve/response.h"

#include <errno.h>
#include <unistd.h>

#include "serve/bundle.h"

#define STREAMS 4

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

enum MHD_Result response_send_error(struct MHD_Connection *c, int status, const char *code, const char *message) {
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
    stream_gate *gate;
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

static void end_stream(stream_gate *gate) {
    pthread_mutex_lock(&gate->lock);
    gate->running--;
    pthread_cond_broadcast(&gate->turned);
    pthread_mutex_unlock(&gate->lock);
}

static void *run_stream(void *user) {
    streaming *w = user;
    w->stream(w->user, write_to_pipe, &w->pipe);
    close(w->pipe);
    end_stream(w->gate);
    free(w);
    return NULL;
}

static bool claim_stream(stream_gate *gate) {
    pthread_mutex_lock(&gate->lock);
    bool free_one = gate->running < STREAMS && !gate->closed;
    gate->running += free_one;
    pthread_mutex_unlock(&gate->lock);
    return free_one;
}

/* A thread writes into a pipe that the connection's thread reads from; -1: it could not be had. */
static int start_stream(stream_gate *gate, const serve_answered *answer) {
    int ends[2];
    pthread_t thread;
    streaming *w = malloc(sizeof *w);
    if (w == NULL || pipe(ends) != 0) {
        free(w);
        return -1;
    }
    *w = (streaming){gate, answer->stream, answer->user, ends[1]};
    if (pthread_create(&thread, NULL, run_stream, w) != 0) {
        close(ends[0]);
        close(ends[1]);
        free(w);
        return -1;
    }
    pthread_detach(thread);
    return ends[0];
}

static enum MHD_Result send_stream(stream_gate *gate, struct MHD_Connection *c, const serve_answered *answer) {
    if (!claim_stream(gate)) {
        answer->drop(answer->user);
        return response_send_error(c, 429, "busy", "too many files at once: ask again when one is done");
    }
    int from = start_stream(gate, answer);
    if (from < 0) {
        answer->drop(answer->user);
        end_stream(gate);
        return response_send_error(c, 500, "broken", "no pipe or thread could be had");
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

void gate_open(stream_gate *gate) {
    *gate = (stream_gate){.running = 0};
    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->turned, NULL);
}

void gate_close(stream_gate *gate) {
    pthread_mutex_lock(&gate->lock);
    gate->closed = true;
    while (gate->running > 0) {
        pthread_cond_wait(&gate->turned, &gate->lock);
    }
    pthread_mutex_unlock(&gate->lock);
    pthread_cond_destroy(&gate->turned);
    pthread_mutex_destroy(&gate->lock);
}

enum MHD_Result response_send_answer(stream_gate *gate, struct MHD_Connection *c, serve_answered *answer) {
    if (answer->stream != NULL) {
        return send_stream(gate, c, answer);
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

const char *response_header_of(struct MHD_Connection *c, const char *name) { return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name); }

static const bundle_file *find_file(const char *path) {
    for (const bundle_file *f = bundle_files; f->path != NULL; f++) {
        if (strcmp(f->path, path) == 0) {
            return f;
        }
    }
    return NULL;
}


/* Views are paths of the page's own: what names no file is the page. */
enum MHD_Result response_send_page(struct MHD_Connection *c, const char *path) {
    const bundle_file *file = find_file(path), *page = find_file("/index.html");
    const char *last = strrchr(path, '/'), *accepts = response_header_of(c, "Accept-Encoding"), *has = response_header_of(c, "If-None-Match");
    if (file == NULL && (page == NULL || (last != NULL && strchr(last, '.') != NULL) || strncmp(path, "/assets/", 8) == 0)) {
        return response_send_error(c, 404, "unknown", "the page has no such file");
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

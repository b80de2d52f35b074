// SPDX-License-Identifier: Apache-2.0
/* Requests of any kind to the page's API, over a small desk: each gets an answer that is whole JSON or a stream, with a
 * status of HTTP, and the desk stays as it is.
 *
 *     GET /api/v1/events          the first line: method and path
 *     actor=KEN                   a parameter a line, up to an empty one
 *
 *     {"text": "..."}             the body */
#include <json-c/json.h>
#include <stdint.h>
#include <unistd.h>

#include "serve/serve.h"
#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define TOKEN "0123456789abcdef"

static serve *server;

static void stop_unless(bool good, const char *what) {
    if (!good) {
        fprintf(stderr, "fuzz_api: %s\n", what);
        abort();
    }
}

static void add_report(store *s, const char *id, const char *text, drg_coder *coder) {
    drg_error error = {0};
    drg_report given = {.id = span_of(id), .date = SPAN("2024-03-05"), .outlet = SPAN("Horn Daily"), .lang = SPAN("en"), .text = span_of(text)};
    stop_unless(drg_coder_code(coder, &given, &error) == DRG_OK && store_add(s, drg_coder_records(coder), &error) == DRG_OK, error.message);
}

/* A file, since every connection must see the same desk. */
static void make_desk(const char *path) {
    static const store_run run = {.program = "fuzz", .model = {"", 0}, .words = {"", 0}};
    drg_error error = {0};
    drg_engine *engine;
    drg_coder *coder;
    store *s;
    drg_options options = {.data = getenv("DRAGOMAN_DATA")};
    unlink(path);
    stop_unless(drg_engine_open(&options, &engine, &error) == DRG_OK && drg_coder_new(engine, &coder, &error) == DRG_OK, error.message);
    stop_unless(store_open(&s, path, &run, &error) == DRG_OK, error.message);
    add_report(s, "a1", "Kenya and Ethiopia signed a border accord in Moyale on Monday. Kenya accused Ethiopia of breaking the accord, officials said.", coder);
    add_report(s, "a2", "The Sudanese army denied that it had killed 34 civilians in Nyala on Sunday.", coder);
    add_report(s, "a3", "The Sudanese army killed 51 civilians in Nyala on Sunday, doctors said.", coder);
    stop_unless(store_finish(s, &error) == DRG_OK, error.message);
    store_close(s);
    drg_coder_free(coder);
    drg_engine_close(engine);
}

static char path[64];

static void remove_desk(void) { unlink(path); }

static void open_server(void) {
    drg_error error = {0};
    const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(path, sizeof path, "%s/dragoman-fuzz-api-%ld.db", folder, (long)getpid());
    make_desk(path);
    serve_options options = {.address = path, .engine = {.data = getenv("DRAGOMAN_DATA")}, .token = TOKEN};
    stop_unless(serve_open(&server, &options, &error) == DRG_OK && serve_wait(server, &error) == DRG_OK, error.message);
    atexit(remove_desk);
}

static drg_status count_bytes(void *user, const char *bytes, size_t size) {
    (void)bytes;
    *(size_t *)user += size;
    return DRG_OK;
}

static void check_answer(serve_answered *answer) {
    size_t streamed = 0;
    stop_unless(answer->status >= 200 && answer->status < 600, "no status");
    if (answer->stream != NULL) {
        answer->stream(answer->user, count_bytes, &streamed);
        return;
    }
    bool json = strncmp(answer->type, "application/json", 16) == 0;
    if (json) {
        json_tokener *parser = json_tokener_new_ex(64);
        json_object *whole = parser != NULL ? json_tokener_parse_ex(parser, answer->bytes != NULL ? answer->bytes : "", (int)answer->len) : NULL;
        stop_unless(parser == NULL || whole != NULL || json_tokener_get_error(parser) == json_tokener_success, "the answer is no JSON");
        json_object_put(whole);
        json_tokener_free(parser);
    }
    free(answer->bytes);
}

/* What stands before the first of `sign`; `*text` moves behind it, or to NULL. */
static char *cut(char **text, char sign) {
    char *first = *text, *at = first != NULL ? strchr(first, sign) : NULL;
    *text = at != NULL ? at + 1 : NULL;
    if (at != NULL) {
        *at = '\0';
    }
    return first;
}

static void read_request(char *text, serve_request *r) {
    char *head = cut(&text, '\n'), *line;
    r->method = cut(&head, ' ');
    r->path = head != NULL ? head : "";
    while ((line = cut(&text, '\n')) != NULL && line[0] != '\0') {
        char *name = cut(&line, '=');
        request_add(r, name, line);
    }
    r->body = span_of(text != NULL ? text : "");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    serve_request r = {.token = TOKEN};
    serve_answered answer;
    char *text = malloc(size + 1);
    if (server == NULL) {
        open_server();
    }
    if (text == NULL || size > 100000) {
        free(text);
        return 0;
    }
    memcpy(text, bytes, size);
    text[size] = '\0';
    read_request(text, &r);
    serve_answer(server, &r, &answer);
    check_answer(&answer);
    request_host_is_good(r.path, true, NULL);
    request_host_is_good(r.path, false, "page.example");
    request_origin_is_good(r.method, r.path);
    free(text);
    return 0;
}

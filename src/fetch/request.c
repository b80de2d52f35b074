// SPDX-License-Identifier: Apache-2.0
/* In: an address, validators, limits.   Out: a status, a few headers, at most size_cap bytes.
 *
 * libcurl's multi interface does the waiting for all requests together.  Every limit is set here: the body is
 * counted after unpacking, so a gzip bomb stops at the cap; the time covers the whole request, so a server
 * that drips bytes ends too; and a socket is opened only after its address was looked at, so a feed on the
 * open web cannot make the program ask machines of a private network. */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>

#include "fetch/request.h"

#define CONNECT_CAP 20000L /* ms */
#define HEADER_CAP 65536u

typedef struct transfer {
    CURL *curl;
    struct curl_slist *headers;
    char *body;
    size_t size, room, size_cap, header_size;
    bool private_allowed, too_large, forbidden, no_memory;
    char reason[CURL_ERROR_SIZE];
    fetch_answer answer;
    struct transfer *next;
} transfer;

struct fetcher {
    CURLM *multi;
    char agent[200];
    i64 time_cap;
    bool has_proxy;     /* then the sockets show the proxy's address, not the host's */
    transfer *under_way, *finished; /* finished: the one that the last answer shows */
    u32 count;
};

/* ------------------------------------------------------------------ private networks */

static bool is_private_4(u32 a) {
    return a >> 24 == 0 || a >> 24 == 10 || a >> 24 == 127 || a >> 20 == (172u << 4 | 1) || a >> 16 == (192u << 8 | 168) ||
           a >> 16 == (169u << 8 | 254) || a >> 22 == (100u << 2 | 1) || a >> 28 >= 14;
}

static bool is_private_6(const u8 b[16]) {
    static const u8 mapped[12] = {[10] = 0xFF, [11] = 0xFF}, translated[12] = {0x00, 0x64, 0xFF, 0x9B}, zero[12] = {0};
    u32 inner = (u32)b[12] << 24 | (u32)b[13] << 16 | (u32)b[14] << 8 | b[15];
    if (memcmp(b, mapped, 12) == 0 || memcmp(b, translated, 12) == 0 || memcmp(b, zero, 12) == 0) {
        return is_private_4(inner);
    }
    return (b[0] & 0xFE) == 0xFC || (b[0] == 0xFE && (b[1] & 0xC0) == 0x80) || b[0] == 0xFF;
}

static bool is_private(const struct sockaddr *address) {
    if (address->sa_family == AF_INET) {
        return is_private_4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    }
    return address->sa_family != AF_INET6 || is_private_6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
}

static curl_socket_t open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address) {
    transfer *t = user;
    (void)purpose;
    t->answer.is_private = is_private(&address->addr);
    if (t->answer.is_private && !t->private_allowed) {
        t->forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ------------------------------------------------------------------ what comes in */

static size_t take_body(char *bytes, size_t one, size_t size, void *user) {
    transfer *t = user;
    size_t fitting = size < t->size_cap - t->size ? size : t->size_cap - t->size;
    (void)one;
    if (t->size + fitting > t->room) {
        size_t room = t->room > 0 ? t->room : (size_t)64 << 10;
        while (room < t->size + fitting) {
            room *= 2;
        }
        char *wider = realloc(t->body, room);
        if (wider == NULL) {
            t->no_memory = true;
            return 0;
        }
        t->body = wider;
        t->room = room;
    }
    if (fitting > 0) {
        memcpy(t->body + t->size, bytes, fitting);
        t->size += fitting;
    }
    t->too_large = fitting < size;
    return fitting;
}

static bool is_named(span name, const char *lower) {
    for (size_t i = 0; i < name.len; i++) {
        if (ascii_to_lower(name.ptr[i]) != lower[i]) {
            return false;
        }
    }
    return name.len > 0;
}

static size_t take_header(char *bytes, size_t one, size_t size, void *user) {
    transfer *t = user;
    fetch_answer *a = &t->answer;
    struct {
        const char *name;
        char *to;
        size_t room;
    } kept[] = {{"etag", a->etag, sizeof a->etag},          {"last-modified", a->modified, sizeof a->modified},
                {"retry-after", a->retry_after, sizeof a->retry_after}, {"cache-control", a->cache_control, sizeof a->cache_control},
                {"location", a->location, sizeof a->location}};
    (void)one;
    t->header_size += size;
    span value = {bytes, size}, name = span_trim(span_next_field(&value, ':'));
    value = span_trim(value);
    for (size_t i = 0; i < COUNT_OF(kept); i++) {
        if (name.len == strlen(kept[i].name) && is_named(name, kept[i].name) && value.len < kept[i].room) {
            memcpy(kept[i].to, value.ptr, value.len);
            kept[i].to[value.len] = '\0';
        }
    }
    return t->header_size > HEADER_CAP ? 0 : size;
}

/* "text/html; charset=UTF-8" to type and charset, both in lower case. */
static void take_type(fetch_answer *a, const char *header) {
    span rest = span_of(header != NULL ? header : ""), type = span_trim(span_next_field(&rest, ';'));
    static const char key[] = "charset=";
    for (size_t i = 0; i < type.len && i + 1 < sizeof a->type; i++) {
        a->type[i] = ascii_to_lower(type.ptr[i]);
    }
    while (rest.len > 0) {
        span part = span_trim(span_next_field(&rest, ';'));
        if (part.len <= sizeof key || !is_named(span_cut(part, 0, sizeof key - 1), key)) {
            continue;
        }
        size_t len = 0;
        for (size_t i = sizeof key - 1; i < part.len && len + 1 < sizeof a->charset; i++) {
            if (part.ptr[i] != '"' && part.ptr[i] != '\'') {
                a->charset[len++] = ascii_to_lower(part.ptr[i]);
            }
        }
    }
}

/* ------------------------------------------------------------------ starting */

static bool add_header(transfer *t, const char *name, const char *value) {
    char line[400];
    if (value == NULL || value[0] == '\0') {
        return true;
    }
    if (snprintf(line, sizeof line, "%s: %s", name, value) >= (int)sizeof line) {
        return true; /* a validator too long to send: the whole answer comes instead */
    }
    struct curl_slist *longer = curl_slist_append(t->headers, line);
    t->headers = longer != NULL ? longer : t->headers;
    return longer != NULL;
}

static void free_transfer(transfer *t) {
    if (t != NULL) {
        curl_easy_cleanup(t->curl);
        curl_slist_free_all(t->headers);
        free(t->body);
        free(t);
    }
}

static void set_limits(const fetcher *f, transfer *t, const fetch_request *request) {
    CURL *c = t->curl;
    curl_easy_setopt(c, CURLOPT_URL, request->address);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)f->time_cap);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, f->time_cap < CONNECT_CAP ? (long)f->time_cap : CONNECT_CAP);
    curl_easy_setopt(c, CURLOPT_USERAGENT, f->agent);
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, t->headers);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, t->reason);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, t);
    curl_easy_setopt(c, CURLOPT_PRIVATE, t);
    curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L); /* so that every request passes open_socket */
    curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L);
}

bool fetch_start(fetcher *f, const fetch_request *request) {
    transfer *t = calloc(1, sizeof *t);
    if (t == NULL || (t->curl = curl_easy_init()) == NULL) {
        free_transfer(t);
        return false;
    }
    t->answer.user = request->user;
    t->size_cap = request->size_cap;
    t->private_allowed = request->private_allowed || f->has_proxy;
    bool good = add_header(t, "Accept", request->accept) && add_header(t, "If-None-Match", request->etag) &&
                add_header(t, "If-Modified-Since", request->modified);
    set_limits(f, t, request);
    if (!good || curl_multi_add_handle(f->multi, t->curl) != CURLM_OK) {
        free_transfer(t);
        return false;
    }
    t->next = f->under_way;
    f->under_way = t;
    f->count++;
    return true;
}

/* ------------------------------------------------------------------ finishing */

static void describe(const fetcher *f, transfer *t, CURLcode code) {
    fetch_answer *a = &t->answer;
    char *type = NULL;
    curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &a->status);
    curl_easy_getinfo(t->curl, CURLINFO_CONTENT_TYPE, &type);
    take_type(a, type);
    a->body = t->size > 0 ? (span){t->body, t->size} : (span){"", 0};
    if (t->forbidden) {
        a->outcome = FETCH_FORBIDDEN;
        snprintf(a->why, sizeof a->why, "its host is in a private network, the feed is not");
    } else if (t->too_large) {
        a->outcome = FETCH_TOO_LARGE;
        snprintf(a->why, sizeof a->why, "larger than %zu KiB", t->size_cap >> 10);
    } else if (code == CURLE_OPERATION_TIMEDOUT) {
        a->outcome = FETCH_TIMED_OUT;
        snprintf(a->why, sizeof a->why, "not finished within %lld ms", (long long)f->time_cap);
    } else if (code != CURLE_OK) {
        a->outcome = FETCH_FAILED;
        snprintf(a->why, sizeof a->why, "%.110s", t->no_memory ? "out of memory" : curl_easy_strerror(code));
    }
}

static void unlink_transfer(fetcher *f, const transfer *t) {
    for (transfer **at = &f->under_way; *at != NULL; at = &(*at)->next) {
        if (*at == t) {
            *at = t->next;
            f->count--;
            return;
        }
    }
}

bool fetch_wait(fetcher *f, i64 ms, fetch_answer *answer) {
    int running, left;
    free_transfer(f->finished);
    f->finished = NULL;
    for (int pass = 0; pass < 2; pass++) {
        curl_multi_perform(f->multi, &running);
        CURLMsg *message = curl_multi_info_read(f->multi, &left);
        if (message != NULL && message->msg == CURLMSG_DONE) {
            CURLcode code = message->data.result;
            transfer *t = NULL;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&t);
            describe(f, t, code);
            unlink_transfer(f, t);
            curl_multi_remove_handle(f->multi, t->curl);
            f->finished = t;
            *answer = t->answer;
            return true;
        }
        if (pass == 0) {
            curl_multi_poll(f->multi, NULL, 0, (int)(ms < 60000 ? ms : 60000), NULL);
        }
    }
    return false;
}

u32 fetch_count(const fetcher *f) { return f->count; }

/* ------------------------------------------------------------------ open and close */

static bool find_proxy(void) {
    static const char *const names[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0') {
            return true;
        }
    }
    return false;
}

drg_status fetch_open(fetcher **out, const fetch_limits *limits, drg_error *error) {
    fetcher *f = *out = calloc(1, sizeof *f);
    if (f == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (f->multi = curl_multi_init()) == NULL) {
        free(f);
        *out = NULL;
        return drg_fail(error, DRG_ERROR_MEMORY, "network", 0, "libcurl cannot be started: out of memory?");
    }
    snprintf(f->agent, sizeof f->agent, "%s", limits->agent);
    f->time_cap = limits->time_cap;
    f->has_proxy = find_proxy();
    return DRG_OK;
}

void fetch_close(fetcher *f) {
    if (f == NULL) {
        return;
    }
    while (f->under_way != NULL) {
        transfer *t = f->under_way;
        f->under_way = t->next;
        curl_multi_remove_handle(f->multi, t->curl);
        free_transfer(t);
    }
    free_transfer(f->finished);
    curl_multi_cleanup(f->multi);
    curl_global_cleanup();
    free(f);
}

// SPDX-License-Identifier: Apache-2.0
/* In: "../b c.html#top" seen from "HTTPS://News.Example:443/x/y/"
 * Out: "https://news.example/x/b%20c.html", origin "https://news.example", path "/x/b%20c.html"
 *
 * libcurl's own parser does the reading, so that what is checked here is what is fetched later. */
#include <curl/curl.h>

#include "fetch/address.h"

static bool complain(char why[100], const char *what) {
    snprintf(why, 100, "%s", what);
    return false;
}

/* Copies a part of the address; an absent one is empty. */
static bool take(CURLU *url, CURLUPart part, unsigned flags, char *out, size_t room) {
    char *text = NULL;
    out[0] = '\0';
    CURLUcode code = curl_url_get(url, part, &text, flags);
    if (code != CURLUE_OK) {
        return code != CURLUE_OUT_OF_MEMORY;
    }
    size_t len = strlen(text);
    bool fits = len < room;
    if (fits) {
        memcpy(out, text, len + 1);
    }
    curl_free(text);
    return fits;
}

static bool is_local_host(const char *host) {
    size_t len = strlen(host);
    return strcmp(host, "localhost") == 0 || strncmp(host, "127.", 4) == 0 || strcmp(host, "[::1]") == 0 ||
           (len > 10 && strcmp(host + len - 10, ".localhost") == 0);
}

static bool read_parts(CURLU *url, fetch_address *out, char why[100]) {
    char scheme[16], host[260], port[16], path[ADDRESS_ROOM], query[ADDRESS_ROOM], user[256], password[256];
    if (!take(url, CURLUPART_SCHEME, 0, scheme, sizeof scheme) ||
        (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0)) {
        return complain(why, "only http and https are fetched");
    }
    if (!take(url, CURLUPART_HOST, 0, host, sizeof host) || host[0] == '\0') {
        return complain(why, "no host in it, or one too long");
    }
    for (char *c = host; *c != '\0'; c++) {
        *c = ascii_to_lower(*c);
    }
    if (curl_url_set(url, CURLUPART_HOST, host, 0) != CURLUE_OK ||
        !take(url, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT, port, sizeof port) ||
        !take(url, CURLUPART_PATH, 0, path, sizeof path) || !take(url, CURLUPART_QUERY, 0, query, sizeof query) ||
        !take(url, CURLUPART_USER, 0, user, sizeof user) || !take(url, CURLUPART_PASSWORD, 0, password, sizeof password) ||
        !take(url, CURLUPART_URL, CURLU_NO_DEFAULT_PORT, out->text, sizeof out->text)) {
        return complain(why, "too long");
    }
    int size = snprintf(out->path, sizeof out->path, "%s%s%s", path, query[0] ? "?" : "", query);
    snprintf(out->origin, sizeof out->origin, "%s://%s%s%s", scheme, host, port[0] ? ":" : "", port);
    out->has_user = user[0] != '\0' || password[0] != '\0';
    out->is_local = is_local_host(host);
    return size < (int)sizeof out->path || complain(why, "too long");
}

bool fetch_address_read(span text, const fetch_address *base, fetch_address *out, char why[100]) {
    char copy[ADDRESS_ROOM];
    text = span_trim(text);
    if (text.len == 0 || text.len >= sizeof copy || memchr(text.ptr, '\0', text.len) != NULL) {
        return complain(why, text.len == 0 ? "no address" : "too long, or with a NUL in it");
    }
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    CURLU *url = curl_url();
    bool good = url != NULL && (base == NULL || curl_url_set(url, CURLUPART_URL, base->text, 0) == CURLUE_OK);
    CURLUcode code = good ? curl_url_set(url, CURLUPART_URL, copy, CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME) : CURLUE_OUT_OF_MEMORY;
    if (code == CURLUE_OK) {
        curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0);
        good = read_parts(url, out, why);
    } else {
        good = complain(why, code == CURLUE_OUT_OF_MEMORY ? "out of memory" : "not an address: write it as https://host/path");
    }
    curl_url_cleanup(url);
    return good;
}

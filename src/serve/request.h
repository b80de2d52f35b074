// SPDX-License-Identifier: Apache-2.0
/* One request as the API sees it, and what is refused before anything looks at it. */
#ifndef DRG_SERVE_REQUEST_H
#define DRG_SERVE_REQUEST_H

#include "base/base.h"

#define REQUEST_ARGUMENTS 64
#define REQUEST_VALUE 4096 /* bytes of a name or value */

typedef struct {
    const char *name, *value; /* NUL-terminated UTF-8; `value` NULL where there was no '=' */
} request_argument;

typedef struct {
    const char *method, *path; /* "GET", "/api/v1/events/ID" with escapes undone */
    request_argument arguments[REQUEST_ARGUMENTS];
    u32 count;
    bool overfull;             /* more arguments than that, or one that is too long */
    const char *token;         /* header Dragoman-Token, or NULL */
    span body;
} serve_request;

/* Adds "name=value" of the query; what does not fit makes the request overfull. */
void request_add(serve_request *r, const char *name, const char *value);
/* NULL, or why the request is refused. */
const char *request_check(const serve_request *r);

/* What stands in "Host:" is an address or localhost (`loopback`: of this machine), or `name`. */
bool request_host_is_good(const char *host, bool loopback, const char *name);
/* "Origin:" is absent or that of the host itself. */
bool request_origin_is_good(const char *origin, const char *host);
/* Compares in a time that does not depend on where they differ. */
bool request_token_is(const char *given, const char *token);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Addresses on the web, in one form. */
#ifndef DRG_FETCH_ADDRESS_H
#define DRG_FETCH_ADDRESS_H

#include "base/base.h"

#define ADDRESS_ROOM 2048

typedef struct {
    char text[ADDRESS_ROOM];   /* whole, without fragment; with the user's name and password where they were given */
    char origin[300];          /* "https://news.example:8443": whose robots.txt it is under */
    char path[ADDRESS_ROOM];   /* "/a/b?c=d" */
    bool has_user;             /* a name or password is in it */
    bool is_local;             /* the host is written as this machine: localhost, 127.x, ::1 */
} fetch_address;

/* Reads an address, seen from `base` when it is a relative one (NULL: it must be whole).  Only http and https
 * are taken.  False: `why` (100 bytes) says what is wrong with it. */
bool fetch_address_read(span text, const fetch_address *base, fetch_address *out, char why[100]);

#endif

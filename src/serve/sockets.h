// SPDX-License-Identifier: Apache-2.0
/* The sockets that the server listens at: both loopback addresses, the first of which gives the port (one is enough where
 * the machine has but one), or the addresses of the name that the user asks for. */
#ifndef DRG_SERVE_SOCKETS_H
#define DRG_SERVE_SOCKETS_H

#include "serve/serve.h"

typedef struct {
    int at[2]; /* the caller's to close */
    int count;
    int port;
    bool loopback; /* all of them */
} serve_sockets;

drg_status sockets_open(serve_sockets *out, const serve_place *place, drg_error *error);

#endif

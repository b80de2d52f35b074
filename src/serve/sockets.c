// SPDX-License-Identifier: Apache-2.0
#include "serve/sockets.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

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

/* Sockets at all the addresses and one port; the errno of the first that fails for another reason than that the machine
 * has no such address. */
static int open_addresses(serve_sockets *out, struct addrinfo *found, int port) {
    *out = (serve_sockets){.port = port, .loopback = true};
    for (struct addrinfo *a = found; a != NULL && out->count < 2; a = a->ai_next) {
        int made = listen_at(a->ai_addr, a->ai_addrlen, out->port);
        if (made < 0 && errno != EADDRNOTAVAIL && errno != EAFNOSUPPORT) {
            int why = errno;
            while (out->count > 0) {
                close(out->at[--out->count]);
            }
            return why;
        }
        if (made >= 0) {
            out->port = port_of(made);
            out->loopback = out->loopback && is_loopback(a->ai_addr);
            out->at[out->count++] = made;
        }
    }
    return out->count > 0 ? 0 : EADDRNOTAVAIL;
}

static drg_status open_port(serve_sockets *out, const serve_place *place, const char *where, struct addrinfo *found, drg_error *error) {
    int why = EADDRINUSE;
    for (int tries = place->port == 0 ? 16 : 1; tries > 0 && why == EADDRINUSE; tries--) {
        why = open_addresses(out, found, place->port); /* a port that is free at one address may be taken at the other */
    }
    if (why == 0) {
        return DRG_OK;
    }
    return why == EADDRINUSE ? drg_fail(error, DRG_ERROR_USE, "", 0, "port %d is taken: choose another with --port, or 0 for any that is free", place->port)
                             : drg_fail(error, DRG_ERROR_USE, "", 0, "cannot listen at %s, port %d: %s", where, place->port, strerror(why));
}

drg_status sockets_open(serve_sockets *out, const serve_place *place, drg_error *error) {
    struct addrinfo wanted = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST}, *four = NULL, *six = NULL, *found = NULL;
    if (place->listen != NULL) {
        wanted.ai_flags = 0;
        int code = getaddrinfo(place->listen, NULL, &wanted, &found);
        if (code != 0) {
            return drg_fail(error, DRG_ERROR_USE, "", 0, "--listen %s: %s", place->listen, gai_strerror(code));
        }
        drg_status status = open_port(out, place, place->listen, found, error);
        freeaddrinfo(found);
        return status;
    }
    if (getaddrinfo("127.0.0.1", NULL, &wanted, &four) == 0 && getaddrinfo("::1", NULL, &wanted, &six) == 0) {
        four->ai_next = six;
    }
    drg_status status = four != NULL ? open_port(out, place, "127.0.0.1", four, error) : drg_fail(error, DRG_ERROR_USE, "", 0, "this machine has no loopback address");
    if (four != NULL) {
        four->ai_next = NULL;
        freeaddrinfo(four);
    }
    if (six != NULL) {
        freeaddrinfo(six);
    }
    return status;
}

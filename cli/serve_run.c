// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli/serve.h"
#include "serve/serve.h"

/* 128 bits as 32 digits; false: the machine gives none. */
static bool draw_token(char out[33]) {
    unsigned char bytes[16];
    int source = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    bool drawn = source >= 0 && read(source, bytes, sizeof bytes) == (ssize_t)sizeof bytes;
    if (source >= 0) {
        close(source);
    }
    for (size_t i = 0; i < sizeof bytes && drawn; i++) {
        snprintf(out + i * 2, 3, "%02x", bytes[i]);
    }
    return drawn;
}

/* Whatever the desktop opens addresses with; in silence where there is none.  Its own child, so that nobody waits. */
static void open_browser(const char *address) {
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        if (fork() == 0 && nowhere >= 0) {
            sigset_t none;
            sigemptyset(&none);
            sigprocmask(SIG_SETMASK, &none, NULL);
            dup2(nowhere, STDIN_FILENO);
            dup2(nowhere, STDOUT_FILENO);
            dup2(nowhere, STDERR_FILENO);
            execlp("xdg-open", "xdg-open", address, (char *)NULL);
        }
        _exit(0);
    }
    if (child > 0) {
        waitpid(child, NULL, 0);
    }
}

static void print_address(const serve_command *c, int port, const char *token, char out[512]) {
    const char *host = c->listen == NULL ? "127.0.0.1" : c->listen;
    bool six = strchr(host, ':') != NULL;
    snprintf(out, 512, "http://%s%s%s:%d/%s%s", six ? "[" : "", host, six ? "]" : "", port, token != NULL ? "#token=" : "", token != NULL ? token : "");
}

static int serve_until_signal(const serve_command *c, serve *s, const char *token, const sigset_t *signals) {
    serve_listener *l = NULL;
    drg_error error = {0};
    char address[512];
    serve_place place = {c->listen, c->port, c->listen};
    if (serve_listen(&l, s, &place, &error) != DRG_OK) {
        return cli_report_error(&error);
    }
    print_address(c, serve_port(l), token, address);
    printf("%s\n", address);
    if (fflush(stdout) != 0) {
        serve_hang_up(l);
        return EXIT_STOPPED;
    }
    fprintf(stderr, "dragoman serve: open this address in a browser; Ctrl-C ends\n");
    if (c->open) {
        open_browser(address);
    }
    int came;
    sigwait(signals, &came);
    serve_hang_up(l);
    return EXIT_DONE;
}

int serve_run(const serve_command *c) {
    char drawn[33];
    sigset_t signals;
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 2);            /* a heap for each of a few hundred threads would hold on to what each once used */
    mallopt(M_MMAP_THRESHOLD, 1 << 19); /* what a request works in goes back when it is answered */
#endif
    drg_error error = {0};
    serve *s = NULL;
    bool wants_token = c->beyond || !c->read_only;
    const char *token = !wants_token ? NULL : c->token != NULL ? c->token : draw_token(drawn) ? drawn : NULL;
    if (wants_token && token == NULL) {
        fprintf(stderr, "dragoman serve: this machine gives no random numbers: choose a token yourself, --token TEXT\n");
        return EXIT_STOPPED;
    }
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* the threads to come inherit it */
    serve_options options = {.address = c->desk, .engine = c->engine, .token = token, .guarded = c->beyond, .read_only = c->read_only};
    if (serve_open(&s, &options, &error) != DRG_OK) {
        return cli_report_error(&error);
    }
    int code = serve_until_signal(c, s, token, &signals);
    serve_close(s);
    return code;
}

// SPDX-License-Identifier: Apache-2.0
/* dragoman serve DESK: the page on this machine, until Ctrl-C.
 *
 * Standard output gets one line, the address to open.  What stands behind # in it is the token that lets the page save
 * verdicts; it stays in the browser. */
#include "cli/serve.h"

const cli_option cli_serve_options[] = {
    {"port", 0, "N", "the port to listen at (default 8765; 0: any that is free)", NULL},
    {"no-open", 0, NULL, "do not open the browser", NULL},
    {"read-only", 0, NULL, "save no verdicts, whoever asks", NULL},
    {"listen", 0, "ADDRESS", "listen there and not at 127.0.0.1 and ::1; wants --token", NULL},
    {"token", 0, "TEXT", "what the page must know to be answered beyond this machine, or to write (default: drawn anew)", NULL},
    CLI_LIST_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

static int wrong(const char *message) {
    fprintf(stderr, "dragoman serve: %s\n", message);
    return EXIT_USE;
}

static bool is_here(const char *address) {
    return strcmp(address, "localhost") == 0 || strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

static bool is_plain(const char *token) {
    for (size_t i = 0; token[i] != '\0'; i++) {
        if (!ascii_is_alnum((unsigned char)token[i]) && strchr("-_.~", token[i]) == NULL) {
            return false;
        }
    }
    return strlen(token) >= 16 && strlen(token) <= 128;
}

static int check(const serve_command *c) {
    if (c->desk == NULL) {
        return wrong("name one desk: a file, or postgresql://USER@HOST/NAME");
    }
    if (c->port < 0) {
        return wrong("--port takes a number from 0 to 65535");
    }
    if (c->listen != NULL && !is_here(c->listen) && c->token == NULL) {
        return wrong("--listen beyond this machine lets everyone on the network read the desk: give --token TEXT as well (16 letters or digits\n"
                     "and more), which the page must then know for every request; mind that it travels unencrypted");
    }
    if (c->token != NULL && !is_plain(c->token)) {
        return wrong("--token takes 16 to 128 letters, digits and - _ . ~");
    }
    if (c->token != NULL && c->read_only && (c->listen == NULL || is_here(c->listen))) {
        return wrong("--read-only saves nothing, so that there is nothing for --token to guard: leave one of them out");
    }
    return EXIT_DONE;
}

static int read_port(const char *given) {
    char *end = NULL;
    long port = given != NULL ? strtol(given, &end, 10) : 8765;
    return (given != NULL && (*end != '\0' || end == given)) || port < 0 || port > 65535 ? -1 : (int)port;
}

int cli_serve(int argc, char **argv) {
    serve_command c = {.command = cli_find("serve")};
    cli_arguments arguments;
    const char *paths[CLI_GIVEN];
    int code = cli_read(c.command, argc, argv, &arguments);
    if (code == EXIT_DONE) {
        c.arguments = &arguments;
        c.desk = arguments.operand_count == 1 ? arguments.operands[0] : NULL;
        c.port = read_port(cli_value(c.command, &arguments, "port"));
        c.listen = cli_value(c.command, &arguments, "listen");
        c.token = cli_value(c.command, &arguments, "token");
        c.read_only = cli_value(c.command, &arguments, "read-only") != NULL;
        c.open = cli_value(c.command, &arguments, "no-open") == NULL;
        c.beyond = c.listen != NULL && !is_here(c.listen);
        c.engine = cli_engine_options(c.command, &arguments, paths);
        code = check(&c);
    }
    if (code == EXIT_DONE) {
        code = serve_run(&c);
    }
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

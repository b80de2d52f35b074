// SPDX-License-Identifier: Apache-2.0
/* dragoman watch: polls the feeds that a file names and codes what is new in them. */
#include "cli/watch.h"

#include <errno.h>
#include <limits.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "fetch/schedule.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#define AGENT "dragoman/" DRG_VERSION " (reads feeds for one user; sets its name with --agent)"
#define JOBS_MOST 64

const cli_option cli_watch_options[] = {
    {"output", 'o', "DESK", "database to write into (made if new)"},
    {"every", 0, "MIN", "minutes between two looks at a feed; also 2h, 1d (default: 30)"},
    {"once", 0, NULL, "look at what is due now, code what is new, end"},
    {"no-pages", 0, NULL, "code the feeds' own texts; fetch no page that they link to"},
    {"jobs", 'j', "N", "requests under way at once, each to another host (default: 4)"},
    {"pause", 0, "TIME", "between two requests to one host (default: 5s)"},
    {"timeout", 0, "TIME", "for one request (default: 60s)"},
    {"agent", 0, "TEXT", "how the program names itself to servers: name/version (contact)"},
    {"state", 0, "FILE", "what was seen already (default: DESK.watch)"},
    {NULL, 0, NULL, NULL}};

/* "postgresql://user@host/name": the state of such a desk stands among this user's own files. */
static bool find_state_folder(const char *desk, char path[PATH_MAX]) {
    const char *base = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    int size = base != NULL && base[0] == '/' ? snprintf(path, PATH_MAX, "%s", base)
                                              : snprintf(path, PATH_MAX, "%s/.local/state", home != NULL ? home : "");
    if (size <= 1 || size > PATH_MAX - 64) {
        return false;
    }
    snprintf(path + size, (size_t)(PATH_MAX - size), "/dragoman");
    for (char *at = path + 1; *at != '\0'; at++) {
        if (*at == '/') {
            *at = '\0';
            mkdir(path, 0700);
            *at = '/';
        }
    }
    bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
    size = (int)strlen(path);
    snprintf(path + size, (size_t)(PATH_MAX - size), "/%016llx.watch", (unsigned long long)XXH3_64bits(desk, strlen(desk)));
    return made;
}

static bool find_state(watch_plan *plan) {
    static char path[PATH_MAX];
    if (plan->state != NULL) {
        return true;
    }
    plan->state = path;
    if (strstr(plan->desk, "://") != NULL) {
        return find_state_folder(plan->desk, path);
    }
    return snprintf(path, sizeof path, "%s.watch", plan->desk) < (int)sizeof path;
}

static bool read_length(const char *text, i64 usual, i64 unit, i64 *length) {
    *length = usual;
    return text == NULL || (schedule_read_length(span_of(text), unit, length) && *length > 0);
}

static bool read_jobs(const char *text, u32 *jobs) {
    char *end = NULL;
    long value = text != NULL ? strtol(text, &end, 10) : 4;
    *jobs = (u32)value;
    return (text == NULL || *end == '\0') && value >= 1 && value <= JOBS_MOST;
}

/* A name in front, as robots.txt files address it, and nothing that breaks a header. */
static bool is_agent(const char *text) {
    size_t name = 0;
    while (ascii_is_alpha((unsigned char)text[name]) || text[name] == '-' || text[name] == '_') {
        name++;
    }
    for (size_t i = 0; text[i] != '\0'; i++) {
        if ((unsigned char)text[i] < 0x20 || (unsigned char)text[i] >= 0x7F) {
            return false;
        }
    }
    return name > 0 && name < 60 && strchr("/ ", text[name]) != NULL && strlen(text) < 200;
}

static int read_plan(const cli_command *command, const cli_arguments *given, watch_plan *plan) {
    const char *agent = cli_value(command, given, "agent");
    *plan = (watch_plan){.list = given->operand_count == 1 ? given->operands[0] : NULL,
                         .desk = cli_value(command, given, "output"),
                         .state = cli_value(command, given, "state"),
                         .agent = agent != NULL ? agent : AGENT,
                         .once = cli_value(command, given, "once") != NULL,
                         .no_pages = cli_value(command, given, "no-pages") != NULL};
    const char *wrong = NULL;
    if (plan->list == NULL) {
        wrong = "name one file with the addresses of feeds, one a line";
    } else if (plan->desk == NULL) {
        wrong = "name a database: -o desk.db";
    } else if (!read_length(cli_value(command, given, "every"), 30 * MINUTE, MINUTE, &plan->every)) {
        wrong = "--every takes minutes, or a time such as 2h";
    } else if (!read_length(cli_value(command, given, "pause"), 5 * SECOND, SECOND, &plan->pause)) {
        wrong = "--pause takes seconds, or a time such as 500ms";
    } else if (!read_length(cli_value(command, given, "timeout"), 60 * SECOND, SECOND, &plan->time_cap) || plan->time_cap > HOUR) {
        wrong = "--timeout takes seconds, or a time up to 1h";
    } else if (!read_jobs(cli_value(command, given, "jobs"), &plan->jobs)) {
        wrong = "--jobs takes a number from 1 to 64";
    } else if (!is_agent(plan->agent)) {
        wrong = "--agent takes name/version (contact), plain ASCII, shorter than 200 bytes";
    } else if (!find_state(plan)) {
        wrong = "no place for what was seen: name a file with --state";
    }
    if (wrong != NULL) {
        fprintf(stderr, "dragoman watch: %s\nSee: dragoman watch -h\n", wrong);
        return EXIT_USE;
    }
    return EXIT_DONE;
}

int cli_watch(int argc, char **argv) {
    const cli_command *command = cli_find("watch");
    cli_arguments given;
    watch_plan plan;
    drg_engine *engine = NULL;
    int code = cli_read(command, argc, argv, &given);
    if (code == EXIT_DONE) {
        code = read_plan(command, &given, &plan);
        if (code == EXIT_DONE) {
            code = cli_open_engine(command, &given, &engine);
        }
        if (code == EXIT_DONE) {
            code = watch_run(&plan, engine);
        }
    }
    drg_engine_close(engine);
    free(given.operands);
    return code < 0 ? EXIT_DONE : code;
}

// SPDX-License-Identifier: Apache-2.0
/* One reader for every command's options, driven by its table. */
#include <limits.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/nearest.h"
#include "cli/cli.h"
#include "cli/config.h"
#include "pipeline.h"

static const cli_option common[] = {{"help", 'h', NULL, "this help (-h short, --help full)"},
                                    {"data", 0, "DIR", "folder with lang/, world/ and model/"}};

const char *cli_nearest_command(const char *name) {
    const char *names[64];
    size_t count = 0;
    for (const cli_command *c = cli_commands; c->name != NULL && count < COUNT_OF(names); c++) {
        names[count++] = c->name;
    }
    return nearest_name(name, names, count);
}

const cli_option *cli_nth_option(const cli_command *command, int index) {
    int own = 0;
    while (command->options != NULL && command->options[own].name != NULL) {
        own++;
    }
    if (index < own) {
        return &command->options[index];
    }
    return index - own < (int)COUNT_OF(common) ? &common[index - own] : NULL;
}

void cli_print_values(FILE *out, const char *values) {
    for (span rest = span_of(values); rest.len > 0;) {
        span word = span_next_field(&rest, '|');
        bool only = word.ptr == values, last = rest.len == 0;
        fprintf(out, "%s%.*s", only ? "" : last ? " or " : ", ", (int)word.len, word.ptr);
    }
}

static int unknown_option(const cli_command *command, const char *given) {
    const char *names[64];
    size_t count = 0;
    for (int i = 0; cli_nth_option(command, i) != NULL && count < COUNT_OF(names); i++) {
        names[count++] = cli_nth_option(command, i)->name;
    }
    const char *best = nearest_name(given, names, count);
    fprintf(stderr, "dragoman %s: unknown option --%s", command->name, given);
    if (best != NULL) {
        fprintf(stderr, "; did you mean --%s?", best);
    }
    fprintf(stderr, "\nSee: dragoman %s --help\n", command->name);
    return EXIT_USE;
}

bool cli_takes(const cli_option *option, const char *value) {
    if (option->values == NULL) {
        return true;
    }
    for (span rest = span_of(option->values); rest.len > 0;) {
        if (span_eq(span_next_field(&rest, '|'), span_of(value))) {
            return true;
        }
    }
    return false;
}

static int wrong_value(const cli_command *command, const cli_option *option, const char *value) {
    fprintf(stderr, "dragoman %s: --%s takes ", command->name, option->name);
    cli_print_values(stderr, option->values);
    fprintf(stderr, ", not \"%s\"\n", value);
    return EXIT_USE;
}

static int take_value(const cli_command *command, int index, const char *attached, int argc, char **argv, int *at,
                      cli_arguments *out) {
    const cli_option *option = cli_nth_option(command, index);
    if (option->argument == NULL) {
        if (attached != NULL) {
            fprintf(stderr, "dragoman %s: --%s takes no value\n", command->name, option->name);
            return EXIT_USE;
        }
        out->values[index] = "";
        return EXIT_DONE;
    }
    if (attached == NULL && *at + 1 >= argc) {
        fprintf(stderr, "dragoman %s: --%s needs a value: --%s %s\n", command->name, option->name, option->name, option->argument);
        return EXIT_USE;
    }
    const char *value = attached != NULL ? attached : argv[++*at];
    if (out->given_count == CLI_GIVEN) {
        fprintf(stderr, "dragoman %s: more than %d options\n", command->name, CLI_GIVEN);
        return EXIT_USE;
    }
    out->given[out->given_count].option = index;
    out->given[out->given_count++].value = value;
    if (option->repeats) {
        size_t used = strlen(out->joined);
        int size = snprintf(out->joined + used, sizeof out->joined - used, "%s%s", used > 0 ? "," : "", value);
        if (size < 0 || (size_t)size >= sizeof out->joined - used) {
            fprintf(stderr, "dragoman %s: too much behind --%s\n", command->name, option->name);
            return EXIT_USE;
        }
        value = out->joined;
    }
    out->values[index] = value;
    return cli_takes(option, value) ? EXIT_DONE : wrong_value(command, option, value);
}

static int read_long(const cli_command *command, int argc, char **argv, int *at, cli_arguments *out) {
    const char *text = argv[*at] + 2, *equals = strchr(text, '=');
    char name[64];
    size_t len = equals != NULL ? (size_t)(equals - text) : strlen(text);
    snprintf(name, sizeof name, "%.*s", (int)len, text);
    for (int i = 0; cli_nth_option(command, i) != NULL; i++) {
        if (strcmp(cli_nth_option(command, i)->name, name) == 0) {
            return take_value(command, i, equals != NULL ? equals + 1 : NULL, argc, argv, at, out);
        }
    }
    return unknown_option(command, name);
}

static int read_short(const cli_command *command, int argc, char **argv, int *at, cli_arguments *out) {
    const char *text = argv[*at] + 1;
    for (int i = 0; cli_nth_option(command, i) != NULL; i++) {
        if (cli_nth_option(command, i)->letter == text[0]) {
            return take_value(command, i, text[1] != '\0' ? text + 1 : NULL, argc, argv, at, out);
        }
    }
    fprintf(stderr, "dragoman %s: unknown option -%c\nSee: dragoman %s --help\n", command->name, text[0], command->name);
    return EXIT_USE;
}

int cli_read(const cli_command *command, int argc, char **argv, cli_arguments *out) {
    bool ended = false;
    memset(out, 0, sizeof *out);
    out->operands = calloc((size_t)argc + 1, sizeof *out->operands);
    if (out->operands == NULL) {
        return EXIT_STOPPED;
    }
    for (int at = 1; at < argc; at++) {
        int code = EXIT_DONE;
        if (ended || argv[at][0] != '-' || argv[at][1] == '\0') {
            out->operands[out->operand_count++] = argv[at];
        } else if (strcmp(argv[at], "--") == 0) {
            ended = true;
        } else if (strcmp(argv[at], "-h") == 0 || strcmp(argv[at], "--help") == 0) {
            cli_print_help(command, argv[at][1] == '-');
            return -1;
        } else if (argv[at][1] == '-') {
            code = read_long(command, argc, argv, &at, out);
        } else {
            code = read_short(command, argc, argv, &at, out);
        }
        if (code != EXIT_DONE) {
            return code;
        }
    }
    return config_apply(command, out);
}

const char *cli_value(const cli_command *command, const cli_arguments *arguments, const char *name) {
    for (int i = 0; cli_nth_option(command, i) != NULL; i++) {
        if (strcmp(cli_nth_option(command, i)->name, name) == 0) {
            return arguments->values[i];
        }
    }
    return NULL;
}

static bool is_data_folder(const char *folder) {
    char path[PATH_MAX + 16];
    struct stat info;
    snprintf(path, sizeof path, "%s/world", folder);
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

const char *cli_data_folder(const char *given) {
    static char folder[PATH_MAX];
    if (given != NULL) {
        return given;
    }
    if (getenv("DRAGOMAN_DATA") != NULL) {
        return getenv("DRAGOMAN_DATA");
    }
    ssize_t size = readlink("/proc/self/exe", folder, sizeof folder - 1);
    for (int up = 0; up < 3 && size > 0; up++) { /* build/dragoman stands one folder below the data */
        folder[size] = '\0';
        char *slash = strrchr(folder, '/');
        if (slash == NULL || slash == folder) {
            break;
        }
        *slash = '\0';
        size = slash - folder;
        if (is_data_folder(folder)) {
            return folder;
        }
    }
    return NULL;
}

bool cli_use_color(const char *when, FILE *stream) {
    if (when != NULL && strcmp(when, "always") == 0) {
        return true;
    }
    if ((when != NULL && strcmp(when, "never") == 0) || getenv("NO_COLOR") != NULL) {
        return false;
    }
    const char *terminal = getenv("TERM");
    return isatty(fileno(stream)) && (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

int cli_report_error(const drg_error *error) {
    fprintf(stderr, "dragoman: %s%s%s\n", error->source, error->source[0] ? ": " : "", error->message);
    return error->status == DRG_ERROR_USE ? EXIT_USE : EXIT_STOPPED;
}

/* Gathers the values of the option with this name behind `paths`; returns how many. */
static size_t gather(const cli_command *command, const cli_arguments *arguments, const char *name, const char **paths) {
    size_t count = 0;
    for (int i = 0; i < arguments->given_count; i++) {
        if (strcmp(cli_nth_option(command, arguments->given[i].option)->name, name) == 0) {
            paths[count++] = arguments->given[i].value;
        }
    }
    return count;
}

drg_options cli_engine_options(const cli_command *command, const cli_arguments *arguments, const char **paths) {
    drg_options options = {.data = cli_data_folder(cli_value(command, arguments, "data")), .actors = paths};
    options.actor_count = gather(command, arguments, "actors", paths);
    options.agents = paths + options.actor_count;
    options.agent_count = gather(command, arguments, "agents", paths + options.actor_count);
    options.frames = options.agents + options.agent_count;
    options.frame_count = gather(command, arguments, "frames", paths + options.actor_count + options.agent_count);
    options.verbs = options.frames + options.frame_count;
    options.verb_count = gather(command, arguments, "verbs", paths + options.actor_count + options.agent_count + options.frame_count);
    options.only_verbs = cli_value(command, arguments, "only-verbs") != NULL;
    options.only_actors = cli_value(command, arguments, "only-actors") != NULL;
    options.only_agents = cli_value(command, arguments, "only-agents") != NULL;
    const char *least = cli_value(command, arguments, "least-confidence");
    if (least != NULL) {
        char *end;
        double given = strtod(least, &end);
        options.least_confidence = end == least || *end != '\0' || given < 0 ? NAN : given > 0 ? given : -1;
    }
    return options;
}

void cli_tell_lists(const drg_engine *engine) {
    u32 skipped = knowledge_count_complaints(&engine->known, COMPLAINT_SKIPPED, true);
    u32 others = knowledge_count_complaints(&engine->known, COMPLAINT_WRONG, true);
    if (skipped + others > 0) {
        drg_warning first = drg_engine_warning(engine, 0);
        fprintf(stderr, "dragoman: your lists: %u line%s left out, %u other complaint%s (dragoman dict check shows all); first %.*s:%u: %.*s\n",
                skipped, skipped == 1 ? "" : "s", others, others == 1 ? "" : "s", (int)first.file.len, first.file.ptr, first.line,
                (int)first.message.len, first.message.ptr);
    }
}

int cli_open_engine(const cli_command *command, const cli_arguments *arguments, drg_engine **out) {
    drg_error error = {0};
    const char *paths[CLI_GIVEN];
    drg_options options = cli_engine_options(command, arguments, paths);
    return drg_engine_open(&options, out, &error) == DRG_OK ? EXIT_DONE : cli_report_error(&error);
}

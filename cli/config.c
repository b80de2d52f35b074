// SPDX-License-Identifier: Apache-2.0
/* Defaults for options.  The file is $DRAGOMAN_CONF, else dragoman.conf in $XDG_CONFIG_HOME or ~/.config:
 *
 *     # lines of NAME=VALUE, for every command that has the option, or COMMAND.NAME=VALUE for one
 *     jobs=2
 *     query.to=md
 *
 * An option on the command line wins; a switch is set by NAME=yes.  A name that no command has is told. */
#include "cli/config.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#define LINES 128
#define LINE_ROOM 1024

typedef struct {
    char command[32], name[64], value[LINE_ROOM]; /* command empty: all */
    unsigned line;
} setting;

static setting settings[LINES];
static unsigned count;

const char *config_path(void) {
    static char path[PATH_MAX];
    const char *named = getenv("DRAGOMAN_CONF"), *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (named != NULL) {
        return named[0] != '\0' ? named : NULL;
    }
    int size = config != NULL && config[0] != '\0' ? snprintf(path, sizeof path, "%s/dragoman.conf", config)
               : home != NULL                      ? snprintf(path, sizeof path, "%s/.config/dragoman.conf", home)
                                                   : 0;
    return size > 0 && size < (int)sizeof path && access(path, F_OK) == 0 ? path : NULL;
}

static const cli_option *option_of(const cli_command *command, const char *name) {
    for (int i = 0; cli_nth_option(command, i) != NULL; i++) {
        if (strcmp(cli_nth_option(command, i)->name, name) == 0) {
            return strcmp(name, "help") != 0 ? cli_nth_option(command, i) : NULL;
        }
    }
    return NULL;
}

/* Does any command that the setting may be for have such an option? */
static bool is_known(const setting *s) {
    for (const cli_command *c = cli_commands; c->name != NULL; c++) {
        if ((s->command[0] == '\0' || strcmp(s->command, c->name) == 0) && option_of(c, s->name) != NULL) {
            return true;
        }
    }
    return false;
}

static bool read_line(char *line, setting *out) {
    span all = span_trim(span_of(line)), value = all, name = span_trim(span_next_field(&value, '='));
    bool assigned = name.len < all.len;
    span option = name, command = span_next_field(&option, '.');
    if (option.len == 0) {
        option = command;
        command = SPAN("");
    }
    value = span_trim(value);
    if (!assigned || command.len >= sizeof out->command || option.len >= sizeof out->name) {
        return false;
    }
    snprintf(out->command, sizeof out->command, "%.*s", (int)command.len, command.ptr);
    snprintf(out->name, sizeof out->name, "%.*s", (int)option.len, option.ptr);
    snprintf(out->value, sizeof out->value, "%.*s", (int)value.len, value.ptr);
    return true;
}

static int read_file(const char *path) {
    char line[LINE_ROOM];
    FILE *in = fopen(path, "rb");
    int code = EXIT_DONE;
    if (in == NULL) {
        fprintf(stderr, "dragoman: %s: cannot be read: %s\n", path, strerror(errno));
        return EXIT_USE;
    }
    count = 0;
    for (unsigned number = 1; code == EXIT_DONE && fgets(line, sizeof line, in) != NULL; number++) {
        span text = span_trim(span_of(line));
        if (text.len == 0 || text.ptr[0] == '#') {
            continue;
        }
        bool read = count < LINES && read_line(line, &settings[count]);
        if (!read || !is_known(&settings[count])) {
            const char *wrong = read ? "no command has this option" : count == LINES ? "too many lines" : "wanted OPTION=VALUE or COMMAND.OPTION=VALUE";
            fprintf(stderr, "dragoman: %s:%u: \"%.*s\": %s; see: dragoman help configuration\n", path, number, (int)text.len, text.ptr, wrong);
            code = EXIT_USE;
            break;
        }
        settings[count++].line = number;
    }
    fclose(in);
    return code;
}

int config_apply(const cli_command *command, cli_arguments *arguments) {
    const char *path = config_path();
    int code = path != NULL ? read_file(path) : EXIT_DONE;
    for (unsigned s = count; s-- > 0 && code == EXIT_DONE;) { /* the last line wins */
        const cli_option *option = settings[s].command[0] == '\0' || strcmp(settings[s].command, command->name) == 0 ? option_of(command, settings[s].name) : NULL;
        for (int i = 0; option != NULL && cli_nth_option(command, i) != NULL; i++) {
            if (cli_nth_option(command, i) != option || arguments->values[i] != NULL) {
                continue;
            }
            bool asked = option->argument != NULL || strcmp(settings[s].value, "yes") == 0;
            if (option->argument != NULL && !cli_takes(option, settings[s].value)) {
                fprintf(stderr, "dragoman: %s:%u: %s takes ", path, settings[s].line, option->name);
                cli_print_values(stderr, option->values);
                fprintf(stderr, ", not \"%s\"\n", settings[s].value);
                code = EXIT_USE;
            } else if (asked) {
                arguments->values[i] = option->argument != NULL ? settings[s].value : "";
            }
        }
    }
    return code;
}

void config_print(FILE *out) {
    const char *path = config_path();
    fprintf(out, "defaults    %s\n", path != NULL ? path : "none (dragoman help configuration)");
    for (unsigned i = 0; i < count; i++) {
        fprintf(out, "            %s%s%s=%s\n", settings[i].command, settings[i].command[0] != '\0' ? "." : "", settings[i].name, settings[i].value);
    }
}

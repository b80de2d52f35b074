// SPDX-License-Identifier: Apache-2.0
/* dragoman completion bash|zsh|fish: scripts written from the tables of commands and options.
 *
 * A word is offered where the command line wants one: commands first, then the command's options, the
 * words an option takes, else files. */
#include "cli/cli.h"

const cli_option cli_completion_options[] = {{NULL, 0, NULL, NULL, NULL}};

static bool is_words(const char *operands) { return operands != NULL && operands[0] >= 'a'; }

/* "table|jsonl" as "table jsonl". */
static void put_words(const char *values) {
    for (const char *c = values; *c != '\0'; c++) {
        putchar(*c == '|' ? ' ' : *c);
    }
}

static void put_commands(void) {
    for (const cli_command *c = cli_commands; c->name != NULL; c++) {
        printf("%s%s", c == cli_commands ? "" : " ", c->name);
    }
}

static void put_topics(void) {
    for (const cli_topic *t = cli_topics; t->name != NULL; t++) {
        printf(" %s", t->name);
    }
}

static void put_operands(const cli_command *command) {
    if (is_words(command->operands)) {
        put_words(command->operands);
    } else if (command->operands != NULL && strcmp(command->operands, "COMMAND") == 0) {
        put_commands();
        put_topics();
    }
}

/* ------------------------------------------------------------------ bash */

static void bash_values(const cli_command *command) {
    for (int i = 0; cli_nth_option(command, i) != NULL; i++) {
        const cli_option *o = cli_nth_option(command, i);
        if (o->argument == NULL) {
            continue;
        }
        printf("    '%s --%s'", command->name, o->name);
        if (o->letter != 0) {
            printf("|'%s -%c'", command->name, o->letter);
        }
        printf(")\n      COMPREPLY=(");
        if (o->values != NULL) {
            printf("$(compgen -W '");
            put_words(o->values);
            printf("' -- \"$cur\")");
        } else if (strcmp(o->argument, "FILE") == 0 || strcmp(o->argument, "DIR") == 0) {
            printf("$(compgen -%c -- \"$cur\")", o->argument[0] == 'F' ? 'f' : 'd');
        }
        printf(")\n      return ;;\n");
    }
}

static void write_bash(void) {
    printf("# completion of dragoman for bash\n_dragoman() {\n  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
           "  if ((COMP_CWORD == 1)); then\n    COMPREPLY=($(compgen -W '");
    put_commands();
    printf("' -- \"$cur\"))\n    return\n  fi\n  case \"${COMP_WORDS[1]} $prev\" in\n");
    for (const cli_command *c = cli_commands; c->name != NULL; c++) {
        bash_values(c);
    }
    printf("  esac\n  local options='' words=''\n  case \"${COMP_WORDS[1]}\" in\n");
    for (const cli_command *c = cli_commands; c->name != NULL; c++) {
        printf("    %s)\n      options='", c->name);
        for (int i = 0; cli_nth_option(c, i) != NULL; i++) {
            printf("%s--%s", i ? " " : "", cli_nth_option(c, i)->name);
        }
        printf("'\n      words='");
        put_operands(c);
        printf("' ;;\n");
    }
    printf("  esac\n  if [[ $cur == -* ]]; then\n    COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
           "  else\n    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\") $(compgen -f -- \"$cur\"))\n  fi\n"
           "  [[ ${COMPREPLY-} == *= ]] && compopt -o nospace\n}\ncomplete -o filenames -F _dragoman dragoman\n");
}

/* ------------------------------------------------------------------ zsh and fish */

/* Inside '...' of a shell; what zsh's _arguments reads as markup gets a backslash. */
static void put_quoted(const char *text, const char *marks) {
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\'') {
            fputs("'\\''", stdout);
        } else if (strchr(marks, *c) != NULL) {
            printf("\\%c", *c);
        } else {
            putchar(*c);
        }
    }
}

static void zsh_option(const cli_option *o) {
    printf(" \\\n        ");
    if (o->letter != 0) {
        printf("'(-%c --%s)'{-%c,--%s}", o->letter, o->name, o->letter, o->name);
    } else {
        printf("'--%s'", o->name);
    }
    printf("'[");
    put_quoted(o->help, "[]:\\");
    printf("]");
    if (o->argument != NULL) {
        printf(":%s:", o->argument);
        if (o->values != NULL) {
            printf("(");
            put_words(o->values);
            printf(")");
        } else if (strcmp(o->argument, "FILE") == 0 || strcmp(o->argument, "DIR") == 0) {
            printf("_files");
        }
    }
    printf("'");
}

static void write_zsh(void) {
    printf("#compdef dragoman\n_dragoman() {\n  local -a commands=(\n");
    for (const cli_command *c = cli_commands; c->name != NULL; c++) {
        printf("    '%s:", c->name);
        put_quoted(c->summary, ":\\");
        printf("'\n");
    }
    printf("  )\n  if ((CURRENT == 2)); then\n    _describe command commands\n    return\n  fi\n"
           "  local command=$words[2]\n  shift words\n  ((CURRENT--))\n  case $command in\n");
    for (const cli_command *c = cli_commands; c->name != NULL; c++) {
        printf("    %s)\n      _arguments", c->name);
        for (int i = 0; cli_nth_option(c, i) != NULL; i++) {
            zsh_option(cli_nth_option(c, i));
        }
        printf(" \\\n        '*:operand:");
        bool files = c->operands != NULL && strcmp(c->operands, "FILE") == 0;
        printf(files ? "_files'" : "(");
        put_operands(c);
        printf(files ? " ;;\n" : ")' ;;\n");
    }
    printf("  esac\n}\n_dragoman \"$@\"\n");
}

static void fish_option(const cli_command *c, const cli_option *o) {
    printf("complete -c dragoman -n '__fish_seen_subcommand_from %s' -l %s", c->name, o->name);
    if (o->letter != 0) {
        printf(" -s %c", o->letter);
    }
    if (o->values != NULL) {
        printf(" -x -a '");
        put_words(o->values);
        printf("'");
    } else if (o->argument != NULL) {
        printf(strcmp(o->argument, "FILE") == 0 || strcmp(o->argument, "DIR") == 0 ? " -r" : " -x");
    }
    printf(" -d '");
    put_quoted(o->help, "");
    printf("'\n");
}

static void write_fish(void) {
    printf("# completion of dragoman for fish\n");
    for (const cli_command *c = cli_commands; c->name != NULL; c++) {
        printf("complete -c dragoman -f -n __fish_use_subcommand -a %s -d '", c->name);
        put_quoted(c->summary, "");
        printf("'\n");
        for (int i = 0; cli_nth_option(c, i) != NULL; i++) {
            fish_option(c, cli_nth_option(c, i));
        }
        if (c->operands != NULL && strcmp(c->operands, "FILE") != 0) {
            printf("complete -c dragoman -f -n '__fish_seen_subcommand_from %s' -a '", c->name);
            put_operands(c);
            printf("'\n");
        }
    }
}

int cli_completion(int argc, char **argv) {
    static const struct {
        const char *name;
        void (*write)(void);
    } shells[] = {{"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}};
    const cli_command *command = cli_find("completion");
    cli_arguments arguments;
    int code = cli_read(command, argc, argv, &arguments);
    if (code == EXIT_DONE) {
        code = EXIT_USE;
        for (size_t i = 0; i < COUNT_OF(shells) && arguments.operand_count == 1; i++) {
            if (strcmp(shells[i].name, arguments.operands[0]) == 0) {
                shells[i].write();
                code = EXIT_DONE;
            }
        }
        if (code == EXIT_USE) {
            fprintf(stderr, "dragoman completion: name one shell: bash, zsh or fish\n");
        }
    }
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

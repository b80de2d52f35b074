// SPDX-License-Identifier: Apache-2.0
/* The manual pages, written from the tables of commands, options and topics: man source (man(7)).
 * The build calls this for dragoman.1 and every dragoman-COMMAND.1; no date, so that a build repeats. */
#include "cli/cli.h"

/* Text as roff: what would be markup loses its meaning, a hyphen stays one that can be pasted. */
static void put(FILE *out, const char *text) {
    bool line_start = true;
    for (const char *c = text; *c != '\0'; c++) {
        if (line_start && (*c == '.' || *c == '\'')) {
            fputs("\\&", out);
        }
        if (*c == '\\') {
            fputs("\\e", out);
        } else if (*c == '-') {
            fputs("\\-", out);
        } else {
            fputc(*c, out);
        }
        line_start = *c == '\n';
    }
}

static void section(FILE *out, const char *name) { fprintf(out, ".SH %s\n", name); }

static void put_block(FILE *out, const char *text) {
    fputs(".nf\n", out);
    put(out, text);
    fputs(".fi\n", out);
}

static void put_title(FILE *out, const cli_command *command) {
    fputs(".TH \"DRAGOMAN", out);
    for (const char *c = command != NULL ? command->name : ""; *c != '\0'; c++) {
        if (c == command->name) {
            fputs("\\-", out);
        }
        fputc(ascii_to_upper(*c), out);
    }
    fprintf(out, "\" 1 \"\" \"dragoman %s\" \"User Commands\"\n", drg_version());
}

static void put_option(FILE *out, const cli_option *option) {
    fputs(".TP\n", out);
    if (option->letter != 0) {
        fprintf(out, "\\fB\\-%c\\fR, ", option->letter);
    }
    fputs("\\fB", out);
    put(out, "--");
    put(out, option->name);
    fputs("\\fR", out);
    if (option->argument != NULL) {
        fprintf(out, " \\fI%s\\fR", option->argument);
    }
    fputc('\n', out);
    put(out, option->help);
    if (option->values != NULL) {
        fputs(": ", out);
        cli_print_values(out, option->values);
    }
    fputc('\n', out);
}

static void put_topic(FILE *out, const cli_topic *topic) {
    if (topic->text != NULL) {
        put_block(out, topic->text);
        return;
    }
    char *text = NULL;
    size_t size = 0;
    FILE *page = open_memstream(&text, &size);
    if (page != NULL) {
        topic->print(page);
        fclose(page);
        put_block(out, text);
    }
    free(text);
}

static void put_exit_codes(FILE *out) {
    for (const cli_topic *t = cli_topics; t->name != NULL; t++) {
        if (strcmp(t->name, "exit-codes") == 0) {
            section(out, "EXIT STATUS");
            put_topic(out, t);
        }
    }
}

static void put_command_page(FILE *out, const cli_command *command) {
    section(out, "NAME");
    fprintf(out, "dragoman\\-%s \\- ", command->name);
    put(out, command->summary);
    fputc('\n', out);
    section(out, "SYNOPSIS");
    fprintf(out, ".B dragoman %s\n", command->name);
    put(out, command->usage);
    fputc('\n', out);
    if (command->details != NULL) {
        section(out, "DESCRIPTION");
        put(out, command->details);
    }
    section(out, "OPTIONS");
    for (int i = 0; cli_nth_option(command, i) != NULL; i++) {
        put_option(out, cli_nth_option(command, i));
    }
    section(out, "EXAMPLES");
    put_block(out, command->examples);
    put_exit_codes(out);
    section(out, "SEE ALSO");
    fputs(".BR dragoman (1)\n", out);
}

static void put_overview_page(FILE *out) {
    section(out, "NAME");
    fputs("dragoman \\- who did what to whom, when, where, and according to whom\n", out);
    section(out, "SYNOPSIS");
    fputs(".B dragoman\n.I COMMAND\n[\\fIOPTION\\fR | \\fIOPERAND\\fR]...\n", out);
    section(out, "DESCRIPTION");
    fputs("Reads news reports about politics and writes down who did what to whom, when, where, and according to whom,\n"
          "each with the words that say so. What is said is kept apart from what is done.\n", out);
    section(out, "COMMANDS");
    for (const cli_command *c = cli_commands; c->name != NULL; c++) {
        fprintf(out, ".TP\n.BR dragoman\\-%s (1)\n", c->name);
        put(out, c->summary);
        fputc('\n', out);
    }
    for (const cli_topic *t = cli_topics; t->name != NULL; t++) {
        fputs(".SH \"", out);
        for (const char *c = strcmp(t->name, "exit-codes") == 0 ? "exit status" : t->name; *c != '\0'; c++) {
            fputc(ascii_to_upper(*c), out);
        }
        fputs("\"\n", out);
        put_topic(out, t);
    }
    section(out, "ENVIRONMENT");
    fputs(".TP\n.B DRAGOMAN_DATA\nfolder with lang/, world/ and model/, where \\-\\-data is not given\n"
          ".TP\n.B NO_COLOR\nno colours\n", out);
}

void cli_print_manual(FILE *out, const cli_command *command) {
    put_title(out, command);
    if (command != NULL) {
        put_command_page(out, command);
    } else {
        put_overview_page(out);
    }
}

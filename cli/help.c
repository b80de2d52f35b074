// SPDX-License-Identifier: Apache-2.0
/* dragoman help, -h and --help: everything is printed from the tables of commands, options and topics. */
#include "ask/ask.h"
#include "base/nearest.h"
#include "cli/cli.h"

const cli_option cli_help_options[] = {{"man", 0, NULL, "write the manual page (man source) of dragoman, or of the command", NULL},
                                       {NULL, 0, NULL, NULL, NULL}};

static void print_filters(FILE *out) {
    fputs("NAME=VALUE, NAME!=VALUE; a comma parts alternatives: class=agree,consult\n"
          "Numbers also take < <= > >= (in quotes: the shell has its own use for them); all filters must hold.\n\n", out);
    for (const ask_word *w = ask_words; w->name != NULL; w++) {
        if (w->help[0] != '\0') {
            fprintf(out, "%-24s %s\n", w->example, w->help);
        }
    }
    fputs("\nAn actor is a code (USA, \"USA MIL\"), a sector (MIL) or a part of a name (Hezbollah).\n"
          "Whoever acts in a mutual event is source and target of it.\n", out);
}

const cli_topic cli_topics[] = {
    {"exit-codes", "what a command's exit code says",
     "0    finished, also when nothing was found; single bad reports are only counted\n"
     "1    could not finish: database, memory, disk\n"
     "2    wrong use\n"
     "3    finished, but a whole input could not be read\n"
     "4    no rows, only with --exit-status\n"
     "130  interrupted; the same command goes on where it stopped\n",
     NULL},
    {"formats", "what is read and written",
     "Input   told apart by content, or named with --from; each also as .gz and .zst, from files, folders,\n"
     "        patterns and standard input\n"
     "  text, mail, mbox  plain text, on top if you like \"Title: ...\", \"Date: ...\" and a blank line\n"
     "  html              pages: the report is found, menus and comments are left out\n"
     "  jsonl, json       {\"id\",\"url\",\"outlet\",\"title\",\"date\",\"byline\",\"lang\",\"fetched\",\"text\" or \"html\"},\n"
     "                    one a line, or in a list\n"
     "  csv, tsv          the same names in the first row\n"
     "  warc              web archives; newsml, nitf agencies' XML; feed saved RSS and Atom\n"
     "        --map title=headline,text=content.body tells where JSON or a table keeps a field\n"
     "Output  table, csv (one event a row), jsonl (report, event, claim, agreement and problem records)\n"
     "        Offsets count Unicode code points of the report's text.\n",
     NULL},
    {"configuration", "defaults for options",
     "$DRAGOMAN_CONF, else dragoman.conf in $XDG_CONFIG_HOME or ~/.config, holds lines of OPTION=VALUE for every\n"
     "command that has the option, or COMMAND.OPTION=VALUE for one:\n\n"
     "    # two threads everywhere, answers as Markdown\n"
     "    jobs=2\n"
     "    query.to=md\n\n"
     "An option on the command line wins.  A switch is set by OPTION=yes.  dragoman info shows what is set.\n",
     NULL},
    {"filters", "the words of query and export", NULL, print_filters},
    {"codes", "categories, modes, root codes, contexts and sectors", NULL, cli_print_codes},
    {NULL, NULL, NULL, NULL}};

static void print_option(FILE *out, const cli_option *option) {
    char left[64];
    snprintf(left, sizeof left, "%c%c --%s%s%s", option->letter ? '-' : ' ', option->letter ? option->letter : ' ', option->name,
             option->argument ? " " : "", option->argument ? option->argument : "");
    fprintf(out, "  %-26s %s%s", left, option->help, option->values != NULL ? ": " : "");
    cli_print_values(out, option->values);
    fputc('\n', out);
}

void cli_print_help(const cli_command *command, bool full) {
    printf("dragoman %s: %s\n\nUsage: dragoman %s %s\n\n", command->name, command->summary, command->name, command->usage);
    for (int i = 0; cli_nth_option(command, i) != NULL; i++) {
        print_option(stdout, cli_nth_option(command, i));
    }
    printf("\nExamples:\n%s", command->examples);
    if (full && command->details != NULL) {
        printf("\n%s", command->details);
    }
}

static void print_topics(FILE *out) {
    fputs("Topics: ", out);
    for (const cli_topic *t = cli_topics; t->name != NULL; t++) {
        fprintf(out, "%s%s", t == cli_topics ? "" : ", ", t->name);
    }
    fputc('\n', out);
}

void cli_print_overview(FILE *out) {
    fprintf(out, "dragoman %s: who did what to whom, when, where, and according to whom\n\nUsage: dragoman COMMAND ...\n\n", drg_version());
    for (const cli_command *c = cli_commands; c->name != NULL; c++) {
        fprintf(out, "  %-10s %s\n", c->name, c->summary);
    }
    fprintf(out, "\nTry: dragoman code samples/     Help on a command: dragoman COMMAND -h\n");
    print_topics(out);
}

static void print_topic(const cli_topic *topic) {
    if (topic->text != NULL) {
        fputs(topic->text, stdout);
    } else {
        topic->print(stdout);
    }
}

static int print_about(const char *name, bool manual) {
    const cli_command *command = cli_find(name);
    const char *names[96];
    size_t count = 0;
    if (command != NULL && manual) {
        cli_print_manual(stdout, command);
        return EXIT_DONE;
    }
    if (command != NULL) {
        cli_print_help(command, true);
        return EXIT_DONE;
    }
    for (const cli_command *c = cli_commands; c->name != NULL && count < 64; c++) {
        names[count++] = c->name;
    }
    for (const cli_topic *t = cli_topics; t->name != NULL && count < COUNT_OF(names); t++) {
        if (strcmp(t->name, name) == 0 && !manual) {
            print_topic(t);
            return EXIT_DONE;
        }
        names[count++] = t->name;
    }
    const char *near = nearest_name(name, names, count);
    fprintf(stderr, "dragoman help: no %s \"%s\"%s%s%s\n", manual ? "command" : "command or topic", name, near ? "; did you mean " : "",
            near ? near : "", near ? "?" : "");
    print_topics(stderr);
    return EXIT_USE;
}

int cli_help(int argc, char **argv) {
    const cli_command *command = cli_find("help");
    cli_arguments arguments;
    int code = cli_read(command, argc, argv, &arguments);
    bool manual = code == EXIT_DONE && cli_value(command, &arguments, "man") != NULL;
    if (code == EXIT_DONE && arguments.operand_count > 0) {
        code = print_about(arguments.operands[0], manual);
    } else if (manual) {
        cli_print_manual(stdout, NULL);
    } else if (code == EXIT_DONE) {
        cli_print_overview(stdout);
    }
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

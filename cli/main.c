// SPDX-License-Identifier: Apache-2.0
/* dragoman COMMAND ...: finds the command and runs it.  Each command is a file of its own. */
#include "cli/cli.h"

static const cli_option help_options[] = {{NULL, 0, NULL, NULL}};

extern const cli_option cli_code_options[], cli_explain_options[], cli_info_options[], cli_parse_options[], cli_eval_options[];

const cli_command cli_commands[] = {
    {"code", "read reports and write who did what to whom", "[INPUT...|-] [-o desk.db] [--to table|jsonl|csv]",
     "  dragoman code samples/                     a table of events\n"
     "  dragoman code news.jsonl -o desk.db        into a database\n"
     "  cat page.html | dragoman code - --to jsonl every record, one a line\n",
     "INPUT is a file, a folder (walked in order of names) or - for standard input: plain text, HTML or\n"
     "JSON lines, plain or gzip, told apart by content.  A report that cannot be coded is a problem record;\n"
     "the rest goes on.  The output is the same whatever --jobs says.\n",
     cli_code_options, cli_code},
    {"explain", "show every stage for one text, and why each code", "TEXT|FILE",
     "  dragoman explain \"Turkey shelled Kurdish positions in Syria on Sunday.\"\n"
     "  dragoman explain samples/01-moyale-agreement.txt\n",
     NULL, cli_explain_options, cli_explain},
    {"dict", "check and test the word lists", "check | test [FRAMES-FILE or FRAME]",
     "  dragoman dict check\n"
     "  dragoman dict test lang/en/frames/aid.frames\n",
     NULL, help_options, cli_dict},
    {"parse", "write sentences, words, trees and names as CoNLL-U", "[INPUT...|-] [--from conllu]",
     "  dragoman parse samples/01-moyale-agreement.txt\n"
     "  dragoman parse --from conllu treebank.conllu    its sentences and words, our trees\n",
     NULL, cli_parse_options, cli_parse},
    {"eval", "score cutting and parsing against a treebank", "conllu GOLD [SYSTEM] [--gold-tokens]",
     "  dragoman eval conllu en_ewt-ud-test.conllu                  from its raw text\n"
     "  dragoman eval conllu en_ewt-ud-test.conllu --gold-tokens    the parser alone\n"
     "  dragoman eval conllu gold.conllu system.conllu              two files\n",
     "The measures are those of the CoNLL 2018 shared task.\n", cli_eval_options, cli_eval},
    {"info", "versions, model and word-list hashes, what a database holds", "[DATABASE]",
     "  dragoman info\n"
     "  dragoman info desk.db\n",
     NULL, cli_info_options, cli_info},
    {"help", "help on a command, or on exit-codes or formats", "[TOPIC]", "  dragoman help exit-codes\n", NULL, help_options, cli_help},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL},
};

const cli_command *cli_find(const char *name) {
    for (const cli_command *c = cli_commands; c->name != NULL; c++) {
        if (strcmp(c->name, name) == 0) {
            return c;
        }
    }
    return NULL;
}

static void print_overview(FILE *out) {
    fprintf(out, "dragoman %s: who did what to whom, when, where, and according to whom\n\nUsage: dragoman COMMAND ...\n\n", drg_version());
    for (const cli_command *c = cli_commands; c->name != NULL; c++) {
        fprintf(out, "  %-10s %s\n", c->name, c->summary);
    }
    fprintf(out, "\nTry: dragoman code samples/     Help on a command: dragoman COMMAND -h\n");
}

static const struct {
    const char *name, *text;
} topics[] = {
    {"exit-codes",
     "0    finished, also when nothing was found; single bad reports are only counted\n"
     "1    could not finish: database, memory, disk\n"
     "2    wrong use\n"
     "3    finished, but a whole input could not be read\n"
     "130  interrupted; the same command goes on where it stopped\n"},
    {"formats",
     "Input   text (with a header \"Title: ...\", \"Date: ...\" if you like), HTML pages, JSON lines:\n"
     "        {\"id\",\"url\",\"outlet\",\"title\",\"date\",\"text\" or \"html\",\"lang\"}, each also as .gz\n"
     "Output  table, csv (one event a row), jsonl (report, event, claim, agreement and problem records)\n"
     "        Offsets count Unicode code points of the report's text.\n"},
};

int cli_help(int argc, char **argv) {
    if (argc < 2) {
        print_overview(stdout);
        printf("Topics: exit-codes, formats\n");
        return EXIT_DONE;
    }
    const cli_command *command = cli_find(argv[1]);
    if (command != NULL) {
        cli_print_help(command, true);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < COUNT_OF(topics); i++) {
        if (strcmp(topics[i].name, argv[1]) == 0) {
            fputs(topics[i].text, stdout);
            return EXIT_DONE;
        }
    }
    fprintf(stderr, "dragoman help: no topic \"%s\": exit-codes, formats, or a command\n", argv[1]);
    return EXIT_USE;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        print_overview(stderr);
        return EXIT_USE;
    }
    if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0) {
        print_overview(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("dragoman %s\n", drg_version());
        return EXIT_DONE;
    }
    const cli_command *command = cli_find(argv[1]);
    if (command == NULL) {
        const char *near = cli_nearest_command(argv[1]);
        fprintf(stderr, "dragoman: no command \"%s\"%s%s%s\nSee: dragoman -h\n", argv[1], near ? "; did you mean " : "", near ? near : "",
                near ? "?" : "");
        return EXIT_USE;
    }
    return command->run(argc - 1, argv + 1);
}

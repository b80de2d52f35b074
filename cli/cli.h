// SPDX-License-Identifier: Apache-2.0
/* What the commands share: one table of commands, one table of options a command (parser, help and
 * completion all read it), the exit codes, and where the data folder is. */
#ifndef DRG_CLI_CLI_H
#define DRG_CLI_CLI_H

#include <stdio.h>

#include "base/base.h"

enum {
    EXIT_DONE = 0,        /* finished, also with nothing found */
    EXIT_STOPPED = 1,     /* could not finish: database, memory, disk */
    EXIT_USE = 2,         /* wrong use */
    EXIT_INPUT = 3,       /* finished, but a whole input could not be read */
    EXIT_NOTHING = 4,     /* no rows, only where --exit-status asks for it */
    EXIT_INTERRUPTED = 130,
};

typedef struct {
    const char *name;     /* long form without dashes */
    char letter;          /* short form or 0 */
    const char *argument; /* name of its argument, or NULL */
    const char *help;
    const char *values;   /* the words it takes, "table|jsonl|csv"; NULL: anything */
    bool repeats;         /* may be given several times; the values come with commas between */
} cli_option;

typedef struct {
    const char *name;
    const char *summary;  /* one line */
    const char *usage;    /* behind "dragoman NAME " */
    const char *examples; /* lines, shown by -h and --help */
    const char *details;  /* --help only; may be NULL */
    const cli_option *options; /* ends with a NULL name */
    int (*run)(int argc, char **argv);
    const char *operands; /* what completion offers: "FILE", or words, "check|test"; NULL: nothing */
} cli_command;

extern const cli_command cli_commands[]; /* ends with a NULL name */
const cli_command *cli_find(const char *name);
/* The command's own options, then those that all share; NULL behind the last. */
const cli_option *cli_nth_option(const cli_command *command, int index);
/* True where the option takes this value. */
bool cli_takes(const cli_option *option, const char *value);
/* Writes "table, jsonl or csv" for "table|jsonl|csv". */
void cli_print_values(FILE *out, const char *values);

/* What `help TOPIC` and the manual pages say beside the commands; ends with a NULL name. */
typedef struct {
    const char *name, *summary;
    const char *text;       /* NULL: `print` writes it */
    void (*print)(FILE *out);
} cli_topic;
extern const cli_topic cli_topics[];
/* codes.c: of the topic of that name. */
void cli_print_codes(FILE *out);

/* The command whose name is nearest to a mistyped one, or NULL. */
const char *cli_nearest_command(const char *name);

#define CLI_OPERANDS 4096
#define CLI_GIVEN 64
typedef struct {
    const char *values[32];  /* by the option's index in its table; "" for a plain switch */
    struct {
        int option;
        const char *value;
    } given[CLI_GIVEN];      /* every value, in order: what --actors and --agents were given */
    int given_count;
    char joined[2048];       /* of an option that repeats; a command has at most one */
    const char **operands;
    int operand_count;
} cli_arguments;

/* Reads argv against the command's table.  EXIT_DONE: go on; -1: help was printed, leave with 0;
 * EXIT_USE: the message is out.  Order of options and operands is free; "--" ends the options. */
int cli_read(const cli_command *command, int argc, char **argv, cli_arguments *out);
const char *cli_value(const cli_command *command, const cli_arguments *arguments, const char *name);
void cli_print_help(const cli_command *command, bool full);
void cli_print_overview(FILE *out);
/* man(7) source for dragoman(1), command NULL, or dragoman-COMMAND(1). */
void cli_print_manual(FILE *out, const cli_command *command);

/* --data, $DRAGOMAN_DATA, the tree the program stands in, then the installed folder. */
const char *cli_data_folder(const char *given);
/* The user's own lists of a command that takes them; its --help says more. */
#define CLI_LIST_OPTIONS                                                                          \
    {"actors", 0, "FILE", "your own list of actors, beside ours; may be given again"},            \
    {"agents", 0, "FILE", "your own list of nouns for actors, beside ours; may be given again"}, \
    {"frames", 0, "FILE", "your own file of frames, beside ours; may be given again"},            \
    {"only-actors", 0, NULL, "use your lists of actors instead of ours"},                         \
    {"only-agents", 0, NULL, "use your lists of agents instead of ours"},                        \
    {"verbs", 0, "FILE", "your own dictionary of verbs; may be given again"},                     \
    {"only-verbs", 0, NULL, "code by your dictionaries of verbs alone, not by our frames"},        \
    {"least-confidence", 0, "P", "leave out events less sure than this; 0 keeps all; 0.5 unless told"}
#define CLI_LIST_DETAILS                                                                            \
    "A list is a table (tabs; the first line names the columns: name, code ...) or a dictionary of\n" \
    "TABARI or PETRARCH, one of verbs always a dictionary (docs/verbs.md).  Your entries win over ours, the list given last over those before.\n"       \
    "Bad lines are left out and counted; dragoman dict check --actors FILE shows them.\n"
/* Data folder and lists as the options say; `paths` (CLI_GIVEN) must live until the engine is open. */
drg_options cli_engine_options(const cli_command *command, const cli_arguments *arguments, const char **paths);
/* One line on standard error for the lines of the user's lists that were left out. */
void cli_tell_lists(const drg_engine *engine);
/* Tables and model from that folder; the exit code, with the message out, where they cannot be read. */
int cli_open_engine(const cli_command *command, const cli_arguments *arguments, drg_engine **out);
bool cli_use_color(const char *when, FILE *stream);
/* Prints "dragoman: source: message" and what to do; returns the exit code for the status. */
int cli_report_error(const drg_error *error);

int cli_code(int argc, char **argv);
int cli_explain(int argc, char **argv);
int cli_info(int argc, char **argv);
int cli_merge(int argc, char **argv);
int cli_dict(int argc, char **argv);
int cli_parse(int argc, char **argv);
int cli_eval(int argc, char **argv);
int cli_help(int argc, char **argv);
int cli_completion(int argc, char **argv);
int cli_watch(int argc, char **argv);
int cli_query(int argc, char **argv);
int cli_export(int argc, char **argv);
int cli_problems(int argc, char **argv);
int cli_serve(int argc, char **argv);

#endif

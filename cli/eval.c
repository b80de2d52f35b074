// SPDX-License-Identifier: Apache-2.0
/* dragoman eval: conllu GOLD ... scores trees, anything else is gold of events. */
#include "cli/eval.h"

const cli_option cli_eval_options[] = {{"texts", 0, "FILE", "reports (JSON lines) with the texts that GOLD lacks", NULL},
                                       {"level", 0, "LEVEL", "of categories, --detail and --misses", "what|who-whom|sector"},
                                       {"detail", 0, NULL, "list what was missed and what is false, with its words", NULL},
                                       {"misses", 0, "FILE", "write that list there, one JSON object a line", NULL},
                                       {"to", 0, "KIND", "how the figures are written", "table|jsonl"},
                                       CLI_LIST_OPTIONS,
                                       {"gold-tokens", 0, NULL, "conllu: parse gold's own sentences and words", NULL},
                                       {NULL, 0, NULL, NULL, NULL}};

int cli_eval(int argc, char **argv) {
    const cli_command *command = cli_find("eval");
    cli_arguments arguments;
    int code = cli_read(command, argc, argv, &arguments);
    if (code == EXIT_DONE && arguments.operand_count == 0) {
        fprintf(stderr, "dragoman eval: name the gold: a folder or file of events, or conllu and a treebank\n");
        code = EXIT_USE;
    }
    if (code == EXIT_DONE) {
        code = strcmp(arguments.operands[0], "conllu") == 0 ? eval_conllu(command, &arguments) : eval_events(command, &arguments);
    }
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

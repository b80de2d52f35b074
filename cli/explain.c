// SPDX-License-Identifier: Apache-2.0
/* dragoman explain: every stage for one text, and the reason for each code. */
#include <sys/stat.h>

#include "cli/cli.h"
#include "read/source.h"

const cli_option cli_explain_options[] = {{"date", 0, "ISO-DATE", "the report's date, for \"yesterday\" and the like"},
                                          {"tree", 0, NULL, "print the dependency trees too"},
                                          CLI_LIST_OPTIONS,
                                          {"color", 0, "WHEN", "colours", "auto|never|always"},
                                          {NULL, 0, NULL, NULL}};

static drg_status to_stdout(void *user, const char *bytes, size_t size) {
    (void)user;
    return fwrite(bytes, 1, size, stdout) == size ? DRG_OK : DRG_ERROR_OUTPUT;
}

static int explain_report(const drg_engine *engine, const drg_report *given, const cli_command *command, const cli_arguments *arguments) {
    drg_error error = {0};
    drg_coder *coder;
    if (drg_coder_new(engine, &coder, &error) != DRG_OK) {
        return cli_report_error(&error);
    }
    const drg_explanation how = {to_stdout, NULL, cli_use_color(cli_value(command, arguments, "color"), stdout),
                                 cli_value(command, arguments, "tree") != NULL};
    drg_status status = drg_coder_explain(coder, given, &how, &error);
    drg_coder_free(coder);
    return status == DRG_OK ? EXIT_DONE : cli_report_error(&error);
}

static int explain_input(const drg_engine *engine, const cli_command *command, const cli_arguments *arguments) {
    const char *text = arguments->operands[0], *date = cli_value(command, arguments, "date");
    struct stat info;
    drg_error error = {0};
    bool file = strcmp(text, "-") == 0 || stat(text, &info) == 0;
    if (!file && text[0] != '\0' && strpbrk(text, " \t\n") == NULL) {
        fprintf(stderr, "dragoman explain: %s: no such file; a text is given in quotes, and has more words than one\n", text);
        return EXIT_USE;
    }
    if (!file) {
        drg_report given = {.text = span_of(text), .date = span_of(date), .lang = SPAN("en")};
        return explain_report(engine, &given, command, arguments);
    }
    source *input;
    source_item item;
    int code = EXIT_DONE;
    if (source_open(&input, arguments->operands, 1, SOURCE_AUTO, &error) != DRG_OK) {
        return cli_report_error(&error);
    }
    source_item_open(&item);
    while (code == EXIT_DONE && source_next(input, &item) != SOURCE_END) {
        if (item.what == SOURCE_PROBLEM) {
            fprintf(stderr, "dragoman explain: %.*s\n", (int)item.problem.message.len, item.problem.message.ptr);
            code = EXIT_INPUT;
        } else {
            if (date != NULL) {
                item.report.date = span_of(date);
            }
            code = explain_report(engine, &item.report, command, arguments);
        }
    }
    source_item_close(&item);
    source_close(input);
    return code;
}

int cli_explain(int argc, char **argv) {
    const cli_command *command = cli_find("explain");
    cli_arguments arguments;
    int code = cli_read(command, argc, argv, &arguments);
    if (code == EXIT_DONE && arguments.operand_count != 1) {
        fprintf(stderr, "dragoman explain: give one text (in quotes) or one file\n");
        code = EXIT_USE;
    }
    drg_engine *engine = NULL;
    code = code == EXIT_DONE ? cli_open_engine(command, &arguments, &engine) : code;
    if (code == EXIT_DONE) {
        cli_tell_lists(engine);
        code = explain_input(engine, command, &arguments);
    }
    drg_engine_close(engine);
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

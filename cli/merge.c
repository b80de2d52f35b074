// SPDX-License-Identifier: Apache-2.0
/* dragoman merge: several desks into one. */
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "store/merge.h"

const cli_option cli_merge_options[] = {
    {"output", 'o', "DESK", "write into a SQLite file (made if new) or postgresql://USER@HOST/NAME"}, {NULL, 0, NULL, NULL}};

static bool is_same(const char *a, const char *b) {
    struct stat x, y;
    return strcmp(a, b) == 0 || (stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino);
}

static int check_names(const cli_arguments *arguments, const char *output) {
    if (output == NULL || arguments->operand_count == 0) {
        fprintf(stderr, "dragoman merge: name the desks to read and, behind -o, the one to write\n");
        return EXIT_USE;
    }
    for (int i = 0; i < arguments->operand_count; i++) {
        if (is_same(arguments->operands[i], output)) {
            fprintf(stderr, "dragoman merge: %s is read and written: leave it out of the inputs, -o adds to what is there\n", output);
            return EXIT_USE;
        }
    }
    return EXIT_DONE;
}

static drg_status merge_all(const cli_arguments *arguments, const char *output, drg_error *error) {
    store *into;
    store_run run = {.program = ""};
    merge_counts counts = {0, 0};
    DRG_TRY(store_open(&into, output, &run, error));
    drg_status status = DRG_OK;
    for (int i = 0; i < arguments->operand_count && status == DRG_OK; i++) {
        status = merge_add(into, arguments->operands[i], &counts, error);
    }
    if (status == DRG_OK) {
        status = store_finish(into, error);
    }
    store_close(into);
    if (status == DRG_OK) {
        fprintf(stderr, "%llu report%s from %d desk%s\n", (unsigned long long)counts.reports, counts.reports == 1 ? "" : "s",
                arguments->operand_count, arguments->operand_count == 1 ? "" : "s");
    }
    return status;
}

int cli_merge(int argc, char **argv) {
    const cli_command *command = cli_find("merge");
    cli_arguments arguments;
    int code = cli_read(command, argc, argv, &arguments);
    if (code == EXIT_DONE) {
        const char *output = cli_value(command, &arguments, "output");
        drg_error error = {0};
        code = check_names(&arguments, output);
        if (code == EXIT_DONE && merge_all(&arguments, output, &error) != DRG_OK) {
            code = cli_report_error(&error);
        }
    }
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

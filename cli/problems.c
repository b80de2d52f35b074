// SPDX-License-Identifier: Apache-2.0
/* dragoman problems DESK: what could not be read or coded, counted by stage and code, or listed. */
#include "cli/desk.h"

const cli_option cli_problems_options[] = {{"list", 0, NULL, "one problem a row, not counts", NULL},
                                           {"to", 0, "KIND", "form of the answer", "table|csv|jsonl|md"},
                                           {"exit-status", 0, NULL, "exit 4 when there are none", NULL},
                                           {NULL, 0, NULL, NULL, NULL}};

static const grid_column count_columns[] = {{"stage", 6, 12, false}, {"code", 8, 30, false}, {"problems", 8, 12, true}, {"example", 20, 90, false}};
static const grid_column list_columns[] = {
    {"input", 12, 60, false}, {"stage", 6, 12, false}, {"code", 8, 30, false}, {"offset", 6, 12, true}, {"message", 20, 100, false}};

static const char count_sql[] = "SELECT stage, code, count(*), min(input || ': ' || message) FROM problems GROUP BY stage, code ORDER BY 3 DESC, 1, 2";
static const char list_sql[] = "SELECT input, stage, code, at, message FROM problems ORDER BY number";

int cli_problems(int argc, char **argv) {
    const cli_command *command = cli_find("problems");
    cli_arguments arguments;
    drg_error error = {0};
    store *desk = NULL;
    u64 rows = 0;
    int code = cli_read(command, argc, argv, &arguments);
    if (code == EXIT_DONE && arguments.operand_count != 1) {
        fprintf(stderr, "dragoman problems: name one desk: a file, or postgresql://USER@HOST/NAME\n");
        code = EXIT_USE;
    } else if (code == EXIT_DONE) {
        bool list = cli_value(command, &arguments, "list") != NULL;
        drg_status status = store_open(&desk, arguments.operands[0], NULL, &error);
        if (status == DRG_OK) {
            sql_base *base = store_database(desk);
            status = desk_print(base, database_stream(base, list ? list_sql : count_sql), desk_kind_of(cli_value(command, &arguments, "to")),
                                list ? list_columns : count_columns, &rows, &error);
        }
        status = desk_end_output(status, &error);
        code = status != DRG_OK ? cli_report_error(&error) : rows == 0 && cli_value(command, &arguments, "exit-status") != NULL ? EXIT_NOTHING : EXIT_DONE;
    }
    store_close(desk);
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

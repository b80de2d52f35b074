// SPDX-License-Identifier: Apache-2.0
/* dragoman export DESK -o FILE --to KIND [FILTER...]: all rows, streamed, in one fixed order.
 *
 * FILE is written under another name first, so that a failure leaves no half file under its own.  A format
 * that cannot name the run in itself gets FILE.run.json beside it. */
#include "export/export.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "cli/desk.h"

#define QUESTION_BYTES ((size_t)1 << 28)

#define KINDS "csv|jsonl|geojson|gexf|gdelt1|gdelt2|gdelt2-mentions|icews|phoenix|plover|polecat|joined"

const cli_option cli_export_options[] = {
    {"output", 'o', "FILE", "write there (default: standard output)", NULL},
    {"to", 0, "KIND", "format (default: by FILE's ending, else csv)", KINDS},
    {"tellings", 0, NULL, "csv, jsonl, geojson: a row for every report's telling", NULL},
    {"one-a-day", 0, NULL, "phoenix: each day, source, target and code once", NULL},
    {"no-header", 0, NULL, "csv, icews, polecat, joined: no line of column names", NULL},
    {NULL, 0, NULL, NULL, NULL}};

typedef struct {
    const cli_command *command;
    const cli_arguments *arguments;
    const char *path; /* NULL: standard output */
    store *desk;
    export_plan plan;
    export_facts facts;
    ask_filter filter;
    arena memory;
    export_tally tally;
    drg_error error;
} job;

static const char *option(const job *j, const char *name) { return cli_value(j->command, j->arguments, name); }

static const export_kind *choose_kind(const job *j) {
    const char *to = option(j, "to");
    if (to != NULL) {
        return export_kind_find(to);
    }
    for (const export_kind *k = export_kinds; k->name != NULL && j->path != NULL; k++) {
        if (span_ends(span_of(j->path), span_of(k->ending))) {
            return k;
        }
    }
    return export_kind_find("csv");
}

/* The words; where the format has no status, only what is done or claimed, unless the words ask for a status. */
static drg_status read_filter(job *j) {
    const char *words[512];
    size_t count = (size_t)j->arguments->operand_count - 1;
    bool asked = false;
    if (count + 1 > COUNT_OF(words)) {
        return drg_fail(&j->error, DRG_ERROR_USE, "", 0, "more than %zu filters", COUNT_OF(words) - 1);
    }
    for (size_t i = 0; i < count; i++) {
        words[i] = j->arguments->operands[i + 1];
        asked |= span_starts(span_of(words[i]), SPAN("status"));
    }
    if (j->plan.kind->deeds_only && !asked) {
        words[count++] = "status=actual,claimed";
    }
    ask_given given = {j->desk, j->plan.kind->of_joined ? ask_kind_find("joined") : NULL, words, count};
    return ask_filter_read(&j->filter, &given, &j->memory, &j->error);
}

static drg_status write_beside(job *j, const char *name, bool run) {
    char draft[PATH_MAX + 16];
    snprintf(draft, sizeof draft, "%s.part", name);
    FILE *out = fopen(draft, "wb");
    if (out == NULL) {
        return drg_fail(&j->error, DRG_ERROR_OUTPUT, name, 0, "cannot be written: %s", strerror(errno));
    }
    sql_base *base = store_database(j->desk);
    drg_status status = run ? export_write_run(base, &j->plan, desk_to_file, out, &j->error)
                            : export_write(base, &j->plan, desk_to_file, out, &j->tally, &j->error);
    if (fclose(out) != 0 && status == DRG_OK) {
        status = drg_fail(&j->error, DRG_ERROR_OUTPUT, name, 0, "cannot write: %s", strerror(errno));
    }
    if (status == DRG_OK && rename(draft, name) != 0) {
        status = drg_fail(&j->error, DRG_ERROR_OUTPUT, name, 0, "cannot be written: %s", strerror(errno));
    }
    if (status != DRG_OK) {
        unlink(draft);
    }
    return status;
}

static drg_status write_all(job *j) {
    char beside[PATH_MAX + 16];
    if (j->path == NULL) {
        return export_write(store_database(j->desk), &j->plan, desk_to_file, stdout, &j->tally, &j->error);
    }
    DRG_TRY(write_beside(j, j->path, false));
    snprintf(beside, sizeof beside, "%s.run.json", j->path);
    return j->plan.kind->carries_run ? DRG_OK : write_beside(j, beside, true);
}

static int run_export(job *j) {
    arena_open(&j->memory, QUESTION_BYTES);
    j->plan.kind = choose_kind(j);
    j->plan.filter = &j->filter;
    j->plan.facts = &j->facts;
    j->plan.tellings = option(j, "tellings") != NULL;
    j->plan.one_a_day = option(j, "one-a-day") != NULL;
    j->plan.no_header = option(j, "no-header") != NULL;
    drg_status status = store_open(&j->desk, j->arguments->operands[0], NULL, &j->error);
    if (status == DRG_OK) {
        status = read_filter(j);
    }
    bool known = status == DRG_OK && (status = export_facts_open(&j->facts, cli_data_folder(option(j, "data")), &j->error)) == DRG_OK;
    if (status == DRG_OK) {
        status = desk_end_output(write_all(j), &j->error);
    }
    if (known) {
        export_facts_close(&j->facts);
    }
    store_close(j->desk);
    arena_close(&j->memory);
    if (status == DRG_OK && isatty(STDERR_FILENO)) {
        fprintf(stderr, "%llu events in %llu rows\n", (unsigned long long)j->tally.events, (unsigned long long)j->tally.rows);
    }
    return status == DRG_OK ? EXIT_DONE : cli_report_error(&j->error);
}

int cli_export(int argc, char **argv) {
    job j = {.command = cli_find("export")};
    cli_arguments arguments;
    int code = cli_read(j.command, argc, argv, &arguments);
    if (code == EXIT_DONE && arguments.operand_count == 0) {
        fprintf(stderr, "dragoman export: name the desk: a file, or postgresql://USER@HOST/NAME\n");
        code = EXIT_USE;
    } else if (code == EXIT_DONE) {
        j.arguments = &arguments;
        j.path = cli_value(j.command, &arguments, "output");
        code = run_export(&j);
    }
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

// SPDX-License-Identifier: Apache-2.0
/* dragoman code: reads inputs, codes them on several threads, writes in the order of the inputs. */
#include <errno.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/summary.h"
#include "pipeline.h"
#include "read/source.h"

const cli_option cli_code_options[] = {
    {"output", 'o', "DESK", "write into a SQLite file (made if new) or postgresql://USER@HOST/NAME"},
    {"to", 0, "KIND", "on standard output", "table|jsonl|csv"},
    {"jobs", 'j', "N", "threads; never changes the output (default: processors)"},
    {"from", 0, "KIND", "kind of input", SOURCE_KINDS},
    {"map", 0, "FIELD=NAME", "where a table or JSON keeps a field: title=headline", .repeats = true},
    CLI_LIST_OPTIONS,
    {"errors", 0, "FILE", "write the problems there, one JSON object a line"},
    {"progress", 0, "WHEN", "on standard error", "auto|never|always"},
    {NULL, 0, NULL, NULL}};

typedef struct {
    drg_reader *input;
    output *out;
    FILE *errors; /* --errors, or NULL */
    summary sum;
    bool progress;
} run;

static drg_status to_file(void *user, const char *bytes, size_t size) {
    return fwrite(bytes, 1, size, user) == size ? DRG_OK : DRG_ERROR_OUTPUT;
}

static drg_status list_problems(run *r, const drg_problem *problems, size_t count, drg_error *error) {
    for (size_t i = 0; i < count && r->errors != NULL; i++) {
        if (drg_problem_write_jsonl(&problems[i], to_file, r->errors) != DRG_OK) {
            return drg_fail(error, DRG_ERROR_OUTPUT, "--errors", 0, "cannot write: %s", strerror(errno));
        }
    }
    return DRG_OK;
}

static drg_status write_problem(void *user, const drg_problem *p, drg_error *error) {
    run *r = user;
    r->sum.problems++;
    DRG_TRY(list_problems(r, p, 1, error));
    fprintf(stderr, "dragoman: %.*s: %.*s\n", (int)p->doc.len, p->doc.ptr, (int)p->message.len, p->message.ptr);
    return output_problem(r->out, p, error);
}

static drg_status write_records(void *user, const drg_records *records, drg_error *error) {
    run *r = user;
    summary_add(&r->sum, records);
    DRG_TRY(list_problems(r, records->problems, records->problem_count, error));
    if (r->progress && r->sum.reports % 16 == 0) {
        fprintf(stderr, "\r%llu reports, %llu events, %llu problems ", (unsigned long long)r->sum.reports,
                (unsigned long long)r->sum.events, (unsigned long long)r->sum.problems);
    }
    return output_records(r->out, records, error);
}

static bool is_interrupted(void *user) {
    (void)user;
    return interrupt_came();
}

static bool read_jobs(const char *text, u32 *jobs) {
    if (text == NULL) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        *jobs = processors > 0 && processors < 64 ? (u32)processors : 1;
        return true;
    }
    char *end;
    long value = strtol(text, &end, 10);
    *jobs = (u32)value;
    return *end == '\0' && value >= 1 && value <= 256;
}

static drg_status run_crew(run *r, const drg_engine *engine, u32 workers, drg_error *error) {
    drg_crew *crew;
    const drg_work work = {r, write_records, write_problem, is_interrupted, 0, 0};
    DRG_TRY(drg_crew_new(engine, workers, &crew, error));
    drg_status status = drg_crew_code(crew, r->input, &work, error);
    drg_crew_free(crew);
    return status;
}

static void print_summary(const run *r) {
    if (r->progress) {
        fprintf(stderr, "\r%70s\r", "");
    }
    if (r->sum.reports + r->sum.problems + r->sum.passed == 0 && !interrupt_came()) {
        fprintf(stderr, "dragoman code: nothing to read there: of a folder only files with known endings are read (docs/formats.md); --from KIND "
                        "reads all\n");
    }
    if (isatty(STDERR_FILENO) || r->sum.problems > 0 || r->sum.passed > 0 || r->sum.known > 0) {
        summary_print(&r->sum, stderr, r->errors != NULL);
    }
}

static drg_status open_errors(run *r, const char *path, drg_error *error) {
    r->errors = path != NULL ? fopen(path, "wb") : NULL;
    bool failed = path != NULL && r->errors == NULL;
    return failed ? drg_fail(error, DRG_ERROR_OUTPUT, path, 0, "cannot be written: %s", strerror(errno)) : DRG_OK;
}

static drg_status close_errors(run *r, drg_status status, drg_error *error) {
    if (r->errors != NULL && fclose(r->errors) != 0 && status == DRG_OK) {
        return drg_fail(error, DRG_ERROR_OUTPUT, "--errors", 0, "cannot write: %s", strerror(errno));
    }
    return status;
}

/* What is wrong with the user's own lists: one line on standard error, and one problem a list. */
static drg_status record_lists(run *r, const drg_engine *engine, drg_error *error) {
    const knowledge *k = &engine->known;
    cli_tell_lists(engine);
    for (u32 i = 0; i < k->own.count; i++) {
        u32 skipped = 0, others = 0, line = 0;
        for (u32 at = 0; at < k->complaints.count; at++) {
            const knowledge_complaint *c = &k->complaints.items[at];
            bool counts = c->where.file == k->own.items[i].file && c->kind != COMPLAINT_NOTE;
            line = counts && (line == 0 || c->where.line < line) ? c->where.line : line;
            skipped += counts && c->kind == COMPLAINT_SKIPPED;
            others += counts && c->kind == COMPLAINT_WRONG;
        }
        char text[160];
        snprintf(text, sizeof text, "%u lines left out, %u other complaints, the first on line %u: dragoman dict check shows all", skipped,
                 others, line);
        drg_problem problem = {span_of(k->own.items[i].path), SPAN("who"), SPAN("list"), span_of(text), line};
        if (skipped + others > 0) {
            DRG_TRY(list_problems(r, &problem, 1, error));
            DRG_TRY(output_problem(r->out, &problem, error));
        }
    }
    return DRG_OK;
}

static int code_inputs(const cli_arguments *arguments, const output_plan *plan, u32 workers, const char *kind,
                       const char *errors, bool progress) {
    run r = {.progress = progress};
    interrupt_watch();
    drg_engine *engine = NULL;
    drg_error error = {0};
    const char *paths[CLI_GIVEN];
    drg_options options = cli_engine_options(cli_find("code"), arguments, paths);
    drg_status status = drg_engine_open(&options, &engine, &error);
    const drg_input input = {.paths = arguments->operands, .path_count = (size_t)arguments->operand_count, .kind = kind,
                             .fields = cli_value(cli_find("code"), arguments, "map")};
    if (status == DRG_OK) {
        status = drg_reader_open(&input, &r.input, &error);
    }
    if (status == DRG_OK) {
        status = open_errors(&r, errors, &error);
    }
    if (status == DRG_OK) {
        status = output_open(&r.out, plan, engine, &error);
    }
    if (status == DRG_OK) {
        status = record_lists(&r, engine, &error);
    }
    if (status == DRG_OK) {
        status = run_crew(&r, engine, workers, &error);
    }
    if (r.out != NULL) {
        r.sum.known = output_known(r.out);
        drg_status closed = output_close(r.out, status == DRG_OK, status == DRG_OK ? &error : NULL);
        status = status == DRG_OK ? closed : status;
    }
    status = close_errors(&r, status, &error);
    u64 failures = r.input != NULL ? drg_reader_failures(r.input) : 0;
    if (r.input != NULL) {
        r.sum.passed = drg_reader_passed(r.input);
        drg_reader_close(r.input);
    }
    drg_engine_close(engine);
    if (status != DRG_OK) {
        error.status = status;
        return cli_report_error(&error);
    }
    print_summary(&r);
    if (interrupt_came()) {
        fprintf(stderr, "dragoman: interrupted; what is finished is kept, the same command goes on\n");
        return EXIT_INTERRUPTED;
    }
    return failures > 0 ? EXIT_INPUT : EXIT_DONE;
}

int cli_code(int argc, char **argv) {
    const cli_command *command = cli_find("code");
    cli_arguments arguments;
    int code = cli_read(command, argc, argv, &arguments);
    if (code != EXIT_DONE) {
        free(arguments.operands);
        return code < 0 ? EXIT_DONE : code;
    }
    output_plan plan = {.database = cli_value(command, &arguments, "output")};
    const char *to = cli_value(command, &arguments, "to"), *from = cli_value(command, &arguments, "from");
    const char *progress = cli_value(command, &arguments, "progress");
    u32 workers;
    char options[64] = "";
    if (from != NULL && strcmp(from, "auto") != 0) {
        snprintf(options, sizeof options, "from=%s", from);
    }
    plan.options = options;
    code = EXIT_USE;
    if (!output_kind_find(to, plan.database != NULL, &plan.kind)) {
        fprintf(stderr, "dragoman code: --to takes table, jsonl or csv, not \"%s\"\n", to);
    } else if (!read_jobs(cli_value(command, &arguments, "jobs"), &workers)) {
        fprintf(stderr, "dragoman code: --jobs takes a number from 1 to 256\n");
    } else if (arguments.operand_count == 0) {
        fprintf(stderr, "dragoman code: no input: name files or folders, or - for standard input\n");
    } else {
        bool show = progress != NULL ? strcmp(progress, "always") == 0 : false;
        show = show || ((progress == NULL || strcmp(progress, "auto") == 0) && isatty(STDERR_FILENO));
        code = code_inputs(&arguments, &plan, workers, from,
                           cli_value(command, &arguments, "errors"), show);
    }
    free(arguments.operands);
    return code;
}

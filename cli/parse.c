// SPDX-License-Identifier: Apache-2.0
/* dragoman parse [FILE|-]: sentences, words, tags, trees and names as CoNLL-U.
 *
 * Reports are read as `code` reads them; --from conllu takes the sentences and words of a treebank
 * as given and parses only. */
#include "cli/cli.h"
#include "cli/treebank.h"
#include "explain/tree.h"
#include "parse/parse.h"
#include "read/source.h"

#define PARSE_BYTES ((size_t)2 << 30)

const cli_option cli_parse_options[] = {{"from", 0, "KIND", "kind of input; conllu: words as given", SOURCE_KINDS "|conllu"},
                                        {NULL, 0, NULL, NULL}};

typedef struct {
    const drg_engine *engine;
    arena report_memory, out_memory;
    report report;
    u32 problems;
} run;

static drg_status write_bytes(void *user, const char *bytes, size_t size) {
    return fwrite(bytes, 1, size, user) == size ? DRG_OK : DRG_ERROR_OUTPUT;
}

static drg_status write_report(run *r, span document, drg_error *error) {
    conllu out = {0};
    arena_reset(&r->out_memory);
    if (!tree_append(&out, r->engine, &r->report, document, &r->out_memory)) {
        return drg_fail(error, DRG_ERROR_MEMORY, "parse", 0, "out of memory");
    }
    drg_status status = conllu_write(&out, 0, out.sentences.count, write_bytes, stdout);
    return status == DRG_OK ? DRG_OK : drg_fail(error, status, "standard output", 0, "cannot write");
}

static void tell_problem(run *r, span document, const drg_problem *problem) {
    r->problems++;
    fprintf(stderr, "dragoman parse: %.*s: %.*s\n", (int)document.len, document.ptr, (int)problem->message.len,
            problem->message.ptr);
}

static drg_status parse_item(run *r, const source_item *item, drg_error *error) {
    span document = item->report.id.len > 0 ? item->report.id : item->input;
    document = span_eq(document, SPAN("-")) ? SPAN("stdin") : document;
    if (item->what == SOURCE_PROBLEM) {
        tell_problem(r, item->input, &item->problem);
        return DRG_OK;
    }
    drg_report given = item->report;
    given.lang = SPAN("en"); /* whoever asks for trees has chosen the language */
    report_open(&r->report, r->engine, &r->report_memory, &given);
    DRG_TRY(pipeline_run(r->engine, &r->report, STAGE_PARSE, error));
    for (u32 i = 0; i < r->report.problems.count; i++) {
        tell_problem(r, document, &r->report.problems.items[i]);
    }
    return write_report(r, document, error);
}

static drg_status parse_reports(run *r, const cli_arguments *arguments, source_kind kind, drg_error *error) {
    static const char *const standard_input[] = {"-"};
    bool none = arguments->operand_count == 0;
    source *input;
    source_item item;
    drg_status status = DRG_OK;
    DRG_TRY(source_open(&input, none ? standard_input : arguments->operands, none ? 1 : (size_t)arguments->operand_count,
                        kind, error));
    source_item_open(&item);
    while (status == DRG_OK && source_next(input, &item) != SOURCE_END) {
        status = parse_item(r, &item, error);
    }
    source_item_close(&item);
    if (status == DRG_OK && source_failures(input) > 0) {
        status = drg_fail(error, DRG_ERROR_INPUT, "parse", 0, "an input could not be read");
    }
    source_close(input);
    return status;
}

static drg_status parse_treebank(run *r, const char *path, drg_error *error) {
    arena memory;
    conllu in;
    arena_open(&memory, PARSE_BYTES);
    drg_status status = treebank_read(path, &memory, &in, error);
    drg_report given = {.lang = SPAN("en")};
    for (u32 first = 0; status == DRG_OK && first < in.sentences.count;) {
        u32 end = conllu_document_end(&in, first);
        report_open(&r->report, r->engine, &r->report_memory, &given);
        if (!conllu_lay(&in, first, end, true, &r->report)) {
            status = drg_fail(error, DRG_ERROR_MEMORY, path, 0, "out of memory");
        } else {
            status = parse_run(r->engine->parse, &r->report, error);
        }
        span document = in.sentences.items[first].document;
        status = status == DRG_OK ? write_report(r, document.len > 0 ? document : SPAN("document"), error) : status;
        first = end;
    }
    arena_close(&memory);
    return status;
}

static drg_status run_parse(run *r, const cli_command *command, const cli_arguments *arguments, const char *from, drg_error *error) {
    drg_engine *engine = NULL;
    drg_options options = {.data = cli_data_folder(cli_value(command, arguments, "data"))};
    source_kind kind = SOURCE_AUTO;
    bool treebank = from != NULL && strcmp(from, "conllu") == 0;
    if (from != NULL && !treebank) {
        source_kind_find(from, &kind);
    }
    DRG_TRY(drg_engine_open(&options, &engine, error));
    r->engine = engine;
    arena_open(&r->report_memory, PARSE_BYTES);
    arena_open(&r->out_memory, PARSE_BYTES);
    drg_status status = DRG_OK;
    if (!treebank) {
        status = parse_reports(r, arguments, kind, error);
    } else {
        for (int i = 0; status == DRG_OK && (i == 0 || i < arguments->operand_count); i++) {
            status = parse_treebank(r, arguments->operand_count > 0 ? arguments->operands[i] : "-", error);
        }
    }
    arena_close(&r->out_memory);
    arena_close(&r->report_memory);
    drg_engine_close(engine);
    return status;
}

int cli_parse(int argc, char **argv) {
    const cli_command *command = cli_find("parse");
    cli_arguments arguments;
    int code = cli_read(command, argc, argv, &arguments);
    if (code == EXIT_DONE) {
        run r = {0};
        drg_error error = {0};
        drg_status status = run_parse(&r, command, &arguments, cli_value(command, &arguments, "from"), &error);
        code = status == DRG_OK ? EXIT_DONE : cli_report_error(&error);
    }
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

// SPDX-License-Identifier: Apache-2.0
/* dragoman info: what this program is and what it knows. */
#include "cli/cli.h"
#include "pipeline.h"
#include "store/store.h"
#include "what/what.h"

const cli_option cli_info_options[] = {{NULL, 0, NULL, NULL}};

static int print_database(const char *path) {
    store *s;
    store_counts c;
    drg_error error = {0};
    drg_status status = store_open(&s, path, NULL, &error);
    if (status == DRG_OK) {
        status = store_count(s, &c, &error);
    }
    if (status == DRG_OK) {
        printf("database    %s\n", database_name(store_database(s)));
        printf("reports     %lld, %lld of them near copies of another\n", (long long)c.reports, (long long)c.copies);
        printf("events      %lld, told %lld times\n", (long long)c.stories, (long long)c.events);
        printf("claims      %lld\nagreements  %lld\nproblems    %lld\n", (long long)c.claims, (long long)c.agreements, (long long)c.problems);
        printf("runs        %lld (program, model and word lists that made the records: table runs)\n", (long long)c.runs);
    }
    store_close(s);
    return status == DRG_OK ? EXIT_DONE : cli_report_error(&error);
}

int cli_info(int argc, char **argv) {
    const cli_command *command = cli_find("info");
    cli_arguments arguments;
    int code = cli_read(command, argc, argv, &arguments);
    drg_engine *engine = NULL;
    code = code == EXIT_DONE ? cli_open_engine(command, &arguments, &engine) : code;
    if (code == EXIT_DONE) {
        drg_text model = drg_engine_model_hash(engine), words = drg_engine_words_hash(engine);
        printf("dragoman    %s\n", drg_version());
        printf("model       %.*s\n", (int)model.len, model.ptr);
        printf("word lists  %.*s  (%u files in %.*s)\n", (int)words.len, words.ptr, engine->known.files.count,
               (int)engine->known.folder.len, engine->known.folder.ptr);
        printf("frames      %u, with %u examples\n", what_frame_count(engine->what), what_example_count(engine->what));
        printf("complaints  %u%s\n", engine->known.complaints.count, engine->known.complaints.count ? " (see: dragoman dict check)" : "");
        for (int i = 0; i < arguments.operand_count && code == EXIT_DONE; i++) {
            code = print_database(arguments.operands[i]);
        }
    }
    drg_engine_close(engine);
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

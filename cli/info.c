// SPDX-License-Identifier: Apache-2.0
/* dragoman info: what this program is and what it knows. */
#include "cli/cli.h"
#include "pipeline.h"
#include "what/what.h"

const cli_option cli_info_options[] = {{NULL, 0, NULL, NULL}};

int cli_info(int argc, char **argv) {
    const cli_command *command = cli_find("info");
    cli_arguments arguments;
    int code = cli_read(command, argc, argv, &arguments);
    if (code == EXIT_DONE) {
        drg_engine *engine;
        drg_error error = {0};
        drg_options options = {.data = cli_data_folder(cli_value(command, &arguments, "data"))};
        if (drg_engine_open(&options, &engine, &error) != DRG_OK) {
            code = cli_report_error(&error);
        } else {
            drg_text model = drg_engine_model_hash(engine), words = drg_engine_words_hash(engine);
            printf("dragoman    %s\n", drg_version());
            printf("model       %.*s\n", (int)model.len, model.ptr);
            printf("word lists  %.*s  (%u files in %.*s)\n", (int)words.len, words.ptr, engine->known.files.count,
                   (int)engine->known.folder.len, engine->known.folder.ptr);
            printf("frames      %u, with %u examples\n", what_frame_count(engine->what), what_example_count(engine->what));
            printf("complaints  %u%s\n", engine->known.complaints.count, engine->known.complaints.count ? " (see: dragoman dict check)" : "");
            drg_engine_close(engine);
        }
    }
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

// SPDX-License-Identifier: Apache-2.0
#include "coded.h"

static void code_line(const drg_engine *engine, drg_coder *coder, const char *line, coded_print *print) {
    drg_error error = {0};
    struct json_object *all = json_tokener_parse(line), *id = NULL, *text = NULL;
    if (all != NULL && json_object_object_get_ex(all, "id", &id) && json_object_object_get_ex(all, "text", &text)) {
        drg_report given = {.id = span_of(json_object_get_string(id)), .text = span_of(json_object_get_string(text)), .lang = SPAN("en")};
        if (drg_coder_code(coder, &given, &error) == DRG_OK) {
            print(engine, &coder->report, all);
        }
    }
    json_object_put(all);
}

int coded_main(int argc, char **argv, coded_print *print) {
    drg_engine *engine = NULL;
    drg_coder *coder = NULL;
    drg_error error = {0};
    FILE *input = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (input == NULL || drg_engine_open(NULL, &engine, &error) != DRG_OK || drg_coder_new(engine, &coder, &error) != DRG_OK) {
        fprintf(stderr, "%s: give one readable JSON lines file; %s\n", argv[0], error.message);
        return 2;
    }
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, input) > 0) {
        code_line(engine, coder, line, print);
    }
    free(line);
    fclose(input);
    drg_coder_free(coder);
    drg_engine_close(engine);
    return 0;
}

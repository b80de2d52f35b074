// SPDX-License-Identifier: Apache-2.0
/* dragoman dict diff [FOLDER] [INPUT...]: what a change of the word lists changes.
 *
 * The same texts are coded twice: by FOLDER (another data folder, as of the release you have) or, without one, by
 * ours alone, and by the lists in use with what --actors, --agents and --verbs add.  Texts are INPUT, else the
 * frames' own examples.  Only what differs is shown:
 *
 *     Mali abandoned its relations with Chad.  (lang/en/frames/sanction.frames:12)
 *       - SANCTION 160  MLI GOV > TCD  actual
 *       + SANCTION 161  MLI GOV > TCD  actual */
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/dict.h"
#include "read/source.h"

#define EVENTS_SHOWN 200 /* of one text */
#define LINE_ROOM 300

typedef struct {
    char lines[EVENTS_SHOWN][LINE_ROOM];
    bool matched[EVENTS_SHOWN];
    u32 count;
} told;

typedef struct {
    drg_coder *coders[2]; /* before, after */
    told *events[2];
    u32 texts, changed, lost, won;
} comparison;

static int code_text(comparison *c, const drg_report *given, u32 side) {
    drg_error error = {0};
    told *t = c->events[side];
    t->count = 0;
    if (drg_coder_code(c->coders[side], given, &error) != DRG_OK) {
        return cli_report_error(&error);
    }
    const drg_records *records = drg_coder_records(c->coders[side]);
    for (size_t i = 0; i < records->event_count && t->count < EVENTS_SHOWN; i++) {
        dict_write_event(&records->events[i], t->lines[t->count], LINE_ROOM);
        t->matched[t->count++] = false;
    }
    return EXIT_DONE;
}

static void match_lines(told *a, told *b) {
    for (u32 i = 0; i < a->count; i++) {
        for (u32 k = 0; k < b->count && !a->matched[i]; k++) {
            if (!b->matched[k] && strcmp(a->lines[i], b->lines[k]) == 0) {
                a->matched[i] = b->matched[k] = true;
            }
        }
    }
}

static u32 print_unmatched(const told *t, const char *sign) {
    u32 count = 0;
    for (u32 i = 0; i < t->count; i++) {
        if (!t->matched[i]) {
            printf("  %s %s\n", sign, t->lines[i]);
            count++;
        }
    }
    return count;
}

/* "Mali imposed sanctions on Chad ..." */
static span first_words(span text) {
    size_t end = text.len < 80 ? text.len : 80;
    while (end < text.len && end > 0 && text.ptr[end] != ' ') {
        end--;
    }
    for (size_t i = 0; i < end; i++) {
        end = text.ptr[i] == '\n' ? i : end;
    }
    return span_cut(text, 0, end);
}

/* `name` heads what differs: the sentence; empty: the report's title, else its first words. */
static int compare_text(comparison *c, const drg_report *given, span name, const char *where) {
    int code = code_text(c, given, 0);
    code = code == EXIT_DONE ? code_text(c, given, 1) : code;
    if (code != EXIT_DONE) {
        return code;
    }
    match_lines(c->events[0], c->events[1]);
    bool differs = false;
    for (u32 side = 0; side < 2; side++) {
        for (u32 i = 0; i < c->events[side]->count; i++) {
            differs |= !c->events[side]->matched[i];
        }
    }
    c->texts++;
    if (differs) {
        const drg_records *records = drg_coder_records(c->coders[1]);
        name = name.len > 0 ? name : records->title.len > 0 ? records->title : first_words(records->text);
        c->changed++;
        printf("%.*s%s\n", (int)name.len, name.ptr, where);
        c->lost += print_unmatched(c->events[0], "-");
        c->won += print_unmatched(c->events[1], "+");
    }
    return EXIT_DONE;
}

static int compare_examples(comparison *c, const drg_engine *engine) {
    int code = EXIT_DONE;
    for (u32 i = 0; i < what_example_count(engine->what) && code == EXIT_DONE; i++) {
        char where[300];
        const frame_example *e = what_example(engine->what, i);
        span file = knowledge_file_name(&engine->known, e->where.file);
        snprintf(where, sizeof where, "  (%.*s:%u)", (int)file.len, file.ptr, e->where.line);
        drg_report given = {.text = e->sentence, .date = SPAN(DICT_EXAMPLE_DAY), .lang = SPAN("en")};
        code = compare_text(c, &given, e->sentence, where);
    }
    return code;
}

static int compare_inputs(comparison *c, const char *const *inputs, size_t count) {
    source *input;
    source_item item;
    drg_error error = {0};
    int code = EXIT_DONE;
    if (source_open(&input, inputs, count, SOURCE_AUTO, &error) != DRG_OK) {
        return cli_report_error(&error);
    }
    source_item_open(&item);
    while (code == EXIT_DONE && source_next(input, &item) != SOURCE_END) {
        if (item.what == SOURCE_PROBLEM) {
            fprintf(stderr, "dragoman dict: %.*s\n", (int)item.problem.message.len, item.problem.message.ptr);
        } else {
            code = compare_text(c, &item.report, SPAN(""), "");
        }
    }
    source_item_close(&item);
    source_close(input);
    return code;
}

static bool is_folder(const char *path) {
    char world[4096];
    struct stat info;
    int size = snprintf(world, sizeof world, "%s/world", path);
    return size > 0 && (size_t)size < sizeof world && stat(world, &info) == 0 && S_ISDIR(info.st_mode);
}

static int compare_all(const drg_engine *before, const drg_engine *after, const char *const *inputs, size_t count) {
    comparison c = {.texts = 0};
    drg_error error = {0};
    c.events[0] = calloc(1, sizeof *c.events[0]);
    c.events[1] = calloc(1, sizeof *c.events[1]);
    int code = c.events[0] == NULL || c.events[1] == NULL ? EXIT_STOPPED : EXIT_DONE;
    if (code == EXIT_DONE && (drg_coder_new(before, &c.coders[0], &error) != DRG_OK || drg_coder_new(after, &c.coders[1], &error) != DRG_OK)) {
        code = cli_report_error(&error);
    }
    if (code == EXIT_DONE) {
        code = count > 0 ? compare_inputs(&c, inputs, count) : compare_examples(&c, after);
    }
    if (code == EXIT_DONE) {
        printf("%u of %u texts differ: %u events gone, %u new\n", c.changed, c.texts, c.lost, c.won);
    }
    drg_coder_free(c.coders[0]);
    drg_coder_free(c.coders[1]);
    free(c.events[0]);
    free(c.events[1]);
    return code;
}

int dict_print_difference(const drg_engine *after, const cli_command *command, const cli_arguments *arguments) {
    const char *const *operands = arguments->operands + 1;
    size_t count = (size_t)arguments->operand_count - 1;
    drg_engine *before;
    drg_error error = {0};
    bool other = count > 0 && is_folder(operands[0]);
    drg_options options = {.data = other ? operands[0] : cli_data_folder(cli_value(command, arguments, "data")),
                           .least_confidence = after->least_confidence > 0 ? after->least_confidence : -1};
    if (!other && after->known.own.count == 0) {
        fprintf(stderr, "dragoman dict diff: nothing to compare with: name another data folder (it holds lang/, world/ and model/) or lists of your own\n");
        return EXIT_USE;
    }
    if (drg_engine_open(&options, &before, &error) != DRG_OK) {
        return cli_report_error(&error);
    }
    int code = compare_all(before, after, operands + other, count - other);
    drg_engine_close(before);
    return code;
}

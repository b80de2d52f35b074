// SPDX-License-Identifier: Apache-2.0
/* dragoman dict: check | test [FRAMES-FILE or FRAME] | why SENTENCE | diff [FOLDER] [INPUT...] | codebook
 *
 *   check      reads every word list, table and frame and prints what is wrong, with file and line
 *   test       codes each frame's own examples and compares: "+" sentences must give just the events
 *              written behind ">>", "*" sentences must give none; then the frames that failed
 *   why        every frame that one sentence's words might fire, and what kept it out (why.c)
 *   diff       what other lists code differently (difference.c)
 *   codebook   docs/codebook.md (codebook.c)
 *
 * An expected event reads  CATEGORY CODE SOURCE[+SOURCE] [> TARGET[+TARGET]] [status]. */
#include "cli/dict.h"

#include "base/nearest.h"
#include "base/table.h"
#include "who/who.h"

#define EXPECTED_ROOM 16
#define SIDE_ROOM 16

typedef struct {
    span codes[SIDE_ROOM];
    u32 count;
} side;

typedef struct {
    span category, cameo, status;
    side source, target;
} expected_event;

static void read_side(span text, side *out) {
    out->count = 0;
    while (text.len > 0 && out->count < SIDE_ROOM) {
        span code = span_trim(span_next_field(&text, '+'));
        if (code.len > 0 && !span_eq(code, SPAN("---"))) {
            out->codes[out->count++] = code;
        }
    }
}

static bool is_status(span word) {
    return span_eq(word, SPAN("actual")) || span_eq(word, SPAN("claimed")) || span_eq(word, SPAN("denied")) ||
           span_eq(word, SPAN("planned"));
}

static expected_event read_expected(span text) {
    expected_event e = {.status = SPAN("")};
    text = span_trim(text);
    size_t at = text.len;
    while (at > 0 && text.ptr[at - 1] != ' ') {
        at--;
    }
    if (is_status(span_cut(text, at, text.len))) {
        e.status = span_cut(text, at, text.len);
        text = span_trim(span_cut(text, 0, at));
    }
    e.category = span_next_field(&text, ' ');
    text = span_trim(text);
    e.cameo = span_next_field(&text, ' ');
    span source = span_next_field(&text, '>');
    read_side(source, &e.source);
    read_side(text, &e.target);
    return e;
}

/* "SYR" asks for the primary alone, "SYR REB" for both. */
static bool code_fits(span wanted, span given) {
    return span_eq(wanted, given) || (wanted.len == 3 && span_starts(given, wanted));
}

static bool side_fits(const side *wanted, const drg_actor *given, size_t count) {
    u32 known = 0;
    for (size_t i = 0; i < count; i++) {
        bool named = false; /* "--- REB" may be asked for; "---" is nobody */
        for (u32 k = 0; k < wanted->count && !named; k++) {
            named = code_fits(wanted->codes[k], given[i].code);
        }
        known += named;
        if (!named && !span_starts(given[i].code, SPAN("---"))) {
            return false;
        }
    }
    for (u32 k = 0; k < wanted->count; k++) {
        bool found = false;
        for (size_t i = 0; i < count && !found; i++) {
            found = code_fits(wanted->codes[k], given[i].code);
        }
        if (!found) {
            return false;
        }
    }
    return known >= wanted->count || wanted->count == 0;
}

static const char *status_name(drg_event_status status) {
    static const char *const names[] = {"actual", "claimed", "denied", "planned"};
    return names[status];
}

static bool event_fits(const expected_event *wanted, const drg_event *e) {
    return span_eq(wanted->category, e->plover) && span_eq(wanted->cameo, e->cameo) &&
           side_fits(&wanted->source, e->source, e->source_count) &&
           side_fits(&wanted->target, e->target, e->target_count) &&
           (wanted->status.len == 0 || span_eq(wanted->status, span_of(status_name(e->status))));
}

static size_t write_side(const drg_actor *actors, size_t count, char *out, size_t room) {
    size_t size = 0;
    for (size_t i = 0; i < count && size < room; i++) {
        size += (size_t)snprintf(out + size, room - size, "%s%.*s", i ? " + " : "", (int)actors[i].code.len, actors[i].code.ptr);
    }
    if (count == 0) {
        size += (size_t)snprintf(out, room, "---");
    }
    return size < room ? size : room;
}

void dict_write_event(const drg_event *e, char *out, size_t room) {
    size_t size = (size_t)snprintf(out, room, "%.*s%s%.*s  ", (int)e->plover.len, e->plover.ptr, e->plover.len > 0 ? " " : "", (int)e->cameo.len, e->cameo.ptr);
    size = size < room ? size : room;
    size += write_side(e->source, e->source_count, out + size, room - size);
    if (!e->reciprocal) {
        size += (size_t)snprintf(out + size, room - size, " > ");
        size = size < room ? size : room;
        size += write_side(e->target, e->target_count, out + size, room - size);
    }
    snprintf(out + size, room - size, "  %s", status_name(e->status));
}

void dict_print_event(const drg_event *e, const char *text) {
    char line[400];
    dict_write_event(e, line, sizeof line);
    printf("%s%s  (%.*s: %.*s)\n", text, line, (int)e->frame.len, e->frame.ptr, (int)e->trigger.len, e->trigger.ptr);
}

/* Each expected event must come out once, and nothing else. */
static bool example_holds(const frame_example *example, const drg_records *records) {
    bool used[EXPECTED_ROOM] = {false};
    span rest = example->starred ? SPAN("") : example->expected;
    size_t matched = 0;
    while (rest.len > 0) {
        expected_event wanted = read_expected(span_next_field(&rest, ';'));
        size_t found = records->event_count;
        for (size_t i = 0; i < records->event_count && i < EXPECTED_ROOM && found == records->event_count; i++) {
            if (!used[i] && event_fits(&wanted, &records->events[i])) {
                found = i;
            }
        }
        if (found == records->event_count) {
            return false;
        }
        used[found] = true;
        matched++;
    }
    return matched == records->event_count;
}

/* "bombard (lang/en/frames/assault.frames:12): 1 of 6 fail" for each frame that has some. */
static void print_failures(const drg_engine *engine, const bool *wrong) {
    for (u32 i = 0, end, fails; i < what_example_count(engine->what); i = end) {
        u32 frame_index = what_example(engine->what, i)->frame;
        for (end = i, fails = 0; end < what_example_count(engine->what) && what_example(engine->what, end)->frame == frame_index; end++) {
            fails += wrong[end];
        }
        if (fails > 0) {
            span name = what_frame_name(engine->what, frame_index);
            source_line at = what_frame_line(engine->what, frame_index);
            span file = knowledge_file_name(&engine->known, at.file);
            printf("%.*s (%.*s:%u): %u of %u fail\n", (int)name.len, name.ptr, (int)file.len, file.ptr, at.line, fails, end - i);
        }
    }
}

static int test_examples(const drg_engine *engine, const char *only) {
    drg_coder *coder;
    drg_error error = {0};
    u32 passed = 0, failed = 0;
    bool *wrong = calloc(what_example_count(engine->what) + 1, sizeof *wrong);
    if (wrong == NULL) {
        return EXIT_STOPPED;
    }
    if (drg_coder_new(engine, &coder, &error) != DRG_OK) {
        free(wrong);
        return cli_report_error(&error);
    }
    for (u32 i = 0; i < what_example_count(engine->what); i++) {
        const frame_example *example = what_example(engine->what, i);
        span name = what_frame_name(engine->what, example->frame);
        span file = knowledge_file_name(&engine->known, example->where.file);
        if (only != NULL && !span_eq(span_of(only), name) && !span_ends(span_of(only), file) && !span_ends(file, span_of(only))) {
            continue;
        }
        drg_report given = {.text = example->sentence, .date = SPAN(DICT_EXAMPLE_DAY), .lang = SPAN("en")};
        if (drg_coder_code(coder, &given, &error) != DRG_OK) {
            fprintf(stderr, "dragoman dict: %s\n", error.message);
            break;
        }
        const drg_records *records = drg_coder_records(coder);
        if (example_holds(example, records)) {
            passed++;
            continue;
        }
        failed++;
        wrong[i] = true;
        printf("%.*s:%u: %.*s %.*s\n", (int)file.len, file.ptr, example->where.line, 1,
               example->starred ? "*" : "+", (int)example->sentence.len, example->sentence.ptr);
        printf("    wanted %.*s\n", example->starred ? 7 : (int)example->expected.len, example->starred ? "nothing" : example->expected.ptr);
        for (size_t k = 0; k < records->event_count; k++) {
            dict_print_event(&records->events[k], "       got ");
        }
    }
    drg_coder_free(coder);
    print_failures(engine, wrong);
    free(wrong);
    if (only != NULL && passed + failed == 0) {
        fprintf(stderr, "dragoman dict test: \"%s\" is no frame and no file of frames with examples: see lang/en/frames/\n", only);
        return EXIT_USE;
    }
    printf("%u example%s passed, %u failed\n", passed, passed == 1 ? "" : "s", failed);
    return failed ? 1 : 0;
}

/* The files in the order of their reading, each file's lines in order. */
static int compare_complaints(const void *a, const void *b) {
    const knowledge_complaint *x = a, *y = b;
    if (x->where.file != y->where.file) {
        return x->where.file < y->where.file ? -1 : 1;
    }
    return x->where.line != y->where.line ? (x->where.line < y->where.line ? -1 : 1) : span_compare(x->text, y->text);
}

static int check_tables(drg_engine *engine) {
    knowledge *k = &engine->known;
    drg_error error = {0};
    u32 files = k->files.count;
    who_check(engine->who, k);
    for (u32 i = 0; i < k->own.count; i++) {
        table_check_bytes(k, k->own.items[i].file, k->own.items[i].content);
    }
    if (what_check(engine->what, k, &error) != DRG_OK || table_check_all(k, &error) != DRG_OK) {
        return cli_report_error(&error);
    }
    u32 notes = knowledge_count_complaints(k, COMPLAINT_NOTE, false), bad = k->complaints.count - notes;
    if (k->complaints.count > 1) {
        qsort(k->complaints.items, k->complaints.count, sizeof *k->complaints.items, compare_complaints);
    }
    for (u32 i = 0; i < k->complaints.count; i++) {
        knowledge_complaint c = k->complaints.items[i];
        span file = knowledge_file_name(k, c.where.file);
        const char *kind = c.kind == COMPLAINT_NOTE ? "note: " : c.kind == COMPLAINT_SKIPPED ? "left out: " : "";
        printf("%.*s:%u: %s%.*s\n", (int)file.len, file.ptr, c.where.line, kind, (int)c.text.len, c.text.ptr);
    }
    printf("%u files, %u frames, %u examples, %u complaints", files, what_frame_count(engine->what), what_example_count(engine->what), bad);
    printf(notes > 0 ? ", %u note%s\n" : "\n", notes, notes == 1 ? "" : "s");
    return bad ? 1 : 0;
}

const cli_option cli_dict_options[] = {CLI_LIST_OPTIONS, {NULL, 0, NULL, NULL, NULL}};

enum { DICT_CHECK, DICT_TEST, DICT_WHY, DICT_DIFF, DICT_CODEBOOK, DICT_COUNT };
static const char *const dict_names[DICT_COUNT] = {"check", "test", "why", "diff", "codebook"};

static int run(u32 which, drg_engine *engine, const cli_command *command, const cli_arguments *arguments) {
    const char *operand = arguments->operand_count > 1 ? arguments->operands[1] : NULL;
    switch (which) {
    case DICT_CHECK: return check_tables(engine);
    case DICT_TEST: return test_examples(engine, operand);
    case DICT_WHY: return dict_why(engine, operand);
    case DICT_DIFF: return dict_print_difference(engine, command, arguments);
    default: return dict_print_codebook(engine);
    }
}

int cli_dict(int argc, char **argv) {
    const cli_command *command = cli_find("dict");
    cli_arguments arguments;
    int code = cli_read(command, argc, argv, &arguments);
    const char *verb = code == EXIT_DONE && arguments.operand_count > 0 ? arguments.operands[0] : "";
    u32 which = 0;
    while (which < DICT_COUNT && strcmp(verb, dict_names[which]) != 0) {
        which++;
    }
    if (code == EXIT_DONE && which == DICT_COUNT) {
        const char *best = nearest_name(verb, dict_names, DICT_COUNT);
        if (verb[0] != '\0') {
            fprintf(stderr, "dragoman dict: there is no \"%s\"%s%s%s\n", verb, best != NULL ? "; did you mean " : "", best != NULL ? best : "", best != NULL ? "?" : "");
        }
        fprintf(stderr, "usage: dragoman dict %s\n", command->usage);
        code = EXIT_USE;
    }
    drg_engine *engine = NULL;
    if (code == EXIT_DONE) {
        drg_error error = {0};
        const char *paths[CLI_GIVEN];
        drg_options options = cli_engine_options(command, &arguments, paths);
        options.least_confidence = cli_value(command, &arguments, "least-confidence") == NULL ? -1 : options.least_confidence; /* an example's half event counts */
        code = drg_engine_open(&options, &engine, &error) == DRG_OK ? EXIT_DONE : cli_report_error(&error);
    }
    if (code == EXIT_DONE) {
        code = run(which, engine, command, &arguments);
    }
    drg_engine_close(engine);
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

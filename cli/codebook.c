// SPDX-License-Identifier: Apache-2.0
/* dragoman dict codebook: the codebook as Markdown, docs/codebook.md.
 *
 * Plain words come from lang/en/codebook.tsv, everything else from the frames: which codes they give, under which
 * category and mode, and their own examples, which dict test runs.  So what it says is what is coded.
 *
 *     ### 057  signs or makes a formal agreement
 *     * Kenya and Ethiopia signed a trade agreement.  `AGREE 057 KEN + ETH`
 *     * not: The band signed a record deal. */
#include "cli/dict.h"

#include "base/table.h"
#include "what/category.h"

#define SHOWN 3           /* examples of a code */
#define LONG_SENTENCE 150 /* bytes; longer ones only where there is nothing else */

typedef struct {
    const drg_engine *engine;
    map words;            /* symbol of "kind name" -> line in `texts` */
    LIST(span) texts;
    LIST(symbol) codes;   /* in the order of the table */
    LIST(symbol) modes;   /* "CONSULT visit" */
    bool *shown;          /* [examples] */
} codebook;

static const char *words_of(const codebook *b, const char *kind, span name) {
    char key[80];
    int size = snprintf(key, sizeof key, "%s %.*s", kind, (int)name.len, name.ptr);
    symbol id = symbols_find(&b->engine->known.words, (span){key, (size_t)size});
    u32 at = id == NONE ? NONE : map_find(&b->words, id);
    return at == NONE ? NULL : b->texts.items[at].ptr;
}

static drg_status read_words(codebook *b, knowledge *k, drg_error *error) {
    table t;
    map_open(&b->words, &k->memory);
    DRG_TRY(table_open(&t, k, "lang/en/codebook.tsv", error));
    while (table_next(&t)) {
        char key[80];
        span kind = table_field(&t, "kind"), name = table_field(&t, "name");
        int size = snprintf(key, sizeof key, "%.*s %.*s", (int)kind.len, kind.ptr, (int)name.len, name.ptr);
        span *text = list_push(&k->memory, &b->texts);
        symbol id = symbols_add(&k->words, (span){key, (size_t)size}), own = symbols_add(&k->words, name);
        bool code = span_eq(kind, SPAN("code")), mode = span_eq(kind, SPAN("mode"));
        symbol *listed = code ? list_push(&k->memory, &b->codes) : mode ? list_push(&k->memory, &b->modes) : NULL;
        if (text == NULL || ((code || mode) && listed == NULL) || !map_set(&b->words, id, b->texts.count - 1)) {
            return drg_fail(error, DRG_ERROR_MEMORY, "codebook", 0, "out of memory");
        }
        *text = arena_copy(&k->memory, table_field(&t, "words"));
        if (listed != NULL) {
            *listed = own;
        }
    }
    return DRG_OK;
}

/* ------------------------------------------------------------------ what the frames give */

static bool frame_gives(const codebook *b, u32 frame_index, u32 category_index, span code, span mode) {
    const what_tables *w = b->engine->what;
    bool found = false;
    for (u32 i = 0; what_frame_category(w, frame_index) == category_index && i < what_code_count(w, frame_index); i++) {
        what_code given = what_frame_code(w, frame_index, i);
        found |= (code.len == 0 || span_eq(given.cameo, code)) && (mode.len == 0 || span_eq(given.mode, mode));
    }
    return found;
}

static u32 count_frames(const codebook *b, u32 category_index, span code, span mode) {
    u32 count = 0;
    for (u32 i = 0; i < what_frame_count(b->engine->what); i++) {
        count += frame_gives(b, i, category_index, code, mode);
    }
    return count;
}

/* The event that the example expects is one, and of this category and code. */
static bool example_shows(const frame_example *e, const char *category_name, span code) {
    span rest = e->expected, name = span_next_field(&rest, ' '), given = span_next_field(&rest, ' ');
    return !e->starred && memchr(e->expected.ptr, ';', e->expected.len) == NULL && span_eq(name, span_of(category_name)) && span_eq(given, code);
}

static void print_example(codebook *b, u32 index) {
    const frame_example *e = what_example(b->engine->what, index);
    b->shown[index] = true;
    if (e->starred) {
        printf("* not: %.*s\n", (int)e->sentence.len, e->sentence.ptr);
    } else {
        printf("* %.*s `%.*s`\n", (int)e->sentence.len, e->sentence.ptr, (int)e->expected.len, e->expected.ptr);
    }
}

/* At most SHOWN examples of other frames each, short ones first; more of the same frame where there are no others. */
static void print_examples(codebook *b, u32 category_index, span code) {
    const what_tables *w = b->engine->what;
    const char *name = what_category_name(category_index);
    u32 printed = 0;
    for (u32 round = 0; round < 3 && printed < SHOWN; round++) {
        u32 last = NONE;
        for (u32 i = 0; i < what_example_count(w) && printed < SHOWN; i++) {
            const frame_example *e = what_example(w, i);
            bool fits = round == 0 ? e->frame != last && e->sentence.len <= LONG_SENTENCE : round == 1 ? e->sentence.len <= LONG_SENTENCE : true;
            if (!b->shown[i] && fits && example_shows(e, name, code)) {
                print_example(b, i);
                last = e->frame;
                printed++;
            }
        }
    }
    for (u32 i = 0; i < what_example_count(w) && printed > 0; i++) {
        const frame_example *e = what_example(w, i);
        if (e->starred && !b->shown[i] && frame_gives(b, e->frame, category_index, code, SPAN("")) && e->sentence.len <= LONG_SENTENCE) {
            print_example(b, i);
            break;
        }
    }
}

/* ------------------------------------------------------------------ the page */

static void print_modes(const codebook *b, u32 category_index) {
    const char *name = what_category_name(category_index);
    bool any = false;
    for (u32 i = 0; i < b->modes.count; i++) {
        span rest = symbols_text(&b->engine->known.words, b->modes.items[i]), category_name = span_next_field(&rest, ' ');
        if (!span_eq(category_name, span_of(name)) || count_frames(b, category_index, SPAN(""), rest) == 0) {
            continue;
        }
        printf("%s`%.*s` %s", any ? "; " : "Modes: ", (int)rest.len, rest.ptr, words_of(b, "mode", symbols_text(&b->engine->known.words, b->modes.items[i])));
        any = true;
    }
    printf(any ? ".\n\n" : "");
}

static void print_category(codebook *b, u32 category_index) {
    const char *name = what_category_name(category_index), *words = words_of(b, "category", span_of(name));
    printf("\n## %s\n%s\n\n", name, words != NULL ? words : "");
    print_modes(b, category_index);
    for (u32 i = 0; i < b->codes.count; i++) {
        span code = symbols_text(&b->engine->known.words, b->codes.items[i]);
        u32 frames = count_frames(b, category_index, code, SPAN(""));
        if (frames > 0) {
            printf("**%.*s** %s (%u frame%s)\n", (int)code.len, code.ptr, words_of(b, "code", code), frames, frames == 1 ? "" : "s");
            print_examples(b, category_index, code);
            printf("\n");
        }
    }
}

/* The codes that no frame gives, with their words. */
static void print_rest(const codebook *b) {
    u32 given = 0;
    printf("\n## Codes that no frame gives\nA user's own dictionary of verbs may ([verbs.md](verbs.md)).\n\n");
    for (u32 i = 0; i < b->codes.count; i++) {
        span code = symbols_text(&b->engine->known.words, b->codes.items[i]);
        u32 frames = 0;
        for (u32 c = 0; c < CATEGORY_COUNT; c++) {
            frames += count_frames(b, c, code, SPAN(""));
        }
        given += frames > 0;
        if (frames == 0) {
            printf("* **%.*s** %s\n", (int)code.len, code.ptr, words_of(b, "code", code));
        }
    }
    printf("\n%u of %u codes are given by %u frames.\n", given, b->codes.count, what_frame_count(b->engine->what));
}

int dict_print_codebook(drg_engine *engine) {
    codebook b = {.engine = engine};
    drg_error error = {0};
    if (read_words(&b, &engine->known, &error) != DRG_OK) {
        return cli_report_error(&error);
    }
    b.shown = arena_new(&engine->known.memory, bool, what_example_count(engine->what) + 1);
    if (b.shown == NULL) {
        return EXIT_STOPPED;
    }
    printf("# The codebook\n"
           "What each category of PLOVER and each code of CAMEO means here, in plain words, with sentences that have it and, behind \"not\", some\n"
           "that look like it and have nothing. The sentences are the frames' own, and `dragoman dict test` codes them all. Made by\n"
           "`make codebook` from `lang/en/codebook.tsv` and `lang/en/frames/`; do not edit. How a frame is written: [frames.md](frames.md).\n\n"
           "An event reads `CATEGORY CODE SOURCE > TARGET [status]`: actors are a country or body and a sector, `+` joins several, a deed that\n"
           "both sides do has no `>`, `---` is nobody.\n");
    for (u32 c = 0; c < CATEGORY_COUNT; c++) {
        print_category(&b, c);
    }
    print_rest(&b);
    return EXIT_DONE;
}

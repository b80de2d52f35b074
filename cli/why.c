// SPDX-License-Identifier: Apache-2.0
/* dragoman dict why "SENTENCE": for each word that may name a deed, every frame that was tried, and the line that
 * kept it out.
 *
 *     shelled  (verb)  subject: Rebels [SYR REB]  object: town
 *        =>     ASSAULT 190  bombard
 *        bombard: fits best  (lang/en/frames/assault.frames:12)
 *        shell-company: its line "when" does not hold  (lang/en/frames/sanction.frames:40) */
#include "cli/dict.h"
#include "explain/predicate.h"

typedef struct {
    const drg_engine *engine;
    const report *r;
} view;

static void print_span(const char *format, span text) { printf(format, (int)text.len, text.ptr); }

static void print_where(const view *v, source_line at) {
    if (at.file != NONE) {
        span file = knowledge_file_name(&v->engine->known, at.file);
        printf("  (%.*s:%u)", (int)file.len, file.ptr, at.line);
    }
}

static void print_outcome(const view *v, u32 index) {
    const report *r = v->r;
    for (u32 i = 0; i < r->deeds.count; i++) {
        const deed *d = &r->deeds.items[i];
        if (d->predicate == index) {
            printf("   =>     %s%s", what_category_name(d->plover), d->plover < CATEGORY_COUNT ? " " : "");
            print_span("%.*s", symbols_text(&r->words, d->cameo));
            print_span("  %.*s", what_frame_name(v->engine->what, d->frame));
            print_where(v, what_frame_line(v->engine->what, d->frame));
            printf("\n");
        }
    }
}

static void print_predicate(const view *v, u32 index) {
    const report *r = v->r;
    const predicate *p = &r->predicates.items[index];
    bool nominal = p->flags & PREDICATE_NOMINAL;
    print_span("%.*s", report_form(r, p->head));
    printf("  (%s", nominal ? "noun" : "verb");
    print_span(" %.*s", symbols_text(&r->words, p->lemma));
    printf("%s%s%s)", p->flags & PREDICATE_PASSIVE ? ", passive" : "", p->flags & PREDICATE_NEGATED ? ", negated" : "",
           p->flags & PREDICATE_CONDITIONAL ? ", conditional" : "");
    predicate_print_arguments(stdout, r, p);
    printf("\n");
    print_outcome(v, index);
    for (u32 i = 0; i < r->reasons.count; i++) {
        const reason *why = &r->reasons.items[i];
        if (why->at == p->head && (why->stage == STAGE_WHAT || why->stage == STAGE_SAID || why->stage == STAGE_RECORD)) {
            print_span("   %.*s", why->text);
            print_where(v, why->why);
            printf("\n");
        }
    }
}

static void print_events(const drg_records *records) {
    for (size_t i = 0; i < records->event_count; i++) {
        dict_print_event(&records->events[i], "event: ");
    }
    printf(records->event_count == 0 ? "no event\n" : "");
}

int dict_why(const drg_engine *engine, const char *sentence_text) {
    drg_error error = {0};
    drg_coder *coder;
    if (sentence_text == NULL) {
        fprintf(stderr, "dragoman dict why: give a sentence in quotes: dragoman dict why \"Rebels shelled the town.\"\n");
        return EXIT_USE;
    }
    if (drg_coder_new(engine, &coder, &error) != DRG_OK) {
        return cli_report_error(&error);
    }
    coder->report.tracing = coder->report.tracing_frames = true;
    drg_report given = {.text = span_of(sentence_text), .lang = SPAN("en")};
    drg_status status = drg_coder_code(coder, &given, &error);
    if (status == DRG_OK) {
        view v = {engine, &coder->report};
        for (u32 i = 0; i < v.r->predicates.count; i++) {
            print_predicate(&v, i);
        }
        if (v.r->predicates.count == 0) {
            printf("no word of it is a verb, or a noun that a frame has\n");
        }
        print_events(drg_coder_records(coder));
    }
    drg_coder_free(coder);
    return status == DRG_OK ? EXIT_DONE : cli_report_error(&error);
}

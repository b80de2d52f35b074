// SPDX-License-Identifier: Apache-2.0
/* dragoman explain: every stage for one text, and the reason for each code. */
#include <sys/stat.h>

#include "cli/cli.h"
#include "parse/labels.h"
#include "pipeline.h"
#include "read/source.h"
#include "said/said.h"
#include "what/what.h"
#include "when/when.h"

const cli_option cli_explain_options[] = {{"date", 0, "ISO-DATE", "the report's date, for \"yesterday\" and the like"},
                                          {"tree", 0, NULL, "print the dependency trees too"},
                                          CLI_LIST_OPTIONS,
                                          {"color", 0, "WHEN", "colours", "auto|never|always"},
                                          {NULL, 0, NULL, NULL}};

typedef struct {
    const drg_engine *engine;
    const report *r;
    bool color, tree;
} view;

static void print_where(const view *v, source_line at) {
    if (at.file == NONE) {
        return;
    }
    span file = knowledge_file_name(&v->engine->known, at.file);
    printf("  (%.*s:%u)", (int)file.len, file.ptr, at.line);
}

static span words_of(const report *r, u32 first, u32 end) {
    return span_cut(r->text, report_token(r, first)->text.start, report_token(r, end - 1)->text.end);
}

static void label(const view *v, const char *name) { printf(v->color ? "   \033[36m%-7s\033[0m" : "   %-7s", name); }

static void print_reasons(const view *v, stage which, u32 first, u32 end, const char *name) {
    for (u32 i = 0; i < v->r->reasons.count; i++) {
        const reason *why = &v->r->reasons.items[i];
        if (why->stage == which && why->at != NONE && why->at >= first && why->at < end) {
            span word = report_form(v->r, why->at);
            label(v, name);
            printf("%.*s: %.*s", (int)word.len, word.ptr, (int)why->text.len, why->text.ptr);
            print_where(v, why->why);
            printf("\n");
        }
    }
}

/* How a stage came to the item `about` of its array, behind the item's line. */
static void print_how(const view *v, stage which, u32 about) {
    for (u32 i = 0; i < v->r->reasons.count; i++) {
        const reason *why = &v->r->reasons.items[i];
        if (why->stage == which && why->about == about) {
            printf("  %.*s", (int)why->text.len, why->text.ptr);
            print_where(v, why->why);
        }
    }
}

/* Which earlier phrase a pronoun or description was linked to, and what spoke for it. */
static void print_link(const view *v, u32 head) {
    for (u32 i = 0; i < v->r->reasons.count; i++) {
        const reason *why = &v->r->reasons.items[i];
        if (why->stage == STAGE_WHO && why->at == head && why->about == NONE) {
            printf("  %.*s", (int)why->text.len, why->text.ptr);
        }
    }
}

static void print_mentions(const view *v, const sentence *s) {
    const report *r = v->r;
    for (u32 i = 0; i < r->mentions.count; i++) {
        const mention *m = &r->mentions.items[i];
        if (m->first < s->first_token || m->first >= s->end_token) {
            continue;
        }
        char code[12];
        const entity *e = m->entity == NONE ? NULL : &r->entities.items[m->entity];
        actor_code shown = m->code.primary[0] == '\0' && e != NULL ? e->code : m->code;
        span words = words_of(r, m->first, m->end), printed = actor_code_print(shown, code);
        label(v, "who");
        printf("%.*s [%.*s]", (int)words.len, words.ptr, (int)printed.len, printed.ptr);
        if (e != NULL && e->name.len > 0 && !span_eq(e->name, words)) {
            printf(" = %.*s", (int)e->name.len, e->name.ptr);
        }
        print_link(v, m->head);
        print_where(v, m->why);
        printf("\n");
    }
}

static void print_times_and_places(const view *v, const sentence *s) {
    const report *r = v->r;
    for (u32 i = 0; i < r->timexes.count; i++) {
        const timex *t = &r->timexes.items[i];
        if (t->first >= s->first_token && t->first < s->end_token) {
            span words = words_of(r, t->first, t->end), value = when_format(t, r->memory);
            label(v, "when");
            printf("%.*s -> %.*s", (int)words.len, words.ptr, value.len ? (int)value.len : 5, value.len ? value.ptr : "vague");
            print_how(v, STAGE_WHEN, i);
            printf("\n");
        }
    }
    for (u32 i = 0; i < r->places.count; i++) {
        const place *p = &r->places.items[i];
        if (p->first >= s->first_token && p->first < s->end_token) {
            span words = words_of(r, p->first, p->end);
            label(v, "where");
            printf("%.*s -> %.*s, %s (%.4f, %.4f)", (int)words.len, words.ptr, (int)p->name.len, p->name.ptr, p->country, p->lat, p->lon);
            print_how(v, STAGE_WHERE, i);
            printf("\n");
        }
    }
}

static void print_parties(const report *r, u32 first, u32 end) {
    for (u32 i = first; i < end; i++) {
        char code[12];
        const mention *m = &r->mentions.items[r->parties.items[i]];
        const entity *e = m->entity == NONE ? NULL : &r->entities.items[m->entity];
        actor_code shown = m->code.primary[0] == '\0' && e != NULL ? e->code : m->code;
        span words = words_of(r, m->first, m->end), printed = actor_code_print(shown, code);
        printf("%s%.*s [%.*s]", i > first ? " + " : "", (int)words.len, words.ptr, (int)printed.len, printed.ptr);
    }
    if (first == end) {
        printf("---");
    }
}

static void print_deeds(const view *v, const sentence *s) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    const report *r = v->r;
    for (u32 i = 0; i < r->deeds.count; i++) {
        const deed *d = &r->deeds.items[i];
        u32 at = r->predicates.items[d->predicate].head;
        if (at < s->first_token || at >= s->end_token) {
            continue;
        }
        span cameo = symbols_text(&r->words, d->cameo), frame = what_frame_name(v->engine->what, d->frame), word = report_form(r, at);
        label(v, "what");
        printf(v->color ? "\033[1m%s %.*s\033[0m  " : "%s %.*s  ", what_category_name(d->plover), (int)cameo.len, cameo.ptr);
        print_parties(r, d->first_source, d->end_source);
        if (!d->reciprocal) {
            printf("  >  ");
            print_parties(r, d->first_target, d->end_target);
        }
        printf("\n          \"%.*s\" fires frame %.*s", (int)word.len, word.ptr, (int)frame.len, frame.ptr);
        print_where(v, what_frame_line(v->engine->what, d->frame));
        printf("; status %s", statuses[d->status]);
        if (d->end_claimer > d->first_claimer) {
            printf(" by ");
            print_parties(r, d->first_claimer, d->end_claimer);
        }
        printf("; confidence %.2f%s\n", (double)d->confidence, d->same_as != NONE ? "; the same event as one above" : "");
    }
}

static void print_statements(const view *v, const sentence *s) {
    const report *r = v->r;
    for (u32 i = 0; i < r->statements.count; i++) {
        const statement *said = &r->statements.items[i];
        if (said->cue < s->first_token || said->cue >= s->end_token) {
            continue;
        }
        span cue = report_form(r, said->cue);
        label(v, "said");
        if (said->speaker != NONE) {
            const mention *m = &r->mentions.items[said->speaker];
            span words = words_of(r, m->first, m->end);
            printf("%.*s ", (int)words.len, words.ptr);
        }
        printf("\"%.*s\" (%s%s):", (int)cue.len, cue.ptr, said_act_name(said->act), said->direct ? ", direct" : "");
        for (u32 k = said->first_content; k < said->end_content; k++) {
            span words = report_cut(r, r->contents.items[k]);
            printf(" [%.*s%s]", (int)(words.len < 90 ? words.len : 90), words.ptr, words.len > 90 ? "..." : "");
        }
        printf("\n");
    }
}

/* One token a line: number, form, lemma, tag, head, relation. */
static void print_tree(const view *v, const sentence *s) {
    const report *r = v->r;
    for (u32 i = s->first_token; i < s->end_token && v->tree; i++) {
        const token *word = report_token(r, i);
        span form = report_form(r, i), lemma = symbols_text(&r->words, word->lemma);
        u32 head = word->head == NONE ? 0 : word->head - s->first_token + 1;
        printf("   %3u %-18.*s %-16.*s %-6s %3u %s\n", i - s->first_token + 1, (int)form.len, form.ptr, (int)lemma.len, lemma.ptr,
               upos_name(word->upos), head, deprel_name(word->deprel));
    }
}

/* One predicate a line with its arguments: what the frames see. */
static void print_clauses(const view *v, const sentence *s) {
    static const char *const roles[] = {"subject", "object", "recipient", "oblique", "possessor", "modifier", "clause"};
    const report *r = v->r;
    for (u32 i = 0; i < r->predicates.count && v->tree; i++) {
        const predicate *p = &r->predicates.items[i];
        if (p->head < s->first_token || p->head >= s->end_token) {
            continue;
        }
        span lemma = symbols_text(&r->words, p->lemma);
        label(v, "clause");
        printf("%.*s", (int)lemma.len, lemma.ptr);
        for (u32 k = p->first_argument; k < p->end_argument; k++) {
            const argument *a = &r->arguments.items[k];
            span word = report_form(r, a->head), with = a->preposition == NONE ? SPAN("") : symbols_text(&r->words, a->preposition);
            printf("  %s%s%.*s: %.*s", roles[a->role], with.len ? " " : "", (int)with.len, with.ptr, (int)word.len, word.ptr);
        }
        printf("%s%s\n", (p->flags & PREDICATE_NEGATED) != 0 ? "  negated" : "", (p->flags & PREDICATE_PASSIVE) != 0 ? "  passive" : "");
    }
}

static void print_sentences(const view *v) {
    const report *r = v->r;
    for (u32 i = 0; i < r->sentences.count; i++) {
        const sentence *s = &r->sentences.items[i];
        span words = report_cut(r, s->text);
        printf(v->color ? "\033[1mS%u\033[0m \"%.*s\"\n" : "S%u \"%.*s\"\n", i + 1, (int)words.len, words.ptr);
        print_tree(v, s);
        print_clauses(v, s);
        print_mentions(v, s);
        print_times_and_places(v, s);
        print_deeds(v, s);
        print_statements(v, s);
        print_reasons(v, STAGE_WHAT, s->first_token, s->end_token, "passed");
        print_reasons(v, STAGE_SAID, s->first_token, s->end_token, "said");
        print_reasons(v, STAGE_RECORD, s->first_token, s->end_token, "record");
        printf("\n");
    }
}

static void print_actors(const drg_actor *actors, size_t count) {
    for (size_t i = 0; i < count; i++) {
        printf("%s%.*s [%.*s]", i ? " + " : "", (int)actors[i].name.len, actors[i].name.ptr, (int)actors[i].code.len, actors[i].code.ptr);
    }
    if (count == 0) {
        printf("---");
    }
}

static void print_field(const char *name, span value) {
    if (value.len > 0) {
        printf("  %s %.*s", name, (int)value.len, value.ptr);
    }
}

static void print_contradictions(const drg_records *records) {
    for (size_t i = 0; i < records->contradiction_count; i++) {
        const drg_contradiction *c = &records->contradictions[i];
        printf("two offices of %.*s: \"%.*s\" (coded) and \"%.*s\"\n", (int)c->name.len, c->name.ptr, (int)c->office.text.len, c->office.text.ptr,
               (int)c->other.text.len, c->other.text.ptr);
    }
}

/* What is written out in the end: one line an event, deeds of the same event joined. */
static void print_events(const view *v, const drg_records *records) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    for (size_t i = 0; i < records->event_count; i++) {
        const drg_event *e = &records->events[i];
        printf(v->color ? "\033[1mE%zu %.*s %.*s\033[0m  " : "E%zu %.*s %.*s  ", i + 1, (int)e->plover.len, e->plover.ptr, (int)e->cameo.len,
               e->cameo.ptr);
        print_actors(e->source, e->source_count);
        if (!e->reciprocal) {
            printf("  >  ");
            print_actors(e->target, e->target_count);
        }
        printf("\n  ");
        print_field("status", span_of(statuses[e->status]));
        if (e->claimed_count > 0) {
            printf(" by ");
            print_actors(e->claimed_by, e->claimed_count);
        }
        print_field("on", e->date);
        print_field("to", e->date_end);
        print_field("in", e->place != NULL ? e->place->name : SPAN(""));
        printf("  told %zu time%s%s\n", e->evidence_count, e->evidence_count == 1 ? "" : "s", e->background ? "  background" : "");
    }
}

static void print_report(const view *v) {
    const report *r = v->r;
    const span fields[] = {r->outlet, r->date, r->title};
    bool any = false;
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (fields[i].len > 0) {
            printf("%s%.*s", any ? "  " : "", (int)fields[i].len, fields[i].ptr);
            any = true;
        }
    }
    printf(any ? "\n\n" : "");
}

static int explain_report(const drg_engine *engine, const drg_report *given, const cli_command *command, const cli_arguments *arguments) {
    drg_error error = {0};
    drg_coder *coder;
    if (drg_coder_new(engine, &coder, &error) != DRG_OK) {
        return cli_report_error(&error);
    }
    coder->report.tracing = true;
    drg_status status = drg_coder_code(coder, given, &error);
    if (status == DRG_OK) {
        const drg_records *records = drg_coder_records(coder);
        view v = {engine, &coder->report, cli_use_color(cli_value(command, arguments, "color"), stdout), cli_value(command, arguments, "tree") != NULL};
        print_report(&v);
        print_sentences(&v);
        print_events(&v, records);
        print_contradictions(records);
        printf("%zu event%s, %zu claim%s, %zu agreement%s\n", records->event_count, records->event_count == 1 ? "" : "s", records->claim_count,
               records->claim_count == 1 ? "" : "s", records->agreement_count, records->agreement_count == 1 ? "" : "s");
        for (size_t i = 0; i < records->problem_count; i++) {
            printf("problem: %.*s\n", (int)records->problems[i].message.len, records->problems[i].message.ptr);
        }
    }
    drg_coder_free(coder);
    return status == DRG_OK ? EXIT_DONE : cli_report_error(&error);
}

static int explain_input(const drg_engine *engine, const cli_command *command, const cli_arguments *arguments) {
    const char *text = arguments->operands[0], *date = cli_value(command, arguments, "date");
    struct stat info;
    drg_error error = {0};
    bool file = strcmp(text, "-") == 0 || stat(text, &info) == 0;
    if (!file && text[0] != '\0' && strpbrk(text, " \t\n") == NULL) {
        fprintf(stderr, "dragoman explain: %s: no such file; a text is given in quotes, and has more words than one\n", text);
        return EXIT_USE;
    }
    if (!file) {
        drg_report given = {.text = span_of(text), .date = span_of(date), .lang = SPAN("en")};
        return explain_report(engine, &given, command, arguments);
    }
    source *input;
    source_item item;
    int code = EXIT_DONE;
    if (source_open(&input, arguments->operands, 1, SOURCE_AUTO, &error) != DRG_OK) {
        return cli_report_error(&error);
    }
    source_item_open(&item);
    while (code == EXIT_DONE && source_next(input, &item) != SOURCE_END) {
        if (item.what == SOURCE_PROBLEM) {
            fprintf(stderr, "dragoman explain: %.*s\n", (int)item.problem.message.len, item.problem.message.ptr);
            code = EXIT_INPUT;
        } else {
            if (date != NULL) {
                item.report.date = span_of(date);
            }
            code = explain_report(engine, &item.report, command, arguments);
        }
    }
    source_item_close(&item);
    source_close(input);
    return code;
}

int cli_explain(int argc, char **argv) {
    const cli_command *command = cli_find("explain");
    cli_arguments arguments;
    int code = cli_read(command, argc, argv, &arguments);
    if (code == EXIT_DONE && arguments.operand_count != 1) {
        fprintf(stderr, "dragoman explain: give one text (in quotes) or one file\n");
        code = EXIT_USE;
    }
    drg_engine *engine = NULL;
    code = code == EXIT_DONE ? cli_open_engine(command, &arguments, &engine) : code;
    if (code == EXIT_DONE) {
        cli_tell_lists(engine);
        code = explain_input(engine, command, &arguments);
    }
    drg_engine_close(engine);
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}

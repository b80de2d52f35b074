// SPDX-License-Identifier: Apache-2.0
/* Every stage for one text, and the reason for each code, for people to read.
 *
 *     S1 "Chad denied shelling a village."
 *        who     Chad [TCD GOV]  (world/countries.tsv:233)
 *        what    ASSAULT 190  Chad [TCD GOV]  >  ---
 *               "shelling" fires frame bombard  (lang/en/frames/assault.frames:10); status denied by Chad [TCD GOV]; confidence 0.30
 *               subject: Chad [TCD GOV]  object: village
 *        said    Chad "denied" (deny): [shelling a village] */
#include <stdio.h>

#include "explain/predicate.h"
#include "parse/labels.h"
#include "pipeline.h"
#include "record/confidence.h"
#include "record/record.h"
#include "said/said.h"
#include "what/what.h"
#include "when/when.h"
#include "who/who.h"

typedef struct {
    const drg_engine *engine;
    const report *r;
    FILE *out;
    bool color, tree;
} view;

static void print_where(const view *v, source_line at) {
    if (at.file == NONE) {
        return;
    }
    span file = knowledge_file_name(&v->engine->known, at.file);
    fprintf(v->out, "  (%.*s:%u)", (int)file.len, file.ptr, at.line);
}

static span words_of(const report *r, u32 first, u32 end) {
    return span_cut(r->text, report_token(r, first)->text.start, report_token(r, end - 1)->text.end);
}

static void label(const view *v, const char *name) { fprintf(v->out, v->color ? "   \033[36m%-7s\033[0m" : "   %-7s", name); }

#define PASSED SPAN("passed over ")

static void print_reasons(const view *v, stage which, u32 first, u32 end, const char *name) {
    for (u32 i = 0; i < v->r->reasons.count; i++) {
        const reason *why = &v->r->reasons.items[i];
        if (why->stage == which && why->at != NONE && why->at >= first && why->at < end) {
            span word = report_form(v->r, why->at), text = why->text;
            bool passed = span_starts(text, PASSED);
            text = passed ? span_cut(text, PASSED.len, text.len) : text;
            label(v, passed ? "passed" : name);
            fprintf(v->out, "%.*s: %.*s", (int)word.len, word.ptr, (int)text.len, text.ptr);
            print_where(v, why->why);
            fprintf(v->out, "\n");
        }
    }
}

/* How a stage came to the item `about` of its array, behind the item's line. */
static void print_how(const view *v, stage which, u32 about) {
    for (u32 i = 0; i < v->r->reasons.count; i++) {
        const reason *why = &v->r->reasons.items[i];
        if (why->stage == which && why->about == about) {
            fprintf(v->out, "  %.*s", (int)why->text.len, why->text.ptr);
            print_where(v, why->why);
        }
    }
}

/* Which earlier phrase a pronoun or description was linked to, and what spoke for it. */
static void print_link(const view *v, u32 head) {
    for (u32 i = 0; i < v->r->reasons.count; i++) {
        const reason *why = &v->r->reasons.items[i];
        if (why->stage == STAGE_WHO && why->at == head && why->about == NONE) {
            fprintf(v->out, "  %.*s", (int)why->text.len, why->text.ptr);
        }
    }
}

static void print_mentions(const view *v, const sentence *s) {
    const report *r = v->r;
    for (u32 i = 0; i < r->mentions.count; i++) {
        const mention *m = &r->mentions.items[i];
        if (m->first < s->first_token || m->first >= s->end_token || predicate_party_is_named(r, i) || who_is_twin(r, i)) {
            continue;
        }
        char code[12];
        const entity *e = m->entity == NONE ? NULL : &r->entities.items[m->entity];
        actor_code shown = m->code.primary[0] == '\0' && e != NULL ? e->code : m->code;
        span words = words_of(r, m->first, m->end), printed = actor_code_print(shown, code);
        label(v, "who");
        fprintf(v->out, "%.*s [%.*s]", (int)words.len, words.ptr, (int)printed.len, printed.ptr);
        if (e != NULL && e->name.len > 0 && !span_eq(e->name, words)) {
            fprintf(v->out, " = %.*s", (int)e->name.len, e->name.ptr);
        }
        print_link(v, m->head);
        print_where(v, m->why);
        fprintf(v->out, "\n");
    }
}

static void print_times_and_places(const view *v, const sentence *s) {
    const report *r = v->r;
    for (u32 i = 0; i < r->timexes.count; i++) {
        const timex *t = &r->timexes.items[i];
        if (t->first >= s->first_token && t->first < s->end_token) {
            span words = words_of(r, t->first, t->end), value = when_format(t, r->memory);
            label(v, "when");
            fprintf(v->out, "%.*s -> %.*s", (int)words.len, words.ptr, value.len ? (int)value.len : 5, value.len ? value.ptr : "vague");
            print_how(v, STAGE_WHEN, i);
            fprintf(v->out, "\n");
        }
    }
    for (u32 i = 0; i < r->places.count; i++) {
        const place *p = &r->places.items[i];
        if (p->first >= s->first_token && p->first < s->end_token) {
            span words = words_of(r, p->first, p->end);
            label(v, "where");
            fprintf(v->out, "%.*s -> %.*s, %s (%.4f, %.4f)", (int)words.len, words.ptr, (int)p->name.len, p->name.ptr, p->country, p->lat, p->lon);
            print_how(v, STAGE_WHERE, i);
            fprintf(v->out, "\n");
        }
    }
}

static void print_parties(const view *v, u32 first, u32 end) {
    const report *r = v->r;
    for (u32 i = first; i < end; i++) {
        char code[12];
        const mention *m = &r->mentions.items[r->parties.items[i]];
        const entity *e = m->entity == NONE ? NULL : &r->entities.items[m->entity];
        actor_code shown = m->code.primary[0] == '\0' && e != NULL ? e->code : m->code;
        span words = predicate_party_words(r, r->parties.items[i]), printed = actor_code_print(shown, code);
        fprintf(v->out, "%s%.*s [%.*s]", i > first ? " + " : "", (int)words.len, words.ptr, (int)printed.len, printed.ptr);
    }
    if (first == end) {
        fprintf(v->out, "---");
    }
}

static void print_some_signs(const view *v, const char *label, u64 signs) {
    fprintf(v->out, "%s", signs != 0 ? label : "");
    for (u32 sign = 0, any = 0; sign < SIGN_COUNT; sign++) {
        if (signs >> sign & 1) {
            fprintf(v->out, "%s", any++ > 0 ? ", " : "");
            for (const char *c = confidence_sign(sign); *c != '\0'; c++) {
                fputc(*c == '_' ? ' ' : *c, v->out);
            }
        }
    }
}

/* What makes it as sure as it is. */
static void print_signs(const view *v, const deed *d) {
    if ((record_signs(v->engine->record, d, true) | record_signs(v->engine->record, d, false)) == 0) {
        return;
    }
    fprintf(v->out, "        ");
    print_some_signs(v, "  for it: ", record_signs(v->engine->record, d, true));
    print_some_signs(v, "  against: ", record_signs(v->engine->record, d, false));
    fprintf(v->out, "\n");
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
        fprintf(v->out, v->color ? "\033[1m%s %.*s\033[0m  " : "%s %.*s  ", what_category_name(d->plover), (int)cameo.len, cameo.ptr);
        print_parties(v, d->first_source, d->end_source);
        if (!d->reciprocal) {
            fprintf(v->out, "  >  ");
            print_parties(v, d->first_target, d->end_target);
        }
        fprintf(v->out, "\n          \"%.*s\" fires frame %.*s", (int)word.len, word.ptr, (int)frame.len, frame.ptr);
        print_where(v, what_frame_line(v->engine->what, d->frame));
        fprintf(v->out, "; status %s", statuses[d->status]);
        if (d->end_claimer > d->first_claimer) {
            fprintf(v->out, " by ");
            print_parties(v, d->first_claimer, d->end_claimer);
        }
        fprintf(v->out, "; confidence %.2f%s\n", (double)d->confidence, d->same_as != NONE ? "; the same event as one above" : "");
        print_signs(v, d);
        fprintf(v->out, "        ");
        predicate_print_arguments(v->out, r, &r->predicates.items[d->predicate]);
        fprintf(v->out, "\n");
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
            fprintf(v->out, "%.*s ", (int)words.len, words.ptr);
        }
        fprintf(v->out, "\"%.*s\" (%s%s):", (int)cue.len, cue.ptr, said_act_name(said->act), said->direct ? ", direct" : "");
        for (u32 k = said->first_content; k < said->end_content; k++) {
            span words = report_cut(r, r->contents.items[k]);
            fprintf(v->out, " [%.*s%s]", (int)(words.len < 90 ? words.len : 90), words.ptr, words.len > 90 ? "..." : "");
        }
        fprintf(v->out, "\n");
    }
}

/* One token a line: number, form, lemma, tag, head, relation. */
static void print_tree(const view *v, const sentence *s) {
    const report *r = v->r;
    for (u32 i = s->first_token; i < s->end_token && v->tree; i++) {
        const token *word = report_token(r, i);
        span form = report_form(r, i), lemma = symbols_text(&r->words, word->lemma);
        u32 head = word->head == NONE ? 0 : word->head - s->first_token + 1;
        fprintf(v->out, "   %3u %-18.*s %-16.*s %-6s %3u %s\n", i - s->first_token + 1, (int)form.len, form.ptr, (int)lemma.len, lemma.ptr,
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
        fprintf(v->out, "%.*s", (int)lemma.len, lemma.ptr);
        for (u32 k = p->first_argument; k < p->end_argument; k++) {
            const argument *a = &r->arguments.items[k];
            span word = report_form(r, a->head), with = a->preposition == NONE ? SPAN("") : symbols_text(&r->words, a->preposition);
            fprintf(v->out, "  %s%s%.*s: %.*s", roles[a->role], with.len ? " " : "", (int)with.len, with.ptr, (int)word.len, word.ptr);
        }
        fprintf(v->out, "%s%s\n", (p->flags & PREDICATE_NEGATED) != 0 ? "  negated" : "", (p->flags & PREDICATE_PASSIVE) != 0 ? "  passive" : "");
    }
}

static void print_sentences(const view *v) {
    const report *r = v->r;
    for (u32 i = 0; i < r->sentences.count; i++) {
        const sentence *s = &r->sentences.items[i];
        span words = report_cut(r, s->text);
        fprintf(v->out, v->color ? "\033[1mS%u\033[0m \"%.*s\"\n" : "S%u \"%.*s\"\n", i + 1, (int)words.len, words.ptr);
        print_tree(v, s);
        print_clauses(v, s);
        print_mentions(v, s);
        print_times_and_places(v, s);
        print_deeds(v, s);
        print_statements(v, s);
        print_reasons(v, STAGE_WHAT, s->first_token, s->end_token, "what");
        print_reasons(v, STAGE_SAID, s->first_token, s->end_token, "said");
        print_reasons(v, STAGE_RECORD, s->first_token, s->end_token, "record");
        fprintf(v->out, "\n");
    }
}

static void print_actors(const view *v, const drg_actor *actors, size_t count) {
    for (size_t i = 0; i < count; i++) {
        fprintf(v->out, "%s%.*s [%.*s]", i ? " + " : "", (int)actors[i].name.len, actors[i].name.ptr, (int)actors[i].code.len, actors[i].code.ptr);
    }
    if (count == 0) {
        fprintf(v->out, "---");
    }
}

static void print_field(const view *v, const char *name, span value) {
    if (value.len > 0) {
        fprintf(v->out, "  %s %.*s", name, (int)value.len, value.ptr);
    }
}

static void print_contradictions(const view *v, const drg_records *records) {
    for (size_t i = 0; i < records->contradiction_count; i++) {
        const drg_contradiction *c = &records->contradictions[i];
        fprintf(v->out, "two offices of %.*s: \"%.*s\" (coded) and \"%.*s\"\n", (int)c->name.len, c->name.ptr, (int)c->office.text.len, c->office.text.ptr,
               (int)c->other.text.len, c->other.text.ptr);
    }
}

/* What is written out in the end: one line an event, deeds of the same event joined. */
static void print_events(const view *v, const drg_records *records) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    for (size_t i = 0; i < records->event_count; i++) {
        const drg_event *e = &records->events[i];
        fprintf(v->out, v->color ? "\033[1mE%zu %.*s %.*s\033[0m  " : "E%zu %.*s %.*s  ", i + 1, (int)e->plover.len, e->plover.ptr, (int)e->cameo.len,
               e->cameo.ptr);
        print_actors(v, e->source, e->source_count);
        if (!e->reciprocal) {
            fprintf(v->out, "  >  ");
            print_actors(v, e->target, e->target_count);
        }
        fprintf(v->out, "\n  ");
        print_field(v, "status", span_of(statuses[e->status]));
        if (e->claimed_count > 0) {
            fprintf(v->out, " by ");
            print_actors(v, e->claimed_by, e->claimed_count);
        }
        print_field(v, "on", e->date);
        print_field(v, "to", e->date_end);
        print_field(v, "in", e->place != NULL ? e->place->name : SPAN(""));
        fprintf(v->out, "  told %zu time%s%s\n", e->evidence_count, e->evidence_count == 1 ? "" : "s", e->background ? "  background" : "");
        fprintf(v->out, "    by \"%.*s\", frame %.*s (%.*s), confidence %.2f\n", (int)e->trigger.len, e->trigger.ptr, (int)e->frame.len, e->frame.ptr,
                (int)e->entry.len, e->entry.ptr, e->confidence);
    }
}

static void print_report(const view *v) {
    const report *r = v->r;
    const span fields[] = {r->outlet, r->date, r->title};
    bool any = false;
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (fields[i].len > 0) {
            fprintf(v->out, "%s%.*s", any ? "  " : "", (int)fields[i].len, fields[i].ptr);
            any = true;
        }
    }
    fprintf(v->out, any ? "\n\n" : "");
}

static void print_all(const view *v, const drg_records *records) {
    print_report(v);
    print_sentences(v);
    print_events(v, records);
    print_contradictions(v, records);
    fprintf(v->out, "%zu event%s, %zu claim%s, %zu agreement%s\n", records->event_count, records->event_count == 1 ? "" : "s", records->claim_count,
            records->claim_count == 1 ? "" : "s", records->agreement_count, records->agreement_count == 1 ? "" : "s");
    for (size_t i = 0; i < records->problem_count; i++) {
        fprintf(v->out, "problem: %.*s\n", (int)records->problems[i].message.len, records->problems[i].message.ptr);
    }
}

drg_status drg_coder_explain(drg_coder *coder, const drg_report *given, const drg_explanation *how, drg_error *error) {
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    if (out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "explain", 0, "out of memory");
    }
    coder->report.tracing = true;
    drg_status status = drg_coder_code(coder, given, error);
    if (status == DRG_OK) {
        print_all(&(view){coder->engine, &coder->report, out, how->color, how->trees}, drg_coder_records(coder));
    }
    coder->report.tracing = false;
    if ((fclose(out) != 0 || bytes == NULL) && status == DRG_OK) {
        status = drg_fail(error, DRG_ERROR_MEMORY, "explain", 0, "out of memory");
    }
    status = status == DRG_OK ? how->sink(how->user, bytes, size) : status;
    free(bytes);
    return status;
}

// SPDX-License-Identifier: Apache-2.0
#include "serve/trace.h"

#include "parse/labels.h"
#include "record/confidence.h"
#include "record/record.h"
#include "said/said.h"
#include "what/what.h"
#include "when/when.h"
#include "who/who.h"

typedef struct {
    json *j;
    const drg_engine *engine;
    const report *r;
    const answering *a;
} tracer;

/* ------------------------------------------------------------------ small parts */

static u32 point(const tracer *t, u32 byte) { return utf8_index_point(&t->r->points, byte); }

static range bytes_of(const report *r, u32 first, u32 end) {
    return (range){report_token(r, first)->text.start, report_token(r, end - 1)->text.end};
}

static void put_extent(const tracer *t, range at) {
    write_number(t->j, "start", point(t, at.start));
    write_number(t->j, "stop", point(t, at.end));
}

static void put_words(const tracer *t, range at) {
    write_text(t->j, "text", report_cut(t->r, at));
    put_extent(t, at);
}

static void put_line(const tracer *t, source_line at) {
    put_entry_line(t->j, "entry", at.file == NONE ? SPAN("") : knowledge_file_name(&t->engine->known, at.file), at.line);
}

/* How a stage came to the item `about` of its array. */
static void put_how(const tracer *t, stage which, u32 about) {
    write_list(t->j, "how");
    for (u32 i = 0; i < t->r->reasons.count; i++) {
        const reason *why = &t->r->reasons.items[i];
        if (why->stage == which && why->about == about) {
            write_object(t->j, NULL);
            write_text(t->j, "text", why->text);
            put_line(t, why->why);
            write_end(t->j);
        }
    }
    write_end(t->j);
}

static bool is_inside(const sentence *s, u32 at) { return at >= s->first_token && at < s->end_token; }

/* ------------------------------------------------------------------ sentence, tree */

static void put_tokens(const tracer *t, const sentence *s) {
    json *j = t->j;
    write_list(j, "tokens");
    for (u32 i = s->first_token; i < s->end_token; i++) {
        const token *word = report_token(t->r, i);
        write_object(j, NULL);
        write_text(j, "form", report_form(t->r, i));
        write_text(j, "lemma", symbols_text(&t->r->words, word->lemma));
        write_word(j, "upos", upos_name(word->upos));
        write_number(j, "head", word->head == NONE ? 0 : (i64)word->head - s->first_token + 1);
        write_word(j, "deprel", deprel_name(word->deprel));
        put_extent(t, word->text);
        write_end(j);
    }
    write_end(j);
}

static void put_flags(json *j, u32 flags) {
    static const char *const names[] = {"negated", "modal", "future", "conditional", "question", "infinitive", "purpose", "passive",
                                        "past", "perfect", "progressive", "participle", "nominal", "irrealis", "refusal"};
    write_list(j, "flags");
    for (u32 i = 0; i < COUNT_OF(names); i++) {
        if (flags >> i & 1) {
            write_word(j, NULL, names[i]);
        }
    }
    write_end(j);
}

static void put_argument(const tracer *t, const sentence *s, const argument *arg) {
    static const char *const roles[] = {"subject", "object", "recipient", "oblique", "possessor", "modifier", "clause"};
    write_object(t->j, NULL);
    write_word(t->j, "role", roles[arg->role]);
    write_text(t->j, "preposition", arg->preposition == NONE ? SPAN("") : symbols_text(&t->r->words, arg->preposition));
    write_number(t->j, "token", (i64)arg->head - s->first_token + 1);
    write_text(t->j, "form", report_form(t->r, arg->head));
    write_flag(t->j, "inherited", arg->inherited);
    write_end(t->j);
}

static void put_clauses(const tracer *t, const sentence *s) {
    const report *r = t->r;
    write_list(t->j, "clauses");
    for (u32 i = 0; i < r->predicates.count; i++) {
        const predicate *p = &r->predicates.items[i];
        if (!is_inside(s, p->head)) {
            continue;
        }
        write_object(t->j, NULL);
        write_number(t->j, "token", (i64)p->head - s->first_token + 1);
        write_text(t->j, "lemma", symbols_text(&r->words, p->lemma));
        write_list(t->j, "arguments");
        for (u32 k = p->first_argument; k < p->end_argument; k++) {
            put_argument(t, s, &r->arguments.items[k]);
        }
        write_end(t->j);
        put_flags(t->j, p->flags);
        write_end(t->j);
    }
    write_end(t->j);
}

/* ------------------------------------------------------------------ who, when, where */

static span code_of(const report *r, const mention *m, char buffer[12]) {
    const entity *e = m->entity == NONE ? NULL : &r->entities.items[m->entity];
    return actor_code_print(m->code.primary[0] == '\0' && e != NULL ? e->code : m->code, buffer);
}

/* Which earlier phrase a pronoun or description was linked to, and what spoke for it. */
static void put_links(const tracer *t, u32 head) {
    write_list(t->j, "link");
    for (u32 i = 0; i < t->r->reasons.count; i++) {
        const reason *why = &t->r->reasons.items[i];
        if (why->stage == STAGE_WHO && why->at == head && why->about == NONE) {
            write_text(t->j, NULL, why->text);
        }
    }
    write_end(t->j);
}

static void put_mentions(const tracer *t, const sentence *s) {
    static const char *const kinds[] = {"name", "nominal", "adjective", "pronoun"};
    const report *r = t->r;
    write_list(t->j, "mentions");
    for (u32 i = 0; i < r->mentions.count; i++) {
        const mention *m = &r->mentions.items[i];
        char code[12];
        if (!is_inside(s, m->first) || who_is_twin(r, i)) {
            continue;
        }
        write_object(t->j, NULL);
        put_words(t, bytes_of(r, m->first, m->end));
        write_text(t->j, "code", code_of(r, m, code));
        write_text(t->j, "name", m->entity == NONE ? SPAN("") : r->entities.items[m->entity].name);
        write_word(t->j, "kind", kinds[m->kind]);
        put_links(t, m->head);
        put_line(t, m->why);
        write_end(t->j);
    }
    write_end(t->j);
}

static void put_times(const tracer *t, const sentence *s) {
    const report *r = t->r;
    write_list(t->j, "times");
    for (u32 i = 0; i < r->timexes.count; i++) {
        const timex *time = &r->timexes.items[i];
        if (is_inside(s, time->first)) {
            write_object(t->j, NULL);
            put_words(t, bytes_of(r, time->first, time->end));
            write_text(t->j, "value", when_format(time, r->memory));
            put_how(t, STAGE_WHEN, i);
            write_end(t->j);
        }
    }
    write_end(t->j);
}

static void put_places(const tracer *t, const sentence *s) {
    const report *r = t->r;
    write_list(t->j, "places");
    for (u32 i = 0; i < r->places.count; i++) {
        const place *p = &r->places.items[i];
        if (is_inside(s, p->first)) {
            write_object(t->j, NULL);
            put_words(t, bytes_of(r, p->first, p->end));
            write_text(t->j, "name", p->name);
            write_word(t->j, "country", p->country);
            write_real(t->j, "lat", p->lat, 4);
            write_real(t->j, "lon", p->lon, 4);
            put_how(t, STAGE_WHERE, i);
            write_end(t->j);
        }
    }
    write_end(t->j);
}

/* ------------------------------------------------------------------ what, said */

static void put_parties(const tracer *t, const char *name, u32 first, u32 end) {
    const report *r = t->r;
    write_list(t->j, name);
    for (u32 i = first; i < end; i++) {
        const mention *m = &r->mentions.items[r->parties.items[i]];
        char code[12];
        write_object(t->j, NULL);
        put_words(t, bytes_of(r, m->first, m->end));
        write_text(t->j, "code", code_of(r, m, code));
        write_end(t->j);
    }
    write_end(t->j);
}

static void put_count(json *j, const char *name, i32 persons) {
    if (persons < 0) {
        write_null(j, name);
    } else {
        write_number(j, name, persons);
    }
}

/* What makes a deed more sure, or less. */
static void put_signs(const tracer *t, const char *name, u64 signs) {
    write_list(t->j, name);
    for (u32 sign = 0; sign < SIGN_COUNT; sign++) {
        if (signs >> sign & 1) {
            write_word(t->j, NULL, confidence_sign(sign));
        }
    }
    write_end(t->j);
}

static void put_deed(const tracer *t, u32 number) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    static const char *const datings[] = {"none", "clause", "governor", "beside", "narrative", "lookback", "report"};
    const report *r = t->r;
    const deed *d = &r->deeds.items[number];
    u32 head = r->predicates.items[d->predicate].head, time = d->timex != NONE ? d->timex : d->shared;
    json *j = t->j;
    write_object(j, NULL);
    write_number(j, "number", number);
    write_word(j, "plover", what_category_name(d->plover));
    write_text(j, "cameo", symbols_text(&r->words, d->cameo));
    write_text(j, "mode", d->mode == NONE ? SPAN("") : symbols_text(&r->words, d->mode));
    write_flag(j, "mutual", d->reciprocal);
    put_parties(t, "source", d->first_source, d->end_source);
    put_parties(t, "target", d->first_target, d->end_target);
    put_parties(t, "claimed_by", d->first_claimer, d->end_claimer);
    write_object(j, "trigger");
    put_words(t, report_token(r, head)->text);
    write_end(j);
    write_text(j, "frame", what_frame_name(t->engine->what, d->frame));
    put_line(t, what_frame_line(t->engine->what, d->frame));
    write_word(j, "status", statuses[d->status]);
    write_real(j, "confidence", (double)d->confidence, 2);
    put_signs(t, "for", record_signs(t->engine->record, d, true));
    put_signs(t, "against", record_signs(t->engine->record, d, false));
    write_text(j, "date", time != NONE && time < r->timexes.count ? when_format(&r->timexes.items[time], r->memory) : SPAN(""));
    write_word(j, "dated_by", d->dating < COUNT_OF(datings) ? datings[d->dating] : "none");
    write_text(j, "place", d->place != NONE ? r->places.items[d->place].name : SPAN(""));
    put_count(j, "dead", d->dead);
    put_count(j, "injured", d->injured);
    put_count(j, "arrested", d->arrested);
    write_object(j, "evidence");
    put_words(t, d->evidence);
    write_end(j);
    if (d->same_as != NONE) {
        write_number(j, "same_as", d->same_as);
    } else {
        write_null(j, "same_as");
    }
    write_end(j);
}

static void put_deeds(const tracer *t, const sentence *s) {
    write_list(t->j, "deeds");
    for (u32 i = 0; i < t->r->deeds.count; i++) {
        if (is_inside(s, t->r->predicates.items[t->r->deeds.items[i].predicate].head)) {
            put_deed(t, i);
        }
    }
    write_end(t->j);
}

static void put_statements(const tracer *t, const sentence *s) {
    const report *r = t->r;
    json *j = t->j;
    write_list(j, "statements");
    for (u32 i = 0; i < r->statements.count; i++) {
        const statement *said = &r->statements.items[i];
        if (!is_inside(s, said->cue)) {
            continue;
        }
        write_object(j, NULL);
        write_text(j, "speaker", report_cut(r, said->speaker_text));
        write_number(j, "speaker_start", point(t, said->speaker_text.start));
        write_number(j, "speaker_stop", point(t, said->speaker_text.end));
        write_text(j, "cue", report_cut(r, said->cue_text));
        write_number(j, "cue_start", point(t, said->cue_text.start));
        write_number(j, "cue_stop", point(t, said->cue_text.end));
        write_word(j, "act", said_act_name(said->act));
        write_flag(j, "direct", said->direct);
        write_list(j, "content");
        for (u32 k = said->first_content; k < said->end_content; k++) {
            write_object(j, NULL);
            put_words(t, r->contents.items[k]);
            write_end(j);
        }
        write_end(j);
        write_end(j);
    }
    write_end(j);
}

/* ------------------------------------------------------------------ what was passed over */

static void put_reasons(const tracer *t, const char *name, const sentence *s, const stage *which, u32 count) {
    const report *r = t->r;
    write_list(t->j, name);
    for (u32 i = 0; i < r->reasons.count; i++) {
        const reason *why = &r->reasons.items[i];
        bool wanted = false;
        for (u32 k = 0; k < count; k++) {
            wanted |= why->stage == which[k];
        }
        if (!wanted || why->at == NONE || !is_inside(s, why->at)) {
            continue;
        }
        write_object(t->j, NULL);
        write_word(t->j, "stage", stage_name((stage)why->stage));
        write_text(t->j, "word", report_form(r, why->at));
        put_extent(t, report_token(r, why->at)->text);
        write_text(t->j, "text", why->text);
        put_line(t, why->why);
        write_end(t->j);
    }
    write_end(t->j);
}

static void put_sentence(const tracer *t, u32 number, drg_extent here) {
    static const stage what[] = {STAGE_WHAT}, later[] = {STAGE_SAID, STAGE_RECORD};
    const sentence *s = &t->r->sentences.items[number];
    u32 start = point(t, s->text.start), stop = point(t, s->text.end);
    write_object(t->j, NULL);
    write_number(t->j, "number", number + 1);
    put_words(t, s->text);
    write_flag(t->j, "here", here.start < here.end && here.start < stop && here.end > start);
    put_tokens(t, s);
    put_clauses(t, s);
    put_mentions(t, s);
    put_times(t, s);
    put_places(t, s);
    put_deeds(t, s);
    put_statements(t, s);
    put_reasons(t, "passed", s, what, 1);
    put_reasons(t, "notes", s, later, 2);
    write_end(t->j);
}

static void put_stages(const tracer *t) {
    const report *r = t->r;
    const struct {
        const char *name, *title, *unit;
        u64 count;
    } stages[] = {
        {"read", "text without furniture", "blocks", r->blocks.count},      {"text", "sentences and words", "words", r->tokens.count},
        {"parse", "who depends on whom in a sentence", "clauses", r->predicates.count}, {"where", "names to places", "places", r->places.count},
        {"who", "names and nouns to actors", "mentions", r->mentions.count}, {"when", "words to days", "dates", r->timexes.count},
        {"what", "clauses to deeds", "deeds", r->deeds.count},              {"said", "who vouches", "statements", r->statements.count},
        {"record", "deeds to events", "events", r->records.event_count},
    };
    write_list(t->j, "stages");
    for (size_t i = 0; i < COUNT_OF(stages); i++) {
        write_object(t->j, NULL);
        write_word(t->j, "name", stages[i].name);
        write_word(t->j, "title", stages[i].title);
        write_number(t->j, "count", (i64)stages[i].count);
        write_word(t->j, "unit", stages[i].unit);
        write_end(t->j);
    }
    write_end(t->j);
}

void trace_put(json *j, const drg_engine *engine, const report *r, const answering *a, drg_extent here) {
    tracer t = {j, engine, r, a};
    put_stages(&t);
    write_list(j, "sentences");
    for (u32 i = 0; i < r->sentences.count; i++) {
        put_sentence(&t, i, here);
    }
    write_end(j);
}

bool trace_knows_file(const drg_engine *engine, const char *file) {
    for (u32 i = 0; i < engine->known.files.count; i++) {
        if (span_eq(knowledge_file_name(&engine->known, i), span_of(file)) && !knowledge_is_own(&engine->known, i)) {
            return true;
        }
    }
    return false;
}

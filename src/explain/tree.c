// SPDX-License-Identifier: Apache-2.0
/* Parsed reports as CoNLL-U.  Words that are written together ("do" and "n't") get a line for their
 * token above them; MISC holds the name span ("Name=B-PER") and the code points of the word. */
#include <stdarg.h>

#include "explain/tree.h"

#include "parse/parse.h"

#define MISC_ROOM 96

typedef struct {
    conllu *out;
    const drg_engine *engine;
    const report *r;
    arena *memory;
} growth;

static span copy_format(growth *g, const char *format, ...) __attribute__((format(printf, 2, 3)));
static span copy_format(growth *g, const char *format, ...) {
    char buffer[MISC_ROOM];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    return arena_copy(g->memory, (span){buffer, size < MISC_ROOM ? (size_t)size : MISC_ROOM - 1});
}

static span misc_of(growth *g, const token *t) {
    u32 start = utf8_index_point(&g->r->points, t->text.start), end = utf8_index_point(&g->r->points, t->text.end);
    if (t->name == NAME_NONE) {
        return copy_format(g, "start_char=%u|end_char=%u", start, end);
    }
    return copy_format(g, "Name=%c-%s|start_char=%u|end_char=%u", t->name_begins ? 'B' : 'I', name_kind_name(t->name), start, end);
}

/* `first_word`: where the report's token 0 lies among the document's words. */
static bool append_word(growth *g, u32 index, u32 first_word) {
    const token *t = report_token(g->r, index);
    conllu_word *w = list_push(g->memory, &g->out->words);
    if (w == NULL) {
        return false;
    }
    span lemma = t->lemma == NONE ? SPAN("_") : symbols_text(&g->r->words, t->lemma);
    *w = (conllu_word){.form = arena_copy(g->memory, symbols_text(&g->r->words, t->form)),
                       .lemma = arena_copy(g->memory, lemma),
                       .upos = span_of(upos_name(t->upos)),
                       .xpos = span_of(xpos_name(t->xpos)),
                       .feats = parse_feats_name(g->engine->parse, t->feats),
                       .deprel = span_of(deprel_name(t->deprel)),
                       .head = t->head == NONE ? NONE : first_word + t->head,
                       .token = g->out->tokens.count - 1};
    w->misc = misc_of(g, t);
    return w->form.ptr != NULL && w->lemma.ptr != NULL && w->misc.ptr != NULL;
}

/* The words from `first` that are written as one token; returns where they end, NONE without memory. */
static u32 append_token(growth *g, u32 first, u32 end, u32 first_word) {
    const report *r = g->r;
    u32 next = first + 1;
    while (next < end && report_token(r, next)->joined) {
        next++;
    }
    conllu_token *made = list_push(g->memory, &g->out->tokens);
    if (made == NULL) {
        return NONE;
    }
    span form = span_cut(r->text, report_token(r, first)->text.start, report_token(r, next - 1)->text.end);
    *made = (conllu_token){.form = arena_copy(g->memory, form), .first_word = g->out->words.count, .multiword = next > first + 1};
    made->space_after = report_token(r, next - 1)->space_after;
    bool done = made->form.ptr != NULL;
    for (u32 i = first; i < next && done; i++) {
        done = append_word(g, i, first_word);
    }
    g->out->tokens.items[g->out->tokens.count - 1].end_word = g->out->words.count;
    return done ? next : NONE;
}

/* The tokens of a sentence with one blank where blanks stood. */
static span sentence_text(growth *g, u32 first_token, u32 end_token) {
    size_t room = 1;
    for (u32 i = first_token; i < end_token; i++) {
        room += g->out->tokens.items[i].form.len + 1;
    }
    char *text = arena_alloc(g->memory, room, 1);
    size_t size = 0;
    for (u32 i = first_token; i < end_token && text != NULL; i++) {
        const conllu_token *t = &g->out->tokens.items[i];
        memcpy(text + size, t->form.ptr, t->form.len);
        size += t->form.len;
        if (t->space_after && i + 1 < end_token) {
            text[size++] = ' ';
        }
    }
    return (span){text, size};
}

bool tree_append(conllu *out, const drg_engine *engine, const report *r, span document, arena *memory) {
    growth g = {out, engine, r, memory};
    u32 first_word = out->words.count, block_before = NONE;
    for (u32 i = 0; i < r->sentences.count; i++) {
        const sentence *s = &r->sentences.items[i];
        conllu_sentence made = {.first_token = out->tokens.count,
                                .first_word = out->words.count,
                                .new_document = i == 0,
                                .new_paragraph = s->block != block_before,
                                .document = document};
        block_before = s->block;
        for (u32 t = s->first_token; t < s->end_token;) {
            t = append_token(&g, t, s->end_token, first_word);
            if (t == NONE) {
                return false;
            }
        }
        made.end_token = out->tokens.count;
        made.end_word = out->words.count;
        made.text = sentence_text(&g, made.first_token, made.end_token);
        made.id = copy_format(&g, "%.*s-%u", (int)(document.len < 64 ? document.len : 64), document.ptr, i + 1);
        conllu_sentence *slot = list_push(memory, &out->sentences);
        if (slot == NULL || made.text.ptr == NULL || made.id.ptr == NULL) {
            return false;
        }
        *slot = made;
    }
    return true;
}

drg_status drg_coder_parse(drg_coder *coder, const drg_report *given, drg_sink sink, void *user, drg_error *error) {
    report *r = &coder->report;
    conllu out = {0};
    report_open(r, coder->engine, &coder->memory, given);
    DRG_TRY(pipeline_run(coder->engine, r, STAGE_PARSE, error));
    r->records.problems = r->problems.items;
    r->records.problem_count = r->problems.count;
    if (!tree_append(&out, coder->engine, r, given->id.len > 0 ? given->id : SPAN("text"), &coder->memory)) {
        return drg_fail(error, DRG_ERROR_MEMORY, "parse", 0, "out of memory: raise the cap of the engine's report_bytes");
    }
    drg_status status = conllu_write(&out, 0, out.sentences.count, sink, user);
    return status == DRG_OK ? DRG_OK : drg_fail(error, status, "parse", 0, "cannot write");
}

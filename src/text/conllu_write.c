// SPDX-License-Identifier: Apache-2.0
/* Writing CoNLL-U, and laying a treebank's sentences out as the text of a report.
 *
 * The text of a treebank is its tokens with one blank where no "SpaceAfter=No" stands, paragraphs
 * parted by an empty line: what the conversion tool of Universal Dependencies gives. */
#include "text/conllu.h"

#include "text/chars.h"

typedef struct {
    drg_sink sink;
    void *user;
    drg_status status;
    char buffer[4096];
    size_t used;
} writer;

static void flush(writer *w) {
    if (w->status == DRG_OK && w->used > 0) {
        w->status = w->sink(w->user, w->buffer, w->used);
    }
    w->used = 0;
}

static void put(writer *w, span text) {
    if (text.len > sizeof w->buffer - w->used) {
        flush(w);
    }
    if (text.len > sizeof w->buffer) {
        if (w->status == DRG_OK) {
            w->status = w->sink(w->user, text.ptr, text.len);
        }
        return;
    }
    if (text.len > 0) {
        memcpy(w->buffer + w->used, text.ptr, text.len);
    }
    w->used += text.len;
}

static void put_number(writer *w, u32 value) {
    char digits[16];
    int size = snprintf(digits, sizeof digits, "%u", value);
    put(w, (span){digits, (size_t)size});
}

static void put_column(writer *w, span text) {
    put(w, SPAN("\t"));
    put(w, text.len > 0 ? text : SPAN("_"));
}

static void put_misc(writer *w, span misc, bool glued) {
    bool empty = misc.len == 0 || span_eq(misc, SPAN("_"));
    put(w, SPAN("\t"));
    glued = glued && !conllu_glues(misc);
    if (glued) {
        put(w, SPAN("SpaceAfter=No"));
    }
    if (!empty) {
        put(w, glued ? SPAN("|") : SPAN(""));
        put(w, misc);
    } else if (!glued) {
        put(w, SPAN("_"));
    }
    put(w, SPAN("\n"));
}

static void put_comment(writer *w, const char *name, span value) {
    put(w, span_of(name));
    put(w, value);
    put(w, SPAN("\n"));
}

static void put_word(writer *w, const conllu *in, const conllu_sentence *s, u32 at) {
    const conllu_word *word = &in->words.items[at];
    const conllu_token *token_of = &in->tokens.items[word->token];
    put_number(w, at - s->first_word + 1);
    put_column(w, word->form);
    put_column(w, word->lemma);
    put_column(w, word->upos);
    put_column(w, word->xpos);
    put_column(w, word->feats);
    put(w, SPAN("\t"));
    put_number(w, word->head == NONE ? 0 : word->head - s->first_word + 1);
    put_column(w, word->deprel);
    put_column(w, SPAN("_"));
    put_misc(w, word->misc, !token_of->multiword && !token_of->space_after);
}

static void put_token(writer *w, const conllu *in, const conllu_sentence *s, u32 at) {
    const conllu_token *t = &in->tokens.items[at];
    if (t->multiword) {
        put_number(w, t->first_word - s->first_word + 1);
        put(w, SPAN("-"));
        put_number(w, t->end_word - s->first_word);
        put_column(w, t->form);
        put(w, SPAN("\t_\t_\t_\t_\t_\t_\t_"));
        put_misc(w, SPAN("_"), !t->space_after);
    }
    for (u32 i = t->first_word; i < t->end_word; i++) {
        put_word(w, in, s, i);
    }
}

drg_status conllu_write(const conllu *in, u32 first, u32 end, drg_sink sink, void *user) {
    writer w = {.sink = sink, .user = user, .status = DRG_OK};
    for (u32 i = first; i < end && w.status == DRG_OK; i++) {
        const conllu_sentence *s = &in->sentences.items[i];
        if (s->new_document) {
            put_comment(&w, s->document.len > 0 ? "# newdoc id = " : "# newdoc", s->document);
        }
        if (s->new_paragraph) {
            put_comment(&w, "# newpar", SPAN(""));
        }
        if (s->id.len > 0) {
            put_comment(&w, "# sent_id = ", s->id);
        }
        if (s->text.len > 0) {
            put_comment(&w, "# text = ", s->text);
        }
        for (u32 t = s->first_token; t < s->end_token; t++) {
            put_token(&w, in, s, t);
        }
        put(&w, SPAN("\n"));
    }
    flush(&w);
    return w.status;
}

/* ------------------------------------------------------------------ as a report */

static bool add_block(report *r, u32 start, u32 end) {
    block *b = end > start ? list_push(r->memory, &r->blocks) : NULL;
    if (b != NULL) {
        *b = (block){{start, end}, BLOCK_PARAGRAPH};
    }
    return b != NULL || end == start;
}

/* The words of a token share out its bytes: by their own lengths while these fit its form. */
static bool lay_words(const conllu *in, const conllu_token *t, u32 at, report *r) {
    u32 end = at + (u32)t->form.len, start = at;
    char lower[256];
    for (u32 i = t->first_word; i < t->end_word; i++) {
        const conllu_word *w = &in->words.items[i];
        token *made = list_push(r->memory, &r->tokens);
        if (made == NULL) {
            return false;
        }
        u32 stop = i + 1 == t->end_word || w->form.len > end - start ? end : start + (u32)w->form.len;
        *made = (token){.text = {start, stop}, .lemma = NONE, .head = NONE, .sentence = r->sentences.count};
        made->joined = i > t->first_word;
        made->space_after = i + 1 == t->end_word && t->space_after;
        made->form = symbols_add(&r->words, w->form);
        made->lower = symbols_add(&r->words, char_fold(w->form, lower, sizeof lower));
        start = stop;
        if (made->form == NONE || made->lower == NONE) {
            return false;
        }
    }
    return true;
}

static bool lay_sentence(const conllu *in, const conllu_sentence *s, char *text, u32 *size, report *r, bool with_tokens) {
    u32 first = r->tokens.count, start = *size, end = start;
    for (u32 i = s->first_token; i < s->end_token; i++) {
        const conllu_token *t = &in->tokens.items[i];
        memcpy(text + *size, t->form.ptr, t->form.len);
        if (with_tokens && !lay_words(in, t, *size, r)) {
            return false;
        }
        *size += (u32)t->form.len;
        end = *size;
        if (t->space_after) {
            text[(*size)++] = ' ';
        }
    }
    sentence *made = with_tokens ? list_push(r->memory, &r->sentences) : NULL;
    if (made != NULL) {
        *made = (sentence){.first_token = first, .end_token = r->tokens.count, .block = r->blocks.count, .text = {start, end}};
    }
    return made != NULL || !with_tokens;
}

bool conllu_lay(const conllu *in, u32 first, u32 end, bool with_tokens, report *r) {
    size_t room = 1;
    for (u32 i = first; i < end; i++) {
        const conllu_sentence *s = &in->sentences.items[i];
        room += 2;
        for (u32 t = s->first_token; t < s->end_token; t++) {
            room += in->tokens.items[t].form.len + 1;
        }
    }
    char *text = room < UINT32_MAX ? arena_alloc(r->memory, room, 1) : NULL;
    u32 size = 0, paragraph = 0;
    if (text == NULL) {
        return false;
    }
    for (u32 i = first; i < end; i++) {
        if (in->sentences.items[i].new_paragraph && size > 0) {
            if (!add_block(r, paragraph, size)) {
                return false;
            }
            text[size++] = '\n';
            text[size++] = '\n';
            paragraph = size;
        }
        if (!lay_sentence(in, &in->sentences.items[i], text, &size, r, with_tokens)) {
            return false;
        }
    }
    r->text = (span){text, size};
    return add_block(r, paragraph, size) && utf8_index_build(&r->points, r->text, r->memory);
}

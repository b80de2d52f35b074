// SPDX-License-Identifier: Apache-2.0
#include "text_laws.h"

#include "text/chars.h"

bool text_laws_block(report *r) {
    for (u32 at = 0; at < r->text.len;) {
        u32 end = at;
        while (end < r->text.len && !(r->text.ptr[end] == '\n' && (end + 1 == r->text.len || r->text.ptr[end + 1] == '\n'))) {
            end++;
        }
        block *b = end > at ? list_push(r->memory, &r->blocks) : NULL;
        if (b != NULL) {
            *b = (block){{at, end}, BLOCK_PARAGRAPH};
        } else if (end > at) {
            return false;
        }
        at = end + 1;
    }
    return true;
}

/* Nothing that shows is left out: what no token covers is blank, or extends nothing. */
static bool gap_is_empty(const report *r, u32 start, u32 end) {
    for (u32 at = start, size; at < end; at += size) {
        char_kind kind = char_kind_at(r->text, at, end, &size);
        if (kind != CHAR_BLANK && kind != CHAR_EXTEND) {
            return false;
        }
    }
    return true;
}

static const char *broken_token(const report *r, const sentence *s, u32 index) {
    const token *t = report_token(r, index);
    range whole = r->blocks.items[s->block].text;
    if (t->text.start >= t->text.end || t->text.start < whole.start || t->text.end > whole.end) {
        return "a token is empty or outside of its block";
    }
    if (&r->sentences.items[t->sentence] != s) {
        return "a token names the wrong sentence";
    }
    if (!span_eq(symbols_text(&r->words, t->form), report_cut(r, t->text))) {
        return "a form is not the text of its range";
    }
    if (t->joined && (index == s->first_token || report_token(r, index - 1)->text.end != t->text.start)) {
        return "a joined word does not touch the word before";
    }
    return NULL;
}

const char *text_laws_broken(const report *r) {
    u32 next = 0, at = 0;
    for (u32 i = 0; i < r->sentences.count; i++) {
        const sentence *s = &r->sentences.items[i];
        if (s->first_token != next || s->end_token <= s->first_token || s->end_token > r->tokens.count) {
            return "sentences do not share out the tokens";
        }
        for (next = s->first_token; next < s->end_token; next++) {
            const char *broken = broken_token(r, s, next);
            const token *t = report_token(r, next);
            if (broken != NULL) {
                return broken;
            }
            if (t->text.start < at || !gap_is_empty(r, at, t->text.start)) {
                return "tokens overlap, or leave out text that shows";
            }
            at = t->text.end;
        }
        if (s->text.start != report_token(r, s->first_token)->text.start || s->text.end != at) {
            return "a sentence is not the range of its tokens";
        }
    }
    if (next != r->tokens.count) {
        return "tokens without a sentence";
    }
    return gap_is_empty(r, at, (u32)r->text.len) ? NULL : "text that shows at the end is left out";
}

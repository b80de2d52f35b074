// SPDX-License-Identifier: Apache-2.0
#include "words.h"

static bool is_inner(span text, u32 at) {
    unsigned char c = (unsigned char)text.ptr[at];
    bool behind = at + 1 < text.len && (ascii_is_alnum(text.ptr[at + 1]) || (unsigned char)text.ptr[at + 1] >= 0x80);
    return ascii_is_alnum(c) || c >= 0x80 || (behind && strchr(".,:-/'", c) != NULL);
}

static bool is_abbreviation(span word) {
    return word.len <= 4 && (word.len == 1 || memchr(word.ptr, '.', word.len) != NULL || word.len == 3);
}

static u32 word_end(span text, u32 at) {
    u32 end = at + 1;
    bool plain = ascii_is_alnum(text.ptr[at]) || (unsigned char)text.ptr[at] >= 0x80 || text.ptr[at] == '\'';
    if (plain && text.ptr[at] == '\'' && (end >= text.len || !ascii_is_alnum(text.ptr[end]))) {
        return end;
    }
    while (plain && end < text.len && is_inner(text, end)) {
        bool possessive = text.ptr[end] == '\'' && end + 1 < text.len && text.ptr[end + 1] == 's';
        if (possessive) {
            break;
        }
        end++;
    }
    return end;
}

static bool add_token(report *r, u32 start, u32 end) {
    token *t = list_push(r->memory, &r->tokens);
    if (t == NULL) {
        return false;
    }
    span form = span_cut(r->text, start, end);
    u32 size;
    bool capital = utf8_is_upper(utf8_decode(form, 0, &size));
    *t = (token){.text = {start, end}, .sentence = r->sentences.count, .head = NONE, .deprel = DEPREL_dep};
    t->form = symbols_add(&r->words, form);
    t->lower = symbols_add_lower(&r->words, form);
    t->lemma = t->lower;
    t->upos = (u8)(ascii_is_digit(form.ptr[0]) ? UPOS_NUM : capital ? UPOS_PROPN : ascii_is_alpha(form.ptr[0]) ? UPOS_NOUN : UPOS_PUNCT);
    return true;
}

bool words_open(report *r, const knowledge *k, arena *memory, span text) {
    *r = (report){.memory = memory, .day = INT32_MIN, .dateline_place = NONE, .text = text};
    symbols_open(&r->words, &k->words, memory);
    u32 first = 0;
    for (u32 at = 0; at <= text.len;) {
        bool over = at == text.len;
        char c = over ? '\n' : text.ptr[at];
        u32 end = over || ascii_is_space(c) ? at + 1 : word_end(text, at);
        if (!over && !ascii_is_space(c) && !add_token(r, at, end)) {
            return false;
        }
        span last = r->tokens.count > first ? report_form(r, r->tokens.count - 1) : SPAN("");
        span before = r->tokens.count > first + 1 ? report_form(r, r->tokens.count - 2) : SPAN("");
        bool stop = span_eq(last, SPAN("!")) || span_eq(last, SPAN("?")) || (span_eq(last, SPAN(".")) && !is_abbreviation(before));
        if (r->tokens.count > first && (stop || c == '\n')) {
            sentence *s = list_push(memory, &r->sentences);
            if (s == NULL) {
                return false;
            }
            *s = (sentence){.first_token = first, .end_token = r->tokens.count, .text = {r->tokens.items[first].text.start, at}};
            first = r->tokens.count;
        }
        at = end;
    }
    return utf8_index_build(&r->points, text, memory);
}

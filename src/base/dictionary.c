// SPDX-License-Identifier: Apache-2.0
#include "base/dictionary.h"

#include "base/utf8.h"

static bool begins(span text, size_t at, span with) { return span_starts(span_cut(text, at, text.len), with); }

/* What of the line is no comment.  Moves `in_comment` over lines. */
static span strip_comments(dictionary *d, span line) {
    size_t start = 0, at = 0;
    bool bracket = false;
    while (at < line.len) {
        if (d->in_comment) {
            bool over = begins(line, at, SPAN("-->"));
            d->in_comment = !over;
            at += over ? 3 : 1;
            start = at;
            continue;
        }
        char c = line.ptr[at];
        bool opens = !bracket && begins(line, at, SPAN("<!"));
        if (opens || (!bracket && (c == '#' || c == ';'))) {
            span before = span_cut(line, start, at);
            if (!opens || span_trim(before).len > 0) {
                for (; opens && at < line.len && !begins(line, at, SPAN("-->")); at++) {
                }
                d->in_comment = opens && at == line.len;
                return before;
            }
            d->in_comment = true;
            continue;
        }
        bracket = c == '[' || (bracket && c != ']');
        at++;
    }
    return span_cut(line, start, line.len);
}

static dictionary_kind kind_of(span text) {
    bool more = text.len > 1;
    switch (text.ptr[0]) {
    case '[': return DICTIONARY_CODES;
    case '{': return DICTIONARY_FORMS;
    case '+': return DICTIONARY_SYNONYM;
    case '&': return DICTIONARY_SYNSET;
    case '~': return DICTIONARY_CHANGE;
    case '<': return DICTIONARY_TAG;
    case '!': return memchr(text.ptr, '=', text.len) != NULL ? DICTIONARY_SET : DICTIONARY_PHRASE;
    case '-': return span_starts(text, SPAN("---")) ? DICTIONARY_BLOCK : more && text.ptr[1] == ' ' ? DICTIONARY_PATTERN : DICTIONARY_PHRASE;
    default: return DICTIONARY_PHRASE;
    }
}

static void cut_set(dictionary *d, span text) {
    d->phrase = span_trim(span_next_field(&text, '='));
    while (d->phrase.len > 0 && d->phrase.ptr[0] == '!') {
        d->phrase = span_cut(d->phrase, 1, d->phrase.len);
    }
    while (d->phrase.len > 0 && d->phrase.ptr[d->phrase.len - 1] == '!') {
        d->phrase.len--;
    }
    d->forms = span_trim(text);
}

static void cut_entry(dictionary *d, span text) {
    size_t at = 0, lead = d->kind == DICTIONARY_SYNONYM || d->kind == DICTIONARY_PATTERN || d->kind == DICTIONARY_SYNSET ? 1 : 0;
    bool braces = d->kind != DICTIONARY_PATTERN && d->kind != DICTIONARY_BLOCK;
    while (at < text.len && text.ptr[at] != '[' && (text.ptr[at] != '{' || !braces)) {
        at++;
    }
    d->phrase = span_trim(span_cut(text, lead < at ? lead : at, at));
    if (at < text.len && text.ptr[at] == '{') {
        size_t end = at;
        while (end < text.len && text.ptr[end] != '}' && text.ptr[end] != '[') {
            end++;
        }
        d->forms = span_trim(span_cut(text, at + 1, end));
        d->has_forms = true;
        at = end;
    }
    while (at < text.len && text.ptr[at] != '[') {
        at++;
    }
    d->codes = span_cut(text, at, text.len);
}

void dictionary_open(dictionary *d, span content) {
    *d = (dictionary){.rest = content};
    if (span_starts(content, SPAN("\xEF\xBB\xBF"))) {
        d->rest = span_cut(content, 3, content.len);
    }
}

bool dictionary_next(dictionary *d) {
    while (d->rest.len > 0) {
        span text = span_trim(strip_comments(d, span_next_field(&d->rest, '\n')));
        d->line++;
        if (text.len == 0) {
            continue;
        }
        d->forms = d->codes = (span){"", 0};
        d->has_forms = false;
        d->kind = (u8)kind_of(text);
        if (d->kind == DICTIONARY_SET) {
            cut_set(d, text);
        } else {
            cut_entry(d, text);
        }
        return true;
    }
    return false;
}

bool dictionary_next_code(span *codes, span *inside) {
    size_t open = 0, close;
    while (open < codes->len && codes->ptr[open] != '[') {
        open++;
    }
    for (close = open; close < codes->len && codes->ptr[close] != ']';) {
        close++;
    }
    if (close >= codes->len) {
        return false;
    }
    *inside = span_trim(span_cut(*codes, open + 1, close));
    *codes = span_cut(*codes, close + 1, codes->len);
    return true;
}

bool dictionary_next_word(span *phrase, span *word, bool *apart) {
    size_t at = 0, end;
    *apart = false;
    while (at < phrase->len && (phrase->ptr[at] == '_' || ascii_is_space(phrase->ptr[at]))) {
        *apart |= phrase->ptr[at++] != '_';
    }
    for (end = at; end < phrase->len && phrase->ptr[end] != '_' && !ascii_is_space(phrase->ptr[end]);) {
        end++;
    }
    *word = span_cut(*phrase, at, end);
    *phrase = span_cut(*phrase, end, phrase->len);
    return word->len > 0;
}

bool dictionary_is_whole(span phrase) { return phrase.len > 0 && phrase.ptr[phrase.len - 1] == '_'; }

bool dictionary_is_tabari(span content) {
    dictionary d;
    dictionary_open(&d, content);
    bool tabari = true;
    while (tabari && dictionary_next(&d)) {
        tabari = (d.kind == DICTIONARY_PHRASE || d.kind == DICTIONARY_TAG) && !d.has_forms && !d.in_comment &&
                 memchr(d.phrase.ptr, '!', d.phrase.len) == NULL;
    }
    return tabari;
}

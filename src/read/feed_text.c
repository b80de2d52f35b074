// SPDX-License-Identifier: Apache-2.0
/* In: pieces of text, and tags.   Out: one text; HTML told from words by its tags and references. */
#include "read/feed_text.h"

#include "read/feed.h"
#include "read/markup.h"

#define TAG_WINDOW 200u /* bytes in which a tag must end to be taken for one */

void feed_text_add(feed_text *t, span piece) {
    if (piece.len > FEED_TEXT_CAP - t->size) {
        t->is_cut = true;
        return;
    }
    if (piece.len > t->room - t->size) {
        size_t room = t->room > 0 ? t->room : 4096;
        while (room < t->size + piece.len) {
            room *= 2;
        }
        char *wider = realloc(t->bytes, room);
        if (wider == NULL) {
            t->no_memory = true;
            return;
        }
        t->bytes = wider;
        t->room = room;
    }
    if (piece.len > 0) {
        memcpy(t->bytes + t->size, piece.ptr, piece.len);
        t->size += piece.len;
    }
}

void feed_text_add_escaped(feed_text *t, span piece) {
    size_t from = 0;
    for (size_t i = 0; i < piece.len; i++) {
        char c = piece.ptr[i];
        span reference = c == '&' ? SPAN("&amp;") : c == '<' ? SPAN("&lt;") : c == '>' ? SPAN("&gt;") : SPAN("&quot;");
        if (c == '&' || c == '<' || c == '>' || c == '"') {
            feed_text_add(t, span_cut(piece, from, i));
            feed_text_add(t, reference);
            from = i + 1;
        }
    }
    feed_text_add(t, span_cut(piece, from, piece.len));
}

void feed_text_free(feed_text *t) {
    free(t->bytes);
    *t = (feed_text){0};
}

/* ------------------------------------------------------------------ HTML or not */

static bool is_tag(span rest) { /* begins with '<' */
    size_t at = rest.len > 1 && rest.ptr[1] == '/' ? 2 : 1;
    return at < rest.len && ascii_is_alpha((unsigned char)rest.ptr[at]) && memchr(rest.ptr, '>', rest.len < TAG_WINDOW ? rest.len : TAG_WINDOW) != NULL;
}

static bool is_reference(span rest) { /* begins with '&' */
    size_t at = rest.len > 1 && rest.ptr[1] == '#' ? 2 : 1, start = at;
    while (at < rest.len && at < 12 && ascii_is_alnum((unsigned char)rest.ptr[at])) {
        at++;
    }
    return at > start && at < rest.len && rest.ptr[at] == ';';
}

bool feed_text_is_markup(span text) {
    for (size_t i = 0; i < text.len; i++) {
        span rest = span_cut(text, i, text.len);
        if ((text.ptr[i] == '<' && is_tag(rest)) || (text.ptr[i] == '&' && is_reference(rest))) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------ HTML to words */

static void plain_tag(void *user, const markup_tag *tag) {
    (void)tag;
    (void)user;
}

static void plain_end(void *user, span name) {
    (void)user;
    (void)name;
}

static void plain_text(void *user, span text) { feed_text_add(user, text); }

static bool plain_raw(void *user, span name) {
    (void)user;
    return span_eq(name, SPAN("script")) || span_eq(name, SPAN("style"));
}

void feed_text_add_plain(feed_text *t, span markup) {
    markup_handler handler = {t, plain_tag, plain_end, plain_text, plain_raw};
    markup_parse(markup, &handler);
}

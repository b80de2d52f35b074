// SPDX-License-Identifier: Apache-2.0
/* In: "div story-body related-links"   Out: a hint, by the tables of lang/en/read/page.tsv.
 *
 * What designers call their elements is the best single sign of what is inside.  Names are taken
 * apart at hyphens, underlines, blanks and inner capitals ("articleBody" is article, body), because
 * "nav" must not be found in "naval".  Names that stand for the report itself win over others:
 * "story-body with-share-bar" is the body. */
#include "read/page.h"

#include "read/fold.h"
#include "read/phrase.h"

/* Between names the body's outweighs the rest: "story-body with-share-bar" is the body.  Within one
 * name furniture does: "story-body__share" is no body. */
static page_hint stronger(page_hint a, page_hint b, bool same_name) {
    static const u8 weight[] = {[HINT_NONE] = 0,   [HINT_BODY] = 6,  [HINT_FURNITURE] = 5, [HINT_CAPTION] = 4,
                                [HINT_CREDIT] = 3, [HINT_TITLE] = 2, [HINT_DATE] = 1};
    u8 of_a = same_name && a == HINT_FURNITURE ? 7 : weight[a], of_b = same_name && b == HINT_FURNITURE ? 7 : weight[b];
    return of_b > of_a ? b : a;
}

static bool holds(span text, span part) {
    for (size_t at = 0; part.len > 0 && at + part.len <= text.len; at++) {
        const char *hit = memchr(text.ptr + at, part.ptr[0], text.len - part.len - at + 1);
        if (hit == NULL) {
            return false;
        }
        at = (size_t)(hit - text.ptr);
        if (memcmp(text.ptr + at, part.ptr, part.len) == 0) {
            return true;
        }
    }
    return false;
}

static page_hint hint_of_word(const read_tables *tables, span word) {
    u32 hint = map_find(&tables->page_words, read_hash(word));
    return hint == NONE ? HINT_NONE : (page_hint)hint;
}

/* The words of "articleBody-share" one by one. */
static page_hint hint_of_parts(const read_tables *tables, span name, page_hint hint) {
    char word[32];
    size_t len = 0;
    for (size_t i = 0; i <= name.len; i++) {
        char c = i < name.len ? name.ptr[i] : '-';
        bool letter = ascii_is_alpha((unsigned char)c);
        bool hump = ascii_is_upper((unsigned char)c) && i > 0 && ascii_is_lower((unsigned char)name.ptr[i - 1]);
        if (!letter || hump || len + 1 == sizeof word) {
            hint = len > 0 ? stronger(hint, hint_of_word(tables, (span){word, len}), true) : hint;
            len = 0;
        }
        if (letter) {
            word[len++] = ascii_to_lower(c);
        }
    }
    return hint;
}

static page_hint hint_of_name(const read_tables *tables, span name) {
    char room[128];
    span folded = fold(name, room, sizeof room);
    page_hint hint = HINT_NONE;
    for (u32 i = 0; folded.len > 0 && i < tables->page_names.count; i++) {
        const page_name *p = &tables->page_names.items[i];
        bool fits = p->where == PHRASE_WHOLE   ? span_eq(folded, p->text)
                    : p->where == PHRASE_START ? span_starts(folded, p->text)
                    : p->where == PHRASE_END   ? span_ends(folded, p->text)
                                               : holds(folded, p->text);
        hint = fits ? stronger(hint, (page_hint)p->hint, true) : hint;
    }
    return hint_of_parts(tables, name, hint);
}

page_hint page_hint_find(const read_tables *tables, span names) {
    page_hint hint = HINT_NONE;
    while (names.len > 0) {
        span name = span_trim(span_next_field(&names, ' '));
        hint = name.len > 0 ? stronger(hint, hint_of_name(tables, name), false) : hint;
    }
    return hint;
}

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

typedef struct {
    const char *name;
    u8 tag, level;
} tag_row;

static const tag_row tag_rows[] = {
    {"a", TAG_LINK, 0},          {"address", TAG_BLOCK, 0},     {"article", TAG_BLOCK, 0},  {"aside", TAG_BLOCK, 0},
    {"blockquote", TAG_PARAGRAPH, 0}, {"body", TAG_BLOCK, 0},   {"br", TAG_BREAK, 0},       {"button", TAG_SKIP, 0},
    {"canvas", TAG_SKIP, 0},     {"caption", TAG_BLOCK, 0},     {"center", TAG_BLOCK, 0},   {"dd", TAG_ITEM, 0},
    {"details", TAG_BLOCK, 0},   {"dir", TAG_BLOCK, 0},         {"div", TAG_BLOCK, 0},      {"dl", TAG_BLOCK, 0},
    {"dt", TAG_ITEM, 0},         {"fieldset", TAG_BLOCK, 0},    {"figcaption", TAG_BLOCK, 0}, {"figure", TAG_BLOCK, 0},
    {"footer", TAG_BLOCK, 0},    {"form", TAG_BLOCK, 0},        {"frame", TAG_SKIP, 0},     {"frameset", TAG_SKIP, 0},
    {"h1", TAG_HEADING, 1},      {"h2", TAG_HEADING, 2},        {"h3", TAG_HEADING, 3},     {"h4", TAG_HEADING, 4},
    {"h5", TAG_HEADING, 5},      {"h6", TAG_HEADING, 6},        {"head", TAG_BLOCK, 0},     {"header", TAG_BLOCK, 0},
    {"hr", TAG_BLOCK, 0},        {"html", TAG_HTML, 0},         {"iframe", TAG_SKIP, 0},    {"li", TAG_ITEM, 0},
    {"link", TAG_CANONICAL, 0},  {"main", TAG_BLOCK, 0},        {"map", TAG_SKIP, 0},       {"menu", TAG_BLOCK, 0},
    {"meta", TAG_META, 0},       {"nav", TAG_BLOCK, 0},         {"noscript", TAG_SKIP, 0},  {"object", TAG_SKIP, 0},
    {"ol", TAG_BLOCK, 0},        {"option", TAG_SKIP, 0},       {"p", TAG_PARAGRAPH, 0},    {"pre", TAG_PARAGRAPH, 0},
    {"script", TAG_SKIP, 0},     {"section", TAG_BLOCK, 0},     {"select", TAG_SKIP, 0},    {"style", TAG_SKIP, 0},
    {"summary", TAG_BLOCK, 0},   {"svg", TAG_SKIP, 0},          {"table", TAG_TABLE, 0},    {"tbody", TAG_TABLE, 0},
    {"td", TAG_TABLE, 0},        {"template", TAG_SKIP, 0},     {"textarea", TAG_SKIP, 0},  {"tfoot", TAG_TABLE, 0},
    {"th", TAG_TABLE, 0},        {"thead", TAG_TABLE, 0},       {"time", TAG_TIME, 0},      {"title", TAG_TITLE, 0},
    {"tr", TAG_TABLE, 0},        {"ul", TAG_BLOCK, 0},          {"video", TAG_SKIP, 0},     {"audio", TAG_SKIP, 0},
};

page_tag page_tag_find(const char *name, u8 *level) {
    for (size_t i = 0; i < COUNT_OF(tag_rows); i++) {
        if (strcmp(name, tag_rows[i].name) == 0) {
            *level = tag_rows[i].level;
            return (page_tag)tag_rows[i].tag;
        }
    }
    *level = 0;
    return TAG_INLINE;
}

/* Between names the body's outweighs the rest: "story-body with-share-bar" is the body.  Within one
 * name furniture does: "story-body__share" is no body. */
static page_hint stronger(page_hint a, page_hint b, bool same_name) {
    static const u8 weight[] = {[HINT_NONE] = 0, [HINT_BODY] = 6, [HINT_FURNITURE] = 5, [HINT_CAPTION] = 4,
                                [HINT_CREDIT] = 3, [HINT_TITLE] = 2, [HINT_DATE] = 1};
    u8 of_a = same_name && a == HINT_FURNITURE ? 7 : weight[a], of_b = same_name && b == HINT_FURNITURE ? 7 : weight[b];
    return of_b > of_a ? b : a;
}

static bool holds(span text, span part) {
    for (size_t at = 0; at + part.len <= text.len; at++) {
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

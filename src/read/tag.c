// SPDX-License-Identifier: Apache-2.0
/* In: the name of an element.   Out: what it does to the text around it.  Names that are not here
 * (b, span, custom ones) are inline; custom names get an id from their hash. */
#include "read/page.h"

typedef enum { NAME_PLAIN, NAME_VOID, NAME_RAW } name_habit;

typedef struct {
    const char *name; /* in byte order */
    u8 tag, level, habit;
} tag_row;

static const tag_row tag_rows[] = {
    {"a", TAG_LINK, 0, NAME_PLAIN}, {"address", TAG_BLOCK, 0, NAME_PLAIN}, {"area", TAG_INLINE, 0, NAME_VOID},
    {"article", TAG_BLOCK, 0, NAME_PLAIN}, {"aside", TAG_BLOCK, 0, NAME_PLAIN}, {"audio", TAG_SKIP, 0, NAME_PLAIN},
    {"base", TAG_INLINE, 0, NAME_VOID}, {"blockquote", TAG_PARAGRAPH, 0, NAME_PLAIN},
    {"body", TAG_BLOCK, 0, NAME_PLAIN}, {"br", TAG_BREAK, 0, NAME_VOID}, {"button", TAG_SKIP, 0, NAME_PLAIN},
    {"canvas", TAG_SKIP, 0, NAME_PLAIN}, {"caption", TAG_BLOCK, 0, NAME_PLAIN}, {"center", TAG_BLOCK, 0, NAME_PLAIN},
    {"col", TAG_INLINE, 0, NAME_VOID}, {"dd", TAG_ITEM, 0, NAME_PLAIN}, {"details", TAG_BLOCK, 0, NAME_PLAIN},
    {"dir", TAG_BLOCK, 0, NAME_PLAIN}, {"div", TAG_BLOCK, 0, NAME_PLAIN}, {"dl", TAG_BLOCK, 0, NAME_PLAIN},
    {"dt", TAG_ITEM, 0, NAME_PLAIN}, {"embed", TAG_INLINE, 0, NAME_VOID}, {"fieldset", TAG_BLOCK, 0, NAME_PLAIN},
    {"figcaption", TAG_BLOCK, 0, NAME_PLAIN}, {"figure", TAG_BLOCK, 0, NAME_PLAIN},
    {"footer", TAG_BLOCK, 0, NAME_PLAIN}, {"form", TAG_BLOCK, 0, NAME_PLAIN}, {"frame", TAG_SKIP, 0, NAME_PLAIN},
    {"frameset", TAG_SKIP, 0, NAME_PLAIN}, {"h1", TAG_HEADING, 1, NAME_PLAIN}, {"h2", TAG_HEADING, 2, NAME_PLAIN},
    {"h3", TAG_HEADING, 3, NAME_PLAIN}, {"h4", TAG_HEADING, 4, NAME_PLAIN}, {"h5", TAG_HEADING, 5, NAME_PLAIN},
    {"h6", TAG_HEADING, 6, NAME_PLAIN}, {"head", TAG_BLOCK, 0, NAME_PLAIN}, {"header", TAG_BLOCK, 0, NAME_PLAIN},
    {"hr", TAG_BLOCK, 0, NAME_VOID}, {"html", TAG_HTML, 0, NAME_PLAIN}, {"iframe", TAG_SKIP, 0, NAME_RAW},
    {"img", TAG_INLINE, 0, NAME_VOID}, {"input", TAG_INLINE, 0, NAME_VOID}, {"li", TAG_ITEM, 0, NAME_PLAIN},
    {"link", TAG_CANONICAL, 0, NAME_VOID}, {"main", TAG_BLOCK, 0, NAME_PLAIN}, {"map", TAG_SKIP, 0, NAME_PLAIN},
    {"menu", TAG_BLOCK, 0, NAME_PLAIN}, {"meta", TAG_META, 0, NAME_VOID}, {"nav", TAG_BLOCK, 0, NAME_PLAIN},
    {"noembed", TAG_SKIP, 0, NAME_RAW}, {"noframes", TAG_SKIP, 0, NAME_RAW}, {"noscript", TAG_SKIP, 0, NAME_PLAIN},
    {"object", TAG_SKIP, 0, NAME_PLAIN}, {"ol", TAG_BLOCK, 0, NAME_PLAIN}, {"option", TAG_SKIP, 0, NAME_PLAIN},
    {"p", TAG_PARAGRAPH, 0, NAME_PLAIN}, {"param", TAG_INLINE, 0, NAME_VOID}, {"pre", TAG_PARAGRAPH, 0, NAME_PLAIN},
    {"script", TAG_SKIP, 0, NAME_RAW}, {"section", TAG_BLOCK, 0, NAME_PLAIN}, {"select", TAG_SKIP, 0, NAME_PLAIN},
    {"source", TAG_INLINE, 0, NAME_VOID}, {"style", TAG_SKIP, 0, NAME_RAW}, {"summary", TAG_BLOCK, 0, NAME_PLAIN},
    {"svg", TAG_SKIP, 0, NAME_PLAIN}, {"table", TAG_TABLE, 0, NAME_PLAIN}, {"tbody", TAG_CELL, 0, NAME_PLAIN},
    {"td", TAG_CELL, 0, NAME_PLAIN}, {"template", TAG_SKIP, 0, NAME_PLAIN}, {"textarea", TAG_SKIP, 0, NAME_RAW},
    {"tfoot", TAG_CELL, 0, NAME_PLAIN}, {"th", TAG_CELL, 0, NAME_PLAIN}, {"thead", TAG_CELL, 0, NAME_PLAIN},
    {"time", TAG_TIME, 0, NAME_PLAIN}, {"title", TAG_TITLE, 0, NAME_PLAIN}, {"tr", TAG_CELL, 0, NAME_PLAIN},
    {"track", TAG_INLINE, 0, NAME_VOID}, {"ul", TAG_BLOCK, 0, NAME_PLAIN}, {"video", TAG_SKIP, 0, NAME_PLAIN},
    {"wbr", TAG_INLINE, 0, NAME_VOID}, {"xmp", TAG_SKIP, 0, NAME_RAW},
};

page_tag page_tag_find(span name, u8 *level, u32 *id) {
    size_t low = 0, high = COUNT_OF(tag_rows);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = span_compare(name, span_of(tag_rows[middle].name));
        if (order == 0) {
            *level = tag_rows[middle].level;
            *id = (u32)middle;
            return (page_tag)tag_rows[middle].tag;
        }
        low = order > 0 ? middle + 1 : low;
        high = order < 0 ? middle : high;
    }
    *level = 0;
    *id = (u32)read_hash(name) | 0x80000000u;
    return TAG_INLINE;
}

static bool has_habit(u32 id, name_habit habit) { return id < COUNT_OF(tag_rows) && tag_rows[id].habit == habit; }

bool page_tag_is_void(u32 id) { return has_habit(id, NAME_VOID); }
bool page_tag_is_raw(u32 id) { return has_habit(id, NAME_RAW); }
bool page_tag_is_p(u32 id) { return id < COUNT_OF(tag_rows) && span_eq(span_of(tag_rows[id].name), SPAN("p")); }

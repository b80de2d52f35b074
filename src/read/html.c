// SPDX-License-Identifier: Apache-2.0
/* In: a page's bytes (UTF-8).   Out: its blocks of text and the elements around them.
 *
 *   <div class="story"><p>Envoys <a href=..>met</a> on Monday.</p><p>They left.</p></div>
 *   node 0 div "story"     node 1 p     node 2 p
 *   block 0 "Envoys met on Monday." (4 words, 1 in a link, node 1)   block 1 "They left." (node 2)
 *
 * markup.c calls back at each tag and piece of text; no tree is built.  Because blocks come in
 * reading order, those inside an element are a run [first, end), and sums over an element are ready
 * when it closes.  Tag soup is mended as browsers do it: a <p> ends where a block begins, a <li> at
 * the next <li>, and an end tag closes what was left open inside its element.  The stack of open
 * elements is bounded: text deeper than DEPTH_LIMIT belongs to the element at the limit. */
#include "read/page.h"

#include "read/byline.h"
#include "read/fold.h"
#include "read/markup.h"
#include "read/phrase.h"

#define DEPTH_LIMIT 256u
#define NAMES_ROOM 1024u
#define HINT_CACHE 512u /* a power of two */
#define CAPTURE_ROOM ((size_t)512 << 10)

typedef enum { CAPTURE_NONE, CAPTURE_TITLE, CAPTURE_JSON, CAPTURE_TIME } capture_kind;

typedef struct {
    u32 node; /* NONE: this element has none */
    u32 name; /* page_tag_find's id */
    u8 tag;   /* page_tag */
} open_element;

typedef struct {
    const read_tables *tables;
    arena *memory;
    page *page;
    open_element stack[DEPTH_LIMIT];
    u32 depth;
    u32 too_deep;   /* elements open past the limit */
    u32 skip_depth; /* depth of the outermost skipped element, 0: none */
    u32 link_depth; /* the same for links */
    char *text;     /* [room], the page's text so far */
    size_t len, room;
    size_t block_start; /* of the block being gathered */
    u32 words, link_words, breaks;
    bool in_word;
    capture_kind capture;
    char *captured; /* [CAPTURE_ROOM] */
    size_t captured_len;
    u32 capture_depth;
    struct {
        u64 key;
        u8 hint;
    } hints[HINT_CACHE]; /* pages name thousands of elements alike */
    bool failed; /* memory is out */
} gather;

/* ------------------------------------------------------------------ text to blocks */

static u32 current_node(const gather *g) {
    for (u32 depth = g->depth; depth > 0;) {
        if (g->stack[--depth].node != NONE) {
            return g->stack[depth].node;
        }
    }
    return 0; /* the page itself */
}

static void close_block(gather *g) {
    while (g->len > g->block_start && g->text[g->len - 1] == ' ') {
        g->len--;
    }
    u32 node = current_node(g);
    if (g->len > g->block_start && g->words > 0) {
        page_block *added = list_push(g->memory, &g->page->blocks);
        if (added == NULL) {
            g->failed = true;
        } else {
            const page_node *n = &g->page->nodes.items[node];
            *added = (page_block){.text = {(u32)g->block_start, (u32)g->len},
                                  .node = node,
                                  .words = g->words,
                                  .link_words = g->link_words,
                                  .tag = n->tag,
                                  .level = n->level};
        }
        if (g->len + 1 < g->room) {
            g->text[g->len++] = '\n';
        }
    }
    g->block_start = g->len;
    g->words = g->link_words = g->breaks = 0;
    g->in_word = false;
}

/* One <br> behind a sentence, or two anywhere, end a paragraph. */
static void settle_breaks(gather *g) {
    if (g->breaks > 0) {
        span so_far = {g->text + g->block_start, g->len - g->block_start};
        if (g->breaks > 1 || ends_sentence(span_tail(so_far, 16))) {
            close_block(g);
        }
        g->breaks = 0;
    }
}

static void capture(gather *g, const char *text, size_t size) {
    size_t left = CAPTURE_ROOM - g->captured_len;
    size = size < left ? size : left;
    memcpy(g->captured + g->captured_len, text, size);
    g->captured_len += size;
}

static void take_text(void *user, span text) {
    gather *g = user;
    if (g->capture != CAPTURE_NONE) {
        capture(g, text.ptr, text.len);
    }
    if (g->skip_depth > 0) {
        return;
    }
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool no_break = (unsigned char)c == 0xC2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] == 0xA0;
        if (ascii_is_space((unsigned char)c) || no_break || c == '\0') {
            i += no_break;
            if (g->len > g->block_start && g->text[g->len - 1] != ' ' && g->len + 1 < g->room) {
                g->text[g->len++] = ' ';
            }
            g->in_word = false;
            continue;
        }
        settle_breaks(g);
        if (!g->in_word) {
            g->words++;
            g->link_words += g->link_depth > 0;
            g->in_word = true;
        }
        if (g->len + 2 < g->room) {
            g->text[g->len++] = c;
        }
    }
}

/* ------------------------------------------------------------------ elements */

static span value_of(const markup_tag *tag, markup_attribute key) {
    return tag->value[key].ptr != NULL ? tag->value[key] : (span){"", 0};
}

static bool holds_text(span text, span part) {
    for (size_t at = 0; at + part.len <= text.len; at++) {
        if (memcmp(text.ptr + at, part.ptr, part.len) == 0) {
            return true;
        }
    }
    return false;
}

/* "div story-body main-content articleBody": the tag and everything its writer called it. */
static span element_names(const markup_tag *tag, char buffer[NAMES_ROOM]) {
    static const u8 naming[] = {ATTRIBUTE_CLASS,  ATTRIBUTE_ID,        ATTRIBUTE_ROLE, ATTRIBUTE_ITEMPROP,
                                ATTRIBUTE_TESTID, ATTRIBUTE_COMPONENT, ATTRIBUTE_LABEL};
    size_t len = tag->name.len;
    memcpy(buffer, tag->name.ptr, len);
    for (size_t i = 0; i < COUNT_OF(naming); i++) {
        span value = value_of(tag, naming[i]);
        size_t size = value.len < NAMES_ROOM - len - 2 ? value.len : NAMES_ROOM - len - 2;
        if (size > 0) {
            buffer[len++] = ' ';
            memcpy(buffer + len, value.ptr, size);
            len += size;
        }
    }
    return (span){buffer, len};
}

static page_hint find_hint(gather *g, span names) {
    u64 key = read_hash(names) | 1; /* 0: an empty place */
    u32 slot = (u32)(key >> 1) & (HINT_CACHE - 1);
    if (g->hints[slot].key != key) {
        g->hints[slot].key = key;
        g->hints[slot].hint = (u8)page_hint_find(g->tables, names);
    }
    return (page_hint)g->hints[slot].hint;
}

static bool is_hidden(const markup_tag *tag) {
    span style = value_of(tag, ATTRIBUTE_STYLE);
    return tag->value[ATTRIBUTE_HIDDEN].ptr != NULL || holds_text(style, SPAN("display:none")) ||
           holds_text(style, SPAN("display: none"));
}

static bool names_article_body(const markup_tag *tag) {
    return span_eq(tag->name, SPAN("article")) || span_eq(tag->name, SPAN("main")) ||
           holds_text(value_of(tag, ATTRIBUTE_ITEMPROP), SPAN("articleBody"));
}

static u32 add_node(gather *g, const markup_tag *tag, page_tag kind, u8 level, page_hint hint) {
    u32 parent = current_node(g);
    page_node *added = list_push(g->memory, &g->page->nodes);
    if (added == NULL) {
        g->failed = true;
        return NONE;
    }
    *added = (page_node){.parent = parent,
                         .first_block = g->page->blocks.count,
                         .tag = (u8)kind,
                         .hint = (u8)hint,
                         .level = level,
                         .is_article = names_article_body(tag)};
    return g->page->nodes.count - 1;
}

static bool marks_published(const markup_tag *tag) {
    return tag->value[ATTRIBUTE_PUBDATE].ptr != NULL ||
           holds_text(value_of(tag, ATTRIBUTE_ITEMPROP), SPAN("datePublished"));
}

/* Tags that speak about the page as a whole. */
static void take_remark(gather *g, page_tag kind, const markup_tag *tag) {
    span content = value_of(tag, ATTRIBUTE_CONTENT), date = value_of(tag, ATTRIBUTE_DATETIME);
    if (kind == TAG_META) {
        span key = value_of(tag, ATTRIBUTE_PROPERTY);
        key = key.len > 0 ? key : value_of(tag, ATTRIBUTE_NAME);
        key = key.len > 0 ? key : value_of(tag, ATTRIBUTE_ITEMPROP);
        page_take_meta(g->page, g->memory, key, content);
    } else if (marks_published(tag) && content.len > 0) {
        page_take_date(g->page, g->memory, content, DATE_RANK_TIME_MARKED);
    } else if (kind == TAG_HTML && g->page->lang.len == 0) {
        g->page->lang = arena_copy(g->memory, value_of(tag, ATTRIBUTE_LANG));
    } else if (kind == TAG_CANONICAL && span_eq(value_of(tag, ATTRIBUTE_REL), SPAN("canonical"))) {
        g->page->canonical = arena_copy(g->memory, value_of(tag, ATTRIBUTE_HREF));
    } else if (g->capture != CAPTURE_NONE) {
        return; /* one thing at a time */
    } else if (kind == TAG_TITLE && g->page->title_tag.len == 0 && g->skip_depth == 0) {
        g->capture = CAPTURE_TITLE;
    } else if (span_eq(tag->name, SPAN("script")) && holds_text(value_of(tag, ATTRIBUTE_TYPE), SPAN("ld+json"))) {
        g->capture = CAPTURE_JSON;
    } else if (kind == TAG_TIME && date.len > 0) {
        page_take_date(g->page, g->memory, date, marks_published(tag) ? DATE_RANK_TIME_MARKED : DATE_RANK_TIME);
    } else if (kind == TAG_TIME) {
        g->capture = CAPTURE_TIME;
    }
    if (g->capture != CAPTURE_NONE) {
        g->capture_depth = g->depth + 1;
        g->captured_len = 0;
    }
}

static void end_capture(gather *g) {
    span text = {g->captured, g->captured_len};
    if (g->capture == CAPTURE_TITLE) {
        g->page->title_tag = arena_copy(g->memory, span_trim_wide(text));
    } else if (g->capture == CAPTURE_JSON) {
        page_take_json(g->page, g->memory, text);
    } else {
        page_take_date(g->page, g->memory, span_trim_wide(text), DATE_RANK_TIME);
    }
    g->capture = CAPTURE_NONE;
}

static void end_node(gather *g, u32 index) {
    page_node *n = &g->page->nodes.items[index];
    n->end_block = g->page->blocks.count;
    if (n->end_block == n->first_block) {
        return;
    }
    const page_block *first = &g->page->blocks.items[n->first_block];
    span text = span_cut((span){g->text, g->len}, first->text.start, first->text.end);
    if (n->hint == HINT_DATE && text.len < 120) {
        page_take_date(g->page, g->memory, text, DATE_RANK_CLASS);
    }
    if (n->hint == HINT_CREDIT && g->page->credit_line.len == 0 && (phrase_is_byline(text) || byline_is_names(text))) {
        g->page->credit_line = arena_copy(g->memory, text);
    }
    if (n->level == 1 && g->page->title_heading.len == 0 && n->end_block - n->first_block == 1) {
        g->page->title_heading = arena_copy(g->memory, text);
    }
}

/* Closes the innermost open element. */
static void pop(gather *g) {
    if (g->capture != CAPTURE_NONE && g->capture_depth == g->depth) {
        end_capture(g);
    }
    const open_element *element = &g->stack[g->depth - 1];
    if (element->node != NONE) {
        close_block(g);
        end_node(g, element->node);
    }
    g->skip_depth = g->skip_depth == g->depth ? 0 : g->skip_depth;
    g->link_depth = g->link_depth == g->depth ? 0 : g->link_depth;
    g->depth--;
}

/* Elements that an end tag from outside does not reach into, and that a <li> is not looked for behind. */
static bool is_wall(u8 tag) { return tag == TAG_TABLE || tag == TAG_CELL; }

/* What a start tag closes without being asked: an open paragraph, list item or cell of its kind. */
static void close_implied(gather *g, page_tag kind) {
    bool is_block = kind != TAG_INLINE && kind != TAG_LINK && kind != TAG_BREAK && kind != TAG_SKIP &&
                    kind != TAG_META && kind != TAG_CANONICAL && kind != TAG_TIME && kind != TAG_TITLE;
    for (u32 depth = g->depth; is_block && depth > 0; depth--) {
        const open_element *e = &g->stack[depth - 1];
        bool closes =
            kind == TAG_CELL || kind == TAG_ITEM ? e->tag == kind || e->tag == TAG_PARAGRAPH : e->tag == TAG_PARAGRAPH;
        closes = closes && !(e->tag == TAG_PARAGRAPH && !page_tag_is_p(e->name));
        if (closes) {
            while (g->depth >= depth) {
                pop(g);
            }
        } else if (e->tag == TAG_TABLE || e->tag == TAG_BLOCK || (e->tag == TAG_CELL && kind != TAG_CELL) ||
                   (kind == TAG_PARAGRAPH && e->tag == TAG_ITEM)) {
            return;
        }
    }
}

static void start_element(void *user, const markup_tag *tag) {
    gather *g = user;
    u8 level = 0;
    u32 name;
    page_tag kind = page_tag_find(tag->name, &level, &name);
    if (g->skip_depth == 0) {
        close_implied(g, kind);
    }
    take_remark(g, kind, tag);
    if (page_tag_is_void(name) || (tag->closes_itself && kind == TAG_INLINE)) {
        if (g->skip_depth == 0 && kind == TAG_BREAK) {
            g->breaks++;
            take_text(g, SPAN(" "));
        } else if (g->skip_depth == 0 && kind == TAG_BLOCK) {
            close_block(g); /* hr */
        }
        return;
    }
    if (g->depth == DEPTH_LIMIT) {
        g->page->too_deep = true;
        g->too_deep++;
        if (g->skip_depth == 0 && kind != TAG_INLINE && kind != TAG_LINK) {
            close_block(g);
        }
        return;
    }
    open_element *element = &g->stack[g->depth++];
    *element = (open_element){NONE, name, (u8)kind};
    if (g->skip_depth > 0) {
        return;
    }
    if (kind == TAG_SKIP || kind == TAG_TITLE || is_hidden(tag)) {
        g->skip_depth = g->depth;
    } else if (kind == TAG_LINK) {
        g->link_depth = g->link_depth > 0 ? g->link_depth : g->depth;
    } else if (kind != TAG_HTML) {
        char names[NAMES_ROOM];
        page_hint hint = find_hint(g, element_names(tag, names));
        bool is_inline = kind == TAG_INLINE || kind == TAG_TIME;
        bool opens_text = g->len == g->block_start; /* an inline element counts when it stands at a block's head */
        if (!is_inline || (opens_text && hint != HINT_NONE && hint != HINT_BODY && hint != HINT_TITLE)) {
            g->depth--; /* the node's parent is outside */
            close_block(g);
            u32 node = add_node(g, tag, is_inline ? TAG_BLOCK : kind, level, hint);
            g->depth++;
            element->node = node;
        }
    }
}

static void end_element(void *user, span tag_name) {
    gather *g = user;
    u8 level;
    u32 name;
    page_tag kind = page_tag_find(tag_name, &level, &name);
    bool is_inline = kind == TAG_INLINE || kind == TAG_TIME || kind == TAG_LINK;
    if (g->too_deep > 0) {
        g->too_deep--;
        return;
    }
    for (u32 depth = g->depth; depth > 0; depth--) {
        const open_element *e = &g->stack[depth - 1];
        if (e->name == name) {
            while (g->depth >= depth) {
                pop(g);
            }
            return;
        }
        if (is_inline && e->node != NONE) { /* "<b><div></b>": the div stays open, a link does not */
            g->link_depth = kind == TAG_LINK ? 0 : g->link_depth;
            return;
        }
        if (is_wall(e->tag) && !is_wall((u8)kind)) {
            return;
        }
    }
}

static bool is_raw(void *user, span tag_name) {
    (void)user;
    u8 level;
    u32 name;
    page_tag_find(tag_name, &level, &name);
    return page_tag_is_raw(name);
}

/* ------------------------------------------------------------------ the page */

bool page_parse(const read_tables *tables, arena *memory, span html, page *out) {
    *out = (page){0};
    gather *g = arena_new(memory, gather, 1);
    size_t room;
    if (g == NULL || !size_add(html.len, 16, &room)) {
        return false;
    }
    g->tables = tables;
    g->memory = memory;
    g->page = out;
    g->room = room;
    g->text = arena_alloc(memory, room, 1);
    g->captured = arena_alloc(memory, CAPTURE_ROOM, 1);
    page_node *whole = list_push(memory, &out->nodes);
    if (g->text == NULL || g->captured == NULL || whole == NULL) {
        return false;
    }
    *whole = (page_node){.parent = NONE, .tag = TAG_BLOCK};
    markup_handler handler = {
        .user = g, .start = start_element, .end = end_element, .text = take_text, .is_raw = is_raw};
    markup_parse(html, &handler);
    while (g->depth > 0) { /* a page cut in half leaves elements open */
        pop(g);
    }
    close_block(g);
    end_node(g, 0);
    out->text = (span){g->text, g->len};
    return !g->failed;
}

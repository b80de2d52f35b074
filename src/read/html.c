// SPDX-License-Identifier: Apache-2.0
/* In: a page's bytes (UTF-8).   Out: its blocks of text and the elements around them.
 *
 *   <div class="story"><p>Envoys <a href=..>met</a> on Monday.</p><p>They left.</p></div>
 *   node 0 div "story"     node 1 p     node 2 p
 *   block 0 "Envoys met on Monday." (4 words, 1 in a link, node 1)   block 1 "They left." (node 2)
 *
 * libxml2's parser calls back at each tag and piece of text; no tree is built by it.  Because blocks
 * come in reading order, those inside an element are a run [first, end), and sums over an element are
 * ready when it closes.  Depth is bounded: what lies deeper than DEPTH_LIMIT belongs to the element
 * at the limit, and past DEPTH_STOP parsing ends, for each closing tag may cost the depth. */
#include <libxml/HTMLparser.h>

#include "read/page.h"

#include "read/fold.h"
#include "read/phrase.h"

#define DEPTH_LIMIT 400u
#define DEPTH_STOP 3000u
#define CHUNK 65536u
#define NAMES_ROOM 1024u
#define CAPTURE_ROOM ((size_t)512 << 10)

typedef enum { CAPTURE_NONE, CAPTURE_TITLE, CAPTURE_JSON, CAPTURE_TIME } capture_kind;

typedef struct {
    u32 node;      /* NONE: this element has none */
    u8 tag;
} open_element;

typedef struct {
    const read_tables *tables;
    arena *memory;
    page *page;
    htmlParserCtxtPtr parser;
    open_element stack[DEPTH_LIMIT];
    u32 depth;           /* may pass DEPTH_LIMIT */
    u32 skip_depth;      /* depth of the outermost skipped element, 0: none */
    u32 link_depth;      /* the same for links */
    char *text;          /* [room], the page's text so far */
    size_t len, room;
    size_t block_start;  /* of the block being gathered */
    u32 words, link_words, breaks;
    bool in_word;
    capture_kind capture;
    char *captured;      /* [CAPTURE_ROOM] */
    size_t captured_len;
    u32 capture_depth;
    bool failed;         /* memory is out */
} gather;

/* ------------------------------------------------------------------ text to blocks */

static u32 current_node(const gather *g) {
    u32 depth = g->depth < DEPTH_LIMIT ? g->depth : DEPTH_LIMIT;
    while (depth > 0) {
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

static void take_text(void *user, const xmlChar *text, int size) {
    gather *g = user;
    if (g->capture != CAPTURE_NONE) {
        capture(g, (const char *)text, (size_t)size);
    }
    if (g->skip_depth > 0) {
        return;
    }
    for (int i = 0; i < size; i++) {
        char c = (char)text[i];
        bool no_break = (unsigned char)c == 0xC2 && i + 1 < size && text[i + 1] == 0xA0;
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

static const char *attribute(const xmlChar **attributes, const char *name) {
    for (size_t i = 0; attributes != NULL && attributes[i] != NULL; i += 2) {
        if (strcmp((const char *)attributes[i], name) == 0) {
            return attributes[i + 1] != NULL ? (const char *)attributes[i + 1] : "";
        }
    }
    return NULL;
}

/* "div story-body main-content articleBody": the tag and everything its writer called it. */
static span element_names(const char *tag, const xmlChar **attributes, char buffer[NAMES_ROOM]) {
    static const char *const naming[] = {"class", "id", "role", "itemprop", "data-testid", "data-component", "aria-label"};
    size_t len = (size_t)snprintf(buffer, 64, "%.40s", tag);
    for (size_t i = 0; i < COUNT_OF(naming); i++) {
        const char *value = attribute(attributes, naming[i]);
        if (value != NULL && len < NAMES_ROOM - 2) {
            int size = snprintf(buffer + len, NAMES_ROOM - len, " %s", value);
            len = size < 0 || (size_t)size >= NAMES_ROOM - len ? NAMES_ROOM - 1 : len + (size_t)size;
        }
    }
    return (span){buffer, len};
}

static bool is_hidden(const xmlChar **attributes) {
    const char *style = attribute(attributes, "style");
    return attribute(attributes, "hidden") != NULL ||
           (style != NULL && (strstr(style, "display:none") != NULL || strstr(style, "display: none") != NULL));
}

static bool names_article_body(const char *tag, const xmlChar **attributes) {
    const char *property = attribute(attributes, "itemprop");
    return strcmp(tag, "article") == 0 || strcmp(tag, "main") == 0 || (property != NULL && strstr(property, "articleBody") != NULL);
}

static u32 add_node(gather *g, const char *name, page_tag tag, u8 level, page_hint hint, const xmlChar **attributes) {
    u32 parent = current_node(g);
    page_node *added = list_push(g->memory, &g->page->nodes);
    if (added == NULL) {
        g->failed = true;
        return NONE;
    }
    *added = (page_node){.parent = parent,
                         .first_block = g->page->blocks.count,
                         .tag = (u8)tag,
                         .hint = (u8)hint,
                         .level = level,
                         .is_article = names_article_body(name, attributes)};
    return g->page->nodes.count - 1;
}

static void take_time(gather *g, const xmlChar **attributes) {
    const char *date = attribute(attributes, "datetime"), *property = attribute(attributes, "itemprop");
    bool marked = attribute(attributes, "pubdate") != NULL || (property != NULL && strstr(property, "datePublished") != NULL);
    if (date != NULL && *date != '\0') {
        page_take_date(g->page, g->memory, span_of(date), marked ? DATE_RANK_TIME_MARKED : DATE_RANK_TIME);
    } else if (g->capture == CAPTURE_NONE) {
        g->capture = CAPTURE_TIME;
    }
}

/* Tags that speak about the page as a whole. */
static void take_remark(gather *g, page_tag tag, const char *name, const xmlChar **attributes) {
    const char *key = attribute(attributes, "property"), *content = attribute(attributes, "content");
    const char *property = attribute(attributes, "itemprop"), *type = attribute(attributes, "type");
    if (tag == TAG_META) {
        key = key != NULL ? key : attribute(attributes, "name");
        key = key != NULL ? key : property;
        if (key != NULL && content != NULL) {
            page_take_meta(g->page, g->memory, span_of(key), span_of(content));
        }
        return;
    }
    if (property != NULL && strstr(property, "datePublished") != NULL && content != NULL) {
        page_take_date(g->page, g->memory, span_of(content), DATE_RANK_TIME_MARKED);
    }
    const char *lang = attribute(attributes, "lang"), *rel = attribute(attributes, "rel"), *href = attribute(attributes, "href");
    if (tag == TAG_HTML && lang != NULL) {
        g->page->lang = arena_copy(g->memory, span_of(lang));
    } else if (tag == TAG_CANONICAL && rel != NULL && href != NULL && strcmp(rel, "canonical") == 0) {
        g->page->canonical = arena_copy(g->memory, span_of(href));
    } else if (tag == TAG_TITLE && g->capture == CAPTURE_NONE && g->page->title_tag.len == 0 && g->skip_depth == 0) {
        g->capture = CAPTURE_TITLE;
    } else if (strcmp(name, "script") == 0 && type != NULL && strstr(type, "ld+json") != NULL && g->capture == CAPTURE_NONE) {
        g->capture = CAPTURE_JSON;
    } else if (tag == TAG_TIME) {
        take_time(g, attributes);
    }
}

static void start_element(void *user, const xmlChar *tag_name, const xmlChar **attributes) {
    gather *g = user;
    const char *name = (const char *)tag_name;
    u8 level = 0;
    page_tag tag = page_tag_find(name, &level);
    capture_kind before = g->capture;
    take_remark(g, tag, name, attributes);
    g->depth++;
    if (before == CAPTURE_NONE && g->capture != CAPTURE_NONE) {
        g->capture_depth = g->depth;
        g->captured_len = 0;
    }
    if (g->depth > DEPTH_LIMIT) {
        g->page->too_deep = true;
        if (g->depth > DEPTH_STOP) {
            xmlStopParser(g->parser);
        }
        return;
    }
    open_element *element = &g->stack[g->depth - 1];
    *element = (open_element){NONE, (u8)tag};
    if (g->skip_depth > 0) {
        return;
    }
    if (tag == TAG_SKIP || tag == TAG_TITLE || tag == TAG_META || tag == TAG_CANONICAL || is_hidden(attributes)) {
        g->skip_depth = g->depth;
    } else if (tag == TAG_BREAK) {
        g->breaks++;
        take_text(g, (const xmlChar *)" ", 1);
    } else if (tag == TAG_LINK) {
        g->link_depth = g->link_depth > 0 ? g->link_depth : g->depth;
    } else if (tag != TAG_HTML) {
        char names[NAMES_ROOM];
        page_hint hint = page_hint_find(g->tables, element_names(name, attributes, names));
        bool inline_hint = tag == TAG_INLINE || tag == TAG_TIME;
        if (!inline_hint || hint == HINT_FURNITURE || hint == HINT_CAPTION || hint == HINT_CREDIT || hint == HINT_DATE) {
            if (!inline_hint || g->len == g->block_start) {
                close_block(g);
                element->node = add_node(g, name, inline_hint ? TAG_BLOCK : tag, level, hint, attributes);
            }
        }
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
    for (u32 i = n->first_block; i < n->end_block; i++) {
        const page_block *b = &g->page->blocks.items[i];
        if (b->node == index) {
            n->words += b->words;
            n->link_words += b->link_words;
        }
    }
    span text = n->end_block > n->first_block ? span_cut((span){g->text, g->len}, g->page->blocks.items[n->first_block].text.start,
                                                         g->page->blocks.items[n->first_block].text.end)
                                              : (span){"", 0};
    if (n->hint == HINT_DATE && text.len < 120) {
        page_take_date(g->page, g->memory, text, DATE_RANK_CLASS);
    }
    if (n->level == 1 && g->page->title_heading.len == 0 && n->end_block - n->first_block == 1) {
        g->page->title_heading = arena_copy(g->memory, text);
    }
    if (n->parent != NONE) {
        g->page->nodes.items[n->parent].words += n->words;
        g->page->nodes.items[n->parent].link_words += n->link_words;
    }
}

static void end_element(void *user, const xmlChar *tag_name) {
    gather *g = user;
    (void)tag_name;
    if (g->depth == 0) {
        return;
    }
    if (g->capture != CAPTURE_NONE && g->capture_depth == g->depth) {
        end_capture(g);
    }
    if (g->depth <= DEPTH_LIMIT) {
        open_element *element = &g->stack[g->depth - 1];
        if (element->node != NONE) {
            close_block(g);
            end_node(g, element->node);
        }
    }
    g->skip_depth = g->skip_depth == g->depth ? 0 : g->skip_depth;
    g->link_depth = g->link_depth == g->depth ? 0 : g->link_depth;
    g->depth--;
}

/* ------------------------------------------------------------------ the parser */

static void parse(gather *g, span html) {
    htmlSAXHandler handler = {0};
    handler.startElement = start_element;
    handler.endElement = end_element;
    handler.characters = take_text;
    handler.cdataBlock = take_text;
    handler.ignorableWhitespace = take_text;
    g->parser = htmlCreatePushParserCtxt(&handler, g, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (g->parser == NULL) {
        g->failed = true;
        return;
    }
    htmlCtxtUseOptions(g->parser, HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_RECOVER);
    for (size_t at = 0; at < html.len && !g->failed; at += CHUNK) {
        size_t size = html.len - at < CHUNK ? html.len - at : CHUNK;
        htmlParseChunk(g->parser, html.ptr + at, (int)size, 0);
    }
    htmlParseChunk(g->parser, NULL, 0, 1);
    while (g->depth > 0) { /* a page cut in half leaves elements open */
        end_element(g, NULL);
    }
    if (g->parser->myDoc != NULL) {
        xmlFreeDoc(g->parser->myDoc);
    }
    htmlFreeParserCtxt(g->parser);
}

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
    parse(g, html);
    close_block(g);
    end_node(g, 0);
    out->text = (span){g->text, g->len};
    return !g->failed;
}

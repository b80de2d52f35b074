// SPDX-License-Identifier: Apache-2.0
/* In:  <rss><channel><title>The Harbour Post</title><item><title>Envoys meet</title>
 *      <link>https://harbour.example/a</link><pubDate>Thu, 02 May 2024 23:30:00 -0500</pubDate>
 *      <description>&lt;p&gt;Envoys met in Vienna.&lt;/p&gt;</description></item></channel></rss>
 * Out: one report: title, url, date 2024-05-02, outlet The Harbour Post, html "<p>Envoys met in Vienna.</p>"
 *
 * The six formats differ in names, not in shape: a channel with facts about itself and items, each with its
 * own.  One table (feed_words.c) says what an element means; where several say the same, the better one
 * wins.  libxml2 reads on after an error as well as it can; where it gives up, reading starts anew at the
 * next item, so a broken item costs itself alone.  Namespaces on open elements are counted, for each name
 * is looked up among them. */
#include <libxml/parserInternals.h>

#include "read/charset.h"
#include "read/feed_facts.h"

#define RESTARTS 64u
#define OPEN_NAMES 256u /* namespace declarations on open elements */
#define DEPTH 256u      /* libxml2's own limit */

typedef struct {
    arena *memory;
    feed *out;
    xmlParserCtxtPtr parser;
    u32 depth, item_depth, channel_depth; /* of open elements; depths 0: none is open */
    u16 names[DEPTH + 2];                 /* [depth] namespaces that an open element declares */
    u32 open_names;
    bool is_atom, has_channel, no_memory, too_many, was_cut;
    size_t seen;                          /* bytes understood so far */
    char inside[16];                      /* name of the element right below the item or channel */
    feed_facts item, channel;
    const feed_meaning *gathered;         /* what the open text is, or NULL */
    u32 gathered_depth;
    u8 form;                              /* of it, feed_form */
    feed_text text, scratch;
    u32 errors;
} builder;

/* ------------------------------------------------------------------ attributes */

typedef struct {
    const xmlChar **at; /* five pointers each: name, prefix, namespace, value, its end */
    int count;
} attributes;

static span attribute_find(attributes all, const char *prefix, const char *name) {
    for (int i = 0; i < all.count; i++) {
        const char *own = (const char *)all.at[i * 5], *before = (const char *)all.at[i * 5 + 1];
        bool same_prefix = prefix == NULL ? before == NULL : before != NULL && strcmp(before, prefix) == 0;
        if (same_prefix && strcmp(own, name) == 0) {
            const char *value = (const char *)all.at[i * 5 + 3];
            return (span){value, (size_t)((const char *)all.at[i * 5 + 4] - value)};
        }
    }
    return (span){"", 0};
}

/* ------------------------------------------------------------------ what is said of what */

static void keep(builder *b, u8 field, u8 rank, span value, bool is_markup) {
    feed_facts *of = b->item_depth > 0 ? &b->item : &b->channel;
    value = span_trim(value);
    if (value.len == 0 || rank <= of->rank[field]) {
        return;
    }
    span copy = arena_copy(b->memory, value);
    b->no_memory = b->no_memory || copy.ptr == NULL;
    if (copy.ptr != NULL) {
        of->value[field] = copy;
        of->rank[field] = rank;
        of->is_markup[field] = is_markup;
    }
}

static void end_item(builder *b) {
    if (b->out->items.count >= FEED_ITEMS) {
        b->too_many = true;
    } else if (!feed_take_item(b->out, &b->item, &b->channel, b->memory, &b->scratch)) {
        b->no_memory = true;
    }
    b->item_depth = 0;
    b->gathered = NULL;
}

static span keep_base(builder *b, attributes all) {
    span base = attribute_find(all, "xml", "base");
    span copy = base.len > 0 ? arena_copy(b->memory, base) : base;
    b->no_memory = b->no_memory || copy.ptr == NULL;
    return copy.ptr != NULL ? copy : (span){"", 0};
}

static void begin_item(builder *b, attributes all) {
    b->item = (feed_facts){0};
    b->item_depth = b->depth;
    keep(b, FEED_GUID, 1, attribute_find(all, "rdf", "about"), false);
    keep(b, FEED_LANG, 2, attribute_find(all, "xml", "lang"), false);
    b->item.base = keep_base(b, all);
}

static void begin_channel(builder *b, attributes all) {
    b->channel_depth = b->depth;
    b->has_channel = true;
    keep(b, FEED_LANG, 2, attribute_find(all, "xml", "lang"), false);
    b->channel.base = keep_base(b, all);
}

/* Atom's <link rel="alternate" type="text/html" href="...">; without rel it is that too. */
static void take_link(builder *b, attributes all) {
    span rel = attribute_find(all, NULL, "rel"), type = attribute_find(all, NULL, "type");
    if (rel.len == 0 || span_eq(rel, SPAN("alternate"))) {
        keep(b, FEED_LINK, type.len == 0 || span_starts(type, SPAN("text/html")) ? 2 : 1, attribute_find(all, NULL, "href"), false);
    }
}

/* Atom says what its texts are: text, html, xhtml, or something that is none (a picture, an address). */
static bool find_form(const feed_meaning *m, attributes all, u8 *form) {
    span type = attribute_find(all, NULL, "type"), mode = attribute_find(all, NULL, "mode");
    *form = m->form;
    if (m->words != FEED_WORDS_ATOM || type.len == 0) {
        return attribute_find(all, NULL, "src").len == 0;
    }
    if (span_eq(mode, SPAN("base64"))) {
        return false;
    }
    bool is_tree = span_eq(type, SPAN("xhtml")) || span_eq(type, SPAN("application/xhtml+xml"));
    bool is_html = span_eq(type, SPAN("html")) || span_eq(type, SPAN("text/html"));
    *form = is_tree ? FEED_TREE : is_html ? FEED_MARKUP : FEED_PLAIN;
    return is_tree || is_html || span_eq(type, SPAN("text")) || span_eq(type, SPAN("text/plain"));
}

static void begin_text(builder *b, const feed_meaning *m, attributes all) {
    if (m->words == FEED_WORDS_ATOM && m->field == FEED_LINK) {
        take_link(b, all);
    } else if (find_form(m, all, &b->form)) {
        b->gathered = m;
        b->gathered_depth = b->depth;
        b->text.size = 0;
        b->text.is_cut = false;
    }
}

static void end_text(builder *b) {
    const feed_meaning *m = b->gathered;
    span value = feed_text_get(&b->text);
    bool is_markup = b->form == FEED_MARKUP || b->form == FEED_TREE || (b->form == FEED_EITHER && feed_text_is_markup(value));
    b->gathered = NULL;
    b->was_cut = b->was_cut || b->text.is_cut;
    if (m->field == FEED_HOUR || m->field == FEED_DAY) {
        (m->field == FEED_HOUR ? feed_take_hour : feed_take_day)(b->out, span_trim(value));
        return;
    }
    if (is_markup && m->field != FEED_BODY) { /* a title with tags: its words */
        b->scratch.size = 0;
        feed_text_add_plain(&b->scratch, value);
        value = feed_text_get(&b->scratch);
    }
    keep(b, m->field, m->rank, value, is_markup);
}

/* An element inside a text: HTML as elements goes on as HTML as text. */
static void add_tag(builder *b, const char *name, attributes all) {
    if (b->gathered->field != FEED_BODY) {
        return;
    }
    b->form = b->form == FEED_TREE ? FEED_TREE : FEED_MARKUP;
    feed_text_add(&b->text, SPAN("<"));
    feed_text_add(&b->text, span_of(name));
    for (int i = 0; i < all.count; i++) {
        const char *value = (const char *)all.at[i * 5 + 3];
        feed_text_add(&b->text, SPAN(" "));
        feed_text_add(&b->text, span_of((const char *)all.at[i * 5]));
        feed_text_add(&b->text, SPAN("=\""));
        feed_text_add_escaped(&b->text, (span){value, (size_t)((const char *)all.at[i * 5 + 4] - value)});
        feed_text_add(&b->text, SPAN("\""));
    }
    feed_text_add(&b->text, SPAN(">"));
}

/* ------------------------------------------------------------------ what libxml2 calls */

static void note_place(builder *b) {
    long at = xmlByteConsumed(b->parser);
    b->seen = at > 0 ? (size_t)at : b->seen;
}

static bool is_item(feed_vocabulary words, const char *name) {
    return (words == FEED_WORDS_RSS && (strcmp(name, "item") == 0 || strcmp(name, "entry") == 0)) ||
           (words == FEED_WORDS_ATOM && strcmp(name, "entry") == 0);
}

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *address, int names,
                     const xmlChar **namespaces, int count, int defaulted, const xmlChar **given) {
    builder *b = user;
    const char *name = (const char *)local;
    attributes all = {given, count};
    (void)namespaces;
    (void)defaulted;
    b->depth++;
    note_place(b);
    b->names[b->depth <= DEPTH ? b->depth : DEPTH + 1] = (u16)names;
    b->open_names += (u32)(u16)names;
    if (b->open_names > OPEN_NAMES || b->depth > DEPTH || b->no_memory || b->too_many) {
        xmlStopParser(b->parser);
        return;
    }
    feed_vocabulary words = feed_vocabulary_find((const char *)address, (const char *)prefix);
    if (is_item(words, name) && (b->gathered == NULL || b->form != FEED_TREE)) {
        if (b->item_depth > 0) { /* the one before was never closed */
            end_item(b);
        }
        begin_item(b, all);
        return;
    }
    if (b->gathered != NULL) {
        add_tag(b, name, all);
        return;
    }
    if (b->item_depth == 0 && b->channel_depth == 0 &&
        ((words == FEED_WORDS_RSS && strcmp(name, "channel") == 0) || (words == FEED_WORDS_ATOM && strcmp(name, "feed") == 0))) {
        b->is_atom = words == FEED_WORDS_ATOM;
        begin_channel(b, all);
        return;
    }
    u32 container = b->item_depth > 0 ? b->item_depth : b->channel_depth;
    if (container == 0 || b->depth > container + 2) {
        return;
    }
    const feed_meaning *m = feed_meaning_find(words, name, b->depth == container + 1 ? "" : b->inside);
    if (b->depth == container + 1) {
        snprintf(b->inside, sizeof b->inside, "%s", name);
    }
    if (m != NULL) {
        begin_text(b, m, all);
    }
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *address) {
    builder *b = user;
    (void)prefix;
    (void)address;
    note_place(b);
    if (b->gathered != NULL && b->depth <= b->gathered_depth) {
        end_text(b);
    } else if (b->gathered != NULL && b->gathered->field == FEED_BODY) {
        feed_text_add(&b->text, SPAN("</"));
        feed_text_add(&b->text, span_of((const char *)local));
        feed_text_add(&b->text, SPAN(">"));
    }
    if (b->item_depth > 0 && b->depth <= b->item_depth) {
        end_item(b);
    }
    if (b->channel_depth > 0 && b->depth <= b->channel_depth) {
        b->channel_depth = 0;
    }
    u16 *names = &b->names[b->depth <= DEPTH ? b->depth : DEPTH + 1];
    b->open_names -= *names < b->open_names ? *names : b->open_names;
    *names = 0;
    b->depth -= b->depth > 0;
}

static void on_text(void *user, const xmlChar *bytes, int size) {
    builder *b = user;
    span piece = {(const char *)bytes, (size_t)size};
    if (b->gathered != NULL && b->form == FEED_TREE) {
        feed_text_add_escaped(&b->text, piece);
    } else if (b->gathered != NULL) {
        feed_text_add(&b->text, piece);
    }
}

/* Keeps the first damage in words. */
static void on_error(void *user, xmlErrorPtr error) {
    builder *b = user;
    if (error->level == XML_ERR_WARNING || error->domain == XML_FROM_NAMESPACE) {
        return;
    }
    if (b->errors++ == 0) {
        span text = span_trim(span_of(error->message));
        snprintf(b->out->damage, sizeof b->out->damage, "line %d, behind item %u: %.*s", error->line, b->out->items.count,
                 (int)(text.len > 90 ? 90 : text.len), text.ptr);
    }
}

/* ------------------------------------------------------------------ parsing, and starting anew */

static xmlParserCtxtPtr open_parser(builder *b, span xml) {
    xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(xml.ptr, (int)xml.len);
    if (parser == NULL) {
        return NULL;
    }
    xmlCtxtUseOptions(parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_COMPACT);
    *parser->sax = (xmlSAXHandler){.initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end,
                                   .characters = on_text, .cdataBlock = on_text, .ignorableWhitespace = on_text,
                                   .serror = on_error};
    parser->userData = b;
    return parser;
}

static void close_parser(xmlParserCtxtPtr parser) {
    if (parser->myDoc != NULL) {
        xmlFreeDoc(parser->myDoc);
        parser->myDoc = NULL;
    }
    xmlFreeParserCtxt(parser);
}

/* Parses until the end or until libxml2 stops; b->seen is the last byte that was understood. */
static void parse(builder *b, span xml) {
    b->depth = b->item_depth = b->channel_depth = b->open_names = 0;
    b->gathered = NULL;
    b->seen = 0;
    b->parser = xml.len > 0 ? open_parser(b, xml) : NULL;
    if (xml.len == 0) {
        return;
    }
    if (b->parser == NULL) {
        b->no_memory = true;
        return;
    }
    xmlParseDocument(b->parser);
    if (b->gathered != NULL) {
        end_text(b);
    }
    if (b->item_depth > 0) { /* what was read of it */
        end_item(b);
    }
    close_parser(b->parser);
}

/* The next "<item" or "<entry" behind `from`. */
static size_t find_item(const builder *b, span xml, size_t from) {
    span mark = b->is_atom ? SPAN("<entry") : SPAN("<item");
    for (; from + mark.len < xml.len; from++) {
        const char *at = memchr(xml.ptr + from, '<', xml.len - from);
        if (at == NULL) {
            break;
        }
        from = (size_t)(at - xml.ptr);
        span rest = span_cut(xml, from, xml.len);
        if (rest.len > mark.len && span_starts(rest, mark) && !ascii_is_alnum((unsigned char)rest.ptr[mark.len])) {
            return from;
        }
    }
    return xml.len;
}

/* What stands behind the place where libxml2 gave up: a new root is written over what was read already. */
static void parse_rest(builder *b, char *bytes, span xml) {
    span root = b->is_atom ? SPAN("<feed xmlns=\"http://www.w3.org/2005/Atom\">") : SPAN("<rss>");
    size_t from = b->seen;
    for (u32 i = 0; i < RESTARTS && !b->no_memory && !b->too_many; i++) {
        size_t item = find_item(b, xml, from);
        if (item >= xml.len) {
            return;
        }
        if (item >= root.len) {
            memcpy(bytes + item - root.len, root.ptr, root.len);
            parse(b, span_cut(xml, item - root.len, xml.len));
            from = item - root.len + b->seen;
        }
        from = from > item ? from : item + 1;
    }
}

/* ------------------------------------------------------------------ the whole */

static void tell_limits(builder *b) {
    if (b->too_many) {
        snprintf(b->out->damage, sizeof b->out->damage, "more than %u items: the rest was passed over", FEED_ITEMS);
    } else if (b->out->damage[0] == '\0' && b->was_cut) {
        snprintf(b->out->damage, sizeof b->out->damage, "a text of more than %zu MiB was cut", FEED_TEXT_CAP >> 20);
    } else if (b->errors > 1) {
        size_t len = strlen(b->out->damage);
        snprintf(b->out->damage + len, sizeof b->out->damage - len, "; and %u more", b->errors - 1);
    }
}

/* Atom lets the feed's own facts stand behind its entries. */
static void complete_items(feed *out) {
    for (u32 i = 0; i < out->items.count; i++) {
        drg_report *r = &out->items.items[i].report;
        r->outlet = r->outlet.len > 0 ? r->outlet : out->title;
        r->lang = r->lang.len > 0 ? r->lang : out->lang;
    }
}

bool feed_read(span bytes, const char *charset, arena *memory, feed *out) {
    *out = (feed){0};
    char name[40];
    feed_find_encoding(bytes, charset, name);
    span text = charset_named(memory, bytes, span_of(name));
    span xml = text.ptr != NULL ? feed_clean(span_trim(text), memory) : text;
    builder *b = xml.ptr != NULL ? calloc(1, sizeof *b) : NULL;
    if (b == NULL || xml.len > INT32_MAX) {
        free(b);
        return false;
    }
    b->memory = memory;
    b->out = out;
    parse(b, xml);
    parse_rest(b, (char *)(uintptr_t)xml.ptr, xml);
    feed_take_channel(out, &b->channel);
    complete_items(out);
    out->is_feed = b->has_channel || out->items.count > 0;
    tell_limits(b);
    bool good = !b->no_memory && !b->text.no_memory && !b->scratch.no_memory;
    feed_text_free(&b->text);
    feed_text_free(&b->scratch);
    free(b);
    return good;
}

// SPDX-License-Identifier: Apache-2.0
/* In: the agencies' XML: NITF, NewsML 1, NewsML-G2, one item or a message of many.   Out: a report an item.
 *
 *   <nitf> <head><docdata><date.issue norm="20240502"/></docdata></head>
 *          <body><body.head><hedline><hl1>Talks resume</hl1></hedline></body.head>
 *                <body.content><p>Envoys met ...</p></body.content></body> </nitf>
 *
 * The three wrap each other (NewsML carries NITF, G2 carries NITF or XHTML), so one table of element
 * names serves all: what an element's text is, where its attribute matters, what lies above it.
 * libxml2 reads, a piece at a time, and calls back; no tree is kept, entities are never expanded,
 * and its own limits on depth and sizes stay on. */
#include <libxml/parser.h>

#include "read/fold.h"
#include "read/format.h"

#define FEED 4096 /* bytes given to the parser at a time */
#define DEPTH 256u
#define ITEM_BYTES ((size_t)64 << 20)

typedef enum {
    PART_NONE,
    PART_ITEM,      /* a report begins and ends with it */
    PART_FIELD,     /* its text is a field of the report */
    PART_FALLBACK,  /* the same, where nothing better is said */
    PART_PARAGRAPH, /* its text is a paragraph, where it stands inside a body */
    PART_BODY,      /* paragraphs inside it are the report's */
    PART_CONTENT,   /* a body that may hold bare text, or an escaped page */
    PART_SKIP,      /* nothing inside is the report's */
} part_kind;

typedef struct {
    const char *name, *above; /* above: an element somewhere around it, or NULL */
    const char *attribute;    /* whose value is the field; NULL: the element's text */
    part_kind kind;
    field to;
} xml_part;

static const xml_part parts[] = {
    /* NITF */
    {"nitf", NULL, NULL, PART_ITEM, 0},
    {"hl1", NULL, NULL, PART_FIELD, FIELD_TITLE},
    {"title", "head", NULL, PART_FALLBACK, FIELD_TITLE},
    {"doc-id", NULL, "id-string", PART_FIELD, FIELD_ID},
    {"date.issue", NULL, "norm", PART_FIELD, FIELD_DATE},
    {"date.release", NULL, "norm", PART_FALLBACK, FIELD_DATE},
    {"pubdata", NULL, "name", PART_FIELD, FIELD_OUTLET},
    {"pubdata", NULL, "date.publication", PART_FALLBACK, FIELD_DATE},
    {"distributor", NULL, NULL, PART_FALLBACK, FIELD_OUTLET},
    {"byttl", NULL, NULL, PART_SKIP, 0},
    {"byline", NULL, NULL, PART_FIELD, FIELD_BYLINE},
    {"body.content", NULL, NULL, PART_BODY, 0},
    {"media", NULL, NULL, PART_SKIP, 0},
    {"table", NULL, NULL, PART_SKIP, 0},
    {"p", NULL, NULL, PART_PARAGRAPH, 0},
    {"hl2", NULL, NULL, PART_PARAGRAPH, 0},
    {"li", NULL, NULL, PART_PARAGRAPH, 0},
    /* NewsML 1 */
    {"NewsItem", NULL, NULL, PART_ITEM, 0},
    {"HeadLine", NULL, NULL, PART_FIELD, FIELD_TITLE},
    {"PublicIdentifier", NULL, NULL, PART_FIELD, FIELD_ID},
    {"FirstCreated", NULL, NULL, PART_FIELD, FIELD_DATE},
    {"ThisRevisionCreated", NULL, NULL, PART_FALLBACK, FIELD_DATE},
    {"ByLine", NULL, NULL, PART_FIELD, FIELD_BYLINE},
    {"CreditLine", NULL, NULL, PART_FALLBACK, FIELD_OUTLET},
    {"Language", NULL, "FormalName", PART_FIELD, FIELD_LANG},
    {"DataContent", NULL, NULL, PART_CONTENT, 0},
    /* NewsML-G2 */
    {"newsItem", NULL, NULL, PART_ITEM, 0},
    {"newsItem", NULL, "guid", PART_FIELD, FIELD_ID},
    {"headline", "contentMeta", NULL, PART_FIELD, FIELD_TITLE},
    {"title", "itemMeta", NULL, PART_FALLBACK, FIELD_TITLE},
    {"by", "contentMeta", NULL, PART_FIELD, FIELD_BYLINE},
    {"contentCreated", NULL, NULL, PART_FIELD, FIELD_DATE},
    {"versionCreated", NULL, NULL, PART_FALLBACK, FIELD_DATE},
    {"firstCreated", NULL, NULL, PART_FALLBACK, FIELD_DATE},
    {"language", "contentMeta", "tag", PART_FIELD, FIELD_LANG},
    {"creditline", NULL, NULL, PART_FIELD, FIELD_OUTLET},
    {"provider", NULL, "literal", PART_FALLBACK, FIELD_OUTLET},
    {"name", "provider", NULL, PART_FALLBACK, FIELD_OUTLET},
    {"inlineData", NULL, NULL, PART_CONTENT, 0},
    {"body", "inlineXML", NULL, PART_BODY, 0},
    /* what is only there to be above others; bare text inside it is nobody's */
    {"head", NULL, NULL, PART_NONE, 0},
    {"body.head", NULL, NULL, PART_NONE, 0},
    {"contentMeta", NULL, NULL, PART_NONE, 0},
    {"itemMeta", NULL, NULL, PART_NONE, 0},
    {"provider", NULL, NULL, PART_NONE, 0},
    {"inlineXML", NULL, NULL, PART_NONE, 0},
};

typedef struct {
    const xml_part *part; /* NULL: an element of no meaning to us */
    size_t text_start;    /* in newsml.text: where its text begins */
} open_part;

typedef struct done_item {
    struct done_item *next;
    arena memory;
    drg_report report;
} done_item;

typedef struct {
    xmlParserCtxtPtr parser;
    open_part open[DEPTH];
    u32 depth, too_deep; /* too_deep: open past DEPTH */
    u32 bodies, contents, skips, items, paragraphs; /* how many of each are open */
    done_item *present, *first, *last;              /* the item being read; those that are whole */
    char *text;          /* the text of open elements, [room] */
    size_t len, room, body_len, content_start; /* content_start: of the innermost PART_CONTENT, in text */
    char *body;          /* the item's paragraphs so far, [body_room] */
    size_t body_room;
    bool fallback[FIELD_COUNT]; /* the field came from a fallback */
    bool failed;         /* memory, or past ITEM_BYTES */
    bool ended;          /* all was given to the parser */
} newsml;

/* ------------------------------------------------------------------ text */

static bool reserve(newsml *n, char **bytes, size_t *room, size_t want) {
    if (want > ITEM_BYTES) {
        n->failed = true;
        return false;
    }
    size_t wider = *room > 0 ? *room : 4096;
    while (wider < want) {
        wider *= 2;
    }
    char *grown = wider > *room ? realloc(*bytes, wider) : *bytes;
    if (grown == NULL) {
        n->failed = true;
        return false;
    }
    *bytes = grown;
    *room = wider;
    return true;
}

static void add_text(newsml *n, const char *text, size_t size) {
    if (reserve(n, &n->text, &n->room, n->len + size)) {
        memcpy(n->text + n->len, text, size);
        n->len += size;
    }
}

/* Blanks and line ends between words become one blank. */
static span tidy(char *text, size_t size) {
    size_t len = 0;
    for (size_t i = 0; i < size; i++) {
        bool blank = ascii_is_space((unsigned char)text[i]);
        if (!blank || (len > 0 && text[len - 1] != ' ')) {
            text[len++] = blank ? ' ' : text[i];
        }
    }
    return span_trim((span){text, len});
}

static void add_paragraph(newsml *n, span text) {
    if (text.len > 0 && n->present != NULL && reserve(n, &n->body, &n->body_room, n->body_len + text.len + 2)) {
        memcpy(n->body + n->body_len, "\n\n", 2);
        n->body_len += n->body_len > 0 ? 2 : 0;
        memcpy(n->body + n->body_len, text.ptr, text.len);
        n->body_len += text.len;
    }
}

static void set_field(newsml *n, const xml_part *part, span value) {
    if (n->present == NULL || value.len == 0) {
        return;
    }
    span *to = field_of(&n->present->report, part->to);
    bool better = part->kind != PART_FALLBACK && n->fallback[part->to];
    if (to->len == 0 || better) {
        *to = arena_copy(&n->present->memory, value);
        n->fallback[part->to] = part->kind == PART_FALLBACK;
    }
}

/* ------------------------------------------------------------------ items */

static void begin_item(newsml *n) {
    if (n->items++ > 0) { /* NITF inside NewsML: the same report */
        return;
    }
    n->present = calloc(1, sizeof *n->present);
    n->failed = n->failed || n->present == NULL;
    if (n->present != NULL) {
        arena_open(&n->present->memory, ITEM_BYTES * 2);
    }
    n->body_len = 0;
    memset(n->fallback, 0, sizeof n->fallback);
}

/* Tags inside the text: it is a page that was escaped. */
static bool is_page(span text) {
    return span_starts(text, SPAN("<")) && format_html.fits(NULL, text);
}

static void end_item(newsml *n) {
    if (--n->items > 0 || n->present == NULL) {
        return;
    }
    done_item *d = n->present;
    span body = arena_copy(&d->memory, (span){n->body != NULL ? n->body : "", n->body_len});
    *(is_page(body) ? &d->report.html : &d->report.text) = body;
    n->present = NULL;
    if (n->last != NULL) {
        n->last->next = d;
    } else {
        n->first = d;
    }
    n->last = d;
}

/* ------------------------------------------------------------------ elements */

static bool lies_under(const newsml *n, const char *above) {
    for (u32 i = n->depth; i > 0; i--) {
        if (n->open[i - 1].part != NULL && strcmp(n->open[i - 1].part->name, above) == 0) {
            return true;
        }
    }
    return false;
}

static const xml_part *find_part(const newsml *n, const char *name) {
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (strcmp(parts[i].name, name) == 0 && parts[i].attribute == NULL && (parts[i].above == NULL || lies_under(n, parts[i].above))) {
            return &parts[i];
        }
    }
    return NULL;
}

static void count_part(newsml *n, const xml_part *part, bool opens) {
    u32 *counts[] = {[PART_BODY] = &n->bodies, [PART_CONTENT] = &n->contents, [PART_SKIP] = &n->skips, [PART_PARAGRAPH] = &n->paragraphs};
    if (part != NULL && part->kind < COUNT_OF(counts) && counts[part->kind] != NULL) {
        *counts[part->kind] += opens ? 1 : UINT32_MAX;
    }
}

/* Attributes come as name, prefix, URI, value, end. */
static void take_attributes(newsml *n, const char *name, int count, const xmlChar **attributes) {
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (parts[i].attribute == NULL || strcmp(parts[i].name, name) != 0 || (parts[i].above != NULL && !lies_under(n, parts[i].above))) {
            continue;
        }
        for (int a = 0; a < count; a++) {
            const xmlChar **one = attributes + (size_t)a * 5;
            if (strcmp((const char *)one[0], parts[i].attribute) == 0) {
                set_field(n, &parts[i], (span){(const char *)one[3], (size_t)(one[4] - one[3])});
            }
        }
    }
}

static void start_element(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                          const xmlChar **declared, int count, int defaulted, const xmlChar **attributes) {
    newsml *n = user;
    const char *name = (const char *)local;
    (void)prefix, (void)uri, (void)namespaces, (void)declared, (void)defaulted;
    if (n->depth == DEPTH) {
        n->too_deep++;
        return;
    }
    const xml_part *part = find_part(n, name);
    if (part != NULL && part->kind == PART_ITEM) {
        begin_item(n);
    }
    take_attributes(n, name, count, attributes);
    if (n->paragraphs == 0 && part != NULL && part->kind == PART_PARAGRAPH && n->contents > 0 && n->bodies == 0) {
        add_paragraph(n, tidy(n->text + n->content_start, n->len - n->content_start)); /* bare text above it */
        n->len = n->content_start;
    }
    n->content_start = part != NULL && part->kind == PART_CONTENT ? n->len : n->content_start;
    n->open[n->depth++] = (open_part){part, n->len};
    count_part(n, part, true);
}

static bool inside_item(const newsml *n) { return n->present != NULL && n->skips == 0; }

static void end_element(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    newsml *n = user;
    (void)local, (void)prefix, (void)uri;
    if (n->too_deep > 0) {
        n->too_deep--;
        return;
    }
    if (n->depth == 0) {
        return;
    }
    open_part *closing = &n->open[--n->depth];
    const xml_part *part = closing->part;
    count_part(n, part, false);
    if (part == NULL) {
        add_text(n, " ", n->len > 0);
        return;
    }
    size_t start = closing->text_start < n->len ? closing->text_start : n->len;
    bool inside_body = n->bodies + n->contents > 0 && inside_item(n);
    if (part->kind == PART_FIELD || part->kind == PART_FALLBACK) {
        set_field(n, part, tidy(n->text + start, n->len - start));
        n->len = start;
    } else if (part->kind == PART_PARAGRAPH && inside_body && n->paragraphs == 0) {
        add_paragraph(n, tidy(n->text + start, n->len - start));
        n->len = start;
    } else if (part->kind == PART_BODY && inside_item(n) && n->body_len == 0) { /* a body without paragraphs */
        add_paragraph(n, tidy(n->text + start, n->len - start));
        n->len = start;
    } else if (part->kind == PART_CONTENT && inside_item(n)) { /* bare text keeps its lines */
        add_paragraph(n, span_trim((span){n->text + start, n->len - start}));
        n->len = start;
    } else if (part->kind != PART_PARAGRAPH || n->paragraphs == 0) {
        n->len = start;
    }
    if (part->kind == PART_ITEM) {
        end_item(n);
    }
}

/* Only text that some open element may want is kept. */
static void take_text(void *user, const xmlChar *text, int size) {
    newsml *n = user;
    if (n->depth > 0 && size > 0 && inside_item(n)) {
        add_text(n, (const char *)text, (size_t)size);
    }
}

static xmlEntityPtr find_entity(void *user, const xmlChar *name) {
    (void)user;
    return xmlGetPredefinedEntity(name);
}

static void no_words(void *user, xmlErrorPtr error) {
    (void)user;
    (void)error;
}

/* ------------------------------------------------------------------ from bytes to reports */

static bool open_parser(source *s) {
    newsml *n = s->own = calloc(1, sizeof *n);
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = start_element,
                             .endElementNs = end_element,
                             .characters = take_text,
                             .cdataBlock = take_text,
                             .ignorableWhitespace = take_text,
                             .getEntity = find_entity,
                             .serror = no_words};
    if (n == NULL || !reserve(n, &n->text, &n->room, 1)) {
        return false;
    }
    n->parser = xmlCreatePushParserCtxt(&handler, n, NULL, 0, NULL);
    if (n->parser != NULL) {
        xmlCtxtUseOptions(n->parser, XML_PARSE_NONET | XML_PARSE_NOWARNING | XML_PARSE_NOERROR | (s->stream.wide != 0 ? XML_PARSE_IGNORE_ENC : 0));
    }
    return n->parser != NULL;
}

static void drop_item(done_item *d) {
    if (d != NULL) {
        arena_close(&d->memory);
        free(d);
    }
}

static void close_parser(source *s) {
    newsml *n = s->own;
    if (n == NULL) {
        return;
    }
    if (n->parser != NULL) {
        xmlFreeDoc(n->parser->myDoc);
        n->parser->myDoc = NULL;
        xmlFreeParserCtxt(n->parser);
    }
    drop_item(n->present);
    while (n->first != NULL) {
        done_item *next = n->first->next;
        drop_item(n->first);
        n->first = next;
    }
    free(n->text);
    free(n->body);
    free(n);
}

static source_what give_item(newsml *n, source_item *item) {
    done_item *d = n->first;
    bool whole = true;
    n->first = d->next;
    n->last = n->first != NULL ? n->last : NULL;
    for (u32 f = 0; f < FIELD_COUNT; f++) {
        span value = *field_of(&d->report, (field)f), *to = field_of(&item->report, (field)f);
        *to = value.len > 0 ? arena_copy(&item->memory, value) : (span){"", 0};
        whole = whole && to->ptr != NULL;
    }
    drop_item(d);
    return whole ? SOURCE_REPORT : format_tell(item, "too-large", 0, "out of memory for this item");
}

/* The parser stops at the first fault; what was whole before it has been given out. */
static source_what tell_fault(source *s, source_item *item, const newsml *n) {
    xmlErrorPtr error = xmlCtxtGetLastError(n->parser);
    long at = xmlByteConsumed(n->parser);
    u64 offset = at > 0 ? (u64)at : s->stream.offset;
    int line = error != NULL ? error->line : 0;
    const char *why = error != NULL && error->message != NULL ? error->message : "past the limits";
    s->failures++;
    stream_skip(&s->stream, stream_window(&s->stream).len);
    s->stream.at_end = true;
    return n->failed ? format_tell(item, "too-large", offset, "an item of more than %zu MiB; what is behind it was not read", ITEM_BYTES >> 20)
                     : format_tell(item, "xml", offset, "line %d: not well-formed: %.*s", line, (int)strcspn(why, "\n"), why);
}

static source_what next_item(source *s, source_item *item) {
    if (s->line++ == 0 && !open_parser(s)) {
        s->failures++;
        return format_tell(item, "too-large", 0, "out of memory");
    }
    newsml *n = s->own;
    if (n == NULL || n->parser == NULL) {
        return SOURCE_END;
    }
    while (n->first == NULL && !n->ended) {
        stream_fill(&s->stream, FEED);
        span window = stream_window(&s->stream);
        size_t size = window.len < FEED ? window.len : FEED;
        n->ended = size == 0;
        int code = xmlParseChunk(n->parser, window.ptr, (int)size, n->ended);
        if ((code != 0 && n->first == NULL && xmlCtxtGetLastError(n->parser) != NULL && n->parser->wellFormed == 0) || n->failed) {
            if (format_has_failed(s) && n->ended) {
                return SOURCE_END; /* cut off: that is what will be told */
            }
            n->ended = true;
            return tell_fault(s, item, n);
        }
        stream_skip(&s->stream, size);
    }
    return n->first != NULL ? give_item(n, item) : SOURCE_END;
}

/* Size of the declaration or comment at the head of `text`: "<?xml ...?>", "<!-- ... -->", "<!DOCTYPE nitf [ ... ]>". */
static size_t prolog_size(span text) {
    bool comment = span_starts(text, SPAN("<!--")), inside = false;
    for (size_t at = 0; at < text.len; at++) {
        char c = text.ptr[at];
        inside = c == '[' || (inside && c != ']');
        bool closed = comment ? at > 5 && text.ptr[at - 1] == '-' && text.ptr[at - 2] == '-' : !inside;
        if (c == '>' && closed) {
            return at + 1;
        }
    }
    return text.len;
}

/* The root element of a head of XML, behind declarations and comments; without its prefix.  Where a
 * document type fills all of the head, the name that it gives. */
static span root_name(span head) {
    while (head.len > 1 && head.ptr[0] == '<' && (head.ptr[1] == '?' || head.ptr[1] == '!')) {
        size_t size = prolog_size(head);
        if (size == head.len && starts_caseless(head, SPAN("<!doctype "))) {
            span rest = span_cut(head, sizeof "<!doctype", head.len);
            return span_next_field(&rest, ' ');
        }
        head = span_trim(span_cut(head, size, head.len));
    }
    size_t start = 1, end = 1;
    while (end < head.len && head.ptr[0] == '<' && strchr(" \t\r\n/>", head.ptr[end]) == NULL) {
        end++;
        start = head.ptr[end - 1] == ':' ? end : start;
    }
    return end > start ? span_cut(head, start, end) : (span){"", 0};
}

static bool is_newsml(const source *s, span head) {
    static const char *const roots[] = {"nitf", "NewsML", "NewsItem", "newsMessage", "newsItem", "newsItems", "packageItem"};
    span root = root_name(head);
    (void)s;
    for (size_t i = 0; i < COUNT_OF(roots); i++) {
        if (span_eq(root, span_of(roots[i]))) {
            return true;
        }
    }
    return false;
}

const source_format format_newsml = {
    .names = "newsml nitf", .endings = ".xml .nitf .newsml", .fits = is_newsml, .next = next_item, .close = close_parser};

// SPDX-License-Identifier: Apache-2.0
/* In: meta tags, JSON-LD, the title.   Out: title, date, outlet, address and language of a report.
 *
 *   <meta property="article:published_time" content="2024-05-02T08:30:00Z">
 *   {"@type": "NewsArticle", "datePublished": "2024-05-02", "publisher": {"name": "The Example"}}
 *
 * A page may say its date several times and mean different things (of the page, of a comment); the
 * ranks in page.h order the statements by how often they are right. */
#include <json-c/json.h>

#include "read/page.h"

#include "read/charset.h"
#include "read/fold.h"

#define JSON_DEPTH 32
#define JSON_VISITS 4096u

void page_take_date(page *p, arena *memory, span date, u8 rank) {
    if (date.len >= 6 && date.len < 200 && (p->date_rank == 0 || rank < p->date_rank)) {
        bool has_digit = false;
        for (size_t i = 0; i < date.len; i++) {
            has_digit = has_digit || ascii_is_digit((unsigned char)date.ptr[i]);
        }
        if (has_digit) {
            p->date = arena_copy(memory, date);
            p->date_rank = rank;
        }
    }
}

static void keep_first(span *field, arena *memory, span value) {
    if (field->len == 0 && value.len > 0) {
        *field = arena_copy(memory, span_trim_wide(value));
    }
}

void page_take_meta(page *p, arena *memory, span name, span content) {
    static const char *const dates[] = {"article:published_time",
                                        "datepublished",
                                        "date.published",
                                        "og:published_time",
                                        "pubdate",
                                        "publishdate",
                                        "publish-date",
                                        "publish_date",
                                        "publication_date",
                                        "parsely-pub-date",
                                        "sailthru.date",
                                        "dc.date.issued",
                                        "dcterms.created",
                                        "dcterms.date",
                                        "dc.date",
                                        "dc.date.created",
                                        "article.published",
                                        "published_time",
                                        "cxenseparse:recs:publishtime",
                                        "ptime",
                                        "displaydate",
                                        "article_date_original",
                                        "originalpublicationdate",
                                        "date"};
    static const char *const authors[] = {"author",         "article:author", "parsely-author", "sailthru.author",
                                          "byl",            "dc.creator",     "dcterms.creator", "article.author",
                                          "citation_author"};
    char buffer[64];
    span key = fold(name, buffer, sizeof buffer);
    for (size_t i = 0; i < COUNT_OF(dates); i++) {
        if (span_eq(key, span_of(dates[i]))) {
            page_take_date(p, memory, content, DATE_RANK_META);
        }
    }
    if (span_eq(key, SPAN("og:title")) || (span_eq(key, SPAN("twitter:title")))) {
        keep_first(&p->title_meta, memory, content);
    } else if (span_eq(key, SPAN("og:site_name"))) {
        keep_first(&p->site_name, memory, content);
    } else if (span_eq(key, SPAN("og:url"))) {
        keep_first(&p->canonical, memory, content);
    }
    for (size_t i = 0; i < COUNT_OF(authors); i++) {
        if (span_eq(key, span_of(authors[i])) && !span_starts(content, SPAN("http"))) {
            keep_first(&p->author, memory, content);
        }
    }
}

static span string_of(json_object *object, const char *name) {
    json_object *value = NULL;
    if (!json_object_object_get_ex(object, name, &value) || !json_object_is_type(value, json_type_string)) {
        return (span){"", 0};
    }
    return (span){json_object_get_string(value), (size_t)json_object_get_string_len(value)};
}

/* "author": "Anna Smith", or {"name": ...}, or a list of such: "Anna Smith, Li Wei". */
static void take_author(page *p, arena *memory, json_object *value) {
    char names[256];
    size_t len = 0, count = json_object_is_type(value, json_type_array) ? json_object_array_length(value) : 1;
    for (size_t i = 0; i < count && p->author.len == 0; i++) {
        json_object *one = json_object_is_type(value, json_type_array) ? json_object_array_get_idx(value, i) : value;
        span name = json_object_is_type(one, json_type_string) ? (span){json_object_get_string(one), (size_t)json_object_get_string_len(one)}
                    : json_object_is_type(one, json_type_object) ? string_of(one, "name")
                                                                 : (span){"", 0};
        if (name.len > 0 && len + name.len + 2 < sizeof names && !span_starts(name, SPAN("http"))) {
            memcpy(names + len, ", ", 2);
            len += len > 0 ? 2 : 0;
            memcpy(names + len, name.ptr, name.len);
            len += name.len;
        }
    }
    keep_first(&p->author, memory, (span){names, len});
}

/* Visits every object of the tree with its own stack: a list of pages, a "@graph", plain nesting. */
static void visit(page *p, arena *memory, json_object *root) {
    json_object *stack[256];
    size_t count = 0;
    stack[count++] = root;
    for (u32 visits = 0; count > 0 && visits < JSON_VISITS; visits++) {
        json_object *at = stack[--count];
        if (json_object_is_type(at, json_type_array)) {
            for (size_t i = json_object_array_length(at); i > 0 && count < COUNT_OF(stack); i--) {
                stack[count++] = json_object_array_get_idx(at, i - 1);
            }
        } else if (json_object_is_type(at, json_type_object)) {
            page_take_date(p, memory, string_of(at, "datePublished"), DATE_RANK_JSON);
            json_object *publisher = NULL, *graph = NULL, *author = NULL;
            if (string_of(at, "datePublished").len > 0 && json_object_object_get_ex(at, "author", &author)) {
                take_author(p, memory, author);
            }
            if (string_of(at, "datePublished").len > 0) {
                keep_first(&p->title_json, memory, string_of(at, "headline"));
                keep_first(&p->body_json, memory, string_of(at, "articleBody"));
            }
            if (json_object_object_get_ex(at, "publisher", &publisher) &&
                json_object_is_type(publisher, json_type_object)) {
                keep_first(&p->site_name, memory, string_of(publisher, "name"));
            }
            if (json_object_object_get_ex(at, "@graph", &graph) && count < COUNT_OF(stack)) {
                stack[count++] = graph;
            }
        }
    }
}

void page_take_json(page *p, arena *memory, span json) {
    json_tokener *parser = json_tokener_new_ex(JSON_DEPTH);
    if (parser == NULL) {
        return;
    }
    json = span_trim(json);
    json_object *root = json_tokener_parse_ex(parser, json.ptr, (int)json.len);
    if (root != NULL) {
        visit(p, memory, root);
    }
    json_object_put(root);
    json_tokener_free(parser);
}

/* "Talks resume | The Example" without the site's name: cut at the last mark if the rest is shorter. */
static span cut_site_name(span title, span site) {
    static const char *const marks[] = {" | ",  " - ",        " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                        " :: ", " \xC2\xBB ", " \xE2\x80\xA2 "};
    size_t best = 0, mark_len = 0;
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        span mark = span_of(marks[i]);
        for (size_t at = mark.len; at + mark.len < title.len; at++) {
            if (memcmp(title.ptr + at, mark.ptr, mark.len) == 0 && at > best) {
                best = at;
                mark_len = mark.len;
            }
        }
    }
    if (best == 0) {
        return title;
    }
    span head = span_cut(title, 0, best), tail = span_cut(title, best + mark_len, title.len);
    if (count_words(head) <= 3 && count_words(tail) >= 5 && (site.len == 0 || span_eq(head, site))) {
        return tail; /* "The Example - Talks resume in Vienna after a year" */
    }
    bool is_site = site.len > 0 && span_eq(tail, site);
    return is_site || (count_words(tail) <= 4 && count_words(head) >= 3 && tail.len < head.len) ? head : title;
}

/* Values are cut at a limit, perhaps inside a character. */
static span whole_characters(report *r, span value) {
    size_t bad, first;
    return charset_repair(r->memory, value, &bad, &first);
}

void page_describe(const page *p, report *r) {
    if (r->url.len == 0 && span_starts(p->canonical, SPAN("http"))) {
        r->url = whole_characters(r, p->canonical);
    }
    if (r->given.outlet.len == 0 && p->site_name.len > 0) {
        r->outlet = whole_characters(r, p->site_name);
    }
    if (r->lang.len == 0) {
        r->lang = whole_characters(r, p->lang.len >= 2 ? span_cut(p->lang, 0, 2) : p->lang);
    }
    if (r->title.len == 0) {
        span title = p->title_meta.len > 0 ? p->title_meta : p->title_json.len > 0 ? p->title_json : p->title_heading.len > 0 ? p->title_heading : p->title_tag;
        r->title = whole_characters(r, cut_site_name(title, p->site_name));
    }
}

// SPDX-License-Identifier: Apache-2.0
/* In: what the caller gave.   Out: id, url, outlet, title, date, language, text, blocks.
 *
 *   "July 09, 2020, Damascus: Press conference ... Source of photo: Press TV"   caption
 *   "Syria's President says the agreement signed by Damascus and Tehran ..."    paragraph
 *   "This article was edited using the data from presstv.com ..."               credit; presstv.com
 *   "Print Friendly, PDF & Email"                                               furniture
 *
 * Only paragraphs and headings are coded later, but everything stays in the text, so that offsets
 * point at what a reader sees.  Nothing here fails a run: a report that cannot be read gets a
 * problem and no blocks. */
#include "read/read.h"

#include "read/byline.h"
#include "read/charset.h"
#include "read/date.h"
#include "read/fold.h"
#include "read/language.h"
#include "read/page.h"
#include "read/phrase.h"
#include "read/plain.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#define DATE_HEAD 120u /* bytes of a paragraph in which its date may begin */
#define DATE_PARAGRAPHS 4u
#define UNSPACED_BYTES 18u
#define HEADLINE_WORDS 4u   /* "Washington (CNN)" is none */
#define DATE_LINE_WORDS 10u /* a line this short around a date is about the date */

drg_status read_open(read_tables **out, knowledge *k, drg_error *error) {
    *out = arena_new(&k->memory, read_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "read", 0, "out of memory");
    }
    (*out)->known = k;
    return phrase_open(*out, error);
}

void read_close(read_tables *tables) { (void)tables; }

/* ------------------------------------------------------------------ who is this report */

/* 128 bits over the address and the content, 32 hex digits. */
static span hash_id(report *r) {
    XXH3_state_t state;
    XXH3_INITSTATE(&state);
    XXH3_128bits_reset(&state);
    span parts[] = {r->given.url, SPAN("\n"), r->given.text.len > 0 ? r->given.text : r->given.html};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (parts[i].len > 0) {
            XXH3_128bits_update(&state, parts[i].ptr, parts[i].len);
        }
    }
    XXH128_hash_t hash = XXH3_128bits_digest(&state);
    char text[33];
    int size =
        snprintf(text, sizeof text, "%016llx%016llx", (unsigned long long)hash.high64, (unsigned long long)hash.low64);
    return arena_copy(r->memory, (span){text, (size_t)size});
}

static span repaired(report *r, span given) {
    size_t bad, first;
    return charset_repair(r->memory, span_trim_wide(given), &bad, &first);
}

/* The host of an address without "www.": "https://www.example.org/a" is "example.org". */
static span host_of(span url) {
    const char *at = NULL;
    for (size_t i = 0; i + 2 < url.len && at == NULL; i++) {
        at = memcmp(url.ptr + i, "://", 3) == 0 ? url.ptr + i + 3 : NULL;
    }
    if (at == NULL) {
        return (span){"", 0};
    }
    span host = {at, 0};
    while (host.ptr + host.len < url.ptr + url.len && strchr("/?#:", host.ptr[host.len]) == NULL) {
        host.len++;
    }
    return span_starts(host, SPAN("www.")) ? span_cut(host, 4, host.len) : host;
}

void read_identify(report *r) {
    r->url = repaired(r, r->given.url);
    r->outlet = repaired(r, r->given.outlet);
    r->title = repaired(r, r->given.title);
    r->date = repaired(r, r->given.date);
    r->byline = repaired(r, r->given.byline);
    r->lang = repaired(r, r->given.lang);
    r->id = r->given.id.len > 0 ? repaired(r, r->given.id) : hash_id(r);
    if (r->outlet.len == 0) {
        r->outlet = host_of(r->url);
    }
}

/* ------------------------------------------------------------------ when was it written */

static void set_date(report *r, calendar_date date) {
    char text[11];
    r->date = arena_copy(r->memory, date_print(date, text));
    r->day = date.day > 0 ? calendar_day(date.year, date.month, date.day) : INT32_MIN;
    date.month = date.month > 0 ? date.month : 7;
    date.day = date.day > 0 ? date.day : 15;
    r->about = calendar_day(date.year, date.month, date.day);
}

/* "2022-07" and "2022": known as far as that. */
static bool take_partial(span text, calendar_date *date) {
    *date = (calendar_date){0};
    u32 digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (ascii_is_digit((unsigned char)text.ptr[i])) {
            digits++;
            if (digits <= 4) {
                date->year = date->year * 10 + (text.ptr[i] - '0');
            } else {
                date->month = date->month * 10 + (text.ptr[i] - '0');
            }
        } else if (i != 4 || text.ptr[i] != '-') {
            return false;
        }
    }
    return (text.len == 4 || (text.len == 7 && date->month > 0)) && date_is_real(*date);
}

/* Behind a dateline's date comes a dash, a colon or a bracket: "KABUL, July 9, 2024 (Reuters) - ". */
static bool closes_dateline(span rest) {
    static const char *const marks[] = {"-", ":", "(", "\xE2\x80\x93", "\xE2\x80\x94", "/"};
    while (rest.len > 0 && (rest.ptr[0] == ' ' || rest.ptr[0] == ',' || rest.ptr[0] == '.')) {
        rest = span_cut(rest, 1, rest.len);
    }
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (span_starts(rest, span_of(marks[i]))) {
            return true;
        }
    }
    return rest.len == 0;
}

static bool find_date_in_text(const read_tables *tables, const report *r, calendar_date *date) {
    for (u32 i = 0; i < r->blocks.count && i < DATE_PARAGRAPHS; i++) {
        span text = report_cut(r, r->blocks.items[i].text);
        span head = text.len > DATE_HEAD ? span_cut(text, 0, DATE_HEAD) : text;
        size_t start, end;
        if (date_find(tables, head, date, &start, &end) && date->day > 0 &&
            (start == 0 || count_words(text) <= DATE_LINE_WORDS || closes_dateline(span_cut(head, end, head.len)))) {
            return true;
        }
    }
    return false;
}

static void find_date(const read_tables *tables, report *r, span found_on_page) {
    calendar_date date, partial = {0};
    size_t start, end;
    bool has_partial = take_partial(r->date, &partial);
    if ((!has_partial && date_find(tables, r->date, &date, &start, &end)) ||
        date_find(tables, found_on_page, &date, &start, &end) || date_find_in_url(tables, r->url, &date) ||
        find_date_in_text(tables, r, &date)) {
        bool fits = !has_partial || (date.year == partial.year && (partial.month == 0 || date.month == partial.month));
        set_date(r, fits ? date : partial);
    } else if (has_partial) {
        set_date(r, partial);
    } else {
        if (r->date.len > 0) {
            report_add_problem(r, STAGE_READ, "date", 0, "cannot read the date \"%.*s\": write it as 2024-05-02",
                               (int)(r->date.len > 40 ? 40 : r->date.len), r->date.ptr);
        }
        r->date = SPAN("");
        if (date_find(tables, r->given.fetched, &date, &start, &end)) {
            set_date(r, date);
        }
    }
}

/* ------------------------------------------------------------------ what does it say */

static drg_status no_memory(drg_error *error) { return drg_fail(error, DRG_ERROR_MEMORY, "read", 0, "out of memory"); }

/* Long paragraphs of another language in a report that is English are kept apart: a page in two languages. */
static void set_other_languages_apart(const read_tables *tables, report *r) {
    u32 count = 0;
    span other = {"", 0};
    for (u32 i = 0; i < r->blocks.count; i++) {
        block *b = &r->blocks.items[i];
        bool is_sure = false;
        span found = b->kind == BLOCK_PARAGRAPH ? language_find(tables, report_cut(r, b->text), &is_sure) : r->lang;
        if (is_sure && !span_eq(found, r->lang) && !span_eq(found, SPAN("und"))) {
            b->kind = BLOCK_FURNITURE;
            other = found;
            count++;
        }
    }
    if (count > 0) {
        report_add_problem(r, STAGE_READ, "language-part", 0, "%u paragraphs in \"%.*s\" were passed over", count, (int)other.len, other.ptr);
    }
}

/* The text's language; blocks of another than the coded one are dropped. */
static void check_language(const read_tables *tables, report *r) {
    bool is_sure;
    span found = language_find(tables, r->text, &is_sure),
         coded = tables->language_count ? tables->languages[0] : SPAN("en");
    bool given = r->lang.len >= 2;
    bool given_coded = given && r->lang.len >= coded.len && span_eq(span_cut(r->lang, 0, coded.len), coded);
    bool is_coded = span_eq(found, coded) ? (is_sure || !given || given_coded) : (!is_sure && given_coded);
    if (is_coded) {
        r->lang = coded;
        set_other_languages_apart(tables, r);
        return;
    }
    if (!given || is_sure) {
        r->lang = found;
    }
    report_add_problem(r, STAGE_READ, "language", 0, "written in \"%.*s\"; only \"%.*s\" is coded: translate it first",
                       (int)r->lang.len, r->lang.ptr, (int)coded.len, coded.ptr);
    r->blocks.count = 0;
}

/* Some words; or a line of a script that writes no blanks, whose language is to be named. */
static bool is_running(span text) {
    return count_words(text) > 1 || (text.len >= UNSPACED_BYTES && (unsigned char)text.ptr[0] >= 0xE0);
}

static bool has_running_text(const report *r) {
    for (u32 i = 0; i < r->blocks.count; i++) {
        const block *b = &r->blocks.items[i];
        if ((b->kind == BLOCK_PARAGRAPH || b->kind == BLOCK_HEADING) && is_running(report_cut(r, b->text))) {
            return true;
        }
    }
    return false;
}

static void check_running_text(report *r) {
    if (has_running_text(r)) {
        return;
    }
    report_add_problem(r, STAGE_READ, "no-text", 0, "no running text found: give the report's text, or the whole page");
    r->blocks.count = 0;
}

/* The first block from `at` on that is none of a newspaper's own remarks. */
static u32 skip_remarks(const report *r, u32 at) {
    while (at < r->blocks.count && r->blocks.items[at].kind > BLOCK_HEADING) {
        at++;
    }
    return at;
}

/* A report without a title has one where a heading of some words stands above its first paragraph, with
 * nothing but bylines and slug lines around it. */
static void take_headline(report *r) {
    u32 first = skip_remarks(r, 0), next = skip_remarks(r, first + 1);
    if (r->title.len == 0 && next < r->blocks.count && r->blocks.items[first].kind == BLOCK_HEADING &&
        r->blocks.items[next].kind == BLOCK_PARAGRAPH) {
        span headline = report_cut(r, r->blocks.items[first].text);
        r->title = count_words(headline) >= HEADLINE_WORDS ? headline : r->title;
    }
}

static drg_status read_plain(const read_tables *tables, report *r, drg_error *error) {
    size_t bad, first;
    if (charset_is_binary(r->given.text)) {
        report_add_problem(r, STAGE_READ, "binary", 0, "not text: give plain text, a page or JSON lines");
        return DRG_OK;
    }
    r->text = charset_repair(r->memory, r->given.text, &bad, &first);
    if (r->text.ptr == NULL && bad > 0) {
        return no_memory(error);
    }
    if (bad > 0) {
        report_add_problem(r, STAGE_READ, "encoding", first,
                           "%zu bytes are no UTF-8 and were replaced: save the text as UTF-8", bad);
    }
    range_list paragraphs = {0};
    if (r->text.len >= UINT32_MAX || !plain_split(tables, r, &paragraphs) || !plain_judge(tables, r, &paragraphs)) {
        return no_memory(error);
    }
    take_headline(r);
    byline_find(r, SPAN(""));
    find_date(tables, r, SPAN(""));
    return DRG_OK;
}

/* A page that states no date often shows one above the report, in a line of its own. */
static span find_date_line(const read_tables *tables, const page *p) {
    for (u32 i = 0; i < p->blocks.count; i++) {
        const page_block *b = &p->blocks.items[i];
        span text = span_cut(p->text, b->text.start, b->text.end);
        calendar_date date;
        size_t start, end;
        if (text.len <= DATE_HEAD && date_find(tables, text, &date, &start, &end) && date.day > 0 &&
            (b->words <= DATE_LINE_WORDS || end == text.len)) {
            return text;
        }
    }
    return SPAN("");
}

/* A page that a script fills shows nothing, but tells search engines its text. */
static bool take_told_text(const read_tables *tables, const page *p, report *r) {
    range_list paragraphs = {0};
    if (p->body_json.len == 0 || has_running_text(r)) {
        return true;
    }
    r->text = repaired(r, p->body_json);
    r->blocks.count = 0;
    return r->text.ptr != NULL && plain_split(tables, r, &paragraphs) && plain_judge(tables, r, &paragraphs);
}

static drg_status read_page(const read_tables *tables, report *r, drg_error *error) {
    span html = charset_page(r->memory, r->given.html);
    page *p = arena_new(r->memory, page, 1);
    if (html.ptr == NULL || p == NULL || html.len >= INT32_MAX || !page_parse(tables, r->memory, html, p)) {
        return no_memory(error);
    }
    page_describe(p, r);
    if (r->outlet.len == 0 || span_starts(r->outlet, SPAN("http"))) { /* some sites give their address for their name */
        r->outlet = host_of(r->outlet.len == 0 ? r->url : r->outlet);
    }
    if (p->too_deep) {
        report_add_problem(r, STAGE_READ, "too-deep", 0, "elements nested too deep: the deepest were passed over");
    }
    size_t bad, first;
    if (!page_choose(tables, p, r) || !take_told_text(tables, p, r)) {
        return no_memory(error);
    }
    if (charset_repair(r->memory, r->text, &bad, &first).ptr == NULL || bad > 0) {
        return no_memory(error);
    }
    byline_find(r, repaired(r, p->author.len > 0 ? p->author : p->credit_line));
    find_date(tables, r, p->date.len > 0 ? p->date : find_date_line(tables, p));
    return DRG_OK;
}

drg_status read_run(const read_tables *tables, report *r, drg_error *error) {
    read_identify(r);
    r->text = SPAN("");
    bool has_text = span_trim_wide(r->given.text).len > 0, has_page = span_trim_wide(r->given.html).len > 0;
    if (has_text) {
        DRG_TRY(read_plain(tables, r, error));
    } else if (has_page) {
        DRG_TRY(read_page(tables, r, error));
    } else {
        report_add_problem(r, STAGE_READ, "empty", 0, "neither text nor html: nothing to read");
    }
    if (!utf8_index_build(&r->points, r->text, r->memory)) {
        return no_memory(error);
    }
    if (r->text.len > 0 || (has_page && !has_text)) {
        check_running_text(r);
    }
    if (r->blocks.count > 0) {
        check_language(tables, r);
    }
    return DRG_OK;
}

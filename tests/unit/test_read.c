// SPDX-License-Identifier: Apache-2.0
/* Reading one report: text and pages, good and broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pipeline.h"
#include "read/charset.h"
#include "read/date.h"
#include "read/markup.h"
#include "read/read.h"
#include "read/tables.h"

typedef struct {
    drg_engine engine; /* only knowledge and read are opened */
    arena memory;
    report report;
} bench;

static int open_bench(void **state) {
    bench *b = calloc(1, sizeof *b);
    drg_error error = {0};
    const char *data = getenv("DRAGOMAN_DATA");
    arena_open(&b->memory, (size_t)64 << 20);
    if (knowledge_open(&b->engine.known, data != NULL ? data : ".", &error) != DRG_OK ||
        read_open(&b->engine.read, &b->engine.known, &error) != DRG_OK) {
        print_error("%s: %s\n", error.source, error.message);
        return -1;
    }
    *state = b;
    return 0;
}

static int close_bench(void **state) {
    bench *b = *state;
    read_close(b->engine.read);
    knowledge_close(&b->engine.known);
    arena_close(&b->memory);
    free(b);
    return 0;
}

static report *read_report(bench *b, drg_report given) {
    report_open(&b->report, &b->engine, &b->memory, &given);
    assert_int_equal(read_run(b->engine.read, &b->report, NULL), DRG_OK);
    return &b->report;
}

static report *read_text(bench *b, const char *text) { return read_report(b, (drg_report){.text = span_of(text)}); }
static report *read_html(bench *b, const char *html) { return read_report(b, (drg_report){.html = span_of(html)}); }

/* The kinds of the blocks, a letter each: Paragraph Heading Caption cRedit Furniture. */
static const char *kinds_of(const report *r) {
    static char out[64];
    u32 count = r->blocks.count < 63 ? r->blocks.count : 63;
    for (u32 i = 0; i < count; i++) {
        out[i] = "PHCRF"[r->blocks.items[i].kind];
    }
    out[count] = '\0';
    return out;
}

static void assert_block(const report *r, u32 index, const char *text) {
    assert_true(index < r->blocks.count);
    span cut = report_cut(r, r->blocks.items[index].text);
    assert_int_equal(cut.len, strlen(text));
    assert_memory_equal(cut.ptr, text, cut.len);
}

static void assert_span(span s, const char *text) {
    assert_int_equal(s.len, strlen(text));
    assert_memory_equal(s.ptr, text, s.len);
}

static bool has_problem(const report *r, const char *code) {
    for (u32 i = 0; i < r->problems.count; i++) {
        if (span_eq(r->problems.items[i].code, span_of(code))) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------ plain text */

static void keeps_the_text_byte_for_byte(void **state) {
    const char *text = "\n  Envoys met in Vienna.  \r\n\r\nThe caf\xC3\xA9 stayed shut.\n\n\n";
    report *r = read_text(*state, text);
    assert_ptr_equal(r->text.ptr, r->given.text.ptr);
    assert_int_equal(r->text.len, strlen(text));
    assert_string_equal(kinds_of(r), "PP");
    assert_block(r, 0, "Envoys met in Vienna.");
    assert_block(r, 1, "The caf\xC3\xA9 stayed shut.");
    assert_int_equal(utf8_index_point(&r->points, (u32)r->text.len), strlen(text) - 1);
}

static void sorts_captions_credits_and_furniture(void **state) {
    report *r =
        read_text(*state,
                  "May 02, 2024, Vienna: The envoys after the signing. Source of photo: Example TV\n\n"
                  "By Anna Smith, Example News\n\n"
                  "Envoys of Kenya and Chad signed an accord on Thursday.\n\n"
                  "They shook hands before the cameras. (Li Wei/Reuters)\n\n"
                  "This article was edited using the data from one.example.com, and two.example.org.\n\n"
                  "Print Friendly, PDF & Email\n\nPost a comment\n\nRelated articles\n\nWho pays for the dam\n");
    assert_string_equal(kinds_of(r), "CRPCRFFFF");
    assert_int_equal(r->stated_sources.count, 2);
    assert_span(r->stated_sources.items[0], "one.example.com");
    assert_span(r->stated_sources.items[1], "two.example.org");
    assert_span(r->date, "2024-05-02");
    assert_int_equal(r->day, 19845);
}

static void reads_wire_copy(void **state) {
    report *r = read_text(*state,
                          "BC-Vienna-Talks, 1st Ld-Writethru,0345\nEds: Adds quotes.\n\n"
                          "Envoys of Kenya and Chad agree to open border\nBy ANNA SMITH\nExample Wire Writer\n\n"
                          "VIENNA (EW) -- Envoys of Kenya and Chad met in Vienna on Monday.\n\n(MORE)\n\n"
                          "They left the town in the evening.\n\n-30-\n");
    assert_string_equal(kinds_of(r), "FFHRRPFPF");
    assert_span(r->title, "Envoys of Kenya and Chad agree to open border");
    assert_span(r->byline, "ANNA SMITH");
}

static void finds_who_wrote_it(void **state) {
    static const struct {
        const char *head, *body, *byline;
    } rows[] = {
        {"<meta name=author content='Anna Smith'>", "", "Anna Smith"},
        {"<meta property='article:author' content='https://example.org/anna'>", "<p class=byline>By Anna Smith and Li Wei | Vienna</p>",
         "Anna Smith and Li Wei"},
        {"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-05-02\",\"author\":[{\"@type\":\"Person\","
         "\"name\":\"Anna Smith\"},{\"name\":\"Li Wei\"}]}</script>", "", "Anna Smith, Li Wei"},
        {"<meta property='og:site_name' content='The Example'><meta name=author content='The Example'>", "", ""},
        {"", "<div class=author><a href=/a>Anna Smith</a></div>", "Anna Smith"},
        {"", "<p>By Monday the army had left the town, officials said.</p>", ""},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char page[2000];
        snprintf(page, sizeof page,
                 "<html><head>%s</head><body><article><h1>Talks resume</h1>%s<p>Envoys of Kenya and Chad met in Vienna on Monday and "
                 "agreed to open the border.</p><p>They did not speak to reporters before they left the town.</p></article></body></html>",
                 rows[i].head, rows[i].body);
        assert_span(read_html(*state, page)->byline, rows[i].byline);
    }
    assert_span(read_report(*state, (drg_report){.text = SPAN("Envoys met."), .byline = SPAN("by Li Wei")})->byline, "Li Wei");
}

static void leaves_prose_alone(void **state) {
    report *r =
        read_text(*state,
                  "By Monday the army had withdrawn from the town.\n\n"
                  "The minister said he would follow the case and share what he knew.\n\n"
                  "Police, AFP/Reuters journalists and aid workers were told to leave the area, the ministry said.\n\n"
                  "Comment came from nobody.\n");
    assert_string_equal(kinds_of(r), "PPPP");
}

static void joins_wrapped_lines(void **state) {
    report *r = read_text(*state,
                          "   The foreign ministers of Kenya and Ethiopia met on Tuesday in the\n"
                          "capital and agreed to open the border crossing at Moyale to traders,\n"
                          "officials said.\n"
                          "   Both sides promised to withdraw their troops from the surrounding\n"
                          "districts within ninety days of the signing of the accord, which the\n"
                          "two parliaments must still approve.\n");
    assert_string_equal(kinds_of(r), "PP");
    assert_true(report_cut(r, r->blocks.items[0].text).len > 120);
    r = read_text(*state,
                  "Traders wait at the border crossing of Moyale, which has been closed for\n"
                  "two years, on Monday. (Anna Smith/Reuters)\n"
                  "The foreign ministers of Kenya and Ethiopia met on Tuesday in the capital\n"
                  "and agreed to open the border crossing at Moyale to traders, officials\n"
                  "said.\n");
    assert_string_equal(kinds_of(r), "CP");
}

static void takes_a_line_for_a_paragraph(void **state) {
    report *r = read_text(*state,
                          "Riot police dispersed thousands of demonstrators on Wednesday.\n"
                          "The Interior Ministry said that 140 people had been arrested in the capital and in two "
                          "other towns of the coast.\n"
                          "Unions called a strike.\n");
    assert_string_equal(kinds_of(r), "PPP");
    r = read_text(*state, "Police break up march in the capital\nRiot police dispersed thousands on Wednesday.\n");
    assert_string_equal(kinds_of(r), "HP");
    assert_span(r->title, "Police break up march in the capital");
}

static void tells_what_it_cannot_read(void **state) {
    assert_true(has_problem(read_text(*state, ""), "empty"));
    assert_true(has_problem(read_text(*state, " \n\t "), "empty"));
    assert_true(has_problem(read_report(*state, (drg_report){.text = {"ab\0cd", 5}}), "binary"));
    report *r = read_text(*state, "* * *\n\n===\n");
    assert_true(r->problems.count == 1 && r->blocks.count == 0);
    r = read_text(*state, "Envoys met \xFF\xFE in Vienna.");
    assert_true(has_problem(r, "encoding"));
    assert_int_equal(r->problems.items[0].offset, 11);
    assert_block(r, 0, "Envoys met \xEF\xBF\xBD\xEF\xBF\xBD in Vienna.");
}

static void codes_english_only(void **state) {
    report *r = read_text(
        *state,
        "Le pr\xC3\xA9sident a re\xC3\xA7u les ministres dans la capitale et il a dit que les troupes ne sont pas "
        "parties. Elle est dans la ville avec des soldats qui sont sur les routes pour une semaine.");
    assert_true(has_problem(r, "language"));
    assert_int_equal(r->blocks.count, 0);
    assert_span(r->lang, "fr");
    assert_span(read_text(*state, "Iran attacked Syria.")->lang, "en");
    assert_span(read_text(*state, "PRESIDENT CRISTIANI SAID THE TROOPS OF THE ARMY WERE IN THE CAPITAL.")->lang, "en");
    assert_true(has_problem(
        read_text(*state, "\xD0\x9F\xD1\x80\xD0\xB5\xD0\xB7\xD0\xB8\xD0\xB4\xD0\xB5\xD0\xBD\xD1\x82 \xD0\xB2."),
        "language"));
}

/* Short texts, names of other languages in English ones, and languages close to English or to each other. */
static void tells_languages_apart(void **state) {
    static const struct {
        const char *lang, *text;
    } rows[] = {
        {"en", "Rebels shell town"},
        {"en", "Van der Bellen visits Den Haag, De Croo hosts Von der Leyen."},
        {"en", "Macron meets Scholz, Meloni in Den Haag."},
        {"en", "Bundeswehr to send two Leopard tanks to Ukraine, Pistorius says."},
        {"en", "The Rassemblement National and La France Insoumise voted against the budget of the government on Monday."},
        {"de", "Der Minister sagte, dass er nicht kommt."},
        {"de", "Rebellen greifen ein Dorf im Norden an."},
        {"nl", "Het leger heeft de stad ingenomen."},
        {"fr", "L'arm\xC3\xA9" "e a pris la ville."},
        {"fr", "Le ministre a dit qu\xE2\x80\x99il ne viendra pas."},
        {"es", "El ministro dijo que no vendr\xC3\xA1."},
        {"da", "Ministeren siger, at han ikke vil tale med dem."},
        {"no", "Ministeren sier at han ikke vil snakke med dem."},
        {"tr", "Bakan gelmeyece\xC4\x9Fini s\xC3\xB6yledi."},
        {"sco", "The meenister saed he wisna gaun tae speak wi naebody."},
        {"sco", "The Scots Pairlament haes saed that the meenister wisna at the meetin an that naebody kens whit wey he gaed tae "
                "Embra. The fowk o the toun wis thrang wi the wark an didna hae ony tyme tae speak tae him. It wis the first time."},
        {"af", "Die minister het ges\xC3\xAA dat hy nie sal kom nie."},
        {"fy", "De minister hat sein dat er net komme wol. It leger hat de st\xC3\xAA" "d ynnommen en der binne minsken dea."},
        {"ru", "\xD0\x9E\xD0\xBD \xD1\x81\xD0\xBA\xD0\xB0\xD0\xB7\xD0\xB0\xD0\xBB, \xD1\x87\xD1\x82\xD0\xBE \xD0\xBD\xD0\xB5."},
        {"ko", "\xEC\x9E\xA5\xEA\xB4\x80\xEC\x9D\xB4 \xEB\x96\xA0\xEB\x82\xAC\xEB\x8B\xA4."},
        {"zh", "\xE9\x83\xA8\xE9\x95\xBF\xE8\xAF\xB4\xE4\xBB\x96\xE4\xB8\x8D\xE6\x9D\xA5\xE3\x80\x82"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_span(read_text(*state, rows[i].text)->lang, rows[i].lang);
    }
    report *r = read_text(*state,
                          "The president met the ministers on Monday and told them that the troops would stay. They did not agree with him, "
                          "officials said, and left the palace before the talks were over.\n\n"
                          "Le pr\xC3\xA9sident a re\xC3\xA7u les ministres dans la capitale et il a dit que les troupes ne sont pas parties. Elle est "
                          "dans la ville avec des soldats qui sont sur les routes pour une semaine, et les ministres ne sont pas d'accord avec lui.\n\n"
                          "The troops have been in the city since May, and nobody has said when they will leave it.");
    assert_string_equal(kinds_of(r), "PFP");
    assert_true(has_problem(r, "language-part"));
}

/* ------------------------------------------------------------------ dates */

static void reads_dates(void **state) {
    bench *b = *state;
    static const struct {
        const char *text, *date;
    } rows[] = {
        {"2020-07-09T10:30:00+02:00", "2020-07-09"},
        {"Thu, 09 Jul 2020 10:00 GMT", "2020-07-09"},
        {"July 9th, 2020", "2020-07-09"},
        {"9 July 2020 at 17.30", "2020-07-09"},
        {"/2020/07/09/story", "2020-07-09"},
        {"/2020/jul/09/story", "2020-07-09"},
        {"/news/20200709-12", "2020-07-09"},
        {"09.07.2020", "2020-07-09"},
        {"07/19/2020", "2020-07-19"},
        {"19/07/2020", "2020-07-19"},
        {"07/09/2020", ""},
        {"2020-02-30", ""},
        {"2024-02-29", "2024-02-29"},
        {"no date in 2020 or 12 here", ""},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        calendar_date date;
        size_t start, end;
        char out[11];
        bool found = date_find(b->engine.read, span_of(rows[i].text), &date, &start, &end);
        assert_string_equal(found ? date_print(date, out).ptr : "", rows[i].date);
    }
}

static void finds_the_reports_date(void **state) {
    report *r = read_report(
        *state, (drg_report){.text = SPAN("Envoys met."), .url = SPAN("https://www.example.org/2024/05/02/talks")});
    assert_span(r->date, "2024-05-02");
    assert_span(r->outlet, "example.org");
    r = read_report(*state, (drg_report){.text = SPAN("Envoys met."),
                                         .date = SPAN("2024-05"),
                                         .url = SPAN("https://example.org/2019/01/01/")});
    assert_span(r->date, "2024-05");
    assert_int_equal(r->day, INT32_MIN);
    r = read_report(*state, (drg_report){.text = SPAN("Envoys met."), .date = SPAN("last week")});
    assert_true(has_problem(r, "date"));
    assert_int_equal(r->date.len, 0);
}

static void hashes_ids(void **state) {
    char first[33];
    report *r = read_text(*state, "Envoys met.");
    assert_int_equal(r->id.len, 32);
    memcpy(first, r->id.ptr, 33);
    assert_string_equal(read_text(*state, "Envoys met.")->id.ptr, first);
    assert_string_not_equal(read_text(*state, "Envoys left.")->id.ptr, first);
    assert_span(read_report(*state, (drg_report){.text = SPAN("Envoys met."), .id = SPAN("mine")})->id, "mine");
}

/* ------------------------------------------------------------------ pages */

static const char *const story =
    "<!doctype html><html lang=en><head><title>Talks resume in Vienna | The Example</title>"
    "<meta property='article:published_time' content='2024-05-02T08:00:00Z'><script>var a = "
    "'<p>no</p>';</script></head><body>"
    "<nav><ul><li><a href=/>Home</a><li><a href=/w>World news and more of it</a></ul></nav>"
    "<div class=story-body><h1>Talks resume in Vienna</h1>"
    "<figure><figcaption>The envoys in Vienna on Monday.</figcaption></figure>"
    "<p>Envoys of <a href=/k>Kenya</a> and Chad met in Vienna on Monday &amp; agreed to meet again.<p>They did not "
    "speak to reporters "
    "before they left the caf&eacute; in the evening.</p>"
    "<div class=related-links><p>Read what we wrote about the two envoys last year, when they did not meet at "
    "all.</p></div>"
    "<p>A third round is planned for June, the Austrian foreign ministry said in a statement.</p></div>"
    "<div id=comments><p>I do not believe a word of what these people say about their meeting in "
    "Vienna.</p></div></body></html>";

static void finds_the_story_on_a_page(void **state) {
    report *r = read_html(*state, story);
    assert_span(r->title, "Talks resume in Vienna");
    assert_span(r->date, "2024-05-02");
    assert_string_equal(kinds_of(r), "CPPP");
    assert_block(r, 1, "Envoys of Kenya and Chad met in Vienna on Monday & agreed to meet again.");
    assert_block(r, 2, "They did not speak to reporters before they left the caf\xC3\xA9 in the evening.");
}

/* Each prefix of a page is read, and never with more than the whole has. */
static void reads_a_page_cut_anywhere(void **state) {
    size_t len = strlen(story);
    for (size_t cut = 1; cut < len; cut += 7) {
        report *r = read_report(*state, (drg_report){.html = {story, cut}});
        assert_true(utf8_is_valid(r->text));
        assert_true(r->text.len <= cut + 16);
    }
}

static void bears_deep_nesting(void **state) {
    const size_t depth = 100000;
    char *page = malloc(depth * 11 + 200), *to = page;
    for (size_t i = 0; i < depth; i++, to += 5) {
        memcpy(to, "<div>", 5);
    }
    to +=
        snprintf(to, 200, "<p>The army attacked the town on Monday and killed many people there, officials said.</p>");
    for (size_t i = 0; i < depth; i++, to += 6) {
        memcpy(to, "</div>", 6);
    }
    report *r = read_report(*state, (drg_report){.html = {page, (size_t)(to - page)}});
    assert_true(has_problem(r, "too-deep"));
    assert_string_equal(kinds_of(r), "P");
    free(page);
}

static void bears_a_huge_line(void **state) {
    const size_t size = (size_t)40 << 20;
    static const char words[] = "The army attacked the town on Monday. ";
    char *text = malloc(size);
    for (size_t i = 0; i < size; i++) {
        text[i] = words[i % (sizeof words - 1)];
    }
    report *r = read_report(*state, (drg_report){.text = {text, size}});
    assert_string_equal(kinds_of(r), "P");
    free(text);
}

static void reads_other_charsets(void **state) {
    report *r =
        read_html(*state,
                  "<html><meta charset=windows-1252><p>The minister left the caf\xE9 on Monday \x96 and he said \x93"
                  "no\x94 to all.</p>");
    assert_block(
        r, 0,
        "The minister left the caf\xC3\xA9 on Monday \xE2\x80\x93 and he said \xE2\x80\x9Cno\xE2\x80\x9D to all.");
    r = read_html(*state, "<html><p>The minister left the caf\xE9 on Monday and he said no to all of them.</p>");
    assert_block(r, 0, "The minister left the caf\xC3\xA9 on Monday and he said no to all of them.");
    r = read_report(*state, (drg_report){.html = {"\xFF\xFE<\0p\0>\0I\0t\0 \0i\0s\0 \0t\0h\0e\0 \0e\0n\0d\0.\0", 36}});
    assert_span(r->text, "It is the end.");
}

static void finds_nothing_on_an_empty_page(void **state) {
    assert_true(has_problem(read_html(*state, "<html><body><nav><a href=/>Home</a></nav></body></html>"), "no-text"));
    assert_true(has_problem(read_html(*state, "<"), "no-text"));
}

/* ------------------------------------------------------------------ tags */

typedef struct {
    char seen[512];
    size_t len;
} log_of_tags;

static void note(log_of_tags *l, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(l->seen + l->len, sizeof l->seen - l->len, format, arguments);
    va_end(arguments);
    l->len += size > 0 ? (size_t)size : 0;
}

static void note_start(void *user, const markup_tag *tag) {
    note(user, "<%.*s", (int)tag->name.len, tag->name.ptr);
    for (u32 i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (tag->value[i].ptr != NULL) {
            note(user, " %u=%.*s", i, (int)tag->value[i].len, tag->value[i].ptr);
        }
    }
    note(user, ">");
}
static void note_end(void *user, span name) { note(user, "</%.*s>", (int)name.len, name.ptr); }
static void note_text(void *user, span text) { note(user, "%.*s", (int)text.len, text.ptr); }
static bool note_raw(void *user, span name) { return user != NULL && span_eq(name, SPAN("script")); }

static void cuts_tags(void **state) {
    (void)state;
    static const struct {
        const char *page, *seen;
    } rows[] = {
        {"a<B CLASS=x data-foo='1' id=\"y\">b</b >c", "a<b 0=x 1=y>b</b>c"},
        {"<p hidden class='a&amp;b'>1 < 2 &lt; 3 &#8211; &#x41; &nope; &",
         "<p 0=a&b 8=>1 < 2 < 3 \xE2\x80\x93 A &nope; &"},
        {"x<!-- <p> -->y<!doctype html>z<?xml?>", "xyz"},
        {"<script>if (a<b) '</p>'</script>t", "<script>if (a<b) '</p>'</script>t"},
        {"<a href=\"open>text</a>", "<a 17=open>text</a>"},
        {"<!-- open <b>x", "x"},
        {"<", "<"},
        {"<p", "<p>"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        log_of_tags l = {0};
        markup_handler handler = {&l, note_start, note_end, note_text, note_raw};
        markup_parse(span_of(rows[i].page), &handler);
        assert_string_equal(l.seen, rows[i].seen);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_text_byte_for_byte),
        cmocka_unit_test(sorts_captions_credits_and_furniture),
        cmocka_unit_test(reads_wire_copy),
        cmocka_unit_test(finds_who_wrote_it),
        cmocka_unit_test(leaves_prose_alone),
        cmocka_unit_test(joins_wrapped_lines),
        cmocka_unit_test(takes_a_line_for_a_paragraph),
        cmocka_unit_test(tells_what_it_cannot_read),
        cmocka_unit_test(codes_english_only),
        cmocka_unit_test(tells_languages_apart),
        cmocka_unit_test(reads_dates),
        cmocka_unit_test(finds_the_reports_date),
        cmocka_unit_test(hashes_ids),
        cmocka_unit_test(finds_the_story_on_a_page),
        cmocka_unit_test(reads_a_page_cut_anywhere),
        cmocka_unit_test(bears_deep_nesting),
        cmocka_unit_test(bears_a_huge_line),
        cmocka_unit_test(reads_other_charsets),
        cmocka_unit_test(finds_nothing_on_an_empty_page),
        cmocka_unit_test(cuts_tags),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}

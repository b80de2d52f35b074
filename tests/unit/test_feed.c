// SPDX-License-Identifier: Apache-2.0
/* Feeds of every format to reports, what is damaged or hostile in them, and the moments they write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/feed.h"
#include "read/stamp.h"

static arena memory;
static feed read;

static const feed *read_feed(const char *text) {
    arena_close(&memory);
    arena_open(&memory, (size_t)1 << 30);
    assert_true(feed_read(span_of(text), "", &memory, &read));
    return &read;
}

static void shows(span got, const char *wanted) {
    char text[600];
    snprintf(text, sizeof text, "%.*s", (int)got.len, got.len > 0 ? got.ptr : "");
    assert_string_equal(text, wanted);
}

/* "title|url|date|outlet|guid|body" of one item. */
static void item_is(u32 index, const char *wanted) {
    char text[1200];
    assert_true(index < read.items.count);
    const feed_item *i = &read.items.items[index];
    const drg_report *r = &i->report;
    span body = r->html.len > 0 ? r->html : r->text;
    static const char open[] = "<!DOCTYPE html><meta charset=\"utf-8\"><article>", close[] = "</article>";
    if (r->html.len > 0) {
        assert_true(span_starts(body, span_of(open)) && span_ends(body, span_of(close)));
        body = span_cut(body, strlen(open), body.len - strlen(close));
    }
    const span parts[] = {r->title, r->url, r->date, r->outlet, i->guid, body};
    size_t len = 0;
    for (size_t p = 0; p < COUNT_OF(parts); p++) {
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%.*s", p ? "|" : "", (int)parts[p].len, parts[p].len ? parts[p].ptr : "");
    }
    assert_string_equal(text, wanted);
}

static void reads_rss_2(void **state) {
    (void)state;
    read_feed("\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
              " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>The Harbour Post</title><link>https://harbour.example/</link>"
              "<image><title>Logo</title><url>x</url></image><language>en-gb</language><ttl>30</ttl>"
              "<skipHours><hour>0</hour><hour>24</hour><hour>13</hour></skipHours><skipDays><day>Sunday</day></skipDays>"
              "<item><title>Envoys &amp;amp; guests &lt;b&gt;meet&lt;/b&gt;</title><link> https://harbour.example/a?x=1&amp;y=2 </link>"
              "<guid isPermaLink=\"false\">tag:1</guid><pubDate>Thu, 02 May 2024 23:30:00 -0500</pubDate>"
              "<description>Short.</description><content:encoded><![CDATA[<p>Envoys met in Vienna.</p>]]></content:encoded></item>"
              "<item><link>/b</link><dc:date>2024-05-03T01:00:00Z</dc:date><description>A &lt; B &amp; C</description></item>"
              "<item><guid>https://harbour.example/c</guid><pubDate>yesterday</pubDate><source url=\"https://o.example\">Other</source></item>"
              "</channel></rss>");
    assert_int_equal(read.items.count, 3);
    item_is(0, "Envoys & guests meet|https://harbour.example/a?x=1&y=2|2024-05-02|The Harbour Post|tag:1|<p>Envoys met in Vienna.</p>");
    item_is(1, "|https://harbour.example/b|2024-05-03|The Harbour Post||A < B & C");
    item_is(2, "|https://harbour.example/c|yesterday|Other|https://harbour.example/c|");
    shows(read.items.items[0].report.lang, "en-gb");
    assert_int_equal(read.ttl, 30);
    assert_int_equal(read.skip_hours, 1u | 1u << 13);
    assert_int_equal(read.skip_days, 64);
    assert_string_equal(read.damage, "");
}

static void reads_rss_1_and_091(void **state) {
    (void)state;
    read_feed("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\""
              " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\">"
              "<channel rdf:about=\"x\"><title>Quay News</title><sy:updatePeriod>hourly</sy:updatePeriod>"
              "<sy:updateFrequency>2</sy:updateFrequency></channel>"
              "<item rdf:about=\"https://quay.example/1\"><title>One</title><dc:date>2024-05-02</dc:date><description>Text.</description></item>"
              "</rdf:RDF>");
    assert_int_equal(read.items.count, 1);
    item_is(0, "One|https://quay.example/1|2024-05-02|Quay News|https://quay.example/1|Text.");
    assert_int_equal(read.ttl, 30);
    read_feed("<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\" \"http://localhost:1/rss-0.91.dtd\">"
              "<rss version=\"0.91\"><channel><title>Old</title><item><title>One</title><link>http://o.example/1</link></item></channel></rss>");
    item_is(0, "One|http://o.example/1||Old||");
    assert_string_equal(read.damage, "");
}

static void reads_atom(void **state) {
    (void)state;
    read_feed("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://atom.example/news/\" xml:lang=\"en\">"
              "<entry><title type=\"html\">A &amp;lt;b&amp;gt; &lt;i&gt;c&lt;/i&gt;</title><link rel=\"self\" href=\"self\"/>"
              "<link rel=\"alternate\" type=\"application/pdf\" href=\"1.pdf\"/><link href=\"1.html\"/><id>urn:1</id>"
              "<updated>2024-06-01T00:00:00Z</updated><published>2024-05-31T20:00:00-04:00</published>"
              "<author><name>Jane</name></author><summary>Short</summary>"
              "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p class=\"a\">Envoys &lt;met&gt; <br/>in &amp; out</p></div></content></entry>"
              "<entry><source><title>Elsewhere</title><link href=\"https://no.example\"/></source><title>Two &lt;plain&gt;</title>"
              "<content type=\"text\">1 &lt; 2</content><content type=\"image/png\">AAAA</content></entry>"
              "<title>Behind</title></feed>");
    assert_int_equal(read.items.count, 2);
    item_is(0, "A <b> c|https://atom.example/news/1.html|2024-05-31|Behind|urn:1|"
               "<div><p class=\"a\">Envoys &lt;met&gt; <br></br>in &amp; out</p></div>");
    item_is(1, "Two <plain>|||Elsewhere||1 < 2");
    shows(read.items.items[1].report.lang, "en");
    shows(read.items.items[0].report.byline, "Jane");
}

static void mends_what_is_pasted(void **state) {
    (void)state;
    read_feed("<rss><channel><title>Q&A caf&eacute; &unknown;</title><item><link>https://e.example/?a=1&b=2&c</link>"
              "<description>3 < 4 & \x01 R&amp;D &#8211; &nbsp;&#x2014;</description></item></channel></rss>");
    shows(read.title, "Q&A caf\xC3\xA9 &unknown;");
    item_is(0, "|https://e.example/?a=1&b=2&c||Q&A caf\xC3\xA9 &unknown;||3 < 4 &   R&D \xE2\x80\x93 \xC2\xA0\xE2\x80\x94");
    assert_string_equal(read.damage, "");
}

static void reads_round_damage(void **state) {
    (void)state;
    read_feed("<rss><channel><title>T</title><item><title>One</title></item><item><title>Two</wrong></item>"
              "<item><title>Three</title></item></channel></rss><rss><channel><item><title>Four</title></item>");
    assert_true(read.items.count >= 3);
    shows(read.items.items[0].report.title, "One");
    shows(read.items.items[read.items.count - 1].report.title, "Four");
    assert_string_not_equal(read.damage, "");
    read_feed("<rss><channel><title>T</title><item><title>One</title><description>Cut in the mid");
    item_is(0, "One|||T||Cut in the mid");
    assert_string_not_equal(read.damage, "");
    read_feed("<html><body><p>No feed</p></body></html>");
    assert_false(read.is_feed);
    read_feed("");
    assert_false(read.is_feed);
}

static void expands_and_fetches_nothing(void **state) {
    (void)state;
    read_feed("<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
              "<rss><channel><item><title>&b;&x;</title></item></channel></rss>");
    item_is(0, "&b;&x;|||||");
}

static char *fill(const char *head, const char *piece, size_t times, const char *tail) {
    size_t len = strlen(piece);
    char *out = malloc(strlen(head) + len * times + strlen(tail) + 1), *to = out;
    assert_non_null(out);
    memcpy(to, head, strlen(head));
    to += strlen(head);
    for (size_t i = 0; i < times; i++, to += len) {
        memcpy(to, piece, len);
    }
    memcpy(to, tail, strlen(tail) + 1);
    return out;
}

/* Each of these takes minutes in a reader without the limit that it aims at. */
static void keeps_its_limits(void **state) {
    (void)state;
    static const char last[] = "<item><title>Last</title></item></channel></rss>";
    const struct {
        const char *head, *piece;
        size_t times;
        const char *tail;
        bool reaches_last;
    } hostile[] = {
        {"<rss><channel><item ", "a='1' ", 400000, "/>", true},
        {"<rss><channel><item>", "<d xmlns:a='a' xmlns:b='b' xmlns:c='c'>", 100000, "</item>", true},
        {"<rss><channel><item>", "<d>", 400000, "</item>", true},
        {"<rss><channel>", "<!DOCTYPE a>", 200000, "", true},
        {"<rss><channel>", "<item/>", FEED_ITEMS + 5, "", false},
        {"<rss><channel><item><description>", "<![CDATA[ ]]>&lt;<", 200000, "</description></item>", true},
    };
    for (size_t i = 0; i < COUNT_OF(hostile); i++) {
        char *inner = fill(hostile[i].head, hostile[i].piece, hostile[i].times, hostile[i].tail);
        char *whole = fill(inner, last, 1, "");
        read_feed(whole);
        assert_true(read.items.count > 0 && read.items.count <= FEED_ITEMS);
        if (hostile[i].reaches_last) {
            shows(read.items.items[read.items.count - 1].report.title, "Last");
        } else {
            assert_non_null(strstr(read.damage, "more than"));
        }
        free(whole);
        free(inner);
    }
}

static void knows_encodings(void **state) {
    (void)state;
    read_feed("<?xml version='1.0' encoding='windows-1251'?><rss><channel><title>\xCC\xE8\xF0</title></channel></rss>");
    shows(read.title, "\xD0\x9C\xD0\xB8\xD1\x80");
    assert_true(feed_read(SPAN("<rss><channel><title>\xCC\xE8\xF0</title></channel></rss>"), "windows-1251", &memory, &read));
    shows(read.title, "\xD0\x9C\xD0\xB8\xD1\x80");
    read_feed("<?xml version='1.0' encoding='iso-8859-5'?><rss><channel><title>\xD0\x9C\xD0\xB8\xD1\x80</title></channel></rss>");
    shows(read.title, "\xD0\x9C\xD0\xB8\xD1\x80");
    static const char wide[] = "\xFF\xFE<\0r\0s\0s\0>\0<\0c\0h\0a\0n\0n\0e\0l\0>\0<\0t\0i\0t\0l\0e\0>\0\x1C\x04<\0/\0t\0i\0t\0l\0e\0>\0";
    assert_true(feed_read((span){wide, sizeof wide - 1}, "", &memory, &read));
    shows(read.title, "\xD0\x9C");
}

static void tells_feeds_by_their_root(void **state) {
    (void)state;
    assert_true(feed_is(SPAN("\xEF\xBB\xBF \n<?xml version='1.0'?><!-- a > b --><!DOCTYPE rss><rss version='2.0'>")));
    assert_true(feed_is(SPAN("<rdf:RDF xmlns='x'>")) && feed_is(SPAN("<feed xmlns='http://www.w3.org/2005/Atom'>")));
    assert_false(feed_is(SPAN("<?xml version='1.0'?><html><rss>")) || feed_is(SPAN("<feedback>")) || feed_is(SPAN("<?xml")) || feed_is(SPAN("")));
}

static void reads_moments(void **state) {
    (void)state;
    static const struct {
        const char *text;
        i64 seconds;
        const char *day;
    } good[] = {
        {"Thu, 02 May 2024 23:30:00 -0500", 1714710600, "2024-05-02"}, {"02 May 24 23:30 EST", 1714710600, "2024-05-02"},
        {"2024-05-02T23:30:00-05:00", 1714710600, "2024-05-02"},       {"2024-05-03T04:30:00.25Z", 1714710600, "2024-05-03"},
        {"2024-05-03 04:30", 1714710600, "2024-05-03"},                {"2024-05-02", 1714608000, "2024-05-02"},
        {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777, "1994-11-06"},   {"Sun Nov  6 08:49:37 1994", 784111777, "1994-11-06"},
        {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777, "1994-11-06"},    {"Thu, 2 May 2024 23:30:00 +0530", 1714672800, "2024-05-02"},
    };
    static const char *const bad[] = {"", "yesterday", "2024-13-40", "Thu, 32 May 2024 10:00:00 GMT", "12:30", "2024",
                                      "Thu, 02 Foo 2024 10:00:00 GMT", "02 May 2024 25:00:00 GMT"};
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        stamp when;
        char day[16];
        assert_true(stamp_read(span_of(good[i].text), &when));
        assert_int_equal(when.seconds, good[i].seconds);
        shows(calendar_print(when.day, day), good[i].day);
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        stamp when;
        assert_false(stamp_read(span_of(bad[i]), &when));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_rss_2),          cmocka_unit_test(reads_rss_1_and_091),
        cmocka_unit_test(reads_atom),           cmocka_unit_test(mends_what_is_pasted),
        cmocka_unit_test(reads_round_damage),   cmocka_unit_test(expands_and_fetches_nothing),
        cmocka_unit_test(keeps_its_limits),     cmocka_unit_test(knows_encodings),
        cmocka_unit_test(tells_feeds_by_their_root), cmocka_unit_test(reads_moments),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&memory);
    return failed;
}

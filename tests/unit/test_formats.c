// SPDX-License-Identifier: Apache-2.0
/* Each input format: what is cut out, what is told, and how each is told from the others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <zlib.h>
#include <zstd.h>

#include "read/source.h"

/* Everything a source says of `bytes`, a line each: "ID|URL|OUTLET|TITLE|DATE|BYLINE|TEXT" or "! CODE at OFFSET". */
static const char *told(span bytes, const char *map, u64 *failures, u64 *passed) {
    static char out[8192];
    size_t len = 0;
    source *s;
    source_item item;
    assert_int_equal(source_open_bytes(&s, bytes, "memory", SOURCE_AUTO, NULL), DRG_OK);
    assert_true(map == NULL || source_map(s, map, NULL) == DRG_OK);
    source_item_open(&item);
    out[0] = '\0';
    while (source_next(s, &item) != SOURCE_END && len < sizeof out) {
        const drg_report *r = &item.report;
        span body = r->text.len > 0 ? r->text : r->html;
        if (item.what == SOURCE_PROBLEM) {
            len += (size_t)snprintf(out + len, sizeof out - len, "! %s at %llu\n", item.problem.code.ptr,
                                    (unsigned long long)item.problem.offset);
            continue;
        }
        span fields[] = {r->id, r->url, r->outlet, r->title, r->date.len > 0 ? r->date : r->fetched, r->byline, body};
        for (size_t i = 0; i < COUNT_OF(fields); i++) {
            len += (size_t)snprintf(out + len, sizeof out - len, "%.*s%s", (int)fields[i].len, fields[i].ptr,
                                    i + 1 < COUNT_OF(fields) ? "|" : "\n");
        }
    }
    *failures = source_failures(s);
    *passed = source_passed(s);
    source_item_close(&item);
    source_close(s);
    return out;
}

static void assert_told(const char *bytes, const char *map, const char *expected) {
    u64 failures, passed;
    assert_string_equal(told(span_of(bytes), map, &failures, &passed), expected);
}

/* ------------------------------------------------------------------ tables and JSON */

static void reads_tables(void **state) {
    (void)state;
    assert_told("id,title,text\n1,\"Talks, again\",\"He said \"\"no\"\".\nThey left.\"\r\n\r\n2,More,One.\n", NULL,
                "1|||Talks, again|||He said \"no\".\nThey left.\n2|||More|||One.\n");
    assert_told("Date;Title;Text\n2024-05-02;A 5\" pipe;One, two.\n", NULL, "|||A 5\" pipe|2024-05-02||One, two.\n");
    assert_told("headline\tbody\nTalks\tOne.\n", "title=headline,text=body", "|||Talks|||One.\n");
    assert_told("title,text\nA,One.\nB,One,two.\nC\nD,Four.,\n", NULL, "|||A|||One.\n! csv at 18\n! csv at 29\n|||D|||Four.\n");
    assert_told("title,text\nA,\"open\nB,fine\nC,\"also\"\n", NULL, "! csv at 11\n|||B|||fine\n|||C|||also\n");
    assert_told("\xFF\xFEt\0e\0x\0t\0", NULL, "||||||\n");
    u64 failures, passed;
    told((span){"\xFF\xFEt\0i\0t\0l\0e\0,\0t\0e\0x\0t\0\n\0\xE9\0,\0O\0\n\0", 32}, NULL, &failures, &passed);
    assert_string_equal(told((span){"\xFF\xFEt\0i\0t\0l\0e\0,\0t\0e\0x\0t\0\n\0\xE9\0,\0O\0\n\0", 32}, NULL, &failures, &passed),
                        "|||\xC3\xA9|||O\n");
}

static void tells_a_table_without_text(void **state) {
    (void)state;
    source *s;
    source_item item;
    source_open_bytes(&s, SPAN("headline,body\nTalks,One.\n"), "a.csv", SOURCE_AUTO, NULL);
    source_item_open(&item);
    assert_int_equal(source_next(s, &item), SOURCE_PROBLEM);
    assert_true(span_eq(item.problem.code, SPAN("csv")));
    assert_non_null(strstr(item.problem.message.ptr, "--map text="));
    assert_int_equal(source_next(s, &item), SOURCE_END);
    assert_int_equal(source_failures(s), 1);
    source_item_close(&item);
    source_close(s);
}

static void reads_json(void **state) {
    (void)state;
    assert_told("[{\"id\": \"a\", \"text\": \"One }] \\\" \"},\n {\"id\": \"b\", \"n\": [{}], \"text\": \"Two.\"}, 3, {\"id\": \"c\"}]", NULL,
                "a||||||One }] \" \nb||||||Two.\n! json at 78\n! json at 91\n");
    assert_told("{\n\"id\": \"a\",\n\"text\": \"One.\"}\n{\n\"id\": \"b\", \"text\": \"Two.\"\n}\n", NULL, "a||||||One.\nb||||||Two.\n");
    assert_told("{\"m\": {\"h\": \"Talks\", \"a.b\": \"x\"}, \"body\": [\"One.\", \"Two.\"], \"by\": [{\"n\": \"Li Wei\"}]}\n",
                "title=m.h,text=body,byline=by.0.n", "|||Talks||Li Wei|One.\n\nTwo.\n");
    assert_told("[{\"text\": \"One.\"}, {\"text\": \"cut", NULL, "||||||One.\n! json at 19\n");
}

static void maps_only_what_there_is(void **state) {
    (void)state;
    source *s;
    source_open_bytes(&s, SPAN("x"), "x", SOURCE_AUTO, NULL);
    assert_int_equal(source_map(s, "headline=title", NULL), DRG_ERROR_USE);
    assert_int_equal(source_map(s, "title=", NULL), DRG_ERROR_USE);
    assert_int_equal(source_map(s, "title=a, text=b.c", NULL), DRG_OK);
    source_close(s);
}

static void bears_deep_json(void **state) {
    (void)state;
    const size_t depth = 1000000;
    char *bytes = malloc(depth + 64);
    size_t len = (size_t)snprintf(bytes, 64, "[{\"text\": ");
    memset(bytes + len, '[', depth);
    u64 failures, passed;
    assert_string_equal(told((span){bytes, len + depth}, NULL, &failures, &passed), "! json at 1\n");
    bytes[0] = ' '; /* a line now, no list */
    assert_string_equal(told((span){bytes, len + depth}, NULL, &failures, &passed), "! json at 72\n");
    free(bytes);
}

/* ------------------------------------------------------------------ letters and wire copy */

static void reads_letters(void **state) {
    (void)state;
    assert_told("From: \"Anna Smith\" <anna@wire.example>\nSubject: =?ISO-8859-1?Q?Caf=E9?= =?utf-8?B?IHRhbGtz?=\n resume\n"
                "X-Slug: BC-Talks\nDate: Thu, 2 May 2024 08:30:00 +0000\nMessage-ID: <1@wire.example>\n\nEnvoys met.\n",
                NULL, "1@wire.example||wire.example|Caf\xC3\xA9 talks resume|Thu, 2 May 2024 08:30:00 +0000|Anna Smith|Envoys met.\n\n");
    assert_told("Subject: T\nContent-Type: text/plain; charset=\"windows-1252\"\nContent-Transfer-Encoding: quoted-printable\n\n"
                "Caf=E9 =\nand =3D.",
                NULL, "|||T|||Caf\xC3\xA9 and =.\n");
    assert_told("Subject: T\nContent-Transfer-Encoding: base64\n\nRW52b3lz\nIG1ldC4=\n", NULL, "|||T|||Envoys met.\n");
    assert_told("Subject: T\nContent-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n"
                "--b\nContent-Type: text/html\n\n<p>no\n--b\nContent-Type: text/plain\n\nEnvoys met.\n--b--\n--a\n"
                "Content-Type: image/png\n\nx\n--a--\n",
                NULL, "|||T|||Envoys met.\n\n");
    assert_told("Subject: T\nContent-Type: application/pdf\n\nx\n", NULL, "! no-text at 0\n");
    assert_told("Note: the minister left.\n\nEnvoys met.", NULL, "||||||Note: the minister left.\n\nEnvoys met.\n");
}

static void parts_files(void **state) {
    (void)state;
    static const char letter[] = "From a@b.example Thu May  2 08:30:00 2024\nSubject: One\n\nEnvoys met.\n\n"
                                 "From a@b.example Fri May  3 08:30:00 2024\nSubject: Two\n\nFrom Vienna they left.\n";
    assert_told(letter, NULL, "|||One|||Envoys met.\n\n\n|||Two|||From Vienna they left.\n\n");
    assert_told("=====\nTitle: One\n\nEnvoys met.\n=====\n\nTitle: Two\n\nThey left.\n-----\nand more\n", NULL,
                "|||One|||Envoys met.\n\n|||Two|||They left.\n-----\nand more\n\n");
}

/* ------------------------------------------------------------------ XML */

static void reads_nitf(void **state) {
    (void)state;
    assert_told("<?xml version=\"1.0\"?><!DOCTYPE nitf [<!ENTITY x \"yyyy\">]><nitf><head><title>no</title><docdata>"
                "<doc-id id-string=\"X1\"/><date.issue norm=\"20240502\"/></docdata><pubdata name=\"The Example\"/></head>"
                "<body><body.head><hedline><hl1>Talks <em>resume</em></hl1></hedline><byline>Anna Smith<byttl>Staff</byttl>"
                "</byline><dateline>VIENNA</dateline></body.head><body.content><p>Envoys\n met.</p><media><p>no</p></media>"
                "<block><p>They left &amp; went.</p></block></body.content></body></nitf>",
                NULL, "X1||The Example|Talks resume|20240502|Anna Smith|Envoys met.\n\nThey left & went.\n");
}

static void reads_newsml(void **state) {
    (void)state;
    assert_told("<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>u:1</PublicIdentifier></NewsIdentifier>"
                "</Identification><NewsManagement><FirstCreated>20240502T083000Z</FirstCreated></NewsManagement><NewsComponent>"
                "<NewsLines><HeadLine>Talks</HeadLine><ByLine>Anna Smith</ByLine></NewsLines><ContentItem><DataContent>Lead."
                "<p>Envoys met.</p></DataContent></ContentItem></NewsComponent></NewsItem><NewsItem><NewsComponent><NewsLines>"
                "<HeadLine>More</HeadLine></NewsLines><ContentItem><DataContent>They left.\n\nBye.</DataContent></ContentItem>"
                "</NewsComponent></NewsItem></NewsML>",
                NULL, "u:1|||Talks|20240502T083000Z|Anna Smith|Lead.\n\nEnvoys met.\n|||More|||They left.\n\nBye.\n");
    assert_told("<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet><newsItem guid=\"u:2\"><itemMeta><provider "
                "literal=\"Wire\"/><versionCreated>2024-05-02T08:30:00Z</versionCreated></itemMeta><contentMeta><by>Li Wei</by>"
                "<headline>Talks</headline></contentMeta><contentSet><inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\">"
                "<head><title>no</title></head><body><p>Envoys met.</p></body></html></inlineXML></contentSet></newsItem>"
                "<newsItem guid=\"u:3\"><contentSet><inlineData>They left.</inlineData></contentSet></newsItem></itemSet></newsMessage>",
                NULL, "u:2||Wire|Talks|2024-05-02T08:30:00Z|Li Wei|Envoys met.\nu:3||||||They left.\n");
    assert_told("<NewsML><NewsItem><NewsComponent><DataContent>One.</DataContent></NewsComponent></NewsItem><NewsItem></x>", NULL,
                "||||||One.\n! xml at 105\n");
}

static void expands_no_entities(void **state) {
    (void)state;
    assert_told("<!DOCTYPE nitf [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
                "<nitf><body><body.content><p>&b;&f;</p></body.content></body></nitf>",
                NULL, "! xml at 133\n");
}

static void reads_saved_feeds(void **state) {
    (void)state;
    assert_told("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Post</title><item><title>Talks</title>"
                "<link>https://post.example/a</link><description>Envoys met in Vienna on Monday.</description></item></channel></rss>",
                NULL, "|https://post.example/a|Post|Talks|||Envoys met in Vienna on Monday.\n");
}

/* ------------------------------------------------------------------ web archives */

typedef struct {
    char bytes[1 << 16];
    size_t len;
} archive;

static void add_record(archive *a, const char *type, const char *content_type, span block, size_t length) {
    a->len += (size_t)snprintf(a->bytes + a->len, sizeof a->bytes - a->len,
                               "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: http://e.example/%zu\r\n"
                               "WARC-Date: 2024-05-02T08:30:00Z\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n",
                               type, a->len, content_type, length);
    memcpy(a->bytes + a->len, block.ptr, block.len);
    a->len += block.len;
    memcpy(a->bytes + a->len, "\r\n\r\n", 4);
    a->len += 4;
}

static void add_answer(archive *a, const char *head, span body, i64 more) {
    char block[8192];
    size_t len = (size_t)snprintf(block, sizeof block, "HTTP/1.1 %s\r\n\r\n", head);
    memcpy(block + len, body.ptr, body.len);
    len += body.len;
    add_record(a, "response", "application/http; msgtype=response", (span){block, len}, (size_t)((i64)len + more));
}

static size_t deflated(span text, int window, char *out, size_t room) {
    z_stream z = {.next_in = (Bytef *)(uintptr_t)text.ptr, .avail_in = (uInt)text.len, .next_out = (Bytef *)out, .avail_out = (uInt)room};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return z.total_out;
}

#define HTML "200 OK\r\nContent-Type: text/html"

static void reads_archives(void **state) {
    (void)state;
    static archive a;
    char packed[1000];
    a.len = 0;
    add_record(&a, "warcinfo", "application/warc-fields", SPAN("software: x"), 11);
    add_answer(&a, HTML "; charset=windows-1252", SPAN("<p>caf\xE9"), 0);
    add_answer(&a, HTML "\r\nTransfer-Encoding: chunked", SPAN("4\r\n<p>a\r\n3;x=y\r\nbcd\r\n0\r\n\r\n"), 0);
    add_answer(&a, HTML "\r\nTransfer-Encoding: chunked", SPAN("<p>not chunked"), 0);
    add_answer(&a, HTML "\r\nContent-Encoding: gzip", (span){packed, deflated(SPAN("<p>gz"), 31, packed, sizeof packed)}, 0);
    add_answer(&a, HTML "\r\nContent-Encoding: deflate", (span){packed, deflated(SPAN("<p>zl"), 15, packed, sizeof packed)}, 0);
    add_answer(&a, HTML "\r\nContent-Encoding: deflate", (span){packed, deflated(SPAN("<p>raw"), -15, packed, sizeof packed)}, 0);
    add_answer(&a, HTML "\r\nContent-Encoding: zstd", (span){packed, ZSTD_compress(packed, sizeof packed, "<p>zs", 5, 3)}, 0);
    add_answer(&a, HTML "\r\nContent-Encoding: br", SPAN("\x0b\x02\x80<p>br\x03"), 0);
    add_answer(&a, HTML "\r\nContent-Encoding: gzip", SPAN("<p>unpacked by the crawler"), 0);
    add_answer(&a, HTML "\r\nContent-Encoding: rot13", SPAN("<c>"), 0);
    add_answer(&a, "301 Moved\r\nContent-Type: text/html\r\nLocation: /", SPAN("<p>moved"), 0);
    add_answer(&a, "200 OK\r\nContent-Type: image/png", SPAN("\x89PNG"), 0);
    add_record(&a, "resource", "text/plain", SPAN("Envoys met."), 11);
    u64 failures, passed;
    const char *out = told((span){a.bytes, a.len}, NULL, &failures, &passed);
    static const char *const bodies[] = {"<p>caf\xC3\xA9\n", "<p>abcd\n", "<p>not chunked\n", "<p>gz\n",      "<p>zl\n",
                                         "<p>raw\n",         "<p>zs\n",   "<p>br\n",          "<p>unpacked by the crawler\n"};
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        assert_non_null(strstr(out, bodies[i]));
    }
    assert_non_null(strstr(out, "|2024-05-02T08:30:00Z||Envoys met.\n"));
    assert_non_null(strstr(out, "! coding at"));
    assert_null(strstr(out, "moved"));
    assert_int_equal(passed, 3);
    assert_int_equal(failures, 0);
}

static void finds_the_next_record(void **state) {
    (void)state;
    static archive a;
    u64 failures, passed;
    a.len = 0;
    add_answer(&a, HTML, SPAN("<p>long"), 100000);
    add_answer(&a, HTML, SPAN("<p>short"), -3);
    size_t garbage = a.len;
    a.len += (size_t)snprintf(a.bytes + a.len, 100, "garbage WARC/1.0 here\r\n\r\n");
    add_answer(&a, HTML, SPAN("<p>last"), 0);
    a.len += (size_t)snprintf(a.bytes + a.len, 100, "WARC/1.0\r\nWARC-Type: response\r\n");
    const char *out = told((span){a.bytes, a.len}, NULL, &failures, &passed);
    assert_non_null(strstr(out, "<p>long"));
    assert_non_null(strstr(out, "! warc at 0\n"));
    assert_non_null(strstr(out, "<p>sh\n! warc at"));
    char line[64];
    snprintf(line, sizeof line, "! warc at %zu\n", garbage);
    assert_null(strstr(out, line)); /* it goes with the short record before it */
    assert_non_null(strstr(out, "<p>last\n! warc at"));
    assert_int_equal(failures, 0);
}

/* Every record a member; one member is damaged, the last one cut off. */
static void goes_on_behind_damage(void **state, bool zstd) {
    (void)state;
    static char packed[1 << 16];
    size_t len = 0, starts[5];
    for (size_t i = 0; i < 5; i++) {
        static archive a;
        char body[700];
        u64 mixed = 88172645463325252u + i;
        size_t size = (size_t)snprintf(body, sizeof body, "<p>page %zu ", i);
        while (size < sizeof body - 1) { /* text that does not pack to nothing */
            mixed = mixed * 6364136223846793005u + 1442695040888963407u;
            body[size++] = (char)('a' + (mixed >> 40) % 26);
        }
        a.len = 0;
        add_answer(&a, HTML, (span){body, size}, 0);
        starts[i] = len;
        len += zstd ? ZSTD_compress(packed + len, sizeof packed - len, a.bytes, a.len, 3)
                    : deflated((span){a.bytes, a.len}, 31, packed + len, sizeof packed - len);
    }
    memset(packed + starts[1] + (zstd ? 4 : 200), 0xFF, 60); /* zstd without checksums notices in its heads only */
    u64 failures, passed;
    const char *out = told((span){packed, len - 40}, NULL, &failures, &passed);
    assert_non_null(strstr(out, "page 0"));
    assert_non_null(strstr(out, "page 2"));
    assert_non_null(strstr(out, "page 3"));
    assert_null(strstr(out, "page 4"));
    assert_non_null(strstr(out, "! damaged at"));
    assert_non_null(strstr(out, "! unreadable at"));
    assert_int_equal(failures, 1);
}

static void goes_on_behind_damaged_gzip(void **state) { goes_on_behind_damage(state, false); }
static void goes_on_behind_damaged_zstd(void **state) { goes_on_behind_damage(state, true); }

/* ------------------------------------------------------------------ packed inputs */

static void reads_members_one_behind_another(void **state) {
    (void)state;
    char packed[2000];
    size_t len = deflated(SPAN("{\"text\": \"O"), 31, packed, sizeof packed);
    len += ZSTD_compress(packed + len, sizeof packed - len, "ne.\"}\n", 6, 3);
    len += deflated(SPAN("{\"text\": \"Two.\"}"), 31, packed + len, sizeof packed - len);
    memset(packed + len, 0, 32); /* padding of tapes */
    u64 failures, passed;
    assert_string_equal(told((span){packed, len + 32}, NULL, &failures, &passed), "||||||One.\n||||||Two.\n");
    assert_int_equal(failures, 0);
    memcpy(packed + len, "more", 4);
    told((span){packed, len + 4}, NULL, &failures, &passed);
    assert_int_equal(failures, 1);
}

/* What unpacks a thousandfold is given up, whatever it calls itself. */
static void stops_at_bombs(void **state) {
    (void)state;
    const size_t plain = (size_t)100 << 20;
    char *zeros = calloc(1, plain), *packed = malloc((size_t)1 << 20);
    memcpy(zeros, "{\"text\": \"", 10);
    size_t len = deflated((span){zeros, plain}, 31, packed, (size_t)1 << 20);
    u64 failures, passed;
    assert_string_equal(told((span){packed, len}, NULL, &failures, &passed), "! json at 11\n! too-large at 16777216\n");
    len = ZSTD_compress(packed, (size_t)1 << 20, zeros, plain, 3);
    assert_true(len < plain / 1000);
    told((span){packed, len}, NULL, &failures, &passed);
    assert_int_equal(failures, 1);
    free(packed);
    free(zeros);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_tables),
        cmocka_unit_test(tells_a_table_without_text),
        cmocka_unit_test(reads_json),
        cmocka_unit_test(maps_only_what_there_is),
        cmocka_unit_test(bears_deep_json),
        cmocka_unit_test(reads_letters),
        cmocka_unit_test(parts_files),
        cmocka_unit_test(reads_nitf),
        cmocka_unit_test(reads_newsml),
        cmocka_unit_test(expands_no_entities),
        cmocka_unit_test(reads_saved_feeds),
        cmocka_unit_test(reads_archives),
        cmocka_unit_test(finds_the_next_record),
        cmocka_unit_test(goes_on_behind_damaged_gzip),
        cmocka_unit_test(goes_on_behind_damaged_zstd),
        cmocka_unit_test(reads_members_one_behind_another),
        cmocka_unit_test(stops_at_bombs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
